import { Temporal } from 'temporal-polyfill'

/** A stretch of office hours, `HH:MM` local time. */
export interface Frame {
  from: string
  to: string
}

/** The working calendar of a place, as data (`config/<district>/calendar.json`). Dates are `YYYY-MM-DD`. */
export interface Calendar {
  zone: string
  /** Office hours of a working day, in order. */
  frames: readonly Frame[]
  /** Other hours between two days of every year (`MM-DD`, both counted), such as summer hours. */
  periods?: readonly { from: string; to: string; frames: readonly Frame[] }[]
  /** Published days off that fall on Monday–Friday or on a weekend. */
  off: readonly string[]
  /** Published make-up working days 调休. */
  on: readonly string[]
  /** Years whose holiday notice has been published; any other year gives a provisional answer. */
  years: readonly number[]
  /** Days off that the law fixes in years still without a notice (全国年节及纪念日放假办法). */
  expected?: readonly string[]
}

/** A moment something falls due; provisional when it crosses a year without a published holiday table. */
export interface Due {
  due: string
  provisional: boolean
}

/**
 * `n` working days from an instant: the starting day is not counted, and it falls due at the end of office hours of the
 * last day (民法典 200–203).
 */
export function addWorkingDays(cal: Calendar, fromISO: string, n: number): Due {
  const from = dayOf(cal, fromISO)
  // It hangs on the day alone, and a district asks it for every case of that day.
  return { ...remembered(dues, cal, `${from} ${n}`, () => countWorkingDays(cal, from, n)) }
}

const dues = new WeakMap<Calendar, Map<string, Due>>()

function countWorkingDays(cal: Calendar, from: Temporal.PlainDate, n: number): Due {
  let day = from
  let left = n
  let provisional = false
  while (left > 0 || !isWorking(cal, day)) {
    day = day.add({ days: 1 })
    provisional ||= !cal.years.includes(day.year)
    if (isWorking(cal, day)) left--
  }
  return { due: closing(cal, day), provisional }
}

/** `n` calendar days from an instant; a last day that is a rest day moves to the next working day (民法典 203). */
export function addCalendarDays(cal: Calendar, fromISO: string, n: number): Due {
  let day = dayOf(cal, fromISO).add({ days: n })
  let provisional = !cal.years.includes(day.year)
  while (!isWorking(cal, day)) {
    day = day.add({ days: 1 })
    provisional ||= !cal.years.includes(day.year)
  }
  return { due: closing(cal, day), provisional }
}

/** Plain hours by day and night: danger keeps no office hours. Hours run from the given moment (民法典 201). */
export function addHours(fromISO: string, hours: number): string {
  return iso(Temporal.Instant.from(fromISO).add({ minutes: Math.round(hours * 60) }))
}

/** `hours` of office time from an instant; outside office hours the count begins with the next opening. */
export function addWorkingHours(cal: Calendar, fromISO: string, hours: number): Due {
  let left = Math.round(hours * 3_600_000)
  let day = dayOf(cal, fromISO)
  let at = millis(fromISO)
  let provisional = false
  for (;;) {
    for (const [open, close] of stretches(cal, day)) {
      const start = Math.max(open, at)
      if (start >= close) continue
      if (left <= close - start) return { due: isoOf(start + left), provisional }
      left -= close - start
    }
    day = day.add({ days: 1 })
    at = Math.max(at, midnight(cal, day))
    provisional ||= !cal.years.includes(day.year)
  }
}

/** How long until something is due, in office time; both zero or more, `late` says which side of it we are. */
export interface TimeLeft {
  late: boolean
  /** Office minutes between now and the due moment. */
  minutes: number
  /** Working days after the earlier of the two, up to and with the later: "3 working days left"; 0 is today. */
  days: number
}

/** Office time between now and a due moment; see `TimeLeft`. */
export function workingTimeLeft(cal: Calendar, nowISO: string, dueISO: string): TimeLeft {
  const late = millis(nowISO) > millis(dueISO)
  const [a, b] = late ? [dueISO, nowISO] : [nowISO, dueISO]
  const { milliseconds, days } = between(cal, a, b)
  return { late, minutes: Math.floor(milliseconds / 60_000), days }
}

/** Office time between two instants in hours; 0 when the second is not later. */
export const officeHours = (cal: Calendar, fromISO: string, toISO: string): number =>
  toISO > fromISO ? between(cal, fromISO, toISO).milliseconds / 3_600_000 : 0

/** The same moment on a working day, else the end of office hours of the next one (民法典 203). */
export function onWorkingDay(cal: Calendar, atISO: string): Due {
  const day = dayOf(cal, atISO)
  return isWorking(cal, day)
    ? { due: atISO, provisional: !cal.years.includes(day.year) }
    : addCalendarDays(cal, atISO, 0)
}

function between(cal: Calendar, a: string, b: string): { milliseconds: number; days: number } {
  const from = millis(a)
  const to = millis(b)
  const last = dayOf(cal, b)
  let milliseconds = 0
  let days = 0
  for (let day = dayOf(cal, a); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const open = stretches(cal, day)
    if (open.length > 0 && midnight(cal, day) > from) days++
    for (const [opens, closes] of open)
      milliseconds += Math.max(0, Math.min(closes, to) - Math.max(opens, from))
  }
  return { milliseconds, days }
}

/** Whether offices work on a day, and whether that is only presumed because the year has no published table. */
export function isWorkingDay(cal: Calendar, date: string): { working: boolean; provisional: boolean } {
  const day = Temporal.PlainDate.from(date)
  return { working: isWorking(cal, day), provisional: !cal.years.includes(day.year) }
}

/** Whether an instant falls in office hours. */
export function isOfficeTime(cal: Calendar, atISO: string): boolean {
  const at = millis(atISO)
  return stretches(cal, dayOf(cal, atISO)).some(([open, close]) => at >= open && at < close)
}

function isWorking(cal: Calendar, day: Temporal.PlainDate): boolean {
  const date = day.toString()
  if (cal.on.includes(date)) return true
  if (cal.off.includes(date)) return false
  if (!cal.years.includes(day.year) && cal.expected?.includes(date)) return false
  return day.dayOfWeek <= 5
}

/** Office hours of a day as pairs of epoch milliseconds; none on a rest day. */
function stretches(cal: Calendar, day: Temporal.PlainDate): readonly [number, number][] {
  return remembered(hours, cal, day.toString(), () =>
    isWorking(cal, day)
      ? framesOf(cal, day).map(({ from, to }) => [clock(cal, day, from), clock(cal, day, to)])
      : [],
  )
}

const hours = new WeakMap<Calendar, Map<string, [number, number][]>>()

const MOST_REMEMBERED = 4_000

/** The same calendar and the same day always give the same: what was worked out once is kept a while. */
function remembered<T>(
  known: WeakMap<Calendar, Map<string, T>>,
  cal: Calendar,
  id: string,
  work: () => T,
): T {
  let of = known.get(cal)
  if (!of || of.size > MOST_REMEMBERED) {
    of = new Map()
    known.set(cal, of)
  }
  const found = of.get(id)
  if (found !== undefined) return found
  const made = work()
  of.set(id, made)
  return made
}

function framesOf(cal: Calendar, day: Temporal.PlainDate): readonly Frame[] {
  const monthDay = day.toString().slice(5)
  const inside = ({ from, to }: { from: string; to: string }) =>
    from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to
  return cal.periods?.find(inside)?.frames ?? cal.frames
}

const closing = (cal: Calendar, day: Temporal.PlainDate) =>
  isoOf(clock(cal, day, framesOf(cal, day).at(-1)?.to ?? '17:30'))

const clock = (cal: Calendar, day: Temporal.PlainDate, time: string) =>
  day.toZonedDateTime({ timeZone: cal.zone, plainTime: time }).epochMilliseconds

const midnight = (cal: Calendar, day: Temporal.PlainDate) => clock(cal, day, '00:00')

/** A minute lies within one day in every zone there is. */
const dayOf = (cal: Calendar, atISO: string) =>
  remembered(days, cal, atISO.slice(0, 16), () =>
    Temporal.Instant.from(atISO).toZonedDateTimeISO(cal.zone).toPlainDate(),
  )

const days = new WeakMap<Calendar, Map<string, Temporal.PlainDate>>()

const millis = (atISO: string) => Date.parse(atISO)
const isoOf = (at: number) => new Date(at).toISOString()
const iso = (at: Temporal.Instant) => at.toString({ fractionalSecondDigits: 3 })
