import type { CaseState, DeadlineKind, OrderKind } from './types.ts'

export type OrderState = 'offered' | 'open' | 'signed' | 'done' | 'objected' | 'withdrawn'

/** Orders a case is in hand by: there is one at a time, and its unit is answerable (首接负责). */
export const OWN: readonly OrderKind[] = ['grab', 'dispatch', 'return']
/** Orders for a part of the work; they hang under the order in hand. */
export const PARTS: readonly OrderKind[] = ['split', 'joint']
/** An order in somebody's hands now; one objected to stays there until the district decides. */
export const RUNNING: readonly OrderState[] = ['offered', 'open', 'signed', 'objected']

/** An order as far as the rules go. `objected`: it was objected to once, whatever came of it. */
export interface OrderFact {
  id: string
  kind: OrderKind
  unit: string
  state: OrderState
  parentId: string | null
  openedAt: string
  signedAt: string | null
  /** First of those asked together. */
  lead: boolean
  objected: boolean
}

/** What is done to orders; each is a verb of the case table as well, which says in which states of the case. */
export type OrderVerb =
  | 'split'
  | 'joint'
  | 'accept'
  | 'report'
  | 'recall'
  | 'object'
  | 'uphold'
  | 'upholdPart'
  | 'overrule'
  | 'return'
  | 'designate'

/** One row: done on which orders and by whom, what becomes of them, what is opened under or after them, which clocks. */
export interface OrderStep {
  on: readonly OrderKind[]
  from: readonly OrderState[]
  /** `before`: as it stood before the objection. */
  to: OrderState | 'same' | 'before'
  /** `holder`: who holds the case; `own`: whose order it is; `district`: the district desk. */
  who: 'holder' | 'own' | 'district'
  opens: OrderKind | 'alike' | null
  starts: readonly DeadlineKind[]
  meets: readonly DeadlineKind[]
  /** Never after the district has named a leader (潍坊条例 22). */
  notDesignated?: true
}

const HELD: readonly OrderState[] = ['open', 'signed']
const OBJECTED: readonly OrderState[] = ['objected']

/** 分单, 联单, 退单, 返单 and what belongs to them. */
// biome-ignore format: a table
export const ORDERS: Readonly<Record<OrderVerb, OrderStep>> = {
  split:      { on: ['grab', 'dispatch'],           from: ['signed'],  to: 'same',      who: 'holder',   opens: 'split',    starts: ['respond'],   meets: [] },
  joint:      { on: ['grab', 'dispatch'],           from: ['signed'],  to: 'same',      who: 'holder',   opens: 'joint',    starts: ['respond'],   meets: [] },
  accept:     { on: PARTS,                          from: ['open'],    to: 'signed',    who: 'own',      opens: null,       starts: ['report'],    meets: ['respond'] },
  report:     { on: PARTS,                          from: HELD,        to: 'done',      who: 'own',      opens: null,       starts: [],            meets: ['respond', 'report'] },
  recall:     { on: PARTS,                          from: ['open', 'signed', 'objected'], to: 'withdrawn', who: 'holder', opens: null, starts: [],           meets: [] },
  object:     { on: ['dispatch', 'split', 'joint'], from: HELD,        to: 'objected',  who: 'own',      opens: null,       starts: ['objection'], meets: ['sign', 'respond'], notDesignated: true },
  uphold:     { on: ['dispatch'],                   from: OBJECTED,    to: 'withdrawn', who: 'district', opens: 'dispatch', starts: ['sign'],      meets: ['objection'] },
  upholdPart: { on: PARTS,                          from: OBJECTED,    to: 'withdrawn', who: 'district', opens: 'alike',    starts: ['respond'],   meets: ['objection'] },
  overrule:   { on: ['dispatch', 'split', 'joint'], from: OBJECTED,    to: 'before',    who: 'district', opens: null,       starts: [],            meets: ['objection'] },
  return:     { on: ['grab', 'dispatch'],           from: ['signed'],  to: 'done',      who: 'holder',   opens: 'return',   starts: ['designate'], meets: [], notDesignated: true },
  designate:  { on: ['return'],                     from: ['open'],    to: 'signed',    who: 'district', opens: 'joint',    starts: ['respond'],   meets: ['designate'] },
}

/** The order the case is in hand by; none once it is answered or over. */
export const inHand = (orders: readonly OrderFact[]): OrderFact | undefined =>
  orders.find(order => OWN.includes(order.kind) && RUNNING.includes(order.state))

/** Parts somebody still owes. */
export const openParts = (orders: readonly OrderFact[]): OrderFact[] =>
  orders.filter(order => PARTS.includes(order.kind) && RUNNING.includes(order.state))

/** The district has named who leads: no return and no objection any more. */
export const isDesignated = (orders: readonly OrderFact[]): boolean =>
  orders.some(order => order.kind === 'return' && (order.state === 'signed' || order.state === 'done'))

/**
 * The orders a verb may be done on by a unit, by the table; empty when it may not. `holder` holds the case. An order is objected to once,
 * not while parts of it are with others, and not when it comes back to be done again.
 */
export function ordersFor(
  verb: OrderVerb,
  orders: readonly OrderFact[],
  { unit, holder, state }: { unit: string; holder: string; state: CaseState },
): OrderFact[] {
  const step = ORDERS[verb]
  if (step.notDesignated && isDesignated(orders)) return []
  if (step.who === 'holder' && unit !== holder) return []
  return orders.filter(
    order =>
      step.on.includes(order.kind) &&
      step.from.includes(order.state) &&
      (step.who !== 'own' || order.unit === unit) &&
      (verb !== 'object' || mayObject(order, orders, state)),
  )
}

const mayObject = (order: OrderFact, orders: readonly OrderFact[], state: CaseState) =>
  !order.objected && (PARTS.includes(order.kind) || (state !== 'redo' && openParts(orders).length === 0))

/** A round ends when the district decides or the resident says it is not solved; within one no unit is asked twice. */
export const ROUND_STARTS = [
  'open',
  'dispatch',
  'uphold',
  'upholdPart',
  'overrule',
  'designate',
  'rateUnsolved',
  'reopen',
] as const

/** Which of these units have had a part already in the round that began at `since` (ISO): asking again would go in a circle. */
export const circle = (orders: readonly OrderFact[], units: readonly string[], since: string): string[] =>
  units.filter(unit =>
    orders.some(order => PARTS.includes(order.kind) && order.unit === unit && order.openedAt >= since),
  )
