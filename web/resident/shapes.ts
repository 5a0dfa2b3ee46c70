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
  kind: 'heard' | 'check' | 'receipt' | 'emergency' | 'case' | 'cases' | 'myData' | 'service'
  title?: string
  rows: Row[]
  calls?: Call[]
}

export interface Choice {
  n: string
  label: string
  tap: string
}

/** A file of a message: fetched as `/api/resident/files/<id>/small` and `/full`. */
export interface MessageFile {
  id: string
  kind: 'image' | 'file'
  width?: number
  height?: number
}

export interface Bubble {
  text: string
  files?: MessageFile[]
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
  /** It belongs to a call for help: the way out stands beside it. */
  quiet?: boolean
}

export interface MessagePage {
  messages: Message[]
  last: number
  more: boolean
}

export interface CaseLine {
  code: string
  /** `mediation` has a page of its own. */
  kind: string
  title: string
  state: string
  stateWords: string
  office: string
  createdAt: string
  due: string | null
  awaitsRating: boolean
  open: boolean
  /** The newest public words, on the list of own cases. */
  news?: { at: string; words: string; text?: string }
}

export interface FileLine extends MessageFile {
  type: string
  bytes: number
  at: string
}

/** How far an upload has come. */
export interface FileState {
  id: string
  state: 'arriving' | 'ready' | 'refused'
  received: number
  bytes: number
  kind?: 'image' | 'file'
  width?: number
  height?: number
  why?: string
}

export type QuestionKind =
  | 'words'
  | 'oneOf'
  | 'yesOrNo'
  | 'phone'
  | 'place'
  | 'date'
  | 'photos'
  | 'consent'
  | 'caseCode'
  | 'queryCode'
  | 'rating'
  | 'typed'

export interface Question {
  key: string
  kind: QuestionKind
  ask: string
  optional: boolean
  aside: boolean
  answered: boolean
  choices?: { value: string; label: string }[]
  shown?: { value: string; note?: string }
  /** Text to put back into the field. */
  raw?: string
  files?: FileLine[]
}

/** A flow as a form; `current` null is the check page. */
export interface Form {
  flow: string
  title: string
  questions: Question[]
  current: string | null
  notice?: string
  /** Shown beside the answers before sending. */
  rows?: { label: string; value: string; note?: string }[]
  /** What may be done in place of sending, and the own case it is done to. */
  joins?: ('follow' | 'add' | 'hurry')[]
  own?: string
}

/** A neighbour's case this person follows, as far as they may know it. */
export interface Followed {
  code: string
  category: string
  place: string
  stateWords: string
  office: string
  createdAt: string
  closedAt: string | null
  due: string | null
  summary: string | null
  /** The own case a clerk linked to it. */
  own: string | null
  open: boolean
}

export interface FormAnswer {
  form: Form | null
  messages: Message[]
}

export interface Places {
  towns: { code: string; name: string; py: string }[]
  communities: { code: string; name: string; town: string; py: string }[]
  estates: { name: string; community: string; py: string }[]
  grids: { code: string; name: string; community: string; py: string }[]
}

export interface TimelineEntry {
  at: string
  words: string
  text?: string
  arrived?: 'sent' | 'waiting' | 'givenUp' | null
  /** How far what this line had to say has come, in words. */
  arrival?: string
  by?: string
  /** Ids among the files of the case. */
  files?: string[]
}

/** Something said to this person about the case. */
export interface Told {
  at: string
  words: string
  channel: string | null
  state: 'sent' | 'waiting' | 'givenUp'
  arrival: string
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
  /** When whoever has it now got it. */
  since: string
  /** The clerk, by surname. */
  handler?: string
  /** How long is left, in words. */
  left: string | null
  files: FileLine[]
  notices: Told[]
  timeline: TimelineEntry[]
  coming: { words: string; due: string | null }[]
  answer?: CaseAnswer | null
  /** How many neighbours follow it. */
  neighbours?: number
  /** 转为调解: suggested by the office, or applied for. */
  mediation?: { state: 'offered' | 'applied'; code?: string }
  may: ('rate' | 'add' | 'withdraw' | 'reopen')[]
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
  /** `open` is null where no fixed times are known; `opens` says from when, in words. */
  hotlines: {
    number: string
    label: string
    hours: string
    open: 'now' | 'closed' | null
    opens?: string
  }[]
  privacy: { version: string; text: string }
  languages: string[]
}

/** One errand of the service guide, in the language of this front. */
export interface Service {
  key: string
  name: string
  source: 'report' | 'example'
  /** The day the office confirmed it; without it every detail is an example. */
  checked?: string
  /** Other words for it, and their pinyin (`juzhuzheng jzz`). */
  also: string[]
  py: string[]
  who: string
  bring: string[]
  where: string
  hours: string
  days: string
  fee: string
  steps: string[]
  office: string
  doorstep: boolean
  online: boolean
  phone?: string
}

/** One of the eight panels. */
export interface Panel {
  code: string
  name: string
  about: string
  hours: string
  languages: string[]
  /** False where one person is helped and no two sides are brought together. */
  mediates: boolean
  phone?: string
}
