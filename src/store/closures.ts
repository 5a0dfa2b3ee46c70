import { quarterOf, type Taken } from '../rules/mediation/slots.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { insert } from './sql.ts'

/** 停约: a stretch of time a mediator or a room is not to be had. Its quarters stand in the table that decides, under its id. */
export interface ClosureRow {
  id: string
  panel: string
  /** `mediator:<staff id>` or `room:P01.0`. */
  resource: string
  startsAt: string
  endsAt: string
  reason: string
  madeById: string
  createdAt: string
  endedAt: string | null
}

const COLUMNS =
  '"id", "panel", "resource", "startsAt", "endsAt", "reason", "madeById", "createdAt", "endedAt"'

export async function addClosure(
  tx: Tx,
  given: Omit<ClosureRow, 'id' | 'createdAt' | 'endedAt'>,
  now: string,
  id: string = newId(),
): Promise<ClosureRow> {
  await insert(tx.sql, 'Closure', { id, ...given, createdAt: now })
  return { id, ...given, createdAt: now, endedAt: null }
}

export async function closureById(from: Reads, id: string): Promise<ClosureRow | null> {
  return (await from.sql.get<ClosureRow>(`SELECT ${COLUMNS} FROM "Closure" WHERE "id" = ?`, id)) ?? null
}

/** Open again before its end; false when it is open already. */
export async function endClosure(tx: Tx, id: string, byId: string, now: string): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Closure" SET "endedAt" = ?, "endedById" = ? WHERE "id" = ? AND "endedAt" IS NULL',
    now,
    byId,
    id,
  )
  return touched > 0
}

/** What stands closed within a stretch, of all panels: a mediator may work in two. In order of time. */
export async function closuresIn(from: Reads, fromAt: string, toAt: string): Promise<ClosureRow[]> {
  return await from.sql.all<ClosureRow>(
    `SELECT ${COLUMNS} FROM "Closure" WHERE "endedAt" IS NULL AND "endsAt" > ? AND "startsAt" < ? ORDER BY "startsAt", "id"`,
    fromAt,
    toAt,
  )
}

/** The closed stretches by the id of the mediator or room. */
export async function closedIn(
  from: Reads,
  fromAt: string,
  toAt: string,
): Promise<{ id: string; taken: Taken }[]> {
  const rows = await closuresIn(from, fromAt, toAt)
  return rows.map(({ resource, startsAt, endsAt }) => ({
    id: resource.slice(resource.indexOf(':') + 1),
    taken: { from: quarterOf(startsAt), to: quarterOf(endsAt) },
  }))
}

/** What already has a resource within a stretch: meetings held or booked with the code of their case, and closures. */
export async function standsIn(
  from: Reads,
  resource: string,
  startsAt: string,
  endsAt: string,
  now: string,
): Promise<{ meetings: { code: string; panel: string; startsAt: string }[]; closed: boolean }> {
  const [first, last] = [quarterOf(startsAt), quarterOf(endsAt)]
  const meetings = await from.sql.all<{ code: string; panel: string; startsAt: string }>(
    `SELECT DISTINCT c."code", s."panel", s."startsAt" FROM "Occupancy" o JOIN "Session" s ON s."id" = o."sessionId"
     JOIN "Case" c ON c."id" = s."caseId" WHERE o."resource" = ? AND o."quarterHour" >= ? AND o."quarterHour" < ?
     AND (o."heldUntil" IS NULL OR o."heldUntil" > ?) ORDER BY s."startsAt"`,
    resource,
    first,
    last,
    now,
  )
  const closed = await from.sql.get(
    `SELECT 1 FROM "Closure" WHERE "resource" = ? AND "endedAt" IS NULL AND "endsAt" > ? AND "startsAt" < ? LIMIT 1`,
    resource,
    startsAt,
    endsAt,
  )
  return { meetings, closed: closed !== undefined && closed !== null }
}
