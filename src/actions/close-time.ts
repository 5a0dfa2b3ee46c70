import { instantOf, QUARTER, quarterOf } from '../rules/mediation/slots.ts'
import { mayCloseTime } from '../rules/people/may.ts'
import { addClosure, type ClosureRow, closureById, endClosure, standsIn } from '../store/closures.ts'
import { newId, type Tx } from '../store/db.ts'
import { mediatorResource, occupy, release, roomResource } from '../store/sessions.ts'
import { mediatorsOf } from '../store/staff.ts'
import { roomsOf } from './book-session.ts'
import { type House, type Refusal, type Result, refused } from './house.ts'
import { panelOf } from './mediation-look.ts'
import { patient } from './patient.ts'
import type { Who } from './rights.ts'

/** The longest stretch closed at once. */
const MOST_DAYS = 62

export interface Closing {
  /** `mediator:<staff id>`, `room:P01.0`, or `panel:P01` for every room of it. */
  resource: string
  startsAt: string
  endsAt: string
  reason: string
}

/**
 * 停约: a mediator, a room or the whole panel is not to be had for a time, by whole quarters of an hour. What is booked in it is moved first.
 * Refusals: `notFound` (panel, or what is not its own), `incomplete`, `meetingsInIt` with the meetings in `with`, `closedAlready`.
 */
export async function closeTime(
  house: House,
  who: Who,
  panel: string,
  asked: Closing,
): Promise<Result<{ closures: ClosureRow[] }>> {
  if (!who.members.some(member => mayCloseTime(member, panel))) return refused('notYours')
  const read = stretchOf(house, asked)
  if (!read.ok) return read
  return patient(
    house.store,
    async tx => {
      const resources = await resourcesOf(house, tx, panel, asked.resource)
      if (resources.length === 0)
        return refused('incomplete', { details: [{ field: 'resource', why: 'notAChoice' }] })
      const inTheWay = await blocked(house, tx, panel, resources, read)
      if (inTheWay) return inTheWay
      const closures = await closeAll(house, tx, who, panel, resources, { ...asked, ...read })
      if (closures) return { ok: true, closures }
      return (
        (await blocked(house, tx, panel, resources, read)) ??
        refused('meetingsInIt', { with: { meetings: [] } })
      )
    },
    `closure.${panel}`,
  )
}

/** Whole quarters, ahead of now, not too long. */
function stretchOf(
  house: House,
  { startsAt, endsAt }: Closing,
): Result<{ startsAt: string; endsAt: string }> {
  const from = instantOf(quarterOf(startsAt))
  const to = instantOf(Math.ceil(Date.parse(endsAt) / QUARTER))
  const wrong = (why: string) => refused('incomplete', { details: [{ field: 'to', why }] })
  if (to <= from) return wrong('notLater')
  if (to <= house.now()) return wrong('tooEarly')
  if (Date.parse(to) - Date.parse(from) > MOST_DAYS * 86_400_000) return wrong('tooLate')
  return { ok: true, startsAt: from, endsAt: to }
}

/** What is meant, as far as it is the panel's own. */
async function resourcesOf(house: House, tx: Tx, panel: string, resource: string): Promise<string[]> {
  const rooms = roomsOf(panelOf(house.district, panel)).map(({ id }) => roomResource(id))
  if (resource === `panel:${panel}`) return rooms
  const people = (await mediatorsOf(tx, panel)).map(mediatorResource)
  return [...rooms, ...people].filter(one => one === resource)
}

async function blocked(
  house: House,
  tx: Tx,
  panel: string,
  resources: readonly string[],
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
): Promise<Refusal | null> {
  const meetings = []
  for (const resource of resources) {
    const stands = await standsIn(tx, resource, startsAt, endsAt, house.now())
    if (stands.closed) return refused('closedAlready')
    meetings.push(...stands.meetings)
  }
  if (meetings.length === 0) return null
  // A meeting of another panel is told by its hour alone.
  const told = meetings.map(one => ({ code: one.panel === panel ? one.code : '', startsAt: one.startsAt }))
  return refused('meetingsInIt', {
    with: { meetings: told },
    details: told.map(one => ({ field: one.code || 'meeting', why: one.startsAt })),
  })
}

/** All of them or, where somebody booked in this very moment, none. */
async function closeAll(
  house: House,
  tx: Tx,
  { staffId }: Who,
  panel: string,
  resources: readonly string[],
  { startsAt, endsAt, reason }: Closing,
): Promise<ClosureRow[] | null> {
  const now = house.now()
  const wanted = resources.map(resource => ({ resource, id: newId() }))
  for (const { resource, id } of wanted)
    if (
      !(await occupy(tx, { sessionId: id, resources: [resource], startsAt, endsAt, heldUntil: null }, now))
    ) {
      for (const one of wanted) await release(tx, one.id)
      return null
    }
  const closures: ClosureRow[] = []
  for (const { resource, id } of wanted)
    closures.push(
      await addClosure(tx, { panel, resource, startsAt, endsAt, reason, madeById: staffId }, now, id),
    )
  return closures
}

/** Opens a closed stretch again. Refusals: `notFound`, `notFromHere` when it is open already. */
export function reopenTime(house: House, who: Who, id: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await closureById(tx, id)
    if (!row || !who.members.some(member => mayCloseTime(member, row.panel))) return refused('notFound')
    if (!(await endClosure(tx, id, who.staffId, house.now()))) return refused('notFromHere')
    await release(tx, id)
    return { ok: true }
  })
}
