import { calendarOf } from '../district.ts'
import {
  type Bookable,
  freeSlots,
  nextThree,
  quarterOf,
  quartersOf,
  type Slot,
  type Taken,
} from '../rules/mediation/slots.ts'
import { closedIn } from '../store/closures.ts'
import { newId, type Reads, type Tx } from '../store/db.ts'
import { earlierLine } from '../store/earlier.ts'
import {
  addSession,
  bookedOf,
  changeSession,
  heldOf,
  mediatorResource,
  occupy,
  release,
  roomResource,
  type SessionRow,
  takenIn,
  takenOf,
} from '../store/sessions.ts'
import { mediatorsOf } from '../store/staff.ts'
import { dayOf, type House, type Refusal, type Result, refused } from './house.ts'
import { type Mediated, marksOf, partyResource } from './mediation-look.ts'

/** A hold stands for five minutes. */
export const HOLD_MINUTES = 5
/** Days looked ahead for other slots. */
const AHEAD = 21
const DAY = 86_400_000

/** Rooms of a panel by id: `P01.0`. */
export const roomsOf = (panel: Mediated['panel']): { id: string; name: string }[] =>
  panel.rooms.map((name, index) => ({ id: `${panel.code}.${index}`, name }))

/** Who may have this case: the mediator it was given to, else the panel's but for those recused. */
export async function mediatorsFor(from: Reads, of: Mediated): Promise<string[]> {
  const all = await mediatorsOf(from, of.panel.code)
  const allowed = all.filter(id => !of.recused.includes(id))
  const { mediatorId } = of.med
  return mediatorId && allowed.includes(mediatorId) ? [mediatorId] : allowed
}

/** Free slots of a case between two local days, with who and where. Places on offer to somebody in line are not free for others. */
export async function slotsFor(
  house: House,
  from: Reads,
  of: Mediated,
  fromDay: string,
  toDay: string,
): Promise<Slot[]> {
  const now = house.now()
  const { panel } = of
  const [fromAt, toAt] = [`${fromDay}T00:00:00.000Z`, new Date(Date.parse(toDay) + 2 * DAY).toISOString()]
  // The day before in UTC holds the morning of the zone.
  const since = new Date(Date.parse(fromAt) - DAY).toISOString()
  const taken = await takenIn(from, panel.code, since, toAt, now)
  for (const offer of await offersOfOthers(from, of, now)) add(taken, offer)
  for (const { id, taken: closed } of await closedIn(from, since, toAt)) take(taken, id, closed)
  const bookable = (id: string): Bookable => ({ id, taken: taken.get(id) ?? [] })
  const parties = await takenOf(from, of.parties.map(partyResource), since, toAt, now)
  return freeSlots({
    calendar: calendarOf(house.district, panel.code),
    hours: panel.hours,
    fromDay,
    toDay,
    notBefore: now,
    minutes: panel.sessionMinutes,
    mediators: (await mediatorsFor(from, of)).map(bookable),
    rooms: roomsOf(panel).map(room => bookable(room.id)),
    parties,
  })
}

/** The place on offer, as `EarlierWish.offer` keeps it. */
export interface Offer {
  startsAt: string
  endsAt: string
  mediatorId: string
  roomId: string
}

async function offersOfOthers(from: Reads, of: Mediated, now: string): Promise<Offer[]> {
  const line = await earlierLine(from, of.panel.code)
  return line
    .filter(one => one.caseId !== of.row.id && one.offer && (one.offerUntil ?? '') > now)
    .map(one => JSON.parse(one.offer!) as Offer)
}

function add(taken: Map<string, Taken[]>, { startsAt, endsAt, mediatorId, roomId }: Offer) {
  const one = { from: quarterOf(startsAt), to: quarterOf(endsAt) }
  for (const id of [mediatorId, roomId]) take(taken, id, one)
}

const take = (taken: Map<string, Taken[]>, id: string, one: Taken) =>
  taken.set(id, [...(taken.get(id) ?? []), one])

export interface Wanted {
  startsAt: string
  mediator?: string
  room?: string
  by: 'applicant' | 'other' | 'staff'
}

/**
 * Holds a slot for five minutes: rows for mediator, room and each party, or none. One's own hold that still stands is given back first;
 * that of the other side, or of the panel, is waited for, while the panel, which has both on the telephone, may take a side's place.
 * Refusals: `otherHolds` and `taken`, both with the next three free slots in `with.next`.
 */
export async function hold(
  house: House,
  tx: Tx,
  of: Mediated,
  wanted: Wanted,
): Promise<Result<{ session: SessionRow }>> {
  const now = house.now()
  const before = heldOf(of.sessions, now)
  if (before && wanted.by !== 'staff' && before.bookedBy !== wanted.by)
    return elsewhen(house, tx, of, wanted.startsAt, 'otherHolds', { until: before.heldUntil })
  if (before) await giveBack(tx, before, 'cancelled')
  const day = dayOf(house, wanted.startsAt)
  const slots = await slotsFor(house, tx, of, day, day)
  const slot = slots.find(one => one.startsAt === wanted.startsAt)
  const pairs = slot ? pairsOf(slot, wanted) : []
  for (const { mediatorId, roomId } of pairs) {
    const session = await tryPair(tx, of, slot!, { mediatorId, roomId, by: wanted.by }, now)
    if (session) return { ok: true, session }
  }
  return elsewhen(house, tx, of, wanted.startsAt, 'taken')
}

/** Who and where, those asked for only; the first that nobody else takes is had. */
const pairsOf = ({ mediators, rooms }: Slot, { mediator, room }: Wanted) =>
  mediators
    .filter(id => !mediator || id === mediator)
    .flatMap(mediatorId => rooms.filter(id => !room || id === room).map(roomId => ({ mediatorId, roomId })))

async function tryPair(
  tx: Tx,
  of: Mediated,
  slot: Slot,
  pair: { mediatorId: string; roomId: string; by: Wanted['by'] },
  now: string,
): Promise<SessionRow | null> {
  const { startsAt, endsAt } = slot
  const sessionId = newId()
  const heldUntil = new Date(Date.parse(now) + HOLD_MINUTES * 60_000).toISOString()
  const resources = resourcesOf(of, pair)
  if (!(await occupy(tx, { sessionId, resources, startsAt, endsAt, heldUntil }, now))) return null
  const { mediatorId, roomId, by } = pair
  return addSession(
    tx,
    {
      ...{ caseId: of.row.id, panel: of.panel.code, mediatorId, roomId, startsAt, endsAt },
      ...{ state: 'held' as const, heldUntil, bookedBy: by },
    },
    sessionId,
  )
}

export const resourcesOf = (of: Mediated, at: { mediatorId: string; roomId: string }): string[] => [
  mediatorResource(at.mediatorId),
  roomResource(at.roomId),
  ...of.parties.map(partyResource),
]

/** Rows a held meeting must have for it to become a booking. */
export const rowsOf = (of: Mediated, session: SessionRow): number =>
  quartersOf(session.startsAt, session.endsAt).length * new Set(resourcesOf(of, session)).size

/** A refusal with the next three that are free, those that suit both sides first. */
async function elsewhen(
  house: House,
  tx: Reads,
  of: Mediated,
  startsAt: string,
  why: 'taken' | 'otherHolds',
  more: object = {},
): Promise<Refusal> {
  const today = dayOf(house, house.now())
  const until = new Date(Date.parse(today) + AHEAD * DAY).toISOString().slice(0, 10)
  const all = await slotsFor(house, tx, of, today, until)
  const later = all.filter(slot => slot.startsAt >= startsAt)
  const next = nextThree(later.length >= 3 ? later : all, of.parties.map(marksOf))
  return refused(why, { with: { next: next.map(slot => slot.startsAt), ...more } })
}

/** A meeting gives back all it took. */
export async function giveBack(
  tx: Tx,
  session: SessionRow,
  state: 'cancelled' | 'done' | 'noShow',
): Promise<void> {
  await release(tx, session.id)
  await changeSession(tx, session, { state, heldUntil: null })
}

/** Every meeting of a case that is still to come is given back; answers with the one that was booked. */
export async function giveAllBack(tx: Tx, of: Mediated): Promise<SessionRow | undefined> {
  const booked = bookedOf(of.sessions)
  for (const session of of.sessions)
    if (session.state === 'held' || session.state === 'booked') await giveBack(tx, session, 'cancelled')
  return booked
}
