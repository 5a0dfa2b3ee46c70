import type { Tx } from './db.ts'

/** Takes the next serial of a name inside the transaction that uses it: a rolled-back case leaves no gap. */
export async function nextOf(tx: Tx, name: string): Promise<number> {
  const row = await tx.sql.get<{ value: number }>(
    'INSERT INTO "Counter" ("name", "value") VALUES (?, 1) ON CONFLICT ("name") DO UPDATE SET "value" = "Counter"."value" + 1 RETURNING "value"',
    name,
  )
  return Number(row!.value)
}
