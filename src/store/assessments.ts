import type { Assessed, Measures, SaidLine, Yes } from '../rules/cases/assess.ts'
import type { Corrections, Counted } from '../rules/cases/assess-table.ts'
import { correctionsOf, standing } from '../rules/cases/assess-table.ts'
import type { OrderKind } from '../rules/cases/types.ts'
import type { Member } from '../rules/people/may.ts'
import { type CaseRow, titleOf } from './cases.ts'
import { newId, type Reads, type Tx } from './db.ts'
import type { EntryBody } from './entries.ts'
import { visible, type Where } from './inbox.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { countCase } from './month-figures.ts'
import { insert } from './sql.ts'

/** An assessment as it stands: computed values, what a person corrected, and whether a review is asked for. */
export interface AssessmentRow extends Counted {
  id: string
  caseId: string
  unitId: string
  category: string
  month: string
  reviewedById: string | null
  reviewedAt: string | null
  orderKind: OrderKind | null
  /** The unit asked for a review and nobody has decided. */
  asked: boolean
  /** It was asked once: no second time. */
  wasAsked: boolean
  at: string
}

/** What was said about an assessment: asked by its unit, or put right; sealed with the key of the case. */
export interface ReviewLine {
  kind: 'asked' | 'reviewed'
  at: string
  byId: string
  unit: string
  reason: string
  values?: Corrections
}

interface Raw extends Record<'contacted' | 'answered' | 'upheld' | 'solved' | 'satisfied', Yes> {
  id: string
  caseId: string
  orderId: string | null
  unitId: string
  category: string
  month: string
  redone: number
  reviewed: string
  reviewedById: string | null
  reviewedAt: string | null
  hasWords: number
  orderKind: OrderKind | null
  at: string
}

const COLUMNS = `a."id", a."caseId", a."orderId", a."unitId", a."category", a."month", a."contacted", a."answered", a."redone", a."upheld",
  a."solved", a."satisfied", a."reviewed", a."reviewedById", a."reviewedAt", a."at", CASE WHEN a."reviewEnc" IS NULL THEN 0 ELSE 1 END AS "hasWords",
  (SELECT o."kind" FROM "Order" o WHERE o."id" = a."orderId") AS "orderKind"`

/** The current ones: of the end the case stands at. Of a case reopened none is, and after it ended again the new ones are. */
const CURRENT = '"Assessment" a JOIN "Case" c ON c."id" = a."caseId" AND c."closedAt" = a."at"'

function rowOf(raw: Raw): AssessmentRow {
  const { contacted, answered, redone, upheld, solved, satisfied, reviewed, hasWords, ...facts } = raw
  return {
    ...facts,
    computed: { contacted, answered, redone, upheld, solved, satisfied },
    reviewed: correctionsOf(JSON.parse(reviewed)) ?? {},
    asked: Number(hasWords) === 1 && facts.reviewedAt === null,
    wasAsked: Number(hasWords) === 1,
  }
}

/** Writes the assessments of one end of a case; `at` is the instant it ended, `month` the district's. */
export async function addAssessments(
  tx: Tx,
  row: CaseRow,
  assessed: readonly Assessed[],
  { at, month }: { at: string; month: string },
): Promise<void> {
  const before = await tx.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Assessment" WHERE "caseId" = ? AND "orderId" IS NULL',
    row.id,
  )
  const round = Number(before?.n ?? 0) + 1
  for (const { orderId, unit, ...measures } of assessed) {
    await insert(tx.sql, 'Assessment', {
      ...{ id: newId(), subject: `${orderId ?? row.id}#${round}`, caseId: row.id, orderId, unitId: unit },
      ...{ category: row.category, month, at, reviewed: '{}' },
      ...(measures satisfies Measures),
    })
    if (orderId === null) await countCase(tx, { month, unitId: unit, category: row.category }, measures, 1)
  }
}

/** A case that ended then is had again: its assessment no longer counts. Before `closedAt` is taken off it. */
export async function uncount(tx: Tx, caseId: string): Promise<void> {
  const whole = (await assessmentsOf(tx, caseId)).find(row => row.orderId === null)
  if (whole) await countCase(tx, whole, standing(whole), -1)
}

/** Whether this end of the case is assessed already. */
export async function isAssessed(from: Reads, caseId: string, at: string): Promise<boolean> {
  const found = await from.sql.get(
    'SELECT 1 AS "n" FROM "Assessment" WHERE "caseId" = ? AND "orderId" IS NULL AND "at" = ?',
    caseId,
    at,
  )
  return found !== undefined
}

/** Ended cases of a span without an assessment of their end: those of a ledger older than assessments. A mediation has none (`isAssessedKind`). */
export async function unassessed(from: Reads, span: Where): Promise<{ id: string }[]> {
  return await from.sql.all<{ id: string }>(
    `SELECT c."id" FROM "Case" c WHERE ${span.sql} AND c."closedAt" IS NOT NULL AND c."kind" <> 'mediation' AND NOT EXISTS
     (SELECT 1 FROM "Assessment" a WHERE a."caseId" = c."id" AND a."orderId" IS NULL AND a."at" = c."closedAt")`,
    ...span.values,
  )
}

/** What was said of the answers of a case, as the rule reads it. */
export async function saidLines(from: Reads, caseId: string): Promise<SaidLine[]> {
  const rows = await from.sql.all<{
    id: string
    no: number
    verb: string
    byKind: string
    bodyEnc: Uint8Array | null
  }>(
    `SELECT "id", "no", "verb", "byKind", "bodyEnc" FROM "Entry" WHERE "caseId" = ? AND "verb" IN ('answer', 'rateSolved', 'rateUnsolved', 'reopen')`,
    caseId,
  )
  const rated = rows.some(row => row.verb !== 'answer')
  const key = rated ? await keyOf(from, caseId) : null
  return rows.map(({ id, no, verb, byKind, bodyEnc }) => {
    const text = verb === 'answer' ? null : opened(key, `Entry.bodyEnc.${id}`, bodyEnc)
    const { satisfied } = JSON.parse(text ?? '{}') as EntryBody
    return { no, verb, byResident: byKind === 'resident', satisfied: satisfied ?? null }
  })
}

/** The current assessments of a month, of every unit; nothing sealed among them. */
export async function monthRows(from: Reads, month: string): Promise<AssessmentRow[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${COLUMNS} FROM ${CURRENT} WHERE a."month" = ? ORDER BY a."id"`,
    month,
  )
  return rows.map(rowOf)
}

/** Months that have any, newest first. */
export async function monthsOf(from: Reads): Promise<string[]> {
  const rows = await from.sql.all<{ month: string }>(
    'SELECT DISTINCT "month" FROM "Assessment" ORDER BY "month" DESC',
  )
  return rows.map(row => row.month)
}

/** Current assessments whose unit asks for a review, oldest first. */
export async function askedReviews(from: Reads, limit: number): Promise<AssessmentRow[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${COLUMNS} FROM ${CURRENT} WHERE a."reviewEnc" IS NOT NULL AND a."reviewedAt" IS NULL ORDER BY a."id" LIMIT ?`,
    limit,
  )
  return rows.map(rowOf)
}

/** The current assessments of one case, the case's own first. */
export async function assessmentsOf(from: Reads, caseId: string): Promise<AssessmentRow[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT ${COLUMNS} FROM ${CURRENT} WHERE a."caseId" = ? ORDER BY a."id"`,
    caseId,
  )
  return rows.map(rowOf)
}

/** A current assessment by its id. */
export async function assessmentById(from: Reads, id: string): Promise<AssessmentRow | null> {
  const row = await from.sql.get<Raw>(`SELECT ${COLUMNS} FROM ${CURRENT} WHERE a."id" = ?`, id)
  return row ? rowOf(row) : null
}

/** What was said about an assessment, oldest first. */
export async function reviewLines(from: Reads, { id, caseId }: AssessmentRow): Promise<ReviewLine[]> {
  const row = await from.sql.get<{ reviewEnc: Uint8Array | null }>(
    'SELECT "reviewEnc" FROM "Assessment" WHERE "id" = ?',
    id,
  )
  if (!row?.reviewEnc) return []
  const text = opened(await keyOf(from, caseId), `Assessment.reviewEnc.${id}`, row.reviewEnc)
  return JSON.parse(text ?? '[]') as ReviewLine[]
}

/** Adds a line; a review puts its values in place of what stood. The computed values stay beside it. */
export async function addReviewLine(tx: Tx, row: AssessmentRow, line: ReviewLine): Promise<void> {
  const key = await keyOf(tx, row.caseId)
  const lines = [...(await reviewLines(tx, row)), line]
  const words = key ? sealed(key, `Assessment.reviewEnc.${row.id}`, JSON.stringify(lines)) : null
  await tx.sql.run('UPDATE "Assessment" SET "reviewEnc" = ? WHERE "id" = ?', words, row.id)
  if (line.kind !== 'reviewed') return
  if (row.orderId === null) {
    await countCase(tx, row, standing(row), -1)
    await countCase(tx, row, standing({ ...row, reviewed: line.values ?? {} }), 1)
  }
  await tx.sql.run(
    'UPDATE "Assessment" SET "reviewed" = ?, "reviewedById" = ?, "reviewedAt" = ? WHERE "id" = ?',
    JSON.stringify(line.values ?? {}),
    line.byId,
    line.at,
    row.id,
  )
}

/** Code and title of those of these cases the roles may see, by id. */
export async function titlesFor(
  from: Reads,
  ids: readonly string[],
  members: readonly Member[],
): Promise<Map<string, { code: string; title: string }>> {
  if (ids.length === 0) return new Map()
  const { sql, values } = visible(members)
  const rows = await from.sql.all<{ id: string; code: string; titleEnc: Uint8Array }>(
    `SELECT c."id", c."code", c."titleEnc" FROM "Case" c WHERE c."id" IN (${ids.map(() => '?').join(', ')}) AND (${sql})`,
    ...ids,
    ...values,
  )
  const found = new Map<string, { code: string; title: string }>()
  for (const { id, code, titleEnc } of rows) found.set(id, { code, title: await titleOf(from, id, titleEnc) })
  return found
}
