import { Temporal } from 'temporal-polyfill'

/** Who is on duty for a unit, on which days and between which hours; people by log-in. */
export interface Shift {
  unit: string
  /** ISO weekdays 1 (Monday) – 7; every day when left out. */
  weekdays?: readonly number[]
  /** `HH:MM` local; a shift whose `to` is not after its `from` runs over midnight. */
  from: string
  to: string
  person: string
  deputy: string
  leader: string
}

export interface OnDuty {
  person: string
  deputy: string
  leader: string
}

/** Minutes each person has before the next is called. */
const STEP_MINUTES = 5

/** The shift that covers a moment for a unit, or for the first unit above it that has one. `path` is the unit's path. */
export function onDuty(roster: readonly Shift[], path: string, nowISO: string, zone: string): OnDuty | null {
  const now = Temporal.Instant.from(nowISO).toZonedDateTimeISO(zone)
  for (const unit of path.split('/').reverse()) {
    const shift = roster.find(shift => shift.unit === unit && covers(shift, now))
    if (shift) return { person: shift.person, deputy: shift.deputy, leader: shift.leader }
  }
  return null
}

/** Whom to call about a danger raised at a moment, each at an ISO instant, until somebody acknowledges. */
export function callOrder(
  duty: OnDuty,
  raisedAtISO: string,
): { who: 'duty' | 'deputy' | 'leader'; person: string; at: string }[] {
  const raised = Temporal.Instant.from(raisedAtISO)
  const at = (step: number) =>
    raised.add({ minutes: step * STEP_MINUTES }).toString({ fractionalSecondDigits: 3 })
  return [
    { who: 'duty', person: duty.person, at: at(0) },
    { who: 'deputy', person: duty.deputy, at: at(1) },
    { who: 'leader', person: duty.leader, at: at(2) },
  ]
}

/** Who answers for an alert now, were it still not acknowledged. */
export function dutyHolder(duty: OnDuty, raisedAtISO: string, nowISO: string): 'duty' | 'deputy' | 'leader' {
  const called = callOrder(duty, raisedAtISO).filter(call => call.at <= nowISO)
  return called.at(-1)?.who ?? 'duty'
}

function covers(shift: Shift, now: Temporal.ZonedDateTime): boolean {
  const time = now.toPlainTime().toString().slice(0, 5)
  const onDay = (weekday: number) => shift.weekdays?.includes(weekday) ?? true
  const yesterday = now.subtract({ days: 1 }).dayOfWeek
  if (shift.from < shift.to) return onDay(now.dayOfWeek) && time >= shift.from && time < shift.to
  return (onDay(now.dayOfWeek) && time >= shift.from) || (onDay(yesterday) && time < shift.to)
}
