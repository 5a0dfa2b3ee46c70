import { digestDay } from '../../rules/calendar/digest-day.ts'
import { checkedUntil, checkOn } from '../../rules/care/check.ts'
import { addDays } from '../../rules/care/dates.ts'
import { mayRemind } from '../../rules/care/reminders.ts'
import type { NoticeKey } from '../../rules/notices/table.ts'
import { absencesFrom, awayOn } from '../../store/care/absences.ts'
import { overdueReports } from '../../store/care/needs.ts'
import { volunteersOf } from '../../store/care/volunteers.ts'
import { membersOf, staffName, staffWithRole } from '../../store/staff.ts'
import { dayOf, type House } from '../house.ts'
import { coordinators } from './coordinators.ts'
import { deskOf, figuresOf } from './desk.ts'
import { outlived } from './keeping.ts'
import { readingsIn } from './review.ts'
import { tellCoordinator } from './say.ts'

interface Word {
  key: NoticeKey
  staffId: string
  cause: string
  body: Record<string, string | number>
}

/**
 * What the desk of care is told beside single duties: a mandatory report that is over its time (day and night), background checks about
 * to lapse, the digest of the week on its first working day, and once a month to the auditor who opened what. Each once: the outbox
 * knows. Returns how many were said anew.
 */
export async function tellCareDesk(house: House): Promise<number> {
  const now = house.now()
  const words = [...(await overdue(house, now))]
  if (mayRemind(now, house.district.zone))
    words.push(
      ...(await checks(house)),
      ...(await digests(house, now)),
      ...(await reviews(house, now)),
      ...(await keeping(house)),
    )
  let said = 0
  for (const word of words) {
    const known = await house.store.read.sql.get(
      'SELECT 1 AS "n" FROM "Notice" WHERE "notice" = ? AND "recipient" = ? AND "cause" = ?',
      word.key,
      `staff:${word.staffId}`,
      word.cause,
    )
    if (known) continue
    const { key, staffId, cause, body } = word
    await house.store.write(tx => tellCoordinator(house, tx, key, staffId, { cause, body, now }), staffId)
    said++
  }
  return said
}

async function coordinatorsNow(house: House) {
  const { read } = house.store
  const today = dayOf(house, house.now())
  return coordinators(read, house.district, awayOn(await absencesFrom(read, today), today))
}

async function overdue(house: House, now: string): Promise<Word[]> {
  const rows = await overdueReports(house.store.read, now)
  if (rows.length === 0) return []
  const of = await coordinatorsNow(house)
  return rows.flatMap(({ id, unitId, dueAt }) => {
    const staffId = of(unitId)
    return staffId ? [{ key: 'coordinator.report', staffId, cause: id, body: { due: dueAt } }] : []
  })
}

async function checks(house: House): Promise<Word[]> {
  const { checkMonths } = house.district.care
  const today = dayOf(house, house.now())
  const due = (await volunteersOf(house.store.read)).filter(
    row => !row.endedAt && row.checkedAt && checkOn(row.checkedAt, checkMonths, today) !== 'good',
  )
  if (due.length === 0) return []
  const of = await coordinatorsNow(house)
  return due.flatMap(row => {
    const staffId = of(row.unitId)
    const date = checkedUntil(row.checkedAt, checkMonths)!
    const stage = date < today ? 'lapsed' : 'soon'
    return staffId
      ? [{ key: 'coordinator.check', staffId, cause: `${row.id}.${date}.${stage}`, body: { date } }]
      : []
  })
}

/** A record that has outlived its purpose: somebody is asked; nothing is ever deleted without their word. */
async function keeping(house: House): Promise<Word[]> {
  const rows = await outlived(house, house.store.read)
  if (rows.length === 0) return []
  const of = await coordinatorsNow(house)
  return rows.flatMap(({ child, keptUntil }) => {
    const staffId = of(child.unitId)
    const body = { name: child.pseudonym, date: keptUntil }
    return staffId ? [{ key: 'coordinator.keep', staffId, cause: `${child.id}.${keptUntil}`, body }] : []
  })
}

/** Monday's digest: on the first working day of the week, in the morning. */
async function digests(house: House, now: string): Promise<Word[]> {
  const due = digestDay(house.district.calendar, now)
  if (!due) return []
  const { read } = house.store
  const words: Word[] = []
  for (const staffId of await staffWithRole(read, 'careCoordinator')) {
    const cause = `care.${due.week}`
    const said = await read.sql.get(
      'SELECT 1 AS "n" FROM "Notice" WHERE "recipient" = ? AND "cause" = ?',
      `staff:${staffId}`,
      cause,
    )
    if (said) continue
    const who = {
      staffId,
      name: (await staffName(read, staffId)) ?? '',
      members: await membersOf(read, staffId),
    }
    const { unseen, late, week, alone, needs } = figuresOf(
      house,
      await deskOf(house, read, who, 'coordinate'),
    )
    words.push({ key: 'coordinator.digest', staffId, cause, body: { unseen, late, week, alone, needs } })
  }
  return words
}

/** The month that ended: how often records were opened, for the auditor to read the reasons. */
async function reviews(house: House, now: string): Promise<Word[]> {
  const first = `${dayOf(house, now).slice(0, 7)}-01`
  const month = addDays(first, -1).slice(0, 7)
  const { read } = house.store
  const auditors = await staffWithRole(read, 'auditor')
  const cause = `care.${month}`
  const said = await read.sql.all<{ recipient: string }>(
    'SELECT "recipient" FROM "Notice" WHERE "cause" = ?',
    cause,
  )
  const left = auditors.filter(id => !said.some(({ recipient }) => recipient === `staff:${id}`))
  if (left.length === 0) return []
  const rows = await readingsIn(read, month)
  if (rows.length === 0) return []
  const emergency = rows.filter(row => row.what === 'openChildEmergency').length
  const children = new Set(rows.map(row => row.childId)).size
  return left.map(staffId => ({
    key: 'auditor.review',
    staffId,
    cause,
    body: { month, readings: rows.length, emergency, children },
  }))
}
