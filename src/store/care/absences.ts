import { newId, type Reads, type Tx } from '../db.ts'
import { opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'

/** Days somebody cannot, and who steps in. `who` is `volunteer:<id>` or `staff:<id>`. */
export interface AbsenceRow {
  id: string
  who: string
  fromDate: string
  toDate: string
  coverId: string | null
  createdAt: string
}

const COLUMNS = '"id", "who", "fromDate", "toDate", "coverId", "createdAt"'

export async function addAbsence(
  tx: Tx,
  given: Pick<AbsenceRow, 'who' | 'fromDate' | 'toDate' | 'coverId'> & { reason: string },
  now: string,
): Promise<string> {
  const id = newId()
  const { reason, ...facts } = given
  const reasonEnc = sealed(tx.keys.house, `Absence.reasonEnc.${id}`, reason)
  await insert(tx.sql, 'Absence', { id, ...facts, reasonEnc, createdAt: now })
  return id
}

/** Everybody who is away on a day or later. */
export async function absencesFrom(from: Reads, day: string): Promise<AbsenceRow[]> {
  return await from.sql.all<AbsenceRow>(
    `SELECT ${COLUMNS} FROM "Absence" WHERE "toDate" >= ? AND "endedAt" IS NULL ORDER BY "fromDate", "id"`,
    day,
  )
}

export async function absenceReason(from: Reads, id: string): Promise<string> {
  const row = await from.sql.get<{ reasonEnc: Uint8Array | null }>(
    'SELECT "reasonEnc" FROM "Absence" WHERE "id" = ?',
    id,
  )
  return opened(from.keys.house, `Absence.reasonEnc.${id}`, row?.reasonEnc) ?? ''
}

/** They are back: the absence ends, and reminders go on; false when it was over. */
export async function endAbsence(tx: Tx, id: string, now: string): Promise<boolean> {
  return (
    (await tx.sql.run('UPDATE "Absence" SET "endedAt" = ? WHERE "id" = ? AND "endedAt" IS NULL', now, id)) > 0
  )
}

/** Names who steps in; false when the absence is over or unknown. */
export async function keepCover(tx: Tx, id: string, coverId: string): Promise<boolean> {
  return (
    (await tx.sql.run(
      'UPDATE "Absence" SET "coverId" = ? WHERE "id" = ? AND "endedAt" IS NULL',
      coverId,
      id,
    )) > 0
  )
}

/** Who is away on a day, by `who`. */
export const awayOn = (all: readonly AbsenceRow[], day: string): Map<string, AbsenceRow> =>
  new Map(all.filter(one => one.fromDate <= day && one.toDate >= day).map(one => [one.who, one]))
