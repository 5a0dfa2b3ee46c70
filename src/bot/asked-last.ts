import type { Asked } from '../flows/talk.ts'
import type { NoticeKey } from '../rules/notices/table.ts'
import type { Reads } from '../store/db.ts'

/** Notices that number their answers, and what a number then means; after a call-back the engine itself knows. */
const ASKING: Partial<Record<NoticeKey, Asked['about'] | null>> = {
  'side.remind3days': 'meeting',
  'side.remind1day': 'meeting',
  'resident.mediation': 'mediation',
  'resident.answered': null,
  'resident.askRating': null,
}

const NOTICES = Object.keys(ASKING)

const ASKED_LAST = `SELECT "notice", "caseId", "createdAt" FROM "Notice"
  WHERE "recipient" = ? AND "notice" IN (${NOTICES.map(() => '?').join(', ')}) ORDER BY "createdAt" DESC LIMIT 1`

/**
 * The notice that asked last and still stands: newer than everything the bot or a clerk said, about a meeting still ahead or a matter still
 * open. Undefined when there is none.
 */
export async function askedLast(from: Reads, personId: string, now: string): Promise<Asked | undefined> {
  const last = await from.sql.get<{ notice: NoticeKey; caseId: string; createdAt: string }>(
    ASKED_LAST,
    `person:${personId}`,
    ...NOTICES,
  )
  const about = last && ASKING[last.notice]
  if (!last || !about || !(await saidLast(from, personId, last.createdAt))) return undefined
  const row = await from.sql.get<{ code: string; startsAt: string | null; closedAt: string | null }>(
    `SELECT c."code", c."closedAt", (SELECT MAX(s."startsAt") FROM "Session" s WHERE s."caseId" = c."id" AND s."state" = 'booked') AS "startsAt"
     FROM "Case" c WHERE c."id" = ?`,
    last.caseId,
  )
  const stands = about === 'meeting' ? (row?.startsAt ?? '') > now : row?.closedAt === null
  return row && stands ? { about, code: row.code } : undefined
}

/** Nothing was said to the person since: the last line of the conversation is a notice, and no answer is newer than this one. */
async function saidLast(from: Reads, personId: string, at: string): Promise<boolean> {
  const line = await from.sql.get<{ sender: string; at: string }>(
    `SELECT "sender", "at" FROM "Message" WHERE "personId" = ? AND "sender" <> 'me' ORDER BY "seq" DESC LIMIT 1`,
    personId,
  )
  if (line?.sender !== 'notice') return false
  const answer = await from.sql.get<{ at: string }>(
    `SELECT "at" FROM "Message" WHERE "personId" = ? AND "sender" IN ('bot', 'staff') ORDER BY "seq" DESC LIMIT 1`,
    personId,
  )
  return (answer?.at ?? '') <= at
}
