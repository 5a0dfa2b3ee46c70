import { addressedTo, reportDue } from '../../rules/care/report.ts'
import { signsIn } from '../../rules/care/signs.ts'
import { addReport } from '../../store/care/needs.ts'
import { everyPairingOf, pairingsOfVolunteer } from '../../store/care/pairings.ts'
import { volunteerOfPerson } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House } from '../house.ts'

export interface Worry {
  personId: string
  text: string
  alertId: string
  caseId: string
}

/**
 * Draws up the mandatory report (未成年人保护法 11) where a volunteer told of danger to one of their children: the child named, else every
 * child they have, so that none is missed. The clock begins now; the duty person has been called by the alert; who reported is
 * sealed apart. Somebody who is no volunteer opens none.
 */
export async function openCareReport(
  house: House,
  tx: Tx,
  { personId, text, alertId, caseId }: Worry,
  now: string,
): Promise<number> {
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return 0
  const own = await pairingsOfVolunteer(tx, volunteer.id, dayOf(house, now))
  // Consent withdrawn or pairing over: the duty to report stands (未成年人保护法 11).
  const named = (await everyPairingOf(tx, volunteer.id)).filter(row => text.includes(row.pseudonym))
  const heard = signsIn(text)
  const signs = heard.length ? heard : (['otherDanger'] as const)
  const about = new Set((named.length ? named : own).map(row => row.childId))
  for (const childId of about)
    await addReport(
      tx,
      {
        ...{ childId, alertId, caseId },
        reporter: volunteer.id,
        record: { words: text, signs, addressedTo: addressedTo(signs) },
        dueAt: reportDue(now),
      },
      now,
    )
  return about.size
}
