import { afterEach, beforeEach, expect, it } from 'vitest'
import { acknowledgeAlert, escalateAlerts } from '../../src/actions/alerts.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { closeAnswered, dispatchUngrabbed, remindOffices } from '../../src/notify/jobs/cases.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { ANSWER, clerk, DISTRICT, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
beforeEach(async () => {
  t = await makeHouse()
})
afterEach(async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  await t.close()
})

const notices = async (of: string) =>
  (
    await t.house.store.read.sql.all<{ notice: string; recipient: string }>(
      'SELECT "notice", "recipient" FROM "Notice" WHERE "notice" LIKE ? ORDER BY "createdAt", "id"',
      of,
    )
  ).map(row => row.notice)

it('dispatches what nobody grabbed, once, to the town of its place', async () => {
  const code = await fileLift(t)
  expect(await dispatchUngrabbed(t.house)).toBe(0)
  t.pass(2 * 3_600_000)
  expect(await dispatchUngrabbed(t.house)).toBe(1)
  expect(await dispatchUngrabbed(t.house)).toBe(0)
  expect(await caseByCode(t.house.store.read, code)).toMatchObject({ state: 'assigned', holderUnitId: WEST })
})

it('urges before expiry, supervises at it, and says each once', async () => {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'contact', { how: 'phone', text: '打过' })
  t.at('2026-11-06T09:00:00.000Z')
  expect(await remindOffices(t.house)).toBe(0)
  t.at('2026-11-09T09:00:00.000Z')
  expect([await remindOffices(t.house), await remindOffices(t.house)]).toEqual([1, 0])
  expect(await notices('%.urged')).toEqual(['unit.urged'])
  t.at('2026-11-11T02:00:00.000Z')
  expect([await remindOffices(t.house), await remindOffices(t.house)]).toEqual([1, 0])
  expect(await notices('%.supervised')).toEqual(
    expect.arrayContaining(['unit.supervised', 'district.supervised']),
  )
  expect(await notices('resident.late')).toEqual(['resident.late'])
})

it('raises a case that breaks a promise again', async () => {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'contact', { how: 'phone', text: '打过' })
  t.at('2026-11-20T02:00:00.000Z')
  await remindOffices(t.house)
  await moveCase(t.house, west, code, 'answer', ANSWER)
  await t.say('wang', '没解决')
  await t.say('wang', '还是不行')
  t.at('2026-12-01T02:00:00.000Z')
  await remindOffices(t.house)
  expect(await notices('district.raised')).toEqual(['district.raised'])
})

it('closes what was answered when the resident says nothing, not before', async () => {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'answer', ANSWER)
  t.at('2026-11-05T02:00:00.000Z')
  expect(await closeAnswered(t.house)).toBe(0)
  t.at('2026-11-09T02:00:00.000Z')
  expect([await closeAnswered(t.house), await closeAnswered(t.house)]).toEqual([1, 0])
  expect((await caseByCode(t.house.store.read, code))?.state).toBe('closed')
})

it('calls the duty holder, after five minutes the deputy, then the leader, and stops when somebody has seen it', async () => {
  const duty = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  await clerk(t, 'dispatcher2', 'districtDispatcher', DISTRICT)
  await clerk(t, 'leader', 'districtLeader', DISTRICT)
  await t.say('li', '我不想活了，药都准备好了')
  const steps = [0, 4, 1, 4, 1, 10]
  const called: number[] = []
  for (const minutes of steps) {
    t.pass(minutes * 60_000)
    called.push(await escalateAlerts(t.house))
  }
  expect(called).toEqual([0, 0, 1, 0, 1, 0])
  expect(await notices('%.danger')).toEqual(['duty.danger', 'deputy.danger', 'leader.danger'])
  const [alert] = await t.house.store.read.sql.all<{ id: string }>('SELECT "id" FROM "Alert"')
  expect(await acknowledgeAlert(t.house, duty, alert!.id)).toMatchObject({ ok: true })
  expect(await acknowledgeAlert(t.house, duty, alert!.id)).toMatchObject({ ok: false, why: 'faster' })
  expect(await notices('resident.acknowledged')).toEqual(['resident.acknowledged'])
})

it('stops calling once somebody has seen it', async () => {
  const duty = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  await clerk(t, 'dispatcher2', 'districtDispatcher', DISTRICT)
  await t.say('li', '我不想活了，药都准备好了')
  const [alert] = await t.house.store.read.sql.all<{ id: string }>('SELECT "id" FROM "Alert"')
  await acknowledgeAlert(t.house, duty, alert!.id)
  t.pass(20 * 60_000)
  expect(await escalateAlerts(t.house)).toBe(0)
})

it('calls again when danger comes back after somebody had seen it, and not twice while nobody has', async () => {
  const duty = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  const alerts = () =>
    t.house.store.read.sql.all<{ id: string }>('SELECT "id" FROM "Alert" ORDER BY "raisedAt"')
  const dangerAgain = async () => {
    await t.say('li', '没事了')
    t.pass(5 * 60_000)
    await t.say('li', '我不想活了，药都准备好了')
  }
  await t.say('li', '我不想活了，药都准备好了')
  await dangerAgain()
  expect((await alerts()).length).toBe(1)
  await acknowledgeAlert(t.house, duty, (await alerts())[0]!.id)
  await dangerAgain()
  expect((await alerts()).length).toBe(2)
})
