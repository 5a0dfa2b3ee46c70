import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type HandWords, handBack, mayReadTalk, sayAsStaff, takeOver } from '../actions/hand-over.ts'
import type { Who } from '../actions/rights.ts'
import { maskText } from '../rules/people/mask.ts'
import { casesWith } from '../store/inbox-pages.ts'
import { type TalkRow, talkOf, talksOf } from '../store/inbox-talks.ts'
import { staffName } from '../store/staff.ts'
import { linesOf } from '../store/talks.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { messageOf } from './message.ts'
import { type ApiParts, say } from './parts.ts'
import { rowOf } from './present-staff.ts'
import { given } from './refusals.ts'
import { spanOf } from './resident.ts'
import type { Message, SpanQuery } from './schemas.ts'
import {
  type ById,
  type Modes,
  routes,
  type StaffSaid,
  type TalkLine,
  type TalkView,
} from './schemas-staff.ts'

/** Conversations: which wait, what was said, taking one in hand and giving it back. */
export function talkRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/conversations', { schema: routes.talks }, talks(parts))
  app.get('/conversations/:id', { schema: routes.talk }, talk(parts))
  app.post('/conversations/:id/take', { schema: routes.talkVerb }, take(parts))
  app.post('/conversations/:id/say', { schema: routes.talkSay }, speak(parts))
  app.post('/conversations/:id/handback', { schema: routes.talkVerb }, giveBack(parts))
}

const MOST = 100

const talks = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: Modes }>) => {
  const { who } = request.staff!
  const { read } = parts.house.store
  const rows: TalkLine[] = []
  for (const row of await talksOf(read, request.query.mode ?? 'waiting', MOST))
    if (await mayReadTalk(read, who, row)) rows.push(await lineOf(parts, who, row))
  return { rows }
}

async function lineOf(parts: ApiParts, who: Who, row: TalkRow): Promise<TalkLine> {
  const { read } = parts.house.store
  const lines = (await linesOf(read, row.personId, { limit: 20 })).map(messageOf)
  // What the resident said last tells a clerk more than the bot's own sentence after it.
  const last = lines.findLast(line => line.from === 'me') ?? lines.at(-1)
  const cases = await casesWith(read, row.personId, who.members)
  return {
    id: row.personId,
    mode: row.mode,
    since: row.takenAt ?? row.updatedAt,
    lastText: maskText(last?.body.text ?? '').slice(0, 80),
    lastAt: last?.at ?? row.updatedAt,
    takenBy: await staffName(read, row.takenById),
    cases: cases.map(one => one.code),
  }
}

const talk =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById; Querystring: SpanQuery }>) => {
    const { read } = parts.house.store
    const row = await talkOf(read, request.params.id)
    if (!row || !(await mayReadTalk(read, request.staff!.who, row))) return refuse('notFound')
    return shownTalk(parts, request, row.personId, request.query)
  }

/** A conversation this person may read, or has just had a hand in: who gives one back sees that it is given back. */
async function shownTalk(
  parts: ApiParts,
  request: FastifyRequest,
  id: string,
  query: SpanQuery = {},
): Promise<TalkView> {
  const { who } = request.staff!
  const { read } = parts.house.store
  const row = (await talkOf(read, id)) ?? refuse('notFound')
  const { size, span } = spanOf(query)
  const lines = await linesOf(read, id, { ...span, limit: size })
  const isOurs = row.takenById === who.staffId
  const language = languageOf(request)
  return {
    id,
    mode: row.mode,
    takenBy: await staffName(read, row.takenById),
    messages: lines.map(messageOf).map(one => (isOurs ? one : masked(one))),
    cases: (await casesWith(read, id, who.members)).map(one => rowOf(parts, one, language)),
  }
}

/** Phones and identity numbers stay masked for whoever only reads along. */
function masked(message: Message): Message {
  const { card: _, ...body } = message.body
  return { ...message, body: { ...body, text: maskText(body.text ?? '') } }
}

const words =
  (parts: ApiParts, key: string): HandWords =>
  (language, office) =>
    say(parts, language, `talk.${key}`, { office })

const take = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById }>) => {
  const { id } = request.params
  await given(parts, await takeOver(parts.house, request.staff!.who, id, words(parts, 'taken')))
  return shownTalk(parts, request, id)
}

const speak = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById; Body: StaffSaid }>) => {
  const { id } = request.params
  await given(parts, await sayAsStaff(parts.house, request.staff!.who, id, request.body))
  return shownTalk(parts, request, id)
}

const giveBack = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById }>) => {
  const { id } = request.params
  await given(parts, await handBack(parts.house, request.staff!.who, id, words(parts, 'handedBack')))
  await parts.resume(id)
  return shownTalk(parts, request, id)
}
