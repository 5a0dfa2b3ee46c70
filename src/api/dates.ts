import { Temporal } from 'temporal-polyfill'
import type { Language } from '../rules/people/language.ts'

const ZONE = 'Asia/Shanghai'

/** The day of an instant as people say it: `11月6日 星期五`, `Friday 6 November`. */
export function dayWords(at: string, language: Language): string {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(ZONE).toPlainDate()
  if (language === 'zh-CN') return `${day.month}月${day.day}日 星期${'一二三四五六日'[day.dayOfWeek - 1]}`
  return day.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
}

/** First and last instant of the local day an instant lies in, and of the day `days` later. */
export function dayBounds(at: string, days = 0): { from: string; to: string } {
  const start = Temporal.Instant.from(at).toZonedDateTimeISO(ZONE).startOfDay()
  const iso = (moment: Temporal.ZonedDateTime) => moment.toInstant().toString({ fractionalSecondDigits: 3 })
  return { from: iso(start), to: iso(start.add({ days: days + 1 })) }
}
