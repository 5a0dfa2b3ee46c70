import { AUDITED, type Audited } from '../rules/audit/kinds.ts'
import { wordsOf } from './audit.ts'
import { CHAIN_COLUMNS, type ChainRow } from './audit-chain.ts'
import type { Reads } from './db.ts'
import type { SqlValue } from './sql.ts'

/** What is looked for in the book. Instants are ISO; every part narrows. */
export interface AuditFilter {
  staffId?: string
  unitId?: string
  caseId?: string
  kinds?: readonly Audited[]
  since?: string
  before?: string
  refused?: true
  /** Pieces that must all stand in the free words of a row. */
  words?: readonly string[]
}

/** Where a page goes on: behind this row. */
export interface AuditCursor {
  at: string
  id: string
}

/** A row with its free words opened. */
export interface AuditRow extends Omit<ChainRow, 'detailEnc'> {
  words: string
}

export interface AuditPage {
  rows: AuditRow[]
  next: AuditCursor | null
  /** With `words`: how far back was looked, where the search stopped before its end. */
  lookedTo: string | null
}

/** Sealed words can only be opened one by one: so many rows in one answer, then the next page goes on. */
const MOST_OPENED = 5_000
const OPENED_AT_ONCE = 500

/** One page, newest first. */
export async function auditPage(
  read: Reads,
  filter: AuditFilter,
  { cursor, limit }: { cursor: AuditCursor | null; limit: number },
): Promise<AuditPage> {
  if (filter.words?.length) return wordsPage(read, filter, cursor, limit)
  const rows = (await rowsBehind(read, filter, cursor, limit + 1)).map(row => openedRow(read, row))
  const shown = rows.slice(0, limit)
  return { rows: shown, next: rows.length > limit ? cursorOf(shown.at(-1)) : null, lookedTo: null }
}

async function wordsPage(
  read: Reads,
  filter: AuditFilter,
  cursor: AuditCursor | null,
  limit: number,
): Promise<AuditPage> {
  const found: AuditRow[] = []
  let at = cursor
  for (let opened = 0; opened < MOST_OPENED; opened += OPENED_AT_ONCE) {
    const rows = await rowsBehind(read, filter, at, OPENED_AT_ONCE)
    for (const sealed of rows) {
      at = { at: sealed.at, id: sealed.id }
      const row = openedRow(read, sealed)
      if (filter.words!.every(piece => row.words.toLowerCase().includes(piece))) found.push(row)
      if (found.length === limit) return { rows: found, next: at, lookedTo: null }
    }
    if (rows.length < OPENED_AT_ONCE) return { rows: found, next: null, lookedTo: null }
  }
  return { rows: found, next: at, lookedTo: at?.at ?? null }
}

const openedRow = (read: Reads, row: ChainRow): AuditRow => {
  const { detailEnc: _, ...rest } = row
  return { ...rest, words: wordsOf(read, row) }
}

const cursorOf = (row: AuditRow | undefined): AuditCursor | null => (row ? { at: row.at, id: row.id } : null)

interface Part {
  sql: string
  values: SqlValue[]
}

/**
 * The newest rows behind a place. Each kind is asked for by itself and the pieces put together: every piece walks an index in the order
 * wanted and stops after `limit` rows, so a rare kind among a million others costs no more than a common one.
 */
async function rowsBehind(
  read: Reads,
  filter: AuditFilter,
  cursor: AuditCursor | null,
  limit: number,
): Promise<ChainRow[]> {
  const common = commonOf(filter, cursor)
  // Few rows of a case, few with words, few refused: each of these has an index in the order of time.
  const few = filter.caseId !== undefined || filter.words?.length || filter.refused
  const byKind = few ? null : kindsAsked(filter)
  const only = byKind ? [] : narrow(filter)
  const whole = [...common, ...only]
  if (!byKind) return asked(read, [whole], limit)
  return asked(
    read,
    byKind.map(kind => [...common, { sql: '"what" = ?', values: [kind] }]),
    limit,
  )
}

const ALL_KINDS = Object.keys(AUDITED) as Audited[]

/** Kinds to ask for one by one; null where the order of time alone is the index. */
function kindsAsked({ kinds, staffId, unitId }: AuditFilter): readonly Audited[] | null {
  if (kinds) return kinds
  return staffId || unitId ? ALL_KINDS : null
}

function narrow(filter: AuditFilter): Part[] {
  const { kinds } = filter
  if (!kinds) return []
  const sql = `${columnOf(filter)('what')} IN (${kinds.map(() => '?').join(', ')})`
  return [{ sql, values: [...kinds] }]
}

/** Rows with words and rows not let have small indexes of their own in the order of time: no other column may tempt the database to a wider one. */
const columnOf =
  ({ words, refused }: AuditFilter) =>
  (name: 'staffId' | 'unitId' | 'what') =>
    words?.length || refused ? `"${name}" || ''` : `"${name}"`

function commonOf(filter: AuditFilter, cursor: AuditCursor | null): Part[] {
  const { staffId, unitId, caseId, since, before, refused, words } = filter
  const own = columnOf(filter)
  const parts: (Part | false | undefined)[] = [
    words?.length ? { sql: '"detailEnc" IS NOT NULL', values: [] } : undefined,
    caseId !== undefined && { sql: '"caseId" = ?', values: [caseId] },
    staffId !== undefined && { sql: `${own('staffId')} = ?`, values: [staffId] },
    unitId !== undefined && { sql: `${own('unitId')} = ?`, values: [unitId] },
    since !== undefined && { sql: '"at" >= ?', values: [since] },
    before !== undefined && { sql: '"at" < ?', values: [before] },
    refused && { sql: '"ok" = 0', values: [] },
    cursor !== null && { sql: '("at", "id") < (?, ?)', values: [cursor.at, cursor.id] },
  ]
  return parts.filter(part => Boolean(part)) as Part[]
}

async function asked(read: Reads, pieces: readonly Part[][], limit: number): Promise<ChainRow[]> {
  const values: SqlValue[] = []
  const selects = pieces.map(parts => {
    for (const part of parts) values.push(...part.values)
    values.push(limit)
    const where = parts.length ? `WHERE ${parts.map(part => part.sql).join(' AND ')}` : ''
    return `SELECT * FROM (SELECT ${CHAIN_COLUMNS} FROM "Audit" ${where} ORDER BY "at" DESC, "id" DESC LIMIT ?) p`
  })
  if (selects.length === 0) return []
  return read.sql.all<ChainRow>(
    `SELECT * FROM (${selects.join(' UNION ALL ')}) u ORDER BY "at" DESC, "id" DESC LIMIT ?`,
    ...values,
    limit,
  )
}

/** How many rows a filter finds, up to `most`: counting a whole book would take longer than anybody waits. */
export async function auditCount(read: Reads, filter: AuditFilter, most: number): Promise<number> {
  const parts = [...commonOf(filter, null), ...narrow(filter)]
  const where = parts.length ? `WHERE ${parts.map(part => part.sql).join(' AND ')}` : ''
  const row = await read.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM (SELECT 1 AS "one" FROM "Audit" ${where} LIMIT ?) c`,
    ...parts.flatMap(part => part.values),
    most,
  )
  return row?.n ?? 0
}

/** Who has seen a case: by person, how often, first and last. */
export async function readersOf(
  read: Reads,
  caseId: string,
  kinds: readonly Audited[],
): Promise<
  { staffId: string; role: string | null; unitId: string | null; n: number; first: string; last: string }[]
> {
  return read.sql.all(
    `SELECT "staffId", MAX("role") AS "role", MAX("unitId") AS "unitId", COUNT(*) AS "n", MIN("at") AS "first", MAX("at") AS "last" FROM "Audit"
     WHERE "caseId" = ? AND "ok" = 1 AND "staffId" IS NOT NULL AND "what" IN (${kinds.map(() => '?').join(', ')})
     GROUP BY "staffId" ORDER BY MAX("at") DESC`,
    caseId,
    ...kinds,
  )
}

/** One row with its words, or null. */
export async function auditRow(read: Reads, id: string): Promise<AuditRow | null> {
  const row = await read.sql.get<ChainRow>(`SELECT ${CHAIN_COLUMNS} FROM "Audit" WHERE "id" = ?`, id)
  return row ? openedRow(read, row) : null
}
