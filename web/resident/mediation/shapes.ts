import type { FileLine } from '../shapes.ts'

/** What a side reads of its mediation (docs/protocol.md, "Mediation"). */

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
  state: string
  answer: 'coming' | 'move' | null
}

export interface Need {
  field: string
  label: string
  kind: string
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
  /** `YYYY-MM-DD`. */
  by: string
  state: 'open' | 'kept' | 'broken'
  mine: boolean
}

export interface Court {
  state: 'open' | 'notForThis' | 'applied' | 'confirmed' | 'turnedDown' | 'late'
  until: string | null
  mine: boolean
  theirs: boolean
  papers: string[]
}

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
  signatures: string[]
  oral: boolean
}

export interface Held {
  session: string
  startsAt: string
  endsAt: string
  until: string
}

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
  mediators: { id: string; name: string; languages: string[] }[]
  session: Meeting | null
  held: Held | null
  changesLeft: number
  earlier: { waiting: boolean; offer?: { startsAt: string; until: string } }
  about: { title: string; rules: string; text?: string; answers?: { ask: string; answer: string }[] }
  evidence: { how: string; name: string }[]
  limits: { key: string; text: string; routes: Route[] }[]
  basics: { key: string; text: string }[]
  words: { from: 'me' | 'mediator' | 'panel'; text: string; at: string }[]
  timeline: { at: string; words: string }[]
  coming: { words: string; due: string }[]
  agreement: Agreement | null
  promises: Promised[]
  court: Court | null
  routes: Route[]
  may: Step[]
  files: FileLine[]
}

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

export interface Slot {
  startsAt: string
  endsAt: string
  suits: 'both' | 'mine' | 'theirs' | 'none'
  mediators?: string[]
}

export interface Slots {
  minutes: number
  slots: Slot[]
  marks: { mine: string[]; both: string[] }
}
