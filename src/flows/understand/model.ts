import { eachGram, forModel, hashOf } from './grams.ts'

/**
 * The trained model: a table of hashed runs of characters with one small weight per class, several heads side by side.
 * Pure: the bytes come from `models/routing.bin` by an argument; the same bytes and text give the same shares.
 */

/** One question the model answers: its classes stand at `from…` of each row. */
export interface Head {
  name: string
  classes: readonly string[]
  from: number
  /** Margins are multiplied by this before they become shares (fitted on the development split). */
  sharpness: number
}

export interface Model {
  heads: readonly Head[]
  width: number
  scales: Float32Array
  biases: Float32Array
  /** Open addressing: hash, and row + 1 at the same place (0 is free). */
  hashes: Uint32Array
  rows: Uint32Array
  /** Weight of a run in the length of a text. */
  rarity: Float32Array
  weights: Int8Array
  /** Scratch: how often each row was met in the text at hand, and which rows. Empty between two calls. */
  met: Uint16Array
  list: Uint32Array
}

const MAGIC = 0x48595231

/** What the head of the file says about its tables. */
interface Described {
  heads: readonly Head[]
  scales: readonly number[]
  biases: readonly number[]
  rarityStep: number
  rows: number
}

/** Reads a model file: `HYR1`, the length of a JSON head, the head, then hashes (u32), rarity (u8), weights (i8). Throws when it is none. */
export function readModel(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 8 || view.getUint32(0) !== MAGIC) throw new Error('this is no routing model')
  const length = view.getUint32(4)
  const about = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Described
  const count = about.rows
  const width = about.scales.length
  const size = 2 ** Math.ceil(Math.log2(count * 2))
  const hashes = new Uint32Array(size)
  const rows = new Uint32Array(size)
  const at = 8 + length
  for (let row = 0; row < count; row++) {
    const hash = view.getUint32(at + 4 * row)
    let place = hash & (size - 1)
    while (rows[place] !== 0) place = (place + 1) & (size - 1)
    hashes[place] = hash
    rows[place] = row + 1
  }
  const rarity = Float32Array.from(
    bytes.subarray(at + 4 * count, at + 5 * count),
    step => step * about.rarityStep,
  )
  const from = bytes.byteOffset + at + 5 * count
  return {
    heads: about.heads,
    width,
    scales: Float32Array.from(about.scales),
    biases: Float32Array.from(about.biases),
    hashes,
    rows,
    rarity,
    weights: new Int8Array(bytes.buffer, from, count * width),
    met: new Uint16Array(count),
    list: new Uint32Array(1 << 14),
  }
}

/** A text as the model sees it: every question of a turn is answered from one reading. */
export interface Reading {
  model: Model
  margins: Float64Array
}

/** The model learnt from Chinese; other tongues go by words alone. */
const CHINESE = /\p{Script=Han}.*\p{Script=Han}/su

/** Reads a text in matching form; null where the model has nothing to say. */
export const readingOf = (plain: string, model: Model | null): Reading | null =>
  model && CHINESE.test(plain) ? { model, margins: marginsOf(plain, model) } : null

/** The margins of every class for a text in matching form; positive speaks for the class. */
function marginsOf(plain: string, model: Model): Float64Array {
  const { hashes, rows, met, list, rarity, weights, width, scales, biases } = model
  const mask = hashes.length - 1
  let found = 0
  eachGram(forModel(plain), hash => {
    let place = hash & mask
    while (rows[place] !== 0 && hashes[place] !== hash) place = (place + 1) & mask
    const row = rows[place]!
    if (row === 0) return
    if (met[row - 1] === 0) list[found++] = row - 1
    met[row - 1]!++
  })
  const sums = new Float64Array(width)
  let square = 0
  for (let each = 0; each < found; each++) {
    const row = list[each]!
    const times = met[row]!
    met[row] = 0
    const often = times === 1 ? 1 : 1 + Math.log(times)
    const length = often * rarity[row]!
    square += length * length
    const start = row * width
    for (let at = 0; at < width; at++) sums[at]! += often * weights[start + at]!
  }
  const norm = Math.sqrt(square) || 1
  for (let at = 0; at < width; at++) sums[at] = (sums[at]! * scales[at]!) / norm + biases[at]!
  return sums
}

/** Shares of a head's classes (together 1), in the order of its classes. */
export function sharesOf(margins: Float64Array, head: Head): number[] {
  const all = head.classes.map((_, at) => margins[head.from + at]! * head.sharpness)
  const most = Math.max(...all)
  const raised = all.map(margin => Math.exp(margin - most))
  const total = raised.reduce((sum, each) => sum + each, 0)
  return raised.map(each => each / total)
}

/** The head of a name; throws when the file has none. */
export function headOf(model: Model, name: string): Head {
  const head = model.heads.find(each => each.name === name)
  if (!head) throw new Error(`the model has no head ${name}`)
  return head
}

/** Runs of two or three characters that speak most for a class in this text, heaviest first: what staff are shown as the reason. */
export function heaviestIn(plain: string, model: Model, column: number, most = 3): string[] {
  const text = forModel(plain)
  const found: { words: string; weight: number }[] = []
  for (let at = 0; at < text.length; at++)
    for (const length of [2, 3]) {
      const words = text.slice(at, at + length)
      if (words.length < length) continue
      const weight = weightOf(words, model, column)
      if (weight > 0) found.push({ words, weight })
    }
  const kept: string[] = []
  const sorted = found.sort((a, b) => b.weight - a.weight)
  for (const { words, weight } of sorted) {
    if (kept.length === most || weight < sorted[0]!.weight / 3) break
    if (!kept.some(other => other.includes(words) || words.includes(other))) kept.push(words)
  }
  return kept
}

/** Weight of one whole run for a class; 0 when the model does not know it. */
function weightOf(words: string, { hashes, rows, weights, width, scales }: Model, column: number): number {
  const hash = hashOf(words)
  const mask = hashes.length - 1
  let place = hash & mask
  while (rows[place] !== 0 && hashes[place] !== hash) place = (place + 1) & mask
  const row = rows[place]!
  return row === 0 ? 0 : weights[(row - 1) * width + column]! * scales[column]!
}
