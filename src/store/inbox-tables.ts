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
  /** The marks of `match` that are a unit's, one of which each open case bears: PostgreSQL reads them from a table (migration 021). */
  reach?: readonly string[]
  /** Of what was reached, and of what has ended, all a resident brought something new to. */
  news?: true
  /** What `where` says of deadlines, of a case `k`: for open cases a span of their index. */
  due?: Where
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
  // Plus nothing: PostgreSQL would read the index of numbers as well and mark a hundred thousand rows to leave out what the chunks leave out.
  const no = match && kind === 'postgresql' ? 's."no" + 0' : at
  const span = and(
    from === undefined ? all : { sql: `${no} >= ?`, values: [from] },
    until === undefined ? all : { sql: `${no} < ?`, values: [until] },
  )
  const columns = and(chosen.where, more)
  if (chosen.reach && kind === 'postgresql')
    return { at, ...(chosen.news ? reachedNews : reached)(chosen.reach, columns) }
  if (match && kind === 'postgresql') {
    const marked = markedIn(matchText(kind, match), and(chunksOf(chosen), span))
    if (chosen.open && chosen.due) return { at: 'c."no"', ...dueAmong(marked, columns, chosen.due) }
    return { at, ...eachOf(marked, columns) }
  }
  if (!match)
    return { at, from: `"Case" c${alongOpen('Case_open_idx', chosen, kind)}`, ...and(span, columns) }
  return {
    at,
    from: `"CaseSearch" s CROSS JOIN "Case" c${alongOpen('Case_open_no_idx', chosen, kind)} ON c."no" = s.rowid`,
    ...and({ sql: 's."CaseSearch" MATCH ?', values: [matchText(kind, match)] }, span, columns),
  }
}

/** Marks as PostgreSQL reads a list of them. They are letters and digits alone (`mark`). */
export const asArray = (marks: readonly string[]): string => `{${marks.join(',')}}`

/** Open cases along their index, each asked of a hash of those the marks name: half of all that are open may be one unit's. */
const OPEN_REACHED = `c."closedAt" IS NULL AND (c."no" IN (SELECT r."no" FROM "OpenMark" r WHERE r."mark" = ANY (CAST(? AS text[])))) IS TRUE`

const reached = (reach: readonly string[], columns: Where) => ({
  from: '"Case" c',
  sql: `${OPEN_REACHED} AND ${columns.sql}`,
  values: [asArray(reach), ...columns.values],
})

/** Few have ended and hold something new: each is asked whether it may be seen. */
const reachedNews = (reach: readonly string[], columns: Where) => ({
  from: `(SELECT c.* FROM "Case" c WHERE c."residentNewAt" IS NOT NULL AND ${OPEN_REACHED}
    UNION ALL SELECT c.* FROM "Case" c WHERE c."residentNewAt" IS NOT NULL AND c."closedAt" IS NOT NULL) c`,
  sql: columns.sql,
  values: [asArray(reach), ...columns.values],
})

/** On PostgreSQL: all the index knows of a span of numbers. */
const markedIn = (match: string, span: Where): Where => ({
  sql: `SELECT s."no" FROM "CaseSearch" s WHERE s."pieces" @@ CAST(? AS tsquery) AND ${span.sql}`,
  values: [match, ...span.values],
})

/**
 * Sorted, and then each case by its number, out of an index that holds what is asked of it. MATERIALIZED and OFFSET 0 keep PostgreSQL to what is
 * written: it guesses badly how many there are of a mark as seldom as a phone, and would walk through every case.
 */
const eachOf = (marked: Where, columns: Where) => ({
  from: `(WITH m AS MATERIALIZED (${marked.sql}) SELECT "no" FROM m ORDER BY "no" DESC OFFSET 0) s
    CROSS JOIN LATERAL (SELECT k.* FROM "Case" k WHERE k."no" = s."no" OFFSET 0) c`,
  sql: columns.sql,
  values: [...marked.values, ...columns.values],
})

/**
 * Open cases by deadline: the span of their index first, for the marks may be those of half of all that are open. IS TRUE keeps the marks a hash that
 * is asked of each; joined, they would be compared pair by pair wherever PostgreSQL guesses that there are few.
 */
const dueAmong = (marked: Where, columns: Where, due: Where) => ({
  from: `(SELECT k.* FROM "Case" k WHERE k."closedAt" IS NULL AND ${due.sql} OFFSET 0) c`,
  sql: `(c."no" IN (${marked.sql})) IS TRUE AND ${columns.sql}`,
  values: [...due.values, ...marked.values, ...columns.values],
})
