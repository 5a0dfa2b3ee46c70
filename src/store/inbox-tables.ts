import type { Store } from './db.ts'
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
export type Reach = 'newest' | 'marks' | 'asItComes'

export const reachesOf = (kind: Store['kind'], { match, open, order }: Chosen): Reach[] =>
  kind === 'postgresql' && match && !open && order === 'newest' ? ['newest', 'marks'] : ['asItComes']

/** Cases looked through before the index is asked: some milliseconds of work. */
const NEWEST = 10_000

/** The cases a span of numbers leaves, by the search alone. */
function reached(reach: 'newest' | 'marks', span: Where, match: SqlValue, columns: Where) {
  const at = 's."no"'
  if (reach === 'newest') {
    const newest = `SELECT "no", "pieces" FROM "CaseSearch" s WHERE ${span.sql} ORDER BY "no" DESC LIMIT ${NEWEST}`
    const sql = `s.${ASKED_FOR} AND ${columns.sql}`
    return { at, from: `(${newest}) s ${BY_NUMBER}`, sql, values: [...span.values, match, ...columns.values] }
  }
  const marked = `SELECT "no" FROM "CaseSearch" s WHERE ${ASKED_FOR} AND ${span.sql}`
  const from = `(WITH m AS MATERIALIZED (${marked}) SELECT "no" FROM m ORDER BY "no" DESC OFFSET 0) s ${BY_NUMBER}`
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
    return reached(reach, span, matchText(kind, match), and(chosen.where, more))
  const columns = and(span, chosen.where, more)
  if (!match) return { from: `"Case" c${alongOpen('Case_open_idx', chosen, kind)}`, at, ...columns }
  const values: SqlValue[] = [matchText(kind, match), ...columns.values]
  const sql = (asked: string) => ({ at, sql: `${asked} AND ${columns.sql}`, values })
  if (kind === 'postgresql' && chosen.open) return { from: CHOSEN_OPEN, at, sql: columns.sql, values }
  return kind === 'postgresql'
    ? { from: '"CaseSearch" s JOIN "Case" c ON c."no" = s."no"', ...sql('s."pieces" @@ CAST(? AS tsquery)') }
    : {
        from: `"CaseSearch" s CROSS JOIN "Case" c${alongOpen('Case_open_no_idx', chosen, kind)} ON c."no" = s.rowid`,
        ...sql('s."CaseSearch" MATCH ?'),
      }
}
