import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase, type RawForm } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import type { Verb } from '../../src/rules/cases/types.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { personAt } from '../../src/store/persons.ts'
import { linesOf } from '../../src/store/talks.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { ANSWER, clerk, DISTRICT, EAST, fileLift, WEST } from './staff.ts'

let t: TestHouse
let west: Who
let west2: Who
let east: Who
let dispatcher: Who
let code: string

beforeEach(async () => {
  t = await makeHouse()
  west = await clerk(t, 'west', 'townClerk', WEST)
  west2 = await clerk(t, 'west2', 'townClerk', WEST)
  east = await clerk(t, 'east', 'townClerk', EAST)
  dispatcher = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  code = await fileLift(t)
})
afterEach(async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  expect(t.faults).toEqual([])
  await t.close()
})

const move = (who: Who, verb: Verb, form: RawForm = {}) => moveCase(t.house, who, code, verb, form)
const row = async () => (await caseByCode(t.house.store.read, code))!
/** What the resident has been told since. */
const told = async (who = 'wang') => {
  const person = await personAt(t.house.store.read, { channel: 'web', appId: '-', address: who })
  const lines = await linesOf(t.house.store.read, person!.personId, { after: 0, limit: 200 })
  return lines.filter(line => line.sender === 'notice').map(line => JSON.parse(line.body).text as string)
}

it('goes the whole way: grab, contact, answer, not solved, answer again, solved', async () => {
  expect((await row()).state).toBe('received')
  expect(await move(west, 'grab')).toMatchObject({ ok: true })
  expect(await move(west, 'contact', { how: 'phone', text: '打过电话' })).toMatchObject({ ok: true })
  expect(await move(west, 'answer', ANSWER)).toMatchObject({ ok: true })
  expect(await told()).toEqual([expect.stringContaining('西城街道'), expect.stringContaining('制动器坏了')])
  expect(await t.say('wang', '没解决')).toContain('哪里')
  await t.say('wang', '还是不动')
  expect(await row()).toMatchObject({ state: 'redo', redoCount: 1, holderUnitId: WEST })
  expect((await row()).residentNewAt).not.toBeNull()
  expect(await move(west, 'answer', ANSWER)).toMatchObject({ ok: true })
  await t.say('wang', '解决了，满意')
  expect(await row()).toMatchObject({ state: 'closed', holderUnitId: WEST })
  const verbs = (await entriesOf(t.house.store.read, (await row()).id)).map(entry => entry.verb)
  expect(verbs).toEqual(['open', 'grab', 'contact', 'answer', 'rateUnsolved', 'answer', 'rateSolved'])
})

it('lets one of two grab, and tells the other who was faster', async () => {
  const results = await Promise.all([move(west, 'grab'), move(west2, 'grab')])
  expect(results.map(result => result.ok)).toEqual([true, false])
  expect(results[1]).toMatchObject({ why: 'faster', with: { staffId: west.staffId } })
})

it.each<[string, () => Who, Verb, RawForm, string]>([
  ['another town does not even see it', () => east, 'grab', {}, 'notFound'],
  ['the district does not grab', () => dispatcher, 'grab', {}, 'notYours'],
  ['nothing is answered before it is taken', () => west, 'answer', ANSWER, 'notFromHere'],
  ['a dispatch needs a unit', () => dispatcher, 'dispatch', {}, 'incomplete'],
  ['and one that exists', () => dispatcher, 'dispatch', { unit: '999' }, 'incomplete'],
  ['a refusal says why and where to', () => west, 'refuse', { reason: '不归我们管' }, 'incomplete'],
])('%s', async (_says, who, verb, form, why) => {
  expect(await move(who(), verb, form)).toMatchObject({ ok: false, why })
  expect((await row()).version).toBe(1)
})

it('names every field that is missing or wrong', async () => {
  await move(west, 'grab')
  const refusal = await move(west, 'answer', { result: '好', facts: '', ticks: [] })
  expect(refusal).toMatchObject({ why: 'incomplete' })
  expect(!refusal.ok && refusal.details?.map(one => one.field)).toEqual(['result', 'facts', 'basis'])
})

it('wants every point the resident raised', async () => {
  await move(west, 'grab')
  const refusal = await move(west, 'answer', { ...ANSWER, ticks: [] })
  expect(refusal).toMatchObject({ why: 'incomplete', details: [{ field: 'ticks', why: 'pointsOpen' }] })
})

it('passes by dispatch: the old order ends, the new unit signs, nobody else may', async () => {
  await move(dispatcher, 'dispatch', { unit: EAST })
  expect(await row()).toMatchObject({ state: 'assigned', holderUnitId: EAST, holderStaffId: null })
  expect(await move(west, 'sign')).toMatchObject({ ok: false })
  expect(await move(east, 'sign')).toMatchObject({ ok: true })
  expect(await row()).toMatchObject({ state: 'working', holderStaffId: east.staffId })
})

it('extends once, before expiry, told with the reason', async () => {
  await move(west, 'grab')
  const later = { reason: '配件要等', newDue: '2026-11-12' }
  expect(await move(west, 'extend', later)).toMatchObject({ ok: false, why: 'notYours' })
  expect(await move(dispatcher, 'extend', later)).toMatchObject({ ok: true })
  expect((await told()).at(-1)).toContain('配件要等')
  expect((await told()).at(-1)).toContain('11月12日')
  expect(await move(dispatcher, 'extend', { ...later, newDue: '2026-11-13' })).toMatchObject({
    why: 'incomplete',
    details: [{ field: 'newDue', why: 'extendedAlready' }],
  })
})

it('shuts the grab window', async () => {
  t.at('2026-11-03T06:00:00.000Z')
  t.pass(4 * 3_600_000)
  expect(await move(west, 'grab')).toMatchObject({ ok: false, why: 'windowShut' })
})

it('refuses with the right channel, and that is the last word', async () => {
  await move(west, 'refuse', { reason: '这件事法院已经受理', rightChannel: '红山区人民法院' })
  expect(await row()).toMatchObject({ state: 'refused' })
  expect((await row()).lastWordAt).not.toBeNull()
  expect((await told()).at(-1)).toContain('红山区人民法院')
})

it('keeps an internal note from the resident', async () => {
  await move(west, 'grab')
  const before = (await told()).length
  await move(west, 'note', { text: '物业经理姓刘' })
  expect((await told()).length).toBe(before)
})

it('meets the contact clock when contacted, and counts a late answer as broken', async () => {
  await move(west, 'grab')
  await move(west, 'contact', { how: 'visit', text: '去看过' })
  t.at('2026-11-20T02:00:00.000Z')
  await move(west, 'answer', ANSWER)
  const clocks = await deadlinesOf(t.house.store.read, (await row()).id)
  const of = (kind: string) => clocks.find(clock => clock.kind === kind)
  expect(of('contact')?.brokenAt).toBeNull()
  expect(of('answer')?.brokenAt).toBe('2026-11-10T09:30:00.000Z')
})

it('raises the case one level at the third redo', async () => {
  await move(west, 'grab')
  for (let n = 1; n <= 3; n++) {
    await move(west, 'answer', ANSWER)
    await t.say('wang', '没解决')
    await t.say('wang', '还是不行')
    expect(await row()).toMatchObject({ redoCount: n, level: n < 3 ? 0 : 1 })
  }
})

it('shows an accusation of officials to the district alone', async () => {
  await t.say('sun', '我要举报红山郡社区书记收钱办事，电话13800000009')
  for (const reply of ['1']) await t.say('sun', reply)
  const rows = await t.house.store.read.sql.all<{ code: string }>(
    `SELECT "code" FROM "Case" WHERE "category" = 'accusation'`,
  )
  expect(rows.length).toBe(1)
  const accusation = rows[0]!.code
  expect(await moveCase(t.house, west, accusation, 'note', { text: 'x' })).toMatchObject({ why: 'notFound' })
  expect(await moveCase(t.house, dispatcher, accusation, 'note', { text: 'x' })).toMatchObject({ ok: true })
})
