import type { Closure, Opening, PanelCalendar } from '../../../wire/mediation-desk.ts'
import { dateOf } from '../time.ts'
import { clocks, dayName } from './days.ts'

/** What is closed 停约, as the calendar draws it. Pure. */

/** A day and a time of day of the district, as an instant. */
export const instantAt = (date: string, time: string): string =>
  new Date(`${date}T${time}:00+08:00`).toISOString()

/** The name of `mediator:<id>` or `room:P01.0`; empty where it belongs to another panel. */
export function resourceName(of: PanelCalendar, resource: string): string {
  const [kind = '', id = ''] = resource.split(':')
  const known = kind === 'room' ? of.rooms : of.mediators
  return known.find(one => one.id === id)?.name ?? ''
}

/** `11月25日周三 14:30–17:30`, or from a day to another. */
export function spanWords({ startsAt, endsAt }: Stretch, language: string): string {
  const [first, last] = [dateOf(startsAt), dateOf(endsAt)]
  if (first === last) return `${dayName(first, language)} ${clocks(startsAt, endsAt)}`
  return `${dayName(first, language)} — ${dayName(last, language)}`
}
type Stretch = Pick<Closure, 'startsAt' | 'endsAt'>

export interface Shut extends Opening {
  reason: string
}

/**
 * The stretches of one day in which a resource is closed, cut to the hours of the day, with why. A mediator has no place to meet where
 * every room is closed, so that closes them too.
 */
export function shutOn(
  of: PanelCalendar,
  resource: string,
  day: { date: string; open: readonly Opening[] },
): Shut[] {
  const [first, last] = [day.open[0], day.open.at(-1)]
  if (!first || !last) return []
  const own = of.closures.filter(one => one.resource === resource)
  const all = resource.startsWith('room:') ? own : [...own, ...ofEveryRoom(of)]
  return all
    .map(({ startsAt, endsAt, reason }) => ({
      from: [startsAt, first.from].sort()[1]!,
      to: [endsAt, last.to].sort()[0]!,
      reason,
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from.localeCompare(b.from))
}

function ofEveryRoom({ rooms, closures }: PanelCalendar): Closure[] {
  const [first, ...others] = rooms
  if (!first) return []
  const has = (id: string, one: Closure) =>
    closures.some(
      ({ resource, startsAt, endsAt }) =>
        resource === `room:${id}` && startsAt <= one.startsAt && endsAt >= one.endsAt,
    )
  return closures.filter(one => one.resource === `room:${first.id}` && others.every(({ id }) => has(id, one)))
}
