import { afterEach, beforeEach, expect, it } from 'vitest'
import { moveCase } from '../../src/actions/move-case.ts'
import { backOff, recoverOutbox, runOutbox } from '../../src/notify/outbox.ts'
import type { Said } from '../../src/notify/ways.ts'
import type { Sent } from '../../src/rules/notices/outcome.ts'
import { setNoticeState } from '../../src/store/notices.ts'
import { clerk, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
let answers: Sent[]
let calls: string[]
beforeEach(async () => {
  t = await makeHouse()
  answers = []
  calls = []
})
afterEach(() => t.close())

const wechat = async ({ addresses }: Said): Promise<Sent> => {
  calls.push(addresses[0]!.address)
  return answers.shift() ?? { is: 'sent' }
}
const rows = () =>
  t.house.store.read.sql.all<{ id: string; state: string; dueAt: string; outcome: string; attempts: number }>(
    `SELECT "id", "state", "dueAt", "outcome", "attempts" FROM "Notice" WHERE "personId" IS NOT NULL ORDER BY "createdAt"`,
  )

/** A resident of WeChat whose case is taken up: one notice waits to be called out. */
async function takenUp() {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  for (const text of ['3号楼电梯坏了两周，我是红山郡的，电话13800000000', '3'])
    await t.say('openid', text, { channel: 'wechat' })
  const receipt = await t.say('openid', '1', { channel: 'wechat' })
  await moveCase(t.house, west, /HS-\d{8}-\d{4}/.exec(receipt)![0], 'grab', {})
}

it('hands a notice over once', async () => {
  await takenUp()
  await runOutbox(t.house, { wechat })
  await runOutbox(t.house, { wechat })
  expect(calls).toEqual(['openid'])
  expect((await rows()).map(row => row.state)).toEqual(['sent'])
})

it('tries again later, at growing distances, until it arrives', async () => {
  await takenUp()
  answers = [
    { is: 'later', afterSeconds: 0, why: 'busy' },
    { is: 'later', afterSeconds: 0, why: 'busy' },
  ]
  for (const minutes of [0, 0, 1, 1, 2]) {
    t.pass(minutes * 60_000)
    await runOutbox(t.house, { wechat }, () => 0)
  }
  expect(calls.length).toBe(3)
  expect((await rows())[0]).toMatchObject({ state: 'sent', attempts: 3 })
  expect([1, 2, 3, 9, 40].map(n => backOff(n))).toEqual([60, 120, 240, 14_400, 14_400])
})

it.each<[string, Sent[], object]>([
  ['a channel that will never take it', [{ is: 'never', why: '48001' }], { wechat: true }],
  ['nobody to call', [], {}],
])('lists for staff: %s', async (_says, given, senders) => {
  await takenUp()
  answers = given
  await runOutbox(t.house, 'wechat' in senders ? { wechat } : {})
  expect((await rows())[0]).toMatchObject({ state: 'givenUp' })
})

it('gives up what is no longer worth saying', async () => {
  await takenUp()
  t.pass(30 * 86_400_000)
  await runOutbox(t.house, { wechat })
  expect(calls).toEqual([])
  expect((await rows())[0]).toMatchObject({ state: 'givenUp', outcome: 'tooLate' })
})

it('after a crash lists as unknown what may have been sent, and repeats what does no harm', async () => {
  await takenUp()
  const [row] = await rows()
  await t.house.store.write(tx => setNoticeState(tx, row!.id, 'sending'))
  await t.house.store.write(
    async tx => void (await tx.sql.run('UPDATE "Notice" SET "channel" = ?', 'wechat')),
  )
  expect(await recoverOutbox(t.house)).toEqual({ repeated: 0, unknown: 1 })
  expect((await rows())[0]?.state).toBe('unknown')
  await t.house.store.write(
    async tx => void (await tx.sql.run('UPDATE "Notice" SET "state" = ?, "urgent" = 1', 'sending')),
  )
  expect((await recoverOutbox(t.house)).unknown).toBe(0)
})
