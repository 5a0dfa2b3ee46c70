import { randomInt } from 'node:crypto'
import { CHAT_ROLES } from '../rules/grid/chat-steps.ts'
import { countTry, type TryLimit, waitFor } from '../store/attempts.ts'
import { addAudit } from '../store/audit.ts'
import type { Reads, Tx } from '../store/db.ts'
import { membersOf, staffName } from '../store/staff.ts'
import {
  isCodeTaken,
  keepChatCode,
  linkPerson,
  staffByChatCode,
  staffLinkedTo,
  unlinkStaff,
} from '../store/staff-chat.ts'
import { type House, type Result, refused } from './house.ts'
import type { Who } from './rights.ts'

/** How long a one-time code is good. */
const CODE_MINUTES = 10
const DIGITS = 8

/** A one-time code by which a member of staff links their chat; shown once, kept as a hash. Asking again replaces it. */
export function newChatCode(house: House, staffId: string): Promise<{ code: string; until: string }> {
  return house.store.write(async tx => {
    const now = house.now()
    let code = ''
    do code = String(randomInt(0, 10 ** DIGITS)).padStart(DIGITS, '0')
    while (await isCodeTaken(tx, code))
    const until = new Date(Date.parse(now) + CODE_MINUTES * 60_000).toISOString()
    await keepChatCode(tx, staffId, code, until)
    return { code, until }
  })
}

/** Wrong codes are counted for the person and for everybody together. */
const guesses = (personId: string): TryLimit[] => [
  { subject: `chat.link.person.${personId}`, most: 5, minutes: 15 },
  { subject: 'chat.link.all', most: 200, minutes: 15 },
]

/** Links this conversation to whose code it is. Refusals: wrongCode, locked, otherChat (it is linked to somebody else). */
export async function linkChat(
  house: House,
  tx: Tx,
  personId: string,
  code: string,
): Promise<Result<{ who: Who }>> {
  const now = house.now()
  const limits = guesses(personId)
  for (const limit of limits) if ((await waitFor(tx, limit, now)) > 0) return refused('locked')
  const staffId = await staffByChatCode(tx, code, now)
  if (!staffId) {
    for (const limit of limits) await countTry(tx, limit, now)
    return refused('wrongCode')
  }
  const linked = await staffLinkedTo(tx, personId)
  if (linked && linked.staffId !== staffId) {
    if (!linked.ended) return refused('otherChat')
    await unlinkStaff(tx, linked.staffId)
  }
  if (!(await linkPerson(tx, { staffId, personId, code }, now))) return refused('wrongCode')
  await addAudit(tx, { staffId, what: 'linkChat' }, now)
  return { ok: true, who: await whoOf(tx, staffId) }
}

/** The member with the roles that reach into the chat; an account without any is linked and sees nothing. */
const whoOf = async (from: Reads, staffId: string): Promise<Who> => ({
  staffId,
  name: (await staffName(from, staffId)) ?? '',
  members: (await membersOf(from, staffId)).filter(({ role }) => CHAT_ROLES.includes(role)),
})

/** The member of staff behind a conversation; null when it is linked to nobody, or their account has ended. */
export async function staffInChat(from: Reads, personId: string): Promise<Who | null> {
  const linked = await staffLinkedTo(from, personId)
  return linked && !linked.ended ? whoOf(from, linked.staffId) : null
}

/** Ends the link of a conversation. Refusal: notLinked. */
export async function unlinkChat(tx: Tx, personId: string, now: string): Promise<Result<object>> {
  const linked = await staffLinkedTo(tx, personId)
  if (!linked) return refused('notLinked')
  await endLink(tx, linked.staffId, now)
  return { ok: true }
}

/** The member ends it at the desk; nothing happens where none is linked. */
export function unlinkOwnChat(house: House, staffId: string): Promise<void> {
  return house.store.write(tx => endLink(tx, staffId, house.now()))
}

async function endLink(tx: Tx, staffId: string, now: string): Promise<void> {
  if (await unlinkStaff(tx, staffId)) await addAudit(tx, { staffId, what: 'unlinkChat' }, now)
}
