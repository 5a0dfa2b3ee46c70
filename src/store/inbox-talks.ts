import type { Reads, Tx } from './db.ts'
import type { Mode } from './talks.ts'

/** A conversation as staff see it in a list; the person stays an id. */
export interface TalkRow {
  personId: string
  mode: Mode
  takenById: string | null
  takenAt: string | null
  updatedAt: string
  seq: number
}

const COLUMNS = '"personId", "mode", "takenById", "takenAt", "updatedAt", "seq"'

/** Conversations that wait for a person or are in a clerk's hands; `all` also those the bot has, newest first. */
export async function talksOf(
  from: Reads,
  mode: 'waiting' | 'human' | 'all',
  limit: number,
): Promise<TalkRow[]> {
  if (mode === 'all')
    return await from.sql.all<TalkRow>(
      `SELECT ${COLUMNS} FROM "Conversation" WHERE "seq" > 0 ORDER BY "updatedAt" DESC LIMIT ?`,
      limit,
    )
  return await from.sql.all<TalkRow>(
    `SELECT ${COLUMNS} FROM "Conversation" WHERE "mode" = ? ORDER BY "updatedAt" LIMIT ?`,
    mode,
    limit,
  )
}

export async function talkOf(from: Reads, personId: string): Promise<TalkRow | null> {
  const row = await from.sql.get<TalkRow>(
    `SELECT ${COLUMNS} FROM "Conversation" WHERE "personId" = ?`,
    personId,
  )
  return row ?? null
}

/** Takes a conversation in hand; false when another clerk has it. */
export async function takeTalk(tx: Tx, personId: string, staffId: string, now: string): Promise<boolean> {
  const touched = await tx.sql.run(
    `UPDATE "Conversation" SET "mode" = 'human', "takenById" = ?, "takenAt" = ?, "updatedAt" = ?
     WHERE "personId" = ? AND ("mode" <> 'human' OR "takenById" IS NULL)`,
    staffId,
    now,
    now,
    personId,
  )
  if (touched > 0) tx.changes.conversations.add(personId)
  return touched > 0
}

/** Gives a conversation back to the bot. */
export async function giveBackTalk(tx: Tx, personId: string, now: string): Promise<void> {
  await tx.sql.run(
    `UPDATE "Conversation" SET "mode" = 'bot', "takenById" = NULL, "takenAt" = NULL, "updatedAt" = ? WHERE "personId" = ?`,
    now,
    personId,
  )
  tx.changes.conversations.add(personId)
}

/** True when a clerk's line with this id is already in the conversation. */
export async function staffLineExists(from: Reads, externalId: string): Promise<boolean> {
  const row = await from.sql.get(
    'SELECT 1 AS one FROM "Message" WHERE "channel" = ? AND "externalId" = ?',
    'staff',
    externalId,
  )
  return row !== undefined
}

const MANY = 500

/** The last number of each conversation. */
export async function lastSeqs(
  from: Reads,
  personIds: readonly string[],
): Promise<{ personId: string; seq: number }[]> {
  const found: { personId: string; seq: number }[] = []
  for (let at = 0; at < personIds.length; at += MANY) {
    const some = personIds.slice(at, at + MANY)
    // Padded, so that one prepared statement serves every call.
    const ids = [...some, ...Array<string>(MANY - some.length).fill('')]
    found.push(
      ...(await from.sql.all<{ personId: string; seq: number }>(
        `SELECT "personId", "seq" FROM "Conversation" WHERE "personId" IN (${ids.map(() => '?').join(', ')})`,
        ...ids,
      )),
    )
  }
  return found
}
