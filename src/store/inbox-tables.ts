import type { Store } from './db.ts'
import { and, type Where } from './inbox.ts'
import { type Match, matchText } from './search.ts'
import { along } from './sql.ts'

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

/** Numbers of a chunk of the search index on PostgreSQL (migration 019): three days. */
export const CHUNK = 2 ** 21
/** More chunks than these are not named: the index is asked without them. */
export const MOST_CHUNKS = 100

const chunkOf = (no: number) => Math.floor(no / CHUNK)

/** What narrows the index to a span of numbers: the chunks that hold it, where they are few enough to be named. */
function chunksOf({ from, until }: Chosen): Where {
  if (from === undefined || until === undefined) return all
  const [first, last] = [chunkOf(from), chunkOf(until - 1)]
  if (last - first >= MOST_CHUNKS || last < first) return all
  const named = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  return { sql: 'ARRAY[s."no" >> 21] && CAST(? AS bigint[])', values: [`{${named.join(',')}}`] }
}

/** FROM and WHERE of the chosen. With marks the search is asked first, and each candidate's columns after it. */
export function tables(kind: Store['kind'], chosen: Chosen, more: Where = all) {
  const { match, from, until } = chosen
  const at = match ? (kind === 'postgresql' ? 's."no"' : 's.rowid') : 'c."no"'
  const span = and(
    from === undefined ? all : { sql: `${at} >= ?`, values: [from] },
    until === undefined ? all : { sql: `${at} < ?`, values: [until] },
  )
  const columns = and(chosen.where, more)
  if (match && kind === 'postgresql')
    return { at, ...byMarks(matchText(kind, match), and(chunksOf(chosen), span), columns) }
  if (!match)
    return { at, from: `"Case" c${alongOpen('Case_open_idx', chosen, kind)}`, ...and(span, columns) }
  return {
    at,
    from: `"CaseSearch" s CROSS JOIN "Case" c${alongOpen('Case_open_no_idx', chosen, kind)} ON c."no" = s.rowid`,
    ...and({ sql: 's."CaseSearch" MATCH ?', values: [matchText(kind, match)] }, span, columns),
  }
}

/**
 * On PostgreSQL: all the index knows of a span, sorted, and then each case by its number, out of an index that holds what is asked of it. MATERIALIZED
 * and OFFSET 0 keep it to what is written: it guesses badly how many there are of a mark as seldom as a phone, and would walk through every case.
 */
function byMarks(match: string, span: Where, columns: Where) {
  const marked = `SELECT s."no" FROM "CaseSearch" s WHERE s."pieces" @@ CAST(? AS tsquery) AND ${span.sql}`
  const newest = `WITH m AS MATERIALIZED (${marked}) SELECT "no" FROM m ORDER BY "no" DESC OFFSET 0`
  return {
    from: `(${newest}) s CROSS JOIN LATERAL (SELECT k.* FROM "Case" k WHERE k."no" = s."no" OFFSET 0) c`,
    sql: columns.sql,
    values: [match, ...span.values, ...columns.values],
  }
}
