import type { Language } from './shapes.ts'

/** Dates as people say them, always on the district's clock whatever the phone is set to. */

export const ZONE = 'Asia/Shanghai'
const DAY = 86_400_000

/** Day, weekday and time of an instant, in words. */
export const parts = (at: Date, language: Language) => {
  const zh = language === 'zh-CN'
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(zh ? language : 'en-GB', { timeZone: ZONE, ...options }).format(at)
  return {
    day: format(zh ? { month: 'long', day: 'numeric' } : { month: 'short', day: 'numeric' }),
    weekday: format({ weekday: zh ? 'long' : 'short' }),
    time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }
}

/** Calendar day of an instant in the district, as a count of days: for "today" and "the same day". */
const dayNumber = (at: Date): number => {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE })
    .format(at)
    .split('-')
    .map(Number)
  return Math.round(Date.UTC(year, month - 1, day) / DAY)
}

const today = { 'zh-CN': '今天', en: 'today' }
const yesterday = { 'zh-CN': '昨天', en: 'yesterday' }
const tomorrow = { 'zh-CN': '明天', en: 'tomorrow' }

/** `11月3日 14:08`, or `今天 14:08`. */
export function moment(iso: string, now: number, language: Language): string {
  const at = new Date(iso)
  const { day, time } = parts(at, language)
  const away = dayNumber(at) - dayNumber(new Date(now))
  if (away === 0) return `${today[language]} ${time}`
  return away === -1 ? `${yesterday[language]} ${time}` : `${day} ${time}`
}

/** `11月6日 星期五`; a promise of today or tomorrow also says its hour. A bare `YYYY-MM-DD` has none. */
export function promised(due: string, now: number, language: Language): string {
  const bare = due.length === 10
  const at = new Date(bare ? `${due}T12:00:00+08:00` : due)
  const { day, weekday, time } = parts(at, language)
  const away = dayNumber(at) - dayNumber(new Date(now))
  if (away === 0) return bare ? today[language] : `${today[language]} ${time}`
  if (away === 1)
    return bare ? `${tomorrow[language]} ${weekday}` : `${tomorrow[language]} ${weekday} ${time}`
  return language === 'zh-CN' ? `${day} ${weekday}` : `${weekday} ${day}`
}

/** True once the promised moment (or the whole promised day) has gone by. */
export function isPast(due: string, now: number): boolean {
  if (due.length === 10) return dayNumber(new Date(`${due}T12:00:00+08:00`)) < dayNumber(new Date(now))
  return Date.parse(due) < now
}

/** True where a conversation wants a line with the time between two messages: another day, or ten minutes of silence. */
export function isPause(before: string | undefined, at: string): boolean {
  return before === undefined || Math.abs(Date.parse(at) - Date.parse(before)) > 600_000
}

/** The line of a pause: `11月3日 星期二 10:21`, or `今天 14:08`. */
export function pauseWords(iso: string, now: number, language: Language): string {
  const at = new Date(iso)
  const { day, weekday, time } = parts(at, language)
  if (Math.abs(dayNumber(at) - dayNumber(new Date(now))) <= 1) return moment(iso, now, language)
  return language === 'zh-CN' ? `${day} ${weekday} ${time}` : `${weekday} ${day} ${time}`
}
