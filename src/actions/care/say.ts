import { NOTICES, type NoticeKey, sendAfter, worthUntil } from '../../rules/notices/table.ts'
import type { Language } from '../../rules/people/language.ts'
import type { Tx } from '../../store/db.ts'
import { addNotice, type NoticeBody } from '../../store/notices.ts'
import { onlyByPage } from '../../store/push-doors.ts'
import { addLineAlone } from '../../store/talks.ts'
import type { House } from '../house.ts'

/** One duty as it is brought to mind; the child by pseudonym. */
export interface DutyItem {
  pairingId: string
  period: string
  /** A stage, or `again<day>` where the volunteer asked to be reminded once more. */
  stage: string
  kind: string
  name: string
  due: string
}

/** What one person hears at once. */
export interface Bundle {
  notice: 'volunteer.duty' | 'coordinator.duty' | 'coordinator.relay'
  to: { personId: string } | { staffId: string }
  /** Orders those who write for the same person. */
  lock: string
  volunteerId: string | null
  items: DutyItem[]
}

/**
 * Says several duties in one message. Each duty has its row in the outbox (pairing, period, stage: once for ever); the first carries the
 * words of all, the others are marked as said with it.
 */
export async function sayDuties(house: House, tx: Tx, bundle: Bundle, now: string): Promise<void> {
  const items = [...bundle.items].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const lines = JSON.stringify(items.map(({ pairingId: _, ...item }) => item))
  for (const [at, item] of items.entries()) {
    const { kind, name, due, stage } = item
    const cause = `${item.pairingId}.${item.period}.${stage}`
    const body = { kind, name, due, stage, ...(at === 0 ? { items: lines } : {}) }
    if (at > 0) await put(house, tx, bundle.notice, bundle.to, { cause, body, now, handed: 'bundle' })
    else if ('personId' in bundle.to)
      await tellPerson(house, tx, bundle.notice, bundle.to.personId, { cause, body, now })
    else await put(house, tx, bundle.notice, bundle.to, { cause, body, now, handed: null })
  }
}

export interface CareWords {
  cause: string
  body: NoticeBody
  now: string
}

/** Tells a volunteer: a line in the conversation in this same transaction, and a row for channels that must be called. */
export async function tellPerson(
  house: House,
  tx: Tx,
  key: NoticeKey,
  personId: string,
  { cause, body, now }: CareWords,
): Promise<void> {
  const person = await tx.sql.get<{ language: Language; erasedAt: string | null }>(
    'SELECT "language", "erasedAt" FROM "Person" WHERE "id" = ?',
    personId,
  )
  if (!person || person.erasedAt) return
  const bubble = house.bubble(key, person.language, body)
  const line = await addLineAlone(tx, personId, { sender: 'notice', channel: 'notice', body: bubble }, now)
  const onlyHere = await onlyByPage(tx, personId)
  const handed = onlyHere && line ? 'web' : null
  await put(house, tx, key, { personId }, { cause, body, now, handed })
}

/** Tells a coordinator or reviewer; shown by the desk, and handed to the channels they have. */
export const tellCoordinator = (
  house: House,
  tx: Tx,
  key: NoticeKey,
  staffId: string,
  words: CareWords,
): Promise<void> => put(house, tx, key, { staffId }, { ...words, handed: null })

function put(
  house: House,
  tx: Tx,
  key: NoticeKey,
  to: { personId: string } | { staffId: string },
  { cause, body, now, handed }: CareWords & { handed: 'web' | 'bundle' | null },
): Promise<void> {
  const { zone } = house.district
  return addNotice(
    tx,
    {
      notice: key,
      to,
      cause,
      caseId: null,
      body,
      urgent: NOTICES[key].urgent,
      dueAt: sendAfter(key, now, zone),
      until: worthUntil(key, now, zone),
      handed,
    },
    now,
  )
}
