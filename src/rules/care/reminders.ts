import { quietUntil } from '../notices/table.ts'
import type { DutyKind } from './calendar.ts'
import { addDays } from './dates.ts'
import type { Duty } from './duties.ts'

/** How a duty is brought to mind: early, when it is nearly due, when it is late, and then to the coordinator. */
export const STAGES = ['early', 'due', 'late', 'coordinator'] as const
export type Stage = (typeof STAGES)[number]

/**
 * On which day each stage begins, in days from the due day. They lie at least three days apart: a missed run or two skips none. A late month
 * or quarter cannot be made up, but what was done may still be told.
 */
// biome-ignore format: a table
export const BEGINS: Readonly<Record<DutyKind, Readonly<Record<Stage, number>>>> = {
  month:    { early: -12, due: -3, late: 1, coordinator: 4 },
  guardian: { early: -30, due: -7, late: 1, coordinator: 4 },
  festival: { early: -10, due: -3, late: 1, coordinator: 4 },
  term:     { early: -30, due: -7, late: 3, coordinator: 10 },
}

/** Days after which an unmet duty is history: a service that was off so long does not bring up what is past mending. */
export const HISTORY_DAYS = 60

/** The first day a stage of a duty is said on. */
export const stageBegins = (duty: Pick<Duty, 'kind' | 'due'>, stage: Stage): string =>
  addDays(duty.due, BEGINS[duty.kind][stage])

/** The stage a duty stands in on a day; null while it is too early, or once it is met. */
export function stageOn(duty: Duty, today: string): Stage | null {
  if (duty.metBy !== null) return null
  const begins = BEGINS[duty.kind]
  // The bounds are compared as text first: for most duties of a year nothing need be worked out.
  if (today < duty.from && today < addDays(duty.due, begins.early)) return null
  let stage: Stage | null = null
  for (const one of STAGES) if (today >= addDays(duty.due, begins[one])) stage = one
  return stage
}

/** A duty to be brought to mind now. */
export interface Reminder {
  duty: Duty
  stage: Stage
}

export interface Remembered {
  /** Day the pairing was entered: what was due before is not brought up. */
  knownFrom: string
  /** Stages said already of a period. */
  said(period: string): readonly Stage[]
}

/**
 * What is to be said of a pairing on a day: of each unmet duty the stage it stands in, unless that or a later one was said.
 * Asked "what is due now", never "since the last run": a machine that slept, or a clock that jumped back, says nothing twice.
 */
export function remindersOn(
  all: readonly Duty[],
  today: string,
  { knownFrom, said }: Remembered,
): Reminder[] {
  const oldest = addDays(today, -HISTORY_DAYS)
  const due: Reminder[] = []
  for (const duty of all) {
    const stage = duty.due < oldest ? null : stageOn(duty, today)
    if (!stage || duty.due < knownFrom) continue
    const before = said(duty.period)
    if (before.some(one => STAGES.indexOf(one) >= STAGES.indexOf(stage))) continue
    due.push({ duty, stage })
  }
  return due
}

/** Whether volunteers and coordinators may be spoken to now: never between 21:00 and 08:00. */
export const mayRemind = (nowISO: string, zone: string): boolean => quietUntil(nowISO, zone) === null
