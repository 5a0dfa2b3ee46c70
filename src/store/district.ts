import { gunzipSync, gzipSync } from 'node:zlib'
import { nextOf } from './counters.ts'
import type { Reads, Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { openBytes, sealBytes } from './seal.ts'
import { insert } from './sql.ts'

/** The district's files as they were changed in the administration, and every change. Packed and sealed: they name staff. */

/** What a change was: one row edited, a change taken back, a folder brought in. */
export type ChangeHow = 'edit' | 'undo' | 'import'

/** One change as the list of history has it. */
export interface ChangeRow {
  no: number
  at: string
  staffId: string | null
  how: ChangeHow
  undoes: number | null
  undoneBy: number | null
  /** Books touched, each between commas. */
  books: string
  added: number
  changed: number
  removed: number
  reason: string | null
}

/** Texts of the files a change touched, by name: before (null: there was none) and after (null: it went). */
export type ChangedTexts = Readonly<Record<string, readonly [before: string | null, after: string | null]>>

export interface NewChange
  extends Pick<ChangeRow, 'staffId' | 'how' | 'undoes' | 'added' | 'changed' | 'removed' | 'reason'> {
  books: readonly string[]
  texts: ChangedTexts
}

const COUNTER = 'district'

/** Number of the last change; 0 while the folder alone counts. */
export async function districtNo(from: Reads): Promise<number> {
  const row = await from.sql.get<{ value: number }>('SELECT "value" FROM "Counter" WHERE "name" = ?', COUNTER)
  return Number(row?.value ?? 0)
}

const pack = (key: Buffer, place: string, text: string) =>
  sealBytes(key, place, gzipSync(Buffer.from(text, 'utf8')))
const unpack = (key: Buffer, place: string, bytes: Uint8Array) =>
  gunzipSync(openBytes(key, place, bytes)).toString('utf8')

/** The files the ledger keeps, by name; empty while the folder alone counts. */
export async function keptFiles(from: Reads): Promise<Map<string, string>> {
  const rows = await from.sql.all<{ name: string; textEnc: Uint8Array }>(
    'SELECT "name", "textEnc" FROM "DistrictFile" ORDER BY "name"',
  )
  return new Map(
    rows.map(({ name, textEnc }) => [name, unpack(from.keys.house, `DistrictFile.textEnc.${name}`, textEnc)]),
  )
}

/** Writes one change and the files as they stand after it (all of them: the first change takes the folder over). Returns its number. */
export async function addChange(
  tx: Tx,
  change: NewChange,
  after: ReadonlyMap<string, string>,
  now: string,
): Promise<number> {
  const no = await nextOf(tx, COUNTER)
  const { texts, books, reason, ...counts } = change
  await insert(tx.sql, 'DistrictChange', {
    ...counts,
    ...{ no, at: now, undoneBy: null, books: `,${books.join(',')},` },
    reasonEnc: sealed(tx.keys.house, `DistrictChange.reasonEnc.${no}`, reason),
    textsEnc: pack(tx.keys.house, `DistrictChange.textsEnc.${no}`, JSON.stringify(texts)),
  })
  if (change.undoes !== null)
    await tx.sql.run('UPDATE "DistrictChange" SET "undoneBy" = ? WHERE "no" = ?', no, change.undoes)
  await keepFiles(tx, no, texts, after)
  tx.changes.district = true
  return no
}

async function keepFiles(tx: Tx, no: number, texts: ChangedTexts, after: ReadonlyMap<string, string>) {
  const standing = await tx.sql.all<{ name: string }>('SELECT "name" FROM "DistrictFile"')
  const known = new Set(standing.map(({ name }) => name))
  for (const name of known) if (!after.has(name)) await forget(tx, name)
  for (const [name, text] of after) {
    if (known.has(name) && !(name in texts)) continue
    await forget(tx, name)
    const textEnc = pack(tx.keys.house, `DistrictFile.textEnc.${name}`, text)
    await insert(tx.sql, 'DistrictFile', { name, textEnc, change: no })
  }
}

const forget = (tx: Tx, name: string) => tx.sql.run('DELETE FROM "DistrictFile" WHERE "name" = ?', name)

const COLUMNS =
  '"no", "at", "staffId", "how", "undoes", "undoneBy", "books", "added", "changed", "removed", "reasonEnc"'
type Raw = Omit<ChangeRow, 'reason'> & { reasonEnc: Uint8Array | null }

const rowOf = (from: Reads, { reasonEnc, ...row }: Raw): ChangeRow => ({
  ...row,
  reason: opened(from.keys.house, `DistrictChange.reasonEnc.${row.no}`, reasonEnc),
})

/** Changes, newest first: of one book or all, from before a number. */
export async function changesOf(
  from: Reads,
  { book, before, limit }: { book?: string | undefined; before?: number | undefined; limit: number },
): Promise<ChangeRow[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${COLUMNS} FROM "DistrictChange" WHERE "no" < ? AND "books" LIKE ? ORDER BY "no" DESC LIMIT ?`,
    before ?? 2_147_483_647,
    book ? `%,${book},%` : '%',
    limit,
  )
  return rows.map(row => rowOf(from, row))
}

/** One change with the texts it touched; null when there is none of this number. */
export async function changeByNo(
  from: Reads,
  no: number,
): Promise<{ row: ChangeRow; texts: ChangedTexts } | null> {
  const raw = await from.sql.get<Raw & { textsEnc: Uint8Array }>(
    `SELECT ${COLUMNS}, "textsEnc" FROM "DistrictChange" WHERE "no" = ?`,
    no,
  )
  if (!raw) return null
  const { textsEnc, ...row } = raw
  const texts = unpack(from.keys.house, `DistrictChange.textsEnc.${no}`, textsEnc)
  return { row: rowOf(from, row), texts: JSON.parse(texts) as ChangedTexts }
}
