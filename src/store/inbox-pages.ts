import type { Member } from '../rules/people/may.ts'
import { CASE_COLUMNS, type CaseRow, titleOf } from './cases.ts'
import type { Reads, Store } from './db.ts'
import {
  and,
  deskMarks,
  type ListOf,
  type Looking,
  listMatch,
  OPEN,
  visible,
  visibleMarks,
  type Where,
} from './inbox.ts'
import { asArray, type Chosen, tables } from './inbox-tables.ts'
import { type Counted, type Cursor, counted, countOf, firstOf } from './inbox-walk.ts'
import { holdKeys } from './keys.ts'
import { ASKED } from './marks.ts'

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

/** The cases of a list that these people may see. */
export function ofList(list: ListOf, looking: Looking): Chosen {
  const where = and(list.where(looking), visible(looking.members, list.of === 'news'))
  const match = listMatch(list, looking.members)
  if (list.of === 'ended') return { where, match, order: 'newest' }
  const reach = visibleMarks(looking.members)
  if (list.of === 'news') return { where, match, order: 'due', ...(reach ? { reach, news: true } : {}) }
  if (list.byId && !match) return { where, match, order: 'due' }
  return { where: and(OPEN, where), match, order: 'due', open: true, ...(reach && !list.of ? { reach } : {}) }
}

/**
 * How many stand in each of these lists, in their order. Whoever sees a part of the district has few open cases: they are looked through
 * once for all lists. The district's desk has an index for each.
 */
export async function countLists(
  store: Pick<Store, 'read' | 'kind'>,
  lists: readonly ListOf[],
  looking: Looking,
): Promise<Counted[]> {
  const news = store.kind === 'postgresql'
  const part = visibleMarks(looking.members) !== null
  const together = lists.filter(list => part && (!list.of || (news && list.of === 'news')))
  // Side by side: PostgreSQL has more than one thread.
  const [sums, ...alone] = await Promise.all([
    together.length ? sumsOf(store, together, looking) : new Map<string, number>(),
    ...lists.map(list => {
      if (!together.includes(list)) return countOf(store, ofList(list, looking))
      // What is open was counted with the others.
      return list.of === 'news' ? countOf(store, endedOf(list, looking)) : null
    }),
  ])
  return lists.map((list, n) =>
    sums.has(list.key) ? counted(sums.get(list.key)! + (alone[n]?.count ?? 0)) : alone[n]!,
  )
}

const NOT_OPEN: Where = { sql: 'c."closedAt" IS NOT NULL', values: [] }
const endedOf = (list: ListOf, looking: Looking): Chosen => {
  const { where, match, order } = ofList(list, looking)
  return { where: and(NOT_OPEN, where), match, order }
}

/** How many open cases stand in each list, by its key. */
async function sumsOf(
  { read, kind }: Pick<Store, 'read' | 'kind'>,
  lists: readonly ListOf[],
  looking: Looking,
): Promise<Map<string, number>> {
  const seen = and(OPEN, visible(looking.members))
  const { desk, from, sql, values } =
    kind === 'postgresql' ? byMarks(looking.members, seen) : byIndex(lists[0]!, looking, seen)
  const wheres = lists.map(list => list.where(desk ? { ...looking, desk } : looking))
  const columns = wheres.map((where, n) => `SUM(CASE WHEN ${where.sql} THEN 1 ELSE 0 END) AS "n${n}"`)
  const row = await read.sql.get<Record<string, number | null>>(
    `SELECT ${columns.join(', ')} FROM ${from} WHERE ${sql}`,
    ...[...wheres.flatMap(where => where.values), ...values],
  )
  return new Map(lists.map(({ key }, n) => [key, Number(row?.[`n${n}`] ?? 0)]))
}

const byIndex = (list: ListOf, { members }: Looking, where: Where) => ({
  desk: null,
  ...tables('sqlite', { where, match: listMatch(list, members), order: 'due', open: true }),
})

/**
 * On PostgreSQL marks say as well which cases are on the desk: no case is asked for its orders list by list. OFFSET 0: the index of open cases is read
 * through once (one by one their rows would be fetched), and what is left is asked whether it may be seen.
 */
function byMarks(members: readonly Member[], seen: Where) {
  const desk = deskMarks(members)
  const marks = [...new Set([...(visibleMarks(members) ?? []), ...desk])]
  return {
    desk: { sql: 'c."desk"', values: [] },
    from: `(SELECT k.*, m."desk" FROM (SELECT k.* FROM "Case" k WHERE k."closedAt" IS NULL OFFSET 0) k
      JOIN (SELECT r."no", BOOL_OR(r."mark" = ANY (CAST(? AS text[]))) AS "desk" FROM "OpenMark" r WHERE r."mark" = ANY (CAST(? AS text[])) GROUP BY r."no") m
      ON m."no" = k."no" OFFSET 0) c`,
    sql: seen.sql,
    values: [asArray(desk), asArray(marks), ...seen.values],
  }
}

/** The order a case is in hand by, what was objected to, how far reminders have gone, whether it stands still, what was asked for. */
const ROW = `${CASE_COLUMNS}, c."titleEnc",
  (SELECT o."kind" FROM "Order" o WHERE o."caseId" = c."id" AND o."parentId" IS NULL AND o."state" IN ('offered', 'open', 'signed', 'objected') ORDER BY o."openedAt" DESC, o."id" DESC LIMIT 1) AS "orderKind",
  (SELECT COUNT(*) FROM "Order" o WHERE o."caseId" = c."id" AND o."state" = 'objected') AS "objections",
  COALESCE((SELECT MAX(d."stage") FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" <> 'callBack' AND d."metAt" IS NULL AND d."endedAt" IS NULL), 0) AS "stage",
  CASE WHEN EXISTS (SELECT 1 FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" = 'resume' AND d."metAt" IS NULL AND d."endedAt" IS NULL) THEN 1 ELSE 0 END AS "paused",
  CASE WHEN c."state" IN ('working', 'redo') AND ${ASKED} THEN 1 ELSE 0 END AS "asks"`

type Raw = Omit<InboxRow, 'title'> & { titleEnc: Uint8Array }
/** A page asked for: where it begins, how long it is, and whether it is also asked how many there are. */
export interface Asked {
  cursor: Cursor | null
  limit: number
  counted?: boolean
}

/** One page, and how many there are where that is asked. What is drawn of a case is read for those shown alone. */
export async function pageOf(
  store: Pick<Store, 'read' | 'kind'>,
  chosen: Chosen,
  { cursor, limit, counted: counts = false }: Asked,
): Promise<{ rows: InboxRow[]; next: Cursor | null; counted: Counted | null }> {
  const { found, n } = await firstOf(store, chosen, cursor, { limit: limit + 1, counts })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const after =
    last && (chosen.order === 'newest' ? { no: Number(last.no) } : { due: last.dueAt, id: last.id })
  const ids = shown.map(row => row.id)
  return {
    rows: await rowsOf(store.read, ids),
    next: found.length > limit && after ? after : null,
    counted: n,
  }
}

/** Cases as lines of the inbox, in the order of the ids given. */
export async function rowsOf(from: Reads, ids: readonly string[]): Promise<InboxRow[]> {
  if (ids.length === 0) return []
  const rows = await from.sql.all<Raw>(
    `SELECT ${ROW} FROM "Case" c WHERE c."id" IN (${ids.map(() => '?').join(', ')})`,
    ...ids,
  )
  const byId = new Map(rows.map(row => [row.id, row]))
  return opened(
    from,
    ids.flatMap(id => byId.get(id) ?? []),
  )
}

async function opened(from: Reads, rows: readonly Raw[]): Promise<InboxRow[]> {
  await holdKeys(
    from,
    rows.map(row => row.id),
  )
  return Promise.all(
    rows.map(async ({ titleEnc, ...row }) => ({ ...row, title: await titleOf(from, row.id, titleEnc) })),
  )
}

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
