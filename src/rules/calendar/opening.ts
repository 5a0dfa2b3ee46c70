import { Temporal } from 'temporal-polyfill'
import type { Calendar, Frame } from './working-time.ts'

/** Hours on some days of the week (1 Monday – 7 Sunday), local time. A make-up working day counts as a Monday too. */
export interface OpenFrame extends Frame {
  weekdays: readonly number[]
  /** Whether somebody is there on a published day off. */
  holidays: 'open' | 'closed'
}

/** When somebody answers: day and night, or at these hours. */
export type OpeningTimes = 'always' | readonly OpenFrame[]

/** Open, or closed until `opens` (ISO instant; null when no opening is near or its day is not yet known). */
export type Opening = { open: true } | { open: false; opens: string | null }

/** Days looked ahead for the next opening; the longest holiday has nine. */
const AHEAD = 14

/**
 * Whether somebody answers at an instant, else from when. Null where it cannot be said: hours that close on holidays, in a
 * year whose holidays are not yet published.
 */
export function openingAt(cal: Calendar, times: OpeningTimes, atISO: string): Opening | null {
  if (times === 'always') return { open: true }
  const at = Temporal.Instant.from(atISO).epochMilliseconds
  let day = Temporal.Instant.from(atISO).toZonedDateTimeISO(cal.zone).toPlainDate()
  if (!isKnown(cal, times, day)) return null
  const today = stretches(cal, times, day)
  if (today.some(([opens, closes]) => at >= opens && at < closes)) return { open: true }
  for (let ahead = 0; ahead <= AHEAD && isKnown(cal, times, day); ahead++) {
    const next = stretches(cal, times, day).find(([opens]) => opens > at)
    if (next) return { open: false, opens: new Date(next[0]).toISOString() }
    day = day.add({ days: 1 })
  }
  return { open: false, opens: null }
}

/** A later instant as people say it: how many local days away, its date, its weekday (1 Monday – 7 Sunday) and its `HH:MM`. */
export function fromNow(zone: string, nowISO: string, laterISO: string) {
  const at = Temporal.Instant.from(laterISO).toZonedDateTimeISO(zone)
  const today = Temporal.Instant.from(nowISO).toZonedDateTimeISO(zone).toPlainDate()
  return {
    days: today.until(at.toPlainDate()).days,
    date: at.toPlainDate().toString(),
    weekday: at.dayOfWeek,
    time: at.toPlainTime().toString({ smallestUnit: 'minute' }),
  }
}

/** Holidays of a year are only known once they are published. */
const isKnown = (cal: Calendar, times: readonly OpenFrame[], day: Temporal.PlainDate): boolean =>
  cal.years.includes(day.year) || times.every(({ holidays }) => holidays === 'open')

/** The hours of a day as pairs of epoch milliseconds, in order. */
function stretches(
  cal: Calendar,
  times: readonly OpenFrame[],
  day: Temporal.PlainDate,
): readonly [number, number][] {
  const date = day.toString()
  const isOff = cal.off.includes(date)
  const makesUp = cal.on.includes(date)
  return times
    .filter(
      ({ weekdays, holidays }) =>
        (weekdays.includes(day.dayOfWeek) || (makesUp && weekdays.includes(1))) &&
        !(isOff && holidays === 'closed'),
    )
    .map(({ from, to }): [number, number] => [clock(cal, day, from), clock(cal, day, to)])
    .sort(([a], [b]) => a - b)
}

/**
 * The hours of a local day (`YYYY-MM-DD`) as pairs of epoch milliseconds. In a year without a published table the days off the law
 * fixes count as days off already: a promise is better made late than broken.
 */
export function hoursOf(
  cal: Calendar,
  times: readonly OpenFrame[],
  date: string,
): readonly [number, number][] {
  const day = Temporal.PlainDate.from(date)
  const presumed = !cal.years.includes(day.year) && (cal.expected ?? []).includes(date)
  return presumed ? [] : stretches(cal, times, day)
}

/** `24:00` is the next day's beginning. */
const clock = (cal: Calendar, day: Temporal.PlainDate, time: string): number =>
  time === '24:00'
    ? day.add({ days: 1 }).toZonedDateTime({ timeZone: cal.zone }).epochMilliseconds
    : day.toZonedDateTime({ timeZone: cal.zone, plainTime: time }).epochMilliseconds
