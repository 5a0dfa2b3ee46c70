import { openCase } from '../open-verbs.ts'
import { ask } from '../session.ts'
import type { ListLine, Row } from '../types.ts'
import { named, t } from '../words.ts'

/** One thing the palette can do. `names` are what it is found by, the first is shown. */
export interface Entry {
  id: string
  group: 'step' | 'case' | 'list' | 'saved' | 'page' | 'do'
  names: readonly string[]
  note?: string
  run(): unknown
}

/** `askExtension` → `ask extension`: verbs and lists can be called by their names in the program too. */
const spaced = (key: string) => key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** The steps of the case on screen, as its own buttons offer them. */
export function stepEntries(): Entry[] {
  const open = openCase.value
  if (!open) return []
  return open.steps.map(step => ({
    id: `step-${step.verb}`,
    group: 'step',
    names: [step.label, spaced(step.verb)],
    run: () => open.act(step),
  }))
}

export async function listEntries(go: (query: Record<string, string>) => unknown): Promise<Entry[]> {
  const { lists } = await ask<{ lists: ListLine[] }>('GET', 'lists')
  return lists.map(({ key, label, count, capped }) => ({
    id: `list-${key}`,
    group: 'list',
    names: [label, spaced(key)],
    note: `${count}${capped ? '+' : ''}`,
    run: () => go({ list: key }),
  }))
}

export const pageEntries = (pages: readonly string[], go: (page: string) => unknown): Entry[] =>
  pages.map(page => ({
    id: `page-${page}`,
    group: 'page',
    names: [t(`nav.${page}`), spaced(page)],
    run: () => go(page),
  }))

/** Cases by their number or the end of one. */
export async function caseEntries(typed: string, go: (row: Row) => unknown): Promise<Entry[]> {
  const query = new URLSearchParams({ q: typed.trim(), limit: '6' })
  const { rows } = await ask<{ rows: Row[] }>('GET', `cases?${query}`)
  return rows.map(row => ({
    id: `case-${row.code}`,
    group: 'case',
    names: [row.code, row.title],
    note: `${row.title} · ${named('class', row.class)} · ${row.stateWords}`,
    run: () => go(row),
  }))
}
