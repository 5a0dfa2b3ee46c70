/**
 * The shapes that pass between the conversation engine and its shell. Everything here is plain JSON: a talk is stored
 * between two messages, so a restart, a deploy or a change of device finds it again.
 */

import type { Language } from '../rules/people/language.ts'
import type { Lookalike } from './alike.ts'
import type { CareChild, CareCommand } from './caring.ts'
import type { GridCommand, StaffFacts } from './grid.ts'
import type { HelpCommand } from './helping.ts'
import type { LearningCommand, Proposal } from './proposal.ts'

export type { Language }

/** The conversations that exist; one file each in this folder. */
export type FlowName =
  | 'grievance'
  | 'mediation'
  | 'help'
  | 'status'
  | 'addToCase'
  | 'withdraw'
  | 'rating'
  | 'human'
  | 'myData'
  | 'patrol'
  | 'duty'
  | 'myOrders'
  | 'visit'
  | 'away'
  | 'letter'

const STAFF_FLOWS: readonly string[] = ['patrol', 'duty', 'myOrders'] satisfies FlowName[]

/** Conversations of staff alone: never a form, and nobody else can begin them. */
export const isStaffFlow = (name: string): boolean => STAFF_FLOWS.includes(name)

export type Answers = Record<string, unknown>

/** A conversation begun and not ended: where it stands is the first gap in its answers, never a stored position. */
export interface OpenFlow {
  flow: FlowName
  answers: Answers
  /** The question a person asked to change; put again out of order, then the talk goes on where it was. */
  editing?: string
  /** True once the summary was shown and only the last "yes, send it" is missing. */
  checking?: boolean
  /** Every answer was given on the form: it waits for the word to send, even where the chat would end by itself. */
  filled?: boolean
  /** Set aside, with every answer kept: left by the person, or waiting behind an emergency, a member of staff or another flow. */
  paused?: 'left' | 'danger' | 'person' | 'other'
  /** Left in a hurry: no form shows its answers until it is taken up again in words. */
  veiled?: true
}

/** One person's talk, whatever channel it runs on. `stack[0]` is the flow in hand, the rest are paused beneath it. */
export interface Talk {
  stack: OpenFlow[]
  /** Further matters heard in one breath: asked about one by one when the flow in hand is finished. */
  waiting: string[]
  language: Language
  /** Counts the questions put; a choice carries it, so a tap on an old button is recognised as stale. */
  step: number
  /** Set while the emergency card stands in front of a flow; the flow goes on when the person says so. */
  danger?: { kinds: readonly Danger[]; at: string }
  /** Version of the privacy notice this person was last shown. */
  noticeShown?: string
  /** Values of the choices last put, in order: what the numbers 1… mean now. A value that begins with `!` is a step of the engine. */
  offered?: readonly string[]
  /** Words said while the bot had to ask something else first; taken up as soon as that is answered. */
  kept?: string
  /** Version of the words this person was last asked with whether understanding may learn from theirs: asked once. */
  learningAsked?: string
  /** The chat was linked by a member of staff: only then is it looked up who that is. */
  staff?: true
}

/** A file the shell has already stored; the talk carries only its id. */
export interface FileRef {
  id: string
  kind: 'image' | 'voice' | 'video' | 'file'
}

/** What a person sent: words, a tapped choice, files, a position. */
export interface Heard {
  text: string
  /** `step.value` of the tapped choice, as it stood in `Choice.tap`. */
  tap?: string
  files?: readonly FileRef[]
  /** WGS84 degrees. */
  position?: { lat: number; lng: number }
  /** Code of a town, community or grid picked from a list; `text` says it in words. */
  unit?: string
}

/** Danger kinds of the emergency gate (rules/people/danger and facts: life first). */
export type Danger = 'self_harm' | 'violence' | 'minor_harmed' | 'fire_or_life' | 'crime'

export type CaseClass = 'general' | 'important' | 'urgent'

/** A place of the district as far as words told it. Codes are those of the district's units. */
export interface PlaceAnswer {
  /** As the person said it; always kept. */
  words: string
  townCode?: string
  communityCode?: string
  gridCode?: string
  /** Housing estate by name, when known. */
  estate?: string
  /** WGS84 degrees, when the person sent a position. */
  position?: { lat: number; lng: number }
}

/** The line a resident's own case shows in talk. Texts are in clear: they are the person's own. */
export interface OwnCase {
  code: string
  title: string
  state: string
  /** Name of the unit that holds it. */
  office: string
  /** ISO instant of the next promise, if one runs. */
  due?: string
  /** The answer waits for the person's word: contacted, solved, satisfied. */
  awaitsRating: boolean
  /** A call for help: never named by its matter. */
  help?: boolean
  /** Closed, and may still be had again. */
  reopens?: boolean
  open: boolean
  /** Its words may be an example to learn from, if the person agrees. */
  teaches?: boolean
}

/** What the shell looks up before a turn. `now` is always there; the rest only when `wants` named it. */
export interface Facts {
  /** ISO instant. */
  now: string
  ownCases?: readonly OwnCase[]
  /** Contact data the person gave before, offered again instead of asked again. */
  profile?: { name?: string; phone?: string }
  /** Open cases much like this one, near this place: only category, estate, count and date. */
  lookalikes?: readonly Lookalike[]
  /** The person's own open case of the same kind and place. */
  repeat?: { category: string; estate: string; code: string; hurries: boolean }
  /** Neighbours' cases the person follows. */
  follows?: readonly { code: string; category: string; estate: string }[]
  /** The last thing this person was told, when it asks: whether they come to a meeting, or would have a matter mediated. */
  asked?: Asked
  /** The member of staff this chat is linked to, while they are one. */
  staff?: StaffFacts
  /** Set for a volunteer: the children they go to see. */
  care?: { children: readonly CareChild[] }
  /** Whether understanding may learn from the person's words; null where they never said. Set where it may be asked about. */
  learning?: { wish: boolean | null }
}

/** A notice that stands unanswered, with the code of its case; a bare number answers it. */
export interface Asked {
  about: 'meeting' | 'mediation'
  code: string
}

export type Want = 'ownCases' | 'profile' | 'lookalikes' | 'staff' | 'asked' | 'care' | 'learning'

/** What the engine asks its shell to do, in the transaction of the message. Each kind has one action. */
export type Command =
  | { do: 'openCase'; with: GrievanceAnswers }
  | { do: 'openMediation'; with: MediationAnswers }
  /** `code` where the reminder that was answered is known; else the next meeting is meant. */
  | { do: 'answerReminder'; with: { answer: 'coming' | 'move'; code?: string } }
  | { do: 'openDanger'; with: { kinds: readonly Danger[]; text: string; because: readonly string[] } }
  /** Nothing new is filed: a neighbour's case is followed, or the person's own is added to or hurried. `otherwise` is filed when that cannot be. */
  | { do: 'joinCase'; with: { how: Joining; code: string | null; otherwise: GrievanceAnswers } }
  | { do: 'unfollow'; with: { code: string } }
  | { do: 'showCases' }
  | { do: 'showCase'; with: { code: string; queryCode?: string } }
  | { do: 'addToCase'; with: { code: string; text: string; files: readonly FileRef[] } }
  | { do: 'withdrawCase'; with: { code: string; reason: string } }
  | { do: 'rateCase'; with: RatingAnswers }
  | { do: 'callPerson'; with: { reason: string } }
  | { do: 'handBack' }
  | { do: 'showMyData' }
  | { do: 'exportMyData' }
  | { do: 'correctMyData'; with: { field: 'name' | 'phone'; value: string } }
  | { do: 'eraseMyData' }
  | {
      do: 'recordConsent'
      with: { purpose: 'privacyNotice' | 'sensitiveData'; version: string; given: boolean }
    }
  | { do: 'newRecoveryCode' }
  | LearningCommand
  | GridCommand
  | HelpCommand
  | CareCommand

/** `followTell`: what the person said is passed on to whoever works on it. */
export type Joining = 'follow' | 'followTell' | 'add' | 'hurry'

export interface GrievanceAnswers {
  /** The matter in the person's words; the shell keeps it to the letter. */
  what: string
  /** A short line for lists, ≤ 30 characters, without phones or names. */
  title: string
  category: string
  /** `panel:物业纠纷`, `dept:城乡建设` or null when a person must decide. */
  route: string | null
  class: CaseClass
  /** The separate asks heard in the text; an answer must tick every one. */
  points: readonly string[]
  place: PlaceAnswer
  /** null: the person wishes to stay without a name or a phone. */
  name: string | null
  phone: string | null
  files: readonly FileRef[]
  /** Hide the complainant from the unit complained of (信访工作条例 art. 30). */
  hidden: boolean
  /** The person declines an answer. */
  noReply: boolean
  /** Code of the person's own closed matter this one follows on. */
  again?: string
  /** What understanding proposed before the person was asked. */
  proposal: Proposal
}

export interface MediationAnswers {
  /** Code of the panel. */
  panel: string
  what: string
  category: string
  /** The one tap about safety; goes to the panel sealed. */
  safety: 'safe' | 'private' | 'afraid' | 'hurt'
  /** The panel's own questions, by key; null where passed by. */
  answers: Readonly<Record<string, string | null>>
  other: { kind: 'person' | 'organisation'; name: string; phone: string | null }
  name: string | null
  phone: string | null
  files: readonly FileRef[]
  /** Code of the person's own grievance it grew out of. */
  from?: string
}

export interface RatingAnswers {
  code: string
  contacted: boolean
  solved: boolean
  /** 1 not satisfied, 2 fair, 3 satisfied. */
  satisfied: 1 | 2 | 3
  why: string
}

/** One thing the bot says, by key; the words live in `locales/<language>/bot.json`. */
export interface Say {
  /** Key under `say.`, such as `ask.grievance.where` or `receipt`. */
  say: string
  /** Values for the words, in clear. Dates as ISO instants or `YYYY-MM-DD`; wording formats them. */
  with?: Record<string, unknown>
  /** Choices put with it, in order; numbers 1… always work in their place. */
  choices?: readonly Choice[]
  card?: Card
}

export interface Choice {
  /** What a tap sends back: `step.value`. */
  tap: string
  /** Key under `choice.`, or … */
  label?: string
  /** … literal words (a case title, a place name). */
  words?: string
  /** The same in English, where the district gives both. */
  english?: string
  with?: Record<string, unknown>
}

/** A card beside the words: rows by key under `row.`; an `edit` row can be changed by sending `tap`. */
export interface Card {
  kind: 'heard' | 'check' | 'receipt' | 'emergency' | 'case' | 'cases' | 'myData' | 'service' | 'alike'
  rows: readonly CardRow[]
  /** Telephone numbers to call with one tap, most urgent first; `label` is a key under `call.`. */
  calls?: readonly { number: string; label: string }[]
}

/** One row: its name is `row.<key>`; the value is literal (`value`) or words of the file by full key (`label`, such as `category.lift`). */
export interface CardRow {
  key: string
  value?: string
  /** The same in English, where the district gives both. */
  english?: string
  label?: string
  note?: string
  noteLabel?: string
  tap?: string
  /** Its name in words of the district instead of `row.<key>`. */
  own?: { words: string; english: string }
}

/** What came of one message: the talk to store, and in order what to say and what to do. */
export interface Turn {
  talk: Talk
  out: readonly (Say | Command)[]
}
