import { addDays } from './dates.ts'

/** Days before it lapses in which the coordinator is told that a background check must be renewed. */
const CHECK_WARNING_DAYS = 30

/** The last day a background check holds: the same day `months` later (未成年人保护法 62: every year). */
export function checkedUntil(checkedAt: string | null, months: number): string | null {
  if (!checkedAt) return null
  const [year = 0, month = 1, day = 1] = checkedAt.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

export type Check = 'good' | 'soon' | 'lapsed'

/** How a volunteer's background check stands on a day. Lapsed, or never made: no new pairing. */
export function checkOn(checkedAt: string | null, months: number, today: string): Check {
  const until = checkedUntil(checkedAt, months)
  if (until === null || until < today) return 'lapsed'
  return addDays(today, CHECK_WARNING_DAYS) >= until ? 'soon' : 'good'
}
