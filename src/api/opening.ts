import { fromNow, type OpenFrame, type OpeningTimes, openingAt } from '../rules/calendar/opening.ts'
import type { Language } from '../rules/people/language.ts'
import { moment } from '../words.ts'
import { type ApiParts, say } from './parts.ts'

/** Opening times in words. */

/** Whether a line is answered now; when it is closed and the next opening is known, from when, in words. */
export function openWords(
  parts: ApiParts,
  times: OpeningTimes | undefined,
  language: Language,
): { open: 'now' | 'closed' | null; opens?: string } {
  const { district, now } = parts.house
  const at = now()
  const opening = times === undefined ? null : openingAt(district.calendar, times, at)
  if (!opening) return { open: null }
  if (opening.open) return { open: 'now' }
  if (!opening.opens) return { open: 'closed' }
  return { open: 'closed', opens: opensWords(parts, at, opening.opens, language) }
}

/** `14:30 有人接`, `明天 8:30 有人接`, `星期一 8:30 有人接`; a day more than six away also says its date. */
function opensWords(parts: ApiParts, now: string, opens: string, language: Language): string {
  const { zone } = parts.house.district
  const { days, weekday, time: clock } = fromNow(zone, now, opens)
  const time = clockWords(clock)
  if (days === 0) return say(parts, language, 'opens.today', { time })
  if (days === 1) return say(parts, language, 'opens.tomorrow', { time })
  const day = days < 7 ? weekdayWords(weekday, language, 'long') : moment(language, opens, zone, false)
  return say(parts, language, 'opens.later', { day, time })
}

/** `周一至周五 8:30–12:00，14:30–17:30；周六 9:00–12:00`. */
export function hoursWords(
  parts: ApiParts,
  frames: readonly Omit<OpenFrame, 'holidays'>[],
  language: Language,
): string {
  const byDays = new Map<string, string[]>()
  for (const { weekdays, from, to } of frames) {
    const days = daysWords(parts, weekdays, language)
    byDays.set(days, [...(byDays.get(days) ?? []), `${clockWords(from)}–${clockWords(to)}`])
  }
  return [...byDays]
    .map(([days, hours]) => `${days} ${hours.join(say(parts, language, 'hours.and'))}`)
    .join(say(parts, language, 'hours.then'))
}

/** Days in a row are a span, others stand one by one. */
function daysWords(parts: ApiParts, weekdays: readonly number[], language: Language): string {
  const days = [...weekdays].sort()
  const named = days.map(day => weekdayWords(day, language, 'short'))
  const inARow = days.length > 2 && days.every((day, i) => i === 0 || day === days[i - 1]! + 1)
  return inARow
    ? say(parts, language, 'hours.days', { from: named[0], to: named.at(-1) })
    : named.join(say(parts, language, 'hours.and'))
}

/** 2026-11-02 was a Monday. */
const weekdayWords = (weekday: number, language: Language, length: 'long' | 'short'): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', weekday: length }).format(
    Date.UTC(2026, 10, 1 + weekday),
  )

const clockWords = (time: string): string => time.replace(/^0(?=\d:)/, '')
