import type { StartedDeadline } from '../rules/cases/deadlines.ts'
import { JUDGED } from '../rules/cases/guards.ts'
import type { DeadlineKind } from '../rules/cases/types.ts'
import { newId, type Reads, type Store, type Tx } from './db.ts'
import { along, insert } from './sql.ts'

/** One clock on a case. It runs while it is neither met nor ended; a broken one runs on until it is settled. */
export interface DeadlineRow {
  id: string
  caseId: string
  /** The order it belongs to; null for a clock of the case itself. */
  orderId: string | null
  kind: DeadlineKind
  startedAt: string
  due: string
  provisional: number
  extendedAt: string | null
  /** It stands still since then, until `resumeBy` at the latest. */
  pausedAt: string | null
  resumeBy: string | null
  metAt: string | null
  brokenAt: string | null
  endedAt: string | null
  stage: number
}

const COLUMNS =
  '"id", "caseId", "orderId", "kind", "startedAt", "due", "provisional", "extendedAt", "pausedAt", "resumeBy", "metAt", "brokenAt", "endedAt", "stage"'

/** Kinds few clocks are of, in the words of their index (`Deadline_seldom_idx`): it is used where this stands. */
export const SELDOM = `"kind" IN ('reply', 'conclude', 'confirm', 'resume')`

export async function startDeadlines(
  tx: Tx,
  caseId: string,
  started: readonly StartedDeadline[],
  now: string,
  orderId: string | null = null,
): Promise<void> {
  for (const { kind, due, provisional } of started)
    await insert(tx.sql, 'Deadline', {
      id: newId(),
      caseId,
      orderId,
      kind,
      startedAt: now,
      due,
      provisional: provisional ? 1 : 0,
      stage: 0,
    })
}

export async function deadlinesOf(from: Reads, caseId: string): Promise<DeadlineRow[]> {
  return await from.sql.all<DeadlineRow>(
    `SELECT ${COLUMNS} FROM "Deadline" WHERE "caseId" = ? ORDER BY "due"`,
    caseId,
  )
}

const running = (row: DeadlineRow) => !row.metAt && !row.endedAt

/**
 * Settles clocks: `meets` are met now (broken as well when it is late), `drops` no longer matter.
 * Returns the nearest clock still running, for the list.
 */
export async function settleDeadlines(
  tx: Tx,
  caseId: string,
  meets: readonly DeadlineKind[],
  drops: readonly DeadlineKind[],
  now: string,
): Promise<DeadlineRow | null> {
  const rows = await deadlinesOf(tx, caseId)
  for (const row of rows.filter(running)) {
    if (meets.includes(row.kind)) {
      row.metAt = now
      if (now > row.due && !row.pausedAt && JUDGED.includes(row.kind)) row.brokenAt ??= row.due
      await tx.sql.run(
        'UPDATE "Deadline" SET "metAt" = ?, "brokenAt" = ? WHERE "id" = ?',
        now,
        row.brokenAt,
        row.id,
      )
    } else if (drops.includes(row.kind)) {
      row.endedAt = now
      await tx.sql.run('UPDATE "Deadline" SET "endedAt" = ? WHERE "id" = ?', now, row.id)
    }
  }
  return rows.find(row => running(row) && !row.pausedAt) ?? null
}

/** Meets the running clocks of one order, of these kinds; a late one counts as broken. */
export async function meetOrderClocks(
  tx: Tx,
  orderId: string,
  kinds: readonly DeadlineKind[],
  now: string,
): Promise<void> {
  for (const kind of kinds)
    await tx.sql.run(
      `UPDATE "Deadline" SET "metAt" = ?, "brokenAt" = COALESCE("brokenAt", CASE WHEN "due" < ? THEN "due" ELSE NULL END)
       WHERE "orderId" = ? AND "kind" = ? AND "metAt" IS NULL AND "endedAt" IS NULL`,
      now,
      now,
      orderId,
      kind,
    )
}

/** Ends what still runs of an order's own clocks. */
export async function endOrderClocks(tx: Tx, orderId: string, now: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Deadline" SET "endedAt" = ? WHERE "orderId" = ? AND "metAt" IS NULL AND "endedAt" IS NULL',
    now,
    orderId,
  )
}

/** Stops running clocks of these kinds, and starts the one that says by when they go on. */
export async function pauseDeadlines(
  tx: Tx,
  caseId: string,
  kinds: readonly DeadlineKind[],
  resumeBy: string,
  now: string,
): Promise<void> {
  await tx.sql.run(
    `UPDATE "Deadline" SET "pausedAt" = ?, "resumeBy" = ? WHERE "caseId" = ? AND "kind" IN (${kinds.map(() => '?').join(', ')})
     AND "metAt" IS NULL AND "endedAt" IS NULL AND "pausedAt" IS NULL`,
    now,
    resumeBy,
    caseId,
    ...kinds,
  )
  await startDeadlines(tx, caseId, [{ kind: 'resume', due: resumeBy, provisional: false }], now)
}

/** A running clock stands still until it is moved on by `moveDeadline`; false when there is none. */
export async function stopDeadline(
  tx: Tx,
  caseId: string,
  kind: DeadlineKind,
  now: string,
): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Deadline" SET "pausedAt" = ? WHERE "caseId" = ? AND "kind" = ? AND "metAt" IS NULL AND "endedAt" IS NULL AND "pausedAt" IS NULL',
    now,
    caseId,
    kind,
  )
  return touched > 0
}

/** The clock of a kind that runs or stands still; undefined when there is none. */
export const openClock = (rows: readonly DeadlineRow[], kind: DeadlineKind): DeadlineRow | undefined =>
  rows.find(row => row.kind === kind && running(row))

/** A clock goes on, or its date is counted anew: the new date, and whether that is only presumed. It does not stand still any more. */
export async function moveDeadline(
  tx: Tx,
  id: string,
  to: { due: string; provisional: boolean },
): Promise<void> {
  await tx.sql.run(
    'UPDATE "Deadline" SET "due" = ?, "provisional" = ?, "pausedAt" = NULL, "resumeBy" = NULL WHERE "id" = ?',
    to.due,
    to.provisional ? 1 : 0,
    id,
  )
}

/** Clocks of open cases whose date is only presumed; one that stands still is counted when it goes on. */
export async function provisionalDeadlines(
  store: Pick<Store, 'read' | 'kind'>,
  limit: number,
): Promise<DeadlineRow[]> {
  return await store.read.sql.all<DeadlineRow>(
    `SELECT ${COLUMNS} FROM "Deadline"${along('Deadline_provisional_idx', store)} WHERE "provisional" = 1 AND "endedAt" IS NULL AND "metAt" IS NULL AND "pausedAt" IS NULL
     ORDER BY "due" LIMIT ?`,
    limit,
  )
}

/** Moves the running clock of a kind to a later date; once only. False when there is none or it was moved before. */
export async function extendDeadline(
  tx: Tx,
  caseId: string,
  kind: DeadlineKind,
  due: string,
  now: string,
): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Deadline" SET "due" = ?, "extendedAt" = ?, "stage" = 0 WHERE "caseId" = ? AND "kind" = ? AND "metAt" IS NULL AND "endedAt" IS NULL AND "extendedAt" IS NULL',
    due,
    now,
    caseId,
    kind,
  )
  return touched > 0
}

/** Running clocks of open cases that may have earned a reminder: all that fall due before `until`. */
export async function runningUntil(from: Reads, until: string, limit: number): Promise<DeadlineRow[]> {
  return await from.sql.all<DeadlineRow>(
    `SELECT ${COLUMNS} FROM "Deadline" WHERE "endedAt" IS NULL AND "metAt" IS NULL AND "pausedAt" IS NULL AND "due" < ? AND "stage" < 2 ORDER BY "due" LIMIT ?`,
    until,
    limit,
  )
}

/** Clocks of answered cases whose resident was asked once and has not spoken; who declined answers is not asked again. */
export async function askedOnce(from: Reads): Promise<DeadlineRow[]> {
  return await from.sql.all<DeadlineRow>(
    `SELECT ${COLUMNS} FROM "Deadline" WHERE "kind" = 'callBack' AND "stage" = 0 AND "metAt" IS NULL AND "endedAt" IS NULL
     AND "caseId" IN (SELECT c."id" FROM "Case" c WHERE c."state" = 'answered' AND c."noReply" = 0) ORDER BY "due"`,
  )
}

/** Marks how far a clock's reminders have gone, and that it is broken when it is late. */
export async function keepStage(
  tx: Tx,
  id: string,
  stage: number,
  brokenAt: string | null,
): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Deadline" SET "stage" = ?, "brokenAt" = COALESCE("brokenAt", ?) WHERE "id" = ? AND "stage" < ? AND "metAt" IS NULL AND "endedAt" IS NULL',
    stage,
    brokenAt,
    id,
    stage,
  )
  return touched > 0
}
