import { newId, type Reads, type Store, type Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { along, insert } from './sql.ts'

export type NoticeState = 'waiting' | 'sending' | 'sent' | 'unknown' | 'givenUp' | 'cleared'

export interface NoticeRow {
  id: string
  notice: string
  recipient: string
  cause: string
  personId: string | null
  staffId: string | null
  caseId: string | null
  urgent: number
  state: NoticeState
  dueAt: string
  until: string | null
  attempts: number
  channel: string | null
  outcome: string | null
  sentAt: string | null
  readAt: string | null
  createdAt: string
  /** When it was last taken in hand. */
  takenAt: string | null
  arrivedAt: string | null
}

/** What a notice says: values for its words, in clear once opened. */
export type NoticeBody = Record<string, string | number | null>

export interface NewNotice {
  notice: string
  to: { personId: string } | { staffId: string } | { unitId: string } | { partyId: string }
  /** The entry of the event, or subject, period and stage of a clock: with notice and recipient it makes the row unique. */
  cause: string
  caseId: string | null
  body: NoticeBody
  urgent: boolean
  dueAt: string
  until: string
  /** A channel that has it already, by the very transaction that writes the row (`bundle`: said in one message with another row); else the outbox takes it. */
  handed: 'web' | 'inbox' | 'bundle' | null
}

const COLUMNS =
  '"id", "notice", "recipient", "cause", "personId", "staffId", "caseId", "urgent", "state", "dueAt", "until", "attempts", "channel", "outcome", "sentAt", "readAt", "createdAt", "takenAt", "arrivedAt"'

/** Puts a notice in the outbox; the same one twice is one. Sealed with the person's key, or the house's for staff. */
export async function addNotice(tx: Tx, given: NewNotice, now: string): Promise<void> {
  const id = newId()
  const personId = 'personId' in given.to ? given.to.personId : null
  const key = personId ? await keyOf(tx, personId) : tx.keys.house
  if (!key) return
  await tx.sql.run(
    `INSERT INTO "Notice" ("id", "notice", "recipient", "cause", "personId", "staffId", "caseId", "bodyEnc", "urgent", "state", "dueAt", "until", "attempts", "channel", "sentAt", "lag", "createdAt")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    id,
    given.notice,
    recipientOf(given.to),
    given.cause,
    personId,
    'staffId' in given.to ? given.to.staffId : null,
    given.caseId,
    sealed(key, `Notice.bodyEnc.${id}`, JSON.stringify(given.body)),
    given.urgent ? 1 : 0,
    given.handed ? 'sent' : 'waiting',
    given.dueAt,
    given.until,
    given.handed,
    given.handed ? now : null,
    given.handed ? 0 : null,
    now,
  )
  if (!given.handed) tx.changes.notices = true
}

function recipientOf(to: NewNotice['to']): string {
  if ('personId' in to) return `person:${to.personId}`
  if ('partyId' in to) return `${PARTY}${to.partyId}`
  return 'staffId' in to ? `staff:${to.staffId}` : `unit:${to.unitId}`
}

/** The recipient who is nobody here yet: a side of a mediation, by its row. */
const PARTY = 'party:'
export const partyTold = (recipient: string): string | null =>
  recipient.startsWith(PARTY) ? recipient.slice(PARTY.length) : null

/** What waits for a party that has come by itself is no longer worth saying. */
export async function dropForParty(tx: Tx, partyId: string): Promise<void> {
  await tx.sql.run(
    `UPDATE "Notice" SET "state" = 'cleared' WHERE "recipient" = ? AND "state" = 'waiting'`,
    recipientOf({ partyId }),
  )
}

/** A notice `n` whose time has come, and which has to wait for none of its recipient's; both marks are the instant now. */
const DUE = `"state" = 'waiting' AND "dueAt" <= ? AND ("urgent" = 1 OR NOT EXISTS (
  SELECT 1 FROM "Notice" e WHERE e."recipient" = n."recipient" AND e."id" < n."id" AND (e."state" = 'sending'
    OR (e."state" = 'waiting' AND e."attempts" > 0 AND e."dueAt" > ?))))`

/**
 * Notices whose time has come, oldest first. What comes after one of the same recipient that is under way or has to be tried again waits for it;
 * what is urgent waits for nothing.
 */
export async function dueNotices(from: Reads, now: string, limit: number): Promise<NoticeRow[]> {
  return await from.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" n WHERE ${DUE} ORDER BY "dueAt", "id" LIMIT ?`,
    ...[now, now, limit],
  )
}

/** What else is due to these recipients: a batch that is full may hold somebody's newer notice and not the older one that was tried before. */
export async function dueBeside(
  store: Pick<Store, 'read' | 'kind'>,
  now: string,
  recipients: readonly string[],
): Promise<NoticeRow[]> {
  const marks = recipients.map(() => '?').join(', ')
  return await store.read.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" n${along('Notice_recipient_state_idx', store)} WHERE ${DUE} AND "recipient" IN (${marks}) ORDER BY "dueAt", "id"`,
    ...[now, now, ...recipients],
  )
}

export async function noticeBody(from: Reads, row: NoticeRow): Promise<NoticeBody> {
  const sealedBody = await from.sql.get<{ bodyEnc: Uint8Array }>(
    'SELECT "bodyEnc" FROM "Notice" WHERE "id" = ?',
    row.id,
  )
  const key = row.personId ? await keyOf(from, row.personId) : from.keys.house
  return JSON.parse(opened(key, `Notice.bodyEnc.${row.id}`, sealedBody?.bodyEnc) ?? '{}') as NoticeBody
}

/** Takes waiting notices in hand for a channel, all or none: false when another process was faster with one of them. */
export async function takeNotices(
  tx: Tx,
  ids: readonly string[],
  channel: string | null,
  now: string,
): Promise<boolean> {
  const touched = await tx.sql.run(
    `UPDATE "Notice" SET "state" = 'sending', "attempts" = "attempts" + 1, "channel" = ?, "takenAt" = ?
     WHERE "state" = 'waiting' AND "id" IN (${ids.map(() => '?').join(', ')})`,
    channel,
    now,
    ...ids,
  )
  if (touched > 0 && touched < ids.length) throw new Error('another process took one of these notices')
  return touched > 0
}

/** The next channel is about to be called: after a crash it must be known which one was. */
export async function tryChannel(tx: Tx, id: string, channel: string): Promise<void> {
  await tx.sql.run('UPDATE "Notice" SET "channel" = ? WHERE "id" = ?', channel, id)
}

/** Writes what came of an attempt, `refused` being the ways tried in vain before it; the row never disappears. */
export async function keepOutcome(
  tx: Tx,
  row: NoticeRow,
  outcome: {
    state: NoticeState
    channel: string | null
    why: string
    dueAt?: string
    refused?: readonly { channel: string; why: string }[]
    receipt?: string | null
  },
  now: string,
): Promise<void> {
  await tx.sql.run(
    `UPDATE "Notice" SET "state" = ?, "channel" = ?, "outcome" = ?, "dueAt" = ?, "sentAt" = ?, "receipt" = ?, "lag" = ? WHERE "id" = ?`,
    outcome.state,
    outcome.channel,
    outcome.why,
    outcome.dueAt ?? row.dueAt,
    outcome.state === 'sent' ? now : null,
    outcome.receipt ?? null,
    outcome.state === 'sent' ? lagOf(row, now) : null,
    row.id,
  )
  const tries = [...(outcome.refused ?? []), { channel: outcome.channel ?? '-', why: outcome.why }]
  for (const { channel, why } of tries)
    await insert(tx.sql, 'NoticeTry', { id: newId(), noticeId: row.id, channel, outcome: why, at: now })
  tx.changes.notices = true
}

/** How long it took from the moment it was due; one that had to be tried again counts from its beginning. Milliseconds. */
const lagOf = (row: NoticeRow, now: string) =>
  Math.max(0, Date.parse(now) - Date.parse(row.attempts === 0 ? row.dueAt : row.createdAt))

/** After a start: what was being sent when the process died. Returns the rows so the outbox can decide on each. */
export async function interrupted(from: Reads): Promise<NoticeRow[]> {
  return await from.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" WHERE "state" = 'sending' ORDER BY "dueAt"`,
  )
}

export async function setNoticeState(tx: Tx, id: string, state: NoticeState): Promise<void> {
  await tx.sql.run('UPDATE "Notice" SET "state" = ? WHERE "id" = ?', state, id)
  tx.changes.notices = true
}

/** What was said about a case to its resident, oldest first: each line of the timeline shows whether it arrived. */
export async function noticesOfCase(from: Reads, caseId: string): Promise<NoticeRow[]> {
  return await from.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" WHERE "caseId" = ? ORDER BY "createdAt"`,
    caseId,
  )
}

/** One attempt to hand a notice over. `outcome` is `sent`, or why it was not. */
export interface TryRow {
  noticeId: string
  channel: string
  outcome: string
  at: string
}

/** Every attempt made for the notices of a case, oldest first. */
export async function triesOfCase(from: Reads, caseId: string): Promise<TryRow[]> {
  return await from.sql.all<TryRow>(
    `SELECT t."noticeId", t."channel", t."outcome", t."at" FROM "NoticeTry" t
     JOIN "Notice" n ON n."id" = t."noticeId" WHERE n."caseId" = ? ORDER BY t."at", t."id"`,
    caseId,
  )
}

/** The digests written for these recipients since an instant, newest first. */
export async function digestsFor(
  from: Reads,
  to: { units: readonly string[]; staffId: string },
  since: string,
): Promise<NoticeRow[]> {
  const recipients = [
    ...to.units.map(unitId => recipientOf({ unitId })),
    recipientOf({ staffId: to.staffId }),
  ]
  return await from.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" WHERE "notice" IN ('unit.digest', 'leader.digest') AND "createdAt" >= ?
     AND "recipient" IN (${recipients.map(() => '?').join(', ')}) ORDER BY "createdAt" DESC, "id" DESC LIMIT 10`,
    since,
    ...recipients,
  )
}

/** Notices staff must clear: given up, or unknown after a crash. */
export async function undelivered(from: Reads, limit: number): Promise<NoticeRow[]> {
  return await from.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" WHERE "state" IN ('givenUp', 'unknown') ORDER BY "createdAt" LIMIT ?`,
    limit,
  )
}

export async function triesOf(
  from: Reads,
  noticeId: string,
): Promise<{ channel: string; outcome: string; at: string }[]> {
  return await from.sql.all(
    'SELECT "channel", "outcome", "at" FROM "NoticeTry" WHERE "noticeId" = ? ORDER BY "at", "id"',
    noticeId,
  )
}

/** Takes back what was written from an instant on: only ever on a copy of the ledger that is thrown away. */
export async function forgetSince(tx: Tx, instant: string): Promise<void> {
  await tx.sql.run(
    'DELETE FROM "NoticeTry" WHERE "noticeId" IN (SELECT "id" FROM "Notice" WHERE "createdAt" >= ?)',
    instant,
  )
  await tx.sql.run('DELETE FROM "Notice" WHERE "createdAt" >= ?', instant)
}

/** What a coordinator was told of the care of children since an instant, newest first; one line for each message. */
export async function careNotices(from: Reads, staffId: string, since: string): Promise<NoticeRow[]> {
  return await from.sql.all<NoticeRow>(
    `SELECT ${COLUMNS} FROM "Notice" WHERE "recipient" = ? AND "notice" LIKE 'coordinator.%' AND "createdAt" >= ?
     AND ("channel" IS NULL OR "channel" <> 'bundle') ORDER BY "createdAt" DESC, "id" DESC LIMIT 100`,
    recipientOf({ staffId }),
    since,
  )
}
