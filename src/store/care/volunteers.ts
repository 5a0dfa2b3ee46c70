import { newId, type Reads, type Tx } from '../db.ts'
import { opened, sealed } from '../keys.ts'
import { keyedHash } from '../seal.ts'
import { insert } from '../sql.ts'

/** A 义务家长 without name and phone. Dates are `YYYY-MM-DD`. */
export interface VolunteerRow {
  id: string
  personId: string | null
  unitId: string
  kind: 'league' | 'student' | 'other'
  body: string | null
  agreementAt: string | null
  trainedAt: string | null
  insuredUntil: string | null
  checkedAt: string | null
  remindOn: string | null
  linkedAt: string | null
  endedAt: string | null
  createdAt: string
}

export interface NewVolunteer
  extends Pick<
    VolunteerRow,
    'unitId' | 'kind' | 'body' | 'agreementAt' | 'trainedAt' | 'insuredUntil' | 'checkedAt'
  > {
  name: string
  phone: string | null
}

const COLUMNS =
  '"id", "personId", "unitId", "kind", "body", "agreementAt", "trainedAt", "insuredUntil", "checkedAt", "remindOn", "linkedAt", "endedAt", "createdAt"'

/** Enters a volunteer; name and phone are sealed with the house's key. */
export async function addVolunteer(tx: Tx, given: NewVolunteer, now: string): Promise<string> {
  const id = newId()
  const { name, phone, ...facts } = given
  await insert(tx.sql, 'Volunteer', {
    id,
    ...facts,
    nameEnc: sealed(tx.keys.house, `Volunteer.nameEnc.${id}`, name),
    phoneEnc: sealed(tx.keys.house, `Volunteer.phoneEnc.${id}`, phone),
    phoneHash: phone ? keyedHash(tx.keys, 'phone', phone) : null,
    createdAt: now,
  })
  return id
}

export async function volunteersOf(from: Reads): Promise<VolunteerRow[]> {
  return await from.sql.all<VolunteerRow>(`SELECT ${COLUMNS} FROM "Volunteer" ORDER BY "createdAt", "id"`)
}

export async function volunteerById(from: Reads, id: string): Promise<VolunteerRow | null> {
  const row = await from.sql.get<VolunteerRow>(`SELECT ${COLUMNS} FROM "Volunteer" WHERE "id" = ?`, id)
  return row ?? null
}

/** The volunteer a person of the talk is, while they serve. */
export async function volunteerOfPerson(from: Reads, personId: string): Promise<VolunteerRow | null> {
  const row = await from.sql.get<VolunteerRow>(
    `SELECT ${COLUMNS} FROM "Volunteer" WHERE "personId" = ? AND "endedAt" IS NULL`,
    personId,
  )
  return row ?? null
}

/** The volunteer with a phone number: one person is entered once. */
export async function volunteerByPhone(from: Reads, phone: string): Promise<VolunteerRow | null> {
  const row = await from.sql.get<VolunteerRow>(
    `SELECT ${COLUMNS} FROM "Volunteer" WHERE "phoneHash" = ? AND "endedAt" IS NULL`,
    keyedHash(from.keys, 'phone', phone),
  )
  return row ?? null
}

export async function volunteerName(
  from: Reads,
  id: string,
): Promise<{ name: string; phone: string | null }> {
  const row = await from.sql.get<{ nameEnc: Uint8Array; phoneEnc: Uint8Array | null }>(
    'SELECT "nameEnc", "phoneEnc" FROM "Volunteer" WHERE "id" = ?',
    id,
  )
  return {
    name: opened(from.keys.house, `Volunteer.nameEnc.${id}`, row?.nameEnc) ?? '',
    phone: opened(from.keys.house, `Volunteer.phoneEnc.${id}`, row?.phoneEnc),
  }
}

/** Sets dated facts of a volunteer. */
export async function changeVolunteer(
  tx: Tx,
  id: string,
  to: Partial<Omit<VolunteerRow, 'id' | 'createdAt'>>,
): Promise<void> {
  const names = Object.keys(to)
  await tx.sql.run(
    `UPDATE "Volunteer" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "id" = ?`,
    ...Object.values(to),
    id,
  )
}

/** Puts another name, and where given another phone, in place of the old; both are sealed. */
export async function correctVolunteer(
  tx: Tx,
  id: string,
  { name, phone }: { name: string; phone?: string },
): Promise<void> {
  const nameEnc = sealed(tx.keys.house, `Volunteer.nameEnc.${id}`, name)
  await tx.sql.run('UPDATE "Volunteer" SET "nameEnc" = ? WHERE "id" = ?', nameEnc, id)
  if (phone)
    await tx.sql.run(
      'UPDATE "Volunteer" SET "phoneEnc" = ?, "phoneHash" = ? WHERE "id" = ?',
      sealed(tx.keys.house, `Volunteer.phoneEnc.${id}`, phone),
      keyedHash(tx.keys, 'phone', phone),
      id,
    )
}

/** Keeps the hash of a one-time code that links a volunteer to their chat. */
export async function keepLinkCode(tx: Tx, id: string, code: string, until: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Volunteer" SET "codeHash" = ?, "codeUntil" = ? WHERE "id" = ?',
    keyedHash(tx.keys, 'volunteerCode', code),
    until,
    id,
  )
}

/** Uses up a one-time code: the person who typed it is this volunteer from now on. Null when it is wrong, used or too old. */
export async function linkByCode(
  tx: Tx,
  code: string,
  personId: string,
  now: string,
): Promise<VolunteerRow | null> {
  const row = await tx.sql.get<VolunteerRow>(
    `SELECT ${COLUMNS} FROM "Volunteer" WHERE "codeHash" = ? AND "codeUntil" > ? AND "endedAt" IS NULL`,
    keyedHash(tx.keys, 'volunteerCode', code),
    now,
  )
  if (!row) return null
  await tx.sql.run('UPDATE "Volunteer" SET "personId" = NULL WHERE "personId" = ?', personId)
  await tx.sql.run(
    'UPDATE "Volunteer" SET "personId" = ?, "linkedAt" = ?, "codeHash" = NULL, "codeUntil" = NULL WHERE "id" = ?',
    personId,
    now,
    row.id,
  )
  return { ...row, personId, linkedAt: now }
}
