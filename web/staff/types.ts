/** Shapes of `/api/staff/*` as docs/protocol.md gives them. Instants are ISO UTC strings, dates `YYYY-MM-DD`. */

export interface Me {
  id: string
  name: string
  unit: { id: string; name: string }
  roles: string[]
  csrf: string
  idleMinutes: number
  language: string
  mustSetOtp: boolean
  demo: boolean
  /** The service's clock. */
  now: string
}

export interface ListLine {
  key: string
  group: string
  label: string
  count: number
  capped: boolean
  hot: boolean
}

export interface Row {
  code: string
  /** A `mediation` has pages of its own. */
  kind: string
  title: string
  class: string
  state: string
  stateWords: string
  category: string
  place: string | null
  holder: string
  orderKind: string | null
  due: string | null
  dueKind: string | null
  flags: string[]
  unread: boolean
  createdAt: string
  /** How many follow it; how many more nearby are likely the same. */
  followers?: number
  alike?: number
  /** Why a search found it, and where the words stand. */
  found?: { by: ('code' | 'phone' | 'name' | 'words' | 'place')[]; title: Bit[]; text?: Bit[] }
}

/** A piece of a text; `m`: it was looked for. */
export interface Bit {
  t: string
  m: boolean
}

export interface Point {
  no: number
  text: string
  doneAt: string | null
}

export interface Order {
  id: string
  kind: string
  unit: string
  staff: string | null
  state: string
  openedAt: string
  dueAt: string | null
  parentId: string | null
  /** First of the departments asked together. */
  lead: boolean
  /** The district leader who leads a returned case. */
  leader: string | null
  task: string | null
  /** Item of the whistle list. */
  item: string | null
  result: string | null
  objection?: { state: 'open' | 'upheld' | 'overruled'; reason: string; proposal: string | null }
}

export interface Clock {
  kind: string
  due: string
  startedAt: string
  /** It stands still since then. */
  pausedAt: string | null
  metAt: string | null
  brokenAt: string | null
  endedAt: string | null
  provisional: boolean
}

export type Arrived = 'sent' | 'waiting' | 'givenUp' | null

/** A photo or file as a message or a case names it. */
export interface FileRef {
  id: string
  kind: 'image' | 'file'
  width?: number
  height?: number
  bytes?: number
}

export interface FileLine extends FileRef {
  type: string
  bytes: number
  at: string
}

export interface Line {
  no: number
  at: string
  verb: string
  words: string
  text?: string | null
  by: string | null
  public: boolean
  arrived?: Arrived
  /** Ids of the files it brought. */
  files?: string[]
}

export interface Choice {
  value: string
  label: string
  group?: string
  note?: string
}

export interface Need {
  field: string
  label: string
  /** `lines`: one a line; `pick`: a long list to search; `units`: several, codes joined by commas. */
  kind: 'text' | 'choice' | 'unit' | 'points' | 'date' | 'lines' | 'pick' | 'units' | 'case'
  required: boolean
  choices?: Choice[]
  /** Only units below this one. */
  under?: string
  /** What it begins with. */
  value?: string
}

export interface Step {
  verb: string
  label: string
  primary: boolean
  needs: Need[]
}

export type Masked = 'name' | 'phone' | 'place'

/** Neighbours: who follows, what they read, the case this one is linked to, those linked to it, likely doubles. */
export interface Following {
  followers: number
  summary: string | null
  main: { code: string; stateWords: string; answer?: { result: string; facts: string; basis: string } } | null
  linked: string[]
  likely: { code: string; title: string; stateWords: string; createdAt: string }[]
}

export interface StaffCase extends Row {
  text: string
  points: Point[]
  resident: Record<Masked, string | null>
  hidden: boolean
  noReply: boolean
  orders: Order[]
  deadlines: Clock[]
  timeline: Line[]
  files: FileLine[]
  steps: Step[]
  conversation: string | null
  version: number
  /** Left out where neighbours may not hear of it. */
  follow?: Following
  /** A call for help: what the person wishes, and what those who take it up must mind. */
  help?: { rows: { label: string; value: string }[]; minds: string[]; office: string }
}

export interface Unit {
  id: string
  kind: string
  name: string
  parentId: string | null
  /** Takes nothing new. */
  closed?: boolean
}

export interface Canned {
  key: string
  title: string
  text: string
}

export type Mode = 'bot' | 'waiting' | 'human'

export interface ConversationRow {
  id: string
  mode: Mode
  since: string
  lastText: string
  lastAt: string
  takenBy: string | null
  cases: string[]
}

export interface Bubble {
  text: string
  by?: string
  card?: {
    kind: string
    title?: string
    rows: { label: string; value: string; note?: string }[]
    calls?: { number: string; label: string }[]
  }
  files?: FileRef[]
  choices?: { n: string; label: string }[]
  hint?: string
  code?: string
}

export interface Message {
  seq: number
  id: string
  from: 'me' | 'bot' | 'staff' | 'notice'
  at: string
  body: Bubble
}

export interface Conversation {
  id: string
  mode: Mode
  takenBy: string | null
  messages: Message[]
  cases: Row[]
}

export interface Alert {
  id: string
  kinds: string[]
  because: string
  at: string
  state: string
  stage: string
  onDuty: string | null
  case: string | null
  conversation: string | null
  acknowledgedBy: string | null
}

export interface LostNotice {
  id: string
  notice: string
  case: string | null
  recipient: string
  tries: { channel: string; outcome: string; at: string }[]
  at: string
}

export interface Invariant {
  open: number
  closed: number
  broken: { code: string; why: string }[]
}
