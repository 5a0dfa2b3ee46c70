import { addDays } from './dates.ts'

/** Days before a record has outlived its purpose in which the coordinator is asked what shall become of it. */
const ASK_DAYS = 30

/** The day until which the record of a child is kept: `years` after the care ended, or as long as a coordinator said with a reason. */
export function keptUntil(endedOn: string, years: number, keptOn: string | null): string {
  const year = Number(endedOn.slice(0, 4)) + years
  // 29 February has no like in most years: the day before it then.
  const day = endedOn.slice(4) === '-02-29' ? '-02-28' : endedOn.slice(4)
  const usual = `${year}${day}`
  return keptOn !== null && keptOn > usual ? keptOn : usual
}

/** Is somebody asked today whether the record may be deleted? It is never deleted without a person's word. */
export const asksToday = (until: string, today: string): boolean => addDays(until, -ASK_DAYS) <= today
