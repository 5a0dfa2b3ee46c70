/** Calendar days as `YYYY-MM-DD` text: it sorts as time does, and no clock or zone is needed. */

const DAY = 86_400_000

/** The day `days` after a date (before it when negative). */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)

/** Days from one date to another; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** How many days two spans have in common, both ends included. */
export function daysShared(from: string, to: string, start: string, end: string): number {
  const first = from > start ? from : start
  const last = to < end ? to : end
  return first > last ? 0 : daysBetween(first, last) + 1
}

/** The last day of a month 1–12. */
export const endOfMonth = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/** `7` → `07`. */
export const two = (n: number): string => String(n).padStart(2, '0')
