import { CATEGORIES, type CategoryRow } from './words-categories.ts'

interface Entry {
  word: string
  category: number
  weight: number
}

/** Words by their first character, longest first: one pass over a text finds them all. */
const BY_START: ReadonlyMap<string, readonly Entry[]> = build()

/** 1 for every UTF-16 unit a word can begin with: most of a text is passed over by it. */
const BEGINS = new Uint8Array(0x1_0000)
for (const start of BY_START.keys()) BEGINS[start.charCodeAt(0)] = 1

function build(): Map<string, Entry[]> {
  const entries = CATEGORIES.flatMap((row, category) => [
    ...row.sure.split('|').map(word => ({ word, category, weight: 3 })),
    ...row.hint.split('|').map(word => ({ word, category, weight: 1 })),
  ])
  const byStart = new Map<string, Entry[]>()
  for (const entry of entries.sort((a, b) => b.word.length - a.word.length)) {
    const list = byStart.get(entry.word[0]!)
    if (list) list.push(entry)
    else byStart.set(entry.word[0]!, [entry])
  }
  return byStart
}

/** A category with its weight in a text, and the words that gave it. */
export interface Scored {
  row: CategoryRow
  score: number
  words: readonly string[]
}

const LONGEST = 2_000

/** Categories heard in `plain`, heaviest first. Each word counts once; only the first 2,000 characters are read. */
export function categoriesIn(plain: string): Scored[] {
  const scores = new Map<number, { score: number; words: string[] }>()
  const text = plain.length > LONGEST ? plain.slice(0, LONGEST) : plain
  for (let at = 0; at < text.length; at++) {
    if (BEGINS[text.charCodeAt(at)] === 0) continue
    const list = BY_START.get(text[at]!) ?? []
    let length = 0
    for (const entry of list) {
      if (entry.word.length < length || !text.startsWith(entry.word, at)) continue
      length = entry.word.length
      count(scores, entry)
    }
    if (length > 1) at += length - 1
  }
  return [...scores]
    .map(([category, { score, words }]) => ({ row: CATEGORIES[category]!, score, words }))
    .sort((a, b) => b.score - a.score || CATEGORIES.indexOf(a.row) - CATEGORIES.indexOf(b.row))
}

function count(scores: Map<number, { score: number; words: string[] }>, entry: Entry): void {
  const known = scores.get(entry.category)
  if (!known) scores.set(entry.category, { score: entry.weight, words: [entry.word] })
  else if (!known.words.includes(entry.word)) {
    known.score += entry.weight
    known.words.push(entry.word)
  }
}
