import type { Language } from '../rules/people/language.ts'
import { type Member, mayOffice } from '../rules/people/may.ts'
import { addAudit } from '../store/audit.ts'
import type { Reads, Tx } from '../store/db.ts'
import { casesWith } from '../store/inbox-pages.ts'
import { giveBackTalk, staffLineExists, type TalkRow, takeTalk, talkOf } from '../store/inbox-talks.ts'
import { addLineAlone } from '../store/talks.ts'
import { type House, type Result, refused } from './house.ts'
import type { Who } from './rights.ts'

const mayTake = (who: Who) => who.members.some(member => mayOffice(member.role, 'takeOverTalk'))
const overlooks = (member: Member) => member.role === 'districtDispatcher'

/**
 * May this person read a conversation? Those whose office it is: what waits for anybody, what is in their own hands, what belongs to
 * a case they may see; the district desk reads all.
 */
export async function mayReadTalk(from: Reads, who: Who, talk: TalkRow): Promise<boolean> {
  if (!mayTake(who)) return false
  if (talk.mode === 'waiting' || talk.takenById === who.staffId) return true
  if (who.members.some(overlooks)) return true
  return (await casesWith(from, talk.personId, who.members)).length > 0
}

/** A line the program adds when hands change, in the person's language; `by` is the office that speaks. */
export type HandWords = (language: Language, office: string) => string

/** A clerk takes a conversation in hand: the bot is silent until it is handed back. Refusals: notFound, faster. */
export function takeOver(
  house: House,
  who: Who,
  personId: string,
  words: HandWords,
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const talk = await talkOf(tx, personId)
    if (!talk || !mayTake(who)) return refused('notFound')
    if (talk.takenById === who.staffId && talk.mode === 'human') return { ok: true }
    if (talk.mode === 'human') return refused('faster', { with: { staffId: talk.takenById } })
    if (!(await mayReadTalk(tx, who, talk))) return refused('notFound')
    const now = house.now()
    if (!(await takeTalk(tx, personId, who.staffId, now)))
      return refused('faster', { with: { staffId: talk.takenById } })
    await addAudit(tx, { staffId: who.staffId, what: 'takeTalk', field: personId }, now)
    await botLine(house, tx, who, personId, words, now)
    return { ok: true }
  }, personId)
}

/** A clerk's words; the same `id` again is said once. Refusals: notFound, notTaken. */
export function sayAsStaff(
  house: House,
  who: Who,
  personId: string,
  said: { id: string; text: string },
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const talk = await talkOf(tx, personId)
    if (!talk || !(await mayReadTalk(tx, who, talk))) return refused('notFound')
    const externalId = `${who.staffId}:${said.id}`
    if (await staffLineExists(tx, externalId)) return { ok: true }
    if (talk.mode !== 'human' || talk.takenById !== who.staffId) return refused('notTaken')
    const body = JSON.stringify({ text: said.text, by: officeOf(house, who) })
    const line = { sender: 'staff', channel: 'staff', body, externalId, staffId: who.staffId } as const
    const now = house.now()
    await addLineAlone(tx, personId, line, now)
    await addAudit(tx, { staffId: who.staffId, what: 'sayTalk', field: personId }, now)
    tx.changes.conversations.add(personId)
    return { ok: true }
  }, personId)
}

/** The bot speaks again. Only who has it, or the district desk, gives it back. Refusals: notFound, notTaken. */
export function handBack(
  house: House,
  who: Who,
  personId: string,
  words: HandWords,
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const talk = await talkOf(tx, personId)
    if (!talk || !(await mayReadTalk(tx, who, talk))) return refused('notFound')
    if (talk.mode === 'bot') return { ok: true }
    const own = talk.takenById === null || talk.takenById === who.staffId
    if (!own && !who.members.some(overlooks)) return refused('notTaken')
    const now = house.now()
    await giveBackTalk(tx, personId, now)
    await addAudit(tx, { staffId: who.staffId, what: 'handBack', field: personId }, now)
    await botLine(house, tx, who, personId, words, now)
    return { ok: true }
  }, personId)
}

async function botLine(house: House, tx: Tx, who: Who, personId: string, words: HandWords, now: string) {
  const person = await tx.sql.get<{ language: Language }>(
    'SELECT "language" FROM "Person" WHERE "id" = ?',
    personId,
  )
  const text = words(person?.language ?? 'zh-CN', officeOf(house, who))
  await addLineAlone(tx, personId, { sender: 'bot', channel: 'staff', body: JSON.stringify({ text }) }, now)
}

/** The office a resident is told; never the name of the clerk. */
export const officeOf = (house: House, who: Who): string =>
  house.district.units.get(who.members[0]?.unit ?? '')?.name ?? house.district.name
