/** Where the words looked for stand in a text that is shown. Pure; what is masked before stays masked. */

/** A piece of a text; `m`: it was looked for. */
export interface Bit {
  t: string
  m: boolean
}

/** Letters of the text shown around the first find. */
const AROUND = 14

/** The places of the words in a text, as `[from, to]` in order and without overlap; a run of Chinese that stands nowhere whole is looked for by its pieces. */
export function foundIn(text: string, words: readonly string[]): [number, number][] {
  const plain = [...text].map(letter => [letter.normalize('NFKC').toLowerCase(), letter] as const)
  const low = plain.map(([folded]) => folded).join('')
  if (low.length !== text.length) return spansIn(text.toLowerCase(), words)
  return spansIn(low, words)
}

function spansIn(low: string, words: readonly string[]): [number, number][] {
  const spans = words.flatMap(word => {
    const whole = placesOf(low, word)
    return whole.length > 0 || !/^\p{Script=Han}{3,}$/u.test(word)
      ? whole
      : pairsOf(word).flatMap(pair => placesOf(low, pair))
  })
  const merged: [number, number][] = []
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

const pairsOf = (word: string): string[] => {
  const letters = [...word]
  return letters.slice(1).map((letter, n) => `${letters[n]}${letter}`)
}

/** Latin words and numbers stand by themselves: `3` is not in `138`, though `heat` begins `heating`. */
function placesOf(low: string, word: string): [number, number][] {
  const places: [number, number][] = []
  if (!word) return places
  for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length))
    if (standsAlone(low, word, at)) places.push([at, at + word.length])
  return places
}

function standsAlone(low: string, word: string, at: number): boolean {
  if (!/^[a-z0-9]+$/.test(word)) return true
  const beside = (letter: string | undefined) => letter !== undefined && /[a-z0-9]/.test(letter)
  if (beside(low[at - 1])) return false
  return /^[a-z]{3,}$/.test(word) || !beside(low[at + word.length])
}

/** A text cut where the words stand. */
export function bitsOf(text: string, spans: readonly [number, number][]): Bit[] {
  const bits: Bit[] = []
  let at = 0
  for (const [from, to] of spans) {
    if (from > at) bits.push({ t: text.slice(at, from), m: false })
    bits.push({ t: text.slice(from, to), m: true })
    at = to
  }
  if (at < text.length) bits.push({ t: text.slice(at), m: false })
  return bits
}

/** The part of a longer text around the first find; null where nothing stands in it. */
export function excerptOf(text: string, words: readonly string[]): Bit[] | null {
  const flat = text.replace(/\s+/g, ' ').trim()
  const spans = foundIn(flat, words)
  const [first] = spans
  if (!first) return null
  const from = wholeLetter(flat, Math.max(0, first[0] - AROUND))
  const to = wholeLetter(flat, Math.min(flat.length, first[1] + 2 * AROUND))
  const inside = spans
    .filter(([a, b]) => a >= from && b <= to)
    .map(([a, b]) => [a - from, b - from] as [number, number])
  const bits = bitsOf(flat.slice(from, to), inside)
  if (from > 0) bits.unshift({ t: '…', m: false })
  if (to < flat.length) bits.push({ t: '…', m: false })
  return bits
}

/** Never between the two halves of a letter. */
const wholeLetter = (text: string, at: number): number =>
  /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at
