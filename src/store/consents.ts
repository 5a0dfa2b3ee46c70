import { newId, type Reads, type Tx } from './db.ts'
import { insert } from './sql.ts'

export interface ConsentRow {
  purpose: string
  version: string
  given: number
  at: string
  withdrawnAt: string | null
}

/** Records a consent given or refused under one version of the notice (个人信息保护法 14, 29). */
export async function addConsent(
  tx: Tx,
  personId: string,
  consent: { purpose: string; version: string; given: boolean },
  now: string,
): Promise<void> {
  await insert(tx.sql, 'Consent', {
    id: newId(),
    personId,
    purpose: consent.purpose,
    version: consent.version,
    given: consent.given ? 1 : 0,
    at: now,
  })
}

export async function consentsOf(from: Reads, personId: string): Promise<ConsentRow[]> {
  return await from.sql.all<ConsentRow>(
    'SELECT "purpose", "version", "given", "at", "withdrawnAt" FROM "Consent" WHERE "personId" = ? ORDER BY "at"',
    personId,
  )
}

/** What a person last said to a purpose that may be taken back: true, false, or null where they never said. */
export async function wishOf(from: Reads, personId: string, purpose: string): Promise<boolean | null> {
  const row = await from.sql.get<{ given: number }>(
    'SELECT "given" FROM "Consent" WHERE "personId" = ? AND "purpose" = ? AND "withdrawnAt" IS NULL',
    personId,
    purpose,
  )
  return row ? row.given === 1 : null
}

/** Keeps a person's word on such a purpose; the word before is withdrawn, so that one alone stands. */
export async function keepWish(
  tx: Tx,
  personId: string,
  { purpose, version, on }: { purpose: string; version: string; on: boolean },
  now: string,
): Promise<void> {
  await tx.sql.run(
    'UPDATE "Consent" SET "withdrawnAt" = ? WHERE "personId" = ? AND "purpose" = ? AND "withdrawnAt" IS NULL',
    now,
    personId,
    purpose,
  )
  await addConsent(tx, personId, { purpose, version, given: on }, now)
}
