import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import {
  addCalendarDays,
  addHours,
  addWorkingDays,
  addWorkingHours,
  type Calendar,
  isOfficeTime,
  isWorkingDay,
  workingTimeLeft,
} from '../../../src/rules/calendar/working-time.ts'

const { calendar } = loadDistrict('config/hongshan')
/** Shanghai wall time as an ISO instant. */
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()

describe('working days', () => {
  it.each([
    ['a plain week', '2026-11-03T10:26', 5, '2026-11-10T17:30', false],
    ['three days, the mockup', '2026-11-03T10:26', 3, '2026-11-06T17:30', false],
    ['from a Saturday', '2026-11-07T10:00', 1, '2026-11-09T17:30', false],
    ['late at night still that day', '2026-11-03T23:59', 1, '2026-11-04T17:30', false],
    ['just after midnight is the next day', '2026-11-04T00:01', 1, '2026-11-05T17:30', false],
    ['over the national week, with a make-up Saturday', '2026-09-30T09:00', 2, '2026-10-09T17:30', false],
    ['three over the national week: 10 October is worked', '2026-09-30T09:00', 3, '2026-10-10T17:30', false],
    ['a make-up Sunday counts', '2026-01-02T09:00', 1, '2026-01-04T17:30', false],
    ['spring festival, make-up days before and after', '2026-02-13T09:00', 2, '2026-02-24T17:30', false],
    ['make-up Saturday 28 February', '2026-02-26T09:00', 2, '2026-02-28T17:30', false],
    ['May, make-up Saturday', '2026-04-30T09:00', 4, '2026-05-09T17:30', false],
    ['into 2027: 1 January is off by law, but provisional', '2026-12-31T09:00', 1, '2027-01-04T17:30', true],
    ['2027 spring festival by law alone', '2027-02-04T09:00', 1, '2027-02-09T17:30', true],
    ['zero days ends today', '2026-11-03T09:00', 0, '2026-11-03T17:30', false],
  ])('%s', (_, from, n, due, provisional) => {
    expect(addWorkingDays(calendar, at(from), n)).toEqual({ due: at(due), provisional })
  })

  it.each([
    ['2026-10-10', true, false],
    ['2026-10-07', false, false],
    ['2026-11-07', false, false],
    ['2026-11-09', true, false],
    ['2027-01-01', false, true],
    ['2027-03-01', true, true],
  ])('%s works: %s, provisional: %s', (day, working, provisional) => {
    expect(isWorkingDay(calendar, day)).toEqual({ working, provisional })
  })
})

describe('calendar days and hours', () => {
  it.each([
    ['15 days', '2026-11-03T10:00', 15, '2026-11-18T17:30', false],
    ['a last day on a Sunday moves to Monday', '2026-11-05T10:00', 10, '2026-11-16T17:30', false],
    ['a last day in the national week moves behind it', '2026-09-21T10:00', 14, '2026-10-08T17:30', false],
    ['60 days into 2027 are provisional', '2026-11-10T10:00', 60, '2027-01-11T17:30', true],
  ])('%s', (_, from, n, due, provisional) => {
    expect(addCalendarDays(calendar, at(from), n)).toEqual({ due: at(due), provisional })
  })

  it('runs plain hours over night and holidays', () => {
    expect(addHours(at('2026-10-01T23:30'), 2)).toBe(at('2026-10-02T01:30'))
    expect(addHours(at('2026-10-01T23:30'), 5 / 60)).toBe(at('2026-10-01T23:35'))
  })

  it.each([
    ['within the morning', '2026-11-03T10:00', 0.5, '2026-11-03T10:30'],
    ['over lunch', '2026-11-03T11:45', 0.5, '2026-11-03T14:45'],
    ['over night', '2026-11-03T17:15', 0.5, '2026-11-04T08:45'],
    ['from before opening', '2026-11-03T06:00', 1, '2026-11-03T09:30'],
    ['over a weekend', '2026-11-06T17:00', 1, '2026-11-09T09:00'],
    ['exactly to closing', '2026-11-03T17:00', 0.5, '2026-11-03T17:30'],
  ])('counts office hours %s', (_, from, hours, due) => {
    expect(addWorkingHours(calendar, at(from), hours)).toEqual({ due: at(due), provisional: false })
  })
})

describe('time left', () => {
  it.each([
    ['today', '2026-11-05T15:06', '2026-11-05T17:30', { late: false, minutes: 144, days: 0 }],
    [
      'days, the mockup',
      '2026-11-05T15:06',
      '2026-11-10T17:30',
      { late: false, minutes: 144 + 3 * 390, days: 3 },
    ],
    ['late by a day', '2026-11-05T10:00', '2026-11-04T17:30', { late: true, minutes: 90, days: 1 }],
    ['a weekend is no time', '2026-11-06T17:30', '2026-11-09T08:30', { late: false, minutes: 0, days: 1 }],
  ])('%s', (_, now, due, left) => {
    expect(workingTimeLeft(calendar, at(now), at(due))).toEqual(left)
  })

  it('knows office time', () => {
    expect(isOfficeTime(calendar, at('2026-11-03T08:30'))).toBe(true)
    expect(isOfficeTime(calendar, at('2026-11-03T12:00'))).toBe(false)
    expect(isOfficeTime(calendar, at('2026-10-10T09:00'))).toBe(true)
    expect(isOfficeTime(calendar, at('2026-10-11T09:00'))).toBe(false)
  })

  it('uses the hours of the season', () => {
    const summer: Calendar = {
      ...calendar,
      periods: [{ from: '05-01', to: '09-30', frames: [{ from: '08:00', to: '18:00' }] }],
    }
    expect(addWorkingDays(summer, at('2026-07-01T09:00'), 1).due).toBe(at('2026-07-02T18:00'))
    expect(addWorkingDays(summer, at('2026-11-03T09:00'), 1).due).toBe(at('2026-11-04T17:30'))
  })
})

describe('laws of counting', () => {
  const instants = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map(date => date.toISOString())

  it('a later start or more days never falls due earlier, and always in office time', () => {
    fc.assert(
      fc.property(instants, instants, fc.nat(12), fc.nat(3), (a, b, n, more) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        const due = addWorkingDays(calendar, early, n).due
        expect(due <= addWorkingDays(calendar, late, n).due).toBe(true)
        expect(due <= addWorkingDays(calendar, early, n + more).due).toBe(true)
        expect(addCalendarDays(calendar, early, n).due <= due).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('office hours added are office minutes left', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 2400 }), (from, minutes) => {
        const { due } = addWorkingHours(calendar, from, minutes / 60)
        const left = workingTimeLeft(calendar, from, due)
        expect(left.late).toBe(false)
        expect(left.minutes).toBe(minutes)
      }),
      { numRuns: 100 },
    )
  })
})
