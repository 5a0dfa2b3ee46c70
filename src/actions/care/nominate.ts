import {
  addNomination,
  type Nomination,
  nominationById,
  nominationsOf,
} from '../../store/care/nominations.ts'
import { volunteerById, volunteerName } from '../../store/care/volunteers.ts'
import { type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { withPseudonyms } from './pseudonyms.ts'
import { cares } from './registry.ts'

/**
 * Puts a volunteer forward in words (树立典型): what they did, written by a coordinator, never computed. Real names of their children
 * become pseudonyms before it is kept. Refusals: notFound.
 */
export function nominate(
  house: House,
  who: Who,
  volunteerId: string,
  given: Pick<Nomination, 'purpose' | 'text'>,
): Promise<Result<{ id: string }>> {
  return house.store.write(async tx => {
    const row = await volunteerById(tx, volunteerId)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const text = await withPseudonyms(tx, volunteerId, given.text)
    const line = { volunteerId, byId: who.staffId, purpose: given.purpose, text }
    return { ok: true, id: await addNomination(tx, line, house.now()) }
  }, volunteerId)
}

/** The nominations of a volunteer of one's area, newest first. Refusals: notFound. */
export async function nominations(
  house: House,
  who: Who,
  volunteerId: string,
): Promise<Result<{ nominations: Nomination[] }>> {
  const { read } = house.store
  const row = await volunteerById(read, volunteerId)
  if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
  return { ok: true, nominations: await nominationsOf(read, volunteerId) }
}

/** One nomination with the name of the volunteer, for paper. Refusals: notFound. */
export async function oneNomination(
  house: House,
  who: Who,
  id: string,
): Promise<Result<{ nomination: Nomination; name: string; body: string | null }>> {
  const { read } = house.store
  const nomination = await nominationById(read, id)
  const row = nomination && (await volunteerById(read, nomination.volunteerId))
  if (!nomination || !row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
  return { ok: true, nomination, name: (await volunteerName(read, row.id)).name, body: row.body }
}
