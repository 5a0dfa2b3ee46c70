import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tellDigests, tellLeaders } from '../../src/actions/digest.ts'
import type { House } from '../../src/actions/house.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { redate } from '../../src/actions/redate.ts'
import { digestDay } from '../../src/rules/calendar/digest-day.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { type NoticeRow, noticeBody } from '../../src/store/notices.ts'
import { knownBy } from '../../src/store/persons.ts'
import { apply, panelStaff, step } from '../actions/mediating.ts'
import { clerk, DISTRICT, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()
beforeEach(async () => {
  t = await makeHouse()
})
afterEach(async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  await t.close()
})

const notices = async (of: string) => {
  const { read } = t.house.store
  const rows = await read.sql.all<NoticeRow>('SELECT * FROM "Notice" WHERE "notice" = ? ORDER BY rowid', of)
  return Promise.all(
    rows.map(async row => ({
      recipient: row.recipient,
      cause: row.cause,
      body: await noticeBody(read, row),
    })),
  )
}

describe('the day of a digest', () => {
  it.each<[string, string | null, string?]>([
    ['2026-11-03T08:29', null],
    ['2026-11-03T08:30', '2026-11-03', '2026-11-02'],
    ['2026-11-03T17:29', '2026-11-03', '2026-11-02'],
    ['2026-11-03T17:30', null],
    ['2026-11-07T09:00', null],
    ['2026-10-05T09:00', null],
    ['2026-10-10T09:00', '2026-10-10', '2026-10-05'],
    ['2026-10-08T08:30', '2026-10-08', '2026-10-05'],
  ])('at %s: %s', (now, day, week) => {
    expect(digestDay(t.house.district.calendar, at(now))).toEqual(day && { day, week })
  })
})

it('tells a unit what is due, late and waiting, once a working day', async () => {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  const said: number[] = []
  for (const now of [
    '2026-11-04T08:00',
    '2026-11-04T08:30',
    '2026-11-04T08:35',
    '2026-11-07T10:00',
    '2026-11-09T08:31',
  ]) {
    t.at(at(now))
    said.push(await tellDigests(t.house))
  }
  expect(said).toEqual([0, 1, 0, 0, 1])
  expect(await notices('unit.digest')).toEqual([
    {
      recipient: `unit:${WEST}`,
      cause: 'digest.2026-11-04',
      body: { date: '2026-11-04', today: 1, late: 0, waiting: 1, news: 0, orders: 0 },
    },
    {
      recipient: `unit:${WEST}`,
      cause: 'digest.2026-11-09',
      body: { date: '2026-11-09', today: 0, late: 1, waiting: 1, news: 0, orders: 0 },
    },
  ])
})

it('tells a panel of its mediations: what waits for its word, and what is late', async () => {
  const secretary = await panelStaff(t.house, 'secretary', 'panelSecretary')
  const { personId } = await t.house.store.write(tx =>
    knownBy(tx, { channel: 'web', appId: '-', address: 'applicant' }, t.house.now()),
  )
  const code = await apply(t.house, personId)
  t.at(at('2026-11-04T08:30'))
  expect(await tellDigests(t.house)).toBe(1)
  t.at(at('2026-11-09T08:31'))
  expect(await tellDigests(t.house)).toBe(1)
  await step(t.house, { staff: secretary }, code, 'admit')
  t.at(at('2026-11-10T08:31'))
  // The other side's ten days run: nothing of it is the panel's yet.
  expect(await tellDigests(t.house)).toBe(0)
  const none = { today: 0, late: 0, waiting: 0, news: 0, orders: 0 }
  expect((await notices('unit.digest')).map(one => one.body)).toEqual([
    { date: '2026-11-04', ...none, waiting: 1 },
    { date: '2026-11-09', ...none, waiting: 1, late: 1 },
  ])
})

it('a quiet district hears nothing, and what comes later in the day waits for tomorrow', async () => {
  t.at(at('2026-11-04T08:30'))
  expect(await tellDigests(t.house)).toBe(0)
  t.at(at('2026-11-04T09:00'))
  await fileLift(t)
  expect(await tellDigests(t.house)).toBe(0)
  expect(await notices('unit.digest')).toEqual([])
})

it('tells the leaders once a week how the district stands, on its first working day', async () => {
  await clerk(t, 'leader', 'districtLeader', DISTRICT)
  await fileLift(t)
  const said: number[] = []
  for (const now of [
    '2026-11-09T08:00',
    '2026-11-09T08:30',
    '2026-11-09T12:00',
    '2026-11-10T09:00',
    '2026-11-16T15:00',
  ]) {
    t.at(at(now))
    said.push(await tellLeaders(t.house))
  }
  expect(said).toEqual([0, 1, 0, 0, 1])
  expect((await notices('leader.digest'))[0]?.body).toEqual({
    date: '2026-11-09',
    ...{ opened: 1, closed: 0, open: 1, late: 1, raised: 0, rating: 0, paused: 0 },
  })
})

it('counts a presumed date anew when the table of its year is loaded, and says so once', async () => {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  t.at(at('2026-12-30T10:00'))
  const code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'contact', { how: 'phone', text: '打过' })
  expect((await caseByCode(t.house.store.read, code))?.dueAt).toBe(at('2027-01-07T17:30'))
  expect(await redate(t.house)).toBe(0)
  const { district } = t.house
  const { calendar } = district
  const off = [...calendar.off, '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04']
  const loaded: House = {
    ...t.house,
    district: { ...district, calendar: { ...calendar, off, years: [...calendar.years, 2027] } },
  }
  expect([await redate(loaded), await redate(loaded)]).toEqual([1, 0])
  const row = (await caseByCode(t.house.store.read, code))!
  expect(row.dueAt).toBe(at('2027-01-08T17:30'))
  expect((await notices('resident.redated')).map(one => one.body.newDue)).toEqual([at('2027-01-08T17:30')])
  expect((await entriesOf(t.house.store.read, row.id)).at(-1)).toMatchObject({ verb: 'redate', public: 1 })
})
