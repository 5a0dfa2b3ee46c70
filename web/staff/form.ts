import { hasBlank } from '../../src/rules/cases/templates.ts'
import type { Need, Point } from './types.ts'

/** What a clerk has filled in so far: words, a choice, a unit id or a date as a string; ticked point numbers as a list. */
export type Filled = Record<string, string | number[]>

export interface Gap {
  field: string
  why: 'required' | 'tickAll' | 'badDate' | 'blankLeft'
  /** Points still to be answered, for `tickAll`. */
  n?: number
}

/** An empty form; points already answered are ticked, a choice of one is chosen. */
export function blank(needs: readonly Need[], points: readonly Point[]): Filled {
  return Object.fromEntries(needs.map(need => [need.field, startOf(need, points)]))
}

function startOf(need: Need, points: readonly Point[]): string | number[] {
  if (need.kind === 'points') return points.filter(point => point.doneAt).map(point => point.no)
  if (need.value) return need.value
  // One choice of many is made; an optional one is left to the person.
  return need.required && need.choices?.length === 1 ? need.choices[0]!.value : ''
}

/** What is still missing or wrong, in the order of the form. `today` is a calendar date. The server decides again. */
export function gaps(needs: readonly Need[], filled: Filled, points: readonly Point[], today: string): Gap[] {
  return needs.flatMap(need => gapOf(need, filled[need.field], points, today) ?? [])
}

function gapOf(
  need: Need,
  value: Filled[string] | undefined,
  points: readonly Point[],
  today: string,
): Gap | null {
  const { field, required } = need
  if (need.kind === 'points') {
    const ticked = Array.isArray(value) ? value : []
    const n = points.filter(point => !ticked.includes(point.no)).length
    return required && n > 0 ? { field, why: 'tickAll', n } : null
  }
  const said = typeof value === 'string' ? value.trim() : ''
  if (said === '') return required ? { field, why: 'required' } : null
  if (need.kind === 'text' && hasBlank(said)) return { field, why: 'blankLeft' }
  if (need.kind === 'date' && !(isDate(said) && said > today)) return { field, why: 'badDate' }
  return null
}

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && roundTrips(text)

/** 31 February parses in some engines; only a date that reads back as itself is one. */
const roundTrips = (text: string) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

/** The body of the step: trimmed, with empty optional fields left out. */
export function bodyOf(needs: readonly Need[], filled: Filled): Filled {
  const told = needs.map(({ field }) => [field, trimmed(filled[field] ?? '')] as const)
  return Object.fromEntries(told.filter(([, value]) => value !== ''))
}

const trimmed = (value: string | number[]) => (typeof value === 'string' ? value.trim() : value)

/** Whether anything was written that would be a pity to lose. */
export const worthKeeping = (filled: Filled): boolean =>
  Object.values(filled).some(value => typeof value === 'string' && value.trim() !== '')
