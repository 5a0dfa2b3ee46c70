import type { StartedDeadline } from '../rules/cases/deadlines.ts'
import type { DeadlineKind } from '../rules/cases/types.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { insert } from './sql.ts'

/** One clock on a case. It runs while it is neither met nor ended; a broken one runs on until it is settled. */
export interface DeadlineRow {
  id: string
  caseId: string
  kind: DeadlineKind
  startedAt: string
  due: string
  provisional: number
  extendedAt: string | null
  metAt: string | null
  brokenAt: string | null
  endedAt: string | null
  stage: number
}

const COLUMNS =
  '"id", "caseId", "kind", "startedAt", "due", "provisional", "extendedAt", "metAt", "brokenAt", "endedAt", "stage"'

export async function startDeadlines(
  tx: Tx,
  caseId: string,
  started: readonly StartedDeadline[],
  now: string,
): Promise<void> {
  for (const { kind, due, provisional } of started)
    await insert(tx.sql, 'Deadline', {
      id: newId(),
      caseId,
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
      if (now > row.due) row.brokenAt ??= now
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
  return rows.find(running) ?? null
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
    `SELECT ${COLUMNS} FROM "Deadline" WHERE "endedAt" IS NULL AND "metAt" IS NULL AND "due" < ? AND "stage" < 2 ORDER BY "due" LIMIT ?`,
    until,
    limit,
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
