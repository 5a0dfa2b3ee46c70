import type { Pickable } from '../parts/pickable.ts'

/** One question of a window: a line, words, a date, a choice of few or one found in a long list. */
export interface Question {
  name: string
  label: string
  kind?: 'line' | 'words' | 'date' | 'few' | 'pick'
  optional?: boolean
  hint?: string
  choices?: readonly Pickable[]
  value?: string
  /** Letters at most; 60 where nothing is said. */
  most?: number
}

/** What is still missing, in the order of the questions. The server decides again. */
export const missing = (questions: readonly Question[], said: Readonly<Record<string, string>>): string[] =>
  questions.filter(({ name, optional }) => !optional && !(said[name] ?? '').trim()).map(({ name }) => name)

/** What is sent: trimmed, what was left empty left out. */
export const bodyOf = (said: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(said)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
