import { describe, expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import { afterPause, isHalfGone, limitOf, PAUSED, recounted } from '../../../src/rules/cases/deadlines.ts'
import { mayPause, mayReopen } from '../../../src/rules/cases/guards.ts'

const { calendar } = loadDistrict('config/hongshan')
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()

describe('a pause', () => {
  const fine = {
    petition: false,
    paused: false,
    pauses: 0,
    most: 1,
    now: at('2026-11-05T10:00'),
    due: at('2026-11-10T17:30'),
    resumeBy: at('2026-11-16T17:30'),
    latest: at('2026-11-20T23:59'),
  }
  it.each([
    ['in time, within the days', {}, null],
    ['of a petition', { petition: true }, 'petitionNeverPauses'],
    ['of what stands still', { paused: true }, 'paused'],
    ['a second time', { pauses: 1 }, 'pausedOften'],
    ['after expiry', { now: at('2026-11-10T17:31') }, 'expired'],
    ['at the very end', { now: at('2026-11-10T17:30') }, null],
    ['until yesterday', { resumeBy: at('2026-11-04T17:30') }, 'notLater'],
    ['for too long', { resumeBy: at('2026-11-21T17:30') }, 'tooLong'],
  ] as const)('%s', (_name, change, why) => {
    const guarded = mayPause({ ...fine, ...change })
    expect(guarded.ok ? null : guarded.why).toBe(why)
  })

  it.each([
    // 24.5 office hours were left on Thursday at ten.
    [
      'moves by the office time it stood',
      '2026-11-10T17:30',
      '2026-11-05T10:00',
      '2026-11-16T17:31',
      '2026-11-20T16:00',
    ],
    [
      'resumed at once moves nothing',
      '2026-11-10T17:30',
      '2026-11-05T10:00',
      '2026-11-05T10:00',
      '2026-11-10T17:30',
    ],
    [
      'a weekend alone is no time',
      '2026-11-10T17:30',
      '2026-11-06T17:30',
      '2026-11-09T08:30',
      '2026-11-10T17:30',
    ],
  ])('%s', (_name, due, pausedAt, now, moved) => {
    const limit = limitOf('hotline', 'general', 'answer')
    expect(afterPause(calendar, { due: at(due), pausedAt: at(pausedAt) }, at(now), limit).due).toBe(at(moved))
  })

  it('of a clock of plain hours moves by plain hours', () => {
    const clock = { due: at('2026-11-06T10:00'), pausedAt: at('2026-11-05T16:00') }
    const limit = limitOf('hotline', 'urgent', 'redo')
    expect(afterPause(calendar, clock, at('2026-11-07T16:00'), limit).due).toBe(at('2026-11-08T10:00'))
  })

  it('stops the promise alone: contact and interim report go on', () => {
    expect(PAUSED).toEqual(['answer', 'redo'])
  })
})

describe('a date counted anew', () => {
  const clock = { startedAt: at('2026-12-30T10:00'), due: at('2027-01-07T17:30'), byHand: false }
  const loaded = {
    ...calendar,
    years: [...calendar.years, 2027],
    off: [...calendar.off, '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'],
  }
  const five = limitOf('hotline', 'general', 'answer')
  it.each([
    ['keeps its limit', loaded, false, { due: at('2027-01-08T17:30'), provisional: false }],
    ['stays presumed without the table', calendar, false, { due: clock.due, provisional: true }],
    ['set by hand stays where it is', loaded, true, { due: clock.due, provisional: false }],
  ])('%s', (_name, cal, byHand, to) => {
    expect(recounted(cal, { ...clock, byHand }, five)).toEqual(to)
  })

  it('set by hand leaves a rest day', () => {
    const given = { ...clock, due: at('2027-01-04T17:30'), byHand: true }
    expect(recounted(loaded, given, five).due).toBe(at('2027-01-05T17:30'))
  })
})

describe('the call-back', () => {
  const clock = { startedAt: at('2026-11-03T10:30'), due: at('2026-11-06T17:30') }
  it.each([
    ['2026-11-04T17:30', false],
    ['2026-11-05T09:00', false],
    ['2026-11-05T10:00', true],
    ['2026-11-06T17:00', true],
  ])('half its time is gone at %s: %s', (now, gone) => {
    expect(isHalfGone(clock, at(now), calendar)).toBe(gone)
  })

  it.each([
    ['2026-11-24T23:59', true],
    ['2026-11-25T00:01', false],
  ])('a matter of 9 November may be had again on %s: %s', (now, may) => {
    expect(mayReopen(at(now), at('2026-11-24T23:59')).ok).toBe(may)
  })
})
