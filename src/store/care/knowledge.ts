import { keepWish, wishOf } from '../consents.ts'
import type { Reads, Tx } from '../db.ts'

/** A week of the knowledge calendar as somebody changed or approved it. */
export interface KnowledgeRow {
  /** Its Monday. */
  week: string
  title: string
  text: string
  state: 'draft' | 'approved' | 'sent'
  editedById: string | null
  approvedById: string | null
  approvedAt: string | null
  sentAt: string | null
}

const COLUMNS = '"week", "title", "text", "state", "editedById", "approvedById", "approvedAt", "sentAt"'

export const weeksBetween = async (from: Reads, first: string, last: string): Promise<KnowledgeRow[]> =>
  await from.sql.all<KnowledgeRow>(
    `SELECT ${COLUMNS} FROM "KnowledgeWeek" WHERE "week" >= ? AND "week" <= ? ORDER BY "week"`,
    first,
    last,
  )

export const weekOf = async (from: Reads, week: string): Promise<KnowledgeRow | null> =>
  (await from.sql.get<KnowledgeRow>(`SELECT ${COLUMNS} FROM "KnowledgeWeek" WHERE "week" = ?`, week)) ?? null

/** Writes a week anew; one that was sent stays as it was told. */
export async function keepWeek(tx: Tx, row: Omit<KnowledgeRow, 'sentAt'>): Promise<void> {
  const { week, title, text, state, editedById, approvedById, approvedAt } = row
  await tx.sql.run(
    `INSERT INTO "KnowledgeWeek" ("week", "title", "text", "state", "editedById", "approvedById", "approvedAt") VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT ("week") DO UPDATE SET "title" = excluded."title", "text" = excluded."text", "state" = excluded."state",
       "editedById" = excluded."editedById", "approvedById" = excluded."approvedById", "approvedAt" = excluded."approvedAt"
     WHERE "KnowledgeWeek"."state" <> 'sent'`,
    ...[week, title, text, state, editedById, approvedById, approvedAt],
  )
}

export async function weekSent(tx: Tx, week: string, now: string): Promise<void> {
  await tx.sql.run(`UPDATE "KnowledgeWeek" SET "state" = 'sent', "sentAt" = ? WHERE "week" = ?`, now, week)
}

/** What a person last said about receiving it: 1, 0, or null where they never said. */
const WISH = `(SELECT c."given" FROM "Consent" c WHERE c."personId" = p."id" AND c."purpose" = 'knowledge' AND c."withdrawnAt" IS NULL)`
const PEOPLE = `FROM "Person" p LEFT JOIN "Volunteer" v ON v."personId" = p."id" AND v."endedAt" IS NULL
  WHERE p."erasedAt" IS NULL AND p."mergedIntoId" IS NULL`

/** Volunteers who did not say no, and everybody who said yes. */
export async function knowledgeReaders(from: Reads): Promise<string[]> {
  const rows = await from.sql.all<{ id: string }>(
    `SELECT p."id" ${PEOPLE} AND COALESCE(${WISH}, CASE WHEN v."id" IS NULL THEN 0 ELSE 1 END) = 1 ORDER BY p."id"`,
  )
  return rows.map(({ id }) => id)
}

/** How many volunteers and others would receive it, and how many volunteers said no. */
export async function knowledgeCounts(
  from: Reads,
): Promise<{ volunteers: number; carers: number; off: number }> {
  const rows = await from.sql.all<{ volunteer: number; wish: number | null; n: number | bigint }>(
    `SELECT x."volunteer", x."wish", COUNT(*) AS "n" FROM
       (SELECT CASE WHEN v."id" IS NULL THEN 0 ELSE 1 END AS "volunteer", ${WISH} AS "wish" ${PEOPLE}) x
     GROUP BY x."volunteer", x."wish"`,
  )
  const count = (is: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(is).reduce((sum, row) => sum + Number(row.n), 0)
  return {
    volunteers: count(row => row.volunteer === 1 && row.wish !== 0),
    carers: count(row => row.volunteer === 0 && row.wish === 1),
    off: count(row => row.volunteer === 1 && row.wish === 0),
  }
}

/** What a person last said: true, false, or null where they never said. */
export const knowledgeWish = (from: Reads, personId: string): Promise<boolean | null> =>
  wishOf(from, personId, 'knowledge')

/** Keeps a person's word on it; the word before is withdrawn, so that one alone stands. */
export const keepKnowledgeWish = (
  tx: Tx,
  personId: string,
  { version, on }: { version: string; on: boolean },
  now: string,
): Promise<void> => keepWish(tx, personId, { purpose: 'knowledge', version, on }, now)

/** How many the pieces of some weeks reached, by week: delivery alone, never who read. */
export async function knowledgeReach(
  from: Reads,
  weeks: readonly string[],
): Promise<Map<string, { sent: number; lost: number; waiting: number }>> {
  const reach = new Map(weeks.map(week => [week, { sent: 0, lost: 0, waiting: 0 }]))
  if (weeks.length === 0) return reach
  const rows = await from.sql.all<{ cause: string; state: string; n: number | bigint }>(
    `SELECT "cause", "state", COUNT(*) AS "n" FROM "Notice" WHERE "notice" = 'volunteer.knowledge'
     AND "cause" IN (${weeks.map(() => '?').join()}) GROUP BY "cause", "state"`,
    ...weeks,
  )
  for (const { cause, state, n } of rows) {
    const one = reach.get(cause)
    if (one) one[REACHED[state] ?? 'lost'] += Number(n)
  }
  return reach
}

const REACHED: Readonly<Record<string, 'sent' | 'waiting'>> = {
  sent: 'sent',
  waiting: 'waiting',
  sending: 'waiting',
}
