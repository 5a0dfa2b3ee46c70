/**
 * What the model sees of a text: its characters in runs of one to three, as 32-bit hashes. Training and talk share these
 * two functions; a change here asks for a new training.
 */

/** How much of a long message is looked at: its beginning says what it is about. */
const READ = 700

/**
 * The part of a message that is looked at: all of a short one; of a letter its beginning, which says what it is about, and its end,
 * which says what is asked and who writes. Danger is looked for in all of it (danger.ts).
 */
const BEGINNING = 400
const END = 200
export const lookedAt = (plain: string): string =>
  plain.length <= BEGINNING + END ? plain : `${plain.slice(0, BEGINNING)}。${plain.slice(-END)}`

const NAMED_BY_LETTER = /[a-z]\d{0,2}(?=[市区县])/g

/** A text in matching form as the model reads it: numbers all alike, no blanks. */
export const forModel = (plain: string): string =>
  (plain.length > 2 * READ ? plain.slice(0, 2 * READ) : plain)
    .replace(NAMED_BY_LETTER, '@')
    .replace(/\d+/g, '0')
    .replace(/\s+/g, '')
    .slice(0, READ)

/** What was seen of a text: the first `count` of `hashes`. There is one, filled anew for each text. */
export interface Marks {
  hashes: Uint32Array
  count: number
}

const SEEN: Marks = { hashes: new Uint32Array(1 << 14), count: 0 }

/** The hashes of every run of one to three characters of a text of `forModel`, in order. They hold until the next text is read. */
export function gramsOf(text: string): Marks {
  const { hashes } = SEEN
  let count = 0
  let [one, two] = [FRAME, charAt(text, 0)]
  for (let at = 1; one !== NONE; at++) {
    const three = charAt(text, at)
    const short = longer(START, one)
    hashes[count++] = mixed(short, 1)
    const middle = longer(short, two)
    if (two !== NONE) hashes[count++] = mixed(middle, 2)
    if (three !== NONE) hashes[count++] = mixed(longer(middle, three), 3)
    one = two
    two = three
  }
  SEEN.count = count
  return SEEN
}

const START = 0x811c9dc5
/** Stands before the first character. */
const FRAME = '^'.charCodeAt(0)
const NONE = -1
const charAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : NONE)

/** The hash of a run with one more character, and what is kept of a run of so many. */
function longer(hash: number, character: number): number {
  const more = Math.imul(hash ^ character, 0x01000193)
  return more ^ (more >>> 15)
}
function mixed(hash: number, length: number): number {
  const once = Math.imul(hash ^ length, 0x85ebca6b)
  return (once ^ (once >>> 13)) >>> 0
}

/** The hash of one run by itself, as `gramsOf` gives it. */
export function hashOf(run: string): number {
  let hash = START
  for (let at = 0; at < run.length; at++) hash = longer(hash, run.charCodeAt(at))
  return mixed(hash, run.length)
}
