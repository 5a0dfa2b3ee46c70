import type { Duty, DutyCounts } from '../rules/grid/duties.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, makeKey, opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** What was done and where, in the worker's words. */
export interface RecordWords {
  what: string
  where?: string
}

/** One act of a duty as it stands in the ledger. */
export interface GridRecordRow {
  id: string
  staffId: string
  gridId: string
  duty: Duty
  /** Local calendar day, `YYYY-MM-DD`. */
  onDate: string
  caseId: string | null
  at: string
}

export interface GridRecordLine extends GridRecordRow, RecordWords {
  code: string | null
  files: string[]
}

/** Each record has a key of its own: a household's note can be erased alone. */
const keyName = (id: string) => `record.${id}`

/** Writes a record down; nothing ever changes one. `attach` puts the pictures to it, and says which it could. */
export async function addGridRecord(
  tx: Tx,
  given: Omit<GridRecordRow, 'id'> & { words: RecordWords },
  attach: (recordId: string) => Promise<string[]>,
): Promise<string> {
  const { words, ...row } = given
  const id = newId()
  const key = await makeKey(tx, keyName(id), row.at)
  const textEnc = sealed(key, `GridRecord.textEnc.${id}`, JSON.stringify(words))
  await insert(tx.sql, 'GridRecord', { id, ...row, textEnc, files: JSON.stringify(await attach(id)) })
  return id
}

/** Days from one to another, both counted; grids by the beginning of their codes: that of a town, a community, a grid. */
export interface RecordSpan {
  from: string
  to: string
}

/** How often each duty was done by one member. */
export async function countsOf(from: Reads, staffId: string, span: RecordSpan): Promise<DutyCounts> {
  const rows = await from.sql.all<{ duty: Duty; n: number }>(
    'SELECT "duty", COUNT(*) AS "n" FROM "GridRecord" WHERE "staffId" = ? AND "onDate" BETWEEN ? AND ? GROUP BY "duty"',
    staffId,
    span.from,
    span.to,
  )
  return Object.fromEntries(rows.map(({ duty, n }) => [duty, Number(n)]))
}

/** How often each duty was done, by grid. */
export async function countsByGrid(
  from: Reads,
  under: string,
  span: RecordSpan,
): Promise<{ gridId: string; duty: Duty; n: number }[]> {
  const rows = await from.sql.all<{ gridId: string; duty: Duty; n: number }>(
    'SELECT "gridId", "duty", COUNT(*) AS "n" FROM "GridRecord" WHERE "gridId" LIKE ? AND "onDate" BETWEEN ? AND ? GROUP BY "gridId", "duty"',
    `${under}%`,
    span.from,
    span.to,
  )
  return rows.map(row => ({ ...row, n: Number(row.n) }))
}

type Raw = GridRecordRow & { textEnc: Uint8Array | null; files: string; code: string | null }

/** Records under one of several units, newest first, with their words; `before` is the id where the last page ended. */
export async function recordsOf(
  from: Reads,
  at: RecordSpan & { under: readonly string[]; duty?: Duty; before?: string },
  limit: number,
): Promise<GridRecordLine[]> {
  if (at.under.length === 0) return []
  const rows = await from.sql.all<Raw>(
    `SELECT r."id", r."staffId", r."gridId", r."duty", r."onDate", r."caseId", r."at", r."textEnc", r."files", c."code"
     FROM "GridRecord" r LEFT JOIN "Case" c ON c."id" = r."caseId"
     WHERE (${at.under.map(() => 'r."gridId" LIKE ?').join(' OR ')}) AND r."onDate" BETWEEN ? AND ?
     ${at.duty ? 'AND r."duty" = ?' : ''} ${at.before ? 'AND r."id" < ?' : ''} ORDER BY r."id" DESC LIMIT ?`,
    ...at.under.map(code => `${code}%`),
    at.from,
    at.to,
    ...(at.duty ? [at.duty] : []),
    ...(at.before ? [at.before] : []),
    limit,
  )
  return Promise.all(rows.map(row => lineOf(from, row)))
}

async function lineOf(from: Reads, { textEnc, files, ...row }: Raw): Promise<GridRecordLine> {
  const text = opened(await keyOf(from, keyName(row.id)), `GridRecord.textEnc.${row.id}`, textEnc)
  const words = JSON.parse(text ?? '{"what":""}') as RecordWords
  return { ...row, ...words, files: JSON.parse(files) as string[] }
}

/** In which grid a record was made; null when there is none of that id. */
export async function gridOfRecord(from: Reads, id: string): Promise<string | null> {
  const row = await from.sql.get<{ gridId: string }>('SELECT "gridId" FROM "GridRecord" WHERE "id" = ?', id)
  return row?.gridId ?? null
}
