import { Temporal } from 'temporal-polyfill'

/** A stretch of time as instants (ISO): from the first, before the second. */
export interface Span {
  from: string
  to: string
}

const instant = (at: Temporal.PlainDate, zone: string): string =>
  at.toZonedDateTime({ timeZone: zone }).toInstant().toString({ fractionalSecondDigits: 3 })

/** A calendar month (`2026-11`) of the district's zone as instants. */
export function monthSpan(month: string, zone: string): Span {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  return { from: instant(first, zone), to: instant(first.add({ months: 1 }), zone) }
}

/** A span in so many equal parts, in order: a long count is done piece by piece. */
export function piecesOf({ from, to }: Span, count: number): Span[] {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const at = (n: number) => new Date(start + Math.round(((end - start) * n) / count)).toISOString()
  return Array.from({ length: count }, (_, n) => ({ from: at(n), to: at(n + 1) }))
}

/** The month so many months before another. */
export const monthBefore = (month: string, earlier = 1): string =>
  Temporal.PlainYearMonth.from(month).subtract({ months: earlier }).toString()

/** The `count` months up to this one, oldest first. */
export const monthsUpTo = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) => monthBefore(month, count - 1 - back))

/** The `count` weeks up to the one a day (`YYYY-MM-DD`) lies in, oldest first; `day` is the Monday each begins with. */
export function weeksUpTo(day: string, count: number, zone: string): (Span & { day: string })[] {
  const on = Temporal.PlainDate.from(day)
  const monday = on.subtract({ days: on.dayOfWeek - 1 })
  return Array.from({ length: count }, (_, back) => {
    const from = monday.subtract({ weeks: count - 1 - back })
    return {
      day: from.toString(),
      from: instant(from, zone),
      to: instant(from.add({ weeks: 1 }), zone),
    }
  })
}

/** The last day of a month, `YYYY-MM-DD`. */
export const lastDay = (month: string): string => {
  const of = Temporal.PlainYearMonth.from(month)
  return of.toPlainDate({ day: of.daysInMonth }).toString()
}
