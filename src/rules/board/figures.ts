import type { Share } from '../cases/assess-table.ts'
import type { OrderKind } from '../cases/types.ts'

/** What ended cases say of the promises of a unit in a month: kept, of those where it was owed or said. */
export interface KeptFigures {
  ended: number
  redone: number
  contacted: Share
  answered: Share
  solved: Share
  satisfied: Share
}

/** The promises in the order they are shown. */
export const PROMISES = ['contacted', 'answered', 'solved', 'satisfied'] as const

const NONE: KeptFigures = {
  ...{ ended: 0, redone: 0 },
  ...{ contacted: { n: 0, of: 0 }, answered: { n: 0, of: 0 } },
  ...{ solved: { n: 0, of: 0 }, satisfied: { n: 0, of: 0 } },
}

const added = (a: Share, b: Share): Share => ({ n: a.n + b.n, of: a.of + b.of })

/** The sum of several; of none it is nothing. */
export const sumOf = (several: readonly KeptFigures[]): KeptFigures =>
  several.reduce(
    (sum, one) => ({
      ended: sum.ended + one.ended,
      redone: sum.redone + one.redone,
      contacted: added(sum.contacted, one.contacted),
      answered: added(sum.answered, one.answered),
      solved: added(sum.solved, one.solved),
      satisfied: added(sum.satisfied, one.satisfied),
    }),
    NONE,
  )

/** Percent with one decimal, null where there are too few to say one. */
export const percentOf = ({ n, of }: Share, few: number): number | null =>
  of < few ? null : Math.round((1000 * n) / of) / 10

/** Change in points between two percents; null where one of them is not said. */
export const pointsBetween = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : Math.round((now - before) * 10) / 10

/** The value at a share of sorted numbers: the smallest that at least this share of them does not exceed. Null of none. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!

/** How long orders of a kind lay: until signed for, and from then until done. Milliseconds. */
export interface HandFigures {
  kind: OrderKind
  n: number
  wait: { median: number | null; p90: number | null }
  work: { median: number | null; p90: number | null }
}

/** Counts done orders of one kind. Instants are ISO; what was done without being signed for never waited apart from the work. */
export function handsOf(
  kind: OrderKind,
  orders: readonly { openedAt: string; signedAt: string | null; doneAt: string }[],
): HandFigures {
  const gaps = (from: (one: (typeof orders)[number]) => [string | null, string | null]) =>
    orders
      .flatMap(one => {
        const [start, end] = from(one)
        return start && end ? [Date.parse(end) - Date.parse(start)] : []
      })
      .sort((a, b) => a - b)
  const two = (sorted: readonly number[]) => ({ median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) })
  return {
    ...{ kind, n: orders.length },
    wait: two(gaps(({ openedAt, signedAt }) => [openedAt, signedAt])),
    work: two(gaps(({ openedAt, signedAt, doneAt }) => [signedAt ?? openedAt, doneAt])),
  }
}

/** Ends of the bands of hours left, nearest first: late by more than three days, a day, at all; then hours to come. */
export const DUE_BANDS = [
  { key: 'late3', until: -72 },
  { key: 'late1', until: -24 },
  { key: 'late', until: 0 },
  { key: 'h4', until: 4 },
  { key: 'h24', until: 24 },
  { key: 'd3', until: 72 },
  { key: 'd7', until: 168 },
  { key: 'later', until: null },
] as const
export type DueBand = (typeof DUE_BANDS)[number]['key']

/** The bands as instants around `now` (ISO); null where a band has no end. */
export function bandsAt(now: string): { key: DueBand; from: string | null; to: string | null }[] {
  const at = (hours: number | null | undefined) =>
    hours === null || hours === undefined ? null : new Date(Date.parse(now) + hours * 3_600_000).toISOString()
  return DUE_BANDS.map(({ key, until }, index) => ({
    ...{ key, from: at(DUE_BANDS[index - 1]?.until), to: at(until) },
  }))
}
