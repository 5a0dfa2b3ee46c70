import type { MediationNotice, Side } from '../rules/mediation/types.ts'
import { NOTICES, type NoticeKey, sendAfter, worthUntil } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { Tx } from '../store/db.ts'
import { addNotice, type NoticeBody } from '../store/notices.ts'
import type { PartyRow } from '../store/parties.ts'
import { onlyByPage } from '../store/push-doors.ts'
import { addLineAlone } from '../store/talks.ts'
import type { House } from './house.ts'
import type { Mediated } from './mediation-look.ts'
import { tell, tellStaff } from './tell.ts'

export interface MediationTelling {
  house: House
  tx: Tx
  of: Mediated
  /** The entry of the event, or subject, period and stage of a clock. */
  cause: string
  /** Values for the words; nothing that one side alone may know. */
  body: NoticeBody
  now: string
  /** Only this side hears it; else both. */
  only?: Side
  /** Somebody who did it in their own turn of talk: the bot's reply says it. */
  inTalk?: string | null
}

/** Writes what an event of a mediation has to say: to the sides, to the panel, to the mediator, each by the key of the notice. */
export async function tellMediation(
  telling: MediationTelling,
  keys: readonly MediationNotice[],
): Promise<void> {
  const { house, tx, of, cause, body, now } = telling
  for (const key of keys) {
    const { to } = NOTICES[key]
    if (to === 'side') await tellSides(telling, key)
    else if (to === 'mediator') {
      if (of.med.mediatorId)
        await tellStaff(house, tx, key, of.med.mediatorId, { cause, caseId: of.row.id, body, now })
    } else await tell({ house, tx, row: of.row, cause, body, now }, [key])
  }
}

async function tellSides(telling: MediationTelling, key: NoticeKey) {
  for (const party of telling.of.parties) {
    if (telling.only && party.side !== telling.only) continue
    // Who has not opened the invitation has no conversation; the panel's letter or call reaches them.
    if (party.personId) await tellParty(telling, key, party, party.personId)
  }
}

async function tellParty(telling: MediationTelling, key: NoticeKey, party: PartyRow, personId: string) {
  const { house, tx, of, cause, now } = telling
  const person = await tx.sql.get<{ language: Language; erasedAt: string | null }>(
    'SELECT "language", "erasedAt" FROM "Person" WHERE "id" = ?',
    personId,
  )
  if (!person || person.erasedAt) return
  const body = { ...telling.body, side: party.side }
  const inTalk = telling.inTalk === personId
  if (!inTalk) {
    const bubble = house.bubble(key, person.language, body)
    await addLineAlone(tx, personId, { sender: 'notice', channel: 'notice', body: bubble }, now)
  }
  const onlyHere = await onlyByPage(tx, personId)
  const { zone } = house.district
  await addNotice(
    tx,
    {
      notice: key,
      to: { personId },
      cause,
      caseId: of.row.id,
      body,
      urgent: NOTICES[key].urgent,
      dueAt: sendAfter(key, now, zone),
      until: worthUntil(key, now, zone),
      handed: inTalk || onlyHere ? 'web' : null,
    },
    now,
  )
}
