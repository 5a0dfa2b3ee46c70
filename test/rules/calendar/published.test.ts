import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf, loadDistrict } from '../../../src/district.ts'
import { openingAt } from '../../../src/rules/calendar/opening.ts'
import {
  addCalendarDays,
  addWorkingDays,
  addWorkingHours,
  type Calendar,
  type Frame,
  isWorkingDay,
  officeHours,
  workingTimeLeft,
} from '../../../src/rules/calendar/working-time.ts'

const district = loadDistrict('config/hongshan')
const { calendar } = district
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()

/** The State Council's notices, stretch by stretch: first day off, last day off, and the weekend days worked for it. */
// biome-ignore format: a table
const PUBLISHED: readonly (readonly [string, string, string, ...string[]])[] = [
  ['元旦 2025',   '2025-01-01', '2025-01-01'],
  ['春节 2025',   '2025-01-28', '2025-02-04', '2025-01-26', '2025-02-08'],
  ['清明 2025',   '2025-04-04', '2025-04-06'],
  ['劳动节 2025', '2025-05-01', '2025-05-05', '2025-04-27'],
  ['端午 2025',   '2025-05-31', '2025-06-02'],
  ['国庆中秋 2025', '2025-10-01', '2025-10-08', '2025-09-28', '2025-10-11'],
  ['元旦 2026',   '2026-01-01', '2026-01-03', '2026-01-04'],
  ['春节 2026',   '2026-02-15', '2026-02-23', '2026-02-14', '2026-02-28'],
  ['清明 2026',   '2026-04-04', '2026-04-06'],
  ['劳动节 2026', '2026-05-01', '2026-05-05', '2026-05-09'],
  ['端午 2026',   '2026-06-19', '2026-06-21'],
  ['中秋 2026',   '2026-09-25', '2026-09-27'],
  ['国庆 2026',   '2026-10-01', '2026-10-07', '2026-09-20', '2026-10-10'],
]

/** The days from one to another, both counted. Plain arithmetic in UTC, none of the code under test. */
function days(first: string, last: string): string[] {
  const out: string[] = []
  for (let day = Date.parse(first); day <= Date.parse(last); day += 86_400_000)
    out.push(new Date(day).toISOString().slice(0, 10))
  return out
}
const OFF = new Set(PUBLISHED.flatMap(([, first, last]) => days(first, last)))
const ON = new Set(PUBLISHED.flatMap(([, , , ...worked]) => worked))
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

describe('the published tables of 2025 and 2026', () => {
  it.each(PUBLISHED)('%s: off from %s to %s, worked for it %s', (_name, first, last, ...worked) => {
    for (const day of days(first, last))
      expect([day, isWorkingDay(calendar, day).working]).toEqual([day, false])
    for (const day of worked)
      expect([day, isWeekend(day), isWorkingDay(calendar, day)]).toEqual([
        day,
        true,
        { working: true, provisional: false },
      ])
  })

  it('every day of both years is as the tables and the week say', () => {
    for (const day of days('2025-01-01', '2026-12-31'))
      expect([day, isWorkingDay(calendar, day).working]).toEqual([
        day,
        ON.has(day) || (!OFF.has(day) && !isWeekend(day)),
      ])
  })

  it.each([
    [
      'Spring Festival week 2025: answered before it, due behind it',
      '2025-01-27T10:00',
      4,
      '2025-02-08T17:30',
    ],
    ['on the make-up Sunday before it', '2025-01-26T10:00', 1, '2025-01-27T17:30'],
    ['the national week 2025', '2025-09-28T09:00', 3, '2025-10-09T17:30'],
    ['the make-up Saturday behind it', '2025-10-09T09:00', 2, '2025-10-11T17:30'],
    ['filed in the middle of Spring Festival 2026', '2026-02-18T20:00', 5, '2026-02-28T17:30'],
    ['filed on a make-up Saturday', '2026-02-14T11:00', 1, '2026-02-24T17:30'],
  ])('%s', (_name, from, n, due) => {
    expect(addWorkingDays(calendar, at(from), n)).toEqual({ due: at(due), provisional: false })
  })

  it.each([
    ['half an hour before the Spring Festival', '2026-02-14T17:15', 0.5, '2026-02-24T08:45'],
    ['four hours into the national week', '2026-09-30T16:30', 4, '2026-10-08T11:30'],
    ['over lunch on a make-up Saturday', '2026-10-10T11:30', 1, '2026-10-10T15:00'],
  ])('working hours: %s', (_name, from, hours, due) => {
    expect(addWorkingHours(calendar, at(from), hours)).toEqual({ due: at(due), provisional: false })
  })

  it('a year without a table is provisional, and right again once its table is there', () => {
    const before = addWorkingDays(calendar, at('2026-12-30T10:00'), 5)
    expect(before).toEqual({ due: at('2027-01-07T17:30'), provisional: true })
    const loaded: Calendar = {
      ...calendar,
      years: [...calendar.years, 2027],
      off: [...calendar.off, '2027-01-01', '2027-01-02', '2027-01-03'],
      on: [...calendar.on, '2027-01-09'],
    }
    expect(addWorkingDays(loaded, at('2026-12-30T10:00'), 7)).toEqual({
      due: at('2027-01-09T17:30'),
      provisional: false,
    })
    expect(addCalendarDays(calendar, at('2026-12-20T10:00'), 15).provisional).toBe(true)
    expect(addCalendarDays(loaded, at('2026-12-20T10:00'), 12)).toEqual({
      due: at('2027-01-04T17:30'),
      provisional: false,
    })
  })
})

describe('hours of a unit', () => {
  const emergency = calendarOf(district, 'D14')
  it('a unit has its own, in summer others; who says nothing keeps the district’s', () => {
    expect(addWorkingHours(emergency, at('2026-11-03T11:30'), 1).due).toBe(at('2026-11-03T14:00'))
    expect(addWorkingDays(emergency, at('2026-07-01T09:00'), 1).due).toBe(at('2026-07-02T18:00'))
    expect(addWorkingHours(emergency, at('2026-07-01T11:30'), 1).due).toBe(at('2026-07-01T15:30'))
    expect(calendarOf(district, '150402010')).toBe(district.calendar)
    expect(calendarOf(district, null)).toBe(district.calendar)
  })

  it('days off are the same for all', () => {
    expect(isWorkingDay(emergency, '2026-10-05').working).toBe(false)
    expect(isWorkingDay(emergency, '2026-10-10').working).toBe(true)
  })

  it('an office of a town is that of its communities and grids', () => {
    const own = { ...district, ownCalendars: new Map([['150402010', emergency]]) }
    const grid = [...district.units.keys()].find(code => code.length === 15 && code.startsWith('150402010'))!
    expect(calendarOf(own, grid)).toBe(emergency)
  })

  it('hours that say they are shut on holidays are', () => {
    const times = [{ weekdays: [1, 2, 3, 4, 5], from: '08:30', to: '12:00', holidays: 'closed' as const }]
    expect(openingAt(calendar, times, at('2026-10-05T09:00'))).toMatchObject({
      open: false,
      opens: at('2026-10-08T08:30'),
    })
  })
})

/** Counts office minutes one by one, by its own reading of the tables: slow, and made of nothing but comparing words. */
function minutesOneByOne(cal: Calendar, fromISO: string, toISO: string): number {
  let count = 0
  for (let minute = Date.parse(fromISO); minute < Date.parse(toISO); minute += 60_000) {
    const local = new Date(minute + 8 * 3_600_000).toISOString()
    const day = local.slice(0, 10)
    if (!(ON.has(day) || (!OFF.has(day) && !isWeekend(day)))) continue
    const season = cal.periods?.find(({ from, to }) => day.slice(5) >= from && day.slice(5) <= to)
    const frames: readonly Frame[] = season?.frames ?? cal.frames
    if (frames.some(({ from, to }) => local.slice(11, 16) >= from && local.slice(11, 16) < to)) count++
  }
  return count
}

describe('against a counter that looks at every minute', () => {
  const minutes = fc
    .integer({
      min: Date.parse('2025-01-01T00:00:00Z') / 60_000,
      max: Date.parse('2026-12-01T00:00:00Z') / 60_000,
    })
    .map(minute => new Date(minute * 60_000).toISOString())
  const spans = fc
    .tuple(minutes, fc.nat(20 * 24 * 60))
    .map(([from, long]) => [from, new Date(Date.parse(from) + long * 60_000).toISOString()] as const)

  it.each([
    ['the district', calendar],
    ['a unit with summer hours', calendarOf(district, 'D14')],
  ])('office time of random intervals: %s', (_name, cal) => {
    fc.assert(
      fc.property(spans, ([from, to]) => {
        const slow = minutesOneByOne(cal, from, to)
        expect(workingTimeLeft(cal, from, to).minutes).toBe(slow)
        expect(Math.round(officeHours(cal, from, to) * 60)).toBe(slow)
      }),
      { numRuns: 120 },
    )
  })

  it('a moment so many office minutes on has just that many before it, and lies in office time', () => {
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 5_000 }), (from, wanted) => {
        const { due } = addWorkingHours(calendar, from, wanted / 60)
        expect(minutesOneByOne(calendar, from, due)).toBe(wanted)
        expect(minutesOneByOne(calendar, new Date(Date.parse(due) - 60_000).toISOString(), due)).toBe(1)
      }),
      { numRuns: 60 },
    )
  })
})
