import { addAudit, type Reading, readingsOf, reviewsOf } from '../../store/audit.ts'
import type { Reads } from '../../store/db.ts'
import { type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'

/** More openings than a district has in a month. */
const MOST = 10_000

/** Every opening of a month `YYYY-MM`, newest first. Months are counted in universal time, as the log is. */
export function readingsIn(from: Reads, month: string): Promise<Reading[]> {
  const [year = 0, no = 1] = month.split('-').map(Number)
  const next = new Date(Date.UTC(year, no, 1)).toISOString()
  return readingsOf(from, { since: `${month}-01T00:00:00.000Z`, before: next }, MOST)
}

/**
 * The reviewer has read the reasons of a month and says what was found; it stands in the log for ever (未成年人网络保护条例 36–37).
 * Refusals: notYours (only an auditor reviews), reviewed (nothing was opened since the last word).
 */
export function reviewMonth(house: House, who: Who, month: string, note: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    if (!cares(house, who, 'reviewReadings', house.district.code)) return refused('notYours')
    const [last] = await reviewsOf(tx, month)
    const [newest] = await readingsIn(tx, month)
    if (last && (!newest || newest.at <= last.at)) return refused('reviewed')
    await addAudit(tx, { staffId: who.staffId, what: 'careReview', field: month, detail: note }, house.now())
    return { ok: true }
  }, month)
}
