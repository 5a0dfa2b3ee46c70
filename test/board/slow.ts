import type { EntryBody } from '../../src/store/entries.ts'
import { entriesOf } from '../../src/store/entries.ts'
import type { TestHouse } from '../house.ts'

/** The ledger read row by row, and the figures of the board counted from it slowly: clocks, orders and timelines alone, no sums. */

interface SlowCase {
  id: string
  code: string
  kind: string
  state: string
  category: string
  hidden: number
  holderUnitId: string
  townId: string | null
  communityId: string | null
  gridId: string | null
}
interface SlowOrder {
  id: string
  caseId: string
  parentId: string | null
  kind: string
  unitId: string
  state: string
  openedAt: string
  signedAt: string | null
  doneAt: string | null
}
interface SlowClock {
  caseId: string
  orderId: string | null
  kind: string
  due: string
  metAt: string | null
  endedAt: string | null
  pausedAt: string | null
  brokenAt: string | null
}
interface SlowLine {
  caseId: string
  no: number
  verb: string
  byKind: string
  toState: string | null
  at: string
  body: EntryBody
}
export interface Ledger {
  t: TestHouse
  cases: SlowCase[]
  orders: SlowOrder[]
  clocks: SlowClock[]
  lines: SlowLine[]
  /** What a person put right, by case and the instant of its end. */
  corrections: Map<string, Record<string, number | null>>
}

export async function readLedger(t: TestHouse): Promise<Ledger> {
  const { read } = t.house.store
  const all = async <T>(what: string) => (await read.sql.all<T>(`SELECT * FROM "${what}"`)) as T[]
  const cases = await all<SlowCase>('Case')
  const lines: SlowLine[] = []
  for (const { id } of cases)
    for (const line of await entriesOf(read, id)) lines.push({ ...line, caseId: id } as SlowLine)
  const assessed = await all<{ caseId: string; orderId: string | null; at: string; reviewed: string }>(
    'Assessment',
  )
  return {
    ...{ t, cases, lines, orders: await all<SlowOrder>('Order'), clocks: await all<SlowClock>('Deadline') },
    corrections: new Map(
      assessed
        .filter(one => one.orderId === null)
        .map(one => [`${one.caseId} ${one.at}`, JSON.parse(one.reviewed)]),
    ),
  }
}

const ENDS = ['closed', 'refused', 'withdrawn']
const OWED = ['received', 'assigned', 'working', 'redo']
/** In Chifeng's month: eight hours ahead of the instant. */
const monthOf = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 7)
/** Whether a unit is another or lies below it. */
const within = ({ t }: Ledger, unit: string | null, top: string | null) => {
  if (top === null) return true
  const path = t.house.district.units.get(unit ?? '')?.path.split('/') ?? []
  return path.includes(top)
}

/** What is asked: a month, a unit or all, a category or all. */
export interface Ask {
  month: string
  unit: string | null
  category: string | null
}

function kept(clocks: SlowClock[]): boolean | null {
  let met = 0
  for (const clock of clocks) {
    const over = clock.metAt ?? clock.endedAt
    if (clock.brokenAt && (!clock.pausedAt || clock.brokenAt < clock.pausedAt)) return false
    if (!clock.pausedAt && over && over > clock.due) return false
    if (clock.metAt) met++
  }
  return met > 0 ? true : null
}

/** Ended cases of a month and what each says of its promises: 1, 0 or null. */
export function endedCases(ledger: Ledger, ask: Ask) {
  return ledger.cases.flatMap(one => {
    if (one.kind === 'mediation' || !ENDS.includes(one.state)) return []
    const lines = ledger.lines.filter(line => line.caseId === one.id).sort((a, b) => a.no - b.no)
    const end = lines.findLast(line => line.toState !== null && ENDS.includes(line.toState))!
    const first = lines.findLastIndex(
      (line, i) => ENDS.includes(line.toState ?? '') && !ENDS.includes(lines[i - 1]?.toState ?? ''),
    )
    const at = lines[first]?.at ?? end.at
    if (monthOf(at) !== ask.month || !within(ledger, one.holderUnitId, ask.unit)) return []
    if (ask.category && one.category !== ask.category) return []
    const own = (kinds: string[]) =>
      ledger.clocks.filter(
        clock => clock.caseId === one.id && clock.orderId === null && kinds.includes(clock.kind),
      )
    const last = lines.findLastIndex(line => line.verb === 'answer')
    const word = lines.slice(last + 1).findLast(line => line.verb.startsWith('rate'))
    const flag = (value: boolean | null | undefined) =>
      value === null || value === undefined ? null : Number(value)
    const computed = {
      redone: lines.filter(
        line => line.toState === 'redo' && (line.verb === 'rateUnsolved' || line.verb === 'reopen'),
      ).length,
      contacted: flag(kept(own(['contact']))),
      answered: flag(kept(own(['interim', 'answer', 'redo']))),
      solved: flag(word && last >= 0 ? word.verb === 'rateSolved' : null),
      satisfied: flag(word?.body.satisfied ? word.body.satisfied > 1 : null),
    }
    return [{ ...one, ...computed, ...ledger.corrections.get(`${one.id} ${at}`) }]
  })
}

const PROMISES = ['contacted', 'answered', 'solved', 'satisfied'] as const

/** The line of the board for these ended cases, without names and changes. */
export function lineOf(ended: ReturnType<typeof endedCases>) {
  const share = (key: (typeof PROMISES)[number]) => {
    const said = ended.map(one => one[key]).filter(value => value !== null && value !== undefined)
    return { n: said.filter(value => value === 1).length, of: said.length }
  }
  return {
    ended: ended.length,
    redone: ended.filter(one => (one.redone ?? 0) > 0).length,
    ...Object.fromEntries(PROMISES.map(key => [key, share(key)])),
  }
}

/** Cases opened in a span, by the first line of their timeline. */
export function received(
  ledger: Ledger,
  { from, to }: { from: string; to: string },
  ask: Omit<Ask, 'month'>,
) {
  const ground = ask.unit === null || /^\d+$/.test(ask.unit)
  if (!ground) return null
  return ledger.cases.filter(one => {
    const first = ledger.lines.find(line => line.caseId === one.id && line.no === 1)!
    if (one.kind === 'mediation' || first.at < from || first.at >= to) return false
    if (ask.category && one.category !== ask.category) return false
    return ask.unit === null || one.townId === ask.unit
  })
}

/** Open cases owed an answer with the nearest of their running clocks. */
export function owed(ledger: Ledger, ask: Omit<Ask, 'month'>) {
  return ledger.cases
    .filter(one => OWED.includes(one.state) && within(ledger, one.holderUnitId, ask.unit))
    .filter(one => !ask.category || one.category === ask.category)
    .map(one => {
      const running = ledger.clocks.filter(
        clock => clock.caseId === one.id && !clock.metAt && !clock.endedAt && !clock.pausedAt,
      )
      return { ...one, due: running.map(clock => clock.due).sort()[0] ?? null }
    })
}

const HOUR = 3_600_000
const hours = (sorted: number[], share: number) =>
  sorted.length
    ? Math.round((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]! / HOUR) * 10) / 10
    : null

/** Time in each hand, order by order. */
export function hands(ledger: Ledger, { from, to }: { from: string; to: string }, ask: Ask) {
  const categories = new Map(ledger.cases.map(one => [one.id, one.category]))
  return ['grab', 'dispatch', 'split', 'joint', 'return'].map(kind => {
    const done = ledger.orders.filter(
      order =>
        order.kind === kind &&
        order.state === 'done' &&
        order.doneAt! >= from &&
        order.doneAt! < to &&
        within(ledger, order.unitId, ask.unit) &&
        (!ask.category || categories.get(order.caseId) === ask.category),
    )
    const two = (gaps: number[]) => {
      const sorted = gaps.sort((a, b) => a - b)
      return { median: hours(sorted, 0.5), p90: hours(sorted, 0.9) }
    }
    const gap = (a: string, b: string) => Date.parse(b) - Date.parse(a)
    return {
      ...{ kind, n: done.length },
      wait: two(done.filter(one => one.signedAt).map(one => gap(one.openedAt, one.signedAt!))),
      work: two(done.map(one => gap(one.signedAt ?? one.openedAt, one.doneAt!))),
    }
  })
}

/** Who passed to whom, order by order: `kind from to` → how often. */
export function passed(ledger: Ledger, { from, to }: { from: string; to: string }, ask: Ask) {
  const { code, units } = ledger.t.house.district
  const categories = new Map(ledger.cases.map(one => [one.id, one.category]))
  const fold = (unit: string) => {
    const kind = units.get(unit)?.kind
    return ask.unit === null && (kind === 'community' || kind === 'grid') ? 'below' : unit
  }
  const sums = new Map<string, number>()
  for (const order of ledger.orders) {
    if (order.openedAt < from || order.openedAt >= to) continue
    if (order.kind === 'grab' && !order.signedAt) continue
    if (ask.category && categories.get(order.caseId) !== ask.category) continue
    const before = ledger.orders
      .filter(one => one.caseId === order.caseId && !one.parentId && one.openedAt < order.openedAt)
      .sort((a, b) => (a.openedAt === b.openedAt ? (a.id < b.id ? -1 : 1) : a.openedAt < b.openedAt ? -1 : 1))
      .at(-1)
    const parent = ledger.orders.find(one => one.id === order.parentId)
    const by = (order.kind === 'return' ? before : parent)?.unitId ?? null
    if (!within(ledger, order.unitId, ask.unit) && !(by && within(ledger, by, ask.unit))) continue
    const key = `${order.kind} ${by ? fold(by) : code} ${fold(order.unitId)}`
    sums.set(key, (sums.get(key) ?? 0) + 1)
  }
  return sums
}
