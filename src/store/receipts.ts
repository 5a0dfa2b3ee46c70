import { newId, type Reads, type Tx } from './db.ts'
import { insert } from './sql.ts'

/** The channel's word on a notice it took. */
export interface ReceiptWord {
  receipt: string
  arrived: boolean
  why: string
}

/** Keeps that a notice arrived. True when it did not, and another way must be found. Throws nothing where no notice has the receipt. */
export async function receiptSays(tx: Tx, word: ReceiptWord, now: string): Promise<boolean> {
  if (!word.receipt) return false
  if (!word.arrived) return true
  await tx.sql.run('UPDATE "Notice" SET "arrivedAt" = ? WHERE "receipt" = ?', now, word.receipt)
  tx.changes.notices = true
  return false
}

/** Whether a notice was handed over under this receipt. */
export async function knowsReceipt(from: Reads, receipt: string): Promise<boolean> {
  return (
    (await from.sql.get<{ id: string }>('SELECT "id" FROM "Notice" WHERE "receipt" = ?', receipt)) !==
    undefined
  )
}

/** What begins the outcome of a try that ended a way for good. */
export const NO_MORE = 'gone: '

/** A notice that did not arrive by its channel waits again, and is not tried that way once more. */
export async function followChannel(tx: Tx, word: ReceiptWord, now: string): Promise<void> {
  const rows = await tx.sql.all<{ id: string; channel: string }>(
    `SELECT "id", "channel" FROM "Notice" WHERE "receipt" = ? AND "state" = 'sent'`,
    word.receipt,
  )
  for (const { id, channel } of rows) {
    await tx.sql.run(
      `UPDATE "Notice" SET "state" = 'waiting', "dueAt" = ?, "receipt" = NULL, "sentAt" = NULL WHERE "id" = ?`,
      now,
      id,
    )
    const outcome = `${NO_MORE}${word.why}`
    await insert(tx.sql, 'NoticeTry', { id: newId(), noticeId: id, channel, outcome, at: now })
  }
  tx.changes.notices = true
}
