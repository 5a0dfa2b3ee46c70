/**
 * Values of a template or subscription message (模板消息、订阅通知): each kind of field has its own alphabet and length; what does not fit is cut, what
 * does not belong is left out. A refused field (47003) would cost the whole message.
 */

/** No line ends, no control signs, no emoji: their length is counted differently from phone to phone. */
const plain = (value: string) =>
  value
    .normalize('NFC')
    .replace(/\p{Extended_Pictographic}/gu, letter => (/[0-9#*©®™]/.test(letter) ? letter : ''))
    .replace(/\ufe0f|\u20e3|[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/gu, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()

/** The first letters, `…` where something was left out. */
function cut(value: string, most: number): string {
  const letters = [...value]
  return letters.length <= most ? value : `${letters.slice(0, most - 1).join('')}…`
}

const first = (value: string, most: number) => [...value].slice(0, most).join('')
const only = (value: string, wanted: RegExp) => (value.match(wanted) ?? []).join('')

/** `name`: 10 Chinese characters or 20 letters; mixed counts as Chinese. */
const nameOf = (value: string) => first(value, /\p{Script=Han}/u.test(value) ? 10 : 20)

const CLEAN: Readonly<Record<string, (value: string) => string>> = {
  thing: value => cut(value, 20),
  const: value => first(value, 20),
  short_thing: value => cut(value, 5),
  number: value => first(only(value, /-?\d+(?:\.\d+)?/), 32),
  letter: value => first(only(value, /[A-Za-z]/g), 32),
  symbol: value => first(only(value, /[!-/:-@[-`{-~]/g), 5),
  character_string: value => first(only(value, /[!-~]/g), 32),
  amount: value => first(only(value, /[¥$€]?\d{1,10}(?:\.\d{1,2})?元?/), 13),
  phone_number: value => first(only(value, /[\d+\-() ]/g).trim(), 17),
  car_number: value => first(value.replace(/\s/g, ''), 8),
  name: nameOf,
  phrase: value => first(only(value, /\p{Script=Han}/gu), 5),
}

const TWO = (value: number) => String(value).padStart(2, '0')

/** An instant as `2026年11月6日 17:30` in the district's zone; words that are no instant stay as they are. */
function timeOf(value: string, zone: string, withHour: boolean): string {
  if (!/^\d{4}-\d\d-\d\d/.test(value)) return value
  const at = Date.parse(value.length === 10 ? `${value}T04:00:00Z` : value)
  if (Number.isNaN(at)) return value
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  })
  const part = Object.fromEntries(format.formatToParts(at).map(one => [one.type, Number(one.value)]))
  const day = `${part.year}年${part.month}月${part.day}日`
  return withHour && value.length > 10 ? `${day} ${TWO(part.hour ?? 0)}:${TWO(part.minute ?? 0)}` : day
}

/** Kinds an empty value would be refused for; a dash says the same. */
const EMPTY: Readonly<Record<string, string>> = { phrase: '无', name: '无', number: '0' }

/** One value for a field such as `thing3`; the kind is the name without its number. Never throws, never empty. */
export function fieldValue(field: string, value: string | number | null | undefined, zone: string): string {
  const kind = field.replace(/\d+$/, '')
  const words = plain(String(value ?? ''))
  if (kind === 'time' || kind === 'date') return timeOf(words, zone, kind === 'time') || '—'
  const cleaned = (CLEAN[kind] ?? CLEAN.thing!)(words)
  return cleaned || EMPTY[kind] || '-'
}
