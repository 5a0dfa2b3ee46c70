import { afterEach, beforeEach, expect, it } from 'vitest'
import { assessEnded } from '../../src/actions/assess.ts'
import { askReview, review } from '../../src/actions/assess-review.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import { closeAnswered } from '../../src/notify/jobs/cases.ts'
import { assessmentsOf, monthRows, reviewLines } from '../../src/store/assessments.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { agreedToTalk, panelStaff, step } from './mediating.ts'
import { ANSWER, clerk, DISTRICT, EAST, fileLift, WEST } from './staff.ts'

let t: TestHouse
let west: Who
let east: Who
let dispatcher: Who
let code: string
beforeEach(async () => {
  t = await makeHouse()
  west = await clerk(t, 'west', 'townClerk', WEST)
  east = await clerk(t, 'east', 'townClerk', EAST)
  dispatcher = await clerk(t, 'desk', 'districtDispatcher', DISTRICT)
  code = await fileLift(t)
  expect(await moveCase(t.house, west, code, 'grab', {})).toMatchObject({ ok: true })
})
afterEach(() => t.close())

const answer = () => moveCase(t.house, west, code, 'answer', ANSWER)
const current = async () => {
  const { read } = t.house.store
  const row = (await caseByCode(read, code))!
  return assessmentsOf(read, row.id)
}
const ofCase = async () => (await current()).find(row => row.orderId === null)
const promises = async () => (await brokenPromises(t.house.store.read)).broken
const say = (text: string) => t.say('wang', text)

it('ended with a word: one for the case, one for each order, in the transaction that ended it', async () => {
  await answer()
  expect(await current()).toEqual([])
  await say(`评价 ${code} 解决了，满意`)
  const rows = await current()
  expect(rows.map(row => [row.orderKind, row.unitId])).toEqual([
    [null, WEST],
    ['grab', WEST],
  ])
  expect(rows[0]).toMatchObject({ category: 'lift', month: '2026-11' })
  expect(rows[0]!.computed).toEqual({
    ...{ contacted: 1, answered: 1, redone: 0, upheld: null, solved: 1, satisfied: 1 },
  })
  expect(await promises()).toEqual([])
})

it('answered late and closed by the clock in silence: late, and neither solved nor not', async () => {
  t.pass(10 * 86_400_000)
  await answer()
  t.pass(10 * 86_400_000)
  expect(await closeAnswered(t.house)).toBe(1)
  expect((await ofCase())!.computed).toEqual({
    ...{ contacted: 0, answered: 0, redone: 0, upheld: null, solved: null, satisfied: null },
  })
  expect(await promises()).toEqual([])
})

it('taken back or refused in time: nothing was owed any more', async () => {
  await moveCase(t.house, west, code, 'refuse', { reason: '已经起诉', rightChannel: '区人民法院' })
  expect((await ofCase())!.computed).toMatchObject({ contacted: null, answered: null, solved: null })
  expect(await promises()).toEqual([])
})

it('had again and ended again: a new one, the old one counts no more', async () => {
  await answer()
  await say(`评价 ${code} 解决了，满意`)
  const first = (await ofCase())!
  t.pass(40 * 60_000)
  expect(await moveCase(t.house, dispatcher, code, 'reopen', { reason: '居民来电说又坏了' })).toMatchObject({
    ok: true,
  })
  expect(await current()).toEqual([])
  expect(await monthRows(t.house.store.read, '2026-11')).toEqual([])
  t.pass(60 * 60_000)
  await answer()
  await say(`评价 ${code} 解决了，满意`)
  const second = (await ofCase())!
  expect(second.id).not.toBe(first.id)
  expect(second.computed).toMatchObject({ redone: 1, answered: 1, solved: 1 })
  const counted = await monthRows(t.house.store.read, '2026-11')
  expect(counted.filter(row => row.orderId === null).map(row => row.id)).toEqual([second.id])
  const all = await t.house.store.read.sql.all<{ subject: string }>(
    'SELECT "subject" FROM "Assessment" WHERE "orderId" IS NULL ORDER BY "id"',
  )
  expect(all.map(({ subject }) => subject.split('#')[1])).toEqual(['1', '2'])
  expect(await promises()).toEqual([])
})

it('an upgraded ledger: what ended before is assessed once, however often the job runs', async () => {
  await answer()
  await say(`评价 ${code} 解决了，满意`)
  const before = (await current()).map(({ id: _, ...row }) => row)
  await t.house.store.write(async tx => tx.sql.run('DELETE FROM "Assessment"'))
  expect(await promises()).toEqual([{ code, why: 'notAssessed' }])
  // The job comes a month late: what it says is the same.
  t.pass(40 * 86_400_000)
  expect(await assessEnded(t.house)).toBe(1)
  expect((await current()).map(({ id: _, ...row }) => row)).toEqual(before)
  expect(await assessEnded(t.house)).toBe(0)
  expect(await promises()).toEqual([])
})

it('a review: asked once by the unit itself, decided by the district, heard by the unit, kept in the audit', async () => {
  t.pass(10 * 86_400_000)
  await answer()
  await say(`评价 ${code} 解决了，满意`)
  const { id, caseId } = (await ofCase())!
  const put = { reason: '雪灾停工，超时有因', values: { answered: 1 } }
  expect(await askReview(t.house, east, id, '不是我们的')).toMatchObject({ why: 'notFound' })
  expect(await askReview(t.house, dispatcher, id, '不是我们的')).toMatchObject({ why: 'notYours' })
  expect(await review(t.house, west, id, put)).toMatchObject({ why: 'notYours' })
  expect(await review(t.house, dispatcher, id, { ...put, values: {} })).toMatchObject({ why: 'noChange' })
  expect(await review(t.house, dispatcher, id, { ...put, values: { answered: 7 } })).toMatchObject({
    why: 'incomplete',
  })
  expect(await askReview(t.house, west, id, '雪灾停工三天，有通知为证')).toMatchObject({ ok: true })
  expect(await askReview(t.house, west, id, '再申请一次')).toMatchObject({ why: 'askedAlready' })
  expect((await ofCase())!.asked).toBe(true)
  expect(await review(t.house, dispatcher, id, put)).toMatchObject({ ok: true })
  const after = (await ofCase())!
  expect(after).toMatchObject({ asked: false, reviewed: { answered: 1 }, reviewedById: dispatcher.staffId })
  expect(after.computed.answered).toBe(0)
  expect((await reviewLines(t.house.store.read, after)).map(line => [line.kind, line.reason])).toEqual([
    ['asked', '雪灾停工三天，有通知为证'],
    ['reviewed', '雪灾停工，超时有因'],
  ])
  const notices = await t.house.store.read.sql.all<{ notice: string; recipient: string }>(
    `SELECT "notice", "recipient" FROM "Notice" WHERE "notice" LIKE '%review%' ORDER BY "id"`,
  )
  expect(notices).toEqual([
    { notice: 'district.reviewAsked', recipient: `unit:${DISTRICT}` },
    { notice: 'unit.reviewed', recipient: `unit:${WEST}` },
  ])
  const audit = await t.house.store.read.sql.all<{ what: string; field: string | null }>(
    'SELECT "what", "field" FROM "Audit" WHERE "caseId" = ? AND "what" <> \'step\' ORDER BY "id"',
    caseId,
  )
  expect(audit).toEqual([
    { what: 'askReview', field: null },
    { what: 'review', field: 'answered=1' },
  ])
  expect(await brokenAudit(t.house.store.read)).toBeNull()
  // Put back to what was computed, it is no correction any more.
  await review(t.house, dispatcher, id, { reason: '证据不足', values: { answered: 0 } })
  expect((await ofCase())!.reviewed).toEqual({})
})

it('the reasons of a review are sealed', async () => {
  await answer()
  await say(`评价 ${code} 解决了，满意`)
  await askReview(t.house, west, (await ofCase())!.id, '独一无二的理由')
  const row = await t.house.store.read.sql.get<{ reviewEnc: Uint8Array }>(
    'SELECT "reviewEnc" FROM "Assessment" WHERE "reviewEnc" IS NOT NULL',
  )
  expect(Buffer.from(row!.reviewEnc).includes(Buffer.from('独一无二'))).toBe(false)
})

it('a mediation is no work of an office to be measured: however it ends, nothing is assessed and nothing is owed', async () => {
  const secretary = await panelStaff(t.house, 'secretary', 'panelSecretary')
  const talking = await agreedToTalk(t.house, secretary)
  await step(t.house, { personId: talking.applicant }, talking.code, 'pullOut')
  const { read } = t.house.store
  const row = (await caseByCode(read, talking.code))!
  expect([row.state, row.closedAt === null]).toEqual(['withdrawn', false])
  expect(await assessEnded(t.house)).toBe(0)
  expect(await assessmentsOf(read, row.id)).toEqual([])
  expect(await promises()).toEqual([])
})
