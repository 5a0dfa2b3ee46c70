import type { FastifyInstance, FastifyRequest } from 'fastify'
import { dayOf } from '../actions/house.ts'
import { moveCase } from '../actions/move-case.ts'
import { reveal } from '../actions/reveal.ts'
import { forRights, type Who } from '../actions/rights.ts'
import { mayBeMediated } from '../actions/to-mediation.ts'
import { endOfDay } from '../rules/calendar/day.ts'
import { VERBS, type Verb } from '../rules/cases/types.ts'
import { maySee } from '../rules/people/may.ts'
import { pointsOf, textsOf } from '../store/cases.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { entriesOf } from '../store/entries.ts'
import { filesOfCase } from '../store/files.ts'
import {
  and,
  type Cursor,
  countOf,
  inboxRow,
  LISTS,
  type Looking,
  listsFor,
  pageOf,
  visible,
  type Where,
} from '../store/inbox.ts'
import { filterWhere, type InboxFilter } from '../store/inbox-filter.ts'
import { findWhere } from '../store/inbox-find.ts'
import { noticesOfCase } from '../store/notices.ts'
import { ordersOf, orderWords } from '../store/orders.ts'
import { leaders, staffNames } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { type ApiParts, say } from './parts.ts'
import { rowOf, type StaffCaseFacts, staffCaseOf } from './present-staff.ts'
import { given } from './refusals.ts'
import { plainCaseCode } from './resident-cases.ts'
import { type CasesQuery, type Revealing, routes, type StepOf } from './schemas-staff.ts'
import { followOf, withAlike } from './staff-follows.ts'

/** Lists, cases and the steps on them. */
export function caseRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/lists', { schema: routes.lists }, lists(parts))
  app.get('/cases', { schema: routes.cases }, cases(parts))
  app.get('/cases/:code', { schema: routes.case }, oneCase(parts))
  app.post('/cases/:code/steps/:verb', { schema: routes.step }, step(parts))
  app.post('/cases/:code/reveal', { schema: routes.reveal }, revealRoute(parts))
}

/** "Soon" is the next three days. */
const SOON_DAYS = 3
const PAGE = 200

function lookingOf(parts: ApiParts, who: Who): Looking {
  const { now: clock, district } = parts.house
  const now = clock()
  return {
    members: who.members,
    staffId: who.staffId,
    district: district.code,
    now,
    todayEnds: endOfDay(now, district.zone),
    soonEnds: endOfDay(now, district.zone, SOON_DAYS),
  }
}

const lists = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { who } = request.staff!
  const looking = lookingOf(parts, who)
  const language = languageOf(request)
  const counted = await Promise.all(
    listsFor(who.members).map(async list => {
      const { count, capped } = await countOf(parts.house.store.read, list, looking)
      const label = say(parts, language, `list.${list.key}`)
      return { key: list.key, group: list.group, label, count, capped, hot: list.hot === true && count > 0 }
    }),
  )
  return { lists: counted }
}

const cases = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: CasesQuery }>) => {
  const { who } = request.staff!
  const { limit, cursor } = request.query
  const where = await whereOf(parts, who, request.query)
  const page = await pageOf(parts.house.store.read, and(where, visible(who.members)), {
    cursor: cursor ? readCursor(cursor) : null,
    limit: Math.min(Math.max(Number(limit ?? 50), 1), PAGE),
  })
  const language = languageOf(request)
  const rows = page.rows.map(row => rowOf(parts, row, language))
  return {
    rows: await withAlike(parts, page.rows, rows),
    next: page.next ? Buffer.from(JSON.stringify(page.next)).toString('base64url') : null,
  }
}

/** A search looks through everything the person may see, ended cases too; without one the list is shown. */
async function whereOf(parts: ApiParts, who: Who, asked: CasesQuery): Promise<Where> {
  const { list, q } = asked
  const looking = lookingOf(parts, who)
  const { store, district } = parts.house
  if (q?.trim()) {
    const today = dayOf(parts.house, looking.now)
    return findWhere(store, q, { prefix: district.prefix, today })
  }
  const filter = filterOf(parts, asked, looking)
  if (Object.keys(filter).length > 0) return filterWhere(filter)
  const found = LISTS.find(one => one.key === (list || 'all'))
  return found ? found.where(looking) : refuse('notFound')
}

/** What of a question filters, as the board asks it. */
function filterOf({ house }: ApiParts, asked: CasesQuery, looking: Looking): InboxFilter {
  const { unit, owed, place, category, since, until } = asked
  const { dueFrom, dueUntil, owing } = dueOf(asked, looking)
  const path = unit && (house.district.units.get(unit)?.path ?? unit)
  const given = {
    ...{ path, place, category, class: asked.class, dueFrom, dueUntil, since, until },
    owed: owing || owed ? true : undefined,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
}

/** A saved filter says its time by name: an instant would be past the next day. What is late is owed. */
function dueOf({ due, dueFrom, dueUntil }: CasesQuery, { now, todayEnds, soonEnds }: Looking) {
  if (due === 'late') return { dueUntil: now, owing: true }
  if (due === 'today') return { dueFrom: now, dueUntil: todayEnds, owing: true }
  if (due === 'soon') return { dueFrom: now, dueUntil: soonEnds, owing: true }
  return { dueFrom, dueUntil, owing: false }
}

function readCursor(text: string): Cursor {
  try {
    const { due, id } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if ((due === null || typeof due === 'string') && typeof id === 'string') return { due, id }
  } catch {
    // Falls through to the refusal: a cursor is ours alone to make.
  }
  return refuse('badRequest', { details: [{ field: 'cursor', why: 'wrong' }] })
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
  const [rights, texts, points, entries, deadlines, orders, said, leads, notices, files] = await Promise.all([
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
    mediable: await mayBeMediated(read, row),
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
