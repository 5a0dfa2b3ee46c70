import { CASE_COLUMNS, type CaseRow, titleOf } from './cases.ts'
import type { Reads, Store, Tx } from './db.ts'

/** What a unit has to do: a part of a case, or a case it holds. */
export interface UnitOrderRow extends CaseRow {
  title: string
  /** Of the part; null where the unit holds the whole case. */
  orderId: string | null
  orderState: 'open' | 'signed' | null
  /** When the part, or the case, is due. */
  owedAt: string | null
}

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ')

/** Running parts of these units, and cases they hold; a case once, as the part where it is both. */
const FROM = (units: readonly string[]) => `FROM "Case" c
  LEFT JOIN "Order" o ON o."id" = (SELECT p."id" FROM "Order" p WHERE p."caseId" = c."id" AND p."unitId" IN (${marks(units)})
    AND p."kind" IN ('split', 'joint') AND p."state" IN ('open', 'signed') ORDER BY p."openedAt", p."id" LIMIT 1)
  WHERE (c."holderUnitId" IN (${marks(units)}) AND c."state" IN ('assigned', 'working', 'redo'))
     OR (c."state" IN ('working', 'redo') AND c."id" IN (SELECT q."caseId" FROM "Order" q WHERE q."unitId" IN (${marks(units)})
         AND q."kind" IN ('split', 'joint') AND q."state" IN ('open', 'signed')))`

const OWED = `COALESCE((SELECT MIN(d."due") FROM "Deadline" d WHERE d."orderId" = o."id" AND d."metAt" IS NULL AND d."endedAt" IS NULL), c."dueAt")`

/** The open orders of units, most pressing first, and how many there are. */
export async function unitOrders(
  from: Reads,
  units: readonly string[],
  limit: number,
): Promise<{ total: number; rows: UnitOrderRow[] }> {
  if (units.length === 0) return { total: 0, rows: [] }
  const thrice = [...units, ...units, ...units]
  const rows = await from.sql.all<Omit<UnitOrderRow, 'title'> & { titleEnc: Uint8Array }>(
    `SELECT ${CASE_COLUMNS}, c."titleEnc", o."id" AS "orderId", o."state" AS "orderState", ${OWED} AS "owedAt"
     ${FROM(units)} ORDER BY CASE WHEN ${OWED} IS NULL THEN 1 ELSE 0 END, ${OWED}, c."id" LIMIT ?`,
    ...thrice,
    limit,
  )
  const counted =
    rows.length < limit
      ? rows.length
      : Number(
          (await from.sql.get<{ n: number }>(`SELECT COUNT(*) AS "n" ${FROM(units)}`, ...thrice))?.n ?? 0,
        )
  const opened = rows.map(async ({ titleEnc, ...row }) => ({
    ...row,
    title: await titleOf(from, row.id, titleEnc),
  }))
  return { total: counted, rows: await Promise.all(opened) }
}

/** On PostgreSQL: until whoever else works on the case has committed, as `write` does with its lock. */
export async function waitForCase(tx: Tx, kind: Store['kind'], code: string): Promise<void> {
  if (kind === 'postgresql')
    await tx.sql.all('SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))', code)
}

/** Who of these units last took their order on a case; null while nobody has. */
export async function takenBy(from: Reads, code: string, units: readonly string[]): Promise<string | null> {
  const row = await from.sql.get<{ staffId: string | null }>(
    `SELECT o."staffId" FROM "Order" o JOIN "Case" c ON c."id" = o."caseId"
     WHERE c."code" = ? AND o."unitId" IN (${marks(units)}) ORDER BY o."openedAt" DESC, o."id" DESC LIMIT 1`,
    code,
    ...units,
  )
  return row?.staffId ?? null
}

/** Open cases that lie in these grids, towns or communities, and how many are late, by the code of the place. */
export async function openByPlace(
  from: Reads,
  column: 'townId' | 'communityId' | 'gridId',
  under: string,
  now: string,
): Promise<Map<string, { open: number; late: number }>> {
  const rows = await from.sql.all<{ place: string; open: number; late: number }>(
    `SELECT "${column}" AS "place", COUNT(*) AS "open", SUM(CASE WHEN "dueAt" < ? THEN 1 ELSE 0 END) AS "late" FROM "Case"
     WHERE "${column}" LIKE ? AND "state" IN ('received', 'assigned', 'working', 'answered', 'redo') GROUP BY "${column}"`,
    now,
    `${under}%`,
  )
  return new Map(rows.map(row => [row.place, { open: Number(row.open), late: Number(row.late) }]))
}

/** How many serve as grid workers and heads, by grid. */
export async function workersByGrid(from: Reads, under: string): Promise<Map<string, number>> {
  const rows = await from.sql.all<{ unitId: string; n: number }>(
    `SELECT r."unitId", COUNT(DISTINCT r."staffId") AS "n" FROM "Role" r JOIN "Staff" s ON s."id" = r."staffId"
     WHERE r."role" = 'gridWorker' AND s."endedAt" IS NULL AND r."unitId" LIKE ? GROUP BY r."unitId"`,
    `${under}%`,
  )
  return new Map(rows.map(row => [row.unitId, Number(row.n)]))
}
