import { randomBytes } from 'node:crypto'
import { maskName, maskPhone } from '../rules/people/mask.ts'
import { casesOfPerson } from '../store/cases.ts'
import { consentsOf } from '../store/consents.ts'
import type { Reads, Tx } from '../store/db.ts'
import { examplesOf } from '../store/learning.ts'
import { erasePerson, keepProfile, keepRecovery, profileOf } from '../store/persons.ts'
import { lastSeq } from '../store/talks.ts'
import { unlinkChat } from './staff-chat.ts'

/** What is kept about a person, as rows to show in talk: key and value, contact data masked (the whole is in the export). */
export async function seeMyData(from: Reads, personId: string): Promise<[string, string][]> {
  const profile = await profileOf(from, personId)
  const cases = await casesOfPerson(from, personId)
  const consents = await consentsOf(from, personId)
  return [
    ['name', profile.name ? maskName(profile.name) : '—'],
    ['phone', profile.phone ? maskPhone(profile.phone) : '—'],
    ['myCases', String(cases.length)],
    ['myMessages', String(await lastSeq(from, personId))],
    ['myConsents', String(consents.length)],
    ['myExamples', String((await examplesOf(from, personId)).length)],
  ]
}

/** Corrects contact data (个人信息保护法 art. 46). */
export async function keepCorrection(
  tx: Tx,
  personId: string,
  given: { field: 'name' | 'phone'; value: string },
): Promise<void> {
  await keepProfile(tx, personId, { [given.field]: given.value })
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A recovery code of 99 bits: five groups of four letters without look-alikes. Shown once; only its hash is kept. */
export async function newRecoveryCode(tx: Tx, personId: string): Promise<string> {
  const code = recoveryCode()
  await keepRecovery(tx, personId, code)
  return code
}

export function recoveryCode(): string {
  let letters = ''
  while (letters.length < 20)
    // Bytes at or over the last whole multiple are thrown away: every letter is equally likely.
    for (const byte of randomBytes(32)) if (byte < 248 && letters.length < 20) letters += LETTERS[byte % 31]
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** A recovery code as typed by hand: any case, spaces or dashes. */
export const tidyRecovery = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/(.{4})(?=.)/g, '$1-')

/** Deletes what is kept about a person (个人信息保护法 art. 47); open cases go on without a way back to them. */
export async function eraseMyData(tx: Tx, personId: string, now: string): Promise<void> {
  await unlinkChat(tx, personId, now)
  await erasePerson(tx, personId, now)
}
