import { afterAll, beforeAll, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { newChatCode } from '../../src/actions/staff-chat.ts'
import { recordsOf } from '../../src/store/grid-records.ts'
import { openByPlace } from '../../src/store/unit-orders.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { GRID, linked, sendPhotos, toldTo } from './linked.ts'
import { clerk, WEST } from './staff.ts'

/** Grid work over one PostgreSQL and two processes. */
let postgres: Awaited<ReturnType<typeof scratchPostgres>>
let one: TestHouse
let two: TestHouse
beforeAll(async () => {
  postgres = await scratchPostgres()
  await postgres.create('grid')
  one = await makeHouse(postgres.url('grid'))
  two = await makeHouse(postgres.url('grid'))
})
afterAll(async () => {
  expect([...one.faults, ...two.faults]).toEqual([])
  expect((await brokenPromises(one.house.store.read)).broken).toEqual([])
  await one.close()
  await two.close()
  await postgres.stop()
})

const codeIn = (said: string) => /HS-\d{8}-\d{4}/.exec(said)![0]

it('a code sent from two chats at once links one', async () => {
  const { staffId } = await clerk(one, 'twice', 'gridWorker', GRID)
  const { code } = await newChatCode(one.house, staffId)
  const said = await Promise.all([
    one.say('x', `绑定 ${code}`, { id: 'x1' }),
    two.say('y', `绑定 ${code}`, { id: 'y1' }),
  ])
  expect(said.filter(each => each.includes('绑好了'))).toHaveLength(1)
})

it('goes from patrol to record, and of two who accept at once one has it', async () => {
  await linked(one, 'guo')
  await linked(two, 'deng', 'gridHead')
  await one.say('guo', '巡查发现4号楼单元门口路面结冰，当场处理了', { id: 'g1' })
  await two.say('guo', '红山郡4号楼二单元门口', { id: 'g2' })
  await one.say('guo', '把冰铲了', { id: 'g3' })
  await sendPhotos(one, 'guo', 1)
  const settled = codeIn(await two.say('guo', '1', { id: 'g4' }))
  const records = await recordsOf(
    one.house.store.read,
    { under: [GRID], from: '2026-11-01', to: '2026-11-30' },
    10,
  )
  expect(records).toMatchObject([{ duty: 'hazard', code: settled }])
  expect((await openByPlace(one.house.store.read, 'gridId', GRID, one.house.now())).get(GRID)).toEqual({
    open: 1,
    late: 0,
  })

  const west = await clerk(one, 'west', 'townClerk', WEST)
  await one.say('wang', '红山郡3号楼前的垃圾堆了三天没人清', { id: 'w1' })
  await one.say('wang', '不留电话', { id: 'w2' })
  const code = codeIn(await one.say('wang', '没错', { id: 'w3' }))
  await moveCase(one.house, west, code, 'grab', {})
  await moveCase(one.house, west, code, 'split', { below: GRID, task: '清走垃圾' })
  expect(await toldTo(one, 'guo')).toHaveLength(1)
  for (const [t, who] of [
    [one, 'guo'],
    [two, 'deng'],
  ] as const)
    expect(await t.say(who, `我的工单 ${code}`.slice(0, 4), { id: `${who}o` })).toContain(code)
  const taken = await Promise.all([
    one.say('guo', '接单', { id: 'ga' }),
    two.say('deng', '接单', { id: 'da' }),
  ])
  expect(taken.filter(said => said.includes('接下了'))).toHaveLength(1)
  expect(await two.say('deng', '我的网格', { id: 'dv' })).toContain('隐患排查：1 次')
})
