import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'

/** One meeting of a feed: no names, only what its owner needs to be there. */
export interface FeedEvent {
  id: string
  startsAt: string
  endsAt: string
  summary: string
  location: string
}

/** Minutes after which a calendar may look again. */
const TTL = 15 * 60

/** An iCalendar file (RFC 5545) of these meetings; times are UTC. `stamp` is the moment it was made. */
export function feedOf(name: string, events: readonly FeedEvent[], host: string, stamp: string): string {
  const calendar = ical({
    name,
    prodId: { company: 'huiyin', product: 'mediation', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: TTL,
  })
  for (const { id, startsAt, endsAt, summary, location } of events)
    calendar.createEvent({
      id: `${id}@${host}`,
      start: new Date(startsAt),
      end: new Date(endsAt),
      stamp: new Date(stamp),
      summary,
      location,
      status: ICalEventStatus.CONFIRMED,
    })
  return calendar.toString()
}
