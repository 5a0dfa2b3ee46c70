import type { Reads, Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { keyedHash, keyedHashOften } from './seal.ts'

/** Pushes of a channel that are no line of a conversation yet, or never will be: kept for later, or remembered as done. */

export type PushedState = 'waiting' | 'saying' | 'done'

export interface PushedRow {
  id: string
  who: string
  state: PushedState
  attempts: number
  dueAt: string
  /** What to hear, fetch or say, as JSON. */
  body: string
}

/** Keyed hashes: neither an openid nor a message number stands in the table. */
export const pushedId = (from: Pick<Reads, 'keys'>, ...parts: string[]): string =>
  keyedHash(from.keys, 'pushed', parts.join(' '))

/** The same of whoever pushed. */
export const pusherId = (from: Pick<Reads, 'keys'>, ...parts: string[]): string =>
  keyedHashOften(from.keys, 'pushed', parts.join(' '))

/** Keeps a push for later, or remembers it as done (`body` null). False when it was here before. */
export async function keepPushed(
  tx: Tx,
  given: { id: string; who: string; body: string | null },
  now: string,
): Promise<boolean> {
  const { id, who, body } = given
  const touched = await tx.sql.run(
    `INSERT INTO "Pushed" ("id", "who", "bodyEnc", "state", "attempts", "dueAt", "at") VALUES (?, ?, ?, ?, 0, ?, ?)
     ON CONFLICT ("id") DO NOTHING`,
    id,
    who,
    sealed(tx.keys.house, `Pushed.bodyEnc.${id}`, body),
    body === null ? 'done' : 'waiting',
    now,
    now,
  )
  return touched > 0
}

/** The two keyed hashes of a push; its own is only worked out where it is needed. */
export interface PushIds {
  readonly id: string
  readonly who: string
}

/** Whether this very push was taken for later, or others of the same person wait to be heard before it. Of most people nothing is kept. */
export async function pushedBefore(from: Reads, ids: PushIds): Promise<'taken' | 'othersWait' | null> {
  const rows = await from.sql.all<Pick<PushedRow, 'id' | 'state' | 'attempts'>>(
    'SELECT "id", "state", "attempts" FROM "Pushed" WHERE "who" = ?',
    ids.who,
  )
  if (rows.some(row => row.id === ids.id)) return 'taken'
  return rows.some(isUnheard) ? 'othersWait' : null
}

const isUnheard = ({ state, attempts }: Pick<PushedRow, 'state' | 'attempts'>): boolean =>
  (state === 'waiting' && attempts === 0) || (state === 'saying' && attempts === 1)

/** What waits and is due, in the order it came. */
export async function duePushed(from: Reads, now: string, limit: number): Promise<PushedRow[]> {
  const rows = await from.sql.all<Omit<PushedRow, 'body'> & { bodyEnc: Uint8Array | null }>(
    `SELECT "id", "who", "state", "attempts", "dueAt", "bodyEnc" FROM "Pushed"
     WHERE "state" = 'waiting' AND "dueAt" <= ? ORDER BY "at", "id" LIMIT ?`,
    now,
    limit,
  )
  return rows.map(({ bodyEnc, ...row }) => ({
    ...row,
    body: opened(from.keys.house, `Pushed.bodyEnc.${row.id}`, bodyEnc) ?? '{}',
  }))
}

/** Takes a waiting row in hand: false when another process was faster with it, or has one of the same person's in hand. */
export async function takePushed(tx: Tx, { id, who, attempts }: PushedRow): Promise<boolean> {
  const touched = await tx.sql.run(
    `UPDATE "Pushed" SET "state" = 'saying', "attempts" = "attempts" + 1
     WHERE "id" = ? AND "state" = 'waiting' AND "attempts" = ?
     AND NOT EXISTS (SELECT 1 FROM "Pushed" e WHERE e."who" = ? AND e."state" = 'saying')`,
    id,
    attempts,
    who,
  )
  return touched > 0
}

/** What is left to do keeps the row waiting; done, nothing of it stays but that it was. */
export async function settlePushed(
  tx: Tx,
  id: string,
  left: { body: string; dueAt: string } | null,
): Promise<void> {
  if (left)
    await tx.sql.run(
      `UPDATE "Pushed" SET "state" = 'waiting', "bodyEnc" = ?, "dueAt" = ? WHERE "id" = ?`,
      sealed(tx.keys.house, `Pushed.bodyEnc.${id}`, left.body),
      left.dueAt,
      id,
    )
  else await tx.sql.run(`UPDATE "Pushed" SET "state" = 'done', "bodyEnc" = NULL WHERE "id" = ?`, id)
}

/** After a start: what was in hand when the process died is taken up again. Returns how many. */
export async function resumePushed(tx: Tx): Promise<number> {
  return await tx.sql.run(`UPDATE "Pushed" SET "state" = 'waiting' WHERE "state" = 'saying'`)
}

/** What was done before an instant need not be remembered: no push comes again after days. */
export async function dropOldPushed(tx: Tx, before: string): Promise<number> {
  return await tx.sql.run(`DELETE FROM "Pushed" WHERE "state" = 'done' AND "at" < ?`, before)
}
