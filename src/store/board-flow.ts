import { type HandFigures, handsOf } from '../rules/board/figures.ts'
import { piecesOf, type Span } from '../rules/board/months.ts'
import { ORDER_KINDS, type OrderKind } from '../rules/cases/types.ts'
import { type BoardScope, under } from './board.ts'
import { type Reads, turnOfTheLoop } from './db.ts'
import { and, type Where } from './inbox.ts'

/** So often one unit passed cases to another by one kind of order. `from` null: out of the common pool, by grabbing or by the district. */
export interface Passed {
  kind: OrderKind
  from: string | null
  to: string
  n: number
}

const all: Where = { sql: '1 = 1', values: [] }

const ofCategory = (category: string | null): Where =>
  category
    ? {
        sql: 'EXISTS (SELECT 1 FROM "Case" c WHERE c."id" = o."caseId" AND c."category" = ?)',
        values: [category],
      }
    : all

/** The unit that had the case before it was returned: that of the order in hand before. */
const RETURNED_BY = `(SELECT b."unitId" FROM "Order" b WHERE b."caseId" = o."caseId" AND b."parentId" IS NULL AND b."openedAt" < o."openedAt"
  ORDER BY b."openedAt" DESC, b."id" DESC LIMIT 1)`

/** An order offered and never taken passed nothing on. */
const TAKEN = `(o."kind" <> 'grab' OR o."signedAt" IS NOT NULL)`

/** Pieces a month is counted in, so that no count holds up the messages of residents. */
const PIECES = 16

/** Who passed to whom in a span of time, by the orders opened in it. Of a unit: what it and all below it gave or got. */
export async function passedIn(from: Reads, span: Span, scope: BoardScope): Promise<Passed[]> {
  const sums = new Map<string, Passed>()
  for (const piece of piecesOf(span, PIECES)) {
    for (const row of await passedOnce(from, piece, scope)) {
      const key = `${row.kind} ${row.from} ${row.to}`
      const sum = sums.get(key)
      if (sum) sum.n += Number(row.n)
      else sums.set(key, { ...row, n: Number(row.n) })
    }
    await turnOfTheLoop()
  }
  return [...sums.values()]
}

async function passedOnce(from: Reads, span: Span, scope: BoardScope): Promise<Passed[]> {
  const opened: Where = {
    sql: `o."openedAt" >= ? AND o."openedAt" < ? AND ${TAKEN}`,
    values: [span.from, span.to],
  }
  const { sql, values } = and(opened, ofCategory(scope.category))
  const [to, by] = scope.path ? [under('f."to"', scope.path), under('f."from"', scope.path)] : [all, all]
  return await from.sql.all<Passed>(
    `SELECT f."kind", f."from", f."to", COUNT(*) AS "n" FROM (
       SELECT o."kind", CASE WHEN o."kind" = 'return' THEN ${RETURNED_BY} ELSE p."unitId" END AS "from", o."unitId" AS "to"
       FROM "Order" o LEFT JOIN "Order" p ON p."id" = o."parentId" WHERE ${sql}
     ) f WHERE ${to.sql} OR ${by.sql} GROUP BY f."kind", f."from", f."to"`,
    ...values,
    ...to.values,
    ...by.values,
  )
}

type Done = Parameters<typeof handsOf>[1][number]

/** Time in each hand: orders done in a span of time, by kind in the order of the five. */
export async function handsIn(from: Reads, span: Span, scope: BoardScope): Promise<HandFigures[]> {
  const by = new Map<OrderKind, Done[]>(ORDER_KINDS.map(kind => [kind, []]))
  for (const piece of piecesOf(span, PIECES)) {
    for (const row of await doneOnce(from, piece, scope)) by.get(row.kind)?.push(row)
    await turnOfTheLoop()
  }
  return [...by].map(([kind, rows]) => handsOf(kind, rows))
}

async function doneOnce(from: Reads, span: Span, scope: BoardScope): Promise<(Done & { kind: OrderKind })[]> {
  const done: Where = {
    sql: `o."doneAt" >= ? AND o."doneAt" < ? AND o."state" = 'done'`,
    values: [span.from, span.to],
  }
  // Not by the index of units: that would read all a unit ever had.
  const own = scope.path ? under(`o."unitId" || ''`, scope.path) : all
  const { sql, values } = and(done, ofCategory(scope.category), own)
  return await from.sql.all<Done & { kind: OrderKind }>(
    `SELECT o."kind", o."openedAt", o."signedAt", o."doneAt" FROM "Order" o WHERE ${sql}`,
    ...values,
  )
}
