import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Who } from '../actions/rights.ts'
import { endOfDay } from '../rules/calendar/day.ts'
import type { Language } from '../rules/people/language.ts'
import { LISTS, type Looking, listsFor } from '../store/inbox.ts'
import { chosenBy, type InboxFilter } from '../store/inbox-filter.ts'
import { type Sought, soughtIn } from '../store/inbox-find.ts'
import { countLists, ofList, pageOf } from '../store/inbox-pages.ts'
import type { Chosen } from '../store/inbox-tables.ts'
import type { Cursor } from '../store/inbox-walk.ts'
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
    counted: !cursor && asksToFind(request.query),
  })
  const rows = await withAlike(
    parts,
    page.rows,
    page.rows.map(row => rowOf(parts, row, language)),
  )
  return {
    rows: sought ? await withFound(parts, page.rows, rows, sought, request.query.q ?? '') : rows,
    next: page.next ? Buffer.from(JSON.stringify(page.next)).toString('base64url') : null,
    ...page.counted,
    ...noteOf(parts, language, sought),
  }
}

const NONE: Chosen = { where: { sql: '1 = 0', values: [] }, match: null, order: 'due' }

const asksToFind = (asked: CasesQuery) => Boolean(asked.q?.trim()) || asksToFilter(asked)

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
    return { chosen: chosenBy(who.members, filterOf(parts, asked, lookingOf(parts, who)), sought), sought }
  }
  const found = LISTS.find(one => one.key === (list || 'all'))
  return found ? { chosen: ofList(found, lookingOf(parts, who)), sought: null } : refuse('notFound')
}

const FILTERS = [
  ...['unit', 'place', 'category', 'class', 'state', 'due', 'owed', 'dueFrom', 'dueUntil', 'since', 'until'],
] as readonly (keyof CasesQuery)[]

const asksToFilter = (asked: CasesQuery): boolean => FILTERS.some(name => Boolean(asked[name]))

/** What of a question filters, as the board or a clerk asks it. */
function filterOf({ house }: ApiParts, asked: CasesQuery, looking: Looking): InboxFilter {
  const { unit, owed, place, category, class: cls, state, since, until } = asked
  const { dueFrom, dueUntil, owing } = dueOf(asked, looking)
  const path = unit && (house.district.units.get(unit)?.path ?? unit)
  const given = { path, place, category, class: cls, state, dueFrom, dueUntil, since, until }
  const owes = owing || owed ? { owed: true } : {}
  return { ...Object.fromEntries(Object.entries(given).filter(([, value]) => Boolean(value))), ...owes }
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
    const { due, id, no } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (Number.isSafeInteger(no)) return { no }
    if ((due === null || typeof due === 'string') && typeof id === 'string') return { due, id }
  } catch {
    // Falls through to the refusal: a cursor is ours alone to make.
  }
  return refuse('badRequest', { details: [{ field: 'cursor', why: 'wrong' }] })
}
