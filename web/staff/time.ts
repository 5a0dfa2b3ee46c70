/** Time in words and shape for people who work by deadlines. Pure: the moment comes in, nothing reads a clock. */

const ZONE = 'Asia/Shanghai'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `late` is past, `near` due today or within four hours, `quiet` later. Each has its own drawing, colour comes last. */
export type Shape = 'late' | 'near' | 'quiet' | 'done'

/** Time to or since a deadline: a key of `left.*` in the words and its figures. */
export interface Left {
  shape: Shape
  key: 'lateMinutes' | 'lateHours' | 'lateDays' | 'minutes' | 'hours' | 'tomorrow' | 'days'
  n: number
  m: number
  clock: string
}

const NEAR = 4 * HOUR

/** How long is left until `due`, both ISO instants. Days are calendar days: the front knows no holidays. */
export function timeLeft(due: string, now: string): Left {
  const gap = Date.parse(due) - Date.parse(now)
  const clock = clockOf(due)
  if (gap < 0) return { ...lateness(-gap), shape: 'late', clock }
  const days = daysBetween(dateOf(now), dateOf(due))
  const shape: Shape = days === 0 || gap <= NEAR ? 'near' : 'quiet'
  if (gap < HOUR) return { shape, key: 'minutes', n: Math.max(1, Math.floor(gap / MINUTE)), m: 0, clock }
  if (days === 0 || gap <= NEAR)
    return { shape, key: 'hours', n: Math.floor(gap / HOUR), m: Math.floor((gap % HOUR) / MINUTE), clock }
  return { shape, key: days === 1 ? 'tomorrow' : 'days', n: days, m: 0, clock }
}

function lateness(gap: number): Pick<Left, 'key' | 'n' | 'm'> {
  if (gap < HOUR) return { key: 'lateMinutes', n: Math.max(1, Math.floor(gap / MINUTE)), m: 0 }
  if (gap < DAY) return { key: 'lateHours', n: Math.floor(gap / HOUR), m: 0 }
  return { key: 'lateDays', n: Math.floor(gap / DAY), m: 0 }
}

const parts = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, hourCycle: 'h23', ...options })

const DATE = parts({ year: 'numeric', month: '2-digit', day: '2-digit' })
const CLOCK = parts({ hour: '2-digit', minute: '2-digit' })

/** The local calendar date of an instant, `YYYY-MM-DD`. */
export const dateOf = (at: string): string => DATE.format(new Date(at))

/** The local clock time of an instant, `HH:MM`. */
export const clockOf = (at: string): string => CLOCK.format(new Date(at))

/** Whole days from one calendar date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** An instant as a clerk reads it: today and yesterday by name, the year only when it is another one. */
export function moment(at: string, now: string, language: string): string {
  const days = daysBetween(dateOf(at), dateOf(now))
  const chinese = language.startsWith('zh')
  if (days === 0) return `${chinese ? '今天' : 'today'} ${clockOf(at)}`
  if (days === 1) return `${chinese ? '昨天' : 'yesterday'} ${clockOf(at)}`
  return `${day(at, now, language)} ${clockOf(at)}`
}

/** How long ago an instant was: a key of `ago.*` and its figure. */
export function ago(at: string, now: string): { key: 'seconds' | 'minutes' | 'hours'; n: number } {
  const gap = Math.max(0, Date.parse(now) - Date.parse(at))
  if (gap < MINUTE) return { key: 'seconds', n: Math.max(1, Math.floor(gap / 1000)) }
  if (gap < HOUR) return { key: 'minutes', n: Math.floor(gap / MINUTE) }
  return { key: 'hours', n: Math.floor(gap / HOUR) }
}

/** The date of an instant: `11月3日`, `3 Nov`; with the year when it is not this one. */
export function day(at: string, now: string, language: string): string {
  const [year, month, date] = dateOf(at).split('-').map(Number)
  const other = dateOf(now).slice(0, 4) !== String(year)
  if (language.startsWith('zh')) return `${other ? `${year}年` : ''}${month}月${date}日`
  const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: ZONE }).format(new Date(at))
  return `${date} ${name}${other ? ` ${year}` : ''}`
}
