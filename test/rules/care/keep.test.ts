import { expect, it } from 'vitest'
import { asksToday, keptUntil } from '../../../src/rules/care/keep.ts'

it.each([
  ['2026-11-03', 3, null, '2029-11-03'],
  ['2024-02-29', 3, null, '2027-02-28'],
  ['2026-11-03', 3, '2031-01-01', '2031-01-01'],
  ['2026-11-03', 3, '2027-01-01', '2029-11-03'],
])('care that ended on %s is kept %i years, or until %s: %s', (endedOn, years, keptOn, until) => {
  expect(keptUntil(endedOn, years, keptOn)).toBe(until)
})

it('somebody is asked a month before, and from then on', () => {
  expect(['2029-10-03', '2029-10-04', '2029-12-01'].map(today => asksToday('2029-11-03', today))).toEqual([
    false,
    true,
    true,
  ])
})
