import { randomBytes } from 'node:crypto'
import type { StaffRole } from '../rules/people/roles.ts'
import { addAudit } from '../store/audit.ts'
import { endLogin, endOtherLogins, openLogin, passOtp } from '../store/logins.ts'
import {
  addStaff,
  confirmOtp,
  keepInvite,
  keepOtpSecret,
  keepPassword,
  otpOf,
  staffById,
  staffByInvite,
  staffByLogin,
  useOtpStep,
} from '../store/staff.ts'
import { type House, type Result, refused } from './house.ts'
import { hashPassword, isGoodPassword, newOtp, otpStep, passwordFits } from './secrets.ts'

const INVITE_HOURS = 72

/** Makes an account and its one-time link, good for three days. The token is told once. Refusal: loginTaken, notAUnit. */
export async function inviteStaff(
  house: House,
  given: { login: string; name: string; role: StaffRole; unitId: string },
): Promise<Result<{ token: string; staffId: string; until: string }>> {
  if (!house.district.units.has(given.unitId)) return refused('notAUnit')
  const token = randomBytes(32).toString('base64url')
  return house.store.write(async tx => {
    const now = house.now()
    if (await staffByLogin(tx, given.login)) return refused('loginTaken')
    const { login, name, role, unitId } = given
    const roles = [{ role, unitId }]
    const staffId = await addStaff(tx, { login, name, roles, passwordHash: null, demo: false }, now)
    const until = new Date(Date.parse(now) + INVITE_HOURS * 3_600_000).toISOString()
    await keepInvite(tx, staffId, token, until)
    await addAudit(tx, { staffId, what: 'invite' }, now)
    return { ok: true, token, staffId, until }
  })
}

/**
 * A new one-time link for an account that stands: the first, or one in place of a lost one. The password it has goes on until the link is
 * used. The token is told once. Refusal: notFound.
 */
export function inviteAgain(
  house: House,
  login: string,
  byId: string,
): Promise<Result<{ token: string; until: string }>> {
  const token = randomBytes(32).toString('base64url')
  return house.store.write(async tx => {
    const now = house.now()
    const staff = await staffByLogin(tx, login)
    if (!staff || staff.endedAt) return refused('notFound')
    const until = new Date(Date.parse(now) + INVITE_HOURS * 3_600_000).toISOString()
    await keepInvite(tx, staff.id, token, until)
    await addAudit(tx, { staffId: byId, what: 'invite', field: staff.id }, now)
    return { ok: true, token, until }
  })
}

/** The first password by a one-time link, and a log-in with it. Refusals: gone, weakPassword. */
export async function acceptInvite(
  house: House,
  given: { token: string; password: string },
): Promise<Result<{ token: string; staffId: string }>> {
  if (!isGoodPassword(given.password)) return refused('weakPassword')
  const passwordHash = await hashPassword(given.password)
  return house.store.write(async tx => {
    const now = house.now()
    const staff = await staffByInvite(tx, given.token, now)
    if (!staff) return refused('gone')
    await keepPassword(tx, staff.id, passwordHash)
    await addAudit(tx, { staffId: staff.id, what: 'password' }, now)
    const { token } = await openLogin(tx, staff.id, false, now)
    return { ok: true, token, staffId: staff.id }
  })
}

/** A new password; every other log-in of the person ends. Refusals: wrongPassword, weakPassword. */
export async function changePassword(
  house: House,
  who: { staffId: string; loginId: string },
  given: { old: string; new: string },
): Promise<Result<object>> {
  const staff = await staffById(house.store.read, who.staffId)
  if (!(await passwordFits(given.old, staff?.passwordHash ?? null))) return refused('wrongPassword')
  if (!isGoodPassword(given.new)) return refused('weakPassword')
  const passwordHash = await hashPassword(given.new)
  return house.store.write(async tx => {
    const now = house.now()
    await keepPassword(tx, who.staffId, passwordHash)
    await endOtherLogins(tx, who.staffId, who.loginId, now)
    await addAudit(tx, { staffId: who.staffId, what: 'password' }, now)
    return { ok: true }
  })
}

/** A secret for the app that makes one-time codes. Refusal: otpSet, once a code of an earlier one was confirmed. */
export function startOtp(house: House, staffId: string): Promise<Result<{ secret: string; uri: string }>> {
  return house.store.write(async tx => {
    const staff = await staffById(tx, staffId)
    if (!staff || staff.otpConfirmedAt) return refused('otpSet')
    const made = newOtp(staff.login, house.district.name)
    await keepOtpSecret(tx, staffId, made.secret)
    return { ok: true, ...made }
  })
}

/** The first code proves that the app has the secret. Refusal: wrongOtp. */
export async function confirmFirstOtp(
  house: House,
  who: { staffId: string; loginId: string },
  code: string,
): Promise<Result<object>> {
  const { secret, lastStep } = await otpOf(house.store.read, who.staffId)
  const step = secret ? await otpStep(secret, code, lastStep, house.now()) : null
  if (step === null) return refused('wrongOtp')
  return house.store.write(async tx => {
    const now = house.now()
    if (!(await useOtpStep(tx, who.staffId, step))) return refused('wrongOtp')
    await confirmOtp(tx, who.staffId, now)
    await passOtp(tx, who.loginId)
    await addAudit(tx, { staffId: who.staffId, what: 'otp' }, now)
    return { ok: true }
  })
}

export function signOut(house: House, who: { staffId: string; loginId: string }): Promise<void> {
  return house.store.write(async tx => {
    const now = house.now()
    await endLogin(tx, who.loginId, now)
    await addAudit(tx, { staffId: who.staffId, what: 'logout' }, now)
  })
}
