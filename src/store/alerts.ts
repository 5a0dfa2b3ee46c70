import { newId, type Reads, type Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** Danger heard in a message. `stage` counts who was called: 0 duty holder, 1 deputy, 2 leader. */
export interface AlertRow {
  id: string
  personId: string
  caseId: string | null
  /** Danger kinds, joined by commas. */
  kinds: string
  state: 'open' | 'acknowledged'
  stage: number
  dutyStaffId: string | null
  raisedAt: string
  nextAt: string | null
  acknowledgedAt: string | null
  acknowledgedById: string | null
}

const COLUMNS =
  '"id", "personId", "caseId", "kinds", "state", "stage", "dutyStaffId", "raisedAt", "nextAt", "acknowledgedAt", "acknowledgedById"'

export async function raiseAlert(
  tx: Tx,
  given: Pick<AlertRow, 'personId' | 'caseId' | 'kinds' | 'dutyStaffId' | 'nextAt'> & { because: string },
  now: string,
): Promise<AlertRow> {
  const id = newId()
  const { because, ...facts } = given
  const row: AlertRow = {
    id,
    ...facts,
    state: 'open',
    stage: 0,
    raisedAt: now,
    acknowledgedAt: null,
    acknowledgedById: null,
  }
  await insert(tx.sql, 'Alert', {
    ...row,
    becauseEnc: sealed(tx.keys.house, `Alert.becauseEnc.${id}`, because),
  })
  tx.changes.alerts.add(id)
  return row
}

/** Open alerts first, then the acknowledged ones of late; newest first. */
export async function alertsOf(from: Reads, limit: number): Promise<(AlertRow & { because: string })[]> {
  const rows = await from.sql.all<AlertRow & { becauseEnc: Uint8Array }>(
    `SELECT ${COLUMNS}, "becauseEnc" FROM "Alert" ORDER BY CASE "state" WHEN 'open' THEN 0 ELSE 1 END, "raisedAt" DESC LIMIT ?`,
    limit,
  )
  return rows.map(({ becauseEnc, ...row }) => ({
    ...row,
    because: opened(from.keys.house, `Alert.becauseEnc.${row.id}`, becauseEnc) ?? '',
  }))
}

export async function alertById(from: Reads, id: string): Promise<AlertRow | null> {
  return (await from.sql.get<AlertRow>(`SELECT ${COLUMNS} FROM "Alert" WHERE "id" = ?`, id)) ?? null
}

/** Alerts nobody has acknowledged whose next person is due to be called. */
export async function alertsToEscalate(from: Reads, now: string): Promise<AlertRow[]> {
  return await from.sql.all<AlertRow>(
    `SELECT ${COLUMNS} FROM "Alert" WHERE "state" = 'open' AND "nextAt" IS NOT NULL AND "nextAt" <= ?`,
    now,
  )
}

/** Hands an alert on to the next person; false when it was acknowledged or handed on meanwhile. */
export async function escalateAlert(
  tx: Tx,
  row: AlertRow,
  to: { stage: number; staffId: string; nextAt: string | null },
): Promise<boolean> {
  const touched = await tx.sql.run(
    `UPDATE "Alert" SET "stage" = ?, "dutyStaffId" = ?, "nextAt" = ? WHERE "id" = ? AND "stage" = ? AND "state" = 'open'`,
    to.stage,
    to.staffId,
    to.nextAt,
    row.id,
    row.stage,
  )
  if (touched > 0) tx.changes.alerts.add(row.id)
  return touched > 0
}

/** Somebody has seen it; false when another was faster. */
export async function acknowledge(tx: Tx, id: string, staffId: string, now: string): Promise<boolean> {
  const touched = await tx.sql.run(
    `UPDATE "Alert" SET "state" = 'acknowledged', "acknowledgedAt" = ?, "acknowledgedById" = ?, "nextAt" = NULL WHERE "id" = ? AND "state" = 'open'`,
    now,
    staffId,
    id,
  )
  if (touched > 0) tx.changes.alerts.add(id)
  return touched > 0
}
