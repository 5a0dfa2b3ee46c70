/** What the service sends this front (docs/protocol.md, "Resident"). */

export type Language = 'zh-CN' | 'en'

export interface Row {
  label: string
  value: string
  note?: string
  edit?: string
}

export interface Call {
  number: string
  label: string
}

export interface Card {
  kind: 'heard' | 'check' | 'receipt' | 'emergency' | 'case' | 'cases' | 'myData'
  title?: string
  rows: Row[]
  calls?: Call[]
}

export interface Choice {
  n: string
  label: string
  tap: string
}

export interface Bubble {
  text: string
  by?: string
  card?: Card
  choices?: Choice[]
  hint?: string
  /** An address of this service to fetch something from, such as one's own data. */
  link?: string
  code?: string
}

export interface Message {
  seq: number
  id: string
  from: 'me' | 'bot' | 'staff' | 'notice'
  /** ISO instant. */
  at: string
  body: Bubble
  /** The id this client made, on the person's own words. */
  echo?: string
}

export interface MessagePage {
  messages: Message[]
  last: number
  more: boolean
}

export interface CaseLine {
  code: string
  title: string
  state: string
  stateWords: string
  office: string
  createdAt: string
  due: string | null
  awaitsRating: boolean
  open: boolean
}

export interface TimelineEntry {
  at: string
  words: string
  text?: string
  arrived?: 'sent' | 'waiting' | 'givenUp' | null
  by?: string
}

export interface CaseAnswer {
  at: string
  office: string
  result: string
  facts: string
  basis: string
  points: { text: string; done: boolean }[]
}

export interface CaseView extends CaseLine {
  place: string
  next: string
  timeline: TimelineEntry[]
  coming: { words: string; due: string | null }[]
  answer?: CaseAnswer | null
  may: ('rate' | 'add' | 'withdraw')[]
}

export interface Looked {
  code: string
  state: string
  stateWords: string
  office: string
  createdAt: string
  due: string | null
}

export interface Session {
  language: Language
  privacy: { version: string; shown: boolean }
  recoveryCode?: string
}

export interface District {
  name: string
  hotlines: { number: string; label: string; hours: string }[]
  privacy: { version: string; text: string }
  languages: string[]
}
