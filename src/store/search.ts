import type { Store } from './db.ts'

/** Phones, ID numbers and long digit strings have no place in the search copy. */
const DIGITS = /[0-9０-９][0-9０-９\s-]{5,}[0-9０-９Xx]?/g

/**
 * The search copy of a text: its Chinese in two-character pieces, other words whole, numbers of a place kept
 * (3号楼). What could name a person is masked before.
 */
export function piecesOf(text: string, masked: readonly string[] = []): string {
  let clear = text.normalize('NFKC').toLowerCase().replace(DIGITS, ' ')
  for (const word of masked) if (word) clear = clear.replaceAll(word.normalize('NFKC').toLowerCase(), ' ')
  const pieces: string[] = []
  for (const run of clear.match(/[\p{Script=Han}]+|[a-z0-9]+/gu) ?? []) {
    const letters = [...run]
    if (/^[a-z0-9]/.test(run)) pieces.push(run)
    else
      for (let i = 0; i < Math.max(1, letters.length - 1); i++) pieces.push(letters.slice(i, i + 2).join(''))
  }
  return [...new Set(pieces)].join(' ')
}

/** What the marks of a case must hold: a piece or mark, the beginning of a word, all of several, or any of them. */
export type Match = string | { begins: string } | { all: readonly Match[] } | { any: readonly Match[] }

/** The match as FTS5 or PostgreSQL reads it. Pieces are letters and digits alone (`piecesOf`, `mark`). */
export function matchText(store: Store['kind'], match: Match): string {
  const [quote, and, or, star] =
    store === 'postgresql' ? ["'", ' & ', ' | ', ':*'] : ['"', ' AND ', ' OR ', ' *']
  const said = (one: Match): string => {
    if (typeof one === 'string') return `${quote}${one}${quote}`
    if ('begins' in one) return `${quote}${one.begins}${quote}${star}`
    const [parts, word] = 'all' in one ? [one.all, and] : [one.any, or]
    return parts.length === 1 ? said(parts[0]!) : `(${parts.map(said).join(word)})`
  }
  return said(match)
}

/** Both of two matches; either may be left out. */
export const bothOf = (...parts: readonly (Match | null)[]): Match | null => {
  const given = parts.filter(part => part !== null)
  return given.length > 1 ? { all: given } : (given[0] ?? null)
}
