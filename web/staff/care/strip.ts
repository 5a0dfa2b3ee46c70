/** Where the 25 duties of a year stand on the strip, and how many of each there are. Pure. */

export type Mark = 'd' | 'x' | 'n' | 'f' | '-'
export interface Spot {
  shape: 'month' | 'guardian' | 'festival' | 'term'
  mark: Mark
  x: number
  y: number
}

/** Width of a month on the strip. */
export const MONTH = 26
const middle = (month: number) => (month - 1) * MONTH + MONTH / 2
/** Festivals and terms stand in the months they usually fall due in; the term one month early, beside the Dragon Boat visit. */
const FESTIVALS = [2, 6, 9].map(middle)
const TERMS = [5, 12].map(middle)

/** 25 letters, in the order of the service, as drawn spots in three rows. */
export function spotsOf(strip: string): Spot[] {
  const at = (no: number) => (strip[no] ?? '-') as Mark
  return [
    ...Array.from(
      { length: 12 },
      (_, no): Spot => ({ shape: 'month', mark: at(no), x: middle(no + 1), y: 6 }),
    ),
    ...Array.from({ length: 8 }, (_, no): Spot => {
      const x = Math.floor(no / 2) * MONTH * 3 + (no % 2 === 0 ? 25 : 73)
      return { shape: 'guardian', mark: at(12 + no), x, y: 20 }
    }),
    ...FESTIVALS.map((x, no): Spot => ({ shape: 'festival', mark: at(20 + no), x, y: 34 })),
    ...TERMS.map((x, no): Spot => ({ shape: 'term', mark: at(23 + no), x, y: 34 })),
  ]
}

/** How many duties are met, not met, to be done now, and not yet. */
export function tally(strip: string): { met: number; missed: number; now: number; later: number } {
  const count = (mark: Mark) => [...strip].filter(one => one === mark).length
  return { met: count('d'), missed: count('x'), now: count('n'), later: count('f') }
}
