import { Temporal } from 'temporal-polyfill'
import { addWorkingDays, type Calendar, isWorkingDay } from './working-time.ts'

/** When the day's digest is said at the earliest, local time. */
const SAID_AT = Temporal.PlainTime.from('08:30')

/**
 * The day and the week (its Monday) a digest is due for at an instant, as `YYYY-MM-DD`: on working days from 8:30 until the offices close.
 * Null at any other time: nobody reads it at night, and tomorrow it would be wrong.
 */
export function digestDay(cal: Calendar, nowISO: string): { day: string; week: string } | null {
  const now = Temporal.Instant.from(nowISO).toZonedDateTimeISO(cal.zone)
  const date = now.toPlainDate()
  const day = date.toString()
  if (!isWorkingDay(cal, day).working) return null
  if (Temporal.PlainTime.compare(now.toPlainTime(), SAID_AT) < 0) return null
  if (nowISO >= addWorkingDays(cal, nowISO, 0).due) return null
  return { day, week: date.subtract({ days: date.dayOfWeek - 1 }).toString() }
}
