import type { Reads, Store } from './db.ts'
import { and, type Where } from './inbox.ts'
import { type Match, matchText } from './search.ts'
import { along, type SqlValue } from './sql.ts'

/** Some cases: what their columns must say, and the marks that choose candidates; null where no mark does. */
export interface Chosen {
  where: Where
  match: Match | null
  /** By deadline, those without one last; or the newest first. */
  order: 'due' | 'newest'
  /** Open cases alone, walked along the index of those. */
  open?: true
  /** Only cases numbered from here up to there (`noAt`): what an instant says about the order of opening. */
  from?: number
  until?: number
  /** How many of the newest PostgreSQL looks through before it asks the index; `NEWEST` unless told. */
  look?: number
}

export const all: Where = { sql: '1 = 1', values: [] }

const alongOpen = (index: string, { open }: Chosen, kind: Store['kind']): string =>
  open ? along(index, { kind }) : ''

/** OFFSET 0 and MATERIALIZED keep PostgreSQL to what is written. */
const BY_NUMBER = 'CROSS JOIN LATERAL (SELECT k.* FROM "Case" k WHERE k."no" = s."no" OFFSET 0) c'
const ASKED_FOR = '"pieces" @@ CAST(? AS tsquery)'

/**
 * The marks first, then each case by its number: PostgreSQL takes open cases with a deadline for far fewer than there are, and would ask every one of
 * them for its orders. OFFSET 0 keeps it to this order.
 */
const CHOSEN_OPEN = `(SELECT "no" FROM "CaseSearch" WHERE ${ASKED_FOR} OFFSET 0) s ${BY_NUMBER}`

/**
 * How the marks are asked: SQLite reads them from the newest on by itself. PostgreSQL cannot, and guesses badly how many there will be of marks as
 * seldom as a phone: it is told to look through the newest cases first, where what is frequent is found at once, and then to ask the index, which
 * has little to sort of what is seldom.
 */
export type Reach = 'newest' | 'marks' | 'any' | 'asItComes'

export const reachesOf = (kind: Store['kind'], { match, open, order }: Chosen): Reach[] =>
  kind === 'postgresql' && match && !open && order === 'newest' ? ['newest', 'marks'] : ['asItComes']

/** Cases looked through before the index is asked: some milliseconds of work. */
const NEWEST = 10_000

/** Whether those looked through first were all of their span of numbers. Without a beginning they never are, unless the ledger is small. */
export async function isWhole(
  { sql }: Reads,
  { from = 0, until = Number.MAX_SAFE_INTEGER, look = NEWEST }: Chosen,
): Promise<boolean> {
  const more = `SELECT 1 AS "n" FROM "CaseSearch" WHERE "no" >= ? AND "no" < ? ORDER BY "no" DESC LIMIT 1 OFFSET ${look}`
  return (await sql.get(more, from, until)) === undefined
}

/** The newest of a span of numbers that bear the marks; or all that do, from the newest on or as they lie. */
function reached(
  reach: Exclude<Reach, 'asItComes'>,
  span: Where,
  match: SqlValue,
  chosen: Chosen,
  columns: Where,
) {
  const at = 's."no"'
  if (reach === 'newest') {
    const some = `LIMIT ${chosen.look ?? NEWEST}`
    const newest = `SELECT "no", "pieces" FROM "CaseSearch" s WHERE ${span.sql} ORDER BY "no" DESC ${some}`
    const sql = `s.${ASKED_FOR} AND ${columns.sql}`
    return { at, from: `(${newest}) s ${BY_NUMBER}`, sql, values: [...span.values, match, ...columns.values] }
  }
  const order = reach === 'marks' ? ' ORDER BY "no" DESC' : ''
  const marked = `SELECT "no" FROM "CaseSearch" s WHERE ${ASKED_FOR} AND ${span.sql}`
  const from = `(WITH m AS MATERIALIZED (${marked}) SELECT "no" FROM m${order} OFFSET 0) s ${BY_NUMBER}`
  return { at, from, sql: columns.sql, values: [match, ...span.values, ...columns.values] }
}

/** FROM and WHERE of the chosen. With marks the search is asked first, and each candidate's columns after it. */
export function tables(kind: Store['kind'], chosen: Chosen, more: Where = all, reach: Reach = 'asItComes') {
  const { match, from, until } = chosen
  const at = match ? (kind === 'postgresql' ? 's."no"' : 's.rowid') : 'c."no"'
  const span = and(
    from === undefined ? all : { sql: `${at} >= ?`, values: [from] },
    until === undefined ? all : { sql: `${at} < ?`, values: [until] },
  )
  if (match && reach !== 'asItComes')
    return reached(reach, span, matchText(kind, match), chosen, and(chosen.where, more))
  const columns = and(span, chosen.where, more)
  if (!match) return { from: `"Case" c${alongOpen('Case_open_idx', chosen, kind)}`, at, ...columns }
  const values: SqlValue[] = [matchText(kind, match), ...columns.values]
  const sql = (asked: string) => ({ at, sql: `${asked} AND ${columns.sql}`, values })
  if (kind === 'postgresql' && chosen.open) return { from: CHOSEN_OPEN, at, sql: columns.sql, values }
  return kind === 'postgresql'
    ? { from: '"CaseSearch" s JOIN "Case" c ON c."no" = s."no"', ...sql(`s.${ASKED_FOR}`) }
    : {
        from: `"CaseSearch" s CROSS JOIN "Case" c${alongOpen('Case_open_no_idx', chosen, kind)} ON c."no" = s.rowid`,
        ...sql('s."CaseSearch" MATCH ?'),
      }
}
