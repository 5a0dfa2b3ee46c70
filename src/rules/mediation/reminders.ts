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

/**
 * Which reminder is to be said now: the latest whose time has come, when it was not said yet; null at night, once the meeting has begun,
 * and when nothing is new. One that was missed is passed over for the next: after a day of downtime nobody is reminded twice.
 * A meeting booked later than a reminder's time does not get that one: the booking itself said it.
 */
export function reminderDue(
  meeting: { startsAt: string; bookedAt: string; reminded: number },
  now: string,
  zone: string,
): ReminderStage | null {
  if (now >= meeting.startsAt || !isDaylight(now, zone)) return null
  const due = BEFORE.map(({ stage }) => stage).filter(stage => {
    const at = reminderAt(meeting.startsAt, stage, zone)
    return at <= now && at > meeting.bookedAt
  })
  const stage = due.at(-1)
  return stage !== undefined && stage > meeting.reminded ? stage : null
}
