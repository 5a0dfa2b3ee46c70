import type { Reads, Store } from './db.ts'
import { and, type Where } from './inbox.ts'
import { all, CHUNK, type Chosen, MOST_CHUNKS, tables } from './inbox-tables.ts'
import type { SqlValue } from './sql.ts'

/** Where a page ended: the deadline and id of its last row, or its number. */
export type Cursor = { due: string | null; id: string } | { no: number }

/** A case found, before anything is read that is drawn of it. */
export interface Found {
  id: string
  no: number
  dueAt: string | null
}

/** How many there are, exact to 999. */
export interface Counted {
  count: number
  capped: boolean
}

/** Counts are exact to here, then "999+". */
const COUNTED = 1000
export const counted = (n: number): Counted => ({ count: Math.min(n, COUNTED - 1), capped: n >= COUNTED })

/** The first of the chosen, and how many there are in all where that is asked. */
export interface Firsts {
  found: Found[]
  n: Counted | null
}
interface Wanted {
  limit: number
  counts: boolean
}
type Ledger = Pick<Store, 'read' | 'kind'>

export async function countOf({ read, kind }: Ledger, chosen: Chosen): Promise<Counted> {
  const newestFirst = chosen.order === 'newest'
  if (newestFirst && inSpans(kind, chosen))
    return (await newest({ read, kind }, chosen, null, { limit: 1, counts: true })).n ?? counted(0)
  const { from, at, sql, values } = tables(kind, chosen)
  // The newest first, as the page beside it: what was just read is not fetched from the far end again.
  const order = newestFirst ? ` ORDER BY ${at} DESC` : ''
  const row = await read.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${sql}${order} LIMIT ${COUNTED}) AS counted`,
    ...values,
  )
  return counted(Number(row?.n ?? 0))
}

/** The first of the chosen after a cursor, in their order. */
export async function firstOf(
  store: Ledger,
  chosen: Chosen,
  cursor: Cursor | null,
  wanted: Wanted,
): Promise<Firsts> {
  if (chosen.order === 'newest')
    return newest(store, chosen, cursor && 'no' in cursor ? cursor.no : null, wanted)
  const after = cursor && 'id' in cursor ? cursor : null
  if (store.kind === 'postgresql' && chosen.reach) return nearestAlong(store, chosen, after, wanted)
  if (store.kind === 'postgresql' && (chosen.match || !chosen.open))
    return nearestAtOnce(store, chosen, after, wanted)
  const found = await nearest(store, chosen, after, wanted.limit)
  return { found, n: wanted.counts ? await countOf(store, chosen) : null }
}

/** SQLite reads marks from the newest on by itself. PostgreSQL cannot, and is given spans of numbers; what has a deadline has its own index. */
const inSpans = (kind: Store['kind'], { match, open, due }: Chosen) =>
  kind === 'postgresql' && match !== null && !(open && due)

/** The newest below a number; counted with them where that is asked, for it is the same walk. */
async function newest(
  { read, kind }: Ledger,
  given: Chosen,
  before: number | null,
  { limit, counts }: Wanted,
): Promise<Firsts> {
  const until = Math.min(before ?? Number.MAX_SAFE_INTEGER, given.until ?? Number.MAX_SAFE_INTEGER)
  const chosen = { ...given, until }
  const most = counts ? Math.max(COUNTED, limit) : limit
  const { found, n } = inSpans(kind, chosen)
    ? await spanBySpan(read, chosen, { limit, most })
    : await walked(read, tables(kind, chosen), { limit, most })
  return { found, n: counts ? counted(n) : null }
}

interface Walk {
  found: Found[]
  n: number
}

/** The first of them, and how many there are up to `most`. */
async function walked(
  read: Reads,
  { from, at, sql, values }: ReturnType<typeof tables>,
  { limit, most }: { limit: number; most: number },
): Promise<Walk> {
  return inOrder(
    read,
    `SELECT c."id", ${at} AS "no", c."dueAt" FROM ${from} WHERE ${sql}`,
    values,
    ['"no" DESC'],
    { limit, most },
  )
}

/** The first of a question's rows in an order, and how many there are up to `most`: read once. */
async function inOrder(
  read: Reads,
  sql: string,
  values: readonly SqlValue[],
  order: readonly string[],
  { limit, most }: { limit: number; most: number },
): Promise<Walk> {
  const by = order.join(', ')
  const found = await read.sql.all<Found & { n: number }>(
    `WITH f AS MATERIALIZED (${sql} ORDER BY ${by} LIMIT ${most})
     SELECT f.*, (SELECT COUNT(*) FROM f) AS "n" FROM f ORDER BY ${by} LIMIT ?`,
    ...[...values, limit],
  )
  return { found, n: Number(found[0]?.n ?? 0) }
}

/** How many times as far as before the next look goes at most: what is seldom now (heating, in summer) may have been frequent. */
const FARTHER = 12
/** And how much farther than what was found last says, so that it is seldom too short. */
const AMPLY = 1.3

/**
 * From the newest on, span by span: a few days, then as far as what the last held says the rest will be found, then everything before. What is
 * frequent is found in the first; what is seldom is soon asked of the whole index, which has few of it.
 */
async function spanBySpan(
  read: Reads,
  { from: oldest = 0, ...chosen }: Chosen,
  { limit, most }: { limit: number; most: number },
): Promise<Walk> {
  const walk: Walk = { found: [], n: 0 }
  const top = await below(read, chosen.until)
  let until = top
  let length = CHUNK
  while (until > oldest && walk.n < most) {
    // Whole chunks, down to the beginning of one.
    const low = Math.floor((until - length) / CHUNK) * CHUNK
    const last = low <= oldest || until - low > MOST_CHUNKS * CHUNK
    const span = { ...chosen, from: last ? oldest : low, until }
    const wanted = { limit: Math.max(1, limit - walk.found.length), most: most - walk.n }
    const { found, n } = await walked(read, tables('postgresql', span), wanted)
    walk.found.push(...found)
    walk.n += n
    const likely = n ? (AMPLY * (until - span.from) * (most - walk.n)) / n : Infinity
    until = span.from
    const done = top - until
    length = Math.min(FARTHER * done, Math.max(done, likely))
  }
  return { ...walk, found: walk.found.slice(0, limit) }
}

/** The end of what is numbered below a number. */
async function below(read: Reads, until = Number.MAX_SAFE_INTEGER): Promise<number> {
  if (until < Number.MAX_SAFE_INTEGER) return until
  const row = await read.sql.get<{ no: number | null }>('SELECT MAX("no") AS "no" FROM "CaseSearch"')
  return Number(row?.no ?? -1) + 1
}

type Due = { due: string | null; id: string } | null

/** Nearest deadline first; cases without a running clock come last, newest first. */
async function nearest(store: Ledger, chosen: Chosen, cursor: Due, limit: number): Promise<Found[]> {
  const dated = cursor === null || cursor.due !== null ? await datedRows(store, chosen, cursor, limit) : []
  const wanted = limit - dated.length
  const after = cursor?.due === null ? cursor.id : null
  return wanted > 0 ? [...dated, ...(await undatedRows(store, chosen, after, wanted))] : dated
}

const datedAfter = (cursor: Due): Where =>
  cursor?.due
    ? {
        sql: '(c."dueAt", c."id") > (?, ?)',
        values: [cursor.due, cursor.id],
      }
    : all
const undatedAfter = (id: string | null): Where => (id ? { sql: 'c."id" < ?', values: [id] } : all)
const DATED: Where = { sql: 'c."dueAt" IS NOT NULL', values: [] }
const UNDATED: Where = { sql: 'c."dueAt" IS NULL', values: [] }

/** The same along the index of open cases, counted in the same walk. */
async function nearestAlong(
  { read, kind }: Ledger,
  chosen: Chosen,
  cursor: Due,
  { limit, counts }: Wanted,
): Promise<Firsts> {
  const part = async (more: Where, order: readonly string[], before: Walk): Promise<Walk> => {
    const most = (counts ? Math.max(COUNTED, limit) : limit) - before.n
    if (most <= 0) return before
    const { from, sql, values } = tables(kind, chosen, more)
    const wanted = { limit: Math.max(1, limit - before.found.length), most }
    const rows = `SELECT c."id", c."dueAt" FROM ${from} WHERE ${sql}`
    const { found, n } = await inOrder(read, rows, values, order, wanted)
    return { found: [...before.found, ...found], n: before.n + n }
  }
  const none: Walk = { found: [], n: 0 }
  const dated =
    cursor?.due === null ? none : await part(and(DATED, datedAfter(cursor)), ['"dueAt"', '"id"'], none)
  const after = undatedAfter(cursor?.due === null ? cursor.id : null)
  const { found, n } = await part(and(UNDATED, after), ['"id" DESC'], dated)
  return { found: found.slice(0, limit), n: counts ? counted(n) : null }
}

async function datedRows(
  { read, kind }: Ledger,
  chosen: Chosen,
  cursor: Due,
  limit: number,
): Promise<Found[]> {
  const { from, sql, values } = tables(kind, chosen, and(DATED, datedAfter(cursor)))
  return await read.sql.all<Found>(
    `SELECT c."id", c."dueAt" FROM ${from} WHERE ${sql} ORDER BY c."dueAt", c."id" LIMIT ?`,
    ...[...values, limit],
  )
}

async function undatedRows(
  { read, kind }: Ledger,
  chosen: Chosen,
  after: string | null,
  limit: number,
): Promise<Found[]> {
  const { from, sql, values } = tables(kind, chosen, and(UNDATED, undatedAfter(after)))
  return await read.sql.all<Found>(
    `SELECT c."id", c."dueAt" FROM ${from} WHERE ${sql} ORDER BY c."id" DESC LIMIT ?`,
    ...[...values, limit],
  )
}

/**
 * The same where few are chosen, by marks or by an index of their own: PostgreSQL has fetched every candidate before it can sort one, and left to
 * itself would rather walk all cases in the order asked for than look up the few. So all is asked at once.
 */
async function nearestAtOnce(
  { read, kind }: Ledger,
  chosen: Chosen,
  cursor: Due,
  { limit, counts }: Wanted,
): Promise<Firsts> {
  const undated = and(UNDATED, undatedAfter(cursor?.due === null ? cursor.id : null))
  const { sql: dated, values: datedValues } = and(DATED, datedAfter(cursor))
  const after: Where =
    cursor?.due === null
      ? undated
      : { sql: `(${dated}) OR (${undated.sql})`, values: [...datedValues, ...undated.values] }
  const { from, sql, values } = tables(kind, chosen, cursor ? after : all)
  const found = await read.sql.all<Found & { n: number }>(
    `WITH f AS MATERIALIZED (SELECT c."id", c."dueAt" FROM ${from} WHERE ${sql})
     SELECT f.*, (SELECT COUNT(*) FROM f) AS "n" FROM f
     ORDER BY "dueAt", CASE WHEN "dueAt" IS NULL THEN NULL ELSE "id" END, "id" DESC LIMIT ?`,
    ...[...values, limit],
  )
  return { found, n: counts ? counted(Number(found[0]?.n ?? 0)) : null }
}
