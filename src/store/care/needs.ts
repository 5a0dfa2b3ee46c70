import type { SignKey } from '../../rules/care/signs.ts'
import { newId, type Reads, type Tx } from '../db.ts'
import { keyOf, opened, sealed } from '../keys.ts'
import { insert } from '../sql.ts'

/** Help a child needs; an errand case carries it where an office was asked. */
export interface NeedRow {
  id: string
  childId: string
  pseudonym: string
  unitId: string
  kind: string
  code: string | null
  at: string
}

export async function addNeed(
  tx: Tx,
  given: { childId: string; visitId: string; kind: string; caseId: string | null },
  now: string,
): Promise<void> {
  await insert(tx.sql, 'Need', { id: newId(), ...given, at: now })
}

const NEED = `SELECT n."id", n."childId", c."pseudonym", c."unitId", n."kind", k."code", n."at" FROM "Need" n
  JOIN "Child" c ON c."id" = n."childId" LEFT JOIN "Case" k ON k."id" = n."caseId"`

export async function openNeeds(from: Reads): Promise<NeedRow[]> {
  return await from.sql.all<NeedRow>(`${NEED} WHERE n."doneAt" IS NULL ORDER BY n."at"`)
}

export async function needById(from: Reads, id: string): Promise<NeedRow | null> {
  return (await from.sql.get<NeedRow>(`${NEED} WHERE n."id" = ?`, id)) ?? null
}

export async function needDone(tx: Tx, id: string, now: string): Promise<void> {
  await tx.sql.run('UPDATE "Need" SET "doneAt" = ? WHERE "id" = ? AND "doneAt" IS NULL', now, id)
}

/** A mandatory report: heard, due, and to whom it was made. Who reported stands on no page. */
export interface ReportRow {
  id: string
  childId: string
  pseudonym: string
  unitId: string
  /** Keys of the nine situations, joined by commas. */
  signs: string
  heardAt: string
  dueAt: string
  madeTo: string | null
  madeAt: string | null
  code: string | null
}

/** The prefilled record of a report, sealed with the child's key. */
export interface ReportRecord {
  words: string
  signs: readonly SignKey[]
  addressedTo: string
}

export async function addReport(
  tx: Tx,
  given: {
    childId: string
    alertId: string | null
    caseId: string | null
    /** `volunteer:<id>` or `staff:<id>`. */
    reporter: string
    record: ReportRecord
    dueAt: string
  },
  now: string,
): Promise<string> {
  const id = newId()
  const key = await keyOf(tx, given.childId)
  if (!key) return id
  const { childId, alertId, caseId, dueAt, record } = given
  await insert(tx.sql, 'CareReport', {
    id,
    ...{ childId, alertId, caseId, dueAt },
    signs: record.signs.join(),
    recordEnc: sealed(key, `CareReport.recordEnc.${id}`, JSON.stringify(record)),
    reporterEnc: sealed(key, `CareReport.reporterEnc.${id}`, given.reporter),
    heardAt: now,
  })
  return id
}

const REPORT = `SELECT r."id", r."childId", c."pseudonym", c."unitId", r."signs", r."heardAt", r."dueAt", r."madeTo", r."madeAt", k."code"
  FROM "CareReport" r JOIN "Child" c ON c."id" = r."childId" LEFT JOIN "Case" k ON k."id" = r."caseId"`

/** Reports not made first, then the newest. */
export async function reportsOf(from: Reads, limit: number): Promise<ReportRow[]> {
  return await from.sql.all<ReportRow>(
    `${REPORT} ORDER BY CASE WHEN r."madeAt" IS NULL THEN 0 ELSE 1 END, r."heardAt" DESC LIMIT ?`,
    limit,
  )
}

export async function reportById(from: Reads, id: string): Promise<ReportRow | null> {
  return (await from.sql.get<ReportRow>(`${REPORT} WHERE r."id" = ?`, id)) ?? null
}

/** Reports whose time is over and that nobody has recorded as made. */
export async function overdueReports(from: Reads, now: string): Promise<ReportRow[]> {
  return await from.sql.all<ReportRow>(`${REPORT} WHERE r."madeAt" IS NULL AND r."dueAt" <= ?`, now)
}

export async function reportRecord(from: Reads, row: ReportRow): Promise<ReportRecord | null> {
  const found = await from.sql.get<{ recordEnc: Uint8Array }>(
    'SELECT "recordEnc" FROM "CareReport" WHERE "id" = ?',
    row.id,
  )
  const words = opened(await keyOf(from, row.childId), `CareReport.recordEnc.${row.id}`, found?.recordEnc)
  return words ? (JSON.parse(words) as ReportRecord) : null
}

/** Who reported: `volunteer:<id>` or `staff:<id>`; null once the child was erased. The caller has logged why. */
export async function reporterOf(from: Reads, row: ReportRow): Promise<string | null> {
  const found = await from.sql.get<{ reporterEnc: Uint8Array | null }>(
    'SELECT "reporterEnc" FROM "CareReport" WHERE "id" = ?',
    row.id,
  )
  const who = opened(await keyOf(from, row.childId), `CareReport.reporterEnc.${row.id}`, found?.reporterEnc)
  return who && (who.includes(':') ? who : `volunteer:${who}`)
}

/** True while a mandatory report about a child has not been recorded as made. */
export async function hasOpenReport(from: Reads, childId: string): Promise<boolean> {
  const row = await from.sql.get(
    'SELECT 1 AS "n" FROM "CareReport" WHERE "childId" = ? AND "madeAt" IS NULL',
    childId,
  )
  return row !== undefined
}

/** Records that the report was made; false when it was before. */
export async function reportMade(
  tx: Tx,
  id: string,
  { to, staffId }: { to: string; staffId: string },
  now: string,
): Promise<boolean> {
  const touched = await tx.sql.run(
    'UPDATE "CareReport" SET "madeTo" = ?, "madeAt" = ?, "madeById" = ? WHERE "id" = ? AND "madeAt" IS NULL',
    to,
    now,
    staffId,
    id,
  )
  return touched > 0
}
