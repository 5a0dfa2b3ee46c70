import type { Reads, Tx } from './db.ts'
import { opened, sealed } from './keys.ts'

/**
 * What channels lend, take and allow: access tokens shared by all processes, quotas by day, channels that stand still, the window of an address
 * to speak first, agreements to templates.
 */

export interface LentRow {
  value: string | null
  until: string
  forcedAt: string | null
}

/** What is lent now; null when nothing ever was. */
export async function lent(from: Reads, id: string): Promise<LentRow | null> {
  const row = await from.sql.get<{ valueEnc: Uint8Array | null; until: string; forcedAt: string | null }>(
    'SELECT "valueEnc", "until", "forcedAt" FROM "Lent" WHERE "id" = ?',
    id,
  )
  if (!row) return null
  const { valueEnc, ...rest } = row
  return { ...rest, value: opened(from.keys.house, `Lent.valueEnc.${id}`, valueEnc) }
}

/** One process fetches at a time: false while another does. */
export async function leaseLent(tx: Tx, id: string, now: string, until: string): Promise<boolean> {
  const touched = await tx.sql.run(
    `INSERT INTO "Lent" ("id", "until", "leaseUntil") VALUES (?, ?, ?)
     ON CONFLICT ("id") DO UPDATE SET "leaseUntil" = excluded."leaseUntil"
     WHERE "Lent"."leaseUntil" IS NULL OR "Lent"."leaseUntil" <= ?`,
    id,
    now,
    until,
    now,
  )
  return touched > 0
}

/** Keeps what was fetched, or that nothing was (null leaves what stands), and ends the lease. */
export async function keepLent(
  tx: Tx,
  id: string,
  got: { value: string; until: string; forcedAt: string | null } | null,
): Promise<void> {
  if (!got) {
    await tx.sql.run('UPDATE "Lent" SET "leaseUntil" = NULL WHERE "id" = ?', id)
    return
  }
  await tx.sql.run(
    'UPDATE "Lent" SET "valueEnc" = ?, "until" = ?, "forcedAt" = ?, "leaseUntil" = NULL WHERE "id" = ?',
    sealed(tx.keys.house, `Lent.valueEnc.${id}`, got.value),
    got.until,
    got.forcedAt,
    id,
  )
}

/** Adds to what a channel took on a day (`YYYY-MM-DD` of the district). */
export async function countSent(tx: Tx, channel: string, day: string, sent: number): Promise<void> {
  await tx.sql.run(
    `INSERT INTO "ChannelDay" ("channel", "day", "sent") VALUES (?, ?, ?)
     ON CONFLICT ("channel", "day") DO UPDATE SET "sent" = "ChannelDay"."sent" + excluded."sent"`,
    channel,
    day,
    sent,
  )
}

/** How many notices each channel took on a day. */
export async function sentOn(from: Reads, day: string): Promise<Map<string, number>> {
  const rows = await from.sql.all<{ channel: string; sent: number }>(
    'SELECT "channel", "sent" FROM "ChannelDay" WHERE "day" = ?',
    day,
  )
  return new Map(rows.map(row => [row.channel, Number(row.sent)]))
}

/** A channel, or one template of it, stands still until an instant. */
export async function stopChannel(
  tx: Tx,
  channel: string,
  given: { until: string; why: string },
  now: string,
): Promise<void> {
  await tx.sql.run(
    `INSERT INTO "ChannelStop" ("channel", "until", "why", "at") VALUES (?, ?, ?, ?)
     ON CONFLICT ("channel") DO UPDATE SET "until" = excluded."until", "why" = excluded."why", "at" = excluded."at"`,
    channel,
    given.until,
    given.why,
    now,
  )
}

export interface StopRow {
  channel: string
  until: string
  why: string
  at: string
}

/** What stands still now. */
export async function stopped(from: Reads, now: string): Promise<StopRow[]> {
  return await from.sql.all<StopRow>(
    'SELECT "channel", "until", "why", "at" FROM "ChannelStop" WHERE "until" > ? ORDER BY "channel"',
    now,
  )
}

/** After a message 48 hours and 5 messages; after a tap, a scan or a follow one minute and 3. */
const WINDOWS = { long: { ms: 48 * 3_600_000, left: 5 }, brief: { ms: 60_000, left: 3 } } as const

const A_MINUTE = 60_000

/** Until when (ISO) and how often we may speak first to an address. */
export interface Window {
  openUntil: string | null
  openLeft: number
}

/**
 * The person did something: the channel lets us speak first for a while. A brief window never shortens a better one. `stands` is the window
 * as it was just read, where it was.
 */
export async function openWindow(
  tx: Tx,
  identityId: string,
  kind: keyof typeof WINDOWS,
  now: string,
  stands?: Window,
): Promise<void> {
  const { ms, left } = WINDOWS[kind]
  if (kind === 'long' && stands && isWide(stands, now)) return
  const until = new Date(Date.parse(now) + ms).toISOString()
  if (kind === 'long')
    await tx.sql.run(
      'UPDATE "Identity" SET "openUntil" = ?, "openLeft" = ?, "seenAt" = ? WHERE "id" = ?',
      ...[until, left, now, identityId],
    )
  else
    await tx.sql.run(
      `UPDATE "Identity" SET "openUntil" = ?, "openLeft" = ?, "seenAt" = ?
       WHERE "id" = ? AND ("openUntil" IS NULL OR "openUntil" < ? OR "openLeft" < ?)`,
      ...[until, left, now, identityId, until, left],
    )
}

/** What was opened within the last minute stands: most messages of a talk write nothing. */
const isWide = ({ openUntil, openLeft }: Window, now: string): boolean =>
  openLeft === WINDOWS.long.left &&
  openUntil !== null &&
  Date.parse(openUntil) >= Date.parse(now) + WINDOWS.long.ms - A_MINUTE

/** Takes `count` messages out of the window of an address: false when it is closed or holds too few. */
export async function takeFromWindow(
  tx: Tx,
  identityId: string,
  count: number,
  now: string,
): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "Identity" SET "openLeft" = "openLeft" - ? WHERE "id" = ? AND "openUntil" > ? AND "openLeft" >= ?',
    count,
    identityId,
    now,
    count,
  )
  return touched > 0
}

/** Messages taken out of a window that the channel did not take. */
export async function giveBack(tx: Tx, identityId: string, count: number): Promise<void> {
  await tx.sql.run(
    'UPDATE "Identity" SET "openLeft" = "openLeft" + ? WHERE "id" = ? AND "openUntil" IS NOT NULL',
    count,
    identityId,
  )
}

/** The channel says the window is closed, whatever we counted. */
export async function closeWindow(tx: Tx, identityId: string): Promise<void> {
  await tx.sql.run('UPDATE "Identity" SET "openUntil" = NULL, "openLeft" = 0 WHERE "id" = ?', identityId)
}

/** They agreed to one more message of a template (`long`: to all to come). */
export async function agree(
  tx: Tx,
  identityId: string,
  template: string,
  long: boolean,
  now: string,
): Promise<void> {
  await tx.sql.run(
    `INSERT INTO "Agreed" ("identityId", "template", "credit", "at") VALUES (?, ?, ?, ?)
     ON CONFLICT ("identityId", "template") DO UPDATE SET "at" = excluded."at",
       "credit" = CASE WHEN "Agreed"."credit" < 0 OR excluded."credit" < 0 THEN -1 ELSE "Agreed"."credit" + 1 END`,
    identityId,
    template,
    long ? -1 : 1,
    now,
  )
}

/** They refuse, or what they agreed to is used up. */
export async function disagree(tx: Tx, identityId: string, template: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Agreed" SET "credit" = 0 WHERE "identityId" = ? AND "template" = ?',
    identityId,
    template,
  )
}

/** One message of a template less. */
export async function useAgreement(tx: Tx, identityId: string, template: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "Agreed" SET "credit" = "credit" - 1 WHERE "identityId" = ? AND "template" = ? AND "credit" > 0',
    identityId,
    template,
  )
}

/** How often each template may still be sent to an address; -1: without end. */
export async function agreements(from: Reads, identityId: string): Promise<Map<string, number>> {
  const rows = await from.sql.all<{ template: string; credit: number }>(
    'SELECT "template", "credit" FROM "Agreed" WHERE "identityId" = ? AND "credit" <> 0',
    identityId,
  )
  return new Map(rows.map(row => [row.template, Number(row.credit)]))
}
