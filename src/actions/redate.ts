import { calendarOf } from '../district.ts'
import { limitOf, recounted } from '../rules/cases/deadlines.ts'
import { isOpen } from '../rules/cases/types.ts'
import { caseById } from '../store/cases.ts'
import { type DeadlineRow, moveDeadline, provisionalDeadlines } from '../store/deadlines.ts'
import { addEntry } from '../store/entries.ts'
import { dayOf, type House } from './house.ts'
import { keepNearest } from './pause.ts'
import { tell } from './tell.ts'

const BATCH = 2000

/** Counts dates anew that were only presumed, once the holiday table of their year is loaded. Returns how many clocks it settled. */
export async function redate(house: House): Promise<number> {
  let settled = 0
  for (const clock of await provisionalDeadlines(house.store, BATCH))
    if (await redateOne(house, clock)) settled++
  return settled
}

/** Clocks that are a date promised to the resident, who hears when the day is another. */
const PROMISED: readonly string[] = ['answer', 'redo']

async function redateOne(house: House, clock: DeadlineRow): Promise<boolean> {
  return house.store.write(async tx => {
    const row = await caseById(tx, clock.caseId)
    if (!row || !isOpen(row.state)) return false
    const moved = await tx.sql.get(
      `SELECT 1 AS "n" FROM "Entry" WHERE "caseId" = ? AND "verb" IN ('resume', 'classify') AND "at" > ?`,
      row.id,
      clock.startedAt,
    )
    const byHand = clock.extendedAt !== null || moved !== undefined
    const { settings } = house.district
    const limit = limitOf(settings.profile, row.class, clock.kind)
    const calendar = calendarOf(house.district, row.holderUnitId)
    const to = recounted(calendar, { ...clock, byHand }, limit)
    if (to.provisional && to.due === clock.due) return false
    await moveDeadline(tx, clock.id, to)
    const now = house.now()
    const otherDay = dayOf(house, to.due) !== dayOf(house, clock.due)
    if (otherDay && PROMISED.includes(clock.kind)) {
      const line = { verb: 'redate', public: 1, byKind: 'clock', byId: null } as const
      const { state, holderUnitId } = row
      const at = { unitId: holderUnitId, fromState: state, toState: state, body: { newDue: to.due } }
      const entry = await addEntry(tx, row, { ...line, ...at }, now)
      const office = house.district.units.get(holderUnitId)?.name ?? ''
      const body = { code: row.code, office, newDue: to.due }
      await tell({ house, tx, row, cause: entry.id, body, now }, ['resident.redated'])
    }
    await keepNearest(tx, row, now)
    return !to.provisional
  }, clock.caseId)
}
