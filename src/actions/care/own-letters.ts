import { lettersTo, letterText } from '../../store/care/letters.ts'
import { pairingById } from '../../store/care/pairings.ts'
import { volunteerName } from '../../store/care/volunteers.ts'
import type { Reads } from '../../store/db.ts'
import { dayOf, type House } from '../house.ts'

/** A letter as the parent it was sent to reads it: no child is named. */
export interface OwnLetter {
  id: string
  sentOn: string
  text: string
  /** Who wrote to them. */
  volunteer: string
}

/**
 * The letters sent to a parent who linked their chat, newest first; nobody else finds one, and none once the consent was withdrawn. That they
 * are read is written down nowhere. A parent does not know the pseudonym: it becomes 孩子.
 */
export async function ownLetters(house: House, read: Reads, personId: string): Promise<OwnLetter[]> {
  const letters: OwnLetter[] = []
  for (const row of await lettersTo(read, personId)) {
    const pairing = await pairingById(read, row.pairingId)
    const text = await letterText(read, row)
    if (!pairing || !text) continue
    letters.push({
      id: row.id,
      sentOn: dayOf(house, row.sentAt ?? row.createdAt),
      text: text.replaceAll(row.pseudonym, '孩子'),
      volunteer: (await volunteerName(read, pairing.volunteerId)).name,
    })
  }
  return letters
}
