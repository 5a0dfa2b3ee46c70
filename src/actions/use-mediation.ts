import type { Side } from '../rules/mediation/types.ts'
import { mayHearSides, mayMediate, maySeeMediation } from '../rules/people/may.ts'
import { changeCase, markRead, touched } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { dropEarlier, earlierOf, wishEarlier } from '../store/earlier.ts'
import { addWhisper, partyOf } from '../store/parties.ts'
import { bookedOf, changeSession, heldOf, type SessionRow } from '../store/sessions.ts'
import { giveBack, hold, type Offer } from './book-session.ts'
import { type House, type Result, refused } from './house.ts'
import { MOST_CHANGES } from './mediation-guards.ts'
import {
  type Mediated,
  mediatedByCode,
  mediationRights,
  officeOf,
  sideOf,
  stateOf,
} from './mediation-look.ts'
import { tellMediation } from './mediation-tell.ts'
import { type Moved, moveMediationIn } from './move-mediation.ts'
import { patient } from './patient.ts'
import type { Who } from './rights.ts'

/** What is done in a mediation beside its table: holding a slot, private words, the answer to a reminder, the line for earlier meetings. */

export type Holder = { staff: Who } | { personId: string }
export interface HoldWish {
  startsAt: string
  mediator?: string
  room?: string
}

const BOOKING = ['booking', 'booked']

/** Holds a slot for five minutes. Refusals: `notFound`, `notFromHere`, `noChangesLeft`, `taken` with the next three. */
export function holdSlot(
  house: House,
  holder: Holder,
  code: string,
  wish: HoldWish,
): Promise<Result<{ session: SessionRow; of: Mediated }>> {
  return patient(
    house.store,
    async tx => {
      const found = await holderOf(house, tx, holder, code)
      if (!found.ok) return found
      const { of, side } = found
      if (!BOOKING.includes(stateOf(of.row))) return refused('notFromHere')
      if (side && stateOf(of.row) === 'booked' && sideOf(of, side).changes >= MOST_CHANGES)
        return refused('noChangesLeft')
      const held = await hold(house, tx, of, { ...wish, by: side ?? 'staff' })
      if (!held.ok) return held
      // The other side sees at once that a time is just being confirmed.
      touched(tx, of.row)
      return { ok: true, session: held.session, of }
    },
    code,
  )
}

/** Gives an own hold back before its five minutes are over; none is no fault. Refusals: `notFound`, `notYours`. */
export function freeHold(house: House, holder: Holder, code: string): Promise<Result<{ of: Mediated }>> {
  return house.store.write(async tx => {
    const found = await holderOf(house, tx, holder, code)
    if (!found.ok) return found
    const { of, side } = found
    const own = ownHold(of, side ?? 'staff', house.now())
    if (own) {
      await giveBack(tx, own, 'cancelled')
      touched(tx, of.row)
    }
    return { ok: true, of }
  }, code)
}

async function holderOf(
  house: House,
  tx: Tx,
  holder: Holder,
  code: string,
): Promise<Result<{ of: Mediated; side: Side | null }>> {
  const of = await mediatedByCode(tx, house.district, code)
  if (!of) return refused('notFound')
  if ('personId' in holder) {
    const party = await partyOf(tx, of.row.id, holder.personId)
    return party ? { ok: true, of, side: party.side } : refused('notFound')
  }
  const rights = mediationRights(house.district, of)
  const { members } = holder.staff
  if (!members.some(one => maySeeMediation(one, rights))) return refused('notFound')
  const verb = stateOf(of.row) === 'booked' ? 'rebook' : 'book'
  return members.some(one => mayMediate(one, verb, rights))
    ? { ok: true, of, side: null }
    : refused('notYours')
}

/** Private words: of a side to the panel, or of the panel to one side. Nothing of it stands in the timeline. */
export function whisper(
  house: House,
  from: Holder,
  code: string,
  said: { text: string; side?: Side },
): Promise<Result<{ of: Mediated }>> {
  return house.store.write(tx => whisperIn(house, tx, from, code, said), code)
}

/** The same inside a transaction that is open already. */
export async function whisperIn(
  house: House,
  tx: Tx,
  from: Holder,
  code: string,
  said: { text: string; side?: Side },
): Promise<Result<{ of: Mediated }>> {
  const of = await mediatedByCode(tx, house.district, code)
  if (!of) return refused('notFound')
  const now = house.now()
  const party = 'personId' in from ? await partyOf(tx, of.row.id, from.personId) : null
  const staff = 'staff' in from ? from.staff : null
  const rights = mediationRights(house.district, of)
  if (staff && !staff.members.some(one => maySeeMediation(one, rights))) return refused('notFound')
  if (staff && !staff.members.some(one => mayHearSides(one, rights))) return refused('notYours')
  const side = staff ? said.side : party?.side
  if (!side) return refused('notFound')
  const words = { caseId: of.row.id, side, staffId: staff?.staffId ?? null, text: said.text }
  const id = await addWhisper(tx, words, now)
  await changeCase(tx, of.row, { residentNewAt: staff ? of.row.residentNewAt : now }, now)
  const body = { code: of.row.code, panel: of.panel.code, office: officeOf(house.district, of) }
  const telling = { house, tx, of, cause: id, body, now, only: side }
  await tellMediation(telling, staff ? ['side.whisper'] : ['panel.whisper', 'mediator.whisper'])
  return { ok: true, of }
}

/** What a side did or said last was read by those who may hear the sides: nothing new is left. Refusals: `notFound`, `notYours`. */
export function hearSides(house: House, who: Who, code: string): Promise<Result<{ of: Mediated }>> {
  return house.store.write(async tx => {
    const of = await mediatedByCode(tx, house.district, code)
    const rights = of && mediationRights(house.district, of)
    if (!of || !rights || !who.members.some(one => maySeeMediation(one, rights))) return refused('notFound')
    if (!who.members.some(one => mayHearSides(one, rights))) return refused('notYours')
    await markRead(tx, of.row)
    return { ok: true, of }
  }, code)
}

/** 能到 / 要改期: the answer to a reminder. `move` tells the panel; the choice of another slot stands open anyway. */
export async function answerReminder(
  house: House,
  tx: Tx,
  personId: string,
  code: string,
  answer: 'coming' | 'move',
): Promise<Result<{ of: Mediated }>> {
  const of = await mediatedByCode(tx, house.district, code)
  const party = of && (await partyOf(tx, of.row.id, personId))
  if (!of || !party) return refused('notFound')
  const booked = bookedOf(of.sessions)
  const now = house.now()
  if (!booked || booked.startsAt <= now) return refused('notFromHere')
  await changeSession(
    tx,
    booked,
    party.side === 'applicant' ? { applicantSays: answer } : { otherSays: answer },
  )
  await changeCase(tx, of.row, answer === 'move' ? { residentNewAt: now } : {}, now)
  if (answer === 'move') {
    const body = {
      code: of.row.code,
      panel: of.panel.code,
      office: officeOf(house.district, of),
      at: booked.startsAt,
    }
    const cause = `${booked.id}.${party.side}.move`
    await tellMediation({ house, tx, of, cause, body, now }, ['panel.wantsMove'])
  }
  return { ok: true, of }
}

/** Joins or leaves the line for an earlier meeting. */
export function wantEarlier(
  house: House,
  personId: string,
  code: string,
  want: boolean,
): Promise<Result<{ of: Mediated }>> {
  return house.store.write(async tx => {
    const of = await mediatedByCode(tx, house.district, code)
    const party = of && (await partyOf(tx, of.row.id, personId))
    if (!of || !party) return refused('notFound')
    if (!want) await dropEarlier(tx, of.row.id)
    else if (stateOf(of.row) !== 'booked') return refused('notFromHere')
    else await wishEarlier(tx, { caseId: of.row.id, panel: of.panel.code, side: party.side }, house.now())
    touched(tx, of.row)
    return { ok: true, of }
  }, code)
}

/** Takes the place on offer: the meeting moves there. Refusals: `gone` after two hours, `taken`. It counts as no change. */
export function takeEarlier(house: House, personId: string, code: string): Promise<Result<Moved>> {
  return patient(
    house.store,
    async tx => {
      const of = await mediatedByCode(tx, house.district, code)
      const party = of && (await partyOf(tx, of.row.id, personId))
      if (!of || !party) return refused('notFound')
      const line = await earlierOf(tx, of.row.id)
      if (!line?.offer || (line.offerUntil ?? '') <= house.now()) return refused('gone')
      const { startsAt, mediatorId, roomId } = JSON.parse(line.offer) as Offer
      const held = await hold(house, tx, of, { startsAt, mediator: mediatorId, room: roomId, by: party.side })
      if (!held.ok) return held
      // The step counts a change; what the panel offered shall cost none.
      const { changes } = sideOf(of, party.side)
      await tx.sql.run('UPDATE "Party" SET "changes" = ? WHERE "id" = ?', changes - 1, party.id)
      const moved = await moveMediationIn(house, tx, { personId }, code, 'rebook', {
        session: held.session.id,
      })
      if (moved.ok) await dropEarlier(tx, of.row.id)
      return moved
    },
    code,
  )
}

/** The hold of a side that still stands. */
export const ownHold = (of: Mediated, side: Side | 'staff', now: string): SessionRow | undefined => {
  const held = heldOf(of.sessions, now)
  return held?.bookedBy === side ? held : undefined
}
