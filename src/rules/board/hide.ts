import { FEW, type Share } from '../cases/assess-table.ts'

/** What the public page says of one subject in one month. */
export interface PublicLine {
  received: number
  answered: Share
  solved: Share
  satisfied: Share
}
export const PUBLIC_SHARES = ['answered', 'solved', 'satisfied'] as const
export type PublicShare = (typeof PUBLIC_SHARES)[number]

/** A line as it may be said: null where a number must not be. Of a share `n` may be kept back alone. */
export interface SaidLine {
  received: number | null
  answered: SaidShare
  solved: SaidShare
  satisfied: SaidShare
}
export type SaidShare = { n: number | null; of: number | null }

/** A month as it may be said: subjects that are many enough one by one, the rest (`count` of them) as one, and the sum. */
export interface SaidMonth<K> {
  rows: { key: K; line: SaidLine }[]
  rest: { count: number; line: SaidLine } | null
  total: SaidLine
}

/** Nobody, or enough that no one of them can be guessed. */
const isSafe = (n: number) => n === 0 || n >= FEW

/** Every number of a line and what it leaves of its whole: who says 9 of 10 has told of the one. */
const numbersOf = (line: PublicLine): number[] => [
  line.received,
  ...PUBLIC_SHARES.flatMap(key => [line[key].of, line[key].n, line[key].of - line[key].n]),
]

const sum = (lines: readonly PublicLine[]): PublicLine => {
  const share = (key: PublicShare): Share => ({
    n: lines.reduce((all, line) => all + line[key].n, 0),
    of: lines.reduce((all, line) => all + line[key].of, 0),
  })
  return {
    received: lines.reduce((all, line) => all + line.received, 0),
    ...{ answered: share('answered'), solved: share('solved'), satisfied: share('satisfied') },
  }
}

/**
 * What of a month may be said in public. A subject with a number from one to four, or one that can be had by taking away, is said
 * only together with others: at least two of them, more until each of their sums is none or enough. So the sums are all anybody has, and
 * whatever is hidden could be anything from none to the whole sum. What even all together is too few is not said.
 */
export function sayable<K>(lines: readonly { key: K; line: PublicLine }[]): SaidMonth<K> {
  const there = lines.filter(({ line }) => numbersOf(line).some(n => n > 0))
  const hidden = new Set(there.filter(({ line }) => !numbersOf(line).every(isSafe)))
  const smallestFirst = [...there].sort((a, b) => weight(a.line) - weight(b.line))
  // One alone never stands here: what is too small by itself is too small as a sum.
  const needsMore = () => !numbersOf(sum([...hidden].map(({ line }) => line))).every(isSafe)
  for (const next of smallestFirst) {
    if (!needsMore()) break
    hidden.add(next)
  }
  const rest = sum([...hidden].map(({ line }) => line))
  return {
    rows: there.filter(one => !hidden.has(one)).map(({ key, line }) => ({ key, line: said(line) })),
    rest: hidden.size > 0 ? { count: hidden.size, line: said(rest) } : null,
    total: said(sum(there.map(({ line }) => line))),
  }
}

const weight = (line: PublicLine) => line.received + line.answered.of

function said(line: PublicLine): SaidLine {
  const share = ({ n, of }: Share): SaidShare => ({
    of: isSafe(of) ? of : null,
    n: isSafe(of) && isSafe(n) && isSafe(of - n) ? n : null,
  })
  return {
    received: isSafe(line.received) ? line.received : null,
    ...{ answered: share(line.answered), solved: share(line.solved), satisfied: share(line.satisfied) },
  }
}
