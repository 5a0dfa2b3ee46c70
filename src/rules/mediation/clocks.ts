import {
  addCalendarDays,
  addWorkingDays,
  addWorkingHours,
  type Calendar,
  type Due,
  officeHours,
} from '../calendar/working-time.ts'
import { addLimit, type Limit, type StartedDeadline } from '../cases/deadlines.ts'
import type { MediationClock } from './types.ts'

const wd = (n: number): Limit => ({ n, unit: 'workingDays' })
const d = (n: number): Limit => ({ n, unit: 'calendarDays' })

/**
 * The clocks of a mediation. `admit` three working days and `reply` ten days with two reminders are choices; `conclude` one month
 * (75号令 33), for a medical dispute thirty working days without the appraisal (医疗纠纷条例 38), for a labour dispute
 * fifteen days (调解仲裁法 14); `confirm` thirty days from the agreement (人民调解法 33); `visit` a choice.
 */
export const MEDIATION_LIMITS: Readonly<Record<Exclude<MediationClock, 'conclude' | 'perform'>, Limit>> = {
  admit: wd(3),
  reply: d(10),
  confirm: d(30),
  visit: d(30),
}

/** How long a mediation may take from the day it is accepted. */
export const concludeLimit = (panel: string): Limit =>
  panel === 'medical' ? wd(30) : panel === 'labour' ? d(15) : d(30)

/**
 * Starts clocks of a mediation at an instant. A legal limit that ends on a rest day ends on the next working day (民法典 203). The
 * fifteen days of a labour dispute run from the application (调解仲裁法 14), so `appliedAt` is counted from there; the return visit
 * from `visitFrom`, the last promised day.
 */
export function startClocks(
  kinds: readonly MediationClock[],
  panel: string,
  at: { now: string; appliedAt: string; visitFrom?: string },
  cal: Calendar,
): StartedDeadline[] {
  return kinds.flatMap(kind => {
    if (kind === 'perform') return []
    const limit = kind === 'conclude' ? concludeLimit(panel) : MEDIATION_LIMITS[kind]
    const labour = kind === 'conclude' && panel === 'labour'
    const from = labour ? at.appliedAt : kind === 'visit' ? (at.visitFrom ?? at.now) : at.now
    return [{ kind, ...addLimit(cal, from, limit) }]
  })
}

/** The clock of a medical dispute after an appraisal: the office time that was left goes on from now (医疗纠纷条例 38). */
export const afterAppraisal = (cal: Calendar, due: string, pausedAt: string, now: string): Due =>
  addWorkingHours(cal, now, officeHours(cal, pausedAt, due))

/** The latest day both sides may agree to: the first limit once more, from the day it would have ended. */
export const latestProlonged = (cal: Calendar, panel: string, due: string): Due => {
  const { n, unit } = concludeLimit(panel)
  return unit === 'workingDays' ? addWorkingDays(cal, due, n) : addCalendarDays(cal, due, n)
}

/** Days after the invitation when a silent party is asked again; after the second reminder comes the end. */
const REPLY_REMINDERS = [3, 7] as const

/** How many reminders a silent party has earned by now: 0, 1 or 2. */
export function replyStage(invitedAt: string, now: string): number {
  const days = (Date.parse(now) - Date.parse(invitedAt)) / 86_400_000
  return REPLY_REMINDERS.filter(after => days >= after).length
}

/** Reminders of a promise: 1 from three days before its day, 2 when its day has passed. */
export function promiseStage(byDate: string, today: string): 0 | 1 | 2 {
  const left = Math.round((Date.parse(byDate) - Date.parse(today)) / 86_400_000)
  return left < 0 ? 2 : left <= 3 ? 1 : 0
}
