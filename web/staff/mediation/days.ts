import type { Slot } from '../../../wire/mediation.ts'
import type { CalendarSession, Opening, PanelCalendar } from '../../../wire/mediation-desk.ts'
import { clockOf, dateOf } from '../time.ts'

/** Days, weeks and months of a calendar, and what is free in them. Dates are `YYYY-MM-DD` of the district. Pure. */

const DAY = 86_400_000
const MINUTE = 60_000

export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)

/** 0 is Monday. */
export const weekdayOf = (date: string): number => (new Date(date).getUTCDay() + 6) % 7

export type View = 'month' | 'week' | 'day'

/** First and last day shown by a view that holds `date`; a month is shown in whole weeks. */
export function spanOf(view: View, date: string): { from: string; to: string } {
  if (view === 'day') return { from: date, to: date }
  if (view === 'week') return weekOf(date)
  const first = `${date.slice(0, 7)}-01`
  return { from: weekOf(first).from, to: weekOf(shifted(nextMonth(first), -1)).to }
}

function weekOf(date: string): { from: string; to: string } {
  const from = shifted(date, -weekdayOf(date))
  return { from, to: shifted(from, 6) }
}

const nextMonth = (first: string): string => `${shifted(first, 32).slice(0, 7)}-01`

/** The date a step of the view away; a month later is its first day. */
export function stepped(view: View, date: string, by: 1 | -1): string {
  if (view === 'day') return shifted(date, by)
  if (view === 'week') return shifted(date, by * 7)
  const first = `${date.slice(0, 7)}-01`
  return by > 0 ? nextMonth(first) : `${shifted(first, -1).slice(0, 7)}-01`
}

/** Sessions of one day, earliest first. */
export const sessionsOn = (sessions: readonly CalendarSession[], date: string): CalendarSession[] =>
  sessions.filter(one => dateOf(one.startsAt) === date).sort((a, b) => a.startsAt.localeCompare(b.startsAt))

/** Free stretches of at least half an hour: open hours less what is taken, nothing before `now`. */
export function freeIn(open: readonly Opening[], taken: readonly Opening[], now: string): Opening[] {
  const start = open.map(({ from, to }) => ({ from: from < now ? halfHourFrom(now) : from, to }))
  return taken
    .reduce((left, busy) => left.flatMap(one => without(one, busy)), start)
    .filter(({ from, to }) => Date.parse(to) - Date.parse(from) >= HALF)
}

const HALF = 30 * MINUTE
const halfHourFrom = (now: string): string => new Date(Math.ceil(Date.parse(now) / HALF) * HALF).toISOString()

function without(one: Opening, busy: Opening): Opening[] {
  if (busy.to <= one.from || busy.from >= one.to) return [one]
  return [
    { from: one.from, to: busy.from },
    { from: busy.to, to: one.to },
  ].filter(({ from, to }) => from < to)
}

export const taking = ({ startsAt, endsAt }: CalendarSession): Opening => ({ from: startsAt, to: endsAt })

/** Minutes since midnight of the district. */
export function minutesOf(at: string): number {
  const [hours = 0, minutes = 0] = clockOf(at).split(':').map(Number)
  return hours * 60 + minutes
}

/** The hours a day view must show: whole hours around the opening and every session. */
export function hoursShown(
  days: PanelCalendar['days'],
  sessions: readonly CalendarSession[],
): [number, number] {
  const spans = [...days.flatMap(day => day.open), ...sessions.map(taking)]
  if (spans.length === 0) return [8, 18]
  const from = Math.min(...spans.map(({ from }) => minutesOf(from)))
  const to = Math.max(...spans.map(({ to }) => minutesOf(to)))
  return [Math.floor(from / 60), Math.ceil(to / 60)]
}

/** Slots by day, those that suit both sides first within it. */
export function slotsByDay(slots: readonly Slot[]): { date: string; slots: Slot[]; both: number }[] {
  const dates = [...new Set(slots.map(slot => dateOf(slot.startsAt)))]
  return dates.map(date => {
    const own = slots.filter(slot => dateOf(slot.startsAt) === date)
    const both = own.filter(slot => slot.suits === 'both')
    return { date, slots: [...both, ...own.filter(slot => slot.suits !== 'both')], both: both.length }
  })
}

/** `11月25日 周三`, `Wed 25 Nov`. */
export function dayName(date: string, language: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  const options = { month: 'short', day: 'numeric', weekday: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language.startsWith('zh') ? 'zh-CN' : 'en-GB', options).format(at)
}
/** `11/28`, for a column too narrow for more. */
export function shortDay(date: string, language: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  const options = { month: 'numeric', day: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language.startsWith('zh') ? 'zh-CN' : 'en-GB', options).format(at)
}
export function monthName(date: string, language: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language.startsWith('zh') ? 'zh-CN' : 'en-GB', options).format(at)
}
/** The date on a paper, with its year. */
export function paperDate(at: string, language: string): string {
  const options = { dateStyle: 'long', timeZone: 'Asia/Shanghai' } as const
  return new Intl.DateTimeFormat(language.startsWith('zh') ? 'zh-CN' : 'en-GB', options).format(new Date(at))
}
export const clocks = (from: string, to: string): string => `${clockOf(from)}–${clockOf(to)}`
