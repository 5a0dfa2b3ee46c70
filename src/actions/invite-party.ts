import { randomInt } from 'node:crypto'
import { caseById, touched } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { changeParty, inviteHash, partyByInvite, partyOf } from '../store/parties.ts'
import { type Result, refused } from './house.ts'
import { type Mediated, sideOf } from './mediation-look.ts'

/** Letters and digits nobody mistakes for one another: 31 of them, twelve make 59 bits. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const GROUPS = 3

/** A new one-time code for the other party: `ABCD-EFGH-JKLM`. The older ones open nothing any more. */
export async function freshInvitation(tx: Tx, of: Mediated, now: string): Promise<string> {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const token = Array.from({ length: GROUPS }, group).join('-')
  const party = sideOf(of, 'other')
  await changeParty(tx, party, {
    inviteHash: inviteHash(tx, tidyToken(token)),
    invitedAt: party.invitedAt ?? now,
  })
  return token
}

/** A code as people type it: any case, with or without dashes. */
export const tidyToken = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/** Whoever holds the code becomes the other side, once. Refusals: `notFound`, `ownCase` for the applicant. */
export async function joinByInvite(
  tx: Tx,
  personId: string,
  token: string,
): Promise<Result<{ code: string }>> {
  const party = await partyByInvite(tx, tidyToken(token))
  const row = party && (await caseById(tx, party.caseId))
  if (!party || !row) return refused('notFound')
  if (await partyOf(tx, party.caseId, personId)) return refused('ownCase')
  // What was booked before they came is theirs from now on, so that nothing else can be booked beside it.
  await tx.sql.run(
    'UPDATE "Occupancy" SET "resource" = ? WHERE "resource" = ? AND NOT EXISTS (SELECT 1 FROM "Occupancy" o WHERE o."resource" = ? AND o."quarterHour" = "Occupancy"."quarterHour")',
    `person:${personId}`,
    party.personId ? `person:${party.personId}` : `party:${party.id}`,
    `person:${personId}`,
  )
  await changeParty(tx, party, { personId, inviteHash: null })
  touched(tx, row)
  return { ok: true, code: row.code }
}
