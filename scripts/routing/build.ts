// Lessons to bytes: vocabulary, learning, pruning, learning again, small weights, one file.
import { forModel, gramsOf, type Marks } from '../../src/flows/understand/grams.ts'
import type { Gates } from '../../src/flows/understand/model.ts'
import { learnOne, type Vector } from './learn.ts'

/** What one text teaches one head; `trust` is how much it counts. */
export interface Lesson {
  text: string
  class: string
  trust: number
}

/** A head to learn: its classes in order, its lessons, how many runs of characters it may keep. */
export interface Task {
  name: string
  classes: readonly string[]
  lessons: readonly Lesson[]
  keep: number
  sharpness: number
}

const ROUNDS = 14
/** Enough to see which runs weigh nothing. */
const ROUGH_ROUNDS = 4

/** How often each thing was seen in a text. */
export type Counts = ReadonlyMap<number, number>

/** Counts the marks of a text before the next one is read. */
export function countsOf({ hashes, count }: Marks): Counts {
  const counts = new Map<number, number>()
  for (const hash of hashes.subarray(0, count)) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  return counts
}

/** Learns every task and writes their table, the gates in its head. The same tasks give the same bytes. */
export function buildModel(tasks: readonly Task[], gates?: Gates): Uint8Array {
  const cache = new Map<string, Counts>()
  const counted = (text: string): Counts => {
    const known = cache.get(text) ?? countsOf(gramsOf(forModel(text)))
    cache.set(text, known)
    return known
  }
  const rarity = rarityOf(
    [...new Set(tasks.flatMap(task => task.lessons.map(lesson => lesson.text)))].map(counted),
  )
  const kept = new Set<number>()
  for (const task of tasks) {
    const all = indexOf([...rarity.keys()])
    const weights = learnTask(task, counted, rarity, all, ROUGH_ROUNDS)
    for (const hash of heaviest([...all.keys()], weights, task.keep)) kept.add(hash)
  }
  const hashes = [...kept].sort((a, b) => a - b)
  const index = indexOf(hashes)
  const steps = hashes.map(hash => Math.max(1, Math.round(rarity.get(hash)! / RARITY_STEP)))
  const rough = new Map(hashes.map((hash, at) => [hash, steps[at]! * RARITY_STEP]))
  const weights = tasks.flatMap(task => learnTask(task, counted, rough, index, ROUNDS))
  return written({ tasks, hashes, steps, weights, ...(gates ? { gates } : {}) })
}

export const indexOf = (hashes: readonly number[]): Map<number, number> =>
  new Map(hashes.map((hash, at) => [hash, at]))

/** log((1 + n) / (1 + df)) + 1 of every run that stands in at least two texts. */
function rarityOf(texts: readonly Counts[]): Map<number, number> {
  const seen = new Map<number, number>()
  for (const text of texts) for (const hash of text.keys()) seen.set(hash, (seen.get(hash) ?? 0) + 1)
  const rare = new Map<number, number>()
  for (const [hash, times] of seen)
    if (times >= 2) rare.set(hash, Math.log((1 + texts.length) / (1 + times)) + 1)
  return rare
}

/** A text as a vector of length one over the runs that are kept. */
export function vectorOf(
  counts: Counts,
  rarity: ReadonlyMap<number, number>,
  index: ReadonlyMap<number, number>,
): Vector {
  const at: number[] = []
  const value: number[] = []
  let square = 0
  for (const [hash, times] of counts) {
    const place = index.get(hash)
    if (place === undefined) continue
    const weight = (1 + Math.log(times)) * rarity.get(hash)!
    at.push(place)
    value.push(weight)
    square += weight * weight
  }
  const length = Math.sqrt(square) || 1
  return { at: Int32Array.from(at), value: Float64Array.from(value, each => each / length) }
}

function learnTask(
  task: Task,
  counted: (text: string) => Counts,
  rarity: ReadonlyMap<number, number>,
  index: ReadonlyMap<number, number>,
  rounds: number,
): Float64Array[] {
  const texts = task.lessons.map(lesson => vectorOf(counted(lesson.text), rarity, index))
  const trust = Float64Array.from(task.lessons, lesson => lesson.trust)
  return task.classes.map(name =>
    learnOne(
      texts,
      task.lessons.map(lesson => lesson.class === name),
      trust,
      index.size,
      rounds,
    ),
  )
}

/** The runs that weigh most for any class of the task. */
function heaviest(hashes: readonly number[], weights: readonly Float64Array[], keep: number): number[] {
  const heavy = hashes.map((hash, at) => ({
    hash,
    weight: weights.reduce((most, each) => Math.max(most, Math.abs(each[at]!)), 0),
  }))
  return heavy
    .sort((a, b) => b.weight - a.weight || a.hash - b.hash)
    .slice(0, keep)
    .map(each => each.hash)
}

/** Rarities are kept in steps of this size. */
export const RARITY_STEP = 0.05

/** What goes into a table: its rows by their hash, the steps of their rarity, and for each class a weight per row and a bias. */
export interface Learnt {
  tasks: readonly Pick<Task, 'name' | 'classes' | 'sharpness'>[]
  hashes: readonly number[]
  steps: readonly number[]
  weights: readonly Float64Array[]
  gates?: Gates
}

/** The bytes of a table, as `readModel` reads them. */
export function written({ tasks, hashes, steps, weights, gates }: Learnt): Uint8Array {
  // A run's rarity is folded into its weight, so that the talk multiplies once.
  const folded = weights.map(each => hashes.map((_, at) => each[at]! * steps[at]! * RARITY_STEP))
  const scales = folded.map(each => each.reduce((most, w) => Math.max(most, Math.abs(w)), 1e-9) / 127)
  let from = 0
  const heads = tasks.map(({ name, classes, sharpness }) => {
    const head = { name, classes, from, sharpness }
    from += classes.length
    return head
  })
  const about = {
    ...(gates ? { gates } : {}),
    heads,
    scales,
    biases: weights.map(each => each[hashes.length]!),
    rarityStep: RARITY_STEP,
    rows: hashes.length,
  }
  const head = Buffer.from(JSON.stringify(about))
  const bytes = Buffer.alloc(8 + head.length + hashes.length * (5 + weights.length))
  bytes.writeUInt32BE(0x48595231, 0)
  bytes.writeUInt32BE(head.length, 4)
  head.copy(bytes, 8)
  const start = 8 + head.length
  hashes.forEach((hash, row) => {
    bytes.writeUInt32BE(hash, start + 4 * row)
    bytes[start + 4 * hashes.length + row] = Math.min(255, steps[row]!)
    const place = start + 5 * hashes.length + row * weights.length
    folded.forEach((each, at) => {
      bytes.writeInt8(Math.round(each[row]! / scales[at]!), place + at)
    })
  })
  return bytes
}
