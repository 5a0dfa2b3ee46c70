import { inHand, type OrderFact, type OrderState, openParts } from '../rules/cases/orders.ts'
import type { OrderKind } from '../rules/cases/types.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { endOrderClocks } from './deadlines.ts'
import { keyOf, opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** The case in somebody's hands. */
export interface OrderRow {
  id: string
  caseId: string
  parentId: string | null
  kind: OrderKind
  unitId: string
  staffId: string | null
  /** The district leader who leads a returned case. */
  leaderId: string | null
  /** First of the departments whistled together. */
  lead: number
  state: OrderState
  openedAt: string
  signedAt: string | null
  dueAt: string | null
  doneAt: string | null
}

/** What is said with an order, sealed: what to do, by which item of the whistle list, and an objection with its proposal. */
export interface OrderWords {
  task?: string
  item?: string
  /** Hours to come, by the whistle list. */
  hours?: number
  grounds?: string
  proposal?: string
}

const COLUMNS =
  '"id", "caseId", "parentId", "kind", "unitId", "staffId", "leaderId", "lead", "state", "openedAt", "signedAt", "dueAt", "doneAt"'

export interface NewOrder
  extends Omit<OrderRow, 'id' | 'signedAt' | 'doneAt' | 'leaderId' | 'lead' | 'staffId' | 'dueAt'> {
  staffId?: string | null
  dueAt?: string | null
  lead?: boolean
  openedById?: string | null
  words?: OrderWords
}

export async function openOrder(tx: Tx, order: NewOrder): Promise<OrderRow> {
  const { words, lead, openedById = null, ...facts } = order
  const id = newId()
  const row: OrderRow = {
    ...{ id, signedAt: null, doneAt: null, staffId: null, dueAt: null, leaderId: null },
    ...facts,
    lead: lead ? 1 : 0,
  }
  const key = words ? await keyOf(tx, row.caseId) : null
  const reasonEnc = key && words ? sealed(key, `Order.reasonEnc.${id}`, asText(words)) : null
  await insert(tx.sql, 'Order', { ...row, openedById, reasonEnc })
  tx.unmarked.add(row.caseId)
  return row
}

const asText = (words: OrderWords) => JSON.stringify(words)

export async function ordersOf(from: Reads, caseId: string): Promise<OrderRow[]> {
  return await from.sql.all<OrderRow>(
    `SELECT ${COLUMNS} FROM "Order" WHERE "caseId" = ? ORDER BY "openedAt", "id"`,
    caseId,
  )
}

/** The orders of a case as the rules see them, oldest first. */
export const orderFacts = async (from: Reads, caseId: string): Promise<OrderFact[]> =>
  (await ordersOfAll(from, [caseId])).get(caseId) ?? []

/** The same of several cases, by case; one question. */
export async function ordersOfAll(
  from: Reads,
  caseIds: readonly string[],
): Promise<Map<string, OrderFact[]>> {
  if (caseIds.length === 0) return new Map()
  const rows = await from.sql.all<
    Omit<OrderFact, 'objected' | 'lead'> & { caseId: string; objections: number; lead: number }
  >(
    `SELECT o."caseId", o."id", o."kind", o."unitId" AS "unit", o."state", o."parentId", o."openedAt", o."signedAt", o."lead",
     (SELECT COUNT(*) FROM "Deadline" d WHERE d."caseId" = o."caseId" AND d."orderId" = o."id" AND d."kind" = 'objection') AS "objections"
     FROM "Order" o WHERE o."caseId" IN (${caseIds.map(() => '?').join(', ')}) ORDER BY o."openedAt", o."id"`,
    ...caseIds,
  )
  const found = new Map<string, OrderFact[]>(caseIds.map(id => [id, []]))
  for (const { caseId, objections, lead, ...fact } of rows)
    found.get(caseId)!.push({ ...fact, lead: lead === 1, objected: Number(objections) > 0 })
  return found
}

/** What was said with the orders of a case, and what came of them, by order. */
export async function orderWords(
  from: Reads,
  caseId: string,
): Promise<Map<string, OrderWords & { result?: string }>> {
  const rows = await from.sql.all<{ id: string; reasonEnc: Uint8Array | null; resultEnc: Uint8Array | null }>(
    'SELECT "id", "reasonEnc", "resultEnc" FROM "Order" WHERE "caseId" = ?',
    caseId,
  )
  const key = rows.some(row => row.reasonEnc || row.resultEnc) ? await keyOf(from, caseId) : null
  return new Map(
    rows.map(({ id, reasonEnc, resultEnc }) => {
      const words = JSON.parse(opened(key, `Order.reasonEnc.${id}`, reasonEnc) ?? '{}') as OrderWords
      const result = opened(key, `Order.resultEnc.${id}`, resultEnc)
      return [id, { ...words, ...(result ? { result } : {}) }]
    }),
  )
}

/** Keeps the words of an order; `result` is what its unit reports. */
export async function keepOrderWords(
  tx: Tx,
  order: { id: string; caseId: string },
  said: { words?: OrderWords; result?: string },
): Promise<void> {
  const key = await keyOf(tx, order.caseId)
  for (const [column, text] of [
    ['reasonEnc', said.words && asText(said.words)],
    ['resultEnc', said.result],
  ] as const)
    if (key && text)
      await tx.sql.run(
        `UPDATE "Order" SET "${column}" = ? WHERE "id" = ?`,
        sealed(key, `Order.${column}.${order.id}`, text),
        order.id,
      )
}

export async function changeOrder(
  tx: Tx,
  id: string,
  changes: {
    state: OrderState
    staffId?: string | null
    leaderId?: string | null
    signedAt?: string
    doneAt?: string
  },
): Promise<void> {
  const names = Object.keys(changes)
  await tx.sql.run(
    `UPDATE "Order" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "id" = ?`,
    ...Object.values(changes),
    id,
  )
}

/** Ends the order a case is in hand by, with the parts under it and their clocks. Returns the units whose part was ended. */
export async function endInHand(
  tx: Tx,
  caseId: string,
  state: 'done' | 'withdrawn',
  now: string,
): Promise<string[]> {
  const orders = await orderFacts(tx, caseId)
  const own = inHand(orders)
  const parts = openParts(orders)
  for (const part of parts) await endOrder(tx, part.id, 'withdrawn', now)
  if (own) await endOrder(tx, own.id, state, now)
  return parts.map(part => part.unit)
}

/** Ends one order; the clocks of its own that still run no longer matter. */
export async function endOrder(tx: Tx, id: string, state: 'done' | 'withdrawn', now: string): Promise<void> {
  await changeOrder(tx, id, { state, doneAt: now })
  await endOrderClocks(tx, id, now)
}
