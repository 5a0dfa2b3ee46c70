/**
 * What is said about a mediation between the server and its two fronts (docs/protocol.md, "Mediation"): types alone, written once and taken
 * with `import type` by `src/api`, `web/resident` and `web/staff`. Instants are ISO UTC strings, days `YYYY-MM-DD`.
 */

export type Side = 'applicant' | 'other'

export interface Route {
  key: string
  name: string
  how: string
  number?: string
}

export interface Meeting {
  id: string
  startsAt: string
  endsAt: string
  room: string
  mediator: string
  state: 'held' | 'booked' | 'done' | 'cancelled' | 'noShow'
  /** What the asking side said to the reminder; null on the panel's pages. */
  answer: 'coming' | 'move' | null
  /** On the panel's pages, once it was written. */
  record?: RecordText
}

/** The record of a meeting 调解记录. */
export interface RecordText {
  facts: string
  points: string
  applicant: string
  other: string
}

/** A field of a step's form, and how a front draws it. */
export interface Need {
  field: string
  label: string
  kind:
    | 'text'
    | 'lines'
    | 'yes'
    | 'date'
    | 'choice'
    | 'choices'
    | 'slots'
    | 'record'
    | 'agreement'
    | 'visit'
    | 'mediator'
    | 'promise'
  required: boolean
  choices?: { value: string; label: string }[]
}

export interface Step {
  verb: string
  label: string
  needs: Need[]
}

export interface Promised {
  id: string
  no: number
  side: Side
  what: string
  by: string
  state: 'open' | 'kept' | 'broken'
  /** Whether the asking side promised it; not on the panel's pages. */
  mine?: boolean
}

/** 司法确认. */
export interface Court {
  state: 'open' | 'notForThis' | 'applied' | 'confirmed' | 'turnedDown' | 'late'
  until: string | null
  mine: boolean
  theirs: boolean
  papers: string[]
}

/** The agreement, written or oral, with its form words in Chinese as on the paper. */
export interface Agreement {
  no: string
  date: string
  place: string
  parties: { side: Side; name: string }[]
  facts: string
  dispute: string
  responsibility: string
  items: { no: number; side: Side; what: string; by: string; how: string; where: string }[]
  mediator: string
  committee: string
  oral: boolean
  signatures: string[]
  /** The paper's own words, in Chinese whatever the reader's language: what is printed is built of these alone. */
  form: {
    title: string
    no: string
    parties: string[]
    facts: string
    dispute: string
    responsibility: string
    agreed: string
    items: string[]
    effect: string
    /** That the court may be asked; left out where the law forbids it. */
    court?: string
  }
}

/** A side's own hold, seen from its page. */
export interface Held {
  session: string
  startsAt: string
  endsAt: string
  until: string
}

/** The answer to a hold. */
export interface Holding {
  session: Meeting
  until: string
}

export interface Mediator {
  id: string
  name: string
  languages: string[]
  /** On the panel's pages of one mediation. */
  recused?: boolean
}

/** A mediation as one of its sides sees it. */
export interface MediationView {
  code: string
  side: Side
  panel: { code: string; name: string; key: string }
  state: string
  stateWords: string
  next: string
  due: string | null
  open: boolean
  otherParty: { name: string; kind: string }
  mediator: string | null
  mediators: Mediator[]
  session: Meeting | null
  held: Held | null
  /** The other side, or the panel, is just confirming a time: this side waits until then. */
  otherHolds: { by: 'other' | 'panel'; startsAt: string; until: string } | null
  changesLeft: number
  /** `theirs`: the other side waits for it already, and is asked. */
  earlier: { waiting: boolean; theirs: boolean; offer?: { startsAt: string; until: string } }
  about: { title: string; rules: string; text?: string; answers?: { ask: string; answer: string }[] }
  evidence: { how: string; name: string }[]
  limits: { key: string; text: string; routes: Route[] }[]
  basics: { key: string; text: string }[]
  words: { from: 'me' | 'mediator' | 'panel'; text: string; at: string }[]
  timeline: { at: string; words: string }[]
  coming: { kind: string; words: string; due: string }[]
  agreement: Agreement | null
  promises: Promised[]
  court: Court | null
  routes: Route[]
  may: Step[]
  files: FileLine[]
}

/** A photo or paper that came with it. */
export interface FileLine {
  id: string
  kind: 'image' | 'file'
  type: string
  bytes: number
  width?: number
  height?: number
  at: string
}

/** A line of "my mediations". */
export interface MediationLine {
  code: string
  side: Side
  panel: string
  state: string
  stateWords: string
  next: string
  session: Meeting | null
  open: boolean
}

/** A free time. On the panel's pages `mine` is the applicant, `theirs` the other side. */
export interface Slot {
  startsAt: string
  endsAt: string
  suits: 'both' | 'mine' | 'theirs' | 'none'
  mediators?: string[]
  rooms?: string[]
}

export interface Slots {
  minutes: number
  slots: Slot[]
  marks: { mine: string[]; both: string[] }
}
