import { gridsView, placesView } from './board-places.ts'
import { promisesView } from './board-promises.ts'
import type { BoardAsked } from './board-scope.ts'
import { flowView, handsView, nextView, othersView } from './board-work.ts'

/** The whole board at once, for a file. */
export async function wholeBoard(asked: BoardAsked) {
  return {
    promises: await promisesView(asked),
    next: await nextView(asked),
    flow: await flowView(asked),
    hands: await handsView(asked),
    places: await placesView(asked),
    grids: await gridsView(asked),
    others: await othersView(asked),
  }
}
export type WholeBoard = Awaited<ReturnType<typeof wholeBoard>>

/** `2026年11月`, `November 2026`. */
export function monthWords(month: string, language: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  if (language !== 'en') return `${year}年${number}月`
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
  return `${name.format(Date.UTC(year, number - 1))} ${year}`
}
