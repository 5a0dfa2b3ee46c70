import type { Reads, Tx } from './db.ts'
import { keyOf, makeKey, opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** What a file was made into: a picture to look at, or a document to fetch. */
export type FileKind = 'image' | 'file'
export type FileState = 'arriving' | 'ready' | 'refused'

/** A file as it stands in the ledger; its bytes lie on the shelf. */
export interface FileRow {
  id: string
  personId: string | null
  /** The case, or the record of grid work, it belongs to. */
  caseId: string | null
  kind: FileKind
  type: string
  /** Announced while it arrives, then those of the full copy. */
  bytes: number
  createdAt: string
  state: FileState
  /** Bytes here so far. */
  received: number
  /** Why it was refused: a key of the words. */
  why: string | null
  width: number | null
  height: number | null
}

/** A file as the fronts list it. */
export interface FileLine {
  id: string
  kind: FileKind
  type: string
  bytes: number
  width?: number
  height?: number
  at: string
}

/** A file as a message names it. */
export interface SentFile {
  id: string
  kind: FileKind
  width?: number
  height?: number
}

const COLUMNS =
  '"id", "personId", "caseId", "kind", "type", "bytes", "createdAt", "state", "received", "why", "width", "height"'

/** Each file has a data key of its own: it can be erased alone, and stays with its case when its sender is erased. */
const keyName = (id: string) => `file.${id}`

/** The data key of a file; null when it was destroyed. */
export const fileKey = (from: Reads, id: string): Promise<Buffer | null> => keyOf(from, keyName(id))

/** A new file that has yet to arrive; `id` is new (the caller has looked). */
export async function announceFile(
  tx: Tx,
  given: { id: string; personId: string; bytes: number; name: string },
  now: string,
): Promise<FileRow> {
  const { id, personId, bytes, name } = given
  const key = await makeKey(tx, keyName(id), now)
  const row: FileRow = {
    ...{ id, personId, caseId: null, kind: 'file', type: '', bytes, createdAt: now },
    ...{ state: 'arriving', received: 0, why: null, width: null, height: null },
  }
  await insert(tx.sql, 'File', { ...row, nameEnc: sealed(key, `File.nameEnc.${id}`, name) })
  return row
}

export async function fileById(from: Reads, id: string): Promise<FileRow | null> {
  return (await from.sql.get<FileRow>(`SELECT ${COLUMNS} FROM "File" WHERE "id" = ?`, id)) ?? null
}

/** What the sender called it; null once its key is gone. */
export async function fileName(from: Reads, id: string): Promise<string | null> {
  const row = await from.sql.get<{ nameEnc: Uint8Array | null }>(
    'SELECT "nameEnc" FROM "File" WHERE "id" = ?',
    id,
  )
  return opened(await fileKey(from, id), `File.nameEnc.${id}`, row?.nameEnc)
}

/** A piece has come: false when another has moved it on meanwhile. */
export async function keepReceived(tx: Tx, id: string, from: number, to: number): Promise<boolean> {
  const changed = await tx.sql.run(
    `UPDATE "File" SET "received" = ? WHERE "id" = ? AND "state" = 'arriving' AND "received" = ?`,
    to,
    id,
    from,
  )
  return changed > 0
}

/** The whole file is here and good. Nothing changes when it had ended before. */
export async function keepReady(
  tx: Tx,
  id: string,
  made: Pick<FileRow, 'kind' | 'type' | 'bytes' | 'width' | 'height'>,
): Promise<void> {
  await tx.sql.run(
    `UPDATE "File" SET "state" = 'ready', "kind" = ?, "type" = ?, "bytes" = ?, "received" = ?, "width" = ?, "height" = ?
     WHERE "id" = ? AND "state" = 'arriving'`,
    made.kind,
    made.type,
    made.bytes,
    made.bytes,
    made.width,
    made.height,
    id,
  )
}

/** The whole file is here and cannot be taken; `why` is a key of the words. */
export async function keepRefused(tx: Tx, id: string, why: string): Promise<void> {
  await tx.sql.run(
    `UPDATE "File" SET "state" = 'refused', "why" = ?, "received" = "bytes" WHERE "id" = ? AND "state" = 'arriving'`,
    why,
    id,
  )
}

/** How much of a person's stands about: files arriving since an instant, and bytes that belong to no case. */
export async function loadOf(
  from: Reads,
  personId: string,
  since: string,
): Promise<{ arriving: number; bytes: number }> {
  const row = await from.sql.get<{ arriving: number | null; bytes: number | null }>(
    `SELECT SUM(CASE WHEN "state" = 'arriving' AND "createdAt" > ? THEN 1 ELSE 0 END) AS "arriving",
            SUM(CASE WHEN "state" = 'ready' OR "createdAt" > ? THEN "bytes" ELSE 0 END) AS "bytes"
     FROM "File" WHERE "personId" = ? AND "caseId" IS NULL AND "state" <> 'refused'`,
    since,
    since,
    personId,
  )
  return { arriving: Number(row?.arriving ?? 0), bytes: Number(row?.bytes ?? 0) }
}

/** `?` for each value of a list. */
const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ')

/** Those of the ids that are this person's and ready, in the order asked for. */
export async function readyFiles(from: Reads, personId: string, ids: readonly string[]): Promise<SentFile[]> {
  const rows = await readyRows(from, personId, ids)
  return rows.map(row => ({ id: row.id, kind: row.kind, ...sizeOf(row) }))
}

/** Those of the ids that are this person's and ready, as the fronts list them. */
export async function ownFileLines(
  from: Reads,
  personId: string,
  ids: readonly string[],
): Promise<FileLine[]> {
  return (await readyRows(from, personId, ids)).map(lineOf)
}

/** Those of the files that are this person's, ready, and in no case yet. Without files it asks the ledger nothing. */
export async function freeFiles(
  from: Reads,
  personId: string,
  files: readonly { id: string }[],
): Promise<{ id: string }[]> {
  const ids = [...new Set(files.map(file => file.id))]
  return (await readyRows(from, personId, ids)).filter(row => row.caseId === null)
}

async function readyRows(from: Reads, personId: string, ids: readonly string[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  const rows = await from.sql.all<FileRow>(
    `SELECT ${COLUMNS} FROM "File" WHERE "personId" = ? AND "state" = 'ready' AND "id" IN (${marks(ids)})`,
    personId,
    ...ids,
  )
  const byId = new Map(rows.map(row => [row.id, row]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

const sizeOf = ({ width, height }: FileRow) => (width && height ? { width, height } : {})

/**
 * Puts a person's files to a case. What is not theirs, or belongs to a case already, is left as it is and not named in the answer.
 * Without files it asks the ledger nothing.
 */
export async function attachFiles(
  tx: Tx,
  personId: string | null,
  caseId: string,
  files: readonly { id: string }[],
): Promise<string[]> {
  const attached: string[] = []
  for (const { id } of files) {
    const changed = await tx.sql.run(
      `UPDATE "File" SET "caseId" = ? WHERE "id" = ? AND "personId" = ? AND "caseId" IS NULL AND "state" = 'ready'`,
      caseId,
      id,
      personId,
    )
    if (changed > 0) attached.push(id)
  }
  return attached
}

/** The files of a case in the order they came; with `by`, only those this person brought. */
export async function filesOfCase(from: Reads, caseId: string, by?: string | null): Promise<FileLine[]> {
  const rows = await from.sql.all<FileRow>(
    `SELECT ${COLUMNS} FROM "File" WHERE "caseId" = ? AND "state" = 'ready' ORDER BY "createdAt", "id"`,
    caseId,
  )
  return rows.filter(row => by === undefined || row.personId === by).map(lineOf)
}

const lineOf = (row: FileRow): FileLine => ({
  ...{ id: row.id, kind: row.kind, type: row.type, bytes: row.bytes, at: row.createdAt },
  ...sizeOf(row),
})

/** Forgets files: key and row. Their bytes open no more; the sweep takes them off the shelf. */
export async function dropFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    tx.openKeys.delete(keyName(id))
    await tx.sql.run('DELETE FROM "Key" WHERE "id" = ?', keyName(id))
    await tx.sql.run('DELETE FROM "File" WHERE "id" = ?', id)
  }
}

/** Erases what a person sent: files of no case are forgotten, those of a case stay with it, without a name or a sender. */
export async function eraseFilesOf(tx: Tx, personId: string): Promise<void> {
  const rows = await tx.sql.all<{ id: string }>(
    'SELECT "id" FROM "File" WHERE "personId" = ? AND "caseId" IS NULL',
    personId,
  )
  await dropFiles(
    tx,
    rows.map(row => row.id),
  )
  await tx.sql.run('UPDATE "File" SET "nameEnc" = NULL, "personId" = NULL WHERE "personId" = ?', personId)
}

/** Files no case holds and nobody waits for: arriving or refused ones begun before `day`, ready ones before `season`. */
export async function forgottenFiles(
  from: Reads,
  before: { day: string; season: string },
  limit: number,
): Promise<string[]> {
  const rows = await from.sql.all<{ id: string }>(
    `SELECT "id" FROM "File" WHERE "caseId" IS NULL
     AND (("state" IN ('arriving', 'refused') AND "createdAt" < ?) OR ("state" = 'ready' AND "createdAt" < ?)) LIMIT ?`,
    before.day,
    before.season,
    limit,
  )
  return rows.map(row => row.id)
}

/** Those of the ids the ledger knows. */
export async function knownFiles(from: Reads, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await from.sql.all<{ id: string }>(
    `SELECT "id" FROM "File" WHERE "id" IN (${marks(ids)})`,
    ...ids,
  )
  return new Set(rows.map(row => row.id))
}

/** Every file that should lie on the shelf whole, by pages of ids after `after`. */
export async function readyIds(
  from: Reads,
  after: string,
  limit: number,
): Promise<{ id: string; kind: FileKind }[]> {
  return await from.sql.all<{ id: string; kind: FileKind }>(
    `SELECT "id", "kind" FROM "File" WHERE "state" = 'ready' AND "id" > ? ORDER BY "id" LIMIT ?`,
    after,
    limit,
  )
}
