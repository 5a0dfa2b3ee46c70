import type { Reads, Tx } from './db.ts'

/** How the notices written on a day fared. `prompt`: handed over within ten seconds of being due. */
export interface NoticeDay {
  day: string
  handed: number
  prompt: number
  givenUp: number
}

/** Milliseconds a notice may take to count as prompt. */
const PROMPT = 10_000

/** Counts the notices written between two instants, to residents and to staff by name; an office's inbox has its own by the row. */
export async function countNotices(
  from: Reads,
  span: { day: string; from: string; to: string },
): Promise<NoticeDay> {
  const row = await from.sql.get<{ handed: number | null; prompt: number | null; givenUp: number | null }>(
    `SELECT SUM(CASE WHEN "state" = 'sent' THEN 1 ELSE 0 END) AS "handed",
            SUM(CASE WHEN "state" = 'sent' AND "lag" <= ? THEN 1 ELSE 0 END) AS "prompt",
            SUM(CASE WHEN "state" IN ('givenUp', 'unknown', 'cleared') THEN 1 ELSE 0 END) AS "givenUp"
     FROM "Notice" WHERE "createdAt" >= ? AND "createdAt" < ? AND ("personId" IS NOT NULL OR "staffId" IS NOT NULL)`,
    PROMPT,
    span.from,
    span.to,
  )
  return {
    day: span.day,
    handed: Number(row?.handed ?? 0),
    prompt: Number(row?.prompt ?? 0),
    givenUp: Number(row?.givenUp ?? 0),
  }
}

/** Keeps a day's count; counted again, it stands anew. */
export async function keepNoticeDay(tx: Tx, { day, handed, prompt, givenUp }: NoticeDay): Promise<void> {
  await tx.sql.run(
    `INSERT INTO "NoticeDay" ("day", "handed", "prompt", "givenUp") VALUES (?, ?, ?, ?)
     ON CONFLICT ("day") DO UPDATE SET "handed" = excluded."handed", "prompt" = excluded."prompt", "givenUp" = excluded."givenUp"`,
    ...[day, handed, prompt, givenUp],
  )
}

/** The days kept, newest first. */
export async function noticeDays(from: Reads, limit: number): Promise<NoticeDay[]> {
  const rows = await from.sql.all<NoticeDay>(
    'SELECT "day", "handed", "prompt", "givenUp" FROM "NoticeDay" ORDER BY "day" DESC LIMIT ?',
    limit,
  )
  return rows.map(({ day, ...n }) => ({
    ...{ day, handed: Number(n.handed), prompt: Number(n.prompt), givenUp: Number(n.givenUp) },
  }))
}
