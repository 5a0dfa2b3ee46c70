import type { District } from '../district.ts'
import type { Calendar } from '../rules/calendar/working-time.ts'
import type { Store } from '../store/db.ts'

/** What every verb needs: the ledger, the clock, and the district it serves. Made once by `app.ts`. */
export interface House {
  store: Store
  /** The one clock: an ISO UTC instant with milliseconds. */
  now(): string
  district: District
  calendar: Calendar
}

/** A refusal the caller expects: `why` is a key of the words, `details` names fields or people. */
export interface Refusal {
  ok: false
  why: string
  details?: readonly { field: string; why: string }[]
  with?: Record<string, unknown>
}

export type Result<T> = ({ ok: true } & T) | Refusal

export const refused = (why: string, more: Omit<Refusal, 'ok' | 'why'> = {}): Refusal => ({ ok: false, why, ...more })
