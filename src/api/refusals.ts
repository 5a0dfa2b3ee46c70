import type { Refusal, Result } from '../actions/house.ts'
import { staffName } from '../store/staff.ts'
import { type Detail, type ErrorCode, refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'

/** Why a verb said no → the code over HTTP. Whatever is not named is `notNow`, with its own sentence. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  notFound: 'notFound',
  notYours: 'notAllowed',
  notFromHere: 'notNow',
  faster: 'conflict',
  incomplete: 'incomplete',
  wrongPassword: 'wrongPassword',
  otpNeeded: 'otpNeeded',
  wrongOtp: 'otpNeeded',
  locked: 'locked',
  demoClosed: 'notAllowed',
  weakPassword: 'incomplete',
  gone: 'gone',
  empty: 'notFound',
  notTaken: 'notNow',
  otpSet: 'notNow',
  windowShut: 'notNow',
  askedAlready: 'notNow',
  noChange: 'notNow',
  phoneTaken: 'incomplete',
  pseudonymTaken: 'incomplete',
  pseudonymIsName: 'incomplete',
  toCome: 'incomplete',
}

/** Refusals with a sentence of their own instead of the code's. */
const SENTENCES = [
  'wrongOtp',
  'demoClosed',
  'weakPassword',
  'empty',
  'notTaken',
  'otpSet',
  'windowShut',
  'askedAlready',
  'noChange',
  'batchOut',
  'mediatedAlready',
  'noConsent',
  'ended',
  'approved',
  'notApproved',
  'madeBefore',
  'weekSent',
  'hasChildren',
  'notEnded',
  'reportOpen',
  'noWithdraw',
  'reviewed',
  'nothingLeft',
]

/** The good half of a result; the other half ends the request. */
export async function given<T>(parts: ApiParts, result: Result<T>): Promise<{ ok: true } & T> {
  return result.ok ? result : refuseAs(parts, result)
}

async function refuseAs(parts: ApiParts, refusal: Refusal): Promise<never> {
  const { why } = refusal
  const code = CODES[why] ?? 'notNow'
  const until = refusal.with?.until
  const details = [...(refusal.details ?? []), ...(await whoWas(parts, refusal))]
  return refuse(code, {
    ...(details.length ? { details } : {}),
    ...(SENTENCES.includes(why) ? { sentence: why } : {}),
    ...(typeof until === 'string' ? { retryAfter: secondsUntil(parts, until) } : {}),
  })
}

/** Somebody was faster: say who. */
async function whoWas(parts: ApiParts, refusal: Refusal): Promise<Detail[]> {
  const staffId = refusal.with?.staffId
  if (typeof staffId !== 'string') return []
  const name = await staffName(parts.house.store.read, staffId)
  return name ? [{ field: 'by', why: name }] : []
}

const secondsUntil = (parts: ApiParts, until: string) =>
  Math.max(1, Math.ceil((Date.parse(until) - Date.parse(parts.house.now())) / 1000))
