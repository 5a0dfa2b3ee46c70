import { NOTICES, type NoticeKey, sendAfter, worthUntil } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { CaseRow } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { followersToTell } from '../store/follows.ts'
import { addNotice, type NoticeBody } from '../store/notices.ts'
import { onlyByPage } from '../store/push-doors.ts'
import { linkedIn } from '../store/staff-chat.ts'
import { addLineAlone } from '../store/talks.ts'
import type { House } from './house.ts'
import { officeShown } from './office.ts'
import { publicPlace } from './place-name.ts'

/** Notices after which a case has had its last word. */
const LAST_WORDS: readonly NoticeKey[] = [
  'resident.answered',
  'resident.refused',
  'resident.closed',
  'resident.closedSilent',
  'resident.withdrawn',
]

/**
 * 要求不回复: who declined answers still hears the last word and what is urgent, nothing else (潍坊条例 20, 济南条例 24). That it was closed in
 * silence is no word more: the answer was the last one.
 */
const declined = (key: NoticeKey) =>
  !NOTICES[key].urgent && (key === 'resident.closedSilent' || !LAST_WORDS.includes(key))

export interface Telling {
  house: House
  tx: Tx
  row: CaseRow
  /** The entry of the event, or subject, period and stage of a clock. */
  cause: string
  body: NoticeBody
  now: string
  /** The resident did it in talk: the bot's own reply says it, so the notice is only recorded. */
  inTalk?: boolean
  /** In whose turn of talk it happens: a line of their own conversation would get in the way of the bot's reply. */
  turnOf?: string | undefined
  /** Units a part is passed to, and those whose order is decided on. */
  to?: readonly string[]
  asker?: readonly string[]
}

/**
 * Writes what an event has to say: to the resident a line in their conversation, in this same transaction, so the page has it the
 * moment it happened; and a row of the outbox for channels that must be called. To a unit: a row, shown by its inbox.
 */
export async function tell(telling: Telling, keys: readonly NoticeKey[]): Promise<void> {
  for (const key of keys) {
    const { to } = NOTICES[key]
    if (to === 'resident') await tellResident(telling, key)
    else if (to === 'follower') await tellFollowers(telling, key)
    else if (to === 'unit' || to === 'district' || to === 'passed' || to === 'asker')
      for (const unitId of unitsOf(telling, to)) {
        await outbox(telling, key, { unitId }, 'inbox')
        await tellLinked(telling, key, unitId)
      }
  }
}

/** Grid workers and heads whose chat is linked hear there what goes to their grid. Other units are not asked about. */
async function tellLinked(telling: Telling, key: NoticeKey, unitId: string) {
  const { house, tx, row } = telling
  if (house.district.units.get(unitId)?.kind !== 'grid') return
  // Their own matter is told them as its reporter.
  for (const { personId } of await linkedIn(tx, unitId))
    if (personId !== row.personId && personId !== telling.turnOf)
      await tellPerson({ ...telling, inTalk: false }, key, personId, telling.body)
}

async function tellResident(telling: Telling, key: NoticeKey) {
  const { tx, row, now } = telling
  if (LAST_WORDS.includes(key))
    await tx.sql.run('UPDATE "Case" SET "lastWordAt" = ? WHERE "id" = ?', now, row.id)
  if (!row.personId || (row.noReply === 1 && declined(key))) return
  await tellPerson(telling, key, row.personId, telling.body)
}

/** Neighbours who follow it read what a clerk approved and where it stands; nothing of the complainant, nor of each other. */
async function tellFollowers(telling: Telling, key: NoticeKey) {
  const { house, tx, row } = telling
  const { district } = house
  const body = {
    code: row.code,
    place: publicPlace(house, row),
    office: district.units.get(row.holderUnitId)?.name ?? '',
    summary: row.publicSummary ?? '',
  }
  for (const { personId } of await followersToTell(tx, row.id))
    if (personId !== row.personId) await tellPerson({ ...telling, inTalk: false }, key, personId, body)
}

/** A line in the person's conversation and a row of the outbox; nothing for somebody erased. */
async function tellPerson(telling: Telling, key: NoticeKey, personId: string, body: NoticeBody) {
  const { house, tx, now } = telling
  const person = await tx.sql.get<{ language: Language; erasedAt: string | null }>(
    'SELECT "language", "erasedAt" FROM "Person" WHERE "id" = ?',
    personId,
  )
  if (!person || person.erasedAt) return
  const told = { ...telling, body: discreet(telling, body) }
  if (telling.inTalk || telling.turnOf === personId) return outbox(told, key, { personId }, 'web')
  const bubble = house.bubble(key, person.language, told.body)
  const quiet = telling.row.kind === 'hotline'
  const line = await addLineAlone(
    tx,
    personId,
    { sender: 'notice', channel: 'notice', body: bubble, quiet },
    now,
  )
  const onlyHere = await onlyByPage(tx, personId)
  await outbox(told, key, { personId }, onlyHere && line ? 'web' : null)
}

/** A call for help is told about in gentle words, and no notice names the desk that has it: others may read it. */
function discreet({ house, row }: Telling, body: NoticeBody): NoticeBody {
  if (row.kind !== 'hotline') return body
  const office = officeShown(house.district, row)
  return { ...body, office, ...('to' in body ? { to: office } : {}), help: 1 }
}

function unitsOf({ house, row, to, asker }: Telling, whom: 'unit' | 'district' | 'passed' | 'asker') {
  if (whom === 'unit') return [row.holderUnitId]
  if (whom === 'district') return [house.district.code]
  return new Set(whom === 'passed' ? to : asker)
}

/** `handed`: the channel that has it already, by this very transaction. */
async function outbox(
  { house, tx, row, cause, body, now }: Telling,
  key: NoticeKey,
  to: { personId: string } | { unitId: string },
  handed: 'web' | 'inbox' | null,
) {
  await addNotice(
    tx,
    {
      notice: key,
      to,
      cause,
      caseId: row.id,
      body,
      urgent: NOTICES[key].urgent,
      dueAt: sendAfter(key, now, house.district.zone),
      until: worthUntil(key, now, house.district.zone),
      handed,
    },
    now,
  )
}

/** Tells one member of staff, by the roster: danger, and what must not wait in a list. */
export async function tellStaff(
  house: House,
  tx: Tx,
  key: NoticeKey,
  staffId: string,
  about: { cause: string; caseId: string | null; body: NoticeBody; now: string },
): Promise<void> {
  await addNotice(
    tx,
    {
      notice: key,
      to: { staffId },
      cause: about.cause,
      caseId: about.caseId,
      body: about.body,
      urgent: NOTICES[key].urgent,
      dueAt: sendAfter(key, about.now, house.district.zone),
      until: worthUntil(key, about.now, house.district.zone),
      handed: null,
    },
    about.now,
  )
}
