import type { ChildLine } from '../../../wire/care.ts'

/** Which children stand on the desk: by how they stand, by village, by days not seen. Pure; what was chosen lives in the address. */

export const SHOWS = ['all', 'late', 'unseen', 'alone', 'covered', 'ended'] as const
export type Show = (typeof SHOWS)[number]

/** Days a child may stay unseen before it counts. */
export const UNSEEN = 30
export const DAYS = [7, 14, 30, 60, 90] as const

const STANDS: Readonly<Record<Show, (child: ChildLine) => boolean>> = {
  all: child => !child.ended,
  late: child => !child.ended && child.owed > 0,
  unseen: child => !child.ended && (child.unseenDays ?? 0) > UNSEEN,
  alone: child => !child.ended && child.pairing === null,
  covered: child => !child.ended && child.cover !== null,
  ended: child => child.ended,
}

export interface Wish {
  show: Show
  village: string
  days: number
}

/** What the address asks for; anything it does not know counts as not said. */
export function wishOf(query: Readonly<Record<string, unknown>>): Wish {
  const days = Number(query.days)
  return {
    show: SHOWS.find(show => show === query.show) ?? 'all',
    village: typeof query.village === 'string' ? query.village : '',
    days: DAYS.find(one => one === days) ?? 0,
  }
}

/** The address of a wish: what is not chosen is left out. */
export const queryOf = ({ show, village, days }: Wish): Record<string, string> => ({
  ...(show === 'all' ? {} : { show }),
  ...(village ? { village } : {}),
  ...(days ? { days: String(days) } : {}),
})

/** The children asked for: what is owed most first, then who was not seen longest, those with nobody above all. */
export const chosen = (children: readonly ChildLine[], { show, village, days }: Wish): ChildLine[] =>
  children
    .filter(STANDS[show])
    .filter(child => !village || child.village === village)
    .filter(child => !days || (child.unseenDays ?? days) >= days)
    .sort(
      (a, b) =>
        Number(b.pairing === null) - Number(a.pairing === null) ||
        b.owed - a.owed ||
        (b.unseenDays ?? 0) - (a.unseenDays ?? 0) ||
        b.late - a.late,
    )

export const countOf = (children: readonly ChildLine[], show: Show): number =>
  children.filter(STANDS[show]).length

export interface VillageLine {
  village: string
  children: number
  unseen: number
  late: number
  alone: number
}

/** How the villages stand, those with the most gaps first. */
export function byVillage(children: readonly ChildLine[]): VillageLine[] {
  const open = children.filter(STANDS.all)
  const lines = [...new Set(open.map(child => child.village))].map(village => {
    const own = open.filter(child => child.village === village)
    return {
      village,
      children: own.length,
      unseen: own.filter(STANDS.unseen).length,
      late: own.filter(STANDS.late).length,
      alone: own.filter(STANDS.alone).length,
    }
  })
  return lines.sort((a, b) => b.alone - a.alone || b.unseen - a.unseen || b.late - a.late)
}

/** How a child stands, in one of the four drawings. */
export function shapeOf(child: ChildLine): 'late' | 'near' | 'quiet' | 'done' {
  if (child.owed > 0 || (child.pairing === null && child.consent === 'given' && !child.ended)) return 'late'
  if (child.next?.state === 'soon') return 'near'
  return child.strip.includes('n') ? 'quiet' : 'done'
}
