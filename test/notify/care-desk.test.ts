import { afterEach, beforeEach, expect, it } from 'vitest'
import { openChild } from '../../src/actions/care/open-child.ts'
import { tellCareDesk } from '../../src/actions/care/tell-desk.ts'
import type { Who } from '../../src/actions/rights.ts'
import { changeVolunteer } from '../../src/store/care/volunteers.ts'
import { paired } from '../actions/care/people.ts'
import { clerk, DISTRICT } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
let who: Who
let ids: Awaited<ReturnType<typeof paired>>
beforeEach(async () => {
  t = await makeHouse()
  who = await clerk(t, 'care', 'careCoordinator', DISTRICT)
  ids = await paired(t, who)
})
afterEach(() => t.close())

/** What was said since the start: `notice cause-without-ids`. */
const said = async () =>
  (
    await t.house.store.read.sql.all<{ notice: string }>(
      `SELECT "notice" FROM "Notice" ORDER BY "createdAt", "notice"`,
    )
  ).map(row => row.notice)

it('the digest of the week, once, on its first working day in the morning', async () => {
  t.at('2026-11-09T00:00:00.000Z')
  expect(await tellCareDesk(t.house)).toBe(0)
  t.at('2026-11-09T01:00:00.000Z')
  expect([await tellCareDesk(t.house), await tellCareDesk(t.house)]).toEqual([1, 0])
  t.at('2026-11-10T01:00:00.000Z')
  expect(await tellCareDesk(t.house)).toBe(0)
  t.at('2026-11-16T01:00:00.000Z')
  expect(await tellCareDesk(t.house)).toBe(1)
  expect(await said()).toEqual(['coordinator.digest', 'coordinator.digest'])
})

it('a background check that is about to lapse, and once more when it has', async () => {
  await t.house.store.write(tx => changeVolunteer(tx, ids.volunteerId, { checkedAt: '2025-11-20' }))
  t.at('2026-11-07T01:00:00.000Z')
  expect([await tellCareDesk(t.house), await tellCareDesk(t.house)]).toEqual([1, 0])
  t.at('2026-11-21T01:00:00.000Z')
  expect([await tellCareDesk(t.house), await tellCareDesk(t.house)]).toEqual([1, 0])
  expect(await said()).toEqual(['coordinator.check', 'coordinator.check'])
})

it('a mandatory report over its time is told at any hour', async () => {
  t.at('2026-11-07T13:30:00.000Z')
  await t.say(ids.address, '刚去看了小禾，胳膊上好几处淤青')
  t.pass(119 * 60_000)
  expect(await tellCareDesk(t.house)).toBe(0)
  t.pass(2 * 60_000)
  expect([await tellCareDesk(t.house), await tellCareDesk(t.house)]).toEqual([1, 0])
})

it('once a month the auditor is told who opened records', async () => {
  await clerk(t, 'audit', 'auditor', DISTRICT)
  await openChild(t.house, who, ids.childId, { reason: '家长来电话核对' })
  t.at('2026-12-05T01:00:00.000Z')
  await t.house.store.write(tx => changeVolunteer(tx, ids.volunteerId, { checkedAt: '2026-06-01' }))
  expect([await tellCareDesk(t.house), await tellCareDesk(t.house)]).toEqual([1, 0])
  expect(await said()).toEqual(['auditor.review'])
})
