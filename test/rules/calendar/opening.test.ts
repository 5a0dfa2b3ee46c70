import { expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import { type OpeningTimes, openingAt } from '../../../src/rules/calendar/opening.ts'

const { calendar, hotlines } = loadDistrict('config/hongshan')
const timesOf = (number: string) => hotlines.find(line => line.number === number)!.open as OpeningTimes
/** Local time in the district. */
const local = (at: string) => new Date(`${at}:00+08:00`).toISOString()
const said = (times: OpeningTimes, at: string) => {
  const opening = openingAt(calendar, times, local(at))
  if (!opening) return 'unknown'
  return opening.open ? 'open' : (opening.opens ?? 'not soon')
}

// biome-ignore format: a table
it.each([
  // 12338: working days 8:30–11:30, 14:30–17:30. 2026-11-03 is a Tuesday.
  ['12338', '2026-11-03T10:21', 'open'],
  ['12338', '2026-11-03T08:29', local('2026-11-03T08:30')],
  ['12338', '2026-11-03T08:30', 'open'],
  ['12338', '2026-11-03T11:30', local('2026-11-03T14:30')],
  ['12338', '2026-11-03T12:40', local('2026-11-03T14:30')],
  ['12338', '2026-11-03T17:30', local('2026-11-04T08:30')],
  ['12338', '2026-11-06T18:00', local('2026-11-09T08:30')],
  ['12338', '2026-11-07T10:00', local('2026-11-09T08:30')],
  // National Day 1–7 October; Saturday the 10th is worked.
  ['12338', '2026-09-30T20:00', local('2026-10-08T08:30')],
  ['12338', '2026-10-05T10:00', local('2026-10-08T08:30')],
  ['12338', '2026-10-10T10:00', 'open'],
  // 12348: 8:00–20:00 at weekends too, not on holidays.
  ['12348', '2026-11-08T19:59', 'open'],
  ['12348', '2026-11-08T20:00', local('2026-11-09T08:00')],
  ['12348', '2026-10-03T10:00', local('2026-10-08T08:00')],
  // 12355: every day of the year.
  ['12355', '2026-10-03T10:00', 'open'],
  ['12355', '2026-10-03T17:30', local('2026-10-04T09:00')],
  // Day and night.
  ['12345', '2026-10-03T03:00', 'open'],
  // 2027 has no published holidays: nothing is claimed that hangs on them.
  ['12338', '2027-03-02T10:00', 'unknown'],
  ['12355', '2027-03-02T10:00', 'open'],
  ['12345', '2027-03-02T10:00', 'open'],
  ['12338', '2026-12-31T18:00', 'not soon'],
] as const)('%s at %s: %s', (number, at, what) => expect(said(timesOf(number), at)).toBe(what))

it('goes to midnight, and on into the next day', () => {
  const night: OpeningTimes = [{ weekdays: [2], from: '20:00', to: '24:00', holidays: 'open' }]
  expect(said(night, '2026-11-03T23:59')).toBe('open')
  expect(said(night, '2026-11-04T00:00')).toBe(local('2026-11-10T20:00'))
})

it('lines without fixed times claim nothing', () => {
  for (const number of ['12356', '12309', '12315'])
    expect(hotlines.find(line => line.number === number)).not.toHaveProperty('open')
})
