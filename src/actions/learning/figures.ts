import { type Figures, figuresBy, figuresOf, type Outcome } from '../../rules/learning/figures.ts'
import { type Label, labelOf } from '../../rules/learning/labels.ts'
import { outcomesOf } from '../../store/learning.ts'
import { dayOf, type House } from '../house.ts'
import { settledOf } from './decide.ts'

/** Months the page of corrections looks back, this one among them. */
const MONTHS = 12

export interface CorrectionFigures {
  months: string[]
  total: Figures
  byMonth: ({ month: string } & Figures)[]
  lines: ({ label: string; month: string } & Figures)[]
  moves: { month: string; from: string; to: string; n: number }[]
}

/** What was proposed in the last twelve months and what came of it: read from the ledger month by month, so that nobody waits for it long. */
export async function correctionFigures(house: House): Promise<CorrectionFigures> {
  const months = lastMonths(dayOf(house, house.now()).slice(0, 7))
  const outcomes: Outcome[] = []
  for (const month of months) {
    for (const row of await outcomesOf(house.store.read, month))
      outcomes.push({
        ...{ month, n: row.n, asked: row.asked === 1, proposed: labelOf(row.route) },
        settled: settledOf(house.district, row),
      })
  }
  const by = figuresBy(outcomes, one => one.month)
  const lines = figuresBy(outcomes, one => `${one.month} ${one.proposed}`)
  return {
    months,
    total: figuresOf(outcomes),
    byMonth: months.map(month => ({ month, ...(by.get(month) ?? figuresOf([])) })),
    lines: [...lines].map(([key, figures]) => ({ month: key.slice(0, 7), label: key.slice(8), ...figures })),
    moves: movesOf(outcomes),
  }
}

function movesOf(outcomes: readonly Outcome[]): CorrectionFigures['moves'] {
  const moves = new Map<string, { month: string; from: Label; to: Label; n: number }>()
  for (const { month, proposed: from, settled: to, n } of outcomes) {
    if (from === to) continue
    const key = `${month} ${from} ${to}`
    const known = moves.get(key)
    if (known) known.n += n
    else moves.set(key, { month, from, to, n })
  }
  return [...moves.values()].sort((a, b) => b.n - a.n || (a.from + a.to < b.from + b.to ? -1 : 1))
}

function lastMonths(now: string): string[] {
  const [year = 0, month = 0] = now.split('-').map(Number)
  return Array.from({ length: MONTHS }, (_, at) => {
    const back = year * 12 + month - 1 - (MONTHS - 1 - at)
    return `${Math.floor(back / 12)}-${String((back % 12) + 1).padStart(2, '0')}`
  })
}
