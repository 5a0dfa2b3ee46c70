import { smallNumber } from '../text.ts'
import { civil, dayNumber, dayOf, exists, isoDay, weekday } from './days.ts'

/** A time said in words, and the first day it can mean (`YYYY-MM-DD`, Shanghai), when one can be told. */
export interface SaidTime {
  words: string
  day?: string
}

const COUNT = '(\\d{1,4}|[一二两三四五六七八九十]{1,3}|半)'
const NEAR: Record<string, number> = {
  大前天: -3,
  前天: -2,
  前日: -2,
  前晚: -2,
  昨天: -1,
  昨日: -1,
  昨儿: -1,
  昨晚: -1,
  昨夜: -1,
  今天: 0,
  今日: 0,
  今儿: 0,
  今早: 0,
  今晚: 0,
  今晨: 0,
  今夜: 0,
  刚才: 0,
  明天: 1,
  明日: 1,
  明儿: 1,
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
const WEEKDAYS = '一二三四五六日'

const PERIOD =
  '(?:早上|早晨|清早|清晨|一早|上午|中午|晌午|下午|傍晚|晚上|夜里|夜间|半夜|后半夜|凌晨|深夜|晚间)'
const CLOCK =
  '(?:(?:\\d{1,2}|十[一二]?|二十[一二三]?|[一二两三四五六七八九])(?:点钟|点|时(?!间|候|常|不时))(?:半|[一三]刻|整|\\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分)?|\\d{1,2}:\\d{2})'
/** A part of the day, a clock time, or both, behind a day. */
const TAIL = `(?:的?${PERIOD}(?:的?${CLOCK})?|${CLOCK})?`

type Resolve = (groups: readonly (string | undefined)[], today: number) => number | undefined

/** One row: how it is said, and the day it means. The first row that fits a place of the text wins. */
const DAYS: readonly (readonly [RegExp, Resolve])[] = [
  [
    /(\d{4})\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})(?:\s?[日号])?/,
    ([y, m, d]) => dated(Number(y), Number(m), Number(d)),
  ],
  [
    /(去年|今年|明年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]/,
    ([y, m, d], today) => nearestPast(y, smallNumber(m ?? ''), smallNumber(d ?? ''), today),
  ],
  [/(?:[正一二三四五六七八九十]|十一|腊)月(?:初|十|廿|二十)[一二三四五六七八九十]/, () => undefined],
  [
    /(?:去年|今年|明年|前年)(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|[春夏秋冬]天|入[春夏秋冬]|年[底初])?/,
    () => undefined,
  ],
  [/(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|初|[上中下]旬)/, () => undefined],
  [
    /(上上|上|这|本|下下|下)个?(?:周|星期|礼拜)([一二三四五六日天末])?/,
    ([w, d], today) => today - weekday(today) + 1 + 7 * WEEK[w!]! + (d ? dayOfWeek(d) : 0),
  ],
  [/每个?(?:周|星期|礼拜)[一二三四五六日天末]/, () => undefined],
  [
    /(?<![两一二三四五六七八九十\d半几个])(?:周|星期|礼拜)([一二三四五六日天末])(?![边围年])/,
    ([d], today) => today - weekday(today) + 1 + dayOfWeek(d ?? '一'),
  ],
  [
    /(上|这|本|下)个?月(?:(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|([初底])|[上中下]旬)?/,
    ([w, d, end], today) =>
      monthAway(today, { 上: -1, 下: 1 }[w ?? ''] ?? 0, end === '底' ? 0 : (smallNumber(d ?? '') ?? 1)),
  ],
  [/(?<!\d|[一二三四五六七八九十个])(?:月[底初]|年[底初])/, () => undefined],
  [
    new RegExp(`${COUNT}个?(天|日|周|星期|礼拜|月|年)(?:以前|之前|前|多前)`),
    ([n, unit], today) => today - span(n, unit),
  ],
  [
    new RegExp(`(?:已经|都|快|坏了|停了)?${COUNT}个?(?:多)?(天|周|星期|礼拜|月|年)(?:多)?(?:了)?`),
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
  [
    /(?:春节|元旦|清明节?|五一|端午节?|中秋节?|国庆节?|元宵节?|除夕|大年三十|过年)(?:之?前|之?后|期间)?/,
    () => undefined,
  ],
  [/(?:每天|每日|天天|每晚|每夜|成天|整天|最近|这几天|前几天|一直)/, () => undefined],
]

const open = (pattern: RegExp): string => pattern.source.replace(/\((?!\?)/g, '(?:')
const ANY = new RegExp(
  `(?:${DAYS.map(([pattern]) => open(pattern)).join('|')})${TAIL}|${PERIOD}(?:的?${CLOCK})?|(?<![一二三四五六七八九十\\d有差早晚快慢])${CLOCK}`,
  'g',
)

/** "A little" is no time of day. */
const NO_TIME = /^一点(?!半|[一三]刻|\d|钟|整)/

/** Every time said in the text, resolved against `now` (ISO instant). */
export function timesIn(plain: string, now: string): SaidTime[] {
  const hits = plain.match(ANY)?.filter(words => !NO_TIME.test(words))
  if (!hits) return []
  const today = dayOf(now)
  return [...new Set(hits)].slice(0, 9).map(words => {
    const day = resolve(words, today)
    return day === undefined || !Number.isFinite(day) ? { words } : { words, day: isoDay(day) }
  })
}

function resolve(words: string, today: number): number | undefined {
  for (const [pattern, toDay] of DAYS) {
    const hit = pattern.exec(words)
    if (hit?.index === 0) return toDay(hit.slice(1), today)
  }
  return undefined
}

const dayOfWeek = (said: string): number => (said === '末' ? 5 : WEEKDAYS.indexOf(said.replace('天', '日')))

const dated = (y: number, m: number, d: number) => (exists(y, m, d) ? dayNumber(y, m, d) : undefined)

/** A month and day without a year lie in the past, as people tell what happened; a week ahead is still this year's. */
function nearestPast(said: string | undefined, month = 0, day = 0, today = 0): number | undefined {
  const year = civil(today).year + (said === '去年' ? -1 : said === '明年' ? 1 : 0)
  const found = dated(year, month, day)
  if (found === undefined || said) return found
  return found > today + 7 ? dated(year - 1, month, day) : found
}

/** A day of a month so many months away; day 0 is the month's last. */
function monthAway(today: number, months: number, day: number): number | undefined {
  const { year, month } = civil(today)
  const index = year * 12 + month - 1 + months + (day === 0 ? 1 : 0)
  const first = dated(Math.floor(index / 12), (index % 12) + 1, Math.max(1, day))
  return first === undefined || day > 0 ? first : first - 1
}

const span = (n: string | undefined, unit: string | undefined): number =>
  Math.round((n === '半' ? 0.5 : (smallNumber(n ?? '') ?? 0)) * UNIT_DAYS[unit ?? '天']!)
