import { addDays, daysBetween, endOfMonth, two } from './dates.ts'
import { FESTIVALS, festivalOn } from './festivals.ts'

/** The four duties of a pairing: a contact with the child, with parent or guardian, a festival visit, a report to the parent away. */
export const DUTY_KINDS = ['month', 'guardian', 'festival', 'term'] as const
export type DutyKind = (typeof DUTY_KINDS)[number]

/** A school term. `from` and `to` are `MM-DD` of every year, or dates where the year's calendar is published. */
export interface Term {
  key: 'springTerm' | 'autumnTerm'
  from: string
  to: string
}

/** What a district sets for the care of children. */
export interface CareRules {
  /** Terms of a year without a published calendar, as `MM-DD`; a `to` before its `from` lies in the next year. */
  terms: readonly Term[]
  /** Published terms by the year they begin in, as dates. */
  published: Readonly<Record<string, readonly Term[]>>
  /** Days before and after a festival in which its visit counts. */
  festivalBefore: number
  festivalAfter: number
  /** Days before a term's end by which the parent away has heard. */
  termReportBefore: number
}

/** What everybody paired the whole time owes in a period. */
export interface Owed {
  kind: DutyKind
  /** `2026-03`, `2026Q1-1`, `2026-dragonBoat`, `2026-springTerm`: unique among all duties of a pairing. */
  period: string
  /** A record counts from this day … */
  from: string
  /** … is owed by this day … */
  due: string
  /** … and counts until this one. */
  until: string
  /** The days the duty stands for: who is paired for at least half of them owes it. */
  span: readonly [string, string]
}

/** Everything that falls due from one day to another, by due day. 25 in a whole year: 12 + 8 + 3 + 2. */
export function owedBetween(rules: CareRules, from: string, to: string): Owed[] {
  const years: number[] = []
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) years.push(year)
  return [
    ...years.flatMap(months),
    ...years.flatMap(quarters),
    ...years.flatMap(year => festivals(rules, year)),
    ...[years[0]! - 1, ...years].flatMap(year => terms(rules, year)),
  ]
    .filter(owed => owed.due >= from && owed.due <= to)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

const months = (year: number): Owed[] =>
  Array.from({ length: 12 }, (_, at) => {
    const [from, to] = [`${year}-${two(at + 1)}-01`, endOfMonth(year, at + 1)]
    return { kind: 'month', period: from.slice(0, 7), from, due: to, until: to, span: [from, to] }
  })

/** Both contacts count on any day of the quarter; a share of it is judged by its halves. */
const quarters = (year: number): Owed[] =>
  [0, 1, 2, 3].flatMap(quarter => {
    const [from, to] = [`${year}-${two(quarter * 3 + 1)}-01`, endOfMonth(year, quarter * 3 + 3)]
    const half = addDays(from, Math.floor(daysBetween(from, to) / 2))
    const base = { kind: 'guardian' as const, from, due: to, until: to }
    const period = `${year}Q${quarter + 1}`
    return [
      { ...base, period: `${period}-1`, span: [from, half] as const },
      { ...base, period: `${period}-2`, span: [addDays(half, 1), to] as const },
    ]
  })

const festivals = (rules: CareRules, year: number): Owed[] =>
  FESTIVALS.map(({ key }) => {
    const due = festivalOn(key, year)
    const from = addDays(due, -rules.festivalBefore)
    const until = addDays(due, rules.festivalAfter)
    return { kind: 'festival', period: `${year}-${key}`, from, due, until, span: [from, due] }
  })

const terms = (rules: CareRules, year: number): Owed[] =>
  termsOf(rules, year).map(({ key, from, to }) => {
    const due = addDays(to, -rules.termReportBefore)
    return { kind: 'term', period: `${year}-${key}`, from, due, until: to, span: [from, due] }
  })

/** The terms that begin in a year, as dates. */
export function termsOf(rules: CareRules, year: number): readonly Term[] {
  const published = rules.published[String(year)]
  if (published) return published
  return rules.terms.map(({ key, from, to }) => ({
    key,
    from: `${year}-${from}`,
    to: `${to < from ? year + 1 : year}-${to}`,
  }))
}
