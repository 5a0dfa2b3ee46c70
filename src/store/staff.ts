import type { Member } from '../rules/people/may.ts'
import type { StaffRole } from '../rules/people/roles.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { keyedHash } from './seal.ts'
import { insert } from './sql.ts'

/** A staff account as far as signing in goes. */
export interface StaffRow {
  id: string
  login: string
  passwordHash: string | null
  otpConfirmedAt: string | null
  failures: number
  lockedUntil: string | null
  demo: number
  endedAt: string | null
}

const COLUMNS =
  '"id", "login", "passwordHash", "otpConfirmedAt", "failures", "lockedUntil", "demo", "endedAt"'

export async function staffByLogin(from: Reads, login: string): Promise<StaffRow | null> {
  return (await from.sql.get<StaffRow>(`SELECT ${COLUMNS} FROM "Staff" WHERE "login" = ?`, login)) ?? null
}

export async function staffById(from: Reads, id: string): Promise<StaffRow | null> {
  return (await from.sql.get<StaffRow>(`SELECT ${COLUMNS} FROM "Staff" WHERE "id" = ?`, id)) ?? null
}

export interface NewStaff {
  login: string
  name: string
  phone?: string | null
  roles: readonly { role: StaffRole; unitId: string }[]
  /** Made by `hashPassword`; null until the invitation is accepted. */
  passwordHash: string | null
  demo: boolean
}

/** Mediators of a panel who may sign in, oldest account first. */
export async function mediatorsOf(from: Reads, panel: string): Promise<string[]> {
  const rows = await from.sql.all<{ id: string }>(
    `SELECT s."id" FROM "Staff" s JOIN "Role" r ON r."staffId" = s."id" WHERE r."role" = 'mediator' AND r."unitId" = ? AND s."endedAt" IS NULL ORDER BY s."id"`,
    panel,
  )
  return rows.map(({ id }) => id)
}

/** Logins of accounts, by id. */
export async function loginsOf(from: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await from.sql.all<{ id: string; login: string }>(
    `SELECT "id", "login" FROM "Staff" WHERE "id" IN (${ids.map(() => '?').join(', ')})`,
    ...ids,
  )
  return new Map(rows.map(({ id, login }) => [id, login]))
}

/** Ids of those who have a role and may sign in. */
export async function staffWithRole(from: Reads, role: StaffRole): Promise<string[]> {
  const rows = await from.sql.all<{ id: string }>(
    'SELECT DISTINCT s."id" FROM "Staff" s JOIN "Role" r ON r."staffId" = s."id" WHERE r."role" = ? AND s."endedAt" IS NULL ORDER BY s."id"',
    role,
  )
  return rows.map(({ id }) => id)
}

/** Makes an account with its roles. Returns its id. */
export async function addStaff(tx: Tx, given: NewStaff, now: string): Promise<string> {
  const id = newId()
  await insert(tx.sql, 'Staff', {
    id,
    login: given.login,
    nameEnc: sealed(tx.keys.house, `Staff.nameEnc.${id}`, given.name),
    phoneEnc: sealed(tx.keys.house, `Staff.phoneEnc.${id}`, given.phone),
    passwordHash: given.passwordHash,
    demo: given.demo ? 1 : 0,
    createdAt: now,
  })
  for (const { role, unitId } of given.roles)
    await insert(tx.sql, 'Role', { id: newId(), staffId: id, role, unitId })
  return id
}

/** Every role of a person with the way down to its unit. */
export async function membersOf(from: Reads, staffId: string): Promise<Member[]> {
  const rows = await from.sql.all<{ role: StaffRole; unitId: string; path: string }>(
    'SELECT r."role", r."unitId", u."path" FROM "Role" r JOIN "Unit" u ON u."id" = r."unitId" WHERE r."staffId" = ? ORDER BY r."id"',
    staffId,
  )
  return rows.map(row => ({ id: staffId, role: row.role, unit: row.unitId, path: row.path }))
}

/** The phone an account was made with. */
export async function staffPhone(from: Reads, id: string): Promise<string | null> {
  const row = await from.sql.get<{ phoneEnc: Uint8Array | null }>(
    'SELECT "phoneEnc" FROM "Staff" WHERE "id" = ?',
    id,
  )
  return opened(from.keys.house, `Staff.phoneEnc.${id}`, row?.phoneEnc)
}

export async function staffName(from: Reads, id: string | null): Promise<string | null> {
  if (!id) return null
  const row = await from.sql.get<{ nameEnc: Uint8Array }>('SELECT "nameEnc" FROM "Staff" WHERE "id" = ?', id)
  return opened(from.keys.house, `Staff.nameEnc.${id}`, row?.nameEnc)
}

/** Names by id, each opened once. */
export async function staffNames(from: Reads, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids)].filter(id => id !== null)
  if (known.length === 0) return new Map()
  const rows = await from.sql.all<{ id: string; nameEnc: Uint8Array }>(
    `SELECT "id", "nameEnc" FROM "Staff" WHERE "id" IN (${known.map(() => '?').join(', ')})`,
    ...known,
  )
  return new Map(
    rows.flatMap(({ id, nameEnc }) => {
      const name = opened(from.keys.house, `Staff.nameEnc.${id}`, nameEnc)
      return name ? [[id, name] as const] : []
    }),
  )
}

/** District leaders in office, by id: one of them leads a returned case. */
export async function leaders(from: Reads): Promise<{ id: string; name: string }[]> {
  const rows = await from.sql.all<{ id: string }>(
    `SELECT DISTINCT s."id" FROM "Staff" s JOIN "Role" r ON r."staffId" = s."id" WHERE r."role" = 'districtLeader' AND s."endedAt" IS NULL ORDER BY s."id"`,
  )
  const names = await staffNames(
    from,
    rows.map(row => row.id),
  )
  return rows.flatMap(({ id }) => ({ id, name: names.get(id) ?? '' }))
}

export async function keepPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Staff" SET "passwordHash" = ?, "inviteHash" = NULL, "inviteUntil" = NULL, "failures" = 0, "lockedUntil" = NULL WHERE "id" = ?',
    passwordHash,
    id,
  )
}

/** Counts a wrong password or code; at `most` the account is locked until `lockedUntil`. True when this one locked it. */
export async function countFailure(
  tx: Tx,
  id: string,
  { most, lockedUntil }: { most: number; lockedUntil: string },
): Promise<boolean> {
  await tx.sql.run('UPDATE "Staff" SET "failures" = "failures" + 1 WHERE "id" = ?', id)
  const locked = await tx.sql.run(
    'UPDATE "Staff" SET "failures" = 0, "lockedUntil" = ? WHERE "id" = ? AND "failures" >= ?',
    lockedUntil,
    id,
    most,
  )
  return locked > 0
}

export async function clearFailures(tx: Tx, id: string): Promise<void> {
  await tx.sql.run('UPDATE "Staff" SET "failures" = 0, "lockedUntil" = NULL WHERE "id" = ?', id)
}

/** A new secret for one-time codes; it counts only after its first code was confirmed. */
export async function keepOtpSecret(tx: Tx, id: string, secret: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Staff" SET "otpEnc" = ?, "otpConfirmedAt" = NULL WHERE "id" = ?',
    sealed(tx.keys.house, `Staff.otpEnc.${id}`, secret),
    id,
  )
}

export async function otpOf(from: Reads, id: string): Promise<{ secret: string | null; lastStep: number }> {
  const row = await from.sql.get<{ otpEnc: Uint8Array | null; otpLastStep: number }>(
    'SELECT "otpEnc", "otpLastStep" FROM "Staff" WHERE "id" = ?',
    id,
  )
  return {
    secret: opened(from.keys.house, `Staff.otpEnc.${id}`, row?.otpEnc),
    lastStep: row?.otpLastStep ?? 0,
  }
}

/** Uses up the step of a one-time code: false when this code, or a later one, was used before. */
export async function useOtpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Staff" SET "otpLastStep" = ? WHERE "id" = ? AND "otpLastStep" < ?',
    step,
    id,
    step,
  )
  return touched > 0
}

export async function confirmOtp(tx: Tx, id: string, now: string): Promise<void> {
  await tx.sql.run('UPDATE "Staff" SET "otpConfirmedAt" = ? WHERE "id" = ?', now, id)
}

/** A one-time link: only its hash is kept. */
export async function keepInvite(tx: Tx, id: string, token: string, until: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Staff" SET "inviteHash" = ?, "inviteUntil" = ? WHERE "id" = ?',
    keyedHash(tx.keys, 'invite', token),
    until,
    id,
  )
}

/** The account a one-time link is for, while it is good. */
export async function staffByInvite(from: Reads, token: string, now: string): Promise<StaffRow | null> {
  const row = await from.sql.get<StaffRow>(
    `SELECT ${COLUMNS} FROM "Staff" WHERE "inviteHash" = ? AND "inviteUntil" > ? AND "endedAt" IS NULL`,
    keyedHash(from.keys, 'invite', token),
    now,
  )
  return row ?? null
}
