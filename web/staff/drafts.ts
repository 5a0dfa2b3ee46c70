import type { Filled } from './form.ts'
import { keep, kept, keptKeys } from './keeping.ts'

/** Half-written forms, kept in this browser per log-in, case and step until they are sent, or for a week. */

const WEEK = 7 * 24 * 3_600_000

const keyOf = (who: string, place: string) => `draft.${who}.${place}`

export function draftOf(who: string, place: string): Filled | null {
  return read(keyOf(who, place))?.filled ?? null
}

/** Keeps a draft; null forgets it. */
export function keepDraft(who: string, place: string, filled: Filled | null): void {
  keep(keyOf(who, place), filled && JSON.stringify({ at: Date.now(), filled }))
}

/** Forgets drafts nobody came back to. */
export function dropOldDrafts(): void {
  for (const key of keptKeys('draft.')) {
    const draft = read(key)
    if (!draft || Date.now() - draft.at > WEEK) keep(key, null)
  }
}

function read(key: string): { at: number; filled: Filled } | null {
  try {
    const draft = JSON.parse(kept(key) ?? 'null') as { at: number; filled: Filled } | null
    return typeof draft?.filled === 'object' ? draft : null
  } catch {
    return null
  }
}
