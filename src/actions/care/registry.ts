import { checkOn } from '../../rules/care/check.ts'
import type { CareVerb } from '../../rules/people/may.ts'
import { mayCare } from '../../rules/people/may.ts'
import { addAudit } from '../../store/audit.ts'
import type { CarerRecord } from '../../store/care/carers.ts'
import { addChange } from '../../store/care/changes.ts'
import {
  addChild,
  type ChildRecord,
  type ChildRow,
  type ConsentRecord,
  childById,
  childByPseudonym,
  keepConsent,
} from '../../store/care/children.ts'
import { addPairing, endPairing, pairingById, pairingsOfChild } from '../../store/care/pairings.ts'
import {
  addVolunteer,
  changeVolunteer,
  type NewVolunteer,
  volunteerById,
  volunteerByPhone,
} from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Refusal, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { tellEnded, tellPaired } from './pairing-words.ts'

/** May one of this person's roles do this in the care of children of a unit? */
export function cares(house: House, who: Who, verb: CareVerb, unitId: string): boolean {
  const area = house.district.units.get(unitId)?.path
  return area !== undefined && who.members.some(member => mayCare(member, verb, area))
}

/** A child whose care this person coordinates; what they may not know of is not found. */
export async function coordinated(
  house: House,
  tx: Tx,
  who: Who,
  childId: string,
): Promise<{ ok: true; child: ChildRow } | Refusal> {
  const child = await childById(tx, childId)
  if (!child || !cares(house, who, 'coordinate', child.unitId)) return refused('notFound')
  return { ok: true, child }
}

/** As `coordinated`, where the guardian has not withdrawn: after that nothing but the emergency path works. Refusals: notFound, noConsent, ended. */
export async function consenting(
  house: House,
  tx: Tx,
  who: Who,
  childId: string,
): Promise<{ ok: true; child: ChildRow } | Refusal> {
  const found = await coordinated(house, tx, who, childId)
  if (!found.ok) return found
  if (found.child.endedAt) return refused('ended')
  return found.child.consentWithdrawnAt ? refused('noConsent') : found
}

/** Whether a volunteer of one unit may serve a child of another: one of the whole district may, else both must be of this coordinator's area. */
export const mayServe = (house: House, who: Who, volunteerUnit: string, childUnit: string): boolean =>
  volunteerUnit === house.district.code ||
  (cares(house, who, 'coordinate', volunteerUnit) && cares(house, who, 'coordinate', childUnit))

/** Is a pseudonym the name, a part of it, or does it hold it? */
export const isName = (name: string, pseudonym: string): boolean =>
  name.includes(pseudonym) || pseudonym.includes(name)

/** Enters a volunteer; the same phone twice is refused. Refusals: notYours, phoneTaken. */
export async function enterVolunteer(
  house: House,
  tx: Tx,
  who: Who,
  given: NewVolunteer,
): Promise<Result<{ id: string }>> {
  if (!cares(house, who, 'coordinate', given.unitId)) return refused('notYours')
  const late = toCome(house, given)
  if (late) return late
  if (given.phone && (await volunteerByPhone(tx, given.phone)))
    return refused('phoneTaken', { details: [{ field: 'phone', why: 'phoneTaken' }] })
  return { ok: true, id: await addVolunteer(tx, given, house.now()) }
}

/** A check, an agreement or a training that has not been yet counts for nothing: refusal toCome, or null. */
function toCome(
  house: House,
  given: Partial<Pick<NewVolunteer, 'checkedAt' | 'agreementAt' | 'trainedAt'>>,
): Refusal | null {
  const today = dayOf(house, house.now())
  const field = (['checkedAt', 'agreementAt', 'trainedAt'] as const).find(key => (given[key] ?? '') > today)
  return field ? refused('toCome', { details: [{ field, why: 'toCome' }] }) : null
}

/** Writes the day of a background check, agreement, training or insurance. Refusals: notFound. */
export function renewVolunteer(
  house: House,
  who: Who,
  id: string,
  given: Partial<Pick<NewVolunteer, 'checkedAt' | 'agreementAt' | 'trainedAt' | 'insuredUntil'>>,
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await volunteerById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const late = toCome(house, given)
    if (late) return late
    if (Object.keys(given).length) await changeVolunteer(tx, id, given)
    return { ok: true }
  }, id)
}

export interface NewChild {
  pseudonym: string
  unitId: string
  record: ChildRecord
  carers: readonly CarerRecord[]
  consent: ConsentRecord | null
}

/** Enters a child under a pseudonym that is not its name. Refusals: notYours, pseudonymTaken, pseudonymIsName. */
export async function enterChild(
  house: House,
  tx: Tx,
  who: Who,
  given: NewChild,
): Promise<Result<{ id: string }>> {
  if (!cares(house, who, 'coordinate', given.unitId)) return refused('notYours')
  const wrong = (why: string) => refused(why, { details: [{ field: 'pseudonym', why }] })
  if (await childByPseudonym(tx, given.pseudonym)) return wrong('pseudonymTaken')
  if (isName(given.record.name, given.pseudonym)) return wrong('pseudonymIsName')
  const now = house.now()
  const id = await addChild(tx, given, now)
  if (given.consent) await consented(tx, who, id, given.consent, now)
  return { ok: true, id }
}

/** What is written down of a withdrawal. */
export interface Withdrawn {
  by: string
  reason: string
}

async function consented(
  tx: Tx,
  who: Who,
  id: string,
  given: ConsentRecord | null,
  now: string,
  withdrawn: Withdrawn = { by: '', reason: '' },
) {
  await keepConsent(tx, id, given, now)
  const words = given ? { ...given } : { ...withdrawn }
  const kind = given ? 'consentGiven' : 'consentWithdrawn'
  await addChange(tx, id, { kind, byId: who.staffId, words }, now)
  const detail = given ? 'given' : 'withdrawn'
  await addAudit(tx, { staffId: who.staffId, what: 'careConsent', field: id, detail }, now)
}

/**
 * Keeps the guardian's consent, or (null) its withdrawal: then every pairing of the child ends that day and nothing but the emergency
 * path works. Refusals: notFound, ended, noWithdraw (nothing to withdraw).
 */
export function setConsent(
  house: House,
  who: Who,
  childId: string,
  given: ConsentRecord | null,
  withdrawn?: Withdrawn,
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await coordinated(house, tx, who, childId)
    if (!found.ok) return found
    if (found.child.endedAt) return refused('ended')
    if (!given && (!found.child.consentAt || found.child.consentWithdrawnAt)) return refused('noWithdraw')
    const now = house.now()
    await consented(tx, who, childId, given, now, withdrawn)
    if (!given)
      for (const row of await pairingsOfChild(tx, childId))
        if (row.endsOn === null) {
          await endPairing(tx, row, { endsOn: dayOf(house, now), reason: 'consentWithdrawn', handOver: '' })
          await tellEnded(house, tx, row, now)
        }
    return { ok: true }
  }, childId)
}

export interface NewPairing {
  volunteerId: string
  childId: string
  startsOn: string
  reason: string
}

/**
 * Pairs a volunteer and a child. Refusals: notFound; noConsent (the guardian has not agreed), checkLapsed (the yearly background check),
 * paired (the child has a volunteer), ended.
 */
export function pair(house: House, who: Who, given: NewPairing): Promise<Result<{ id: string }>> {
  return house.store.write(tx => pairIn(house, tx, who, given), given.childId)
}

/** As `pair`, inside a transaction that does more. */
export async function pairIn(
  house: House,
  tx: Tx,
  who: Who,
  given: NewPairing,
): Promise<Result<{ id: string }>> {
  const found = await coordinated(house, tx, who, given.childId)
  if (!found.ok) return found
  const volunteer = await volunteerById(tx, given.volunteerId)
  const { child } = found
  if (!volunteer || !mayServe(house, who, volunteer.unitId, child.unitId)) return refused('notFound')
  const now = house.now()
  const today = dayOf(house, now)
  if (child.endedAt || volunteer.endedAt) return refused('ended')
  if (!child.consentAt || child.consentWithdrawnAt) return refused('noConsent')
  if (checkOn(volunteer.checkedAt, house.district.care.checkMonths, today) === 'lapsed')
    return refused('checkLapsed')
  const before = await pairingsOfChild(tx, given.childId)
  if (before.some(row => row.endsOn === null || row.endsOn >= given.startsOn)) return refused('paired')
  const id = await addPairing(tx, given, now)
  await addAudit(tx, { staffId: who.staffId, what: 'carePair', field: given.childId, detail: id }, now)
  const row = await pairingById(tx, id)
  if (row) await tellPaired(house, tx, row, now)
  return { ok: true, id }
}

/** Ends a pairing with a reason and words for the next volunteer. Refusals: notFound, ended. */
export function unpair(
  house: House,
  who: Who,
  id: string,
  given: { endsOn: string; reason: string; handOver: string },
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await pairingById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    if (row.endsOn !== null) return refused('ended')
    if (given.endsOn < row.startsOn)
      return refused('incomplete', { details: [{ field: 'endsOn', why: 'notPaired' }] })
    await endPairing(tx, row, given)
    const now = house.now()
    await addAudit(
      tx,
      { staffId: who.staffId, what: 'carePair', field: row.childId, detail: `end ${id}` },
      now,
    )
    await tellEnded(house, tx, row, now)
    return { ok: true }
  }, id)
}
