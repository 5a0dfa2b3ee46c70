import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Who } from '../actions/rights.ts'
import { endOfDay } from '../rules/calendar/day.ts'
import { CASE_STATES } from '../rules/cases/types.ts'
import type { Language } from '../rules/people/language.ts'
import { LISTS, type Looking, listsFor } from '../store/inbox.ts'
import { chosenBy, type InboxFilter } from '../store/inbox-filter.ts'
import { type Sought, soughtIn } from '../store/inbox-find.ts'
import { type Chosen, type Cursor, countLists, countOf, ofList, pageOf } from '../store/inbox-pages.ts'
import { categoryName } from './category-name.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { type ApiParts, say } from './parts.ts'
import { withFound } from './present-found.ts'
import { rowOf } from './present-staff.ts'
import type { CasesQuery } from './schemas-find.ts'
import { routes } from './schemas-staff.ts'
import { withAlike } from './staff-follows.ts'

/** Lists, filters and the search of the desk. */
export function findRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/lists', { schema: routes.lists }, lists(parts))
  app.get('/cases', { schema: routes.cases }, cases(parts))
  app.get('/filters', { schema: routes.filters }, filters(parts))
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
  const language = languageOf(request)
  const own = listsFor(who.members)
  const counts = await countLists(parts.house.store, own, lookingOf(parts, who))
  return {
    lists: own.map((list, n) => {
      const { count, capped } = counts[n]!
      const label = say(parts, language, `list.${list.key}`)
      return { key: list.key, group: list.group, label, count, capped, hot: list.hot === true && count > 0 }
    }),
  }
}

const cases = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: CasesQuery }>) => {
  const { who } = request.staff!
  const { store } = parts.house
  const language = languageOf(request)
  const { sought, chosen } = chosenOf(parts, who, request.query)
  const { limit } = request.query
  const cursor = request.query.cursor ? readCursor(request.query.cursor) : null
  const page = await pageOf(store, chosen ?? NONE, {
    cursor,
    limit: Math.min(Math.max(Number(limit ?? 50), 1), PAGE),
  })
  const counted = !cursor && asksToFind(request.query) ? await countOf(store, chosen ?? NONE) : null
  const rows = await withAlike(
    parts,
    page.rows,
    page.rows.map(row => rowOf(parts, row, language)),
  )
  return {
    rows: sought ? await withFound(parts, page.rows, rows, sought, request.query.q ?? '') : rows,
    next: page.next ? Buffer.from(JSON.stringify(page.next)).toString('base64url') : null,
    ...counted,
    ...noteOf(parts, language, sought),
  }
}

/** What cases can be filtered by, in words. */
const filters = (parts: ApiParts) => async (request: FastifyRequest) => {
  const language = languageOf(request)
  const named = (family: string) => (key: string) => ({ key, name: say(parts, language, `${family}.${key}`) })
  return {
    categories: parts.house.district.categories.map(({ key }) => ({
      key,
      name: categoryName(parts, key, language),
    })),
    states: [...WHOLE.map(named('whole')), ...CASE_STATES.map(named('state'))],
  }
}
/** All states before an end, and all ends. */
const WHOLE = ['open', 'ended']

const NONE: Chosen = { where: { sql: '1 = 0', values: [] }, match: null, order: 'due' }

const asksToFind = (asked: CasesQuery) => Boolean(asked.q?.trim()) || Object.keys(givenIn(asked)).length > 0

/** What could not be looked for, said plainly. */
const noteOf = (parts: ApiParts, language: Language, sought: Sought | null) =>
  sought?.note ? { note: say(parts, language, `find.${sought.note}`) } : {}

/** A search looks through everything the person may see, ended cases too; without words or a filter the list is shown. */
function chosenOf(
  parts: ApiParts,
  who: Who,
  asked: CasesQuery,
): { chosen: Chosen | null; sought: Sought | null } {
  const { list, q } = asked
  const { store, district } = parts.house
  if (asksToFind(asked)) {
    const sought = q?.trim() ? soughtIn(store.keys, q, district.prefix) : null
    // Words that cannot be looked for find nothing, rather than everything.
    if (sought && !sought.match) return { chosen: null, sought }
    return { chosen: chosenBy(who.members, filterOf(parts, asked), sought), sought }
  }
  const found = LISTS.find(one => one.key === (list || 'all'))
  return found ? { chosen: ofList(found, lookingOf(parts, who)), sought: null } : refuse('notFound')
}

const FILTERS = [
  'unit',
  'place',
  'category',
  'class',
  'state',
  'owed',
  'dueFrom',
  'dueUntil',
  'since',
  'until',
] as const

const givenIn = (asked: CasesQuery): Partial<Record<(typeof FILTERS)[number], string>> =>
  Object.fromEntries(FILTERS.flatMap(name => (asked[name] ? [[name, asked[name]]] : [])))

/** What of a question filters, as the board or a clerk asks it. */
function filterOf({ house }: ApiParts, asked: CasesQuery): InboxFilter {
  const { unit, owed, ...given } = givenIn(asked)
  const path = unit && (house.district.units.get(unit)?.path ?? unit)
  return { ...given, ...(path ? { path } : {}), ...(owed ? { owed: true } : {}) }
}

function readCursor(text: string): Cursor {
  try {
    const { due, id, no } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Number.isSafeInteger(no)) return { no }
    if ((due === null || typeof due === 'string') && typeof id === 'string') return { due, id }
  } catch {
    // Falls through to the refusal: a cursor is ours alone to make.
  }
  return refuse('badRequest', { details: [{ field: 'cursor', why: 'wrong' }] })
}
