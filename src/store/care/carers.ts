import { newId, type Reads, type Tx } from '../db.ts'
import { keyOf, opened, sealed } from '../keys.ts'
import { keyedHash } from '../seal.ts'
import { insert } from '../sql.ts'

/** A parent, or the carer the child lives with. */
export interface CarerRecord {
  kind: 'guardian' | 'parent'
  name: string
  relation: string
  phone: string
  /** Where a parent works. */
  where: string
}

/** A carer without anything of the record. */
export interface CarerRow {
  id: string
  childId: string
  kind: CarerRecord['kind']
  /** Who this is in the talk, once they sent their code. */
  personId: string | null
}

const COLUMNS = '"id", "childId", "kind", "personId"'

export async function addCarer(tx: Tx, childId: string, key: Buffer, carer: CarerRecord): Promise<string> {
  const id = newId()
  const recordEnc = sealed(key, `Carer.recordEnc.${id}`, JSON.stringify(carer))
  await insert(tx.sql, 'Carer', { id, childId, kind: carer.kind, recordEnc })
  return id
}

export async function carersOf(from: Reads, childId: string): Promise<CarerRow[]> {
  return await from.sql.all<CarerRow>(
    `SELECT ${COLUMNS} FROM "Carer" WHERE "childId" = ? ORDER BY "id"`,
    childId,
  )
}

/** The carers with what is known of them; none once the child's key was destroyed. The caller has logged why. */
export async function carerRecords(from: Reads, childId: string): Promise<(CarerRow & CarerRecord)[]> {
  const key = await keyOf(from, childId)
  const rows = await from.sql.all<CarerRow & { recordEnc: Uint8Array }>(
    `SELECT ${COLUMNS}, "recordEnc" FROM "Carer" WHERE "childId" = ? ORDER BY "id"`,
    childId,
  )
  return rows.flatMap(({ recordEnc, ...row }) => {
    const words = opened(key, `Carer.recordEnc.${row.id}`, recordEnc)
    return words ? [{ ...row, ...(JSON.parse(words) as CarerRecord) }] : []
  })
}

/** Puts another record in place of a carer's; the chat stays linked. */
export async function correctCarer(tx: Tx, row: CarerRow, carer: CarerRecord): Promise<void> {
  const key = await keyOf(tx, row.childId)
  if (!key) return
  await tx.sql.run(
    'UPDATE "Carer" SET "kind" = ?, "recordEnc" = ? WHERE "id" = ?',
    carer.kind,
    sealed(key, `Carer.recordEnc.${row.id}`, JSON.stringify(carer)),
    row.id,
  )
}

export async function removeCarer(tx: Tx, id: string): Promise<void> {
  await tx.sql.run('DELETE FROM "Carer" WHERE "id" = ?', id)
}

/** Keeps the hash of a one-time code that links a carer to their chat. */
export async function keepCarerCode(tx: Tx, id: string, code: string, until: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Carer" SET "codeHash" = ?, "codeUntil" = ? WHERE "id" = ?',
    keyedHash(tx.keys, 'carerCode', code),
    until,
    id,
  )
}

/** Uses up a one-time code: who typed it is this carer from now on. Null when it is wrong, used, too old, or the consent was withdrawn. */
export async function linkCarerByCode(
  tx: Tx,
  code: string,
  personId: string,
  now: string,
): Promise<CarerRow | null> {
  const row = await tx.sql.get<CarerRow>(
    `SELECT r."id", r."childId", r."kind", r."personId" FROM "Carer" r JOIN "Child" c ON c."id" = r."childId"
     WHERE r."codeHash" = ? AND r."codeUntil" > ? AND c."endedAt" IS NULL AND c."consentWithdrawnAt" IS NULL`,
    keyedHash(tx.keys, 'carerCode', code),
    now,
  )
  if (!row) return null
  await tx.sql.run(
    'UPDATE "Carer" SET "personId" = ?, "linkedAt" = ?, "codeHash" = NULL, "codeUntil" = NULL WHERE "id" = ?',
    personId,
    now,
    row.id,
  )
  return { ...row, personId }
}
