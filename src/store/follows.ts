import { CASE_COLUMNS, type CaseRow, type CaseTexts, titleOf } from './cases.ts'
import type { Reads, Store, Tx } from './db.ts'
import { holdKeys, keyOf, opened } from './keys.ts'
import { PROMISED } from './own-cases.ts'
import type { SqlValue } from './sql.ts'

/** Who follows whose case, and which cases are much alike. */

/** What a matter is alike by: category, community, and the estate's hash where it is known. */
export interface AlikeBy {
  category: string
  communityId: string
  estate: string | null
}

/** More than this many neighbours need not be counted one by one. */
const MANY = 50

/** The sentences of `rules/cases/alike.ts` (`mayFollow`, without its categories), said to the database. */
const OPEN_TO_ALL = `c."closedAt" IS NULL AND c."hidden" = 0 AND c."class" <> 'urgent' AND c."kind" IN ('grievance', 'gridReport')`

/** The index on category, community and creation does the work; a case without an estate is alike to none that has one. */
const ALIKE = `c."category" = ? AND c."communityId" = ? AND c."createdAt" > ? AND ${OPEN_TO_ALL}`
const ALIKE_TO = `c."category" = p."category" AND c."communityId" = p."communityId" AND c."createdAt" > ? AND ${OPEN_TO_ALL}`

/** Open matters of others since an instant: how many (at most 50), since when, and the oldest, which is the one to follow. Null when none. */
export async function openAlike(
  from: Reads,
  by: AlikeBy,
  since: string,
  personId: string,
): Promise<{ count: number; since: string; code: string } | null> {
  const alike = `FROM "Case" c WHERE ${ALIKE} AND (c."personId" IS NULL OR c."personId" <> ?) ${by.estate ? 'AND c."estate" = ?' : ''}`
  const values = [by.category, by.communityId, since, personId, ...(by.estate ? [by.estate] : [])]
  const first = await from.sql.get<{ code: string; createdAt: string; n: number }>(
    `SELECT c."code", c."createdAt", (SELECT COUNT(*) FROM (SELECT 1 ${alike} LIMIT ${MANY}) AS many) AS "n"
     ${alike} ORDER BY c."createdAt" LIMIT 1`,
    ...[...values, ...values],
  )
  return first ? { count: Number(first.n), since: first.createdAt, code: first.code } : null
}

type Own = Pick<CaseRow, 'code' | 'state' | 'category' | 'communityId' | 'estate'>

/**
 * The person's own open matter of the same category and place, newest first; null when there is none. Everything open of the person is
 * read and looked at here: with the place in the statement SQLite walks all cases of the place instead of the few of the person.
 */
export async function ownAlike(
  from: Reads,
  by: AlikeBy,
  personId: string,
): Promise<Pick<CaseRow, 'code' | 'state'> | null> {
  const rows = await from.sql.all<Own>(
    `SELECT c."code", c."state", c."category", c."communityId", c."estate" FROM "Case" c
     WHERE c."personId" = ? AND c."closedAt" IS NULL AND c."kind" = 'grievance' ORDER BY c."createdAt" DESC`,
    personId,
  )
  const isHere = ({ estate }: Own) => !by.estate || !estate || estate === by.estate
  return (
    rows.find(row => row.category === by.category && row.communityId === by.communityId && isHere(row)) ??
    null
  )
}

/** Likely the same as a case: open, public, of its category and community; oldest first, at most ten. */
export async function likelySame(
  from: Reads,
  row: Pick<CaseRow, 'id' | 'category' | 'communityId'>,
  since: string,
): Promise<CaseRow[]> {
  if (!row.communityId) return []
  return await from.sql.all<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM "Case" c WHERE ${ALIKE} AND c."id" <> ? ORDER BY c."createdAt" LIMIT 10`,
    ...[row.category, row.communityId, since, row.id],
  )
}

/** How many open, public matters each category has had in each community since an instant; keys are `category@community`. */
export async function alikeCounts(
  from: Reads,
  of: readonly { category: string; communityId: string }[],
  since: string,
): Promise<ReadonlyMap<string, number>> {
  const pairs = [...new Map(of.map(one => [`${one.category}@${one.communityId}`, one]))]
  if (pairs.length === 0) return new Map()
  // Each is a short look into the index; together they are one question, and PostgreSQL thinks of it once.
  const rows = await from.sql.all<{ key: string; n: number }>(
    `WITH p("key", "category", "communityId") AS (VALUES ${pairs.map(() => '(?, ?, ?)').join(', ')})
     SELECT p."key", (SELECT COUNT(*) FROM "Case" c WHERE ${ALIKE_TO}) AS "n" FROM p`,
    ...[...pairs.flatMap(([key, { category, communityId }]) => [key, category, communityId]), since],
  )
  return new Map(rows.map(row => [row.key, Number(row.n)]))
}

/** How many people follow each of these cases; those that nobody follows are left out. */
export async function followerCounts(
  from: Reads,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await from.sql.all<{ caseId: string; n: number }>(
    `SELECT "caseId", COUNT(*) AS "n" FROM "Follow" WHERE "caseId" IN (${ids.map(() => '?').join(', ')}) GROUP BY "caseId"`,
    ...ids,
  )
  return new Map(rows.map(row => [row.caseId, Number(row.n)]))
}

/** How many people follow a case. */
export const followersOf = async (from: Reads, caseId: string): Promise<number> =>
  (await followerCounts(from, [caseId])).get(caseId) ?? 0

/** Two clerks must not link two cases to each other at once: on PostgreSQL both rows are held until the end, in one order. */
export async function holdStill(tx: Tx, kind: Store['kind'], ids: readonly string[]): Promise<void> {
  if (kind !== 'postgresql') return
  await tx.sql.all(
    `SELECT 1 FROM "Case" WHERE "id" IN (${ids.map(() => '?').join(', ')}) ORDER BY "id" FOR UPDATE`,
    ...ids,
  )
}

/** Waits until nobody else moves this case: on PostgreSQL the lock that steps of staff take (`store.write(…, code)`). */
export async function lockCase(tx: Tx, kind: Store['kind'], code: string): Promise<void> {
  if (kind === 'postgresql')
    await tx.sql.all('SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))', code)
}

/** Begins to follow; true when the person did not before. `ownCaseId`: a clerk linked this matter of theirs. */
export async function addFollow(
  tx: Tx,
  { caseId, personId, ownCaseId }: { caseId: string; personId: string; ownCaseId: string | null },
  now: string,
): Promise<boolean> {
  const values: SqlValue[] = [caseId, personId, now, ownCaseId]
  const added = await tx.sql.run(
    'INSERT INTO "Follow" ("caseId", "personId", "at", "ownCaseId") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ...values,
  )
  if (added === 0 && ownCaseId)
    await tx.sql.run(
      'UPDATE "Follow" SET "ownCaseId" = ? WHERE "caseId" = ? AND "personId" = ?',
      ...[ownCaseId, caseId, personId],
    )
  return added > 0
}

/** Follows no longer; true when the person did. One that a clerk linked is theirs to undo. */
export const dropFollow = async (tx: Tx, caseId: string, personId: string): Promise<boolean> =>
  (await tx.sql.run(
    'DELETE FROM "Follow" WHERE "caseId" = ? AND "personId" = ? AND "ownCaseId" IS NULL',
    ...[caseId, personId],
  )) > 0

/** Ends the following a link brought about. */
export async function dropLink(tx: Tx, caseId: string, ownCaseId: string): Promise<void> {
  await tx.sql.run('DELETE FROM "Follow" WHERE "caseId" = ? AND "ownCaseId" = ?', caseId, ownCaseId)
}

/** Somebody's cases followed, as they may be seen by whoever follows them: no text, no place but the unit. */
export interface FollowRow extends CaseRow {
  promisedAt: string | null
  paused: number
  followedAt: string
  /** Code of the person's own matter that a clerk linked to it. */
  ownCode: string | null
}

const FOLLOWED = `SELECT ${CASE_COLUMNS}, f."at" AS "followedAt", ${PROMISED},
  (SELECT o."code" FROM "Case" o WHERE o."id" = f."ownCaseId") AS "ownCode"
  FROM "Follow" f JOIN "Case" c ON c."id" = f."caseId" WHERE f."personId" = ? AND (c."personId" IS NULL OR c."personId" <> ?)`

/** The cases a person follows, newest first. Their own are not among them. */
export async function followsOf(from: Reads, personId: string, limit = 50): Promise<FollowRow[]> {
  return await from.sql.all<FollowRow>(
    `${FOLLOWED} ORDER BY f."at" DESC LIMIT ?`,
    ...[personId, personId, limit],
  )
}

/** One case a person follows, by its code; undefined when they do not. */
export const followOf = async (from: Reads, personId: string, code: string): Promise<FollowRow | undefined> =>
  from.sql.get<FollowRow>(`${FOLLOWED} AND c."code" = ?`, ...[personId, personId, code])

/** Those to be told of a case they follow; who wants no answers to the own matter linked to it is left alone. */
export async function followersToTell(
  from: Reads,
  caseId: string,
): Promise<{ personId: string; ownCode: string | null }[]> {
  return await from.sql.all<{ personId: string; ownCode: string | null }>(
    `SELECT f."personId", o."code" AS "ownCode" FROM "Follow" f LEFT JOIN "Case" o ON o."id" = f."ownCaseId"
     WHERE f."caseId" = ? AND COALESCE(o."noReply", 0) = 0 ORDER BY f."at"`,
    caseId,
  )
}

/** The case this one is linked to as the same matter. One's own earlier matter, which a new one follows on, is no link. */
export async function linkOf(from: Reads, caseId: string): Promise<CaseRow | null> {
  const row = await from.sql.get<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM "Case" own JOIN "Case" c ON c."id" = own."sameAsId"
     WHERE own."id" = ? AND (own."personId" IS NULL OR c."personId" IS NULL OR own."personId" <> c."personId")`,
    caseId,
  )
  return row ?? null
}

/** Codes of the cases linked to this one by their people's following, oldest first. */
export async function linkedTo(from: Reads, caseId: string): Promise<string[]> {
  const rows = await from.sql.all<{ code: string }>(
    `SELECT o."code" FROM "Follow" f JOIN "Case" o ON o."id" = f."ownCaseId" WHERE f."caseId" = ? ORDER BY o."createdAt"`,
    caseId,
  )
  return rows.map(row => row.code)
}

/** Another name for the same person: what they followed goes with them. */
export async function moveFollows(tx: Tx, from: string, into: string): Promise<void> {
  await tx.sql.run(
    'DELETE FROM "Follow" WHERE "personId" = ? AND "caseId" IN (SELECT "caseId" FROM "Follow" WHERE "personId" = ?)',
    ...[from, into],
  )
  await tx.sql.run('UPDATE "Follow" SET "personId" = ? WHERE "personId" = ?', into, from)
}

/** Who is erased follows nothing. */
export async function eraseFollows(tx: Tx, personId: string): Promise<void> {
  await tx.sql.run('DELETE FROM "Follow" WHERE "personId" = ?', personId)
}

/** The titles of several cases, and who raised them, by case. */
export async function titlesOf(
  from: Reads,
  ids: readonly string[],
): Promise<Map<string, Pick<CaseTexts, 'title' | 'name'>>> {
  if (ids.length === 0) return new Map()
  await holdKeys(from, ids)
  const rows = await from.sql.all<{ id: string; titleEnc: Uint8Array; nameEnc: Uint8Array | null }>(
    `SELECT "id", "titleEnc", "nameEnc" FROM "Case" WHERE "id" IN (${ids.map(() => '?').join(', ')})`,
    ...ids,
  )
  const told = rows.map(async ({ id, titleEnc, nameEnc }) => {
    const name = opened(await keyOf(from, id), `Case.nameEnc.${id}`, nameEnc)
    return [id, { title: await titleOf(from, id, titleEnc), name }] as const
  })
  return new Map(await Promise.all(told))
}
