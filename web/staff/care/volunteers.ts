import type { VolunteerLine } from '../../../wire/care.ts'

/** Which volunteers stand on the page; what was chosen lives in the address. Pure. */

export const SHOWS = ['all', 'soon', 'lapsed', 'many', 'free', 'away', 'ended'] as const
export type Show = (typeof SHOWS)[number]

const STANDS: Readonly<Record<Show, (one: VolunteerLine) => boolean>> = {
  all: one => !one.ended,
  soon: one => !one.ended && one.check === 'soon',
  lapsed: one => !one.ended && one.check === 'lapsed',
  many: one => !one.ended && one.many,
  free: one => !one.ended && one.children === 0,
  away: one => !one.ended && one.away !== null,
  ended: one => one.ended,
}

export const showOf = (query: Readonly<Record<string, unknown>>): Show =>
  SHOWS.find(show => show === query.show) ?? 'all'

const ORDER = { lapsed: 0, soon: 1, good: 2 } as const

/** The volunteers asked for: by name or village; those whose check lapsed first. */
export const chosen = (all: readonly VolunteerLine[], show: Show, wanted: string): VolunteerLine[] =>
  all
    .filter(STANDS[show])
    .filter(one => !wanted || `${one.name} ${one.village} ${one.body ?? ''}`.includes(wanted.trim()))
    .sort(
      (a, b) => ORDER[a.check] - ORDER[b.check] || b.children - a.children || a.name.localeCompare(b.name),
    )

export const countOf = (all: readonly VolunteerLine[], show: Show): number => all.filter(STANDS[show]).length

/** Drawing of how the yearly check stands. */
export const CHECK_SHAPE = { good: 'done', soon: 'near', lapsed: 'late' } as const
