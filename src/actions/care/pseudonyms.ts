import { childRecord } from '../../store/care/children.ts'
import { everyPairingOf } from '../../store/care/pairings.ts'
import { volunteerOfPerson } from '../../store/care/volunteers.ts'
import type { Reads } from '../../store/db.ts'

/**
 * What somebody wrote, with the real names of the children they are a volunteer for replaced by the pseudonyms, before it is stored or
 * anybody on duty reads it. No person reads a record for it, so it is no opening. Everybody else's words stay as they are.
 */
export async function underPseudonym(from: Reads, personId: string, text: string): Promise<string> {
  const volunteer = text ? await volunteerOfPerson(from, personId) : null
  return volunteer ? withPseudonyms(from, volunteer.id, text) : text
}

/** Words about a volunteer's children with their real names replaced. */
export async function withPseudonyms(from: Reads, volunteerId: string, text: string): Promise<string> {
  const children = new Map((await everyPairingOf(from, volunteerId)).map(row => [row.childId, row.pseudonym]))
  let told = text
  for (const [childId, pseudonym] of children) told = await withoutNames(from, { childId, pseudonym }, told)
  return told
}

/** A child's real name in a text replaced by its pseudonym. */
export async function withoutNames(
  from: Reads,
  { childId, pseudonym }: { childId: string; pseudonym: string },
  text: string,
): Promise<string> {
  const found = await childRecord(from, childId)
  let told = text
  for (const name of found ? namesOf(found.record.name) : []) told = told.replaceAll(name, pseudonym)
  return told
}

/** The full name, and the given name alone where it has two characters or more: `萧禾禾`, `禾禾`. */
const namesOf = (name: string): string[] =>
  [name, [...name].slice(1).join('')].filter(one => [...one].length >= 2)
