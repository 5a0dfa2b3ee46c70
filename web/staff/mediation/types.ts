import type { FileLine } from '../types.ts'

/** Shapes of the mediation routes as docs/protocol.md gives them. Instants are ISO UTC strings, dates `YYYY-MM-DD`. */

export type Side = 'applicant' | 'other'
export const SIDES: readonly Side[] = ['applicant', 'other']

export interface Route {
  key: string
  name: string
  how: string
  number?: string
}

export interface MediationRow {
  code: string
  panel: { code: string; name: string }
  state: string
  stateWords: string
  applicant: string
  other: string
  mediator: string | null
  due: string | null
  dueKind: string | null
  session: string | null
  flags: string[]
  createdAt: string
  version: number
}

export interface Queue {
  rows: MediationRow[]
  next: string | null
  counts: { state: string; n: number }[]
}

export interface RecordText {
  facts: string
  points: string
  applicant: string
  other: string
}

export interface Meeting {
  id: string
  startsAt: string
  endsAt: string
  room: string
  mediator: string
  state: string
  record?: RecordText
}

export interface MediationNeed {
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

export interface MediationStep {
  verb: string
  label: string
  needs: MediationNeed[]
}

export interface Party {
  side: Side
  name: string
  phone: string | null
  kind: string
  consent: boolean | null
  joined: boolean
  invitedAt: string | null
  reminded: number
  marks: string[]
  changes: number
  /** Id of the mediator this side asks for, or `another`. */
  wish: string | null
  longer: boolean
  confirm: boolean
  says: 'coming' | 'move' | null
}

export interface Mediator {
  id: string
  name: string
  languages: string[]
  recused?: boolean
}

export interface Paper {
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
}

export interface Promised {
  id: string
  no: number
  side: Side
  what: string
  by: string
  state: 'open' | 'kept' | 'broken'
}

export interface Mediation extends MediationRow {
  text: string
  answers: { ask: string; answer: string }[]
  limits: { key: string; text: string; refuses: boolean; routes: Route[] }[]
  safety?: { answer: string; words: string; cleared: string | null }
  parties: Party[]
  mediators: Mediator[]
  words?: { side: Side; from: string | null; text: string; at: string }[]
  sessions: Meeting[]
  agreement: Paper | null
  promises: Promised[]
  court: { state: string; until: string | null; mine: boolean; theirs: boolean; papers: string[] } | null
  visit: { with: string; performed: string; satisfied: string; problems: string } | null
  timeline: { at: string; words: string; by: string; text?: string }[]
  coming: { kind: string; words: string; due: string }[]
  steps: MediationStep[]
  files: FileLine[]
  from: string | null
}

export interface Slot {
  startsAt: string
  endsAt: string
  /** `mine` is the applicant, `theirs` the other side. */
  suits: 'both' | 'mine' | 'theirs' | 'none'
  mediators?: string[]
  rooms?: string[]
}

export interface Held {
  session: Meeting
  until: string
}

export interface Letter {
  code: string
  link: string
  letterCode: string
  panel: string
  to: string
  about: string
  rights: string[]
  by: string | null
  phone?: string
}

export interface Opening {
  from: string
  to: string
}

export interface CalendarSession {
  id: string
  code: string
  startsAt: string
  endsAt: string
  room: string
  mediator: { id: string; name: string }
  state: 'held' | 'booked' | 'done' | 'noShow'
}

export interface PanelCalendar {
  rooms: { id: string; name: string }[]
  mediators: Mediator[]
  days: { date: string; open: Opening[]; holiday: boolean }[]
  sessions: CalendarSession[]
}

export interface Figures {
  panel: { code: string; name: string }
  applied: number
  accepted: number
  consented: number
  reached: number
  performed: number
  failed: number
  noConsent: number
  medianDays: number | null
}

export interface Feed {
  id: string
  resource: string
  createdAt: string
  url?: string
}
