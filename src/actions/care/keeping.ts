import { asksToday, keptUntil } from '../../rules/care/keep.ts'
import { addAudit, keptOn } from '../../store/audit.ts'
import { type ChildRow, childRecord, childrenOf } from '../../store/care/children.ts'
import type { Reads } from '../../store/db.ts'
import { keyOf } from '../../store/keys.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { coordinated } from './registry.ts'

/** A child whose care has ended and whose record has had its time, or nearly. */
export interface Outlived {
  child: ChildRow
  endedOn: string
  keptUntil: string
}

/** Records about which somebody is to be asked whether they may go; those erased are gone already. */
export async function outlived(house: House, from: Reads): Promise<Outlived[]> {
  const today = dayOf(house, house.now())
  const { keepYears, keepUntilAge } = house.district.care
  const found: Outlived[] = []
  for (const child of await childrenOf(from)) {
    // Nobody reads it: the year of birth alone counts here.
    if (!child.endedAt || !(await keyOf(from, child.id))) continue
    const endedOn = dayOf(house, child.endedAt)
    const birthDate = (await childRecord(from, child.id))?.record.birthDate ?? null
    const kept = { endedOn, birthDate, keptOn: await keptOn(from, child.id) }
    const until = keptUntil(kept, keepYears, keepUntilAge)
    if (asksToday(until, today)) found.push({ child, endedOn, keptUntil: until })
  }
  return found
}

/** Keeps the record of an ended care until a later day, with a reason that is logged. Refusals: notFound, notEnded. */
export function keepOn(
  house: House,
  who: Who,
  id: string,
  given: { until: string; reason: string },
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await coordinated(house, tx, who, id)
    if (!found.ok) return found
    if (!found.child.endedAt) return refused('notEnded')
    const detail = `${given.until} ${given.reason}`
    await addAudit(tx, { staffId: who.staffId, what: 'careKeep', field: id, detail }, house.now())
    return { ok: true }
  }, id)
}
