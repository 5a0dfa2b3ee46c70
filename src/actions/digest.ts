import { endOfDay } from '../rules/calendar/day.ts'
import { digestDay } from '../rules/calendar/digest-day.ts'
import { NOTICES, type NoticeKey, worthUntil } from '../rules/notices/table.ts'
import { nextOf } from '../store/counters.ts'
import type { Tx } from '../store/db.ts'
import { districtCounts, unitCounts } from '../store/digests.ts'
import { addNotice, type NoticeBody } from '../store/notices.ts'
import { staffWithRole } from '../store/staff.ts'
import type { House } from './house.ts'

const WEEK = 7 * 86_400_000

/** Tells each unit once a working day what is due today, late, or waits for an answer; a unit with nothing to do hears nothing. */
export async function tellDigests(house: House): Promise<number> {
  const now = house.now()
  const { calendar, zone } = house.district
  const due = digestDay(calendar, now)
  if (!due) return 0
  return once(house, `digest.day.${due.day}`, async tx => {
    const rows = await unitCounts(tx, now, endOfDay(now, zone))
    for (const { unit, ...counts } of rows)
      await put(house, tx, 'unit.digest', { unitId: unit }, `digest.${due.day}`, { date: due.day, ...counts })
    return rows.length
  })
}

/** Tells every district leader once a week, on its first working day, how the district stands. */
export async function tellLeaders(house: House): Promise<number> {
  const now = house.now()
  const due = digestDay(house.district.calendar, now)
  if (!due) return 0
  return once(house, `digest.week.${due.week}`, async tx => {
    const counts = await districtCounts(tx, new Date(Date.parse(now) - WEEK).toISOString(), now)
    const leaders = await staffWithRole(tx, 'districtLeader')
    for (const staffId of leaders)
      await put(house, tx, 'leader.digest', { staffId }, `digest.${due.week}`, { date: due.day, ...counts })
    return leaders.length
  })
}

/** The period is taken and its notices are written in one transaction: a run more, or one killed in between, doubles nothing. */
async function once(house: House, period: string, work: (tx: Tx) => Promise<number>): Promise<number> {
  const taken = await house.store.read.sql.get('SELECT 1 AS "n" FROM "Counter" WHERE "name" = ?', period)
  if (taken) return 0
  return house.store.write(async tx => ((await nextOf(tx, period)) > 1 ? 0 : await work(tx)))
}

async function put(
  house: House,
  tx: Tx,
  notice: NoticeKey,
  to: { unitId: string } | { staffId: string },
  cause: string,
  body: NoticeBody,
) {
  const now = house.now()
  const { zone } = house.district
  const until = worthUntil(notice, now, zone)
  const { urgent } = NOTICES[notice]
  await addNotice(
    tx,
    { notice, to, cause, caseId: null, body, urgent, dueAt: now, until, handed: 'inbox' },
    now,
  )
}
