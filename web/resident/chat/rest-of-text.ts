import type { Bubble } from '../shapes.ts'

/**
 * The words of a bubble that its card and buttons do not already show. `text` is complete in itself (WeChat and the
 * terminal show nothing else), so a front that draws the card leaves out the lines the card repeats.
 */
export function restOfText({ text, card, choices, hint }: Bubble): string {
  const shown = new Set<string>()
  const rows = card?.rows ?? []
  for (const words of [card?.title, hint]) if (words) shown.add(plain(words))
  for (const { n, label } of choices ?? []) for (const words of [label, n + label]) shown.add(plain(words))
  for (const { label, value, note } of rows)
    for (const words of [label + value, label + value + (note ?? ''), value, note])
      if (words) shown.add(plain(words))
  for (const { number, label } of card?.calls ?? [])
    for (const words of [number + label, label + number, label, number]) shown.add(plain(words))
  return text
    .split('\n')
    .filter(line => !shown.has(plain(line)) || plain(line) === '')
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Letters and figures alone, so that "1. 电梯" and "1　电梯" are the same line. */
const plain = (words: string): string => words.replace(/[^\p{L}\p{N}*]+/gu, '').toLowerCase()
