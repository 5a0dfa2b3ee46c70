import type { DeadlineKind } from './types.ts'

/**
 * 一单一反馈一考评: what the rows of one ended case say of it and of each order. Computed from outcomes alone and reviewed by a person
 * (国办函〔2026〕12号): no points, no ranking, nothing about individuals. 1 is yes, 0 is no, null where nothing was owed or said.
 */
export interface Measures {
  /** First contact with the resident, or for a part the first response, was in time. */
  contacted: Yes
  /** Answer, interim report and every redo, or for a part its report, was in time. */
  answered: Yes
  /** How often it was done again. */
  redone: number
  /** An objection 退单 was decided: upheld or not. */
  upheld: Yes
  /** What the resident said of the last answer. Silence says neither. */
  solved: Yes
  satisfied: Yes
}
export type Yes = 0 | 1 | null

/** The measures in the order they are shown. */
export const MEASURES = ['contacted', 'answered', 'redone', 'upheld', 'solved', 'satisfied'] as const
export type Measure = (typeof MEASURES)[number]

/** One clock of the case (`orderId` null) or of an order. Instants are ISO. */
export interface EndedClock {
  kind: DeadlineKind
  orderId: string | null
  due: string
  pausedAt: string | null
  metAt: string | null
  brokenAt: string | null
  endedAt: string | null
}

/** One order of it: whose, and when it was over. */
export interface EndedOrder {
  id: string
  unit: string
  doneAt: string | null
}

/** A line of the timeline that speaks about the answer, by its number. */
export interface SaidLine {
  no: number
  verb: string
  byResident: boolean
  /** 1 not satisfied, 2 fair, 3 satisfied. */
  satisfied: number | null
}

/** An ended case as far as its assessment goes. */
export interface EndedCase {
  /** The unit that answers for it (首接负责). */
  unit: string
  redos: number
  clocks: readonly EndedClock[]
  orders: readonly EndedOrder[]
  said: readonly SaidLine[]
}

/** The assessment of the case (`orderId` null) or of one order, and the unit responsible. */
export interface Assessed extends Measures {
  orderId: string | null
  unit: string
}

/** Which clocks each measure asks: of the case, and of one order. */
export const CLOCKS_OF = {
  case: { contacted: ['contact'], answered: ['interim', 'answer', 'redo'] },
  order: { contacted: ['respond'], answered: ['report'] },
} as const satisfies Record<string, Record<'contacted' | 'answered', readonly DeadlineKind[]>>

/** Assesses an ended case: one row for the case, then one for each of its orders in the order of their ids. */
export function assess(of: EndedCase): Assessed[] {
  const orders = [...of.orders].sort((a, b) => (a.id < b.id ? -1 : 1)).map(order => assessOrder(of, order))
  const own = of.clocks.filter(clock => clock.orderId === null)
  const upheld = orders.map(order => order.upheld).filter(one => one !== null)
  const whole: Assessed = {
    ...{ orderId: null, unit: of.unit, redone: of.redos },
    contacted: allKept(own, CLOCKS_OF.case.contacted),
    answered: allKept(own, CLOCKS_OF.case.answered),
    upheld: upheld.length === 0 ? null : upheld.includes(1) ? 1 : 0,
    ...lastWord(of.said),
  }
  return [whole, ...orders]
}

function assessOrder({ clocks }: EndedCase, { id, unit, doneAt }: EndedOrder): Assessed {
  const own = clocks.filter(clock => clock.orderId === id)
  return {
    ...{ orderId: id, unit, redone: 0, solved: null, satisfied: null },
    contacted: allKept(own, CLOCKS_OF.order.contacted),
    answered: allKept(own, CLOCKS_OF.order.answered),
    upheld: objectionOf(own, doneAt),
  }
}

/** Upheld, the order ends with the decision; not upheld, it goes on. Never decided (taken back meanwhile): neither. */
function objectionOf(clocks: readonly EndedClock[], doneAt: string | null): Yes {
  const decided = clocks.find(clock => clock.kind === 'objection' && clock.metAt !== null)
  if (!decided) return null
  return decided.metAt === doneAt ? 1 : 0
}

/** All of these were kept; null where none was owed to the end. */
function allKept(clocks: readonly EndedClock[], kinds: readonly DeadlineKind[]): Yes {
  const kept = clocks
    .filter(clock => kinds.includes(clock.kind))
    .map(keptOf)
    .filter(one => one !== null)
  if (kept.length === 0) return null
  return kept.includes(0) ? 0 : 1
}

/**
 * Kept, broken, or no longer owed: a clock that a withdrawal or a refusal ended in time counts neither way; one broken before stays
 * broken. What stands still cannot break.
 */
function keptOf({ due, pausedAt, metAt, brokenAt, endedAt }: EndedClock): Yes {
  if (brokenAt !== null && (pausedAt === null || brokenAt < pausedAt)) return 0
  const at = metAt ?? endedAt
  if (at !== null && pausedAt === null && at > due) return 0
  return metAt === null ? null : 1
}

/** What was said of the last answer: by the call-back, or by a resident who had the closed matter opened again. */
function lastWord(said: readonly SaidLine[]): Pick<Measures, 'solved' | 'satisfied'> {
  let word: Pick<Measures, 'solved' | 'satisfied'> = { solved: null, satisfied: null }
  for (const { verb, byResident, satisfied } of [...said].sort((a, b) => a.no - b.no)) {
    const content: Yes = satisfied === null ? null : satisfied > 1 ? 1 : 0
    if (verb === 'answer') word = { solved: null, satisfied: null }
    if (verb === 'rateSolved') word = { solved: 1, satisfied: content }
    if (verb === 'rateUnsolved' || (verb === 'reopen' && byResident)) word = { solved: 0, satisfied: content }
  }
  return word
}
