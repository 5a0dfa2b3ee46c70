import { describe, expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import { deadlinesFor, LIMITS, latestExtension, stageOf } from '../../../src/rules/cases/deadlines.ts'

const { calendar } = loadDistrict('config/hongshan')
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()
const shown = (started: ReturnType<typeof deadlinesFor>) =>
  Object.fromEntries(started.map(({ kind, due }) => [kind, due]))

describe('the clocks of a new case', () => {
  const tuesday = at('2026-11-03T10:26')
  it.each([
    [
      'general',
      { grab: at('2026-11-03T10:56'), contact: at('2026-11-04T17:30'), answer: at('2026-11-10T17:30') },
    ],
    [
      'important',
      { grab: at('2026-11-03T10:56'), contact: at('2026-11-04T10:26'), answer: at('2026-11-06T17:30') },
    ],
    [
      'urgent',
      { contact: at('2026-11-03T12:26'), interim: at('2026-11-04T10:26'), answer: at('2026-11-06T17:30') },
    ],
  ] as const)('%s', (caseClass, clocks) => {
    expect(shown(deadlinesFor('opened', caseClass, tuesday, calendar, { grabMinutes: 30 }))).toEqual(clocks)
  })

  it('a danger must be acknowledged in five minutes', () => {
    const clocks = shown(deadlinesFor('opened', 'urgent', tuesday, calendar, { danger: true }))
    expect(clocks).toHaveProperty('acknowledge', at('2026-11-03T10:31'))
  })

  it('enquiries are quicker, hard matters have fifteen days, petitions sixty', () => {
    const answer = (settings: Parameters<typeof deadlinesFor>[4]) =>
      shown(deadlinesFor('opened', 'general', tuesday, calendar, settings)).answer
    expect(answer({ track: 'enquiry' })).toBe(at('2026-11-05T17:30'))
    expect(answer({ track: 'hard' })).toBe(at('2026-11-18T17:30'))
    expect(answer({ profile: 'petition' })).toBe(at('2027-01-04T17:30'))
  })

  it('says when a promise crosses a year without a holiday notice', () => {
    const late = deadlinesFor('opened', 'general', at('2026-12-29T10:00'), calendar)
    expect(late.find(({ kind }) => kind === 'answer')?.provisional).toBe(true)
  })
})

describe('later clocks', () => {
  it.each([
    ['dispatch', 'general', { sign: at('2026-11-04T17:30') }],
    ['dispatch', 'urgent', { sign: at('2026-11-03T11:26') }],
    ['answer', 'general', { callBack: at('2026-11-06T17:30') }],
    ['rateUnsolved', 'general', { redo: at('2026-11-06T17:30') }],
    ['rateUnsolved', 'urgent', { redo: at('2026-11-04T10:26') }],
    ['note', 'general', {}],
  ] as const)('%s on a %s case', (verb, caseClass, clocks) => {
    expect(shown(deadlinesFor(verb, caseClass, at('2026-11-03T10:26'), calendar))).toEqual(clocks)
  })

  it('extends by at most the first limit again', () => {
    expect(latestExtension(at('2026-11-10T17:30'), 'general', calendar).due).toBe(at('2026-11-17T17:30'))
    expect(latestExtension(at('2026-11-10T17:30'), 'general', calendar, { profile: 'petition' }).due).toBe(
      at('2026-12-10T17:30'),
    )
  })

  it('has every clock of every track', () => {
    for (const tracks of Object.values(LIMITS))
      for (const limits of Object.values(tracks))
        for (const kind of ['sign', 'contact', 'answer', 'redo', 'callBack'] as const)
          expect(limits).toHaveProperty(kind)
  })
})

describe('stages', () => {
  const five = { startedAt: at('2026-11-03T10:26'), due: at('2026-11-10T17:30') }
  const two = { startedAt: at('2026-11-03T22:00'), due: at('2026-11-04T00:00') }
  it.each([
    ['fresh', five, 0, '2026-11-04T10:00', 'onTime'],
    ['Friday evening', five, 0, '2026-11-06T17:30', 'onTime'],
    ['the weekend urges nobody', five, 0, '2026-11-08T12:00', 'onTime'],
    ['the last quarter', five, 0, '2026-11-09T15:30', 'urged'],
    ['at the moment due', five, 0, '2026-11-10T17:30', 'urged'],
    ['over', five, 0, '2026-11-10T17:31', 'supervised'],
    ['over again', five, 1, '2026-11-10T17:31', 'raised'],
    ['a short clock runs at night', two, 0, '2026-11-03T23:31', 'urged'],
    ['a short clock at first', two, 0, '2026-11-03T23:00', 'onTime'],
  ] as const)('%s', (_, deadline, brokenBefore, now, stage) => {
    expect(stageOf({ ...deadline, brokenBefore }, at(now), calendar)).toBe(stage)
  })
})
