import { mayReveal, maySee } from '../rules/people/may.ts'
import { addAudit } from '../store/audit.ts'
import { caseByCode, textsOf } from '../store/cases.ts'
import { type House, type Result, refused } from './house.ts'
import { forRights, type Who } from './rights.ts'

export const REVEALED = ['name', 'phone', 'place'] as const
export type Revealed = (typeof REVEALED)[number]

/**
 * Opens one masked value for somebody who works on the case. The line of the audit is written in the same transaction: no
 * value leaves without it. Refusals: notFound, notYours, empty.
 */
export function reveal(
  house: House,
  who: Who,
  code: string,
  { field, reason }: { field: Revealed; reason: string },
): Promise<Result<{ value: string }>> {
  return house.store.write(async tx => {
    const row = await caseByCode(tx, code)
    const rights = row && (await forRights(tx, house.district, row))
    if (!row || !rights || !who.members.some(member => maySee(member, rights))) return refused('notFound')
    if (!who.members.some(member => mayReveal(member, rights))) return refused('notYours')
    const value = (await textsOf(tx, row.id))[field]
    if (!value) return refused('empty')
    const now = house.now()
    await addAudit(tx, { staffId: who.staffId, what: 'reveal', caseId: row.id, field, detail: reason }, now)
    return { ok: true, value }
  })
}
