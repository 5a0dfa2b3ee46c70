import type { Language } from '../rules/people/language.ts'
import type { Reads, Tx } from './db.ts'
import { keyedHash } from './seal.ts'

/** Which conversation belongs to which member of staff. A one-time code of the desk links them; only its hash is kept. */

const hashOf = (from: Reads, code: string) => keyedHash(from.keys, 'staffChat', code)

/** A new one-time code; an earlier one no longer counts, a link that stands stays until the new one is used. */
export async function keepChatCode(tx: Tx, staffId: string, code: string, until: string): Promise<void> {
  await tx.sql.run(
    `INSERT INTO "StaffChat" ("staffId", "codeHash", "codeUntil") VALUES (?, ?, ?)
     ON CONFLICT ("staffId") DO UPDATE SET "codeHash" = excluded."codeHash", "codeUntil" = excluded."codeUntil"`,
    staffId,
    hashOf(tx, code),
    until,
  )
}

/** Whether somebody holds this code now, run out or not: no two have the same. */
export async function isCodeTaken(from: Reads, code: string): Promise<boolean> {
  const row = await from.sql.get<{ n: number }>(
    'SELECT 1 AS "n" FROM "StaffChat" WHERE "codeHash" = ?',
    hashOf(from, code),
  )
  return row !== undefined
}

/** Whose code this is, while it is good and the account has not ended. */
export async function staffByChatCode(from: Reads, code: string, now: string): Promise<string | null> {
  const row = await from.sql.get<{ staffId: string }>(
    `SELECT b."staffId" FROM "StaffChat" b JOIN "Staff" s ON s."id" = b."staffId"
     WHERE b."codeHash" = ? AND b."codeUntil" > ? AND s."endedAt" IS NULL`,
    hashOf(from, code),
    now,
  )
  return row?.staffId ?? null
}

/** The conversation is the member's from now on, and the code used up; false when it was used a moment before. */
export async function linkPerson(
  tx: Tx,
  { staffId, personId, code }: { staffId: string; personId: string; code: string },
  now: string,
): Promise<boolean> {
  const linked = await tx.sql.run(
    'UPDATE "StaffChat" SET "personId" = ?, "linkedAt" = ?, "codeHash" = NULL, "codeUntil" = NULL WHERE "staffId" = ? AND "codeHash" = ?',
    personId,
    now,
    staffId,
    hashOf(tx, code),
  )
  return linked > 0
}

/** Ends the link of a member, and any code that waits; false when there was no link. */
export async function unlinkStaff(tx: Tx, staffId: string): Promise<boolean> {
  const linked = await tx.sql.run(
    'UPDATE "StaffChat" SET "personId" = NULL, "linkedAt" = NULL, "codeHash" = NULL, "codeUntil" = NULL WHERE "staffId" = ? AND "personId" IS NOT NULL',
    staffId,
  )
  return linked > 0
}

/** Since when a member's chat is linked; null while it is not. */
export async function linkedSince(from: Reads, staffId: string): Promise<string | null> {
  const row = await from.sql.get<{ linkedAt: string | null }>(
    'SELECT "linkedAt" FROM "StaffChat" WHERE "staffId" = ? AND "personId" IS NOT NULL',
    staffId,
  )
  return row?.linkedAt ?? null
}

/** Whose conversation this is, whether or not their account has ended. */
export async function staffLinkedTo(
  from: Reads,
  personId: string,
): Promise<{ staffId: string; ended: boolean } | null> {
  const row = await from.sql.get<{ staffId: string; endedAt: string | null }>(
    `SELECT b."staffId", s."endedAt" FROM "StaffChat" b JOIN "Staff" s ON s."id" = b."staffId" WHERE b."personId" = ?`,
    personId,
  )
  return row ? { staffId: row.staffId, ended: row.endedAt !== null } : null
}

/** The linked conversations of those who work in a grid. */
export async function linkedIn(
  from: Reads,
  unitId: string,
): Promise<{ personId: string; language: Language }[]> {
  return await from.sql.all<{ personId: string; language: Language }>(
    `SELECT DISTINCT b."personId", p."language" FROM "Role" r
     JOIN "StaffChat" b ON b."staffId" = r."staffId" JOIN "Staff" s ON s."id" = r."staffId" JOIN "Person" p ON p."id" = b."personId"
     WHERE r."unitId" = ? AND r."role" IN ('gridHead', 'gridWorker') AND s."endedAt" IS NULL AND p."erasedAt" IS NULL`,
    unitId,
  )
}
