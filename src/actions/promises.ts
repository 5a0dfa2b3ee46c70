import { sumOf } from '../rules/board/figures.ts'
import { type PublicLine, type SaidMonth, sayable } from '../rules/board/hide.ts'
import { monthBefore, monthSpan, monthsUpTo, type Span } from '../rules/board/months.ts'
import { countedAs } from '../rules/cases/assess-table.ts'
import { monthRows } from '../store/assessments.ts'
import { receivedBy } from '../store/board.ts'
import { openedIn } from '../store/cases.ts'
import { type FigureKey, figureLines } from '../store/month-figures.ts'
import { dayOf, type House } from './house.ts'

/** Promises kept as everybody may read them: finished months alone, so that nobody sees a number grow by one. */

/** Months the public page goes back. */
const BACK = 12
const EVERYWHERE = { path: null, townId: null, category: null } as const

/** The finished months that can be read, newest first. */
export const publicMonths = (house: House): string[] =>
  monthsUpTo(monthBefore(dayOf(house, house.now()).slice(0, 7)), BACK).reverse()

type Lines = { key: string; line: PublicLine }[]

/** What may be said of a month, from the figures kept as cases end. */
export async function publicMonth(house: House, month: string): Promise<SaidMonth<string>> {
  return sayable(await keptLines(house, month))
}

const spanOf = (house: House, month: string): Span => monthSpan(month, house.district.zone)

/** The lines of a month by subject before anything is hidden: from the figures kept as cases end. */
export async function keptLines(house: House, month: string): Promise<Lines> {
  const { read } = house.store
  const received = await receivedBy(read, spanOf(house, month), EVERYWHERE)
  const ended = await figureLines(read, { from: month, to: month })
  return joined(
    received,
    category =>
      sumOf(ended.filter((line: FigureKey) => line.category === category).map(({ figures }) => figures)),
    ended.map(({ category }) => category),
  )
}

/** The same counted case by case from the ledger, without the figures. */
export async function countedLines(house: House, month: string): Promise<Lines> {
  const { read } = house.store
  const received = new Map<string, number>()
  for (const { category } of await openedIn(read, spanOf(house, month)))
    received.set(category, (received.get(category) ?? 0) + 1)
  const ended = (await monthRows(read, month)).filter(row => row.orderId === null)
  const share = (category: string, key: 'answered' | 'solved' | 'satisfied') => {
    const values = ended
      .filter(row => row.category === category)
      .map(row => countedAs(row, key))
      .filter(value => value !== null)
    return { n: values.filter(value => value === 1).length, of: values.length }
  }
  return joined(
    received,
    category => ({
      answered: share(category, 'answered'),
      solved: share(category, 'solved'),
      satisfied: share(category, 'satisfied'),
    }),
    ended.map(({ category }) => category),
  )
}

/** Subjects in the order of their keys: the same from both. */
function joined(
  received: ReadonlyMap<string, number>,
  of: (category: string) => Omit<PublicLine, 'received'>,
  others: readonly string[],
): Lines {
  return [...new Set([...received.keys(), ...others])].sort().map(key => {
    const { answered, solved, satisfied } = of(key)
    return { key, line: { received: received.get(key) ?? 0, answered, solved, satisfied } }
  })
}
