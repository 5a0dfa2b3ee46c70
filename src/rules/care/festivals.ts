import { LunarDay } from 'tyme4ts'

/**
 * The three festivals a child is visited at (the league's fourth duty), by lunar month and day. The dates come from a lunar library: the
 * Chinese calendar of Intl is a day off in 2027 and 2030.
 */
export const FESTIVALS = [
  { key: 'springFestival', month: 1, day: 1 },
  { key: 'dragonBoat', month: 5, day: 5 },
  { key: 'midAutumn', month: 8, day: 15 },
] as const

export type Festival = (typeof FESTIVALS)[number]['key']

/** The day a festival falls on in a year of the common calendar, `YYYY-MM-DD`. */
export function festivalOn(festival: Festival, year: number): string {
  const name = `${year}-${festival}`
  const known = days.get(name)
  if (known !== undefined) return known
  const { month, day } = FESTIVALS.find(({ key }) => key === festival)!
  const solar = LunarDay.fromYmd(year, month, day).getSolarDay()
  const two = (n: number) => String(n).padStart(2, '0')
  const found = `${solar.getYear()}-${two(solar.getMonth())}-${two(solar.getDay())}`
  days.set(name, found)
  return found
}

/** A festival never moves: what the library worked out once is kept. */
const days = new Map<string, string>()
