import { Temporal } from 'temporal-polyfill'

/** Reminders of a meeting: three days, one day and two hours before. Stage 0 is none yet. */
const BEFORE = [
  { stage: 1, hours: 72 },
  { stage: 2, hours: 24 },
  { stage: 3, hours: 2 },
] as const
export type ReminderStage = 1 | 2 | 3

/** Nobody is reminded at night: from 21:00 to 08:00 of the zone. */
const DAY_FROM = 8
const DAY_TO = 21

const isDaylight = (instant: string, zone: string): boolean => {
  const { hour } = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  return hour >= DAY_FROM && hour < DAY_TO
}

/** When a reminder may be said: its moment, or the next morning where that falls into the night. ISO. */
export function reminderAt(startsAt: string, stage: ReminderStage, zone: string): string {
  const { hours } = BEFORE[stage - 1]!
  const at = Temporal.Instant.from(startsAt).subtract({ hours })
  const local = at.toZonedDateTimeISO(zone)
  if (isDaylight(at.toString(), zone)) return at.toString({ fractionalSecondDigits: 3 })
  const day = local.hour >= DAY_TO ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  return day
    .toZonedDateTime({ timeZone: zone, plainTime: '08:00' })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
}

/** The latest reminder whose time has come by an instant; 0 when none has. */
export const stageBy = (startsAt: string, now: string, zone: string): 0 | ReminderStage =>
  BEFORE.map(({ stage }) => stage)
    .filter(stage => reminderAt(startsAt, stage, zone) <= now)
    .at(-1) ?? 0

/**
 * Which reminder is to be said now: the latest whose time has come, when it was not said yet; null at night, once the meeting has begun,
 * and when nothing is new. One that was missed is passed over for the next: after a day of downtime nobody is reminded twice, and a clock
 * moved back says nothing again. A booking begins with the stage of its own moment (`stageBy`): it said itself what those would.
 */
export function reminderDue(
  meeting: { startsAt: string; reminded: number },
  now: string,
  zone: string,
): ReminderStage | null {
  if (now >= meeting.startsAt || !isDaylight(now, zone)) return null
  const stage = stageBy(meeting.startsAt, now, zone)
  return stage > meeting.reminded ? (stage as ReminderStage) : null
}
