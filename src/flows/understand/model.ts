import { forModel, gramsOf, hashOf, type Marks } from './grams.ts'

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

/** Runs of characters with a weight for each class. */
export interface Table {
  width: number
  scales: Float32Array
  biases: Float32Array
  /** Open addressing: hash and row + 1 (0 is free) side by side, so that a look costs one line of the cache. */
  places: Uint32Array
  /** Weight of a run in the length of a text. */
  rarity: Float32Array
  weights: Int8Array
  /** Scratch: how often each row was met in the text at hand, and which rows. Empty between two calls. */
  met: Uint16Array
  list: Uint32Array
}

/** From where on the bot decides, each a share or margin chosen by `npm run train` on the development folds (models/README.md). */
export interface Gates {
  /** Above this margin a short text is taken as a cry for help. */
  cry: number
  /** From this share on a route stands unasked; where the lexicon says the same; where its plain words say otherwise. */
  alone: number
  together: number
  against: number
}

/** Where nothing was chosen: as careful as the words alone. */
export const CAREFUL: Gates = { cry: 0, alone: 0.75, together: 0.6, against: 0.9 }

export interface Model extends Table {
  heads: readonly Head[]
  gates: Gates
  /** The table of the gate for cries, with one class; null in a model that has not learnt it. */
  cry: Table | null
}

const MAGIC = 0x48595231

/** What the head of the file says about its tables. */
interface Described {
  heads: readonly Head[]
  gates?: Gates
  scales: readonly number[]
  biases: readonly number[]
  rarityStep: number
  rows: number
}

/**
 * Reads a model file: `HYR1`, the length of a JSON head, the head, then hashes (u32), rarity (u8), weights (i8); behind it, of the
 * same form, the table of the gate for cries. Throws when it is none.
 */
export function readModel(bytes: Uint8Array): Model {
  const { table, about, end } = readTable(bytes)
  const cry = end < bytes.byteLength ? readTable(bytes.subarray(end)).table : null
  return { ...table, heads: about.heads, gates: about.gates ?? CAREFUL, cry }
}

function readTable(bytes: Uint8Array): { table: Table; about: Described; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 8 || view.getUint32(0) !== MAGIC) throw new Error('this is no routing model')
  const length = view.getUint32(4)
  const about = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Described
  const count = about.rows
  const width = about.scales.length
  const at = 8 + length
  const from = bytes.byteOffset + at + 5 * count
  const steps = bytes.subarray(at + 4 * count, at + 5 * count)
  const table = {
    width,
    scales: Float32Array.from(about.scales),
    biases: Float32Array.from(about.biases),
    places: placed(count, row => view.getUint32(at + 4 * row)),
    rarity: Float32Array.from(steps, step => step * about.rarityStep),
    weights: new Int8Array(bytes.buffer, from, count * width),
    met: new Uint16Array(count),
    list: new Uint32Array(1 << 14),
  }
  return { table, about, end: at + count * (5 + width) }
}

/** The hashes of the rows by open addressing, half of the places free. */
function placed(count: number, hashOf: (row: number) => number): Uint32Array {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, count) * 2))
  const places = new Uint32Array(2 * size)
  for (let row = 0; row < count; row++) {
    const hash = hashOf(row)
    let place = 2 * (hash & (size - 1))
    while (places[place + 1] !== 0) place = (place + 2) & (2 * size - 1)
    places[place] = hash
    places[place + 1] = row + 1
  }
  return places
}

/** Row + 1 of a hash in a table, 0 where it has none. */
function rowOf(hash: number, places: Uint32Array): number {
  const mask = places.length - 1
  let place = (2 * hash) & mask
  while (places[place + 1] !== 0 && places[place] !== hash) place = (place + 2) & mask
  return places[place + 1]!
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
  model && CHINESE.test(plain) ? { model, margins: marginsFrom(model, gramsOf(forModel(plain))) } : null

/** The margins of every class of a table for the marks of a text; positive speaks for the class. */
export function marginsFrom(table: Table, marks: Marks): Float64Array {
  const { places, met, list, rarity, weights, width, scales, biases } = table
  let found = 0
  for (let each = 0; each < marks.count; each++) {
    const row = rowOf(marks.hashes[each]!, places)
    if (row === 0) continue
    if (met[row - 1] === 0) list[found++] = row - 1
    met[row - 1]!++
  }
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
export function heaviestIn(plain: string, table: Table, column: number, most = 3): string[] {
  const text = forModel(plain)
  const found: { words: string; weight: number }[] = []
  for (let at = 0; at < text.length; at++)
    for (const length of [2, 3]) {
      const words = text.slice(at, at + length)
      if (words.length < length) continue
      const weight = weightOf(words, table, column)
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
function weightOf(words: string, { places, weights, width, scales }: Table, column: number): number {
  const row = rowOf(hashOf(words), places)
  return row === 0 ? 0 : weights[(row - 1) * width + column]! * scales[column]!
}
