import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { InLine } from '../../wire/mediation-desk.ts'
import { type Offer, roomsOf } from '../actions/book-session.ts'
import { mediatedById, panelOf } from '../actions/mediation-look.ts'
import { type EarlierRow, earlierLine } from '../store/earlier.ts'
import { bookedOf } from '../store/sessions.ts'
import { staffName } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { mayPanel } from './mediation-calendar.ts'
import type { ApiParts } from './parts.ts'
import { type ByCode, mediationSchemas } from './schemas-mediation.ts'

/** Who waits for an earlier meeting of a panel, and what was offered to whom: beside its calendar. */
export function mediationLine(app: FastifyInstance, parts: ApiParts): void {
  app.get('/panels/:code/line', { schema: mediationSchemas.line }, line(parts))
}

const line = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode }>) => {
  const { house } = parts
  const { code } = request.params
  const known = house.district.panels.some(panel => panel.code === code)
  if (!known || !mayPanel(request, code)) return refuse('notFound')
  const shown = []
  for (const one of await earlierLine(house.store.read, code)) {
    const line = await inLine(parts, one)
    if (line) shown.push(line)
  }
  return { line: shown }
}

/** One who waits; null when the meeting is no longer booked. An offer that ran out is none. */
async function inLine({ house }: ApiParts, one: EarlierRow): Promise<InLine | null> {
  const { read } = house.store
  const of = await mediatedById(read, house.district, one.caseId)
  const booked = of && bookedOf(of.sessions)
  if (!of || !booked) return null
  const stands = one.offer !== null && (one.offerUntil ?? '') > house.now()
  const offer = stands ? (JSON.parse(one.offer!) as Offer) : null
  const rooms = roomsOf(panelOf(house.district, one.panel))
  return {
    ...{ code: of.row.code, side: one.side, since: one.at, booked: booked.startsAt },
    mediator: (await staffName(read, booked.mediatorId)) ?? '',
    offer: offer && {
      ...{ startsAt: offer.startsAt, until: one.offerUntil ?? '' },
      mediator: (await staffName(read, offer.mediatorId)) ?? '',
      room: rooms.find(room => room.id === offer.roomId)?.name ?? '',
    },
  }
}
