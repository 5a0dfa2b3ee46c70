import type { Stage } from '../../rules/care/reminders.ts'
import type { Reads } from '../db.ts'

/** Notices that bring a duty to mind; their cause is pairing, period and stage. */
const DUTY_NOTICES = `'volunteer.duty', 'coordinator.relay', 'coordinator.duty'`

/** Stages said of each pairing's periods since an instant: `<pairing>.<period>` → stages. The outbox is the one memory of it. */
export async function saidSince(from: Reads, instant: string): Promise<Map<string, Stage[]>> {
  const rows = await from.sql.all<{ cause: string }>(
    `SELECT "cause" FROM "Notice" WHERE "notice" IN (${DUTY_NOTICES}) AND "createdAt" >= ?`,
    instant,
  )
  return byPeriod(rows)
}

/** The same for a few pairings, whatever their age, inside the transaction that is about to say more. */
export async function saidOf(from: Reads, pairings: readonly string[]): Promise<Map<string, Stage[]>> {
  const all = new Map<string, Stage[]>()
  for (const id of pairings) {
    // No other notice has a pairing's id as its cause; with the kind asked for too, SQLite would walk all of that kind.
    const rows = await from.sql.all<{ cause: string }>(
      'SELECT "cause" FROM "Notice" WHERE "cause" >= ? AND "cause" < ?',
      `${id}.`,
      `${id}/`,
    )
    for (const [period, stages] of byPeriod(rows)) all.set(period, stages)
  }
  return all
}

function byPeriod(rows: readonly { cause: string }[]): Map<string, Stage[]> {
  const by = new Map<string, Stage[]>()
  for (const { cause } of rows) {
    const cut = cause.lastIndexOf('.')
    const period = cause.slice(0, cut)
    const stages = by.get(period) ?? []
    stages.push(cause.slice(cut + 1) as Stage)
    by.set(period, stages)
  }
  return by
}

/** Whether a recipient has had this notice since an instant: one message a day. */
export async function toldSince(
  from: Reads,
  notice: string,
  recipient: string,
  instant: string,
): Promise<boolean> {
  const row = await from.sql.get(
    'SELECT 1 AS "n" FROM "Notice" WHERE "notice" = ? AND "recipient" = ? AND "createdAt" >= ?',
    notice,
    recipient,
    instant,
  )
  return row !== undefined
}
