import type { CaseClass, CaseKind, CaseState, DeadlineKind } from '../rules/cases/types.ts'
import type { HelpWishes } from '../rules/help.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { keyOf, makeKey, opened, sealed } from './keys.ts'
import { keyedHash } from './seal.ts'
import { insert, type SqlValue } from './sql.ts'

/** A case as it stands in the ledger, without its sealed texts. */
export interface CaseRow {
  id: string
  code: string
  kind: CaseKind
  state: CaseState
  class: CaseClass
  profile: string
  category: string
  route: string | null
  personId: string | null
  holderUnitId: string
  holderStaffId: string | null
  townId: string | null
  communityId: string | null
  gridId: string | null
  estate: string | null
  hidden: number
  noReply: number
  level: number
  redoCount: number
  entryCount: number
  dueAt: string | null
  dueKind: DeadlineKind | null
  grabUntil: string | null
  lastWordAt: string | null
  residentNewAt: string | null
  createdAt: string
  updatedAt: string
  closedAt: string | null
  /** The matter it is linked to as the same, or its person's earlier one which it follows on. */
  sameAsId: string | null
  /** What neighbours may read of it. */
  publicSummary: string | null
  version: number
}

/** The sealed texts of a case, opened. A text is null when it was never given or its key was destroyed. */
export interface CaseTexts {
  title: string
  text: string
  place: string | null
  name: string | null
  phone: string | null
  queryCode: string | null
  /** What somebody who seeks help wishes. */
  help?: HelpWishes
}

const COLUMNS = [
  ...['id', 'code', 'kind', 'state', 'class', 'profile', 'category', 'route', 'personId', 'holderUnitId'],
  ...[
    'holderStaffId',
    'townId',
    'communityId',
    'gridId',
    'estate',
    'hidden',
    'noReply',
    'level',
    'redoCount',
  ],
  ...['entryCount', 'dueAt', 'dueKind', 'grabUntil', 'lastWordAt', 'residentNewAt', 'createdAt', 'updatedAt'],
  ...['closedAt', 'sameAsId', 'publicSummary', 'version'],
]
/** The columns of a `CaseRow`, for statements that read it under the alias `c`. */
export const CASE_COLUMNS = COLUMNS.map(name => `c."${name}"`).join(', ')

export interface NewCase
  extends Omit<
    CaseRow,
    | 'id'
    | 'version'
    | 'entryCount'
    | 'updatedAt'
    | 'closedAt'
    | 'lastWordAt'
    | 'residentNewAt'
    | 'sameAsId'
    | 'publicSummary'
  > {
  texts: CaseTexts & { queryCode: string }
  points: readonly string[]
}

/** Opens a case with its key, texts and points. Returns the row. */
export async function createCase(tx: Tx, given: NewCase): Promise<CaseRow> {
  const { texts, points, ...facts } = given
  const id = newId()
  const key = await makeKey(tx, id, given.createdAt)
  const row: CaseRow = {
    ...facts,
    id,
    version: 1,
    entryCount: 0,
    updatedAt: given.createdAt,
    closedAt: null,
    lastWordAt: null,
    residentNewAt: null,
    sameAsId: null,
    publicSummary: null,
  }
  await insert(tx.sql, 'Case', {
    ...(row as unknown as Record<string, SqlValue>),
    titleEnc: sealed(key, `Case.titleEnc.${id}`, texts.title),
    textEnc: sealed(key, `Case.textEnc.${id}`, texts.text),
    placeEnc: sealed(key, `Case.placeEnc.${id}`, texts.place),
    nameEnc: sealed(key, `Case.nameEnc.${id}`, texts.name),
    phoneEnc: sealed(key, `Case.phoneEnc.${id}`, texts.phone),
    phoneHash: texts.phone ? keyedHash(tx.keys, 'phone', texts.phone) : null,
    dataEnc: sealed(
      key,
      `Case.dataEnc.${id}`,
      JSON.stringify({ queryCode: texts.queryCode, help: texts.help }),
    ),
    queryHash: keyedHash(tx.keys, `query.${row.code}`, texts.queryCode),
  })
  for (const [index, text] of points.entries()) await addPoint(tx, id, key, index + 1, text)
  tx.unmarked.add(id)
  touched(tx, row)
  return row
}

async function addPoint(tx: Tx, caseId: string, key: Buffer, no: number, text: string) {
  const id = newId()
  await insert(tx.sql, 'Point', { id, caseId, no, textEnc: sealed(key, `Point.textEnc.${id}`, text) })
}

/** Says to those who look on that a case changed. */
export function touched(tx: Tx, row: Pick<CaseRow, 'code' | 'personId'>) {
  tx.changes.cases.add(row.code)
  tx.changes.lists = true
}

export async function caseByCode(from: Reads, code: string): Promise<CaseRow | null> {
  return (
    (await from.sql.get<CaseRow>(`SELECT ${CASE_COLUMNS} FROM "Case" c WHERE c."code" = ?`, code)) ?? null
  )
}

export async function caseById(from: Reads, id: string): Promise<CaseRow | null> {
  return (await from.sql.get<CaseRow>(`SELECT ${CASE_COLUMNS} FROM "Case" c WHERE c."id" = ?`, id)) ?? null
}

/** What the cases opened between two instants are about, one by one; mediations have figures of their own. */
export async function openedIn(
  from: Reads,
  span: { from: string; to: string },
): Promise<{ category: string }[]> {
  return await from.sql.all<{ category: string }>(
    `SELECT c."category" FROM "Case" c WHERE c."createdAt" >= ? AND c."createdAt" < ? AND c."kind" <> 'mediation'`,
    span.from,
    span.to,
  )
}

/** Opens the sealed texts of a case. */
export async function textsOf(from: Reads, id: string): Promise<CaseTexts> {
  const row = await from.sql.get<Record<string, Uint8Array | null>>(
    'SELECT "titleEnc", "textEnc", "placeEnc", "nameEnc", "phoneEnc", "dataEnc" FROM "Case" WHERE "id" = ?',
    id,
  )
  const key = await keyOf(from, id)
  const text = (column: string) => opened(key, `Case.${column}.${id}`, row?.[column])
  const data = JSON.parse(text('dataEnc') ?? '{}') as { queryCode?: string; help?: HelpWishes }
  return {
    title: text('titleEnc') ?? '',
    text: text('textEnc') ?? '',
    place: text('placeEnc'),
    name: text('nameEnc'),
    phone: text('phoneEnc'),
    queryCode: data.queryCode ?? null,
    ...(data.help ? { help: data.help } : {}),
  }
}

/** The title of a case alone: lists need no more. */
export async function titleOf(from: Reads, id: string, titleEnc: Uint8Array): Promise<string> {
  return opened(await keyOf(from, id), `Case.titleEnc.${id}`, titleEnc) ?? ''
}

/** Puts another list of points in place; one whose words stay keeps its tick. */
export async function replacePoints(tx: Tx, caseId: string, texts: readonly string[]): Promise<void> {
  const done = new Map((await pointsOf(tx, caseId)).map(({ text, doneAt }) => [text, doneAt]))
  const key = await keyOf(tx, caseId)
  if (!key) return
  await tx.sql.run('DELETE FROM "Point" WHERE "caseId" = ?', caseId)
  for (const [index, text] of texts.entries()) {
    await addPoint(tx, caseId, key, index + 1, text)
    const doneAt = done.get(text)
    if (doneAt) await tickPoints(tx, caseId, [index + 1], doneAt)
  }
}

export interface PointLine {
  no: number
  text: string
  doneAt: string | null
}

export async function pointsOf(from: Reads, caseId: string): Promise<PointLine[]> {
  const rows = await from.sql.all<{ id: string; no: number; textEnc: Uint8Array; doneAt: string | null }>(
    'SELECT "id", "no", "textEnc", "doneAt" FROM "Point" WHERE "caseId" = ? ORDER BY "no"',
    caseId,
  )
  const key = await keyOf(from, caseId)
  return rows.map(row => ({
    no: row.no,
    doneAt: row.doneAt,
    text: opened(key, `Point.textEnc.${row.id}`, row.textEnc) ?? '',
  }))
}

/** Ticks the points an answer deals with, or clears all when the matter goes back to be redone. */
export async function tickPoints(
  tx: Tx,
  caseId: string,
  numbers: readonly number[],
  now: string | null,
): Promise<void> {
  for (const no of numbers)
    await tx.sql.run('UPDATE "Point" SET "doneAt" = ? WHERE "caseId" = ? AND "no" = ?', now, caseId, no)
}

/** What the resident brought last was read. No step of anybody's: the version stays, so a form open elsewhere still counts. */
export async function markRead(tx: Tx, row: Pick<CaseRow, 'id' | 'code' | 'personId'>): Promise<void> {
  const was = 'UPDATE "Case" SET "residentNewAt" = NULL WHERE "id" = ? AND "residentNewAt" IS NOT NULL'
  if ((await tx.sql.run(was, row.id)) > 0) touched(tx, row)
}

/** Columns a case is found by (`marks.ts`): where one changes, its marks are written anew. */
const MARKED = [
  'kind',
  'state',
  'class',
  'category',
  'holderUnitId',
  'townId',
  'communityId',
  'gridId',
  'hidden',
  'closedAt',
] as const

/**
 * Changes a case only where it is still what was read (its version): false means somebody was faster.
 * `row` is brought up to what now stands.
 */
export async function changeCase(
  tx: Tx,
  row: CaseRow,
  changes: Partial<CaseRow>,
  now: string,
): Promise<boolean> {
  const all: Partial<CaseRow> = { ...changes, updatedAt: now, version: row.version + 1 }
  const names = Object.keys(all)
  const touchedRows = await tx.sql.run(
    `UPDATE "Case" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "id" = ? AND "version" = ?`,
    ...(Object.values(all) as SqlValue[]),
    row.id,
    row.version,
  )
  if (touchedRows === 0) return false
  if (MARKED.some(name => name in changes && changes[name] !== row[name])) tx.unmarked.add(row.id)
  Object.assign(row, all)
  touched(tx, row)
  return true
}

/** Cases of a person, newest first. */
export async function casesOfPerson(from: Reads, personId: string, limit = 100): Promise<CaseRow[]> {
  return await from.sql.all<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM "Case" c WHERE c."personId" = ? ORDER BY c."createdAt" DESC LIMIT ?`,
    personId,
    limit,
  )
}

/** True when the six-digit query code belongs to the case. */
export async function queryCodeFits(from: Reads, code: string, queryCode: string): Promise<boolean> {
  const row = await from.sql.get<{ queryHash: string }>(
    'SELECT "queryHash" FROM "Case" WHERE "code" = ?',
    code,
  )
  return row?.queryHash === keyedHash(from.keys, `query.${code}`, queryCode)
}
