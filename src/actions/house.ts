import type { District } from '../district.ts'
import type { NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { Store } from '../store/db.ts'
import type { NoticeBody } from '../store/notices.ts'
import type { Shelf } from '../store/shelf.ts'

/** What every verb needs: the ledger, the clock, the district it serves, and its words. Made once by `app.ts`. */
export interface House {
  store: Store
  /** Where the bytes of files lie. */
  shelf: Shelf
  /** The one clock: an ISO UTC instant with milliseconds. */
  now(): string
  district: District
  /** The bubble (JSON) a notice becomes in a language. */
  bubble(notice: NoticeKey, language: Language, body: NoticeBody): string
  /** What of a case's words may be an example to learn from, everything personal masked; null where nothing may. */
  exampleOf(text: string, given: { names: readonly string[]; places: readonly string[] }): string | null
}

/** A refusal the caller expects: `why` is a key of the words, `details` names fields or people. */
export interface Refusal {
  ok: false
  why: string
  details?: readonly { field: string; why: string }[]
  with?: Record<string, unknown>
}

export type Result<T> = ({ ok: true } & T) | Refusal

export const refused = (why: string, more: Omit<Refusal, 'ok' | 'why'> = {}): Refusal => ({
  ok: false,
  why,
  ...more,
})

/** The day of an instant in the district's zone, `YYYY-MM-DD`. Remembered by the hour: a day never changes within one. */
export function dayOf(house: Pick<House, 'district'>, now: string): string {
  const hour = now.slice(0, 13)
  if (known.hour !== hour || known.zone !== house.district.zone) {
    const { zone } = house.district
    if (parts.zone !== zone) parts = { zone, format: new Intl.DateTimeFormat('en-CA', { timeZone: zone }) }
    known = { hour, zone, day: parts.format.format(Date.parse(now)) }
  }
  return known.day
}
let known = { hour: '', zone: '', day: '' }
let parts: { zone: string; format: Intl.DateTimeFormat } = { zone: '', format: new Intl.DateTimeFormat() }
