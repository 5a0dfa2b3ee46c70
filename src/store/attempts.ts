import type { Reads, Tx } from './db.ts'

/** How often something secret may be tried wrongly, and for how long tries are remembered. */
export interface TryLimit {
  subject: string
  most: number
  minutes: number
}

/** Seconds to wait when a subject has used up its tries; 0 while it has some left. `now` is an ISO instant. */
export async function waitFor(from: Reads, limit: TryLimit, now: string): Promise<number> {
  const row = await from.sql.get<{ count: number; until: string }>(
    'SELECT "count", "until" FROM "Attempt" WHERE "subject" = ?',
    limit.subject,
  )
  if (!row || row.until <= now || row.count < limit.most) return 0
  return Math.ceil((Date.parse(row.until) - Date.parse(now)) / 1000)
}

/** Counts one wrong try; the window begins with the first. */
export async function countTry(tx: Tx, limit: TryLimit, now: string): Promise<void> {
  const until = new Date(Date.parse(now) + limit.minutes * 60_000).toISOString()
  await tx.sql.run(
    `INSERT INTO "Attempt" ("subject", "count", "until") VALUES (?, 1, ?)
     ON CONFLICT ("subject") DO UPDATE SET
       "count" = CASE WHEN "Attempt"."until" <= ? THEN 1 ELSE "Attempt"."count" + 1 END,
       "until" = CASE WHEN "Attempt"."until" <= ? THEN excluded."until" ELSE "Attempt"."until" END`,
    limit.subject,
    until,
    now,
    now,
  )
}

/** Old windows say nothing any more. Returns how many were dropped. */
export async function dropOldTries(tx: Tx, now: string): Promise<number> {
  return await tx.sql.run('DELETE FROM "Attempt" WHERE "until" <= ?', now)
}
