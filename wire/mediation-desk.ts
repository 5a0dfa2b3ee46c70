import type {
  Agreement,
  Court,
  FileLine,
  Mediator,
  Meeting,
  Promised,
  Route,
  Side,
  Step,
} from './mediation.ts'

/** What the desk of a panel reads: its queue, one mediation, the calendar, figures, letters and feeds. Types alone. */

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

/** A mediation as the panel's desk sees it. */
export interface Mediation extends MediationRow {
  text: string
  answers: { ask: string; answer: string }[]
  limits: { key: string; text: string; refuses: boolean; routes: Route[] }[]
  safety?: { answer: string; words: string; cleared: string | null }
  parties: Party[]
  mediators: Mediator[]
  rooms: { id: string; name: string }[]
  words?: { side: Side; from: string | null; text: string; at: string }[]
  sessions: Meeting[]
  /** A side is just confirming a time; booking for both takes its place. */
  heldBy: { side: Side; startsAt: string; until: string } | null
  agreement: Agreement | null
  promises: Promised[]
  court: Court | null
  visit: { with: string; performed: string; satisfied: string; problems: string } | null
  timeline: { at: string; words: string; by: string; text?: string }[]
  coming: { kind: string; words: string; due: string }[]
  steps: Step[]
  files: FileLine[]
  /** Code of the grievance it grew out of. */
  from: string | null
}

/** The printed invitation. */
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
  /** The other side's phone, masked, where the invitation can go by text message. */
  textTo?: string
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
  state: Exclude<Meeting['state'], 'cancelled'>
  /** Until when it is held for somebody. */
  until: string | null
  /** What the sides answered to the reminder, both taken together. */
  says: 'both' | 'one' | 'move' | null
}

/** Somebody who waits for an earlier meeting, and the place offered to them while the offer stands. */
export interface InLine {
  code: string
  side: Side
  since: string
  booked: string
  mediator: string
  offer: { startsAt: string; until: string; mediator: string; room: string } | null
}

/** 停约: a mediator (`mediator:<id>`) or a room (`room:P01.0`) not to be had for a time. */
export interface Closure {
  id: string
  resource: string
  startsAt: string
  endsAt: string
  reason: string
  by: string
}

/** What closes a stretch of time; `panel:P01` closes every room of it. */
export interface Closing {
  resource: string
  startsAt: string
  endsAt: string
  reason: string
}

export interface PanelCalendar {
  rooms: { id: string; name: string }[]
  mediators: Mediator[]
  days: { date: string; open: Opening[]; holiday: boolean }[]
  sessions: CalendarSession[]
  closures: Closure[]
  /** The asking member of staff may close time and open it again. */
  mayClose: boolean
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
