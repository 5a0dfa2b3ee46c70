import type { FastifyInstance, FastifyRequest } from 'fastify'
import { moveCase } from '../actions/move-case.ts'
import { reveal } from '../actions/reveal.ts'
import { forRights } from '../actions/rights.ts'
import { mayBeMediated } from '../actions/to-mediation.ts'
import { VERBS, type Verb } from '../rules/cases/types.ts'
import { maySee } from '../rules/people/may.ts'
import { pointsOf, textsOf } from '../store/cases.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { entriesOf } from '../store/entries.ts'
import { filesOfCase } from '../store/files.ts'
import { inboxRow } from '../store/inbox-pages.ts'
import { noticesOfCase } from '../store/notices.ts'
import { ordersOf, orderWords } from '../store/orders.ts'
import { leaders, staffNames } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { type StaffCaseFacts, staffCaseOf } from './present-staff.ts'
import { given } from './refusals.ts'
import { plainCaseCode } from './resident-cases.ts'
import { type Revealing, routes, type StepOf } from './schemas-staff.ts'
import { findRoutes } from './staff-find.ts'
import { followOf } from './staff-follows.ts'

/** Lists, cases and the steps on them. */
export function caseRoutes(app: FastifyInstance, parts: ApiParts): void {
  findRoutes(app, parts)
  app.get('/cases/:code', { schema: routes.case }, oneCase(parts))
  app.post('/cases/:code/steps/:verb', { schema: routes.step }, step(parts))
  app.post('/cases/:code/reveal', { schema: routes.reveal }, revealRoute(parts))
}

const oneCase = (parts: ApiParts) => async (request: FastifyRequest<{ Params: { code: string } }>) =>
  shownCase(parts, request, plainCaseCode(request.params.code))

/** The case as this person sees it; one they may not see is not found, like one that does not exist. */
export async function shownCase(parts: ApiParts, request: FastifyRequest, code: string) {
  const { who } = request.staff!
  const facts = await factsOf(parts, code)
  if (!facts || !who.members.some(member => maySee(member, facts.rights))) return refuse('notFound')
  const language = languageOf(request)
  const follow = await followOf(parts, facts, who, language)
  return staffCaseOf(parts, { ...facts, follow }, who, language)
}

async function factsOf({ house }: ApiParts, code: string): Promise<Omit<StaffCaseFacts, 'follow'> | null> {
  const { read } = house.store
  const row = await inboxRow(read, code)
  if (!row) return null
  const [rights, texts, points, entries, deadlines, orders, said, leads, notices, files, mediable] =
    await Promise.all([
      forRights(read, house.district, row),
      textsOf(read, row.id),
      pointsOf(read, row.id),
      entriesOf(read, row.id),
      deadlinesOf(read, row.id),
      ordersOf(read, row.id),
      orderWords(read, row.id),
      leaders(read),
      noticesOfCase(read, row.id),
      filesOfCase(read, row.id),
      mayBeMediated(read, row),
    ])
  const people = [...entries.filter(entry => entry.byKind === 'staff').map(entry => entry.byId)]
  const names = await staffNames(read, [
    ...people,
    ...orders.flatMap(order => [order.staffId, order.leaderId]),
  ])
  return {
    row,
    rights,
    texts,
    points,
    entries,
    deadlines,
    orders,
    said,
    leaders: leads,
    notices,
    files,
    names,
    mediable,
  }
}

const isVerb = (verb: string): verb is Verb => (VERBS as readonly string[]).includes(verb)

const step =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: StepOf; Body: Record<string, unknown> }>) => {
    const { verb } = request.params
    const code = plainCaseCode(request.params.code)
    if (!isVerb(verb)) return refuse('notFound')
    await given(parts, await moveCase(parts.house, request.staff!.who, code, verb, request.body))
    return shownCase(parts, request, code)
  }

const revealRoute =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { code: string }; Body: Revealing }>) => {
    const code = plainCaseCode(request.params.code)
    const { value } = await given(parts, await reveal(parts.house, request.staff!.who, code, request.body))
    return { value }
  }
