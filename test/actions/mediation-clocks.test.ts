import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { passOffersOn } from '../../src/actions/earlier-meeting.ts'
import { brokenPromises } from '../../src/actions/invariant.ts'
import {
  remindMeetings,
  remindPromises,
  runMediationClocks,
  sweepHolds,
} from '../../src/actions/mediation-clock.ts'
import { moveMediation } from '../../src/actions/move-mediation.ts'
import type { Who } from '../../src/actions/rights.ts'
import { holdSlot, takeEarlier, wantEarlier } from '../../src/actions/use-mediation.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { AGREEMENT, agreedToTalk, apply, book, join, panelStaff, person, RECORD, step } from './mediating.ts'

const NINE = '2026-11-09T01:00:00.000Z'
let t: TestHouse
let secretary: Who
let mediator: Who

beforeEach(async () => {
  t = await makeHouse()
  secretary = await panelStaff(t.house, 'sec', 'panelSecretary')
  mediator = await panelStaff(t.house, 'med', 'mediator')
})
afterEach(() => t.close())

const told = async (code: string) =>
  (
    await t.house.store.read.sql.all<{ notice: string; to: string }>(
      `SELECT n."notice", n."recipient" AS "to" FROM "Notice" n JOIN "Case" c ON c."id" = n."caseId" WHERE c."code" = ? ORDER BY n."createdAt", n."id"`,
      code,
    )
  ).map(row => row.notice)
const stateOf = async (code: string) =>
  (await t.house.store.read.sql.get<{ state: string }>('SELECT "state" FROM "Case" WHERE "code" = ?', code))
    ?.state
const count = (list: string[], key: string) => list.filter(one => one === key).length

describe('reminders of a meeting', () => {
  test('three days, one day, two hours before; to both sides and the mediator; once each', async () => {
    const { code, applicant } = await agreedToTalk(t.house, secretary)
    await book(t.house, applicant, code, NINE)
    for (let at = Date.parse('2026-11-03T02:30:00Z'); at < Date.parse(NINE); at += 20 * 60_000) {
      t.at(new Date(at).toISOString())
      await remindMeetings(t.house)
    }
    const said = await told(code)
    for (const stage of ['remind3days', 'remind1day', 'remind2hours'])
      expect([stage, count(said, `side.${stage}`), count(said, `mediator.${stage}`)]).toEqual([stage, 2, 1])
  })

  test('after a day of downtime only the latest; a clock moved back says nothing again; never at night', async () => {
    const { code, applicant } = await agreedToTalk(t.house, secretary)
    await book(t.house, applicant, code, NINE)
    t.at('2026-11-08T15:00:00.000Z')
    expect(await remindMeetings(t.house)).toBe(0)
    t.at('2026-11-08T02:00:00.000Z')
    await remindMeetings(t.house)
    t.at('2026-11-06T02:00:00.000Z')
    await remindMeetings(t.house)
    const said = await told(code)
    expect([count(said, 'side.remind3days'), count(said, 'side.remind1day')]).toEqual([0, 2])
  })

  test('two processes at once: still once', async () => {
    const { code, applicant } = await agreedToTalk(t.house, secretary)
    await book(t.house, applicant, code, NINE)
    t.at('2026-11-08T02:00:00.000Z')
    await Promise.all([remindMeetings(t.house), remindMeetings(t.house), remindMeetings(t.house)])
    expect(count(await told(code), 'side.remind1day')).toBe(2)
    const lines = await t.house.store.read.sql.get<{ n: number }>(
      'SELECT COUNT(*) AS "n" FROM "Message" WHERE "personId" = ? AND "sender" = ?',
      applicant,
      'notice',
    )
    // Accepted, willing, booked, reminded.
    expect(Number(lines?.n)).toBe(4)
  })

  test('a meeting booked for tomorrow is not reminded of what is past', async () => {
    t.at('2026-11-08T02:00:00.000Z')
    const { code, applicant } = await agreedToTalk(t.house, secretary)
    await book(t.house, applicant, code, NINE)
    await remindMeetings(t.house)
    expect(count(await told(code), 'side.remind1day')).toBe(0)
    t.at('2026-11-09T00:00:00.000Z')
    await remindMeetings(t.house)
    expect(count(await told(code), 'side.remind2hours')).toBe(2)
  })
})

describe('the clocks', () => {
  test('a silent party is asked twice more, then it ends and the applicant is told the other ways', async () => {
    const applicant = await person(t.house)
    const other = await person(t.house)
    const code = await apply(t.house, applicant)
    await step(t.house, { staff: secretary }, code, 'admit')
    await join(t.house, secretary, code, other)
    for (let day = 3; day <= 20; day++) {
      t.at(`2026-11-${String(day).padStart(2, '0')}T03:00:00.000Z`)
      await runMediationClocks(t.house)
      await runMediationClocks(t.house)
    }
    const said = await told(code)
    expect(count(said, 'side.remindReply')).toBe(2)
    expect(count(said, 'side.silent')).toBe(2)
    expect(await stateOf(code)).toBe('noConsent')
  })

  test('a party that never opened the letter: the panel is asked to call, twice, and it ends the same', async () => {
    const code = await apply(t.house, await person(t.house))
    await step(t.house, { staff: secretary }, code, 'admit')
    for (let day = 3; day <= 20; day++) {
      t.at(`2026-11-${String(day).padStart(2, '0')}T03:00:00.000Z`)
      await runMediationClocks(t.house)
    }
    const said = await told(code)
    expect([count(said, 'panel.unopened'), count(said, 'side.silent')]).toEqual([2, 1])
    expect(await stateOf(code)).toBe('noConsent')
  })

  test.each([
    ['P01', '2026-12-02T03:00:00.000Z', 'booking'],
    ['P01', '2026-12-04T03:00:00.000Z', 'failed'],
    ['P04', '2026-11-18T03:00:00.000Z', 'booking'],
    ['P04', '2026-11-19T03:00:00.000Z', 'failed'],
    ['P03', '2026-12-15T03:00:00.000Z', 'booking'],
    ['P03', '2026-12-16T03:00:00.000Z', 'failed'],
  ])('%s at %s: %s', async (panel, at, state) => {
    const own = await panelStaff(t.house, `sec-${panel}`, 'panelSecretary', panel)
    const { code } = await agreedToTalk(t.house, own, { application: { panel, answers: { accepted: 'no' } } })
    t.at(at)
    await runMediationClocks(t.house)
    expect(await stateOf(code)).toBe(state)
  })

  test('an appraisal stops the medical clock', async () => {
    const own = await panelStaff(t.house, 'sec3', 'panelSecretary', 'P03')
    const { code } = await agreedToTalk(t.house, own, {
      application: { panel: 'P03', answers: { accepted: 'no' } },
    })
    await step(t.house, { staff: own }, code, 'appraise', { text: '医学会鉴定' })
    t.at('2026-12-16T03:00:00.000Z')
    await runMediationClocks(t.house)
    expect(await stateOf(code)).toBe('booking')
    await step(t.house, { staff: own }, code, 'appraised')
    t.at('2027-02-20T03:00:00.000Z')
    await runMediationClocks(t.house)
    expect(await stateOf(code)).toBe('failed')
  })

  test('after an agreement: promises are reminded of, the court has thirty days, nothing is promised in vain', async () => {
    const { code, applicant } = await agreedToTalk(t.house, secretary)
    await book(t.house, applicant, code, NINE)
    t.at(NINE)
    await step(t.house, { staff: mediator }, code, 'begin', { told: true })
    await step(t.house, { staff: mediator }, code, 'agree', { record: RECORD, agreement: AGREEMENT })
    for (let day = 0; day < 40; day++) {
      t.at(new Date(Date.parse('2026-11-10T03:00:00Z') + day * 86_400_000).toISOString())
      await remindPromises(t.house)
      await runMediationClocks(t.house)
    }
    const said = await told(code)
    expect([
      count(said, 'side.promiseSoon'),
      count(said, 'side.promisePassed'),
      count(said, 'side.confirmSoon'),
    ]).toEqual([2, 4, 2])
    expect(await stateOf(code)).toBe('performing')
    expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
  })
})

describe('the line for an earlier meeting', () => {
  test('a freed place is offered for two hours to the first in line, then to the next', async () => {
    const cases = []
    for (let n = 0; n < 3; n++) cases.push(await agreedToTalk(t.house, secretary))
    const [first, second, third] = cases as [(typeof cases)[0], (typeof cases)[0], (typeof cases)[0]]
    await book(t.house, first.applicant, first.code, NINE)
    await book(t.house, second.applicant, second.code, '2026-11-10T01:00:00.000Z')
    await book(t.house, third.applicant, third.code, '2026-11-11T01:00:00.000Z')
    await wantEarlier(t.house, second.applicant, second.code, true)
    t.pass(1000)
    await wantEarlier(t.house, third.applicant, third.code, true)
    await step(t.house, { personId: first.applicant }, first.code, 'unbook', {})
    expect(count(await told(second.code), 'side.earlier')).toBe(1)
    // While it is on offer nobody else has it.
    expect(
      await holdSlot(t.house, { personId: third.applicant }, third.code, {
        startsAt: NINE,
        mediator: mediator.staffId,
      }),
    ).toMatchObject({ ok: false, why: 'taken' })
    t.pass(2 * 3_600_000 + 1)
    expect(await takeEarlier(t.house, second.applicant, second.code)).toMatchObject({ why: 'gone' })
    await passOffersOn(t.house)
    expect(count(await told(third.code), 'side.earlier')).toBe(1)
    const moved = await takeEarlier(t.house, third.applicant, third.code)
    expect(moved.ok).toBe(true)
    const row = await t.house.store.read.sql.get<{ changes: number }>(
      'SELECT p."changes" FROM "Party" p JOIN "Case" c ON c."id" = p."caseId" WHERE c."code" = ? AND p."side" = ?',
      third.code,
      'applicant',
    )
    expect(row?.changes).toBe(0)
  })

  test('a hold that was never booked is swept, and blocks nobody before that', async () => {
    const { code, applicant } = await agreedToTalk(t.house, secretary)
    await holdSlot(t.house, { personId: applicant }, code, { startsAt: NINE })
    t.pass(5 * 60_000)
    expect(await sweepHolds(t.house)).toBe(1)
    const rows = await t.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Occupancy"')
    expect(Number(rows?.n)).toBe(0)
    expect(await moveMediation(t.house, { personId: applicant }, code, 'unbook', {})).toMatchObject({
      ok: false,
    })
  })
})
