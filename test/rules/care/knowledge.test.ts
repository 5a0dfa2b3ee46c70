import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import { districtFolder } from '../../../src/load.ts'
import { addDays } from '../../../src/rules/care/dates.ts'
import { mondayOf, topicOf } from '../../../src/rules/care/knowledge.ts'

const { knowledge } = loadDistrict(districtFolder('hongshan'))
const weeksOf = (year: number) => {
  const first = mondayOf(`${year}-01-04`)
  return Array.from({ length: 52 }, (_, at) => addDays(first, at * 7))
}

it.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2026-12-01', '2026-11-30'],
  ['2027-01-03', '2026-12-28'],
  ['2023-12-31', '2023-12-25'],
])('%s lies in the week of %s', (date, monday) => expect(mondayOf(date)).toBe(monday))

it('warns of drowning before and in summer, every year, and never in winter', () => {
  for (const year of [2026, 2027, 2030]) {
    const told = weeksOf(year).filter(week => topicOf(knowledge, week).key === 'drowning')
    expect(told.length, String(year)).toBeGreaterThanOrEqual(2)
    expect(
      told.some(week => week.slice(5) < '06-25'),
      String(year),
    ).toBe(true)
    expect(told.every(week => week.slice(5) >= '05-01' && week.slice(5) <= '09-10')).toBe(true)
  }
})

it('brings every topic round within two years', () => {
  const told = new Set([2026, 2027].flatMap(weeksOf).map(week => topicOf(knowledge, week).key))
  expect(knowledge.map(({ key }) => key).filter(key => !told.has(key))).toEqual([])
})

it('has one topic for any week, in its season', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 4000 }), week => {
      const monday = addDays('2024-01-01', week * 7)
      const { from, to } = topicOf(knowledge, monday)
      const day = monday.slice(5)
      if (!from || !to) return
      expect(from <= to ? day >= from && day <= to : day >= from || day <= to).toBe(true)
    }),
  )
})
