import type { Bubble } from '../shapes.ts'

/** What stands over a card, and what is said beside it. */
export interface Beside {
  /** Empty when the words are too long for a heading: then they are said before the card. */
  heading: string
  rest: string
}

/** In Chinese characters; two Latin letters take the room of one. */
const LONGEST_HEADING = 36
const width = (words: string): number => words.replace(/[ -~]{2}/g, '-').length

/**
 * The heading of a bubble's card: its title, else `given`, else the first line. And the words the card and the buttons do
 * not already show: `text` is complete without them (WeChat and the terminal show little else), so what they repeat is left out.
 */
export function wordsBeside(bubble: Bubble, given = ''): Beside {
  const { card } = bubble
  if (!card) return { heading: '', rest: restOfText(bubble) }
  const heading = card.title || given
  if (heading) return { heading, rest: restOfText({ ...bubble, card: { ...card, title: heading } }) }
  const [first = '', ...lines] = restOfText(bubble).split('\n')
  if (width(first) > LONGEST_HEADING) return { heading: '', rest: [first, ...lines].join('\n') }
  return { heading: first, rest: lines.join('\n').trim() }
}

function restOfText({ text, card, choices, hint }: Bubble): string {
  const shown = new Set<string>()
  const rows = card?.rows ?? []
  for (const words of [card?.title, hint]) if (words) shown.add(plain(words))
  for (const { n, label } of choices ?? []) for (const words of [label, n + label]) shown.add(plain(words))
  for (const { label, value, note } of rows)
    for (const words of [label + value, label + value + (note ?? ''), value, note])
      if (words) shown.add(plain(words))
  for (const { number, label } of card?.calls ?? [])
    for (const words of [number + label, label + number, label, number]) shown.add(plain(words))
  const values = rows.map(row => plain(row.value))
  // A sentence that names two values of the card tells again what its rows say.
  const isShown = (words: string): boolean =>
    shown.has(plain(words)) || values.filter(value => value && plain(words).includes(value)).length > 1
  return text
    .split('\n')
    .map(line => (line.trim() === '' ? '' : unshown(line, isShown)))
    .filter(line => line !== undefined)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The line without its shown sentences; undefined when nothing is left of it. */
function unshown(line: string, isShown: (words: string) => boolean): string | undefined {
  // Matched, not split by looking behind: older iPhones cannot read such a pattern.
  const left = (line.match(/[^。！？]+[。！？]*/g) ?? [line]).filter(sentence => !isShown(sentence))
  return left.length > 0 ? left.join('') : undefined
}

/** Letters and figures alone, so that "1. 电梯" and "1　电梯" are the same line. */
const plain = (words: string): string => words.replace(/[^\p{L}\p{N}*]+/gu, '').toLowerCase()
