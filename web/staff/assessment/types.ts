/** Shapes of assessments 考评 as docs/protocol.md gives them. */

export const MEASURES = ['contacted', 'answered', 'redone', 'upheld', 'solved', 'satisfied'] as const
export type Measure = (typeof MEASURES)[number]

export interface Share {
  n: number
  of: number
  percent: number | null
}

export interface Line extends Record<Measure, Share> {
  key: string
  name: string
  depth: number
  cases: number
  orders: number
}

export interface Month {
  month: string
  months: string[]
  units: Line[]
  categories: Line[]
  total: Line
  asked: { id: string; case: string; unit: string; reason: string; at: string }[]
}

/** A case behind a number. */
export interface Behind {
  id: string
  code: string
  title: string
  unit: string
  order: string | null
  at: string
  value: number | null
  reviewed: boolean
}

export type What = 'cases' | 'orders' | Measure

/** Which number was chosen: whose line, of what. */
export interface Chosen {
  by: 'unit' | 'category'
  line: Line
  what: What
}

export interface Value {
  key: Measure
  value: number | null
}

/** The assessment of one case, or of one order of it. */
export interface OfCase {
  id: string
  unit: string
  order: string | null
  measures: (Value & { computed: number | null; reviewed: boolean })[]
  said: { kind: 'asked' | 'reviewed'; at: string; by: string; reason: string; values: Value[] }[]
  asked: boolean
  mayAsk: boolean
  mayReview: boolean
}
