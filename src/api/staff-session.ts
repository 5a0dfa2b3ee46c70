import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Who } from '../actions/rights.ts'
import { mustSetOtp } from '../actions/sign-in.ts'
import { demoAllowed } from '../config.ts'
import { idleMinutes, keepSeen, type LoginRow, loginByToken } from '../store/logins.ts'
import { keyedHash } from '../store/seal.ts'
import { membersOf, type StaffRow, staffById, staffName } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { isSecure } from './origin.ts'
import type { ApiParts } from './parts.ts'
import type { Me } from './schemas-staff.ts'

export const STAFF_COOKIE = 'hy_staff'

/** A member of staff behind a request. */
export interface SignedIn {
  who: Who
  staff: StaffRow
  login: LoginRow
  /** A privileged role without a confirmed second factor: only its set-up is open. */
  mustSetOtp: boolean
  /** Goes with every write; bound to this log-in. */
  csrf: string
  idleMinutes: number
}

declare module 'fastify' {
  interface FastifyRequest {
    staff?: SignedIn
  }
  interface FastifyContextConfig {
    /** Open to a privileged role whose second factor is still to be set up. */
    beforeOtp?: boolean
  }
}

/** Who asks, by their cookie; null when not signed in, idle too long, or no longer allowed. */
export async function signedIn(
  parts: ApiParts,
  request: Pick<FastifyRequest, 'cookies'>,
): Promise<SignedIn | null> {
  const token = request.cookies[STAFF_COOKIE]
  const { read } = parts.house.store
  const login = token ? await loginByToken(read, token) : null
  if (!login) return null
  const [idle, staff, members, name] = await Promise.all([
    idleMinutes(read),
    staffById(read, login.staffId),
    membersOf(read, login.staffId),
    staffName(read, login.staffId),
  ])
  if (Date.parse(parts.house.now()) - Date.parse(login.seenAt) > idle * 60_000) return null
  if (!staff || staff.endedAt || (staff.demo && !demoAllowed(parts.config))) return null
  return {
    who: { staffId: staff.id, name: name ?? '', members },
    staff,
    login,
    mustSetOtp: mustSetOtp(staff, members),
    csrf: keyedHash(parts.house.store.keys, 'csrf', login.id),
    idleMinutes: idle,
  }
}

/** Milliseconds a log-in may be seen without writing it down. */
const SEEN_EVERY = 60_000

/** Lets signed-in staff in; a write must bring the token of its log-in. */
export const needStaff = (parts: ApiParts) => async (request: FastifyRequest) => {
  const staff = (await signedIn(parts, request)) ?? refuse('notSignedIn')
  const writes = request.method !== 'GET' && request.method !== 'HEAD'
  if (writes && !isSame(String(request.headers['x-csrf-token'] ?? ''), staff.csrf)) refuse('csrf')
  if (staff.mustSetOtp && !request.routeOptions.config.beforeOtp) refuse('otpNeeded', { sentence: 'setOtp' })
  request.staff = staff
  await see(parts, staff)
}

async function see({ house }: ApiParts, { login }: SignedIn) {
  const now = house.now()
  if (Date.parse(now) - Date.parse(login.seenAt) < SEEN_EVERY) return
  await house.store.write(tx => keepSeen(tx, login.id, now))
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Puts the token of a new log-in into the cookie; it ends with the browser. */
export function setStaffCookie(
  { config }: ApiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
) {
  reply.setCookie(STAFF_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(request, config),
  })
}

export function meOf(parts: ApiParts, request: FastifyRequest, signed: SignedIn): Me {
  const { who, staff } = signed
  const unit = who.members[0]?.unit ?? parts.house.district.code
  return {
    id: who.staffId,
    name: who.name,
    unit: { id: unit, name: parts.house.district.units.get(unit)?.name ?? '' },
    roles: [...new Set(who.members.map(member => member.role))],
    csrf: signed.csrf,
    idleMinutes: signed.idleMinutes,
    language: languageOf(request),
    mustSetOtp: signed.mustSetOtp,
    demo: staff.demo === 1,
    now: parts.house.now(),
  }
}
