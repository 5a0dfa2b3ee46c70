import { assess } from '../rules/cases/assess.ts'
import { isAssessedKind } from '../rules/cases/invariant.ts'
import { addAssessments, isAssessed, saidLines, unassessed } from '../store/assessments.ts'
import { type CaseRow, caseById } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { ordersOf } from '../store/orders.ts'
import { spansOfCases } from '../store/walk.ts'
import { dayOf, type House } from './house.ts'

/**
 * 一考评: writes the assessment of an ended case and of every order of it, in the transaction that ended it. Once for each end: ended again
 * after it was reopened, it gets new ones and those of before no longer count. Answers false when there was nothing to do.
 */
export async function assessCase(house: House, tx: Tx, row: CaseRow): Promise<boolean> {
  const at = row.closedAt
  if (!at || !isAssessedKind(row.kind) || (await isAssessed(tx, row.id, at))) return false
  const orders = await ordersOf(tx, row.id)
  const assessed = assess({
    unit: row.holderUnitId,
    redos: row.redoCount,
    clocks: await deadlinesOf(tx, row.id),
    orders: orders.map(({ id, unitId, doneAt }) => ({ id, unit: unitId, doneAt })),
    said: await saidLines(tx, row.id),
  })
  await addAssessments(tx, row, assessed, { at, month: dayOf(house, at).slice(0, 7) })
  return true
}

/** Assesses what ended before there were assessments; run twice or late it does the same. Returns how many cases. */
export async function assessEnded(house: House): Promise<number> {
  const { read, write } = house.store
  let done = 0
  for await (const span of spansOfCases(read))
    for (const { id } of await unassessed(read, span)) {
      const did = await write(async tx => {
        const row = await caseById(tx, id)
        return row !== null && (await assessCase(house, tx, row))
      }, id)
      if (did) done++
    }
  return done
}
