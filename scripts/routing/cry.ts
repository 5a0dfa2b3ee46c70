// The gate for cries: posts with a risk class and the project's own, against everything else people write.
import { cryMarksOf } from '../../src/flows/understand/cry.ts'
import { bared } from '../../src/flows/understand/danger.ts'
import { type Counts, countsOf, indexOf, type Lesson, RARITY_STEP, vectorOf, written } from './build.ts'
import { type Example, isCrisis, type Row, type Sets } from './data.ts'
import { learnOne } from './learn.ts'

const ROUNDS = 30
const CRISIS = 'crisis'

/** What it learns from: cries count double; own examples and complaints count less than posts read by others. */
export function cryLessons(sets: Sets, examples: readonly Example[], takes: (row: Row) => boolean): Lesson[] {
  const own = (teaches: string, name: string, trust: number) =>
    examples.filter(each => each.teaches === teaches).map(({ text }) => ({ text, class: name, trust }))
  const harmless = (texts: readonly { text: string }[]) =>
    texts.map(({ text }) => ({ text, class: 'none', trust: 0.075 }))
  return [
    ...sets.psyguard_real
      .filter(takes)
      .map(row =>
        isCrisis(row)
          ? { text: row.text, class: CRISIS, trust: 0.5 }
          : { text: row.text, class: 'none', trust: 0.25 },
      ),
    ...own('danger: self_harm', CRISIS, 0.25),
    ...own('danger: none', 'none', 0.125),
    ...harmless(examples.filter(each => !each.teaches.startsWith('danger: '))),
    ...harmless(sets.taidi_title.filter(takes)),
    ...harmless(sets.legal_silver.filter(takes)),
  ]
}

const seen = new Map<string, Counts>()

function seenOf(text: string): Counts {
  const known = seen.get(text)
  if (known) return known
  const counts = countsOf(cryMarksOf(bared(text)))
  seen.set(text, counts)
  return counts
}

/** Learns the gate and writes its table. The same lessons give the same bytes. */
export function buildCry(lessons: readonly Lesson[]): Uint8Array {
  const counts = lessons.map(lesson => seenOf(lesson.text))
  const tells = tellingOf(lessons, counts)
  const hashes = [...tells.keys()].sort((a, b) => a - b)
  const index = indexOf(hashes)
  const steps = hashes.map(hash => Math.max(1, Math.round(tells.get(hash)! / RARITY_STEP)))
  const weighed = new Map(hashes.map((hash, at) => [hash, steps[at]! * RARITY_STEP]))
  const weights = learnOne(
    counts.map(each => vectorOf(each, weighed, index)),
    lessons.map(lesson => lesson.class === CRISIS),
    Float64Array.from(lessons, lesson => lesson.trust),
    hashes.length,
    ROUNDS,
  )
  const task = { name: CRISIS, classes: [CRISIS], sharpness: 1 }
  return written({ tasks: [task], hashes, steps, weights: [weights] })
}

/** How far apart the two sides use a thing (Wang and Manning 2012), of everything that stands in at least two texts. */
function tellingOf(lessons: readonly Lesson[], counts: readonly Counts[]): Map<number, number> {
  const uses = new Map<number, { texts: number; cry: number; none: number }>()
  const all = { cry: 0, none: 0 }
  lessons.forEach((lesson, at) => {
    const side = lesson.class === CRISIS ? 'cry' : 'none'
    for (const hash of counts[at]!.keys()) {
      const use = uses.get(hash) ?? { texts: 0, cry: 0.5, none: 0.5 }
      use.texts++
      use[side] += lesson.trust
      all[side] += lesson.trust
      uses.set(hash, use)
    }
  })
  return new Map(
    [...uses]
      .filter(([, use]) => use.texts >= 2)
      .map(([hash, use]) => [hash, Math.abs(Math.log(use.cry / all.cry / (use.none / all.none))) + 0.2]),
  )
}
