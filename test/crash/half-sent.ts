import { openStore, type StoreOptions } from '../../src/store/db.ts'

/** Two notices of which a process dies in the middle of the call: by WeChat, where a repeat would be heard, and by none yet. */
export interface HalfSent {
  byWechat: string
  byNone: string
}

/**
 * Leaves two notices as a kill in the very call leaves them. The moment is too short to be met by chance in every run, so it is
 * written while the process is down.
 */
export async function leaveHalfSent(ledger: StoreOptions): Promise<HalfSent> {
  const store = await openStore(ledger)
  try {
    const rows = await store.read.sql.all<{ id: string }>(
      `SELECT "id" FROM "Notice" WHERE "personId" IS NOT NULL AND "urgent" = 0 AND "channel" IS NULL ORDER BY "id" LIMIT 2`,
    )
    const [one, other] = rows
    if (!one || !other) throw new Error('no notice has gone through the outbox')
    await store.write(async tx => {
      const half = `UPDATE "Notice" SET "state" = 'sending', "channel" = ? WHERE "id" = ?`
      await tx.sql.run(half, 'wechat', one.id)
      await tx.sql.run(half, null, other.id)
    })
    return { byWechat: one.id, byNone: other.id }
  } finally {
    await store.close()
  }
}
