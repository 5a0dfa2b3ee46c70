import type { FastifyInstance, FastifyRequest } from 'fastify'
import { WITH_FILES } from '../actions/clerks-files.ts'
import { forRights } from '../actions/rights.ts'
import { announce, PIECE, takePiece } from '../files/arrive.ts'
import { may, maySee } from '../rules/people/may.ts'
import { caseByCode } from '../store/cases.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { plainCaseCode } from './resident-cases.ts'
import { fileView, taken } from './resident-files.ts'
import { type Announcing, fileRoutes } from './schemas-files.ts'

/** Files a clerk sends to the resident with an answer or a message: announced and sent in pieces as a resident's own are. */
export const attachRoutes = (parts: ApiParts) => async (app: FastifyInstance) => {
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: PIECE },
    (_, body, done) => done(null, body),
  )
  app.post('/cases/:code/files', { schema: fileRoutes.clerkAnnounce }, announceRoute(parts))
  app.put('/cases/:code/files/:id', { schema: fileRoutes.clerkPiece, bodyLimit: PIECE }, piece(parts))
}

/** The resident of a case this person may write to now; for anybody else there is no such case. */
async function addressee({ house }: ApiParts, request: FastifyRequest, code: string): Promise<string> {
  const { read } = house.store
  const row = await caseByCode(read, plainCaseCode(code))
  const rights = row && (await forRights(read, house.district, row))
  const { members } = request.staff!.who
  if (!row || !rights || !members.some(member => maySee(member, rights))) return refuse('notFound')
  const writes = members.some(member => WITH_FILES.some(verb => may(member, verb, rights)))
  return writes && row.personId ? row.personId : refuse('notNow')
}

type Announced = { Params: { code: string }; Body: Announcing }
const announceRoute = (parts: ApiParts) => async (request: FastifyRequest<Announced>) => {
  const personId = await addressee(parts, request, request.params.code)
  const { id, bytes, name } = request.body
  const given = { id, bytes, name: name.slice(0, 200) }
  return fileView(parts, languageOf(request), taken(await announce(parts.house, personId, given)))
}

type Piece = { Params: { code: string; id: string }; Querystring: { at: string }; Body: unknown }
const piece = (parts: ApiParts) => async (request: FastifyRequest<Piece>) => {
  const { code, id } = request.params
  const personId = await addressee(parts, request, code)
  if (!Buffer.isBuffer(request.body))
    return refuse('badRequest', { details: [{ field: 'body', why: 'wrong' }] })
  const row = taken(await takePiece(parts.house, personId, id, Number(request.query.at), request.body))
  if (row.state === 'refused') return refuse('badFile', { sentence: `file.${row.why}` })
  return fileView(parts, languageOf(request), row)
}
