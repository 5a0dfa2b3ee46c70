/**
 * The words of a case: what states, classes, orders and verbs exist. Stored as strings and typed by these unions, so the
 * rules are the one place that knows them. The Chinese and English words live in `locales/`.
 */

/** Five kinds of something promised to somebody. */
export const CASE_KINDS = ['grievance', 'gridReport', 'mediation', 'errand', 'hotline'] as const
export type CaseKind = (typeof CASE_KINDS)[number]

/** 一般事务, 重要事务, 重要紧急事务 (source report, event classes). */
export const CASE_CLASSES = ['general', 'important', 'urgent'] as const
export type CaseClass = (typeof CASE_CLASSES)[number]

/** 抢单, 派单, 分单, 联单, 返单. */
export const ORDER_KINDS = ['grab', 'dispatch', 'split', 'joint', 'return'] as const
export type OrderKind = (typeof ORDER_KINDS)[number]

/** Where a case stands. The last three are ends; a closed one may be reopened. */
export const CASE_STATES = [
  'received',
  'assigned',
  'working',
  'answered',
  'redo',
  'closed',
  'refused',
  'withdrawn',
] as const
export type CaseState = (typeof CASE_STATES)[number]

/** Where any case ends: those of a grievance, and those only a mediation has. */
export const END_STATES: readonly string[] = [
  'closed',
  'refused',
  'withdrawn',
  'referred',
  'noConsent',
  'failed',
]

/** An open case is still owed something. */
export const isOpen = (state: string): boolean => !END_STATES.includes(state)

/** What can be done to a case. */
export const VERBS = [
  'grab',
  'dispatch',
  'sign',
  'acknowledge',
  'contact',
  'note',
  'message',
  'answer',
  'refuse',
  'askExtension',
  'extend',
  'rateSolved',
  'rateUnsolved',
  'close',
  'reopen',
  'withdraw',
  'add',
  'hurry',
  'split',
  'joint',
  'accept',
  'report',
  'recall',
  'object',
  'uphold',
  'upholdPart',
  'overrule',
  'return',
  'designate',
  'classify',
  'correct',
  'askPause',
  'pause',
  'resume',
  'link',
  'unlink',
  'publish',
  'toMediation',
] as const
export type Verb = (typeof VERBS)[number]

/**
 * One clock on a case: `grab` how long the town may grab, `sign` 签收, `acknowledge` a danger seen by the duty holder,
 * `contact` first contact, `interim` result or interim report, `answer`, `redo` the answer after a bad call-back,
 * `callBack` how long the resident is asked, `resume` by when a paused matter 挂起 goes on. Of one order: `respond` and
 * `report` of a part, `objection` until the district decides, `designate` until a returned case has a leader. Of a
 * mediation: `admit` whether it is accepted, `reply` of the other party, `conclude` the legal limit, `confirm` how long the court
 * may be asked, `perform` the next promise of the agreement, `visit` the return visit 回访.
 */
export const DEADLINE_KINDS = [
  'grab',
  'sign',
  'acknowledge',
  'contact',
  'interim',
  'answer',
  'redo',
  'callBack',
  'resume',
  'respond',
  'report',
  'objection',
  'designate',
  'admit',
  'reply',
  'conclude',
  'confirm',
  'perform',
  'visit',
] as const
export type DeadlineKind = (typeof DEADLINE_KINDS)[number]

/** What a form must ask before a verb may be done. */
export type Need =
  | 'unit'
  | 'reason'
  | 'rightChannel'
  | 'text'
  | 'result'
  | 'facts'
  | 'basis'
  | 'ticks'
  | 'newDue'
  | 'plan'
  | 'resumeBy'
  | 'how'
  | 'satisfied'
  | 'below'
  | 'item'
  | 'task'
  | 'part'
  | 'objection'
  | 'grounds'
  | 'proposal'
  | 'leader'
  | 'lead'
  | 'units'
  | 'class'
  | 'points'
  | 'same'
  | 'summary'

/** How each need is asked; `atLeast` and `atMost` count characters. */
export const NEEDS: Readonly<Record<Need, NeedForm>> = {
  unit: { form: 'unit' },
  reason: { form: 'words', atLeast: 2, atMost: 500 },
  rightChannel: { form: 'words', atLeast: 2, atMost: 200 },
  text: { form: 'words', atLeast: 1, atMost: 2000 },
  result: { form: 'words', atLeast: 2, atMost: 2000 },
  facts: { form: 'words', atLeast: 2, atMost: 2000 },
  basis: { form: 'words', atLeast: 2, atMost: 500 },
  ticks: { form: 'ticks' },
  newDue: { form: 'date' },
  plan: { form: 'words', atLeast: 2, atMost: 500 },
  resumeBy: { form: 'date' },
  how: { form: 'choice', choices: ['phone', 'visit', 'wechat'] },
  satisfied: { form: 'choice', choices: ['1', '2', '3'] },
  below: { form: 'below' },
  item: { form: 'whistle' },
  task: { form: 'words', atLeast: 2, atMost: 500 },
  part: { form: 'part' },
  objection: { form: 'objection' },
  grounds: { form: 'words', atLeast: 2, atMost: 500 },
  proposal: { form: 'unit' },
  leader: { form: 'leader', optional: true },
  lead: { form: 'unit' },
  units: { form: 'units', optional: true },
  class: { form: 'choice', choices: CASE_CLASSES },
  points: { form: 'lines', atMost: 20 },
  same: { form: 'alike' },
  summary: { form: 'words', atLeast: 4, atMost: 500 },
}

export type NeedForm =
  | { form: 'words'; atLeast: number; atMost: number }
  | { form: 'unit' | 'ticks' | 'date' }
  | { form: 'choice'; choices: readonly string[] }
  /** Lines of text, so many at most. */
  | { form: 'lines'; atMost: number }
  /** A unit below the holder; an item of the whistle list; an open part; an order objected to. */
  | { form: 'below' | 'whistle' | 'part' | 'objection' }
  /** Another case, by its code. */
  | { form: 'alike' }
  /** A district leader; several units. */
  | { form: 'leader' | 'units'; optional: true }
