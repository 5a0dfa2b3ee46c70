import type { AgreementPaper } from '../papers/agreement.ts'
import type { Side } from '../rules/mediation/types.ts'
import type { FileLine } from './schemas-resident.ts'

/** What the pages of a mediation read, as docs/protocol.md gives it. */

export interface Route {
  key: string
  name: string
  how: string
  number?: string
}

export interface SessionView {
  id: string
  startsAt: string
  endsAt: string
  room: string
  mediator: string
  state: string
  answer: 'coming' | 'move' | null
}

export interface NeedView {
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

export interface StepView {
  verb: string
  label: string
  needs: NeedView[]
}

export interface PromiseView {
  id: string
  no: number
  side: Side
  what: string
  by: string
  state: 'open' | 'kept' | 'broken'
  mine?: boolean
}

export interface CourtView {
  state: string
  until: string | null
  mine: boolean
  theirs: boolean
  papers: string[]
}

export type AgreementView = Omit<AgreementPaper, 'confirmable'> & { signatures: string[] }

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
  mediators: { id: string; name: string; languages: string[] }[]
  session: SessionView | null
  held: { session: string; startsAt: string; endsAt: string; until: string } | null
  changesLeft: number
  earlier: { waiting: boolean; offer?: { startsAt: string; until: string } }
  about: { title: string; rules: string; text?: string; answers?: { ask: string; answer: string }[] }
  evidence: { how: string; name: string }[]
  limits: { key: string; text: string; routes: Route[] }[]
  basics: { key: string; text: string }[]
  words: { from: 'me' | 'mediator' | 'panel'; text: string; at: string }[]
  timeline: { at: string; words: string }[]
  coming: { kind: string; words: string; due: string }[]
  agreement: AgreementView | null
  promises: PromiseView[]
  court: CourtView | null
  routes: Route[]
  may: StepView[]
  files: FileLine[]
}

export interface MediationLine {
  code: string
  side: Side
  panel: string
  state: string
  stateWords: string
  next: string
  session: SessionView | null
  open: boolean
}

export interface MediationRowView {
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

export interface StaffMediation extends MediationRowView {
  text: string
  answers: { ask: string; answer: string }[]
  limits: { key: string; text: string; refuses: boolean; routes: Route[] }[]
  safety?: { answer: string; words: string; cleared: string | null }
  parties: {
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
    wish: string | null
    longer: boolean
    confirm: boolean
    says: 'coming' | 'move' | null
  }[]
  mediators: { id: string; name: string; languages: string[]; recused: boolean }[]
  words?: { side: Side; from: string | null; text: string; at: string }[]
  sessions: (SessionView & { record?: object })[]
  agreement: AgreementView | null
  promises: PromiseView[]
  court: CourtView | null
  visit: object | null
  timeline: { at: string; words: string; by: string; text?: string }[]
  coming: { kind: string; words: string; due: string }[]
  steps: StepView[]
  files: FileLine[]
  from: string | null
}
