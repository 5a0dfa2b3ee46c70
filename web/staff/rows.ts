import { dateOf } from './time.ts'
import type { Row } from './types.ts'

/** What the list shows together: late, due today, later, and cases with no clock running. */
export type Band = 'late' | 'today' | 'later' | 'none'

const BANDS: readonly Band[] = ['late', 'today', 'later', 'none']

/** Which band a deadline falls into at a moment; both ISO instants. */
export function bandOf(due: string | null, now: string): Band {
  if (!due) return 'none'
  if (due < now) return 'late'
  return dateOf(due) === dateOf(now) ? 'today' : 'later'
}

/** Rows by band, the order within a band kept as the server gave it; empty bands are left out. */
export function grouped<R extends Pick<Row, 'due'>>(
  rows: readonly R[],
  now: string,
): { band: Band; rows: R[] }[] {
  return BANDS.map(band => ({ band, rows: rows.filter(row => bandOf(row.due, now) === band) })).filter(
    group => group.rows.length > 0,
  )
}

/** The next page behind what is shown: a case that moved between two pages is shown once, with its newer row. */
export function joined<R extends Pick<Row, 'code'>>(shown: readonly R[], page: readonly R[]): R[] {
  const newer = new Map(page.map(row => [row.code, row]))
  const kept = shown.map(row => newer.get(row.code) ?? row)
  const known = new Set(shown.map(row => row.code))
  return [...kept, ...page.filter(row => !known.has(row.code))]
}

/** The code `by` places from `current` in the order shown; at the ends it stays, from nowhere it is the first. */
export function neighbour(codes: readonly string[], current: string | null, by: 1 | -1): string | null {
  const at = current === null ? -1 : codes.indexOf(current)
  if (at < 0) return codes[0] ?? null
  return codes[at + by] ?? codes[at] ?? null
}

/** `HS-20261103-0042` as lists show it: `1103-0042`. Other forms stay whole. */
export const shortCode = (code: string): string => code.replace(/^[A-Z]+-\d{4}(\d{4}-\d+)$/, '$1')
