import { forMatching } from '../text.ts'

/** A finder of the person's own letters for words found in the matching form. */
export type AsSaid = (words: string) => string | undefined

/**
 * Turns words of the matching form back into the very letters of `text` (full-width digits, capitals, traditional characters).
 * Undefined when they cannot be found letter by letter. The map is only made when the words do not stand there as they are.
 */
export function asSaidIn(text: string): AsSaid {
  let map: Mapped | undefined
  return words => {
    if (text.includes(words)) return words
    map ??= mapped(text)
    const at = map.plain.indexOf(words)
    if (at < 0) return undefined
    const said = text.slice(
      map.from[at]!,
      map.from[at + words.length - 1]! + map.long[at + words.length - 1]!,
    )
    return said.trim() === '' ? undefined : said
  }
}

interface Mapped {
  plain: string
  /** For each letter of `plain`: where its origin begins in the text, and how long that is. */
  from: number[]
  long: number[]
}

function mapped(text: string): Mapped {
  const map: Mapped = { plain: '', from: [], long: [] }
  let at = 0
  for (const letter of text) {
    const blank = /^\s$/.test(letter)
    const plain = blank ? (map.plain.endsWith(' ') ? '' : ' ') : forMatching(letter)
    for (let each = 0; each < plain.length; each++) {
      map.from.push(at)
      map.long.push(letter.length)
    }
    map.plain += plain
    at += letter.length
  }
  return map
}
