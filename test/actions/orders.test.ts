import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase, type RawForm } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import { dispatchUngrabbed, remindOffices } from '../../src/notify/jobs/cases.ts'
import type { Verb } from '../../src/rules/cases/types.ts'
import { caseByCode, pointsOf, textsOf } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { ordersOf } from '../../src/store/orders.ts'
import { personAt } from '../../src/store/persons.ts'
import { linesOf } from '../../src/store/talks.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { ANSWER, clerk, DISTRICT, EAST, fileLift, WEST } from './staff.ts'

const HONGSHANJUN = `${WEST}003`
const HOUSING = 'D01'
const MARKET = 'D10'
const LIFT_LIST = 'property/电梯停运超过三天'
const WHY = { grounds: '不归我们管' }

let t: TestHouse
let west: Who
let community: Who
let housing: Who
let market: Who
let dispatcher: Who
let leader: Who
let code: string

beforeEach(async () => {
  t = await makeHouse()
  west = await clerk(t, 'west', 'townClerk', WEST)
  community = await clerk(t, 'community', 'communityClerk', HONGSHANJUN)
  housing = await clerk(t, 'housing', 'departmentClerk', HOUSING)
  market = await clerk(t, 'market', 'departmentClerk', MARKET)
  dispatcher = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  leader = await clerk(t, 'leader', 'districtLeader', DISTRICT)
  code = await fileLift(t)
})
afterEach(async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  expect(t.faults).toEqual([])
  await t.close()
})

const move = (who: Who, verb: Verb, form: RawForm = {}) => moveCase(t.house, who, code, verb, form)
/** Does a step that must be allowed, a minute later. */
async function does(who: Who, verb: Verb, form: RawForm = {}) {
  t.pass(60_000)
  expect([verb, await move(who, verb, form)]).toEqual([verb, expect.objectContaining({ ok: true })])
}
const row = async () => (await caseByCode(t.house.store.read, code))!
const orders = async () =>
  (await ordersOf(t.house.store.read, (await row()).id)).map(one => `${one.kind} ${one.unitId} ${one.state}`)
const partOf = async (unit: string) =>
  (await ordersOf(t.house.store.read, (await row()).id)).findLast(one => one.unitId === unit)!.id
const clocks = async (kind: string) =>
  (await deadlinesOf(t.house.store.read, (await row()).id)).filter(one => one.kind === kind)
const told = async (who = 'wang') => {
  const person = await personAt(t.house.store.read, { channel: 'web', appId: '-', address: who })
  const lines = await linesOf(t.house.store.read, person!.personId, { after: 0, limit: 200 })
  return lines.filter(line => line.sender === 'notice').map(line => JSON.parse(line.body).text as string)
}
/** Units that have a notice of this kind in their inbox. */
const noticed = async (notice: string) =>
  (
    await t.house.store.read.sql.all<{ recipient: string }>(
      'SELECT "recipient" FROM "Notice" WHERE "notice" = ?',
      notice,
    )
  ).map(one => one.recipient.split(':')[1])
const grab = () => does(west, 'grab')
const whistle = () => does(west, 'joint', { item: LIFT_LIST, task: '请到场看电梯' })
const toCommunity = () => does(west, 'split', { below: HONGSHANJUN, task: '到现场看看' })

it('分单: a community signs and reports, the town stays the holder and answers', async () => {
  await grab()
  await toCommunity()
  expect(await row()).toMatchObject({ state: 'working', holderUnitId: WEST })
  expect((await told()).at(-1)).toMatch(/西城街道.*红山郡/)
  expect(await noticed('unit.part')).toEqual([HONGSHANJUN])
  expect(await move(west, 'answer', ANSWER)).toMatchObject({
    why: 'incomplete',
    details: [{ field: 'result', why: 'partsOpen' }],
  })
  expect(await move(community, 'answer', ANSWER)).toMatchObject({ why: 'notYours' })
  await does(community, 'accept')
  await does(community, 'report', { result: '制动器坏了，已经联系维保' })
  expect(await noticed('unit.allReported')).toEqual([WEST])
  expect((await clocks('respond'))[0]).toMatchObject({ metAt: expect.any(String), brokenAt: null })
  await does(west, 'answer', ANSWER)
  expect(await orders()).toEqual([`grab ${WEST} done`, `split ${HONGSHANJUN} done`])
})

it('联单: every department of the item has its own clock; the first leads', async () => {
  await grab()
  await whistle()
  const parts = (await ordersOf(t.house.store.read, (await row()).id)).slice(1)
  expect(parts.map(part => [part.unitId, part.lead, part.state])).toEqual([
    [HOUSING, 1, 'open'],
    [MARKET, 0, 'open'],
  ])
  const respond = await clocks('respond')
  const hours = respond.map(one => (Date.parse(one.due) - Date.parse(one.startedAt)) / 3_600_000)
  expect([respond.map(one => one.orderId).sort(), hours]).toEqual([parts.map(part => part.id).sort(), [8, 8]])
  await does(housing, 'accept')
  await does(housing, 'report', { result: '已责令维保' })
  expect(await noticed('unit.allReported')).toEqual([])
  expect(await move(housing, 'report', { result: '再报一次' })).toMatchObject({ ok: false })
  await does(west, 'recall', { part: await partOf(MARKET), grounds: '不需要了' })
  expect(await noticed('unit.recalled')).toEqual([MARKET])
  await does(west, 'answer', ANSWER)
})

it('退单 upheld: a part goes to the unit the district chose', async () => {
  await grab()
  await whistle()
  await does(market, 'object', { ...WHY, proposal: 'D03' })
  expect(await noticed('district.objection')).toEqual([DISTRICT])
  expect(await move(market, 'accept')).toMatchObject({ ok: false })
  const objection = await partOf(MARKET)
  expect(await move(west, 'upholdPart', { objection, unit: 'D03', ...WHY })).toMatchObject({
    why: 'notYours',
  })
  await does(dispatcher, 'upholdPart', { objection, unit: 'D03', ...WHY })
  expect(await orders()).toEqual([
    `grab ${WEST} signed`,
    `joint ${HOUSING} open`,
    `joint ${MARKET} withdrawn`,
    'joint D03 open',
  ])
  expect(await noticed('unit.upheld')).toEqual([MARKET])
})

it('退单 rejected: the order stands and is never objected to again', async () => {
  await grab()
  await whistle()
  await does(market, 'object', { ...WHY, proposal: 'D03' })
  await does(dispatcher, 'overrule', { objection: await partOf(MARKET), ...WHY })
  expect((await orders()).at(-1)).toBe(`joint ${MARKET} open`)
  expect(await move(market, 'object', { ...WHY, proposal: 'D03' })).toMatchObject({ ok: false })
  await does(market, 'accept')
})

it('退单 of a dispatch: upheld it has a new holder and a new time to sign', async () => {
  await does(dispatcher, 'dispatch', { unit: HOUSING })
  await does(housing, 'object', { ...WHY, proposal: MARKET })
  expect(await row()).toMatchObject({ state: 'assigned', holderUnitId: HOUSING })
  expect(await move(housing, 'sign')).toMatchObject({ ok: false })
  expect(await move(dispatcher, 'dispatch', { unit: EAST })).toMatchObject({ ok: false })
  expect(await move(dispatcher, 'uphold', { unit: HOUSING, ...WHY })).toMatchObject({
    details: [{ field: 'unit', why: 'sameUnit' }],
  })
  await does(dispatcher, 'uphold', { unit: MARKET, ...WHY })
  expect(await row()).toMatchObject({ state: 'assigned', holderUnitId: MARKET })
  expect((await told()).at(-1)).toContain('市场监督管理局')
  expect((await clocks('sign')).filter(one => !one.metAt && !one.endedAt)).toHaveLength(1)
  await does(market, 'sign')
})

it('退单 comes within one working day, and never of a case that was grabbed', async () => {
  await does(dispatcher, 'dispatch', { unit: HOUSING })
  t.pass(72 * 3_600_000)
  expect(await move(housing, 'object', { ...WHY, proposal: MARKET })).toMatchObject({
    details: [{ field: 'grounds', why: 'objectWindow' }],
  })
  code = await fileLift(t, 'li')
  await grab()
  expect(await move(west, 'object', { ...WHY, proposal: EAST })).toMatchObject({ ok: false })
})

it('返单: the district holds it, names who leads, and after that nobody returns or objects', async () => {
  await grab()
  await does(west, 'return', { grounds: '涉及几个部门，多年没解决' })
  expect(await row()).toMatchObject({ state: 'received', holderUnitId: DISTRICT })
  expect((await told()).at(-1)).toContain('牵头')
  expect((await told()).join()).not.toContain('多年没解决')
  expect(await clocks('designate')).toHaveLength(1)
  expect(await move(dispatcher, 'dispatch', { unit: EAST })).toMatchObject({ ok: false })
  const named = { leader: leader.staffId, lead: HOUSING, units: [MARKET, 'D03'], task: '一起解决' }
  expect(await move(dispatcher, 'designate', { ...named, leader: west.staffId })).toMatchObject({
    details: [{ field: 'leader', why: 'notALeader' }],
  })
  await does(dispatcher, 'designate', named)
  expect(await row()).toMatchObject({
    state: 'working',
    holderUnitId: DISTRICT,
    holderStaffId: leader.staffId,
  })
  expect(await move(housing, 'object', { ...WHY, proposal: MARKET })).toMatchObject({ ok: false })
  expect(await move(west, 'return', WHY)).toMatchObject({ ok: false })
  for (const who of [housing, market]) await does(who, 'report', { result: '办好了' })
  await does(leader, 'recall', { part: await partOf('D03'), grounds: '不需要了' })
  await does(leader, 'answer', ANSWER)
  await t.say('wang', '没解决')
  await t.say('wang', '还是不动')
  await does(dispatcher, 'designate', named)
  expect(await row()).toMatchObject({ state: 'working', holderUnitId: DISTRICT })
})

it('nothing goes in a circle: the same unit twice needs the district or a redo', async () => {
  await grab()
  await toCommunity()
  await does(community, 'report', { result: '看过了' })
  expect(await move(west, 'split', { below: HONGSHANJUN, task: '再去看' })).toMatchObject({
    details: [{ field: 'below', why: 'circle' }],
  })
  await does(west, 'answer', ANSWER)
  t.pass(60_000)
  await t.say('wang', '没解决')
  await t.say('wang', '还是不动')
  await toCommunity()
})

it.each([
  ['another town’s community', { below: `${EAST}001` }, 'notBelow'],
  ['a department', { below: HOUSING }, 'notBelow'],
  ['the town itself', { below: WEST }, 'notBelow'],
  ['no unit at all', { below: '999' }, 'notAUnit'],
])('分单 goes down only: not to %s', async (_says, form, why) => {
  await grab()
  expect(await move(west, 'split', { ...form, task: '去看' })).toMatchObject({
    details: [{ field: 'below', why }],
  })
})

it('a class set by a person is logged and moves clocks to earlier dates only', async () => {
  await grab()
  const [before] = await clocks('answer')
  await does(west, 'classify', { class: 'urgent', grounds: '有老人住七楼' })
  const [urgent] = await clocks('answer')
  expect(urgent!.due < before!.due).toBe(true)
  expect(await clocks('interim')).toHaveLength(1)
  expect(await move(west, 'split', { below: HONGSHANJUN, task: '去看' })).toMatchObject({
    details: [{ field: 'below', why: 'notGeneral' }],
  })
  await does(west, 'classify', { class: 'general', grounds: '已经恢复一台' })
  expect((await clocks('answer'))[0]!.due).toBe(urgent!.due)
  expect(await move(west, 'classify', { class: 'general', grounds: '一样' })).toMatchObject({ ok: false })
})

it('the points are the clerk’s to put in order; the resident’s words stay', async () => {
  await grab()
  const { id } = await row()
  const words = (await textsOf(t.house.store.read, id)).text
  await does(west, 'correct', { points: '电梯停了两周\n\n 物业不管 ' })
  expect((await pointsOf(t.house.store.read, id)).map(point => point.text)).toEqual([
    '电梯停了两周',
    '物业不管',
  ])
  expect((await textsOf(t.house.store.read, id)).text).toBe(words)
  expect(await move(west, 'correct', { points: '' })).toMatchObject({ why: 'incomplete' })
})

it('a part nobody signs is urged, then supervised: the unit, the holder and the district hear of it', async () => {
  t.at('2026-11-03T02:21:00.000Z')
  await grab()
  await whistle()
  t.pass(7 * 3_600_000)
  await remindOffices(t.house)
  expect((await noticed('unit.partUrged')).sort()).toEqual([HOUSING, MARKET])
  t.pass(2 * 3_600_000)
  await remindOffices(t.house)
  await remindOffices(t.house)
  expect((await noticed('unit.partSupervised')).sort()).toEqual([HOUSING, MARKET])
  expect(await clocks('respond')).toEqual([
    expect.objectContaining({ stage: 2, brokenAt: expect.any(String) }),
    expect.objectContaining({ stage: 2, brokenAt: expect.any(String) }),
  ])
})

it('what the clock dispatched may be objected to', async () => {
  t.pass(30 * 3_600_000)
  await dispatchUngrabbed(t.house)
  await does(west, 'object', { ...WHY, proposal: EAST })
  await does(dispatcher, 'overrule', { objection: await partOf(WEST), ...WHY })
  await does(west, 'sign')
})
