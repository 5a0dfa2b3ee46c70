import { CASE_COLUMNS, type CaseRow, titleOf } from './cases.ts'
import type { Reads } from './db.ts'

/** A person's own case as their list shows it. */
export interface OwnCaseRow extends CaseRow {
  title: string
  /** The nearest promise to the person themselves (answer or redo); clocks between offices are not theirs. */
  promisedAt: string | null
  /** 1 while the promise stands still; `promisedAt` is then the day it goes on. */
  paused: number
  /** 1 when the member of staff who reported it also did it: nobody judges their own work. */
  selfDone: number
}

/** The promise to the person that runs now, and whether it stands still; read under the alias `c`. */
export const PROMISED = `(SELECT MIN(d."due") FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" IN ('answer', 'redo', 'resume', 'admit', 'conclude', 'visit')
  AND d."metAt" IS NULL AND d."endedAt" IS NULL AND d."pausedAt" IS NULL) AS "promisedAt",
  CASE WHEN EXISTS (SELECT 1 FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" = 'resume'
  AND d."metAt" IS NULL AND d."endedAt" IS NULL) THEN 1 ELSE 0 END AS "paused",
  CASE WHEN c."reporterId" IS NOT NULL AND c."reporterId" = c."holderStaffId" THEN 1 ELSE 0 END AS "selfDone"`

type Raw = Omit<OwnCaseRow, 'title'> & { titleEnc: Uint8Array }

/** Cases of a person, newest first, with their titles. */
export async function ownCases(from: Reads, personId: string, limit = 100): Promise<OwnCaseRow[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${CASE_COLUMNS}, c."titleEnc", ${PROMISED} FROM "Case" c WHERE c."personId" = ? ORDER BY c."createdAt" DESC LIMIT ?`,
    personId,
    limit,
  )
  return Promise.all(rows.map(row => opened(from, row)))
}

/** One case by its code, whoever owns it. */
export async function ownCaseByCode(from: Reads, code: string): Promise<OwnCaseRow | null> {
  const row = await from.sql.get<Raw>(
    `SELECT ${CASE_COLUMNS}, c."titleEnc", ${PROMISED} FROM "Case" c WHERE c."code" = ?`,
    code,
  )
  return row ? opened(from, row) : null
}

async function opened(from: Reads, { titleEnc, ...row }: Raw): Promise<OwnCaseRow> {
  return { ...row, title: await titleOf(from, row.id, titleEnc) }
}

/** Whose cases these are, for telling the right conversations. */
export async function ownersOf(
  from: Reads,
  codes: readonly string[],
): Promise<{ code: string; personId: string }[]> {
  if (codes.length === 0) return []
  const among = codes.map(() => '?').join(', ')
  // The other side of a mediation looks on too; the applicant stands in both halves and is told once.
  return await from.sql.all<{ code: string; personId: string }>(
    `SELECT "code", "personId" FROM "Case" WHERE "personId" IS NOT NULL AND "code" IN (${among})
     UNION SELECT c."code", p."personId" FROM "Party" p JOIN "Case" c ON c."id" = p."caseId" WHERE p."personId" IS NOT NULL AND c."code" IN (${among})`,
    ...codes,
    ...codes,
  )
}
