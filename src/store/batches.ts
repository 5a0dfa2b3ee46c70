import { newId, type Reads, type Tx } from './db.ts'
import { insert } from './sql.ts'

/** Many cases dispatched at once. `held` may still be taken back, `out` is being or has been carried out, `undone` never happened. */
export interface BatchRow {
  id: string
  staffId: string
  unitId: string
  state: 'held' | 'out' | 'undone'
  createdAt: string
  effectAt: string
  seenAt: string | null
}

/** One case of it, as it stood when the order was given; `why` is a key of the words where it was refused, `byId` who was faster. */
export interface BatchLineRow {
  id: string
  batchId: string
  code: string
  fromState: string
  holderUnitId: string
  state: 'held' | 'out' | 'refused'
  why: string | null
  byId: string | null
}

const BATCH = '"id", "staffId", "unitId", "state", "createdAt", "effectAt", "seenAt"'
const LINE = '"id", "batchId", "code", "fromState", "holderUnitId", "state", "why", "byId"'

export async function keepBatch(tx: Tx, batch: BatchRow, lines: readonly Omit<BatchLineRow, 'id'>[]) {
  await insert(tx.sql, 'Batch', { ...batch })
  for (const line of lines) await insert(tx.sql, 'BatchLine', { id: newId(), ...line })
}

export async function batchById(from: Reads, id: string): Promise<BatchRow | null> {
  return (await from.sql.get<BatchRow>(`SELECT ${BATCH} FROM "Batch" WHERE "id" = ?`, id)) ?? null
}

/** What somebody dispatched since an instant and has not put away, newest first. */
export async function batchesOf(from: Reads, staffId: string, since: string): Promise<BatchRow[]> {
  return await from.sql.all<BatchRow>(
    `SELECT ${BATCH} FROM "Batch" WHERE "staffId" = ? AND "createdAt" > ? AND "seenAt" IS NULL ORDER BY "createdAt" DESC, "id" DESC LIMIT 20`,
    staffId,
    since,
  )
}

export async function linesOf(from: Reads, batchId: string): Promise<BatchLineRow[]> {
  return await from.sql.all<BatchLineRow>(
    `SELECT ${LINE} FROM "BatchLine" WHERE "batchId" = ? ORDER BY "code"`,
    batchId,
  )
}

/** Takes a batch of this person back; false when it is out already, or not theirs. */
export async function undoBatch(tx: Tx, id: string, staffId: string): Promise<boolean> {
  const sql = `UPDATE "Batch" SET "state" = 'undone' WHERE "id" = ? AND "staffId" = ? AND "state" = 'held'`
  return (await tx.sql.run(sql, id, staffId)) > 0
}

/** Lets a held batch out; false when it was taken back, or let out before. */
export async function letOut(tx: Tx, id: string): Promise<boolean> {
  return (await tx.sql.run(`UPDATE "Batch" SET "state" = 'out' WHERE "id" = ? AND "state" = 'held'`, id)) > 0
}

export async function putAway(tx: Tx, id: string, staffId: string, now: string): Promise<boolean> {
  const sql = `UPDATE "Batch" SET "seenAt" = ? WHERE "id" = ? AND "staffId" = ? AND "state" <> 'held'`
  return (await tx.sql.run(sql, now, id, staffId)) > 0
}

/** Batches whose moment has come, and those that were interrupted half-way. */
export async function dueBatches(from: Reads, now: string, limit: number): Promise<BatchRow[]> {
  return await from.sql.all<BatchRow>(
    `SELECT ${BATCH} FROM "Batch" WHERE ("state" = 'held' AND "effectAt" <= ?)
     OR ("state" = 'out' AND "id" IN (SELECT l."batchId" FROM "BatchLine" l WHERE l."state" = 'held')) ORDER BY "effectAt" LIMIT ?`,
    now,
    limit,
  )
}

/** Marks a line that still waits as carried out; false when it was before. */
export async function endLine(tx: Tx, id: string): Promise<boolean> {
  return (
    (await tx.sql.run(`UPDATE "BatchLine" SET "state" = 'out' WHERE "id" = ? AND "state" = 'held'`, id)) > 0
  )
}

/** A line that could not be carried out after all; `byId` is who was faster. */
export async function refuseLine(tx: Tx, id: string, why: string, byId: string | null): Promise<void> {
  const sql = `UPDATE "BatchLine" SET "state" = 'refused', "why" = ?, "byId" = ? WHERE "id" = ?`
  await tx.sql.run(sql, why, byId, id)
}
