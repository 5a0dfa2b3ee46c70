import { newId, type Reads, type Tx } from '../db.ts'
import { destroyKey, keyOf, makeKey, opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'
import { addCarer, type CarerRecord, type CarerRow, carerRecords } from './carers.ts'

/** A child as everybody sees it: by pseudonym. */
export interface ChildRow {
  id: string
  pseudonym: string
  unitId: string
  consentAt: string | null
  consentWithdrawnAt: string | null
  endedAt: string | null
  createdAt: string
}

/** The real record; it opens for those who need it, with a reason that is logged. */
export interface ChildRecord {
  name: string
  /** `YYYY-MM-DD`. */
  birthDate: string
  school: string
  village: string
  address: string
  health: string
}

/** Who agreed, to what, and how; kept as it was given. */
export interface ConsentRecord {
  by: string
  relation: string
  purpose: string
  how: string
}

const COLUMNS = '"id", "pseudonym", "unitId", "consentAt", "consentWithdrawnAt", "endedAt", "createdAt"'

/** Enters a child with a key of its own. */
export async function addChild(
  tx: Tx,
  given: { pseudonym: string; unitId: string; record: ChildRecord; carers: readonly CarerRecord[] },
  now: string,
): Promise<string> {
  const id = newId()
  const key = await makeKey(tx, id, now)
  await insert(tx.sql, 'Child', {
    id,
    pseudonym: given.pseudonym,
    unitId: given.unitId,
    recordEnc: sealed(key, `Child.recordEnc.${id}`, JSON.stringify(given.record)),
    createdAt: now,
  })
  for (const carer of given.carers) await addCarer(tx, id, key, carer)
  return id
}

export async function childrenOf(from: Reads): Promise<ChildRow[]> {
  return await from.sql.all<ChildRow>(`SELECT ${COLUMNS} FROM "Child" ORDER BY "pseudonym"`)
}

export async function childById(from: Reads, id: string): Promise<ChildRow | null> {
  return (await from.sql.get<ChildRow>(`SELECT ${COLUMNS} FROM "Child" WHERE "id" = ?`, id)) ?? null
}

export async function childByPseudonym(from: Reads, pseudonym: string): Promise<ChildRow | null> {
  const row = await from.sql.get<ChildRow>(`SELECT ${COLUMNS} FROM "Child" WHERE "pseudonym" = ?`, pseudonym)
  return row ?? null
}

/** The sealed record and the carers, opened; null once the key was destroyed. The caller has logged why. */
export async function childRecord(
  from: Reads,
  id: string,
): Promise<{ record: ChildRecord; carers: (CarerRow & CarerRecord)[] } | null> {
  const key = await keyOf(from, id)
  const row = await from.sql.get<{ recordEnc: Uint8Array }>(
    'SELECT "recordEnc" FROM "Child" WHERE "id" = ?',
    id,
  )
  const record = opened(key, `Child.recordEnc.${id}`, row?.recordEnc)
  if (!record) return null
  return { record: JSON.parse(record) as ChildRecord, carers: await carerRecords(from, id) }
}

/** Puts a corrected record in place of the old one (未成年人保护法 72). */
export async function correctChild(tx: Tx, id: string, record: ChildRecord): Promise<void> {
  const key = await keyOf(tx, id)
  if (!key) return
  await tx.sql.run(
    'UPDATE "Child" SET "recordEnc" = ? WHERE "id" = ?',
    sealed(key, `Child.recordEnc.${id}`, JSON.stringify(record)),
    id,
  )
}

/** Another village. */
export async function moveChild(tx: Tx, id: string, unitId: string): Promise<void> {
  await tx.sql.run('UPDATE "Child" SET "unitId" = ? WHERE "id" = ?', unitId, id)
}

/** Another pseudonym; the caller has looked whether it is free. */
export async function renameChild(tx: Tx, id: string, pseudonym: string): Promise<void> {
  await tx.sql.run('UPDATE "Child" SET "pseudonym" = ? WHERE "id" = ?', pseudonym, id)
}

/** The guardian's consent, or (null) its withdrawal. */
export async function keepConsent(
  tx: Tx,
  id: string,
  given: ConsentRecord | null,
  now: string,
): Promise<void> {
  if (!given) {
    await tx.sql.run('UPDATE "Child" SET "consentWithdrawnAt" = ? WHERE "id" = ?', now, id)
    return
  }
  const key = await keyOf(tx, id)
  if (!key) return
  await tx.sql.run(
    'UPDATE "Child" SET "consentAt" = ?, "consentEnc" = ?, "consentWithdrawnAt" = NULL WHERE "id" = ?',
    now,
    sealed(key, `Child.consentEnc.${id}`, JSON.stringify(given)),
    id,
  )
}

export async function consentOf(from: Reads, id: string): Promise<ConsentRecord | null> {
  const row = await from.sql.get<{ consentEnc: Uint8Array | null }>(
    'SELECT "consentEnc" FROM "Child" WHERE "id" = ?',
    id,
  )
  const words = opened(await keyOf(from, id), `Child.consentEnc.${id}`, row?.consentEnc)
  return words ? (JSON.parse(words) as ConsentRecord) : null
}

/** Ends the care of a child; with `erase` its key is destroyed and everything sealed with it is gone. */
export async function endChild(tx: Tx, id: string, now: string, erase: boolean): Promise<void> {
  await tx.sql.run('UPDATE "Child" SET "endedAt" = ? WHERE "id" = ? AND "endedAt" IS NULL', now, id)
  if (erase) await destroyKey(tx, id, now)
}
