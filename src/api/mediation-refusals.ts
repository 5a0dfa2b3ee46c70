import type { Refusal, Result } from '../actions/house.ts'
import type { Language } from '../rules/people/language.ts'
import { moment } from '../words.ts'
import { type ErrorCode, refuse } from './errors.ts'
import type { ApiParts } from './parts.ts'
import { med } from './present-mediation-parts.ts'
import { officeName } from './present-resident.ts'
import { given } from './refusals.ts'

/** Refusals of a mediation with a sentence of their own → the code over HTTP. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  taken: 'conflict',
  otherHolds: 'conflict',
  meetingsInIt: 'conflict',
  closedAlready: 'conflict',
  holdOver: 'notNow',
  noChangesLeft: 'notNow',
  lawForbids: 'notNow',
  notSafeYet: 'notNow',
  tooEarly: 'notNow',
  bookedAlready: 'notNow',
  needsBoth: 'notNow',
  ownCase: 'notNow',
  noPhone: 'notNow',
  newerLetter: 'notNow',
  gone: 'gone',
}
/** Refusals whose sentence has another name. */
const SENTENCES: Readonly<Record<string, string>> = { gone: 'goneOffer' }

/** The good half of a result; the other half ends the request with a sentence in the caller's language. */
export async function mediated<T>(
  parts: ApiParts,
  language: Language,
  result: Result<T>,
): Promise<{ ok: true } & T> {
  if (result.ok) return result
  const code = CODES[result.why]
  return code ? refuseWith(parts, language, result, code) : given(parts, result)
}

function refuseWith(parts: ApiParts, language: Language, refusal: Refusal, code: ErrorCode): never {
  const next = (refusal.with?.next ?? []) as string[]
  const { zone } = parts.house.district
  const meetings = (refusal.with?.meetings ?? []) as { code: string; startsAt: string }[]
  const until = refusal.with?.until as string | undefined
  const limit = refusal.details?.find(one => one.field === 'limits')?.why
  const values = {
    slots: next.map(at => moment(language, at, zone)).join(language === 'en' ? '; ' : '；'),
    meetings: meetings
      .map(({ code: of, startsAt }) => [moment(language, startsAt, zone), of].filter(Boolean).join(' '))
      .join(language === 'en' ? '; ' : '；'),
    office: officeName(parts, null),
    limit: limit ? med(parts, language, `limit.${limit}`) : '',
  }
  const details = [
    ...(refusal.why === 'meetingsInIt' ? (refusal.details ?? []) : []),
    ...(until ? [{ field: 'until', why: until }] : []),
    ...next.map(why => ({ field: 'slot', why })),
  ]
  return refuse(code, {
    words: med(parts, language, `error.${SENTENCES[refusal.why] ?? refusal.why}`, values),
    ...(details.length ? { details } : {}),
  })
}
