import type { OrderKind } from '../rules/cases/types.ts'
import { newId, type Reads, type Tx } from './db.ts'
import { insert } from './sql.ts'

export type OrderState = 'offered' | 'open' | 'signed' | 'done' | 'objected' | 'withdrawn'

/** The case in somebody's hands. */
export interface OrderRow {
  id: string
  caseId: string
  parentId: string | null
  kind: OrderKind
  unitId: string
  staffId: string | null
  state: OrderState
  openedAt: string
  signedAt: string | null
  dueAt: string | null
  doneAt: string | null
}

const COLUMNS =
  '"id", "caseId", "parentId", "kind", "unitId", "staffId", "state", "openedAt", "signedAt", "dueAt", "doneAt"'

export async function openOrder(
  tx: Tx,
  order: Omit<OrderRow, 'id' | 'signedAt' | 'doneAt'>,
): Promise<OrderRow> {
  const row: OrderRow = { id: newId(), signedAt: null, doneAt: null, ...order }
  await insert(tx.sql, 'Order', { ...row })
  return row
}

export async function ordersOf(from: Reads, caseId: string): Promise<OrderRow[]> {
  return await from.sql.all<OrderRow>(
    `SELECT ${COLUMNS} FROM "Order" WHERE "caseId" = ? ORDER BY "openedAt", "id"`,
    caseId,
  )
}

/** The order the case is in hand by now. */
export async function orderInHand(from: Reads, caseId: string): Promise<OrderRow | null> {
  const rows = await from.sql.all<OrderRow>(
    `SELECT ${COLUMNS} FROM "Order" WHERE "caseId" = ? AND "state" IN ('offered', 'open', 'signed') ORDER BY "openedAt" DESC, "id" DESC LIMIT 1`,
    caseId,
  )
  return rows[0] ?? null
}

export async function changeOrder(
  tx: Tx,
  id: string,
  changes: {
    state: OrderState
    staffId?: string | null
    signedAt?: string
    doneAt?: string
    kind?: OrderKind
  },
): Promise<void> {
  const names = Object.keys(changes)
  await tx.sql.run(
    `UPDATE "Order" SET ${names.map(name => `"${name}" = ?`).join(', ')} WHERE "id" = ?`,
    ...Object.values(changes),
    id,
  )
}
