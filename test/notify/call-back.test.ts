import { afterEach, beforeEach, expect, it } from 'vitest'
import { askAgain } from '../../src/actions/ask-again.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import { closeAnswered } from '../../src/notify/jobs/cases.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { ANSWER, clerk, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

let t: TestHouse
let west: Who
let code: string
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()

/** Answered on Tuesday 3 November; the resident is asked until Friday, closing time. */
beforeEach(async () => {
  t = await makeHouse()
  west = await clerk(t, 'west', 'townClerk', WEST)
  code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'answer', ANSWER)
})
afterEach(async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  await t.close()
})

const row = async () => (await caseByCode(t.house.store.read, code))!
const told = async (of: string) =>
  (
    await t.house.store.read.sql.all<{ notice: string }>(
      'SELECT "notice" FROM "Notice" WHERE "notice" LIKE ? ORDER BY rowid',
      of,
    )
  ).map(one => one.notice)
async function closedBySilence() {
  t.at(at('2026-11-09T10:00'))
  await closeAnswered(t.house)
}

it('asks once more half-way, in office hours, and never a second time', async () => {
  const asked: (string | number)[][] = []
  for (const now of [
    '2026-11-04T17:00',
    '2026-11-05T13:00',
    '2026-11-05T14:30',
    '2026-11-05T15:00',
    '2026-11-06T10:00',
  ]) {
    t.at(at(now))
    asked.push([now, await askAgain(t.house)])
  }
  expect(asked.filter(([, n]) => n === 1)).toEqual([['2026-11-05T14:30', 1]])
  expect(await told('resident.askRating')).toEqual(['resident.askRating'])
})

it('who wants no answer hears the answer, and is neither asked again nor told of the silence', async () => {
  await t.house.store.write(async tx => void (await tx.sql.run('UPDATE "Case" SET "noReply" = 1')))
  t.at(at('2026-11-06T10:00'))
  expect(await askAgain(t.house)).toBe(0)
  await closedBySilence()
  expect((await row()).state).toBe('closed')
  expect(await told('resident.closed%')).toEqual([])
})

it('asks nobody again who has spoken', async () => {
  await t.say('wang', '解决了，满意')
  t.at(at('2026-11-06T10:00'))
  expect(await askAgain(t.house)).toBe(0)
  const said = (await entriesOf(t.house.store.read, (await row()).id)).find(
    line => line.verb === 'rateSolved',
  )
  expect(said?.body).toMatchObject({ satisfied: 3, contacted: true })
})

it('closes in silence, says so, and lets it be had again for fifteen days', async () => {
  await closedBySilence()
  expect(await told('resident.closed%')).toEqual(['resident.closedSilent'])
  t.at(at('2026-11-24T20:00'))
  await t.say('wang', '还是没解决')
  const reply = await t.say('wang', '按钮又不灵了')
  expect(reply).toContain('重新办')
  expect(await row()).toMatchObject({ state: 'redo', redoCount: 1, closedAt: null })
  expect(await told('unit.redo')).toEqual(['unit.redo'])
})

it('a page says it with the code', async () => {
  await closedBySilence()
  await t.say('wang', `没解决，重新办 ${code}`)
  await t.say('wang', '按钮又不灵了')
  expect((await row()).state).toBe('redo')
})

it('after fifteen days it is a new matter, linked to the old', async () => {
  await closedBySilence()
  t.at(at('2026-11-25T00:30'))
  expect(await t.say('wang', '没解决')).not.toContain('重新办，')
  await t.say('wang', '取消')
  const late = await t.say('wang', `没解决，重新办 ${code}`)
  expect(late).toContain('按新的一件')
  await t.say('wang', '3号楼电梯又坏了，我是红山郡的，电话13800000000')
  const check = await t.say('wang', '3')
  const receipt = /HS-20261125-\d{4}/.test(check) ? check : await t.say('wang', '1')
  const fresh = /HS-20261125-\d{4}/.exec(receipt)?.[0]
  expect((await row()).state).toBe('closed')
  const link = await t.house.store.read.sql.get<{ sameAsId: string }>(
    'SELECT "sameAsId" FROM "Case" WHERE "code" = ?',
    fresh!,
  )
  expect(link?.sameAsId).toBe((await row()).id)
})

it('a late word of the resident breaks no promise of the office', async () => {
  t.at(at('2026-11-07T10:00'))
  await t.say('wang', '没解决')
  await t.say('wang', '还是不行')
  const clock = (await deadlinesOf(t.house.store.read, (await row()).id)).find(one => one.kind === 'callBack')
  expect(clock).toMatchObject({ metAt: at('2026-11-07T10:00'), brokenAt: null })
})

it('the third redo goes up one level, with a line and a word to the district', async () => {
  const levels: number[] = []
  for (let round = 0; round < 3; round++) {
    await t.say('wang', '没解决')
    await t.say('wang', '还是不行')
    levels.push((await row()).level)
    await moveCase(t.house, west, code, 'answer', ANSWER)
  }
  expect(levels).toEqual([0, 0, 1])
  expect(await told('district.raised')).toEqual(['district.raised'])
  const lines = await entriesOf(t.house.store.read, (await row()).id)
  expect(lines.filter(line => line.verb === 'raise')).toHaveLength(1)
})
