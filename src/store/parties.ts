import type { Side } from '../rules/mediation/types.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { keyedHash } from './seal.ts'
import { insert, type SqlValue } from './sql.ts'

/** One side of a mediation, without what is sealed. */
export interface PartyRow {
  id: string
  caseId: string
  side: Side
  kind: 'person' | 'organisation'
  personId: string | null
  inviteHash: string | null
  invitedAt: string | null
  reminded: number
  answeredAt: string | null
  consent: number | null
  marks: string
  changes: number
  wishId: string | null
  longer: number
  confirm: number
}

const COLUMNS =
  '"id", "caseId", "side", "kind", "personId", "inviteHash", "invitedAt", "reminded", "answeredAt", "consent", "marks", "changes", "wishId", "longer", "confirm"'

export interface NewParty {
  caseId: string
  side: Side
  kind: 'person' | 'organisation'
  personId: string | null
  name: string | null
  phone: string | null
  consent: number | null
}

export async function addParty(tx: Tx, given: NewParty, now: string): Promise<void> {
  const id = newId()
  const key = await keyOf(tx, given.caseId)
  if (!key) return
  await insert(tx.sql, 'Party', {
    id,
    caseId: given.caseId,
    side: given.side,
    kind: given.kind,
    personId: given.personId,
    nameEnc: sealed(key, `Party.nameEnc.${id}`, given.name),
    phoneEnc: sealed(key, `Party.phoneEnc.${id}`, given.phone),
    consent: given.consent,
    answeredAt: given.consent === null ? null : now,
  })
}

/** Both sides, the applicant first. */
export async function partiesOf(from: Reads, caseId: string): Promise<PartyRow[]> {
  return await from.sql.all<PartyRow>(
    `SELECT ${COLUMNS} FROM "Party" WHERE "caseId" = ? ORDER BY "side"`,
    caseId,
  )
}

/** The side a person has in a case; null when none. */
export async function partyOf(from: Reads, caseId: string, personId: string): Promise<PartyRow | null> {
  const row = await from.sql.get<PartyRow>(
    `SELECT ${COLUMNS} FROM "Party" WHERE "caseId" = ? AND "personId" = ?`,
    caseId,
    personId,
  )
  return row ?? null
}

/** Name and phone of a side, in clear. */
export async function contactOf(
  from: Reads,
  party: PartyRow,
): Promise<{ name: string | null; phone: string | null }> {
  const row = await from.sql.get<{ nameEnc: Uint8Array | null; phoneEnc: Uint8Array | null }>(
    'SELECT "nameEnc", "phoneEnc" FROM "Party" WHERE "id" = ?',
    party.id,
  )
  const key = await keyOf(from, party.caseId)
  return {
    name: opened(key, `Party.nameEnc.${party.id}`, row?.nameEnc),
    phone: opened(key, `Party.phoneEnc.${party.id}`, row?.phoneEnc),
  }
}

/** The phone of a side nobody has come for yet; null where none was told, or somebody has come. */
export async function invitedPhone(from: Reads, partyId: string): Promise<string | null> {
  const party = await from.sql.get<PartyRow>(
    `SELECT ${COLUMNS} FROM "Party" WHERE "id" = ? AND "personId" IS NULL`,
    partyId,
  )
  return party ? (await contactOf(from, party)).phone : null
}

export async function changeParty(
  tx: Tx,
  row: PartyRow,
  changes: Partial<Omit<PartyRow, 'id' | 'caseId' | 'side'>>,
): Promise<void> {
  const names = Object.keys(changes)
  await tx.sql.run(
    `UPDATE "Party" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "id" = ?`,
    ...(Object.values(changes) as SqlValue[]),
    row.id,
  )
  Object.assign(row, changes)
}

/** The hash an invitation is kept by. */
export const inviteHash = (from: Reads, token: string): string =>
  keyedHash(from.keys, 'mediation.invite', token)

export async function partyByInvite(from: Reads, token: string): Promise<PartyRow | null> {
  const row = await from.sql.get<PartyRow>(
    `SELECT ${COLUMNS} FROM "Party" WHERE "inviteHash" = ?`,
    inviteHash(from, token),
  )
  return row ?? null
}

/** Case codes of mediations a person has a side in, newest first. */
export async function mediationCodesOf(
  from: Reads,
  personId: string,
): Promise<{ caseId: string; side: Side }[]> {
  return await from.sql.all<{ caseId: string; side: Side }>(
    'SELECT p."caseId", p."side" FROM "Party" p JOIN "Case" c ON c."id" = p."caseId" WHERE p."personId" = ? ORDER BY c."createdAt" DESC LIMIT 100',
    personId,
  )
}

/** Words between one side and the panel. */
export interface WhisperLine {
  id: string
  side: Side
  staffId: string | null
  at: string
  readAt: string | null
  text: string
}

export async function addWhisper(
  tx: Tx,
  given: { caseId: string; side: Side; staffId: string | null; text: string },
  now: string,
): Promise<string> {
  const id = newId()
  const key = await keyOf(tx, given.caseId)
  if (!key) return id
  const { text, ...facts } = given
  await insert(tx.sql, 'Whisper', {
    id,
    ...facts,
    textEnc: sealed(key, `Whisper.textEnc.${id}`, text),
    at: now,
    readAt: null,
  })
  return id
}

/** The private words of one side, or of both for the mediator; oldest first. */
export async function whispersOf(from: Reads, caseId: string, side?: Side): Promise<WhisperLine[]> {
  const rows = await from.sql.all<Omit<WhisperLine, 'text'> & { textEnc: Uint8Array }>(
    `SELECT "id", "side", "staffId", "at", "readAt", "textEnc" FROM "Whisper" WHERE "caseId" = ? ${side ? 'AND "side" = ?' : ''} ORDER BY "at", "id"`,
    ...(side ? [caseId, side] : [caseId]),
  )
  const key = await keyOf(from, caseId)
  return rows.map(({ textEnc, ...row }) => ({
    ...row,
    text: opened(key, `Whisper.textEnc.${row.id}`, textEnc) ?? '',
  }))
}
