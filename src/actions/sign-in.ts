import type { Member } from '../rules/people/may.ts'
import { needsTotp } from '../rules/people/roles.ts'
import { addAudit } from '../store/audit.ts'
import { openLogin } from '../store/logins.ts'
import {
  clearFailures,
  countFailure,
  otpOf,
  type StaffRow,
  staffById,
  staffByLogin,
  useOtpStep,
} from '../store/staff.ts'
import { type House, type Refusal, type Result, refused } from './house.ts'
import { otpStep, passwordFits } from './secrets.ts'

/** Common practice (no statute names figures): five failures lock for fifteen minutes. */
const MOST_FAILURES = 5
const LOCKED_MINUTES = 15

export interface Signing {
  login: string
  password: string
  otp?: string
  /** Published demonstration log-ins are refused wherever others could use them. */
  demoAllowed: boolean
  /** Where from, for the book of the audit. */
  origin?: string
}

/** Opens a log-in. Refusals: wrongPassword, otpNeeded, wrongOtp, locked (with `until`), demoClosed. */
export function signIn(house: House, signing: Signing): Promise<Result<{ token: string; staffId: string }>> {
  return oneAtATime(signing.login, () => tryToSignIn(house, signing))
}

async function tryToSignIn(
  house: House,
  signing: Signing,
): Promise<Result<{ token: string; staffId: string }>> {
  const { read } = house.store
  const staff = await staffByLogin(read, signing.login)
  const known = staff && !staff.endedAt ? staff : null
  if (known && isLocked(known, house.now())) return locked(known)
  const fits = await passwordFits(signing.password, known?.passwordHash ?? null)
  if (!known) return nobody(house, signing)
  if (!fits) return failed(house, known, signing, 'wrongPassword')
  if (known.demo && !signing.demoAllowed) return refused('demoClosed')
  if (!known.otpConfirmedAt) return enter(house, known, signing, null)
  if (!signing.otp) return refused('otpNeeded')
  const { secret, lastStep } = await otpOf(read, known.id)
  const step = secret ? await otpStep(secret, signing.otp, lastStep, house.now()) : null
  return step === null ? failed(house, known, signing, 'wrongOtp') : enter(house, known, signing, step)
}

function enter(house: House, staff: StaffRow, { origin }: Signing, step: number | null) {
  return house.store.write(async (tx): Promise<Result<{ token: string; staffId: string }>> => {
    const now = house.now()
    const still = await staffById(tx, staff.id)
    if (!still || isLocked(still, now)) return locked(still ?? staff)
    if (step !== null && !(await useOtpStep(tx, staff.id, step))) return refused('wrongOtp')
    await clearFailures(tx, staff.id)
    const { token } = await openLogin(tx, staff.id, step !== null, now)
    await addAudit(tx, { staffId: staff.id, what: 'login', origin: origin ?? null }, now)
    return { ok: true, token, staffId: staff.id }
  }, staff.id)
}

/** A name nobody has, or one that may no longer enter: it stands in the book without the name, which may be a password typed in the wrong field. */
async function nobody(house: House, { origin }: Signing): Promise<Refusal> {
  await house.store.write(tx =>
    addAudit(tx, { staffId: null, what: 'loginFailed', ok: false, origin: origin ?? null }, house.now()),
  )
  return refused('wrongPassword')
}

function failed(
  house: House,
  staff: StaffRow,
  { origin = null }: { origin?: string | null },
  why: string,
): Promise<Refusal> {
  return house.store.write(async tx => {
    const now = house.now()
    const until = new Date(Date.parse(now) + LOCKED_MINUTES * 60_000).toISOString()
    const locks = await countFailure(tx, staff.id, { most: MOST_FAILURES, lockedUntil: until })
    await addAudit(tx, { staffId: staff.id, what: locks ? 'locked' : 'loginFailed', ok: false, origin }, now)
    return locks ? refused('locked', { with: { until } }) : refused(why)
  }, staff.id)
}

const isLocked = (staff: StaffRow, now: string) => staff.lockedUntil !== null && staff.lockedUntil > now
const locked = (staff: StaffRow) => refused('locked', { with: { until: staff.lockedUntil } })

/** Tries on one account wait for each other, so a burst cannot guess faster than failures are counted. */
const turns = new Map<string, Promise<unknown>>()
async function oneAtATime<T>(login: string, fn: () => Promise<T>): Promise<T> {
  const before = turns.get(login) ?? Promise.resolve()
  const mine = before.then(fn, fn)
  turns.set(login, mine)
  try {
    return await mine
  } finally {
    if (turns.get(login) === mine) turns.delete(login)
  }
}

/** A privileged role logs in with a second factor; a demonstration account has none to lose. */
export const mustSetOtp = (staff: StaffRow, members: readonly Member[]): boolean =>
  !staff.demo && !staff.otpConfirmedAt && members.some(member => needsTotp(member.role))
