import type { Reads } from './db.ts'

const one = async (from: Reads, sql: string) => (await from.sql.get<{ n: number }>(sql))?.n ?? 0

/** What the ledger holds, for the figures of operations. */
export async function ledgerCounts(from: Reads): Promise<Record<string, number>> {
  return {
    messages: await one(from, 'SELECT COUNT(*) AS n FROM "Message"'),
    cases: await one(from, 'SELECT COUNT(*) AS n FROM "Case"'),
    notices_waiting: await one(from, `SELECT COUNT(*) AS n FROM "Notice" WHERE "state" = 'waiting'`),
    notices_to_clear: await one(
      from,
      `SELECT COUNT(*) AS n FROM "Notice" WHERE "state" IN ('givenUp', 'unknown')`,
    ),
    alerts_open: await one(from, `SELECT COUNT(*) AS n FROM "Alert" WHERE "state" = 'open'`),
  }
}
