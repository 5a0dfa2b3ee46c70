import type { Side } from '../rules/mediation/types.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** One promise of an agreement, with its day (`YYYY-MM-DD`). */
export interface PromisedRow {
  id: string
  caseId: string
  no: number
  side: Side
  byDate: string
  keptAt: string | null
  brokenAt: string | null
  stage: number
  what: string
}

const COLUMNS = '"id", "caseId", "no", "side", "byDate", "keptAt", "brokenAt", "stage", "whatEnc"'
type Raw = Omit<PromisedRow, 'what'> & { whatEnc: Uint8Array }

export async function addPromised(
  tx: Tx,
  caseId: string,
  given: { no: number; side: Side; what: string; byDate: string },
): Promise<void> {
  const id = newId()
  const key = await keyOf(tx, caseId)
  if (!key) return
  const { what, ...facts } = given
  await insert(tx.sql, 'Promised', {
    id,
    caseId,
    ...facts,
    whatEnc: sealed(key, `Promised.whatEnc.${id}`, what),
    stage: 0,
  })
}

export async function promisedOf(from: Reads, caseId: string): Promise<PromisedRow[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${COLUMNS} FROM "Promised" WHERE "caseId" = ? ORDER BY "no"`,
    caseId,
  )
  const key = await keyOf(from, caseId)
  return rows.map(({ whatEnc, ...row }) => ({
    ...row,
    what: opened(key, `Promised.whatEnc.${row.id}`, whatEnc) ?? '',
  }))
}

/** Promises neither kept nor broken whose day is near or past, with how far their reminders went. */
export async function openPromises(
  from: Reads,
  untilDay: string,
): Promise<Pick<PromisedRow, 'id' | 'caseId' | 'no' | 'side' | 'byDate' | 'stage'>[]> {
  return await from.sql.all(
    `SELECT "id", "caseId", "no", "side", "byDate", "stage" FROM "Promised" WHERE "keptAt" IS NULL AND "brokenAt" IS NULL AND "byDate" <= ? AND "stage" < 2 ORDER BY "byDate" LIMIT 1000`,
    untilDay,
  )
}

export async function settlePromise(
  tx: Tx,
  id: string,
  how: { keptAt: string } | { brokenAt: string },
): Promise<void> {
  const [column, at] = 'keptAt' in how ? ['keptAt', how.keptAt] : ['brokenAt', how.brokenAt]
  await tx.sql.run(`UPDATE "Promised" SET "${column}" = ? WHERE "id" = ?`, at, id)
}

/** A reminder of a promise, once: false when it was said already. */
export async function keepPromiseStage(tx: Tx, id: string, stage: number): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Promised" SET "stage" = ? WHERE "id" = ? AND "stage" < ? AND "keptAt" IS NULL AND "brokenAt" IS NULL',
    stage,
    id,
    stage,
  )
  return touched > 0
}
