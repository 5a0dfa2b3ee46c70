import { figuresOf as careOf, deskOf } from '../actions/care/desk.ts'
import { bandsAt, type HandFigures } from '../rules/board/figures.ts'
import { monthSpan } from '../rules/board/months.ts'
import { ORDER_KINDS, type OrderKind } from '../rules/cases/types.ts'
import { breaksNext, openByDue } from '../store/board.ts'
import { handsIn, type Passed, passedIn } from '../store/board-flow.ts'
import { figuresOf, promisesDueUntil } from '../store/mediations.ts'
import type { BoardAsked } from './board-scope.ts'
import { categoryName } from './category-name.ts'
import { officeName } from './present-resident.ts'
import type { BoardFlow, BoardHands, BoardNext, BoardOthers } from './schemas-board.ts'

/** Rows of what breaks next. */
const NEXT = 12

/** What breaks next: open cases by the hours left, and the nearest of them. */
export async function nextView({ parts, scope, language }: BoardAsked): Promise<BoardNext> {
  const { house } = parts
  const now = house.now()
  const { bands, undated, answered } = await openByDue(house.store.read, now, scope)
  const rows = await breaksNext(house.store.read, scope, NEXT)
  const place = (id: string | null) => (id && house.district.units.get(id)?.short) || house.district.name
  return {
    now,
    open: Object.values(bands).reduce((sum, n) => sum + n, undated),
    late: bands.late3 + bands.late1 + bands.late,
    answered,
    bands: bandsAt(now).map(band => ({ ...band, n: bands[band.key] })),
    rows: rows.map(row => ({
      ...{ code: row.code, class: row.class, due: row.dueAt, dueKind: row.dueKind },
      category: categoryName(parts, row.category, language),
      place: place(row.communityId ?? row.townId),
      holder: officeName(parts, row.holderUnitId),
    })),
  }
}

/** Where communities and grids are one: on the board of the whole district their towns are enough. */
const BELOW = 'below'

/** Who passed cases to whom in the month, by kind of order. */
export async function flowView(asked: BoardAsked): Promise<BoardFlow> {
  const { parts, month, scope, language } = asked
  const { store, district } = parts.house
  const passed = await passedIn(store.read, monthSpan(month, district.zone), scope)
  const node = (id: string | null): string => {
    const kind = district.units.get(id ?? '')?.kind
    if (id === null) return district.code
    return asked.unit === null && (kind === 'community' || kind === 'grid') ? BELOW : id
  }
  const name = (key: string) =>
    key === BELOW ? parts.words(language, 'board:below') : officeName(parts, key)
  const sums = new Map<string, Passed & { from: string }>()
  for (const one of passed) {
    const [from, to] = [node(one.from), node(one.to)]
    const key = `${one.kind} ${from} ${to}`
    const sum = sums.get(key) ?? { ...one, from, to, n: 0 }
    sum.n += one.n
    sums.set(key, sum)
  }
  const rows = [...sums.values()].sort(
    (a, b) => b.n - a.n || rank(a.kind) - rank(b.kind) || (a.from + a.to < b.from + b.to ? -1 : 1),
  )
  return {
    passed: rows.map(row => ({ ...row, fromName: name(row.from), toName: name(row.to) })),
    kinds: ORDER_KINDS.map(kind => ({
      kind,
      n: rows.filter(row => row.kind === kind).reduce((sum, row) => sum + row.n, 0),
    })),
  }
}

const rank = (kind: OrderKind) => ORDER_KINDS.indexOf(kind)

const HOUR = 3_600_000
const inHours = (ms: number | null) => (ms === null ? null : Math.round((ms / HOUR) * 10) / 10)
const hours = ({ median, p90 }: HandFigures['wait']) => ({ median: inHours(median), p90: inHours(p90) })

/** Time in each hand of the five orders, of those done in the month. Hours by the clock on the wall. */
export async function handsView({ parts, month, scope }: BoardAsked): Promise<BoardHands> {
  const { store, district } = parts.house
  const hands = await handsIn(store.read, monthSpan(month, district.zone), scope)
  return {
    hands: hands.map(({ kind, n, wait, work }) => ({ kind, n, wait: hours(wait), work: hours(work) })),
  }
}

const PROMISE_DAYS = 30

/** What belongs to others: mediation and care in figures, for those who look at the whole district. */
export async function othersView(asked: BoardAsked): Promise<BoardOthers> {
  if (asked.own || asked.unit) return { mediation: null, care: null }
  return { mediation: await mediationFigures(asked), care: await careFigures(asked) }
}

async function mediationFigures({ parts, month }: BoardAsked): Promise<BoardOthers['mediation']> {
  const { store, district, now } = parts.house
  const span = monthSpan(month, district.zone)
  const sum = { applied: 0, accepted: 0, reached: 0, performed: 0, failed: 0 }
  for (const { code } of district.panels) {
    const one = await figuresOf(store.read, code, span.from, span.to)
    for (const key of ['applied', 'accepted', 'reached', 'performed'] as const) sum[key] += one[key]
    sum.failed += one.failed + one.noConsent
  }
  const until = new Date(Date.parse(now()) + PROMISE_DAYS * 24 * HOUR).toISOString().slice(0, 10)
  return { ...sum, promisesDue: await promisesDueUntil(store.read, until) }
}

/** Care today, counted as its coordinators see it; numbers alone leave this function. */
async function careFigures({ parts, who }: BoardAsked): Promise<BoardOthers['care']> {
  const { house } = parts
  const { code } = house.district
  const member = { id: who.staffId, role: 'careCoordinator' as const, unit: code, path: code }
  const desk = await deskOf(house, house.store.read, { ...who, members: [member] })
  const { paired, unseen, alone } = careOf(house, desk)
  const owed = desk.children
    .filter(({ child }) => !child.endedAt)
    .flatMap(({ duties }) => duties.filter(duty => duty.due <= desk.today))
  const met = owed.filter(duty => duty.metBy !== null).length
  return { paired, duties: owed.length, met, unseen, alone }
}
