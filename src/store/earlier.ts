import type { Side } from '../rules/mediation/types.ts'
import type { Reads, Tx } from './db.ts'

/** Somebody who would take an earlier meeting; `offer` is the start of the freed one. */
export interface EarlierRow {
  caseId: string
  panel: string
  side: Side
  at: string
  offer: string | null
  offerUntil: string | null
}

const COLUMNS = '"caseId", "panel", "side", "at", "offer", "offerUntil"'

export async function wishEarlier(
  tx: Tx,
  given: Pick<EarlierRow, 'caseId' | 'panel' | 'side'>,
  now: string,
): Promise<void> {
  await tx.sql.run(
    'INSERT INTO "EarlierWish" ("caseId", "panel", "side", "at") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    given.caseId,
    given.panel,
    given.side,
    now,
  )
}

export async function dropEarlier(tx: Tx, caseId: string): Promise<void> {
  await tx.sql.run('DELETE FROM "EarlierWish" WHERE "caseId" = ?', caseId)
}

export async function earlierOf(from: Reads, caseId: string): Promise<EarlierRow | null> {
  const row = await from.sql.get<EarlierRow>(
    `SELECT ${COLUMNS} FROM "EarlierWish" WHERE "caseId" = ?`,
    caseId,
  )
  return row ?? null
}

/** The line of a panel, first come first. */
export async function earlierLine(from: Reads, panel: string): Promise<EarlierRow[]> {
  return await from.sql.all<EarlierRow>(
    `SELECT ${COLUMNS} FROM "EarlierWish" WHERE "panel" = ? ORDER BY "at", "caseId" LIMIT 200`,
    panel,
  )
}

/** Offers that are over: their places go to the next in line. */
export async function overOffers(from: Reads, now: string): Promise<EarlierRow[]> {
  return await from.sql.all<EarlierRow>(
    `SELECT ${COLUMNS} FROM "EarlierWish" WHERE "offerUntil" IS NOT NULL AND "offerUntil" <= ? ORDER BY "offerUntil"`,
    now,
  )
}

export async function keepOffer(
  tx: Tx,
  caseId: string,
  offer: { startsAt: string; until: string } | null,
): Promise<void> {
  await tx.sql.run(
    'UPDATE "EarlierWish" SET "offer" = ?, "offerUntil" = ? WHERE "caseId" = ?',
    offer?.startsAt ?? null,
    offer?.until ?? null,
    caseId,
  )
}

/** Whoever let an offer pass goes to the end of the line. */
export async function toTheEnd(tx: Tx, caseId: string, now: string): Promise<void> {
  await tx.sql.run(
    'UPDATE "EarlierWish" SET "offer" = NULL, "offerUntil" = NULL, "at" = ? WHERE "caseId" = ?',
    now,
    caseId,
  )
}
