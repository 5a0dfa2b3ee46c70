/**
 * What the model sees of a text: its characters in runs of one to three, as 32-bit hashes. Training and talk share these
 * two functions; a change here asks for a new training.
 */

/** The longest run of characters, and how much of a long message is looked at: its beginning says what it is about. */
const LONGEST = 3
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

/** Calls `take` with the hash of every run of characters of `text`, in order. */
export function eachGram(text: string, take: (hash: number) => void): void {
  const framed = `^${text}`
  for (let at = 0; at < framed.length; at++) {
    let hash = 0x811c9dc5
    const end = Math.min(LONGEST, framed.length - at)
    for (let length = 1; length <= end; length++) {
      hash = Math.imul(hash ^ framed.charCodeAt(at + length - 1), 0x01000193)
      hash ^= hash >>> 15
      const mixed = Math.imul(hash ^ length, 0x85ebca6b)
      take((mixed ^ (mixed >>> 13)) >>> 0)
    }
  }
}

/** The hash of one run by itself, as `eachGram` gives it. */
export function hashOf(run: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < run.length; at++) {
    hash = Math.imul(hash ^ run.charCodeAt(at), 0x01000193)
    hash ^= hash >>> 15
  }
  const mixed = Math.imul(hash ^ run.length, 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
