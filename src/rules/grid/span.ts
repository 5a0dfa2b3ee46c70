import { Temporal } from 'temporal-polyfill'

/** A local calendar day with the first day of its week (Monday) and of its month; all `YYYY-MM-DD`. */
export function daysAround(day: string): { day: string; week: string; month: string } {
  const date = Temporal.PlainDate.from(day)
  return {
    day,
    week: date.subtract({ days: date.dayOfWeek - 1 }).toString(),
    month: date.with({ day: 1 }).toString(),
  }
}
