import { newId, type Reads, type Tx } from './db.ts'
import { keyedHash } from './seal.ts'
import { insert } from './sql.ts'

/** An iCalendar feed; the token is known to whoever was given the address, here only its hash. */
export interface FeedRow {
  id: string
  /** `mediator:<id>` or `room:<panel>.<n>`. */
  resource: string
  madeById: string
  createdAt: string
  endedAt: string | null
}

const COLUMNS = '"id", "resource", "madeById", "createdAt", "endedAt"'
const hashOf = (from: Reads, token: string) => keyedHash(from.keys, 'feed', token)

export async function addFeed(
  tx: Tx,
  given: { resource: string; madeById: string; token: string },
  now: string,
): Promise<FeedRow> {
  const { token, ...facts } = given
  const row = { id: newId(), ...facts, createdAt: now, endedAt: null }
  await insert(tx.sql, 'Feed', { ...row, tokenHash: hashOf(tx, token) })
  return row
}

export async function feedByToken(from: Reads, token: string): Promise<FeedRow | null> {
  const row = await from.sql.get<FeedRow>(
    `SELECT ${COLUMNS} FROM "Feed" WHERE "tokenHash" = ? AND "endedAt" IS NULL`,
    hashOf(from, token),
  )
  return row ?? null
}

export async function feedsOf(from: Reads, madeById: string): Promise<FeedRow[]> {
  return await from.sql.all<FeedRow>(
    `SELECT ${COLUMNS} FROM "Feed" WHERE "madeById" = ? AND "endedAt" IS NULL ORDER BY "createdAt"`,
    madeById,
  )
}

/** Ends a feed of one's own; the address opens nothing from then on. */
export async function endFeed(tx: Tx, id: string, madeById: string, now: string): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Feed" SET "endedAt" = ? WHERE "id" = ? AND "madeById" = ? AND "endedAt" IS NULL',
    now,
    id,
    madeById,
  )
  return touched > 0
}
