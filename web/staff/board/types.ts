/** Shapes of the board 看板 as docs/protocol.md gives them. */

export const PROMISES = ['contacted', 'answered', 'solved', 'satisfied'] as const
export type PromiseKey = (typeof PROMISES)[number]
export const KINDS = ['grab', 'dispatch', 'split', 'joint', 'return'] as const
type Kind = (typeof KINDS)[number]

export interface Share {
  n: number
  of: number
  percent: number | null
  change: number | null
}

interface Figures extends Record<PromiseKey, Share> {
  ended: number
  redone: number
  received: number | null
}

export interface Line extends Figures {
  key: string
  name: string
  depth: number
}

export interface TrendMonth extends Figures {
  month: string
}

export interface Choice {
  key: string
  name: string
  group: string | null
}

export interface Promises {
  month: string
  months: string[]
  unit: string | null
  category: string | null
  of: string
  units: Choice[]
  categories: Choice[]
  total: Line
  trend: TrendMonth[]
  offices: Line[]
  subjects: Line[]
}

export interface Band {
  key: string
  from: string | null
  to: string | null
  n: number
}

export interface Next {
  now: string
  open: number
  late: number
  answered: number
  bands: Band[]
  rows: {
    code: string
    class: string
    category: string
    place: string
    holder: string
    due: string
    dueKind: string | null
  }[]
}

export interface Passed {
  kind: Kind
  from: string
  fromName: string
  to: string
  toName: string
  n: number
}

export interface Flow {
  passed: Passed[]
  kinds: { kind: Kind; n: number }[]
}

interface Stay {
  median: number | null
  p90: number | null
}

export interface Hands {
  hands: { kind: Kind; n: number; wait: Stay; work: Stay }[]
}

export interface Places {
  weeks: { day: string; from: string; to: string }[]
  rows: {
    place: string
    placeName: string
    category: string
    categoryName: string
    counts: number[]
    total: number
  }[]
}

export interface GridRow {
  code: string
  name: string
  community: string
  town: string
  open: number
  late: number
  received: number
}

export interface Grids {
  rows: GridRow[]
  town: string | null
}

export interface Others {
  mediation: Record<
    'applied' | 'accepted' | 'reached' | 'performed' | 'failed' | 'promisesDue',
    number
  > | null
  care: Record<'paired' | 'duties' | 'met' | 'unseen' | 'alone', number> | null
}

/** What is looked at, as the address says it. */
export interface Asked {
  month: string
  unit: string
  category: string
}

/** The outlines of the grids as GeoJSON. */
export interface Outlines {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    id: number
    properties: { code: string }
    geometry: { type: 'Polygon'; coordinates: [number, number][][] }
  }[]
}
