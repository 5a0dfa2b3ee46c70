import type { PanelAnswers } from '../rules/mediation/limits.ts'
import type { Side } from '../rules/mediation/types.ts'
import { CASE_COLUMNS, type CaseRow } from './cases.ts'
import type { Reads, Tx } from './db.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { insert, type SqlValue } from './sql.ts'

/** What a mediation has beside its case, without what is sealed. */
export interface MediationRow {
  caseId: string
  panel: string
  fromCaseId: string | null
  mediatorId: string | null
  clearedAt: string | null
  limits: string
  admittedAt: string | null
  appraisalAt: string | null
  agreedAs: 'written' | 'oral' | null
  agreementNo: string | null
  agreedAt: string | null
  confirmation: 'open' | 'notForThis' | 'applied' | 'confirmed' | 'turnedDown' | 'late' | null
  visitedAt: string | null
  performed: number | null
  endedHow: string | null
}

export const SAFETY = ['safe', 'private', 'afraid', 'hurt'] as const
export type Safety = (typeof SAFETY)[number]

/** An agreement as it was made (人民调解法 29). */
export interface AgreementText {
  facts: string
  dispute: string
  responsibility: string
  place: string
  items: { no: number; side: Side; what: string; by: string; how: string; where: string }[]
}

/** The return visit 回访 and what was found. */
export interface VisitText {
  with: string
  performed: 'yes' | 'partly' | 'no'
  satisfied: '1' | '2' | '3'
  problems: string
  by: string
}

const COLUMNS = [
  ...['caseId', 'panel', 'fromCaseId', 'mediatorId', 'clearedAt', 'limits', 'admittedAt', 'appraisalAt'],
  ...['agreedAs', 'agreementNo', 'agreedAt', 'confirmation', 'visitedAt', 'performed', 'endedHow'],
]
const NAMED = COLUMNS.map(name => `m."${name}"`).join(', ')

/** The mediation that grew out of a grievance, by its code; null where there is none. */
export async function mediationFrom(from: Reads, caseId: string): Promise<string | null> {
  const row = await from.sql.get<{ code: string }>(
    'SELECT c."code" FROM "Mediation" m JOIN "Case" c ON c."id" = m."caseId" WHERE m."fromCaseId" = ? LIMIT 1',
    caseId,
  )
  return row?.code ?? null
}

export async function addMediation(
  tx: Tx,
  given: {
    caseId: string
    panel: string
    fromCaseId: string | null
    safety: Safety
    answers: PanelAnswers
    limits: readonly string[]
  },
): Promise<void> {
  const key = await keyOf(tx, given.caseId)
  if (!key) return
  await insert(tx.sql, 'Mediation', {
    caseId: given.caseId,
    panel: given.panel,
    fromCaseId: given.fromCaseId,
    safetyEnc: sealed(key, `Mediation.safetyEnc.${given.caseId}`, given.safety),
    answersEnc: sealed(key, `Mediation.answersEnc.${given.caseId}`, JSON.stringify(given.answers)),
    limits: JSON.stringify(given.limits),
  })
}

export async function mediationOf(from: Reads, caseId: string): Promise<MediationRow | null> {
  const row = await from.sql.get<MediationRow>(
    `SELECT ${NAMED} FROM "Mediation" m WHERE m."caseId" = ?`,
    caseId,
  )
  return row ?? null
}

/** Changes plain columns; the case's version guards against two at once. */
export async function changeMediation(
  tx: Tx,
  row: MediationRow,
  changes: Partial<MediationRow>,
): Promise<void> {
  const names = Object.keys(changes)
  if (names.length === 0) return
  await tx.sql.run(
    `UPDATE "Mediation" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "caseId" = ?`,
    ...(Object.values(changes) as SqlValue[]),
    row.caseId,
  )
  Object.assign(row, changes)
}

type SealedColumn = 'safetyEnc' | 'answersEnc' | 'agreementEnc' | 'visitEnc'

async function readSealed(from: Reads, caseId: string, column: SealedColumn): Promise<string | null> {
  const row = await from.sql.get<Record<string, Uint8Array | null>>(
    `SELECT "${column}" FROM "Mediation" WHERE "caseId" = ?`,
    caseId,
  )
  return opened(await keyOf(from, caseId), `Mediation.${column}.${caseId}`, row?.[column])
}

async function keepSealed(tx: Tx, caseId: string, column: SealedColumn, words: string): Promise<void> {
  const key = await keyOf(tx, caseId)
  if (!key) return
  await tx.sql.run(
    `UPDATE "Mediation" SET "${column}" = ? WHERE "caseId" = ?`,
    sealed(key, `Mediation.${column}.${caseId}`, words),
    caseId,
  )
}

const parsed = <T>(text: string | null): T | null => (text ? (JSON.parse(text) as T) : null)

/** The answer to the safety question: for the panel's secretary and its mediator alone. */
export const safetyOf = async (from: Reads, caseId: string): Promise<Safety> =>
  ((await readSealed(from, caseId, 'safetyEnc')) as Safety | null) ?? 'safe'
export const answersOf = async (from: Reads, caseId: string): Promise<PanelAnswers> =>
  parsed<PanelAnswers>(await readSealed(from, caseId, 'answersEnc')) ?? {}
export const agreementOf = async (from: Reads, caseId: string) =>
  parsed<AgreementText>(await readSealed(from, caseId, 'agreementEnc'))
export const keepAgreement = (tx: Tx, caseId: string, words: AgreementText) =>
  keepSealed(tx, caseId, 'agreementEnc', JSON.stringify(words))
export const visitOf = async (from: Reads, caseId: string) =>
  parsed<VisitText>(await readSealed(from, caseId, 'visitEnc'))
export const keepVisit = (tx: Tx, caseId: string, words: VisitText) =>
  keepSealed(tx, caseId, 'visitEnc', JSON.stringify(words))

/** Mediators who may not have a case. */
export async function recusedFrom(from: Reads, caseId: string): Promise<string[]> {
  const rows = await from.sql.all<{ staffId: string }>(
    'SELECT "staffId" FROM "Recusal" WHERE "caseId" = ?',
    caseId,
  )
  return rows.map(row => row.staffId)
}

export async function recuseFrom(
  tx: Tx,
  given: { caseId: string; staffId: string; reason: string },
  now: string,
): Promise<void> {
  const key = await keyOf(tx, given.caseId)
  await tx.sql.run(
    'INSERT INTO "Recusal" ("caseId", "staffId", "reasonEnc", "at") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    given.caseId,
    given.staffId,
    key ? sealed(key, `Recusal.reasonEnc.${given.caseId}.${given.staffId}`, given.reason) : null,
    now,
  )
}

/** Mediations of panels, nearest deadline first, with their cases. */
export async function mediationsOf(
  from: Reads,
  asked: {
    panels: readonly string[] | 'all'
    states?: readonly string[]
    mediatorId?: string
    limit: number
    offset: number
  },
): Promise<(CaseRow & MediationRow)[]> {
  if (asked.panels !== 'all' && asked.panels.length === 0) return []
  const values: SqlValue[] = []
  const where = [`c."kind" = 'mediation'`]
  const among = (column: string, of: readonly string[]) => {
    where.push(`${column} IN (${of.map(() => '?').join(', ')})`)
    values.push(...of)
  }
  if (asked.panels !== 'all') among('m."panel"', asked.panels)
  if (asked.states?.length) among('c."state"', asked.states)
  if (asked.mediatorId) among('m."mediatorId"', [asked.mediatorId])
  return await from.sql.all<CaseRow & MediationRow>(
    `SELECT ${CASE_COLUMNS}, ${NAMED} FROM "Mediation" m JOIN "Case" c ON c."id" = m."caseId" WHERE ${where.join(' AND ')}
     ORDER BY CASE WHEN c."dueAt" IS NULL THEN 1 ELSE 0 END, c."dueAt", c."createdAt" DESC LIMIT ? OFFSET ?`,
    ...values,
    asked.limit,
    asked.offset,
  )
}

/** How many mediations of panels stand in each state. */
export async function countsOf(from: Reads, panels: readonly string[] | 'all'): Promise<Map<string, number>> {
  if (panels !== 'all' && panels.length === 0) return new Map()
  const where = panels === 'all' ? '' : `WHERE m."panel" IN (${panels.map(() => '?').join(', ')})`
  const rows = await from.sql.all<{ state: string; n: number }>(
    `SELECT c."state", COUNT(*) AS "n" FROM "Mediation" m JOIN "Case" c ON c."id" = m."caseId" ${where} GROUP BY c."state"`,
    ...(panels === 'all' ? [] : panels),
  )
  return new Map(rows.map(row => [row.state, Number(row.n)]))
}

/** Codes of cases by id. */
export async function codesOfCases(from: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await from.sql.all<{ id: string; code: string }>(
    `SELECT "id", "code" FROM "Case" WHERE "id" IN (${wanted.map(() => '?').join(', ')})`,
    ...wanted,
  )
  return new Map(rows.map(({ id, code }) => [id, code]))
}

/** What a panel did with what came in between two instants; `medianDays` from acceptance to the end or the agreement. */
export interface Figures {
  applied: number
  accepted: number
  consented: number
  reached: number
  performed: number
  failed: number
  noConsent: number
  medianDays: number | null
}

export async function figuresOf(from: Reads, panel: string, fromAt: string, toAt: string): Promise<Figures> {
  const rows = await from.sql.all<{
    state: string
    admittedAt: string | null
    agreedAt: string | null
    closedAt: string | null
    performed: number | null
    consent: number | null
  }>(
    `SELECT c."state", m."admittedAt", m."agreedAt", c."closedAt", m."performed", p."consent" FROM "Mediation" m
     JOIN "Case" c ON c."id" = m."caseId" LEFT JOIN "Party" p ON p."caseId" = m."caseId" AND p."side" = 'other'
     WHERE m."panel" = ? AND c."createdAt" >= ? AND c."createdAt" < ?`,
    panel,
    fromAt,
    toAt,
  )
  const count = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).length
  const days = rows
    .flatMap(({ admittedAt, agreedAt, closedAt }) => {
      const end = agreedAt ?? closedAt
      return admittedAt && end ? [(Date.parse(end) - Date.parse(admittedAt)) / 86_400_000] : []
    })
    .sort((a, b) => a - b)
  const middle = days[Math.floor(days.length / 2)]
  return {
    applied: rows.length,
    accepted: count(row => row.admittedAt !== null),
    consented: count(row => row.consent === 1),
    reached: count(row => row.agreedAt !== null),
    performed: count(row => row.performed === 1),
    failed: count(row => row.state === 'failed'),
    noConsent: count(row => row.state === 'noConsent'),
    medianDays: middle === undefined ? null : Math.round(middle * 10) / 10,
  }
}

/** Promises of agreements still to be kept whose day is not after `day` (`YYYY-MM-DD`), late ones among them. */
export async function promisesDueUntil(from: Reads, day: string): Promise<number> {
  const row = await from.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Promised" WHERE "keptAt" IS NULL AND "brokenAt" IS NULL AND "byDate" <= ?',
    day,
  )
  return Number(row?.n ?? 0)
}
