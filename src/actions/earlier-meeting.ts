import { touched } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { type EarlierRow, earlierLine, keepOffer, overOffers, toTheEnd } from '../store/earlier.ts'
import { bookedOf, type SessionRow } from '../store/sessions.ts'
import { type Offer, slotsFor } from './book-session.ts'
import { dayOf, type House } from './house.ts'
import { marksOf, mediatedById, officeOf, stateOf } from './mediation-look.ts'
import { tellMediation } from './mediation-tell.ts'

/** A freed place is offered for two hours to the first in line. */
const OFFER_MINUTES = 120

/**
 * Offers a freed meeting to the first in line whom it suits: booked later, in the same panel, with a mediator they may have, at an hour
 * both sides can. Nobody is offered two at once, and nothing is offered that begins before the two hours are over.
 */
export async function offerFreed(
  house: House,
  tx: Tx,
  freed: Pick<SessionRow, 'panel' | 'mediatorId' | 'roomId' | 'startsAt' | 'endsAt' | 'caseId'>,
): Promise<boolean> {
  const now = house.now()
  const until = new Date(Date.parse(now) + OFFER_MINUTES * 60_000).toISOString()
  if (freed.startsAt <= until) return false
  for (const one of await earlierLine(tx, freed.panel)) {
    if (one.caseId === freed.caseId || (one.offerUntil ?? '') > now) continue
    if (await suits(house, tx, one, freed)) {
      await offer(house, tx, one, freed, until)
      return true
    }
  }
  return false
}

async function suits(house: House, tx: Tx, one: EarlierRow, freed: Offer): Promise<boolean> {
  const of = await mediatedById(tx, house.district, one.caseId)
  const booked = of && bookedOf(of.sessions)
  if (!of || !booked || stateOf(of.row) !== 'booked' || booked.startsAt <= freed.startsAt) return false
  const marks = of.parties.map(marksOf).filter(list => list.length > 0)
  if (!marks.every(list => list.includes(freed.startsAt))) return false
  const day = dayOf(house, freed.startsAt)
  const slots = await slotsFor(house, tx, of, day, day)
  return slots.some(slot => slot.startsAt === freed.startsAt && slot.mediators.includes(freed.mediatorId))
}

async function offer(house: House, tx: Tx, one: EarlierRow, freed: Offer, until: string) {
  const { startsAt, endsAt, mediatorId, roomId } = freed
  await keepOffer(tx, one.caseId, {
    startsAt: JSON.stringify({ startsAt, endsAt, mediatorId, roomId } satisfies Offer),
    until,
  })
  const of = await mediatedById(tx, house.district, one.caseId)
  if (!of) return
  // The pages of both sides and the calendar show the offer at once.
  touched(tx, of.row)
  const body = {
    code: of.row.code,
    panel: of.panel.code,
    office: officeOf(house.district, of),
    at: startsAt,
    until,
  }
  const cause = `earlier.${one.caseId}.${startsAt}`
  await tellMediation({ house, tx, of, cause, body, now: house.now(), only: one.side }, ['side.earlier'])
}

/** Offers nobody took in two hours go to the next in line. Returns how many were over. */
export async function passOffersOn(house: House): Promise<number> {
  const over = await overOffers(house.store.read, house.now())
  for (const { caseId } of over)
    await house.store.write(async tx => {
      const now = house.now()
      const line = (await overOffers(tx, now)).find(one => one.caseId === caseId)
      if (!line?.offer) return
      const freed = JSON.parse(line.offer) as Offer
      await toTheEnd(tx, caseId, now)
      await offerFreed(house, tx, { ...freed, panel: line.panel, caseId })
    }, caseId)
  return over.length
}
