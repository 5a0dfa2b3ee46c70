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
