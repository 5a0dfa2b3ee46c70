import { mayOffice, maySee } from '../rules/people/may.ts'
import { addAudit } from '../store/audit.ts'
import { caseById } from '../store/cases.ts'
import type { Reads } from '../store/db.ts'
import type { NoticeRow } from '../store/notices.ts'
import { type House, type Result, refused } from './house.ts'
import { forRights, type Who } from './rights.ts'

/** Told to volunteers and parents: about no case, and the coordinator's to say otherwise. */
const isOfCare = (notice: string): boolean => /^(?:volunteer|parent)\./.test(notice)

/** May this person clear the notice: it is their office, and its case, if any, is theirs to see. */
export async function mayClear(
  house: House,
  from: Reads,
  who: Who,
  notice: Pick<NoticeRow, 'caseId' | 'notice'>,
): Promise<boolean> {
  if (!who.members.some(member => mayOffice(member.role, 'clearNotices'))) return false
  const row = notice.caseId ? await caseById(from, notice.caseId) : null
  const keeper = isOfCare(notice.notice) ? 'careCoordinator' : 'districtDispatcher'
  if (!row) return who.members.some(member => member.role === keeper)
  const rights = await forRights(from, house.district, row)
  return who.members.some(member => maySee(member, rights))
}

/** What could not be delivered was said in another way: by telephone, at the door. Refusals: notFound, faster. */
export function clearNotice(house: House, who: Who, id: string, how: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await tx.sql.get<{ caseId: string | null; notice: string; clearedById: string | null }>(
      'SELECT "caseId", "notice", "clearedById" FROM "Notice" WHERE "id" = ?',
      id,
    )
    if (!row || !(await mayClear(house, tx, who, row))) return refused('notFound')
    const touched = await tx.sql.run(
      `UPDATE "Notice" SET "state" = 'cleared', "clearedById" = ?, "clearedHow" = ? WHERE "id" = ? AND "state" IN ('givenUp', 'unknown')`,
      who.staffId,
      how,
      id,
    )
    if (touched === 0) return refused('faster', { with: { staffId: row.clearedById } })
    const now = house.now()
    await addAudit(tx, { staffId: who.staffId, what: 'clearNotice', caseId: row.caseId, detail: how }, now)
    tx.changes.notices = true
    tx.changes.lists = true
    return { ok: true }
  })
}
