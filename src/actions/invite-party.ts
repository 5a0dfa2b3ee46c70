import { randomInt } from 'node:crypto'
import { sendAfter, worthUntil } from '../rules/notices/table.ts'
import { mayMediate, maySeeMediation } from '../rules/people/may.ts'
import { isMobile } from '../rules/people/mobile.ts'
import { caseById, touched } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { addNotice, dropForParty } from '../store/notices.ts'
import { changeParty, contactOf, inviteHash, partyByInvite, partyOf } from '../store/parties.ts'
import { type House, type Result, refused } from './house.ts'
import { type Mediated, mediatedByCode, mediationRights, sideOf } from './mediation-look.ts'
import type { Who } from './rights.ts'

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

/**
 * The invitation just made goes to the other party's phone as well, by the outbox: the code alone, never a name or a word of the dispute.
 * Refusals: `notFound`, `notYours`; `newerLetter` when the code is no longer the newest or somebody has come by it; `noPhone`.
 */
export function textInvitation(house: House, who: Who, code: string, token: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const of = await mediatedByCode(tx, house.district, code)
    const rights = of && mediationRights(house.district, of)
    if (!of || !rights || !who.members.some(one => maySeeMediation(one, rights))) return refused('notFound')
    if (!who.members.some(one => mayMediate(one, 'invite', rights))) return refused('notYours')
    const party = sideOf(of, 'other')
    const hash = inviteHash(tx, tidyToken(token))
    if (party.personId || party.inviteHash !== hash) return refused('newerLetter')
    const { phone } = await contactOf(tx, party)
    if (!phone || !isMobile(phone)) return refused('noPhone')
    const now = house.now()
    const key = 'invited.mediation'
    await addNotice(
      tx,
      {
        ...{ notice: key, to: { partyId: party.id }, cause: hash, caseId: of.row.id, body: { token } },
        ...{ urgent: false, handed: null },
        dueAt: sendAfter(key, now, house.district.zone),
        until: worthUntil(key, now, house.district.zone),
      },
      now,
    )
    return { ok: true }
  }, code)
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
  await dropForParty(tx, party.id)
  touched(tx, row)
  return { ok: true, code: row.code }
}
