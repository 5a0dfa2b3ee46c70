import type { Label } from './labels.ts'

/** So many cases of a month with one proposal and one outcome. */
export interface Outcome {
  month: string
  proposed: Label
  settled: Label
  asked: boolean
  n: number
}

/** What became of the proposals of one class; counts of cases. */
export interface Figures {
  proposed: number
  /** The person was asked which it is. */
  asked: number
  /** Another label in the end: the person's own, the office's or a clerk's. */
  corrected: number
  /** Neither asked nor corrected. */
  right: number
}

const none = (): Figures => ({ proposed: 0, asked: 0, corrected: 0, right: 0 })

function add(to: Figures, { proposed, settled, asked, n }: Outcome): void {
  const wrong = proposed !== settled
  to.proposed += n
  if (asked) to.asked += n
  if (wrong) to.corrected += n
  if (!asked && !wrong) to.right += n
}

/** The figures by a key of the outcomes, such as their month or their class. */
export function figuresBy<K extends string>(
  outcomes: readonly Outcome[],
  key: (one: Outcome) => K,
): Map<K, Figures> {
  const found = new Map<K, Figures>()
  for (const one of outcomes) {
    const at = key(one)
    const figures = found.get(at) ?? none()
    add(figures, one)
    found.set(at, figures)
  }
  return found
}

/** The figures of all. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const all = none()
  for (const one of outcomes) add(all, one)
  return all
}
