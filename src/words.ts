import i18next from 'i18next'
import type { Language } from './rules/people/language.ts'

/** Words by key: `namespace:path.to.key`. Several keys are tried in order. Instants and dates among the values are written out. */
export type Words = (
  language: Language,
  key: string | string[],
  values?: Readonly<Record<string, unknown>>,
) => string

/** Words by language and namespace, as the files of `locales/` give them. */
export type WordFiles = Readonly<Record<Language, Readonly<Record<string, object>>>>

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const DATE = /^\d{4}-\d\d-\d\d$/

/** Words of a district's own, by language and key (`en resident.received`); they go before those of `notice.json`. */
export type OwnWords = ReadonlyMap<string, string>

const NONE: OwnWords = new Map()

/** Makes the words of a house from its files; zone is that of the district, `own` its words of notices as they stand. No I/O. */
export function makeWords(files: WordFiles, zone: string, own: () => OwnWords = () => NONE): Words {
  const made = i18next.createInstance()
  void made.init({
    resources: files as Record<string, Record<string, object>>,
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    ns: Object.keys(files['zh-CN']),
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  const fixed = { 'zh-CN': made.getFixedT('zh-CN'), en: made.getFixedT('en') }
  const { interpolator } = made.services
  // Looking a key up costs most of saying it: the sentence is kept, and only its values are put in each time.
  const known = new Map<string, string>()
  let kept = own()
  return (language, key, values) => {
    const now = own()
    if (now !== kept) {
      kept = now
      known.clear()
    }
    const id = `${language} ${key}`
    let sentence = known.get(id)
    if (sentence === undefined) {
      sentence =
        ownOf(now, language, key, one => made.exists(one, { lng: language })) ??
        (fixed[language](key as string, { skipInterpolation: true }) as string)
      known.set(id, sentence)
    }
    if (!values || !sentence.includes('{{')) return sentence
    return interpolator.interpolate(sentence, written(language, values, zone), language, {})
  }
}

/** Own words for the first of the keys that is there at all; undefined where the built-in ones count. */
function ownOf(
  own: OwnWords,
  language: Language,
  key: string | string[],
  isThere: (key: string) => boolean,
): string | undefined {
  if (own.size === 0) return undefined
  const first = Array.isArray(key) ? key.find(isThere) : key
  return first?.startsWith('notice:') ? own.get(`${language} ${first.slice('notice:'.length)}`) : undefined
}

function written(language: Language, values: Readonly<Record<string, unknown>>, zone: string) {
  const out: Record<string, unknown> = {}
  for (const name in values) {
    const value = values[name]
    if (typeof value !== 'string') out[name] = value
    else if (INSTANT.test(value)) out[name] = moment(language, value, zone)
    else if (DATE.test(value)) out[name] = moment(language, `${value}T04:00:00Z`, zone, false)
    else out[name] = value
  }
  return out
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** Deadlines fall on few instants: what was written out is kept, and all let go where there are many. */
const writtenOut = new Map<string, string>()
const MOST_WRITTEN = 2_000

/** `11月6日 星期五 17:30`, `Fri, 6 Nov, 17:30`; without the hour for a date. */
export function moment(language: Language, instant: string, zone: string, withTime = true): string {
  const id = `${language}${zone}${withTime}`
  const known = writtenOut.get(id + instant)
  if (known !== undefined) return known
  let format = formats.get(id)
  if (!format) {
    format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
      timeZone: zone,
      month: language === 'en' ? 'short' : 'long',
      day: 'numeric',
      weekday: language === 'en' ? 'short' : 'long',
      ...(withTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
    })
    formats.set(id, format)
  }
  const at = Date.parse(instant)
  const words = language === 'en' ? format.format(at) : chinese(format, at)
  if (writtenOut.size >= MOST_WRITTEN) writtenOut.clear()
  writtenOut.set(id + instant, words)
  return words
}

function chinese(format: Intl.DateTimeFormat, at: number): string {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const month = (part.month ?? '').replace(/月$/, '')
  const day = `${month}月${part.day}日 ${part.weekday}`
  return part.hour ? `${day} ${part.hour}:${part.minute}` : day
}
