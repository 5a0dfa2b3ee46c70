import { createHash } from 'node:crypto'
import { nextOf } from './counters.ts'
import type { Reads, Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** What the audit keeps an eye on. */
export type Audited =
  | 'login'
  | 'loginFailed'
  | 'locked'
  | 'logout'
  | 'password'
  | 'otp'
  | 'invite'
  | 'reveal'
  | 'takeTalk'
  | 'clearNotice'
  | 'linkChat'
  | 'unlinkChat'
  | 'askReview'
  | 'review'
  | 'openChild'
  | 'openChildEmergency'
  | 'careConsent'
  | 'carePair'
  | 'careExport'
  | 'careErase'
  | 'careSchools'
  | 'careKeep'
  | 'careReview'
  | 'careMove'
  | 'careReporter'
  | 'volunteerPhone'
  | 'approveExample'
  | 'discardExample'
  | 'exportExamples'

export interface AuditLine {
  staffId: string | null
  what: Audited
  caseId?: string | null
  field?: string | null
  /** Free words, such as the reason of a reveal; sealed. */
  detail?: string | null
}

interface Row {
  seq: number
  at: string
  staffId: string | null
  what: string
  caseId: string | null
  field: string | null
  detailEnc: Uint8Array | null
  hash: string
}

/** Writes one line; its hash covers the line and the hash before it, so a line changed or taken out shows. */
export async function addAudit(tx: Tx, line: AuditLine, now: string): Promise<void> {
  const seq = await nextOf(tx, 'audit')
  const before = await tx.sql.get<{ hash: string }>('SELECT "hash" FROM "Audit" WHERE "seq" = ?', seq - 1)
  const { staffId, what, caseId = null, field = null, detail = null } = line
  const detailEnc = sealed(tx.keys.house, `Audit.detailEnc.${seq}`, detail)
  const row = { seq, at: now, staffId, what, caseId, field, detailEnc }
  await insert(tx.sql, 'Audit', { ...row, hash: hashOf(row, before?.hash ?? '') })
}

function hashOf(row: Omit<Row, 'hash'>, before: string): string {
  const { seq, at, staffId, what, caseId, field, detailEnc } = row
  const sealedWords = detailEnc ? Buffer.from(detailEnc).toString('base64') : null
  const words = JSON.stringify([before, seq, at, staffId, what, caseId, field, sealedWords])
  return createHash('sha256').update(words).digest('hex')
}

const PAGE = 1000

/** Walks the chain: the number of the first line that does not fit, or null when all do. */
export async function brokenAudit(from: Reads): Promise<number | null> {
  let before = ''
  let last = 0
  for (;;) {
    const rows = await from.sql.all<Row>(
      'SELECT "seq", "at", "staffId", "what", "caseId", "field", "detailEnc", "hash" FROM "Audit" WHERE "seq" > ? ORDER BY "seq" LIMIT ?',
      last,
      PAGE,
    )
    for (const row of rows) {
      if (row.seq !== last + 1 || row.hash !== hashOf(row, before)) return last + 1
      before = row.hash
      last = row.seq
    }
    if (rows.length < PAGE) break
  }
  const counted = await from.sql.get<{ value: number }>(
    'SELECT "value" FROM "Counter" WHERE "name" = ?',
    'audit',
  )
  return (counted?.value ?? 0) === last ? null : last + 1
}

/** One opening of a child's record: who, when, and the reason they gave. */
export interface Reading {
  seq: number
  at: string
  staffId: string | null
  what: 'openChild' | 'openChildEmergency' | 'careReporter'
  childId: string
  reason: string
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
    `SELECT "seq", "at", "staffId", "what", "field", "detailEnc" FROM "Audit"
     WHERE "what" IN ('openChild', 'openChildEmergency', 'careReporter') AND ${where} ORDER BY "seq" DESC LIMIT ?`,
    ...values,
    limit,
  )
  return rows.map(({ seq, at, staffId, what, field, detailEnc }) => ({
    ...{ seq, at, staffId, what, childId: field },
    reason: opened(from.keys.house, `Audit.detailEnc.${seq}`, detailEnc) ?? '',
  }))
}

/** Who reviewed the openings of a month, newest first, with what they found. */
export async function reviewsOf(
  from: Reads,
  month: string,
): Promise<{ at: string; staffId: string | null; note: string }[]> {
  const rows = await from.sql.all<Pick<Row, 'seq' | 'at' | 'staffId' | 'detailEnc'>>(
    `SELECT "seq", "at", "staffId", "detailEnc" FROM "Audit" WHERE "what" = 'careReview' AND "field" = ? ORDER BY "seq" DESC`,
    month,
  )
  return rows.map(({ seq, at, staffId, detailEnc }) => ({
    ...{ at, staffId },
    note: opened(from.keys.house, `Audit.detailEnc.${seq}`, detailEnc) ?? '',
  }))
}

/** The day until which a child's record is kept on, by the latest word of a coordinator; null where nobody said so. */
export async function keptOn(from: Reads, childId: string): Promise<string | null> {
  const row = await from.sql.get<Pick<Row, 'seq' | 'detailEnc'>>(
    `SELECT "seq", "detailEnc" FROM "Audit" WHERE "what" = 'careKeep' AND "field" = ? ORDER BY "seq" DESC LIMIT 1`,
    childId,
  )
  const words = row && opened(from.keys.house, `Audit.detailEnc.${row.seq}`, row.detailEnc)
  return words ? words.slice(0, 10) : null
}
