import {
  addCalendarDays,
  addHours,
  addWorkingDays,
  addWorkingHours,
  type Calendar,
  type Due,
  officeHours,
  onWorkingDay,
  workingTimeLeft,
} from '../calendar/working-time.ts'
import { grievance, OPENING } from './grievance.ts'
import type { CaseClass, DeadlineKind, Verb } from './types.ts'

/** A length of time and how it is counted. */
export interface Limit {
  n: number
  unit: 'hours' | 'workingHours' | 'workingDays' | 'calendarDays'
}

/** The class of a case, or one of the two lighter and heavier tracks: 咨询 and 疑难. */
export type Track = CaseClass | 'enquiry' | 'hard'

/** `hotline`: 12345 practice, the default. `petition`: 信访工作条例. */
export type Profile = 'hotline' | 'petition'

type Limits = Readonly<Partial<Record<DeadlineKind, Limit>>>

const h = (n: number): Limit => ({ n, unit: 'hours' })
const wh = (n: number): Limit => ({ n, unit: 'workingHours' })
const wd = (n: number): Limit => ({ n, unit: 'workingDays' })
const d = (n: number): Limit => ({ n, unit: 'calendarDays' })

/** The duty holder of a danger alert has five minutes; then the deputy is called, then the leader. */
const ACKNOWLEDGE = h(5 / 60)

/**
 * Limits by profile and track. `hotline` is a choice built on city regulations (潍坊, 济南, 北京), shown as a promise and
 * not as law; an urgent matter owes a result or an interim report in 24 hours, and its answer in three working days.
 * `petition` follows 信访工作条例 22, 23 and 34; danger keeps its hours there too.
 */
// biome-ignore format: a table
export const LIMITS: Readonly<Record<Profile, Readonly<Record<Track, Limits>>>> = {
  hotline: {
    urgent:    { acknowledge: ACKNOWLEDGE, sign: h(1),  contact: h(2),  interim: h(24), answer: wd(3), redo: h(24), callBack: wd(3) },
    important: { acknowledge: ACKNOWLEDGE, sign: wh(4), contact: h(24), answer: wd(3),  redo: wd(2),   callBack: wd(3) },
    general:   { acknowledge: ACKNOWLEDGE, sign: wd(1), contact: wd(1), answer: wd(5),  redo: wd(3),   callBack: wd(3) },
    enquiry:   { acknowledge: ACKNOWLEDGE, sign: wd(1), contact: wd(1), answer: wd(2),  redo: wd(2),   callBack: wd(3) },
    hard:      { acknowledge: ACKNOWLEDGE, sign: wd(1), contact: wd(1), answer: d(15),  redo: d(15),   callBack: wd(3) },
  },
  petition: {
    urgent:    { acknowledge: ACKNOWLEDGE, sign: h(1),  contact: h(2),  interim: h(24), answer: d(60), redo: d(30), callBack: wd(3) },
    important: { acknowledge: ACKNOWLEDGE, sign: wd(5), contact: d(15), answer: d(60),  redo: d(30),   callBack: wd(3) },
    general:   { acknowledge: ACKNOWLEDGE, sign: wd(5), contact: d(15), answer: d(60),  redo: d(30),   callBack: wd(3) },
    enquiry:   { acknowledge: ACKNOWLEDGE, sign: wd(5), contact: d(15), answer: d(15),  redo: d(15),   callBack: wd(3) },
    hard:      { acknowledge: ACKNOWLEDGE, sign: wd(5), contact: d(15), answer: d(60),  redo: d(30),   callBack: wd(3) },
  },
}

/** The limit of one clock, where this track has it. */
export const limitOf = (profile: Profile, track: Track, kind: DeadlineKind): Limit | undefined =>
  LIMITS[profile][track][kind]

/** The longest extension of an answer: the first limit again, but 30 days for a petition (信访工作条例 34). */
const extensionOf = (profile: Profile, track: Track): Limit =>
  profile === 'petition' ? d(30) : LIMITS.hotline[track].answer!

export interface DeadlineSettings {
  profile?: Profile
  /** 咨询 or 疑难 instead of the plain class. */
  track?: Track
  /** Office minutes a town may grab a new case; a district setting. */
  grabMinutes?: number
  /** A danger alert: the duty holder must acknowledge. */
  danger?: boolean
}

export type StartedDeadline = { kind: DeadlineKind } & Due

/** The clocks an event starts on a case of this class: `opened`, or a verb of the case table. Instants are ISO. */
export function deadlinesFor(
  event: 'opened' | Verb,
  caseClass: CaseClass,
  nowISO: string,
  cal: Calendar,
  settings: DeadlineSettings = {},
): StartedDeadline[] {
  const { profile = 'hotline', track = caseClass, grabMinutes, danger } = settings
  const kinds = [...(event === 'opened' ? OPENING.starts : grievance[event].starts)]
  if (event === 'opened' && danger) kinds.push('acknowledge')
  const started = kinds.flatMap(kind => {
    const limit = LIMITS[profile][track][kind]
    return limit ? [{ kind, ...addLimit(cal, nowISO, limit) }] : []
  })
  if (event !== 'opened' || !grabMinutes || caseClass === 'urgent') return started
  return [{ kind: 'grab', ...addWorkingHours(cal, nowISO, grabMinutes / 60) }, ...started]
}

/** The latest date an extension of the answer may reach. */
export function latestExtension(
  due: string,
  caseClass: CaseClass,
  cal: Calendar,
  settings: DeadlineSettings = {},
): Due {
  const { profile = 'hotline', track = caseClass } = settings
  return addLimit(cal, due, extensionOf(profile, track))
}

/** Adds a limit in its own unit. */
export function addLimit(cal: Calendar, fromISO: string, limit: Limit): Due {
  if (limit.unit === 'workingDays') return addWorkingDays(cal, fromISO, limit.n)
  if (limit.unit === 'calendarDays') return addCalendarDays(cal, fromISO, limit.n)
  if (limit.unit === 'workingHours') return addWorkingHours(cal, fromISO, limit.n)
  return { due: addHours(fromISO, limit.n), provisional: false }
}

/** Clocks that stand still in a pause; first contact and interim report go on. */
export const PAUSED: readonly DeadlineKind[] = ['answer', 'redo']

/** A paused clock goes on with the time it had left: office time, or plain hours where its limit is counted so. */
export function afterPause(
  cal: Calendar,
  clock: { due: string; pausedAt: string },
  nowISO: string,
  limit: Limit | undefined,
): Due {
  if (limit?.unit === 'hours') {
    const stood = (Date.parse(nowISO) - Date.parse(clock.pausedAt)) / 3_600_000
    return { due: addHours(clock.due, stood), provisional: false }
  }
  return addWorkingHours(cal, nowISO, officeHours(cal, clock.pausedAt, clock.due))
}

/**
 * A provisional clock once the holiday table of its year is loaded: counted anew from its start. A date set by hand, or moved by a pause,
 * stays unless it is a rest day now (民法典 203).
 */
export function recounted(
  cal: Calendar,
  clock: { startedAt: string; due: string; byHand: boolean },
  limit: Limit | undefined,
): Due {
  return limit && !clock.byHand ? addLimit(cal, clock.startedAt, limit) : onWorkingDay(cal, clock.due)
}

/** `urged` 催办 before expiry, `supervised` 督办 at expiry, `raised` 提级督办 when the case breaks a promise again. */
export type Stage = 'onTime' | 'urged' | 'supervised' | 'raised'

/** The share of its time after which a deadline is urged. */
const URGE_AT = 0.75

/** Which reminder a running deadline has earned. `brokenBefore` counts promises this case has broken already. */
export function stageOf(
  deadline: { startedAt: string; due: string; brokenBefore: number },
  nowISO: string,
  cal: Calendar,
): Stage {
  if (nowISO > deadline.due) return deadline.brokenBefore > 0 ? 'raised' : 'supervised'
  const whole = span(cal, deadline.startedAt, deadline.due)
  const left = whole.count(nowISO, deadline.due)
  return left <= whole.minutes * (1 - URGE_AT) ? 'urged' : 'onTime'
}

/** Whether half the time of a clock is gone: the resident is asked once more then. */
export function isHalfGone(
  clock: { startedAt: string; due: string },
  nowISO: string,
  cal: Calendar,
): boolean {
  const whole = span(cal, clock.startedAt, clock.due)
  return nowISO > clock.startedAt && whole.count(nowISO, clock.due) * 2 <= whole.minutes
}

/** Short clocks run by day and night, longer ones in office time, so a weekend alone urges nobody. */
function span(cal: Calendar, from: string, to: string) {
  const plain = (a: string, b: string) => (Date.parse(b) - Date.parse(a)) / 60_000
  const office = (a: string, b: string) => workingTimeLeft(cal, a, b).minutes
  const count = plain(from, to) <= 24 * 60 ? plain : office
  return { minutes: count(from, to), count }
}
