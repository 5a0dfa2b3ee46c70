import type { Audited } from '../rules/audit/kinds.ts'
import { markOf, verifyAudit } from './audit-chain.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** One thing to write into the book. Nothing of a resident stands in it but ids; free words are sealed. */
export interface AuditLine {
  staffId: string | null
  what: Audited
  caseId?: string | null
  /** Which verb, value, file, route or person: a key or an id. */
  field?: string | null
  /** Free words, such as the reason of a reveal; sealed. */
  detail?: string | null
  /** False: tried, and not let. */
  ok?: boolean
  /** Where from, where nobody is signed in; for staff it is known from their request. */
  origin?: string | null
}

/** As whom somebody works, and where from. */
export interface Asker {
  role: string | null
  unitId: string | null
  origin: string | null
}

/** By account, as its last request came. A verb looks here as it writes, so that no query is spent on it. */
const askers = new Map<string, Asker>()
/** More accounts than one district has. */
const MOST_ASKERS = 10_000

/** Remembers as whom and where from an account works now. */
export function seeAsker(staffId: string, asker: Asker): void {
  if (askers.size >= MOST_ASKERS) askers.clear()
  askers.set(staffId, asker)
}

/** Who never asked over HTTP since the start, such as a grid worker in the chat, is looked up. */
async function askerOf(from: Reads, staffId: string | null): Promise<Asker> {
  if (!staffId) return { role: null, unitId: null, origin: null }
  const known = askers.get(staffId)
  if (known) return known
  const row = await from.sql.get<{ role: string; unitId: string }>(
    'SELECT "role", "unitId" FROM "Role" WHERE "staffId" = ? ORDER BY "id" LIMIT 1',
    staffId,
  )
  return { role: row?.role ?? null, unitId: row?.unitId ?? null, origin: null }
}

/** Writes one row in the transaction of what it stands for, with a mark of its own; the chain takes it up within seconds (`sealAudit`). */
export async function addAudit(tx: Tx, line: AuditLine, now: string): Promise<void> {
  const { staffId, what, caseId = null, field = null, detail = null, ok = true } = line
  const { role, unitId, origin } = await askerOf(tx, staffId)
  const id = newId()
  const row = {
    ...{ id, at: now, staffId, role, unitId, what, caseId, field },
    ...{ ok: ok ? 1 : 0, origin: line.origin ?? origin },
    detailEnc: sealed(tx.keys.house, `Audit.detailEnc.${id}`, detail),
  }
  await insert(tx.sql, 'Audit', { ...row, mark: markOf(tx.keys, row) })
}

/** The free words of a row; empty where it has none. */
export const wordsOf = (
  from: Pick<Reads, 'keys'>,
  row: { id: string; detailEnc: Uint8Array | null },
): string => opened(from.keys.house, `Audit.detailEnc.${row.id}`, row.detailEnc) ?? ''

/** One opening of a child's record: who, when, and the reason they gave. */
export interface Reading {
  at: string
  staffId: string | null
  what: 'openChild' | 'openChildEmergency' | 'careReporter'
  childId: string
  reason: string
}

interface Row {
  id: string
  at: string
  staffId: string | null
  detailEnc: Uint8Array | null
}

/** Who opened children's records: one child's, or all from an instant to before another; newest first. */
export async function readingsOf(
  from: Reads,
  of: { childId: string } | { since: string; before: string },
  limit: number,
): Promise<Reading[]> {
  const [where, values] =
    'childId' in of ? ['"field" = ?', [of.childId]] : ['"at" >= ? AND "at" < ?', [of.since, of.before]]
  const rows = await from.sql.all<Row & { what: Reading['what']; field: string }>(
    `SELECT "id", "at", "staffId", "what", "field", "detailEnc" FROM "Audit"
     WHERE "what" IN ('openChild', 'openChildEmergency', 'careReporter') AND "ok" = 1 AND ${where} ORDER BY "at" DESC, "id" DESC LIMIT ?`,
    ...values,
    limit,
  )
  return rows.map(row => ({
    ...{ at: row.at, staffId: row.staffId, what: row.what, childId: row.field },
    reason: wordsOf(from, row),
  }))
}

/** Who reviewed the openings of a month, newest first, with what they found. */
export async function reviewsOf(
  from: Reads,
  month: string,
): Promise<{ at: string; staffId: string | null; note: string }[]> {
  const rows = await from.sql.all<Row>(
    `SELECT "id", "at", "staffId", "detailEnc" FROM "Audit" WHERE "what" = 'careReview' AND "field" = ? ORDER BY "at" DESC, "id" DESC`,
    month,
  )
  return rows.map(row => ({ at: row.at, staffId: row.staffId, note: wordsOf(from, row) }))
}

/** The day until which a child's record is kept on, by the latest word of a coordinator; null where nobody said so. */
export async function keptOn(from: Reads, childId: string): Promise<string | null> {
  const row = await from.sql.get<Row>(
    `SELECT "id", "at", "staffId", "detailEnc" FROM "Audit" WHERE "what" = 'careKeep' AND "field" = ? ORDER BY "at" DESC, "id" DESC LIMIT 1`,
    childId,
  )
  return row ? wordsOf(from, row).slice(0, 10) || null : null
}

/** The place in the chain of the first row that does not fit, or the id of one not written by us; null when all do. */
export async function brokenAudit(from: Reads): Promise<number | string | null> {
  const { broken } = await verifyAudit(from)
  return broken && (broken.seq ?? broken.id)
}
