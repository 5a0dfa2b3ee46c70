import { addDays } from '../../rules/care/dates.ts'
import { addAudit } from '../../store/audit.ts'
import { childRecord } from '../../store/care/children.ts'
import { type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { deskOf, OWED_DAYS, stateOf, UNSEEN_DAYS } from './desk.ts'
import { cares } from './registry.ts'

/** How the children of one school stand: numbers alone. */
export interface SchoolLine {
  school: string
  children: number
  unseen: number
  late: number
}

/**
 * Figures by school. The school stands in the sealed records, so they are counted with a reason that is logged first; no child is named, and
 * those without consent are left out. Refusals: notYours.
 */
export function schoolFigures(
  house: House,
  who: Who,
  reason: string,
): Promise<Result<{ schools: SchoolLine[] }>> {
  return house.store.write(async tx => {
    if (!who.members.some(({ role }) => role === 'careCoordinator')) return refused('notYours')
    await addAudit(tx, { staffId: who.staffId, what: 'careSchools', detail: reason }, house.now())
    const { children, today } = await deskOf(house, tx, who, 'coordinate')
    const since = addDays(today, -OWED_DAYS)
    const lines = new Map<string, SchoolLine>()
    for (const { child, consent, unseenDays, duties } of children) {
      if (child.endedAt || consent !== 'given' || !cares(house, who, 'openChild', child.unitId)) continue
      const school = (await childRecord(tx, child.id))?.record.school ?? ''
      const line = lines.get(school) ?? { school, children: 0, unseen: 0, late: 0 }
      line.children++
      if ((unseenDays ?? 0) > UNSEEN_DAYS) line.unseen++
      if (duties.some(duty => duty.due >= since && ['late', 'missed'].includes(stateOf(duty, today))))
        line.late++
      lines.set(school, line)
    }
    return { ok: true, schools: [...lines.values()].sort((a, b) => b.unseen - a.unseen || b.late - a.late) }
  }, who.staffId)
}
