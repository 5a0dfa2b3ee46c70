import { type CareRules, type DutyKind, type Owed, owedBetween } from './calendar.ts'
import { addDays, daysBetween, daysShared } from './dates.ts'

export const VISIT_KINDS = ['homeVisit', 'meeting', 'call', 'message', 'letter'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

/** Whom a contact reached: the child, the guardian it lives with, the parent working away. */
export const MET = ['child', 'guardian', 'parent'] as const
export type Met = (typeof MET)[number]

/** One contact or home visit, done or tried. */
export interface VisitFact {
  id: string
  /** `YYYY-MM-DD` it happened on. */
  onDate: string
  kind: VisitKind
  /** A failed try is kept and not counted. */
  done: boolean
  met: readonly Met[]
  /** The parent was told how the child is. */
  reported: boolean
}

/** Volunteer and child, from a day to a day (null: still). */
export interface PairingFact {
  startsOn: string
  endsOn: string | null
}

/** One thing owed, and the record that met it. */
export interface Duty extends Owed {
  metBy: string | null
  metOn: string | null
}

/** What a record must be to count. The first two are the child's side, the last two that of the grown-ups. */
export const COUNTS: Readonly<Record<DutyKind, (visit: VisitFact) => boolean>> = {
  month: visit => visit.met.includes('child') && visit.kind !== 'letter',
  festival: visit => visit.kind === 'homeVisit',
  guardian: visit =>
    (visit.met.includes('guardian') || visit.met.includes('parent')) && visit.kind !== 'letter',
  term: visit =>
    (visit.kind === 'call' || visit.kind === 'letter') && visit.met.includes('parent') && visit.reported,
}

/** What one record may meet at once: month and festival, or quarter and term; never two of one duty. */
const TOGETHER: readonly (readonly DutyKind[])[] = [
  ['month', 'festival'],
  ['guardian', 'term'],
]

/**
 * What a pairing owes that falls due from one day to another, each with the record that met it. A pairing that begins or ends in
 * mid-period owes a duty when it covers at least half of the days the duty stands for: so of two pairings that follow each other
 * one owes it, and a child is never without.
 */
export function duties(
  rules: CareRules,
  pairing: PairingFact,
  visits: readonly VisitFact[],
  from: string,
  to: string,
): Duty[] {
  const all = dutiesOf(owedBetween(rules, addDays(from, -BESIDE), addDays(to, BESIDE)), pairing, visits)
  return all.filter(duty => duty.due >= from && duty.due <= to)
}

/** Days before and after in which duties share records with those asked for: no period is longer. */
const BESIDE = 180

/** As `duties`, over periods worked out once for many pairings. */
export function dutiesOf(owed: readonly Owed[], pairing: PairingFact, visits: readonly VisitFact[]): Duty[] {
  const mine: Duty[] = []
  for (const one of owed) if (owes(pairing, one)) mine.push(open(one))
  const counted = visits.filter(visit => visit.done && isWithin(pairing, visit.onDate))
  const [first, second] = [TOGETHER[0]!, TOGETHER[1]!]
  const either: VisitFact[] = []
  for (const visit of inOrder(counted)) {
    const a = fits(first, visit)
    const b = fits(second, visit)
    if (a && b) either.push(visit)
    else if (a) meet(mine, first, visit)
    else if (b) meet(mine, second, visit)
  }
  // Who met both child and guardian is counted where it is still owed, the child first.
  for (const visit of either) if (!meet(mine, first, visit)) meet(mine, second, visit)
  return mine
}

// Written out, member by member: a spread costs more than everything else when there are a hundred thousand pairings.
const open = ({ kind, period, from, due, until, span }: Owed): Duty => ({
  kind,
  period,
  from,
  due,
  until,
  span,
  metBy: null,
  metOn: null,
})

/** True when the pairing covers at least half of the days the duty stands for. */
export function owes({ startsOn, endsOn }: PairingFact, { span: [from, to] }: Owed): boolean {
  if (startsOn <= from && (endsOn === null || endsOn >= to)) return true
  const shared = daysShared(from, to, startsOn, endsOn ?? to)
  return shared * 2 >= daysBetween(from, to) + 1
}

const isWithin = ({ startsOn, endsOn }: PairingFact, date: string) =>
  date >= startsOn && (endsOn === null || date <= endsOn)

const fits = (side: readonly DutyKind[], visit: VisitFact) => side.some(kind => COUNTS[kind](visit))

const inOrder = (visits: readonly VisitFact[]): readonly VisitFact[] => {
  const sorted = visits.every((visit, at) => at === 0 || visits[at - 1]!.onDate <= visit.onDate)
  return sorted ? visits : [...visits].sort((a, b) => (a.onDate < b.onDate ? -1 : 1))
}

/** Counts a record for at most one duty of each kind of a side; false when none of them is open. */
function meet(mine: readonly Duty[], side: readonly DutyKind[], visit: VisitFact): boolean {
  let met = false
  for (const kind of side) {
    if (!COUNTS[kind](visit)) continue
    const duty = openFor(mine, kind, visit.onDate)
    if (!duty) continue
    duty.metBy = visit.id
    duty.metOn = visit.onDate
    met = true
  }
  return met
}

/** The first open duty of a kind a day counts for; two contacts of a quarter never lie on the same day. */
function openFor(mine: readonly Duty[], kind: DutyKind, date: string): Duty | undefined {
  let found: Duty | undefined
  for (const duty of mine) {
    if (duty.kind !== kind || date < duty.from || date > duty.until) continue
    if (duty.metOn === date && kind === 'guardian') return undefined
    if (duty.metBy === null) found ??= duty
  }
  return found
}
