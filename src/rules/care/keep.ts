import { addDays } from './dates.ts'

/** Days before a record has outlived its purpose in which the coordinator is asked what shall become of it. */
const ASK_DAYS = 30

export interface Kept {
  endedOn: string
  /** Null where it is not known, or age does not count. */
  birthDate: string | null
  /** The day a coordinator named, with a reason. */
  keptOn: string | null
}

/**
 * The day until which the record of a child is kept: `years` after the care ended, not before the end of the year in which the child
 * reaches `age` (the end of the year, so that the day tells no birthday), or as long as a coordinator said.
 */
export function keptUntil({ endedOn, birthDate, keptOn }: Kept, years: number, age: number): string {
  const year = Number(endedOn.slice(0, 4)) + years
  // 29 February has no like in most years: the day before it then.
  const day = endedOn.slice(4) === '-02-29' ? '-02-28' : endedOn.slice(4)
  const grown = birthDate && age > 0 ? `${Number(birthDate.slice(0, 4)) + age}-12-31` : ''
  return [`${year}${day}`, grown, keptOn ?? ''].sort().at(-1)!
}

/** Is somebody asked today whether the record may be deleted? It is never deleted without a person's word. */
export const asksToday = (until: string, today: string): boolean => addDays(until, -ASK_DAYS) <= today
