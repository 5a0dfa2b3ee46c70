import type { Danger } from '../talk.ts'
import { forMatching } from '../text.ts'
import { headOf, heaviestIn, type Reading, readingOf } from './model.ts'
import { ABOUT, DANGER_ROWS, HARMLESS, NOW } from './words-danger.ts'

/** What the gate saw. `because` are the words that raised it, `first` the number to call first. */
export interface DangerSeen {
  kinds: readonly Danger[]
  because: readonly string[]
  first?: string
}

/** Blanks between Chinese characters hide nothing. */
const SPACED = /(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g

/** The words of danger end at a comma; matching made it narrow, so it is made wide again. Harmless sayings become a dot. */
const bared = (text: string): string =>
  forMatching(text)
    .replace(SPACED, '')
    .replace(/[,!?]/g, sign => (sign === ',' ? '，' : sign === '!' ? '！' : '？'))
    .replace(HARMLESS, '·')

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

/** Above this margin of the model a message is taken as a cry for help; chosen on the development folds. */
const CRISIS = -0.3

/** A cry speaks of life or an end; where it speaks of pain alone the model must be sure, for sorrow is no danger. */
const OF_LIFE = /死|亡|活|命|杀|割|跳|药|绝|解脱|消失|离开|世界|世上|醒|遗|结束|意义|轻生|想不开|存在|出生/
const OF_PAIN = /伤|痛|苦|睡|累|撑|熬|希望|勇气|难受|自己/
const CRISIS_OF_PAIN = 0.1

/** Longer texts are letters: the model of short cries is not asked about them, the words are. */
const LETTER = 200

/**
 * Looks for danger in one message: words of danger in all of it, and the trained model for cries that use none of them.
 * Pure; the same answer for `text` and its matching form.
 */
export function dangerIn(text: string, reading: Reading | null = null): DangerSeen {
  const seen = dangerWords(text)
  if (!reading || text.length > LETTER || text.length < 5 || seen.kinds.includes('self_harm')) return seen
  const calm = bared(text)
  const above = OF_LIFE.test(calm) ? CRISIS : OF_PAIN.test(calm) ? CRISIS_OF_PAIN : Number.POSITIVE_INFINITY
  const crisis = headOf(reading.model, 'crisis')
  // Harmless sayings are taken out for the model as well; most texts hold none and were read already.
  const calmed = calm.includes('·') ? readingOf(calm, reading.model) : reading
  if (!calmed || calmed.margins[crisis.from]! <= above) return seen
  const because = [...seen.because, ...heaviestIn(forMatching(text), reading.model, crisis.from)]
  return {
    kinds: GRAVEST.filter(kind => kind === 'self_harm' || seen.kinds.includes(kind)),
    because,
    ...(seen.first ? { first: seen.first } : {}),
  }
}

function dangerWords(text: string): DangerSeen {
  const plain = bared(text)
  if (ABOUT.test(plain) && !NOW.test(plain)) return NOTHING
  const hits = DANGER_ROWS.flatMap(row => {
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
