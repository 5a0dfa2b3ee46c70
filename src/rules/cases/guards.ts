import type { DeadlineKind } from './types.ts'

/** Beyond state and role: what must be true of the case itself. `why` is a key; its words live in `locales/`. */
export type Guarded = { ok: true } | { ok: false; why: GuardWhy }

export type GuardWhy =
  | 'extendedAlready'
  | 'expired'
  | 'notLater'
  | 'tooLong'
  | 'pointsOpen'
  | 'windowShut'
  | 'windowOpen'
  | 'partsOpen'
  | 'paused'
  | 'pausedOften'
  | 'petitionNeverPauses'
  | 'tooLate'

const ok: Guarded = { ok: true }
const no = (why: GuardWhy): Guarded => ({ ok: false, why })

/** Extension: once, before expiry, later than now promised, at most the first limit again (`latest`). ISO instants. */
export function mayExtend(at: {
  extensions: number
  now: string
  due: string
  newDue: string
  latest: string
}): Guarded {
  if (at.extensions > 0) return no('extendedAlready')
  if (after(at.now, at.due)) return no('expired')
  if (!after(at.newDue, at.due)) return no('notLater')
  return after(at.newDue, at.latest) ? no('tooLong') : ok
}

/**
 * 挂起: a matter that cannot be solved now stands still for at most `days`, at most `most` times, decided before expiry. A petition never
 * does (信访工作条例 34 knows an extension alone). The rest is a choice: 疑难 has fifteen days with a dated plan. ISO instants.
 */
export function mayPause(at: {
  petition: boolean
  paused: boolean
  pauses: number
  most: number
  now: string
  due: string
  resumeBy: string
  /** The last moment a pause may reach. */
  latest: string
}): Guarded {
  if (at.petition) return no('petitionNeverPauses')
  if (at.paused) return no('paused')
  if (at.pauses >= at.most) return no('pausedOften')
  if (after(at.now, at.due)) return no('expired')
  if (!after(at.resumeBy, at.now)) return no('notLater')
  return after(at.resumeBy, at.latest) ? no('tooLong') : ok
}

/** The resident may have a closed matter done again until the last moment of the days for it; after that it is a new one. */
export function mayReopen(now: string, until: string): Guarded {
  return after(now, until) ? no('tooLate') : ok
}

/** An answer speaks to every point the resident raised. `ticks` holds the indexes answered. */
export function mayAnswer(points: readonly string[], ticks: readonly number[]): Guarded {
  return points.every((_, index) => ticks.includes(index)) ? ok : no('pointsOpen')
}

/** Grabbing ends with its window; a case without a grab clock (urgent, place unknown) cannot be grabbed. */
export function mayGrab(now: string, grabDue: string | null): Guarded {
  return grabDue !== null && !after(now, grabDue) ? ok : no('windowShut')
}

/** The clock closes an answered case only when the time for the resident's word has run out. */
export function mayClose(now: string, callBackDue: string | null): Guarded {
  return callBackDue === null || after(now, callBackDue) ? ok : no('windowOpen')
}

/** What a call-back means: "not solved" and "not satisfied" both send the case back (一单一反馈一考评). */
export function verbOfRating(said: { solved: boolean; satisfied: 1 | 2 | 3 }): 'rateSolved' | 'rateUnsolved' {
  return said.solved && said.satisfied > 1 ? 'rateSolved' : 'rateUnsolved'
}

/** Counts a redo; every third one raises the case one level (town → district → leader, 提级). */
export function afterRedo(was: { redos: number; level: number }): {
  redos: number
  level: number
  raised: boolean
} {
  const redos = was.redos + 1
  const raised = redos % 3 === 0
  return { redos, level: raised ? was.level + 1 : was.level, raised }
}

/** A clock ends met or broken by the moment it was kept. */
export const endOf = (due: string, at: string): 'met' | 'broken' => (after(at, due) ? 'broken' : 'met')

/** Clocks whose breaking counts against the office; the others only open the next step. */
export const JUDGED: readonly DeadlineKind[] = [
  'sign',
  'acknowledge',
  'contact',
  'interim',
  'answer',
  'redo',
  'respond',
  'report',
  'objection',
  'designate',
  'admit',
  'conclude',
  'visit',
]

/** ISO instants with milliseconds and Z sort as they stand. */
const after = (a: string, b: string) => a > b
