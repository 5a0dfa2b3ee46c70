import { bandsAt, type DueBand } from '../rules/board/figures.ts'
import type { Span } from '../rules/board/months.ts'
import { type Reads, turnOfTheLoop } from './db.ts'
import { and, type Where } from './inbox.ts'

/** Whose cases the board counts: of a unit and all below it (by its way down), of a category; left out means all. */
export interface BoardScope {
  path: string | null
  /** The town, where the unit is one or lies in one: what lies there is counted by it. */
  townId: string | null
  category: string | null
}

/** Open and still owed an answer; what is answered waits for the resident alone, and a mediation has promises of its own. */
export const OWED_STATES = ['received', 'assigned', 'working', 'redo'] as const

const all: Where = { sql: '1 = 1', values: [] }

/** The unit itself and all below it. */
export const under = (column: string, path: string): Where => ({
  sql: `${column} IN (SELECT u."id" FROM "Unit" u WHERE u."path" = ? OR u."path" LIKE ?)`,
  values: [path, `${path}/%`],
})

const ofCategory = (category: string | null): Where =>
  category ? { sql: 'c."category" = ?', values: [category] } : all

/** Held by the unit asked for, of the category asked for. */
const held = ({ path, category }: BoardScope): Where =>
  and(path ? under('c."holderUnitId"', path) : all, ofCategory(category))

/** Lying in the town asked for; of a unit that has no ground, held by it. */
const lying = (scope: BoardScope): Where =>
  scope.townId
    ? and({ sql: 'c."townId" = ?', values: [scope.townId] }, ofCategory(scope.category))
    : held(scope)

/** The same of a span of time. An empty text beside a column keeps its index away: by it all a unit ever had would be read for each month. */
const lyingIn = ({ path, townId, category }: BoardScope): Where =>
  and(
    townId
      ? { sql: `c."townId" || '' = ?`, values: [townId] }
      : path
        ? under(`c."holderUnitId" || ''`, path)
        : all,
    ofCategory(category),
  )

const within = ({ from, to }: Span): Where => ({
  sql: 'c."createdAt" >= ? AND c."createdAt" < ?',
  values: [from, to],
})
/** Counted on the board at all: mediations have their own figures. */
const COUNTED: Where = { sql: `c."kind" <> 'mediation'`, values: [] }
/** Never by place: what a person must not be found by. */
export const PLACED: Where = { sql: `c."kind" IN ('grievance', 'gridReport') AND c."hidden" = 0`, values: [] }

/** Cases received in a span of time. A department receives none itself: they lie in towns. */
export async function receivedIn(from: Reads, span: Span, scope: BoardScope): Promise<number> {
  const { sql, values } = and(within(span), COUNTED, lyingIn(scope))
  const row = await from.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Case" c WHERE ${sql}`,
    ...values,
  )
  return Number(row?.n ?? 0)
}

/** Cases received in a span of time, by category. */
export async function receivedBy(from: Reads, span: Span, scope: BoardScope): Promise<Map<string, number>> {
  const { sql, values } = and(within(span), COUNTED, lyingIn(scope))
  const rows = await from.sql.all<{ category: string; n: number }>(
    `SELECT c."category", COUNT(*) AS "n" FROM "Case" c WHERE ${sql} GROUP BY c."category"`,
    ...values,
  )
  return new Map(rows.map(({ category, n }) => [category, Number(n)]))
}

/** Open cases by the hours left until their nearest deadline, and those answered that wait for the resident's word. */
export async function openByDue(
  from: Reads,
  now: string,
  scope: BoardScope,
): Promise<{ bands: Record<DueBand, number>; undated: number; answered: number }> {
  const bands = bandsAt(now)
  const sums = bands.map(band => {
    const bounds = [...(band.from ? ['c."dueAt" >= ?'] : []), ...(band.to ? ['c."dueAt" < ?'] : [])].join(
      ' AND ',
    )
    return `SUM(CASE WHEN ${bounds} THEN 1 ELSE 0 END) AS "${band.key}"`
  })
  const sum = {
    ...(Object.fromEntries(bands.map(({ key }) => [key, 0])) as Record<DueBand, number>),
    undated: 0,
  }
  for (const state of OWED_STATES) {
    const { sql, values } = and({ sql: 'c."state" = ?', values: [state] }, held(scope))
    const row = await from.sql.get<Record<keyof typeof sum, number | null>>(
      `SELECT ${sums.join(', ')}, SUM(CASE WHEN c."dueAt" IS NULL THEN 1 ELSE 0 END) AS "undated" FROM "Case" c WHERE ${sql}`,
      ...bands.flatMap(band => [band.from, band.to].filter(at => at !== null)),
      ...values,
    )
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += Number(row?.[key] ?? 0)
    await turnOfTheLoop()
  }
  const answered = and({ sql: `c."state" = 'answered'`, values: [] }, held(scope))
  const waiting = await from.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Case" c WHERE ${answered.sql}`,
    ...answered.values,
  )
  const { undated, ...byBand } = sum
  return { bands: byBand, undated, answered: Number(waiting?.n ?? 0) }
}

/** A case that breaks next, without its words. */
export interface BreaksNext {
  code: string
  class: string
  category: string
  communityId: string | null
  townId: string | null
  holderUnitId: string
  dueAt: string
  dueKind: string | null
}

/** The open cases whose deadline is nearest or longest past, each state by its own index. Calls for help are counted and not listed. */
export async function breaksNext(from: Reads, scope: BoardScope, limit: number): Promise<BreaksNext[]> {
  const { sql, values } = held(scope)
  const found = await Promise.all(
    OWED_STATES.map(state =>
      from.sql.all<BreaksNext>(
        `SELECT c."code", c."class", c."category", c."communityId", c."townId", c."holderUnitId", c."dueAt", c."dueKind" FROM "Case" c
         WHERE c."state" = ? AND c."dueAt" IS NOT NULL AND c."kind" <> 'hotline' AND ${sql} ORDER BY c."dueAt" LIMIT ?`,
        ...[state, ...values, limit],
      ),
    ),
  )
  return found
    .flat()
    .sort((a, b) => (a.dueAt === b.dueAt ? (a.code < b.code ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1))
    .slice(0, limit)
}

/** What came in one week from one place about one thing. */
export interface PlaceCount {
  communityId: string
  category: string
  n: number
}

/** Cases received in a span of time by community and category. Hidden ones and calls for help are in no place. */
export async function receivedAt(from: Reads, span: Span, scope: BoardScope): Promise<PlaceCount[]> {
  const placed: Where = { sql: 'c."communityId" IS NOT NULL', values: [] }
  const { sql, values } = and(within(span), PLACED, placed, lyingIn(scope))
  const rows = await from.sql.all<PlaceCount>(
    `SELECT c."communityId", c."category", COUNT(*) AS "n" FROM "Case" c WHERE ${sql} GROUP BY c."communityId", c."category"`,
    ...values,
  )
  return rows.map(row => ({ ...row, n: Number(row.n) }))
}

/** The load of one grid: open cases owed an answer, those late among them, and what came in a span of time. */
export interface GridLoad {
  open: number
  late: number
  received: number
}

/** Loads by grid; grids without any are left out. */
export async function gridLoads(
  from: Reads,
  now: string,
  span: Span,
  scope: BoardScope,
): Promise<Map<string, GridLoad>> {
  const loads = new Map<string, GridLoad>()
  const at = (grid: string) => {
    const found = loads.get(grid) ?? { open: 0, late: 0, received: 0 }
    loads.set(grid, found)
    return found
  }
  const inGrid: Where = { sql: 'c."gridId" IS NOT NULL', values: [] }
  for (const state of OWED_STATES) {
    const open = and({ sql: 'c."state" = ?', values: [state] }, PLACED, inGrid, lying(scope))
    const rows = await from.sql.all<{ gridId: string; n: number; late: number }>(
      `SELECT c."gridId", COUNT(*) AS "n", SUM(CASE WHEN c."dueAt" < ? THEN 1 ELSE 0 END) AS "late" FROM "Case" c WHERE ${open.sql} GROUP BY c."gridId"`,
      now,
      ...open.values,
    )
    for (const { gridId, n, late } of rows) {
      at(gridId).open += Number(n)
      at(gridId).late += Number(late)
    }
    await turnOfTheLoop()
  }
  const fresh = and(within(span), PLACED, inGrid, lyingIn(scope))
  const received = await from.sql.all<{ gridId: string; n: number }>(
    `SELECT c."gridId", COUNT(*) AS "n" FROM "Case" c WHERE ${fresh.sql} GROUP BY c."gridId"`,
    ...fresh.values,
  )
  for (const { gridId, n } of received) at(gridId).received = Number(n)
  return loads
}
