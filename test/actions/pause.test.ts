import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import { remindOffices, resumePaused } from '../../src/notify/jobs/cases.ts'
import { caseByCode } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { ownCaseByCode } from '../../src/store/own-cases.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { ANSWER, clerk, DISTRICT, fileLift, WEST } from './staff.ts'

let t: TestHouse
let west: Who
let dispatcher: Who
let code: string
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()
const WHY = { reason: '配件要从外地调', plan: '配件到货当天更换', resumeBy: '2026-11-16' }

beforeEach(async () => {
  t = await makeHouse()
  west = await clerk(t, 'west', 'townClerk', WEST)
  dispatcher = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'contact', { how: 'phone', text: '打过' })
  t.at(at('2026-11-05T10:00'))
})
afterEach(async () => {
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  await t.close()
})

const row = async () => (await caseByCode(t.house.store.read, code))!
const clock = async (kind: string) =>
  (await deadlinesOf(t.house.store.read, (await row()).id)).find(one => one.kind === kind)!
const told = async () =>
  (await t.house.store.read.sql.all<{ notice: string }>('SELECT "notice" FROM "Notice" ORDER BY rowid')).map(
    one => one.notice,
  )

it('the office asks, the district grants, the resident hears why and until when', async () => {
  expect(await moveCase(t.house, west, code, 'pause', WHY)).toMatchObject({ ok: false })
  expect(await moveCase(t.house, west, code, 'askPause', WHY)).toMatchObject({ ok: true })
  expect((await told()).at(-1)).toBe('district.pause')
  expect((await clock('answer')).pausedAt).toBeNull()
  expect(await moveCase(t.house, dispatcher, code, 'pause', WHY)).toMatchObject({ ok: true })
  expect((await told()).slice(-2)).toEqual(['resident.paused', 'unit.paused'])
  expect(await clock('answer')).toMatchObject({
    pausedAt: at('2026-11-05T10:00'),
    resumeBy: at('2026-11-16T17:30'),
  })
  expect(await row()).toMatchObject({ dueKind: 'resume', dueAt: at('2026-11-16T17:30'), state: 'working' })
  const own = await ownCaseByCode(t.house.store.read, code)
  expect(own).toMatchObject({ paused: 1, promisedAt: at('2026-11-16T17:30') })
  const line = (await entriesOf(t.house.store.read, (await row()).id)).at(-1)!
  expect(line).toMatchObject({ verb: 'pause', public: 1, body: { reason: WHY.reason, plan: WHY.plan } })
})

it('says which words are missing', async () => {
  const done = await moveCase(t.house, dispatcher, code, 'pause', { reason: '配件要从外地调' })
  expect(done).toMatchObject({ ok: false, why: 'incomplete' })
  expect(done).toHaveProperty('details', [
    { field: 'plan', why: 'missing' },
    { field: 'resumeBy', why: 'missing' },
  ])
  const long = await moveCase(t.house, dispatcher, code, 'pause', { ...WHY, resumeBy: '2026-12-20' })
  expect(long).toHaveProperty('details', [{ field: 'resumeBy', why: 'tooLong' }])
})

it('nobody is urged while it stands still; the clock lets it go on with the time it had left', async () => {
  await moveCase(t.house, dispatcher, code, 'pause', WHY)
  t.at(at('2026-11-12T10:00'))
  expect(await remindOffices(t.house)).toBe(0)
  expect(await resumePaused(t.house)).toBe(0)
  t.at(at('2026-11-16T17:31'))
  expect([await resumePaused(t.house), await resumePaused(t.house)]).toEqual([1, 0])
  expect(await clock('answer')).toMatchObject({ due: at('2026-11-20T16:00'), pausedAt: null, brokenAt: null })
  expect(await row()).toMatchObject({ dueKind: 'answer', dueAt: at('2026-11-20T16:00') })
  expect((await told()).slice(-2)).toEqual(['resident.resumed', 'unit.resumed'])
  expect(
    await moveCase(t.house, dispatcher, code, 'pause', { ...WHY, resumeBy: '2026-11-19' }),
  ).toHaveProperty('details', [{ field: 'resumeBy', why: 'pausedOften' }])
})

it('the office may go on before the day; it cannot be paused twice at once, nor extended meanwhile', async () => {
  expect(await moveCase(t.house, west, code, 'resume', {})).toMatchObject({ ok: false, why: 'notFromHere' })
  await moveCase(t.house, dispatcher, code, 'pause', WHY)
  expect(await moveCase(t.house, dispatcher, code, 'pause', WHY)).toMatchObject({ ok: false })
  const later = { reason: '再等等', newDue: '2026-11-13' }
  expect(await moveCase(t.house, dispatcher, code, 'extend', later)).toMatchObject({ ok: false })
  t.at(at('2026-11-09T10:00'))
  expect(await moveCase(t.house, west, code, 'resume', {})).toMatchObject({ ok: true })
  expect((await clock('answer')).due).toBe(at('2026-11-12T17:30'))
  expect((await clock('resume')).endedAt).not.toBeNull()
})

it('an answer while it stands still keeps the promise and ends the pause', async () => {
  await moveCase(t.house, dispatcher, code, 'pause', WHY)
  t.at(at('2026-11-12T10:00'))
  expect(await moveCase(t.house, west, code, 'answer', ANSWER)).toMatchObject({ ok: true })
  expect(await clock('answer')).toMatchObject({ metAt: at('2026-11-12T10:00'), brokenAt: null })
  expect((await clock('resume')).endedAt).not.toBeNull()
  expect((await row()).dueKind).toBe('callBack')
})

it('asks for an extension in time or not at all', async () => {
  t.at(at('2026-11-10T17:31'))
  const done = await moveCase(t.house, west, code, 'askExtension', { reason: '来不及', newDue: '2026-11-13' })
  expect(done).toHaveProperty('details', [{ field: 'newDue', why: 'expired' }])
})
