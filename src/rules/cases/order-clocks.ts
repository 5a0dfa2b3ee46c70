import { addWorkingDays, type Calendar, type Due } from '../calendar/working-time.ts'
import {
  addLimit,
  type DeadlineSettings,
  deadlinesFor,
  type Limit,
  type StartedDeadline,
} from './deadlines.ts'
import type { CaseClass, DeadlineKind } from './types.ts'

/**
 * Limits of orders for a part, of objections and of returns: choices, shown as such. The respond time of a joint order comes
 * from the whistle list; an objection is made, and decided, within one working day (the usual 退单 limit).
 */
// biome-ignore format: a table
export const ORDER_LIMITS = {
  respond:   { n: 4, unit: 'workingHours' },
  report:    { urgent: { n: 12, unit: 'hours' }, important: { n: 2, unit: 'workingDays' }, general: { n: 3, unit: 'workingDays' } },
  objection: { n: 1, unit: 'workingDays' },
  designate: { n: 1, unit: 'workingDays' },
} as const satisfies { respond: Limit; report: Record<CaseClass, Limit>; objection: Limit; designate: Limit }

/** Clocks that belong to one order, not to the case. */
export type OrderClock = 'respond' | 'report' | 'objection' | 'designate'

export interface ClockOf {
  caseClass: CaseClass
  /** Hours a department has to come, by the whistle list. */
  respondHours?: number | undefined
  /** The promise to the resident: a part is due no later. */
  promised?: string | null | undefined
}

/** The clock of an order that starts now (ISO). */
export function orderClock(kind: OrderClock, nowISO: string, cal: Calendar, of: ClockOf): StartedDeadline {
  const limit = limitOf(kind, of)
  const due = addLimit(cal, nowISO, limit)
  const capped = kind === 'report' && of.promised && of.promised > nowISO && of.promised < due.due
  return { kind, ...(capped ? { due: of.promised!, provisional: due.provisional } : due) }
}

function limitOf(kind: OrderClock, { caseClass, respondHours }: ClockOf): Limit {
  if (kind === 'report') return ORDER_LIMITS.report[caseClass]
  if (kind === 'respond' && respondHours) return { n: respondHours, unit: 'hours' }
  return ORDER_LIMITS[kind]
}

/** Until when an order received at an instant may be objected to. */
export const objectUntil = (receivedISO: string, cal: Calendar): Due =>
  addWorkingDays(cal, receivedISO, ORDER_LIMITS.objection.n)

/** Clocks a class decides, by the event that starts them. */
const BY_CLASS = [
  ['opened', ['contact', 'interim', 'answer']],
  ['dispatch', ['sign']],
  ['rateUnsolved', ['redo']],
] as const

/**
 * What a new class does to running clocks, counted from now: an earlier date holds, a later one never does. A result or interim
 * report that the heavier class owes is started when none ever ran.
 */
export function clocksOfClass(
  clocks: readonly { id: string; kind: DeadlineKind; due: string; running: boolean }[],
  caseClass: CaseClass,
  nowISO: string,
  cal: Calendar,
  settings: DeadlineSettings,
): { earlier: ({ id: string } & Due)[]; started: StartedDeadline[] } {
  const wanted = BY_CLASS.flatMap(([event, kinds]) =>
    deadlinesFor(event, caseClass, nowISO, cal, settings).filter(({ kind }) =>
      (kinds as readonly DeadlineKind[]).includes(kind),
    ),
  )
  const earlier = clocks.flatMap(({ id, kind, due, running }) => {
    const next = wanted.find(one => one.kind === kind)
    return running && next && next.due < due ? [{ id, due: next.due, provisional: next.provisional }] : []
  })
  const started = wanted.filter(({ kind }) => kind === 'interim' && !clocks.some(one => one.kind === kind))
  return { earlier, started }
}
