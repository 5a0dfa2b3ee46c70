import type { Duty } from './duties.ts'

/** How a duty stands on the strip of a year: met, not met, to be done now, not yet, not owed. */
export type Mark = 'd' | 'x' | 'n' | 'f' | '-'

const FESTIVALS = ['springFestival', 'dragonBoat', 'midAutumn'] as const
const TERMS = ['springTerm', 'autumnTerm'] as const

/** Ends of the periods of a year in the order of the strip: 12 months, 8 contacts with the grown-ups, 3 festivals, 2 terms. */
const PERIODS: readonly string[] = [
  ...Array.from({ length: 12 }, (_, at) => `-${String(at + 1).padStart(2, '0')}`),
  ...[1, 2, 3, 4].flatMap(quarter => [1, 2].map(no => `Q${quarter}-${no}`)),
  ...[...FESTIVALS, ...TERMS].map(key => `-${key}`),
]

/** The duties that fall due in one year as 25 letters, always in the same order: what stands on the desk beside a pseudonym. */
export function stripOf(duties: readonly Duty[], today: string): string {
  // Without the year: a term may have begun in the one before.
  const byPeriod = new Map(duties.map(duty => [duty.period.slice(4), duty]))
  return PERIODS.map(period => markOf(byPeriod.get(period), today)).join('')
}

function markOf(duty: Duty | undefined, today: string): Mark {
  if (!duty) return '-'
  if (duty.metBy !== null) return 'd'
  if (today > duty.due) return 'x'
  return today >= duty.from ? 'n' : 'f'
}
