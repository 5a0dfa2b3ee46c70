import type { Met, VisitFact, VisitKind } from '../../rules/care/duties.ts'
import { newId, type Reads, type Tx } from '../db.ts'
import { keyOf, opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'

/** A volunteer and a child, from a day to a day, with the child's pseudonym. */
export interface PairingRow {
  id: string
  volunteerId: string
  childId: string
  pseudonym: string
  /** Unit the child lives in. */
  unitId: string
  startsOn: string
  endsOn: string | null
  createdAt: string
}

const SELECT = `SELECT p."id", p."volunteerId", p."childId", c."pseudonym", c."unitId", p."startsOn", p."endsOn", p."createdAt"
  FROM "Pairing" p JOIN "Child" c ON c."id" = p."childId"`

export async function addPairing(
  tx: Tx,
  given: { volunteerId: string; childId: string; startsOn: string; reason: string },
  now: string,
): Promise<string> {
  const id = newId()
  const { reason, ...facts } = given
  const key = await keyOf(tx, given.childId)
  await insert(tx.sql, 'Pairing', {
    id,
    ...facts,
    reasonEnc: key && sealed(key, `Pairing.reasonEnc.${id}`, reason),
    createdAt: now,
  })
  return id
}

export async function pairingById(from: Reads, id: string): Promise<PairingRow | null> {
  return (await from.sql.get<PairingRow>(`${SELECT} WHERE p."id" = ?`, id)) ?? null
}

/** Pairings that stand, or ended after a day; those of children without consent are left out. */
export async function pairingsSince(from: Reads, day: string): Promise<PairingRow[]> {
  return await from.sql.all<PairingRow>(
    `${SELECT} WHERE (p."endsOn" IS NULL OR p."endsOn" >= ?) AND c."consentAt" IS NOT NULL AND c."consentWithdrawnAt" IS NULL
     ORDER BY p."id"`,
    day,
  )
}

/** A volunteer's children now: their own, and those covered for somebody who is away. */
export async function pairingsOfVolunteer(
  from: Reads,
  volunteerId: string,
  today: string,
): Promise<PairingRow[]> {
  return await from.sql.all<PairingRow>(
    `${SELECT} WHERE (p."endsOn" IS NULL OR p."endsOn" >= ?) AND p."startsOn" <= ?
     AND c."consentAt" IS NOT NULL AND c."consentWithdrawnAt" IS NULL
     AND (p."volunteerId" = ? OR EXISTS (SELECT 1 FROM "Absence" a WHERE a."who" = 'volunteer:' || p."volunteerId"
       AND a."coverId" = ? AND a."fromDate" <= ? AND a."toDate" >= ? AND a."endedAt" IS NULL))
     ORDER BY c."pseudonym"`,
    today,
    today,
    volunteerId,
    volunteerId,
    today,
    today,
  )
}

/** Every child a volunteer had to do with, consent or not, ended or not: for the report the law obliges to. */
export async function everyPairingOf(from: Reads, volunteerId: string): Promise<PairingRow[]> {
  return await from.sql.all<PairingRow>(
    `${SELECT} WHERE p."volunteerId" = ? ORDER BY p."startsOn" DESC`,
    volunteerId,
  )
}

export async function pairingsOfChild(from: Reads, childId: string): Promise<PairingRow[]> {
  return await from.sql.all<PairingRow>(`${SELECT} WHERE p."childId" = ? ORDER BY p."startsOn"`, childId)
}

/** Ends a pairing on a day, with why and what the next one must know. */
export async function endPairing(
  tx: Tx,
  row: Pick<PairingRow, 'id' | 'childId'>,
  given: { endsOn: string; reason: string; handOver: string },
): Promise<void> {
  const key = await keyOf(tx, row.childId)
  await tx.sql.run(
    'UPDATE "Pairing" SET "endsOn" = ?, "endReasonEnc" = ?, "handOverEnc" = ? WHERE "id" = ?',
    given.endsOn,
    key && sealed(key, `Pairing.endReasonEnc.${row.id}`, given.reason),
    key && sealed(key, `Pairing.handOverEnc.${row.id}`, given.handOver),
    row.id,
  )
}

/** What the volunteer before this one left for them; null where nothing was left, or the child was erased. */
export async function handOverFor(from: Reads, row: PairingRow): Promise<string | null> {
  const before = (await pairingsOfChild(from, row.childId)).filter(
    one => one.id !== row.id && one.endsOn !== null && one.startsOn <= row.startsOn,
  )
  for (const one of before.reverse()) {
    const { handOver } = await handOverOf(from, one)
    if (handOver) return handOver
  }
  return null
}

/** What the last volunteer left for the next. */
export async function handOverOf(from: Reads, row: Pick<PairingRow, 'id' | 'childId'>) {
  const found = await from.sql.get<{ endReasonEnc: Uint8Array | null; handOverEnc: Uint8Array | null }>(
    'SELECT "endReasonEnc", "handOverEnc" FROM "Pairing" WHERE "id" = ?',
    row.id,
  )
  const key = await keyOf(from, row.childId)
  return {
    reason: opened(key, `Pairing.endReasonEnc.${row.id}`, found?.endReasonEnc),
    handOver: opened(key, `Pairing.handOverEnc.${row.id}`, found?.handOverEnc),
  }
}

export interface NewVisit {
  pairing: Pick<PairingRow, 'id' | 'childId'>
  kind: VisitKind
  onDate: string
  done: boolean
  met: readonly Met[]
  reported: boolean
  byId: string | null
  note: string
  given?: string
  againOn?: string
  messageId?: string
}

/** Writes one contact, done or tried; its words are sealed with the child's key. */
export async function addVisit(tx: Tx, visit: NewVisit, now: string): Promise<string> {
  const id = newId()
  const { pairing, note, given, done, met, reported, ...facts } = visit
  const key = await keyOf(tx, pairing.childId)
  await insert(tx.sql, 'Visit', {
    id,
    ...facts,
    pairingId: pairing.id,
    done: done ? 1 : 0,
    metWith: met.join(),
    reported: reported ? 1 : 0,
    noteEnc: key && sealed(key, `Visit.noteEnc.${id}`, note),
    givenEnc: key && given ? sealed(key, `Visit.givenEnc.${id}`, given) : null,
    createdAt: now,
  })
  return id
}

interface RawVisit {
  id: string
  pairingId: string
  kind: VisitKind
  onDate: string
  done: number
  metWith: string | null
  reported: number
}

const factOf = (row: RawVisit): VisitFact => ({
  id: row.id,
  kind: row.kind,
  onDate: row.onDate,
  done: row.done === 1,
  met: row.metWith ? (row.metWith.split(',') as Met[]) : [],
  reported: row.reported === 1,
})

const VISIT = '"id", "pairingId", "kind", "onDate", "done", "metWith", "reported"'

/** What happened from one day to another, by pairing, oldest first. */
export async function visitsBetween(
  from: Reads,
  day: string,
  today: string,
): Promise<Map<string, VisitFact[]>> {
  const rows = await from.sql.all<RawVisit>(
    `SELECT ${VISIT} FROM "Visit" WHERE "onDate" >= ? AND "onDate" <= ? ORDER BY "onDate", "id"`,
    day,
    today,
  )
  const by = new Map<string, VisitFact[]>()
  for (const row of rows) {
    const known = by.get(row.pairingId)
    if (known) known.push(factOf(row))
    else by.set(row.pairingId, [factOf(row)])
  }
  return by
}

export async function visitsOfPairing(from: Reads, pairingId: string): Promise<VisitFact[]> {
  const rows = await from.sql.all<RawVisit>(
    `SELECT ${VISIT} FROM "Visit" WHERE "pairingId" = ? ORDER BY "onDate", "id"`,
    pairingId,
  )
  return rows.map(factOf)
}

/** The newest contacts of a child with their words, for whoever opened the child with a reason. */
export async function visitWords(from: Reads, childId: string, limit: number) {
  const rows = await from.sql.all<
    RawVisit & { noteEnc: Uint8Array | null; givenEnc: Uint8Array | null; againOn: string | null }
  >(
    `SELECT v."id", v."pairingId", v."kind", v."onDate", v."done", v."metWith", v."reported", v."noteEnc", v."givenEnc", v."againOn"
     FROM "Visit" v JOIN "Pairing" p ON p."id" = v."pairingId" WHERE p."childId" = ? ORDER BY v."onDate" DESC, v."id" DESC LIMIT ?`,
    childId,
    limit,
  )
  const key = await keyOf(from, childId)
  return rows.map(row => ({
    ...factOf(row),
    againOn: row.againOn,
    note: opened(key, `Visit.noteEnc.${row.id}`, row.noteEnc) ?? '',
    given: opened(key, `Visit.givenEnc.${row.id}`, row.givenEnc),
  }))
}
