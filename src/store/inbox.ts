import { END_STATES } from '../rules/cases/types.ts'
import type { Member } from '../rules/people/may.ts'
import type { StaffRole } from '../rules/people/roles.ts'
import { CASE_COLUMNS, type CaseRow, titleOf } from './cases.ts'
import type { Reads } from './db.ts'
import type { SqlValue } from './sql.ts'

/** Part of a WHERE with the values for its marks. */
export interface Where {
  sql: string
  values: readonly SqlValue[]
}

/** What the lists are seen with: who looks, when it is, and where today and the next days end. Instants are ISO. */
export interface Looking {
  members: readonly Member[]
  staffId: string
  district: string
  now: string
  todayEnds: string
  soonEnds: string
}

/** A case as a line of the inbox. */
export interface InboxRow extends CaseRow {
  title: string
  /** Kind of the order it is in hand by. */
  orderKind: string | null
  /** Orders on it whose unit has objected and waits for the district. */
  objections: number
  /** How far the reminders of its running clocks have gone: 1 urged, 2 supervised, 3 raised. */
  stage: number
  /** 1 while the office has asked for an extension or a pause and the district has not answered. */
  asks: number
  /** 1 while its promise stands still 挂起. */
  paused: number
}

const all: Where = { sql: '1 = 1', values: [] }
const none: Where = { sql: '1 = 0', values: [] }

export const and = (...parts: readonly Where[]): Where => joined(parts, ' AND ')
const or = (...parts: readonly Where[]): Where => (parts.length ? joined(parts, ' OR ') : none)
const joined = (parts: readonly Where[], word: string): Where => ({
  sql: parts.map(part => `(${part.sql})`).join(word),
  values: parts.flatMap(part => part.values),
})

const OPEN: Where = {
  sql: `c."state" IN ('received', 'assigned', 'working', 'answered', 'redo', 'applied', 'inviting', 'booking', 'booked', 'inSession', 'performing')`,
  values: [],
}
const ENDED: Where = { sql: `c."state" IN (${END_STATES.map(state => `'${state}'`).join(', ')})`, values: [] }

/** Few cases are followed: they are looked up by id. Said by its state, every open case would be walked through. */
const FOLLOWED: Where = {
  sql: 'c."closedAt" IS NULL AND c."id" IN (SELECT f."caseId" FROM "Follow" f)',
  values: [],
}

/** Depth of a unit's way down → the column that says a case lies there. */
const PLACE = ['', '', 'townId', 'communityId', 'gridId']

/** The unit itself and all below it: their ways down begin with its own. */
const holdsIt = ({ unit, path }: Member): Where =>
  or(
    { sql: 'c."holderUnitId" = ?', values: [unit] },
    {
      sql: 'c."holderUnitId" IN (SELECT u."id" FROM "Unit" u WHERE u."path" LIKE ?)',
      values: [`${path}/%`],
    },
  )
const ordered = ({ unit }: Member): Where => ({
  sql: 'c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."unitId" = ?)',
  values: [unit],
})
const hasIt = (who: Member): Where => or(holdsIt(who), ordered(who))
function liesHere(who: Member): Where {
  const column = PLACE[who.path.split('/').length]
  const here: Where = column ? { sql: `c."${column}" = ?`, values: [who.unit] } : none
  return or(here, hasIt(who))
}

/** The same sentences as `rules/people/may.ts` (`SEES`), said to the database. A test holds the two together. */
const SEES: Readonly<Record<StaffRole, (who: Member) => Where>> = {
  districtDispatcher: () => all,
  districtLeader: () => all,
  auditor: () => all,
  townClerk: liesHere,
  communityClerk: liesHere,
  gridHead: liesHere,
  gridWorker: liesHere,
  departmentClerk: hasIt,
  panelSecretary: hasIt,
  // What they mediate stands in the queue of mediations, which knows who was recused.
  mediator: () => none,
  careCoordinator: who => or({ sql: `c."kind" = 'hotline'`, values: [] }, hasIt(who)),
  childDirector: () => none,
  administrator: () => none,
}

/** The cases these roles may see. */
export const visible = (members: readonly Member[]): Where => or(...members.map(who => SEES[who.role](who)))

const DESK: readonly StaffRole[] = ['districtDispatcher', 'districtLeader', 'auditor']

/** What is on this person's desk: the district desk looks over everything, others over what their unit holds. */
const onDesk = ({ members }: Looking): Where =>
  or(...members.map(who => (DESK.includes(who.role) ? all : hasIt(who))))

const mine = ({ staffId }: Looking): Where => ({ sql: 'c."holderStaffId" = ?', values: [staffId] })
const inUnit = ({ members }: Looking): Where =>
  or(...members.map(who => ({ sql: 'c."holderUnitId" = ?', values: [who.unit] })))
const dueFrom = (at: string): Where => ({ sql: 'c."dueAt" >= ?', values: [at] })
const dueUntil = (at: string): Where => ({ sql: 'c."dueAt" < ?', values: [at] })

export interface ListOf {
  key: string
  group: 'mine' | 'time' | 'unit' | 'all'
  /** Drawn in the colour of lateness while it is not empty. */
  hot?: true
  /** Roles that have this list; all when left out. */
  for?: readonly StaffRole[]
  where(looking: Looking): Where
}

const TOWNS: readonly StaffRole[] = ['townClerk']
const HANDS: readonly StaffRole[] = [
  'communityClerk',
  'gridHead',
  'gridWorker',
  'departmentClerk',
  'panelSecretary',
]
const DISPATCH: readonly StaffRole[] = ['districtDispatcher', 'districtLeader']

/** The lists of the inbox in their order. */
// biome-ignore format: a table
export const LISTS: readonly ListOf[] = [
  { key: 'mine',        group: 'mine',             where: at => and(OPEN, mine(at)) },
  { key: 'residentNew', group: 'mine',  hot: true, where: at => and({ sql: 'c."residentNewAt" IS NOT NULL', values: [] }, onDesk(at)) },
  { key: 'overdue',     group: 'time',  hot: true, where: at => and(OPEN, dueUntil(at.now), onDesk(at)) },
  { key: 'today',       group: 'time',             where: at => and(OPEN, dueFrom(at.now), dueUntil(at.todayEnds), onDesk(at)) },
  { key: 'soon',        group: 'time',             where: at => and(OPEN, dueFrom(at.todayEnds), dueUntil(at.soonEnds), onDesk(at)) },
  { key: 'unassigned',  group: 'unit',  hot: true, for: DISPATCH, where: at => and({ sql: `c."state" = 'received' AND c."holderUnitId" = ?`, values: [at.district] }) },
  { key: 'grab',        group: 'unit',  for: TOWNS, where: at => and({ sql: `c."state" = 'received' AND c."grabUntil" > ?`, values: [at.now] }, or(...at.members.map(who => ({ sql: 'c."townId" = ?', values: [who.unit] })))) },
  { key: 'unit',        group: 'unit',             where: at => and(OPEN, inUnit(at)) },
  { key: 'parts',       group: 'unit',  hot: true, for: HANDS, where: at => and(OPEN, or(...at.members.map(who => ({ sql: `c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."unitId" = ? AND o."kind" IN ('split', 'joint') AND o."state" IN ('open', 'signed'))`, values: [who.unit] })))) },
  { key: 'asks',        group: 'unit',  hot: true, for: DISPATCH, where: () => ({ sql: `c."state" IN ('working', 'redo') AND ${ASKED}`, values: [] }) },
  { key: 'objections',  group: 'unit',  hot: true, for: DISPATCH, where: () => and(OPEN, { sql: `c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."state" = 'objected')`, values: [] }) },
  { key: 'returned',    group: 'unit',  hot: true, for: DISPATCH, where: () => and(OPEN, { sql: `c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."kind" = 'return' AND o."state" = 'open')`, values: [] }) },
  { key: 'followed',    group: 'unit',             where: at => and(FOLLOWED, onDesk(at)) },
  { key: 'rating',      group: 'unit',             where: at => and({ sql: `c."state" = 'answered'`, values: [] }, onDesk(at)) },
  { key: 'all',         group: 'all',              where: () => OPEN },
  { key: 'ended',       group: 'all',              where: () => ENDED },
]

/** The lists these roles have. */
export const listsFor = (members: readonly Member[]): ListOf[] =>
  LISTS.filter(list => !list.for || members.some(who => list.for!.includes(who.role)))

/** Counts are exact to here, then "999+". */
const COUNTED = 1000

export async function countOf(
  from: Reads,
  list: ListOf,
  looking: Looking,
): Promise<{ count: number; capped: boolean }> {
  const { sql, values } = and(list.where(looking), visible(looking.members))
  const row = await from.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT 1 FROM "Case" c WHERE ${sql} LIMIT ${COUNTED}) AS counted`,
    ...values,
  )
  const count = row?.n ?? 0
  return { count: Math.min(count, COUNTED - 1), capped: count >= COUNTED }
}

/** Where a page ended: the deadline and id of its last row. */
export interface Cursor {
  due: string | null
  id: string
}

/** The last word on more time is the office's question, not the district's answer. */
const ASKED = `(SELECT e."verb" FROM "Entry" e WHERE e."caseId" = c."id" AND e."verb" IN ('askExtension', 'askPause', 'extend', 'pause', 'answer')
    ORDER BY e."no" DESC LIMIT 1) IN ('askExtension', 'askPause')`

const ROW = `${CASE_COLUMNS}, c."titleEnc",
  (SELECT o."kind" FROM "Order" o WHERE o."caseId" = c."id" AND o."parentId" IS NULL AND o."state" IN ('offered', 'open', 'signed', 'objected') ORDER BY o."openedAt" DESC, o."id" DESC LIMIT 1) AS "orderKind",
  (SELECT COUNT(*) FROM "Order" o WHERE o."caseId" = c."id" AND o."state" = 'objected') AS "objections",
  COALESCE((SELECT MAX(d."stage") FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" <> 'callBack' AND d."metAt" IS NULL AND d."endedAt" IS NULL), 0) AS "stage",
  CASE WHEN EXISTS (SELECT 1 FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" = 'resume' AND d."metAt" IS NULL AND d."endedAt" IS NULL) THEN 1 ELSE 0 END AS "paused",
  CASE WHEN c."state" IN ('working', 'redo') AND ${ASKED} THEN 1 ELSE 0 END AS "asks"`

type Raw = Omit<InboxRow, 'title'> & { titleEnc: Uint8Array }

/** One page, nearest deadline first; cases without a running clock come last, newest first. */
export async function pageOf(
  from: Reads,
  where: Where,
  { cursor, limit }: { cursor: Cursor | null; limit: number },
): Promise<{ rows: InboxRow[]; next: Cursor | null }> {
  const dated = cursor === null || cursor.due !== null ? await datedRows(from, where, cursor, limit + 1) : []
  const wanted = limit + 1 - dated.length
  const after = cursor?.due === null ? cursor.id : null
  const undated = wanted > 0 ? await undatedRows(from, where, after, wanted) : []
  const found = [...dated, ...undated]
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: await opened(from, shown),
    next: found.length > limit && last ? { due: last.dueAt, id: last.id } : null,
  }
}

async function datedRows(from: Reads, where: Where, cursor: Cursor | null, limit: number): Promise<Raw[]> {
  const after: Where = cursor?.due
    ? {
        sql: 'c."dueAt" > ? OR (c."dueAt" = ? AND c."id" > ?)',
        values: [cursor.due, cursor.due, cursor.id],
      }
    : all
  const { sql, values } = and(where, { sql: 'c."dueAt" IS NOT NULL', values: [] }, after)
  return await from.sql.all<Raw>(
    `SELECT ${ROW} FROM "Case" c WHERE ${sql} ORDER BY c."dueAt", c."id" LIMIT ?`,
    ...values,
    limit,
  )
}

async function undatedRows(from: Reads, where: Where, after: string | null, limit: number): Promise<Raw[]> {
  const before: Where = after ? { sql: 'c."id" < ?', values: [after] } : all
  const { sql, values } = and(where, { sql: 'c."dueAt" IS NULL', values: [] }, before)
  return await from.sql.all<Raw>(
    `SELECT ${ROW} FROM "Case" c WHERE ${sql} ORDER BY c."id" DESC LIMIT ?`,
    ...values,
    limit,
  )
}

const opened = (from: Reads, rows: readonly Raw[]): Promise<InboxRow[]> =>
  Promise.all(
    rows.map(async ({ titleEnc, ...row }) => ({ ...row, title: await titleOf(from, row.id, titleEnc) })),
  )

/** One case as a line of the inbox, by its code. */
export async function inboxRow(from: Reads, code: string): Promise<InboxRow | null> {
  const rows = await from.sql.all<Raw>(`SELECT ${ROW} FROM "Case" c WHERE c."code" = ?`, code)
  return (await opened(from, rows))[0] ?? null
}

/** Cases of one person these roles may see, newest first. */
export async function casesWith(
  from: Reads,
  personId: string,
  members: readonly Member[],
): Promise<InboxRow[]> {
  const { sql, values } = and({ sql: 'c."personId" = ?', values: [personId] }, visible(members))
  const rows = await from.sql.all<Raw>(
    `SELECT ${ROW} FROM "Case" c WHERE ${sql} ORDER BY c."id" DESC LIMIT 20`,
    ...values,
  )
  return opened(from, rows)
}
