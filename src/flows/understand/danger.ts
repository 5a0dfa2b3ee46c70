import type { Danger } from '../talk.ts'
import { forMatching } from '../text.ts'
import { cryMargin } from './cry.ts'
import { heaviestIn, type Model, type Reading } from './model.ts'
import { ABOUT, DANGER_ROWS, GRAVE, HARMLESS, NOW } from './words-danger.ts'

/** What the gate saw. `because` are the words that raised it, `first` the number to call first. */
export interface DangerSeen {
  kinds: readonly Danger[]
  because: readonly string[]
  first?: string
}

/** Blanks between Chinese characters hide nothing. */
const SPACED = /(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g

/** The words of danger end at a comma; matching made it narrow, so it is made wide again. */
const widened = (plain: string): string =>
  (plain.includes(' ') ? plain.replace(SPACED, '') : plain)
    .replaceAll(',', '，')
    .replaceAll('!', '！')
    .replaceAll('?', '？')

/** A text as the gate for cries reads it: harmless sayings become a dot. */
export const bared = (text: string): string => widened(forMatching(text)).replace(HARMLESS, '·')

const NOTHING: DangerSeen = { kinds: [], because: [] }

/** Numbers by kind, most urgent first (facts: national emergency and help lines). */
export const DANGER_NUMBERS: Record<Danger, readonly string[]> = {
  minor_harmed: ['110', '12355', '12345'],
  self_harm: ['12356', '120', '110'],
  fire_or_life: ['119', '120', '110'],
  violence: ['110', '120', '12338'],
  crime: ['110'],
}

/** The order in which kinds are answered when several are heard. */
export const GRAVEST: readonly Danger[] = ['fire_or_life', 'minor_harmed', 'self_harm', 'violence', 'crime']

/** Dangers a message only asks about ("how is domestic violence defined"): no alarm, but worth a gentle word. */
export function dangerAsked(text: string): readonly Danger[] {
  const plain = bared(text)
  if (!ABOUT.test(plain) || NOW.test(plain)) return []
  return GRAVEST.filter(kind => DANGER_ROWS.some(row => row.kind === kind && row.says.test(plain)))
}

/** A cry speaks of life or its end; sorrow alone is no danger. */
const OF_LIFE = /死|亡|活|命|杀|割|跳|药|绝|解脱|消失|离开|世界|世上|醒|遗|结束|意义|轻生|想不开|存在|出生/

/** Longer texts are letters: the model of short cries is not asked about them, the words are. */
const LETTER = 200

/**
 * Looks for danger in one message: words of danger in all of it, and the trained model for cries that use none of them.
 * Pure; the same answer for `text` and its matching form.
 */
export function dangerIn(text: string, reading: Reading | null = null): DangerSeen {
  // Who gives a reading gives the matching form it was made from.
  const plain = reading ? text : forMatching(text)
  const seen = dangerWords(plain)
  if (!reading || seen.kinds.includes('self_harm')) return seen
  const { model } = reading
  const margin = cryIn(text, model)
  if (margin === undefined || margin <= model.gates.cry || !model.cry) return seen
  const because = [...seen.because, ...heaviestIn(forMatching(text), model.cry, 0)]
  return {
    kinds: GRAVEST.filter(kind => kind === 'self_harm' || seen.kinds.includes(kind)),
    because,
    ...(seen.first ? { first: seen.first } : {}),
  }
}

/** How much a short text in matching form that speaks of life is like a cry for help; undefined where the model is not asked. */
export function cryIn(text: string, model: Model): number | undefined {
  if (text.length > LETTER || text.length < 5) return undefined
  // Most speak of neither; harmless sayings are only taken out of the others.
  const wide = widened(text)
  if (!OF_LIFE.test(wide)) return undefined
  const calm = wide.replace(HARMLESS, '·')
  const told = ABOUT.test(calm) && !NOW.test(calm)
  return OF_LIFE.test(calm) && !told ? cryMargin(calm, model) : undefined
}

/** From this length on only the sentences that can speak of a danger are looked at closely. */
const LONG = 160
const SENTENCES = /[^。！？!?\n]+[。！？!?\n]*/g

/** The sentences of a long text that hold a word of danger's trade: what holds none of these letters fits no row of the table. */
const grave = (text: string): string =>
  text.length <= LONG ? text : (text.match(SENTENCES) ?? []).filter(each => GRAVE.test(each)).join('')

const LATIN = /[a-z]/
/** The rows that can fit a text without Latin letters: those that are written in Chinese. */
const CHINESE_ROWS = DANGER_ROWS.filter(row => /[\u3400-\u9fff]/.test(row.says.source))

function dangerWords(text: string): DangerSeen {
  const suspect = grave(text)
  if (suspect === '' || !GRAVE.test(suspect)) return NOTHING
  const wide = widened(suspect)
  // Most hold no row at all; only where one does the harmless sayings are taken out and it is looked at again.
  const near = (LATIN.test(wide) ? DANGER_ROWS : CHINESE_ROWS).filter(row => row.says.test(wide))
  if (near.length === 0) return NOTHING
  const plain = wide.replace(HARMLESS, '·')
  if (ABOUT.test(plain) && !NOW.test(plain)) return NOTHING
  const hits = near.flatMap(row => {
    const words = row.says.exec(plain)?.[0]
    return words === undefined ? [] : [{ row, words }]
  })
  if (hits.length === 0) return NOTHING
  const kinds = GRAVEST.filter(kind => hits.some(hit => hit.row.kind === kind))
  const first = hits.find(hit => hit.row.kind === kinds[0])?.row.first
  return { kinds, because: [...new Set(hits.map(hit => hit.words))], ...(first ? { first } : {}) }
}

/** The numbers to show for these kinds, most urgent first, each once. */
export function numbersFor(kinds: readonly Danger[], first?: string): string[] {
  const numbers = GRAVEST.filter(kind => kinds.includes(kind)).flatMap(kind => DANGER_NUMBERS[kind])
  return [...new Set(first ? [first, ...numbers] : numbers)].slice(0, 5)
}
