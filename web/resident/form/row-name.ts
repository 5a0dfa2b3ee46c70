import type { Question } from '../shapes.ts'
import { language, t } from '../words.ts'

/** Words for a computed value: worked out anew when another language is chosen. */
export const words = (key: string, values?: Record<string, unknown>): string =>
  language.value ? t(key, values) : ''

/** The short name of an answer, as a row of the summary; a question without one is named by itself. */
export function rowName(flow: string, { key, ask }: Pick<Question, 'key' | 'ask'>): string {
  const at = `form.row.${flow === 'human' && key === 'reason' ? 'say' : key}`
  const name = words(at)
  return name === at ? ask : name
}

/** A line of help under a question, where it has one. */
export function hintOf(key: string): string {
  const at = `form.hint.${key}`
  const hint = words(at)
  return hint === at ? '' : hint
}
