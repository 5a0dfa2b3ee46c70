import { calendarOf } from '../district.ts'
import { isOfficeTime } from '../rules/calendar/working-time.ts'
import { isHalfGone } from '../rules/cases/deadlines.ts'
import { caseById } from '../store/cases.ts'
import { askedOnce, keepStage } from '../store/deadlines.ts'
import { ownCaseByCode } from '../store/own-cases.ts'
import type { House } from './house.ts'
import { tell } from './tell.ts'

/** 回访: asks once more, half-way through the time for the resident's word and in office hours. Returns how many were asked. */
export async function askAgain(house: House): Promise<number> {
  const now = house.now()
  let asked = 0
  for (const clock of await askedOnce(house.store.read)) {
    const done = await house.store.write(async tx => {
      const row = await caseById(tx, clock.caseId)
      const calendar = calendarOf(house.district, row?.holderUnitId ?? null)
      if (row?.state !== 'answered' || now > clock.due) return false
      if (row.kind === 'gridReport' && (await ownCaseByCode(tx, row.code))?.selfDone) return false
      if (!isOfficeTime(calendar, now) || !isHalfGone(clock, now, calendar)) return false
      if (!(await keepStage(tx, clock.id, 1, null))) return false
      const office = house.district.units.get(row.holderUnitId)?.name ?? ''
      const days = house.district.settings.reopenDays
      const body = { code: row.code, office, due: clock.due, days }
      await tell({ house, tx, row, cause: `${clock.id}.1`, body, now }, ['resident.askRating'])
      return true
    }, clock.caseId)
    if (done) asked++
  }
  return asked
}
