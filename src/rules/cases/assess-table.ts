import { MEASURES, type Measure, type Measures, type Yes } from './assess.ts'

/** What a person put in place of the computed values. */
export type Corrections = Partial<Measures>

/** One assessment as the monthly table counts it. */
export interface Counted {
  /** Null for the case itself. */
  orderId: string | null
  computed: Measures
  reviewed: Corrections
}

/** So many of those where it was owed or said. */
export interface Share {
  n: number
  of: number
}

/** A line of the monthly table. */
export interface Tally extends Record<Measure, Share> {
  /** Ended cases, and orders of ended cases. */
  cases: number
  orders: number
}

/** The value that counts: a person's where there is one. */
export const standing = ({ computed, reviewed }: Pick<Counted, 'computed' | 'reviewed'>): Measures => ({
  ...computed,
  ...reviewed,
})

/**
 * Where a measure is counted. Redone, solved and satisfied are the case's alone; an objection is its order's, so a case passed on is not
 * counted twice.
 */
export function countedAs(row: Counted, measure: Measure): Yes {
  const value = standing(row)[measure]
  if (measure === 'upheld') return row.orderId === null ? null : (value as Yes)
  if (measure === 'redone') return row.orderId === null ? ((value ?? 0) > 0 ? 1 : 0) : null
  return value as Yes
}

/** Counts rows into one line; the order of rows does not matter. */
export function tally(rows: readonly Counted[]): Tally {
  const line: Tally = {
    ...{ cases: 0, orders: 0, contacted: none(), answered: none(), redone: none() },
    ...{ upheld: none(), solved: none(), satisfied: none() },
  }
  for (const row of rows) {
    if (row.orderId === null) line.cases++
    else line.orders++
    for (const measure of MEASURES) {
      const value = countedAs(row, measure)
      if (value === null) continue
      line[measure].of++
      if (value === 1) line[measure].n++
    }
  }
  return line
}

const none = (): Share => ({ n: 0, of: 0 })

/** Under this many a share is said as it is: a percent of four says more than it knows. */
export const FEW = 5

/** Whole percent of a share, null where there are too few to say one. */
export const percent = ({ n, of }: Share): number | null => (of < FEW ? null : Math.round((100 * n) / of))

/** Reads corrections as stored or sent; undefined when one of them is none. */
export function correctionsOf(given: unknown): Corrections | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const entries = Object.entries(given)
  const good = entries.every(([measure, value]) =>
    measure === 'redone'
      ? Number.isInteger(value) && value >= 0 && value <= 99
      : (MEASURES as readonly string[]).includes(measure) && (value === 0 || value === 1 || value === null),
  )
  return good ? (Object.fromEntries(entries) as Corrections) : undefined
}
