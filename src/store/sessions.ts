import { quarterOf, quartersOf, type Taken } from '../rules/mediation/slots.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { insert, type SqlValue } from './sql.ts'

/** One meeting of a mediation, held or booked. */
export interface SessionRow {
  id: string
  caseId: string
  panel: string
  mediatorId: string
  roomId: string
  startsAt: string
  endsAt: string
  state: 'held' | 'booked' | 'done' | 'cancelled' | 'noShow'
  heldUntil: string | null
  bookedBy: 'applicant' | 'other' | 'staff' | null
  reminded: number
  applicantSays: 'coming' | 'move' | null
  otherSays: 'coming' | 'move' | null
}

/** The record of a meeting 调解记录. */
export interface RecordText {
  facts: string
  points: string
  applicant: string
  other: string
}

const COLUMNS =
  '"id", "caseId", "panel", "mediatorId", "roomId", "startsAt", "endsAt", "state", "heldUntil", "bookedBy", "reminded", "applicantSays", "otherSays"'

export const mediatorResource = (id: string) => `mediator:${id}`
export const roomResource = (id: string) => `room:${id}`

/** Holds that are over no longer stand in the way: their rows go, so that whoever comes next finds the place free. */
async function dropExpired(tx: Tx, resource: string, now: string): Promise<void> {
  await tx.sql.run(
    'DELETE FROM "Occupancy" WHERE "resource" = ? AND "heldUntil" IS NOT NULL AND "heldUntil" <= ?',
    resource,
    now,
  )
}

/**
 * Takes every quarter of an hour of a meeting for its mediator, its room and each party, or nothing: false when one of them is taken. The
 * primary key of the table decides. Resources are taken in one order everywhere, so two transactions never wait for each other in a ring.
 */
export async function occupy(
  tx: Tx,
  wanted: {
    sessionId: string
    resources: readonly string[]
    startsAt: string
    endsAt: string
    heldUntil: string | null
  },
  now: string,
): Promise<boolean> {
  const quarters = quartersOf(wanted.startsAt, wanted.endsAt)
  for (const resource of [...new Set(wanted.resources)].sort()) {
    await dropExpired(tx, resource, now)
    const rows = quarters.map(() => '(?, ?, ?, ?)').join(', ')
    const values = quarters.flatMap((quarter): SqlValue[] => [
      resource,
      quarter,
      wanted.sessionId,
      wanted.heldUntil,
    ])
    // No fault is thrown on a conflict: that would spoil a PostgreSQL transaction, and on SQLite the others of a shared commit.
    const taken = await tx.sql.run(
      `INSERT INTO "Occupancy" ("resource", "quarterHour", "sessionId", "heldUntil") VALUES ${rows} ON CONFLICT ("resource", "quarterHour") DO NOTHING`,
      ...values,
    )
    if (taken === quarters.length) continue
    await release(tx, wanted.sessionId)
    return false
  }
  return true
}

/** Gives back all a meeting took. */
export async function release(tx: Tx, sessionId: string): Promise<void> {
  await tx.sql.run('DELETE FROM "Occupancy" WHERE "sessionId" = ?', sessionId)
}

/** A hold becomes a booking; false when it is over, or somebody's rows are gone. */
export async function keepHold(tx: Tx, row: SessionRow, rows: number, now: string): Promise<boolean> {
  if (row.state !== 'held' || !row.heldUntil || row.heldUntil <= now) return false
  const kept = await tx.sql.run('UPDATE "Occupancy" SET "heldUntil" = NULL WHERE "sessionId" = ?', row.id)
  if (kept !== rows) return false
  await changeSession(tx, row, { state: 'booked', heldUntil: null })
  return true
}

export async function addSession(
  tx: Tx,
  given: Omit<SessionRow, 'id' | 'reminded' | 'applicantSays' | 'otherSays'>,
  id: string = newId(),
): Promise<SessionRow> {
  await insert(tx.sql, 'Session', { id, ...given, reminded: 0 })
  return { id, ...given, reminded: 0, applicantSays: null, otherSays: null }
}

export async function changeSession(
  tx: Tx,
  row: SessionRow,
  changes: Partial<Omit<SessionRow, 'id' | 'caseId'>>,
): Promise<void> {
  const names = Object.keys(changes)
  await tx.sql.run(
    `UPDATE "Session" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "id" = ?`,
    ...(Object.values(changes) as SqlValue[]),
    row.id,
  )
  Object.assign(row, changes)
}

/** A reminder's stage, once: false when another process said it already. */
export async function keepReminded(tx: Tx, id: string, stage: number): Promise<boolean> {
  const touched = await tx.sql.run(
    `UPDATE "Session" SET "reminded" = ? WHERE "id" = ? AND "reminded" < ? AND "state" = 'booked'`,
    stage,
    id,
    stage,
  )
  return touched > 0
}

/** Every meeting of a case, oldest first; holds that are over and moved ones included. */
export async function sessionsOf(from: Reads, caseId: string): Promise<SessionRow[]> {
  return await from.sql.all<SessionRow>(
    `SELECT ${COLUMNS} FROM "Session" WHERE "caseId" = ? ORDER BY "startsAt", "id"`,
    caseId,
  )
}

/** The meeting that stands: booked and not yet held. */
export const bookedOf = (rows: readonly SessionRow[]): SessionRow | undefined =>
  rows.findLast(row => row.state === 'booked')
/** The hold that runs. */
export const heldOf = (rows: readonly SessionRow[], now: string): SessionRow | undefined =>
  rows.findLast(row => row.state === 'held' && row.heldUntil !== null && row.heldUntil > now)

/** Meetings of a panel that take time within a stretch: holds that run, and what is booked or was held. */
export async function sessionsIn(
  from: Reads,
  panel: string,
  fromAt: string,
  toAt: string,
  now: string,
): Promise<SessionRow[]> {
  return await from.sql.all<SessionRow>(
    `SELECT ${COLUMNS} FROM "Session" WHERE "panel" = ? AND "startsAt" >= ? AND "startsAt" < ?
     AND ("state" IN ('booked', 'done', 'noShow') OR ("state" = 'held' AND "heldUntil" > ?)) ORDER BY "startsAt"`,
    panel,
    fromAt,
    toAt,
    now,
  )
}

/** Meetings of a mediator (`mediator:<id>`) or a room (`room:<id>`) that are booked or were held. */
export async function sessionsOfResource(
  from: Reads,
  resource: string,
  fromAt: string,
  toAt: string,
): Promise<SessionRow[]> {
  const [kind, id = ''] = resource.split(':')
  const column = kind === 'room' ? 'roomId' : 'mediatorId'
  return await from.sql.all<SessionRow>(
    `SELECT ${COLUMNS} FROM "Session" WHERE "${column}" = ? AND "startsAt" >= ? AND "startsAt" < ? AND "state" IN ('booked', 'done') ORDER BY "startsAt"`,
    id,
    fromAt,
    toAt,
  )
}

/** What is taken of mediators and rooms of a panel, by the id of each. Read from the meetings: one row a meeting. */
export async function takenIn(
  from: Reads,
  panel: string,
  fromAt: string,
  toAt: string,
  now: string,
): Promise<Map<string, Taken[]>> {
  const rows = await from.sql.all<Pick<SessionRow, 'mediatorId' | 'roomId' | 'startsAt' | 'endsAt'>>(
    `SELECT "mediatorId", "roomId", "startsAt", "endsAt" FROM "Session" WHERE "panel" = ? AND "startsAt" >= ? AND "startsAt" < ?
     AND ("state" = 'booked' OR ("state" = 'held' AND "heldUntil" > ?))`,
    panel,
    fromAt,
    toAt,
    now,
  )
  const taken = new Map<string, Taken[]>()
  const add = (id: string, one: Taken) => {
    const known = taken.get(id)
    if (known) known.push(one)
    else taken.set(id, [one])
  }
  for (const { mediatorId, roomId, startsAt, endsAt } of rows) {
    const one = { from: quarterOf(startsAt), to: quarterOf(endsAt) }
    add(mediatorId, one)
    add(roomId, one)
  }
  return taken
}

/** What is taken of single resources within a stretch, from the table that decides. */
export async function takenOf(
  from: Reads,
  resources: readonly string[],
  fromAt: string,
  toAt: string,
  now: string,
): Promise<Taken[][]> {
  const out: Taken[][] = []
  for (const resource of resources) {
    const rows = await from.sql.all<{ quarterHour: number }>(
      'SELECT "quarterHour" FROM "Occupancy" WHERE "resource" = ? AND "quarterHour" >= ? AND "quarterHour" < ? AND ("heldUntil" IS NULL OR "heldUntil" > ?)',
      resource,
      quarterOf(fromAt),
      quarterOf(toAt),
      now,
    )
    out.push(rows.map(row => ({ from: Number(row.quarterHour), to: Number(row.quarterHour) + 1 })))
  }
  return out
}

/** Meetings that may have earned a reminder: booked, ahead, at most four days away. */
export async function bookedAhead(from: Reads, now: string, until: string): Promise<SessionRow[]> {
  return await from.sql.all<SessionRow>(
    `SELECT ${COLUMNS} FROM "Session" WHERE "state" = 'booked' AND "startsAt" > ? AND "startsAt" < ? AND "reminded" < 3 ORDER BY "startsAt" LIMIT 2000`,
    now,
    until,
  )
}

/** Holds that are over, for the sweep; their rows of the occupancy table go with them. */
export async function endHolds(tx: Tx, now: string): Promise<number> {
  await tx.sql.run('DELETE FROM "Occupancy" WHERE "heldUntil" IS NOT NULL AND "heldUntil" <= ?', now)
  return await tx.sql.run(
    `UPDATE "Session" SET "state" = 'cancelled' WHERE "state" = 'held' AND "heldUntil" <= ?`,
    now,
  )
}

export async function keepRecord(tx: Tx, row: SessionRow, words: RecordText): Promise<void> {
  const key = await keyOf(tx, row.caseId)
  if (!key) return
  await tx.sql.run(
    'UPDATE "Session" SET "recordEnc" = ? WHERE "id" = ?',
    sealed(key, `Session.recordEnc.${row.id}`, JSON.stringify(words)),
    row.id,
  )
}

export async function recordOf(from: Reads, row: SessionRow): Promise<RecordText | null> {
  const found = await from.sql.get<{ recordEnc: Uint8Array | null }>(
    'SELECT "recordEnc" FROM "Session" WHERE "id" = ?',
    row.id,
  )
  const text = opened(await keyOf(from, row.caseId), `Session.recordEnc.${row.id}`, found?.recordEnc)
  return text ? (JSON.parse(text) as RecordText) : null
}
