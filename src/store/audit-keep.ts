import { CARRIED, KEEP_MONTHS } from '../rules/audit/kinds.ts'
import { addAudit, wordsOf } from './audit.ts'
import { anchorOf, CHAIN_COLUMNS, type ChainRow, markOf, type Verified } from './audit-chain.ts'
import { newId, type Reads, type Store, type Tx } from './db.ts'
import { sealed } from './keys.ts'
import { insert } from './sql.ts'

const SETTING = 'audit.keepMonths'

/** Months the book is kept. */
export async function keepMonths(from: Reads): Promise<number> {
  const row = await from.sql.get<{ value: string }>(
    'SELECT "value" FROM "Setting" WHERE "name" = ? ORDER BY "at" DESC LIMIT 1',
    SETTING,
  )
  const months = Number(row?.value)
  return Number.isInteger(months) && months >= KEEP_MONTHS.least ? months : KEEP_MONTHS.usual
}

/** Sets how many months the book is kept; whoever calls has checked the figure. The change stands in the book. */
export async function setKeepMonths(
  tx: Tx,
  { months, staffId }: { months: number; staffId: string | null },
  now: string,
): Promise<void> {
  await insert(tx.sql, 'Setting', {
    ...{ id: newId(), name: SETTING, value: String(months), byId: staffId, at: now },
  })
  await addAudit(tx, { staffId, what: 'setting', field: SETTING, detail: String(months) }, now)
}

const AT_ONCE = 1000

/**
 * Drops rows from before an instant, from the beginning of the chain onwards. First an anchor is written that says up to where and with which hash;
 * then the rows go, so that whatever happens in between the rest can be verified. Words that decide something today are carried over. Returns how many went.
 */
export async function dropAudit(store: Store, before: string, now: string): Promise<number> {
  const until = await store.write(tx => anchor(tx, before, now), 'audit-chain')
  let gone = 0
  while (until > 0) {
    const some = await store.write(async tx => dropSome(tx, until))
    gone += some
    if (some < AT_ONCE) break
  }
  return gone
}

/** Writes the anchor and carries over what must stay; answers up to which place rows may go. */
async function anchor(tx: Tx, before: string, now: string): Promise<number> {
  const last = await lastBefore(tx, before)
  const known = await anchorOf(tx)
  if (!last || (known && known.seq >= last.seq)) return known?.seq ?? 0
  await carry(tx, last.seq)
  await addAudit(
    tx,
    { staffId: null, what: 'anchor', field: `${last.seq}:${last.hash}`, detail: before.slice(0, 10) },
    now,
  )
  return last.seq
}

/** The last place such that everything up to it is older. */
async function lastBefore(from: Reads, before: string): Promise<{ seq: number; hash: string } | null> {
  const newer = await from.sql.get<{ seq: number | null }>(
    // Carried and old rows that stand late in the chain do not keep what stands before them from going.
    'SELECT MIN("seq") AS "seq" FROM "Audit" WHERE "seq" IS NOT NULL AND "at" >= ?',
    before,
  )
  if (!newer?.seq) return null
  const row = await from.sql.get<{ seq: number; hash: string }>(
    'SELECT "seq", "hash" FROM "Audit" WHERE "seq" = ?',
    newer.seq - 1,
  )
  return row ?? null
}

async function carry(tx: Tx, until: number): Promise<void> {
  const rows = await tx.sql.all<ChainRow>(
    `SELECT ${CHAIN_COLUMNS} FROM "Audit" WHERE "seq" <= ? AND "what" IN (${CARRIED.map(() => '?').join(', ')}) ORDER BY "seq"`,
    until,
    ...CARRIED,
  )
  for (const old of rows) {
    const { seq: _, mark: __, hash: ___, ...kept } = old
    const id = newId()
    const words = old.detailEnc ? wordsOf(tx, old) : null
    const row = { ...kept, id, detailEnc: sealed(tx.keys.house, `Audit.detailEnc.${id}`, words) }
    await insert(tx.sql, 'Audit', { ...row, mark: markOf(tx.keys, row) })
  }
}

async function dropSome(tx: Tx, until: number): Promise<number> {
  return tx.sql.run(
    'DELETE FROM "Audit" WHERE "id" IN (SELECT "id" FROM "Audit" WHERE "seq" <= ? ORDER BY "seq" LIMIT ?)',
    until,
    AT_ONCE,
  )
}

const VERIFIED = 'audit.verified'

/** What the last walk through the chain found. */
export interface LastVerified extends Pick<Verified, 'rows' | 'head' | 'broken'> {
  at: string
}

export async function keepVerified(tx: Tx, { rows, head, broken }: Verified, now: string): Promise<void> {
  const value = JSON.stringify({ rows, head, broken })
  await tx.sql.run(
    `INSERT INTO "Setting" ("id", "name", "value", "byId", "at") VALUES (?, ?, ?, NULL, ?)
     ON CONFLICT ("id") DO UPDATE SET "value" = excluded."value", "at" = excluded."at"`,
    VERIFIED,
    VERIFIED,
    value,
    now,
  )
}

export async function lastVerified(from: Reads): Promise<LastVerified | null> {
  const row = await from.sql.get<{ value: string; at: string }>(
    'SELECT "value", "at" FROM "Setting" WHERE "id" = ?',
    VERIFIED,
  )
  return row ? { at: row.at, ...(JSON.parse(row.value) as Omit<LastVerified, 'at'>) } : null
}
