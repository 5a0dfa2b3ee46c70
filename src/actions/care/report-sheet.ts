import { addAudit } from '../../store/audit.ts'
import { type ChildRecord, childRecord } from '../../store/care/children.ts'
import {
  type ReportRecord,
  type ReportRow,
  reportById,
  reporterOf,
  reportRecord,
} from '../../store/care/needs.ts'
import { volunteerName } from '../../store/care/volunteers.ts'
import { staffName } from '../../store/staff.ts'
import { type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { logOpening } from './open-child.ts'
import { cares } from './registry.ts'

export interface ReportSheet {
  row: ReportRow
  record: ReportRecord
  child: ChildRecord
  guardian: string
}

/**
 * The prefilled mandatory report with the names it needs: an opening of the child, logged; consent is not asked for, the law obliges
 * (未成年人保护法 11). Who reported is not on it. Refusals: notFound, notYours, gone.
 */
export function takeReport(house: House, who: Who, id: string): Promise<Result<ReportSheet>> {
  return house.store.write(async tx => {
    const row = await reportById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const logged = await logOpening(house, tx, who, row.childId, {
      reason: 'mandatoryReport',
      emergency: true,
    })
    if (!logged.ok) return logged
    const record = await reportRecord(tx, row)
    const found = await childRecord(tx, row.childId)
    if (!record || !found) return refused('gone')
    const guardian = found.carers.find(carer => carer.kind === 'guardian')
    return {
      ok: true,
      row,
      record,
      child: found.record,
      guardian: guardian ? `${guardian.name} ${guardian.phone}` : '',
    }
  }, id)
}

/**
 * Who reported, for the one case where police or another organ asks: with a reason, logged in the same transaction. It stands nowhere
 * else. Refusals: notFound, gone.
 */
export function tellReporter(
  house: House,
  who: Who,
  id: string,
  reason: string,
): Promise<Result<{ kind: 'volunteer' | 'staff'; name: string }>> {
  return house.store.write(async tx => {
    const row = await reportById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const reporter = await reporterOf(tx, row)
    if (!reporter) return refused('gone')
    const line = { staffId: who.staffId, what: 'careReporter', field: row.childId, detail: reason } as const
    await addAudit(tx, line, house.now())
    const [kind, of = ''] = reporter.split(':')
    if (kind === 'staff') return { ok: true, kind, name: (await staffName(tx, of)) ?? '' }
    return { ok: true, kind: 'volunteer', name: (await volunteerName(tx, of)).name }
  }, id)
}
