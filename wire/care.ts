/** What the desk of care reads and says. A child is a pseudonym in all of it but `ChildOpened`. Types alone. */

export type DutyKind = 'month' | 'guardian' | 'festival' | 'term'

export interface DutyLine {
  kind: DutyKind
  period: string
  words: string
  from: string
  due: string
  until: string
  state: 'met' | 'open' | 'soon' | 'late' | 'missed'
  metOn: string | null
}

export interface ChildName {
  id: string
  pseudonym: string
}

export interface ChildLine extends ChildName {
  unit: string
  village: string
  consent: 'given' | 'none' | 'withdrawn'
  /** The day the guardian agreed, or withdrew. */
  consentOn: string | null
  pairing: string | null
  volunteer: { id: string; name: string } | null
  cover: string | null
  startsOn: string | null
  seenOn: string | null
  unseenDays: number | null
  /** Not met this year. */
  late: number
  /** Of these, due within the last 60 days. */
  owed: number
  /** The 25 duties of the year, a letter each: months, contacts with the grown-ups, festivals, terms. */
  strip: string
  next: DutyLine | null
  needs: number
  ended: boolean
}

export interface NeedLine {
  id: string
  child: ChildName
  kind: string
  words: string
  case: string | null
  at: string
}

export interface ChildView extends ChildLine {
  duties: DutyLine[]
  year: number
  share: string
  visits: {
    onDate: string
    kind: string
    kindWords: string
    done: boolean
    met: string[]
    reported: boolean
  }[]
  pairings: { id: string; volunteer: string; startsOn: string; endsOn: string | null }[]
  openNeeds: NeedLine[]
  /** Without anything of the record. */
  carers: CarerLine[]
}

export interface CarerLine {
  id: string
  kind: 'guardian' | 'parent'
  /** Their chat is linked: letters go there. */
  linked: boolean
}

/** A consent given or withdrawn, a move, another pseudonym; `words` by kind. */
export interface ChangeLine {
  kind: 'consentGiven' | 'consentWithdrawn' | 'moved' | 'renamed'
  at: string
  staff: string
  words: Record<string, string>
}

/** Who told of a worrying sign. */
export interface Reporter {
  kind: 'volunteer' | 'staff'
  name: string
}

export interface ChildRecord {
  name: string
  birthDate: string
  school: string
  village: string
  address: string
  health: string
}

export interface ConsentGiven {
  by: string
  relation: string
  purpose: string
  how: string
}

export interface ChildOpened {
  record: ChildRecord
  carers: (CarerLine & { name: string; relation: string; phone: string; where: string })[]
  consent: ConsentGiven | null
  visits: {
    onDate: string
    kind: string
    kindWords: string
    done: boolean
    note: string
    given: string | null
    againOn: string | null
  }[]
  handOvers: { endsOn: string; reason: string | null; handOver: string | null }[]
}

export interface Reading {
  at: string
  by: string
  reason: string
  emergency: boolean
  pseudonym?: string
}

export interface FestivalLine {
  key: string
  name: string
  year: number
  day: string
  from: string
  until: string
  done: number
  open: number
  missing: ChildName[]
}

export interface TermLine {
  key: string
  name: string
  from: string
  to: string
  due: string
  done: number
  open: number
  missing: (ChildName & { pairing: string })[]
}

export interface CareDesk {
  today: string
  children: number
  paired: number
  alone: number
  unseen: number
  late: number
  week: number
  needs: number
  reports: number
  absences: number
  checks: number
  festival: FestivalLine | null
  may: ('coordinate' | 'open')[]
}

export interface VolunteerLine {
  id: string
  name: string
  phone: string | null
  unit: string
  village: string
  kind: 'league' | 'student' | 'other'
  kindWords: string
  body: string | null
  agreementAt: string | null
  trainedAt: string | null
  insuredUntil: string | null
  checkedAt: string | null
  checkedUntil: string | null
  check: 'good' | 'soon' | 'lapsed'
  linked: boolean
  children: number
  many: boolean
  away: { from: string; to: string } | null
  ended: boolean
}

export interface AbsenceLine {
  id: string
  who: string
  name: string
  fromDate: string
  toDate: string
  reason: string
  cover: { id: string; name: string } | null
  children: string[]
}

export interface ReportLine {
  id: string
  child: ChildName
  signs: string[]
  heardAt: string
  dueAt: string
  madeTo: string | null
  madeAt: string | null
  case: string | null
  numbers: { number: string; label: string }[]
}

export interface LetterLine {
  id: string
  child: ChildName
  period: string
  text: string
  state: 'draft' | 'approved' | 'sent'
  /** Written by the volunteer in the chat. */
  byVolunteer: boolean
  createdAt: string
}

export interface Imported {
  entered: { volunteers: number; children: number; pairings: number }
  refused: { sheet: string; row: number; why: string }[]
}

export interface Review {
  at: string
  by: string
  note: string
}

export interface KeptLine {
  child: ChildName
  endedOn: string
  keptUntil: string
}

export interface KnowledgeWeek {
  week: string
  title: string
  text: string
  law: string
  state: 'draft' | 'approved' | 'sent'
  editedBy: string | null
  approvedBy: string | null
  sentAt: string | null
  reach: { sent: number; lost: number; waiting: number } | null
}

export interface KnowledgeCalendar {
  today: string
  weeks: KnowledgeWeek[]
  people: { volunteers: number; carers: number; off: number }
}

export interface Nomination {
  id: string
  purpose: string
  text: string
  by: string
  at: string
}
