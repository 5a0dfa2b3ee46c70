import { addAudit } from '../../store/audit.ts'
import { pairingsOfVolunteer } from '../../store/care/pairings.ts'
import {
  changeVolunteer,
  correctVolunteer,
  type VolunteerRow,
  volunteerById,
  volunteerByPhone,
  volunteerName,
} from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Refusal, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'

/** A volunteer of the coordinator's area; nobody else is found. */
async function ownVolunteer(
  house: House,
  tx: Tx,
  who: Who,
  id: string,
): Promise<{ ok: true; row: VolunteerRow } | Refusal> {
  const row = await volunteerById(tx, id)
  if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
  return { ok: true, row }
}

/**
 * The phone of a volunteer in full, to call them, with a reason that is logged in the same transaction. Refusals: notFound, empty.
 */
export function volunteerPhone(
  house: House,
  who: Who,
  id: string,
  reason: string,
): Promise<Result<{ phone: string }>> {
  return house.store.write(async tx => {
    const found = await ownVolunteer(house, tx, who, id)
    if (!found.ok) return found
    const { phone } = await volunteerName(tx, id)
    if (!phone) return refused('empty')
    const line = { staffId: who.staffId, what: 'volunteerPhone', field: id, detail: reason } as const
    await addAudit(tx, line, house.now())
    return { ok: true, phone }
  }, id)
}

export interface VolunteerFacts {
  name: string
  phone?: string
  unitId: string
  kind: VolunteerRow['kind']
  body: string | null
}

/** Puts right what was entered of a volunteer; without a phone the old one stays. Refusals: notFound, notYours, phoneTaken. */
export function correctFacts(
  house: House,
  who: Who,
  id: string,
  given: VolunteerFacts,
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await ownVolunteer(house, tx, who, id)
    if (!found.ok) return found
    const { name, phone, ...facts } = given
    if (!cares(house, who, 'coordinate', given.unitId)) return refused('notYours')
    const other = phone ? await volunteerByPhone(tx, phone) : null
    if (other && other.id !== id)
      return refused('phoneTaken', { details: [{ field: 'phone', why: 'phoneTaken' }] })
    await changeVolunteer(tx, id, facts)
    await correctVolunteer(tx, id, { name, ...(phone ? { phone } : {}) })
    return { ok: true }
  }, id)
}

/**
 * Ends the service of a volunteer: no reminder reaches them, and the chat knows them no longer. Nobody may be forced to serve
 * (志愿服务条例 25), but each child is handed over first. Refusals: notFound, ended, hasChildren.
 */
export function endVolunteer(house: House, who: Who, id: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await ownVolunteer(house, tx, who, id)
    if (!found.ok) return found
    if (found.row.endedAt) return refused('ended')
    const now = house.now()
    const own = await pairingsOfVolunteer(tx, id, dayOf(house, now))
    if (own.some(row => row.volunteerId === id && row.endsOn === null)) return refused('hasChildren')
    await changeVolunteer(tx, id, { endedAt: now, remindOn: null })
    return { ok: true }
  }, id)
}
