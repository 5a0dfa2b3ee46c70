import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { reportDocx } from '../papers/month-report.ts'
import { mayOffice } from '../rules/people/may.ts'
import { gridsView, outlines, placesView } from './board-places.ts'
import { promisesView } from './board-promises.ts'
import { reportBlocks } from './board-report.ts'
import { type BoardAsked, boardAsked } from './board-scope.ts'
import { boardSheet } from './board-sheet.ts'
import { wholeBoard } from './board-whole.ts'
import { flowView, handsView, nextView, othersView } from './board-work.ts'
import { refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { type BoardQuery, boardSchemas } from './schemas-board.ts'

type Asked = FastifyRequest<{ Querystring: BoardQuery }>

/** The board 看板: figures of the district, or of one's own unit, for those who lead it. */
export function boardRoutes(app: FastifyInstance, parts: ApiParts): void {
  const view =
    <T>(look: (asked: BoardAsked) => Promise<T>) =>
    (request: Asked) =>
      look(boardAsked(parts, request))
  app.get('/board', { schema: boardSchemas.promises }, view(promisesView))
  app.get('/board/next', { schema: boardSchemas.next }, view(nextView))
  app.get('/board/flow', { schema: boardSchemas.flow }, view(flowView))
  app.get('/board/hands', { schema: boardSchemas.hands }, view(handsView))
  app.get('/board/places', { schema: boardSchemas.places }, view(placesView))
  app.get('/board/grids', { schema: boardSchemas.grids }, view(gridsView))
  app.get('/board/others', { schema: boardSchemas.others }, view(othersView))
  app.get('/board.xlsx', { schema: boardSchemas.file }, async (request: Asked, reply) => {
    const asked = boardAsked(parts, request)
    return sent(reply, asked, 'xlsx', await boardSheet(parts, await wholeBoard(asked), asked.language))
  })
  app.get('/board.docx', { schema: boardSchemas.file }, async (request: Asked, reply) => {
    const asked = boardAsked(parts, request)
    const { title, blocks } = reportBlocks(parts, await wholeBoard(asked), asked.language)
    return sent(reply, asked, 'docx', await reportDocx(title, blocks))
  })
  app.get('/board/outlines', { schema: boardSchemas.outlines }, async request => {
    if (!request.staff!.who.members.some(({ role }) => mayOffice(role, 'seeBoard')))
      return refuse('notAllowed')
    return outlines(parts)
  })
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** A file to keep, named by unit and month. */
const sent = (reply: FastifyReply, { unit, month }: BoardAsked, type: keyof typeof TYPES, bytes: Buffer) =>
  reply
    .header(
      'content-disposition',
      `attachment; filename="board-${unit ? `${unit.code}-` : ''}${month}.${type}"`,
    )
    .type(TYPES[type])
    .send(bytes)
