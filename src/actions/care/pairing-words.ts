import { addDays } from '../../rules/care/dates.ts'
import { duties } from '../../rules/care/duties.ts'
import { addAudit } from '../../store/audit.ts'
import {
  handOverFor,
  type PairingRow,
  pairingsOfVolunteer,
  visitsOfPairing,
} from '../../store/care/pairings.ts'
import { volunteerById, volunteerOfPerson } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import { withoutNames } from './pseudonyms.ts'
import { tellPerson } from './say.ts'

/** What a volunteer is told of a pairing: that it began, what is due first, what the one before left, and that it ended. */

/** Duties named when a pairing begins. */
const FIRST = 3

/** Tells a volunteer of a new child: the pseudonym and the next duties, in the chat they linked. */
export async function tellPaired(house: House, tx: Tx, row: PairingRow, now: string): Promise<void> {
  const volunteer = await volunteerById(tx, row.volunteerId)
  if (!volunteer?.personId) return
  const today = dayOf(house, now)
  const [, from = today] = [row.startsOn, today].sort()
  const next = duties(house.district.care, row, [], from, addDays(from, 200))
    .filter(duty => duty.due >= from)
    .sort((a, b) => (a.due < b.due ? -1 : 1))
    .slice(0, FIRST)
  const items = next.map(({ kind, period, due }) => ({
    kind,
    period,
    due,
    name: row.pseudonym,
    stage: 'early',
  }))
  const body = { name: row.pseudonym, date: row.startsOn, items: JSON.stringify(items) }
  await tellPerson(house, tx, 'volunteer.paired', volunteer.personId, { cause: row.id, body, now })
}

/** Tells a volunteer that a pairing ended; why stands on no notice. */
export async function tellEnded(house: House, tx: Tx, row: PairingRow, now: string): Promise<void> {
  const volunteer = await volunteerById(tx, row.volunteerId)
  if (!volunteer?.personId) return
  const body = { name: row.pseudonym }
  await tellPerson(house, tx, 'volunteer.unpaired', volunteer.personId, { cause: row.id, body, now })
}

export interface HandedOver {
  name: string
  words: string
}

/**
 * What those before them left for a volunteer about their own children, on request: an opening of each child, logged under the volunteer; real
 * names are pseudonyms. Who only covers for somebody gets none. Refusals: noVolunteer.
 */
export async function handedOver(
  house: House,
  tx: Tx,
  personId: string,
): Promise<Result<{ notes: HandedOver[] }>> {
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return refused('noVolunteer')
  const now = house.now()
  const own = await pairingsOfVolunteer(tx, volunteer.id, dayOf(house, now))
  const notes: HandedOver[] = []
  for (const row of own.filter(one => one.volunteerId === volunteer.id)) {
    const words = await handOverFor(tx, row)
    if (!words) continue
    const detail = `handOver.${volunteer.id}`
    await addAudit(tx, { staffId: null, what: 'openChild', field: row.childId, detail }, now)
    notes.push({ name: row.pseudonym, words: await withoutNames(tx, row, words) })
  }
  return { ok: true, notes }
}

/** How many duties of a pairing a record met. */
export async function metBy(
  house: House,
  tx: Tx,
  pairing: PairingRow,
  visitId: string,
  onDate: string,
): Promise<number> {
  const visits = await visitsOfPairing(tx, pairing.id)
  const all = duties(house.district.care, pairing, visits, addDays(onDate, -60), addDays(onDate, 140))
  return all.filter(duty => duty.metBy === visitId).length
}
