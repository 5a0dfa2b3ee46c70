import { smallNumber } from '../text.ts'
import { civil, dayNumber, dayOf, exists, isoDay, weekday } from './days.ts'

/** A time said in words, and the first day it can mean (`YYYY-MM-DD`, Shanghai), when one can be told. */
export interface SaidTime {
  words: string
  day?: string
}

const N = '(\\d{1,4}|[一二两三四五六七八九十]{1,3}|半)'
const NEAR: Record<string, number> = {
  大前天: -3,
  前天: -2,
  前晚: -2,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  昨夜: -1,
  今天: 0,
  今日: 0,
  今早: 0,
  今晚: 0,
  今晨: 0,
  今夜: 0,
  刚才: 0,
  明天: 1,
  明日: 1,
  明早: 1,
  明晚: 1,
  后天: 2,
  大后天: 3,
  yesterday: -1,
  today: 0,
  tonight: 0,
  tomorrow: 1,
}
const WEEK: Record<string, number> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 }
const UNIT_DAYS: Record<string, number> = { 天: 1, 日: 1, 周: 7, 星期: 7, 礼拜: 7, 月: 30, 年: 365 }

type Resolve = (groups: readonly (string | undefined)[], today: number) => number | undefined

/** One row: how it is said, and the day it means. The first row that fits a place of the text wins. */
const ROWS: readonly (readonly [RegExp, Resolve])[] = [
  [
    /(\d{4})\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})\s?[日号]?/,
    ([y, m, d]) => dated(Number(y), Number(m), Number(d)),
  ],
  [
    /(去年|今年|明年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]/,
    ([y, m, d], today) => nearestPast(y, smallNumber(m ?? ''), smallNumber(d ?? ''), today),
  ],
  [
    /(上上|上|这|本|下下|下)个?(?:周|星期|礼拜)([一二三四五六日天])?/,
    ([w, d], today) =>
      today - weekday(today) + 1 + 7 * WEEK[w!]! + (d ? '一二三四五六日'.indexOf(d.replace('天', '日')) : 0),
  ],
  [
    /(上|这|本|下)个?月(?:(\d{1,2})[日号])?/,
    ([w, d], today) => monthAway(today, w === '上' ? -1 : w === '下' ? 1 : 0, Number(d ?? 1)),
  ],
  [
    new RegExp(`${N}个?(天|日|周|星期|礼拜|月|年)(?:以前|之前|前|多前)`),
    ([n, unit], today) => today - span(n, unit),
  ],
  [
    new RegExp(`(?:已经|都|快|坏了|停了|了)?${N}个?(?:多)?(天|周|星期|礼拜|月|年)(?:多)?(?:了)?`),
    ([n, unit], today) => today - span(n, unit),
  ],
  [
    new RegExp(
      `(${Object.keys(NEAR)
        .sort((a, b) => b.length - a.length)
        .join('|')})`,
    ),
    ([word], today) => today + NEAR[word!]!,
  ],
  [/\d{1,2}[:点时](?:\d{1,2}分?|半)?/, () => undefined],
  [/(?:早上|上午|中午|下午|晚上|半夜|凌晨|每天|每晚|天天|夜里|夜间|最近|一直)/, () => undefined],
]

const ANY = new RegExp(ROWS.map(([pattern]) => pattern.source.replace(/\((?!\?)/g, '(?:')).join('|'), 'g')

/** Every time said in the text, resolved against `now` (ISO instant). */
export function timesIn(plain: string, now: string): SaidTime[] {
  const hits = plain.match(ANY)
  if (!hits) return []
  const today = dayOf(now)
  return [...new Set(hits)].slice(0, 9).map(words => {
    const day = resolve(words, today)
    return day === undefined || !Number.isFinite(day) ? { words } : { words, day: isoDay(day) }
  })
}

function resolve(words: string, today: number): number | undefined {
  for (const [pattern, toDay] of ROWS) {
    const hit = pattern.exec(words)
    if (hit) return toDay(hit.slice(1), today)
  }
  return undefined
}

const dated = (y: number, m: number, d: number) => (exists(y, m, d) ? dayNumber(y, m, d) : undefined)

/** A month and day without a year lie in the past, as people tell what happened; a week ahead is still this year's. */
function nearestPast(said: string | undefined, month = 0, day = 0, today = 0): number | undefined {
  const year = civil(today).year + (said === '去年' ? -1 : said === '明年' ? 1 : 0)
  const found = dated(year, month, day)
  if (found === undefined || said) return found
  return found > today + 7 ? dated(year - 1, month, day) : found
}

function monthAway(today: number, months: number, day: number): number | undefined {
  const { year, month } = civil(today)
  const index = year * 12 + month - 1 + months
  return dated(Math.floor(index / 12), (index % 12) + 1, day)
}

const span = (n: string | undefined, unit: string | undefined): number =>
  Math.round((n === '半' ? 0.5 : (smallNumber(n ?? '') ?? 0)) * UNIT_DAYS[unit ?? '天']!)
