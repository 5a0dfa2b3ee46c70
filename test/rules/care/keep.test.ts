import { expect, it } from 'vitest'
import { asksToday, keptUntil } from '../../../src/rules/care/keep.ts'

it.each([
  ['2026-11-03', 3, null, null, '2029-11-03'],
  ['2024-02-29', 3, null, null, '2027-02-28'],
  ['2026-11-03', 3, null, '2031-01-01', '2031-01-01'],
  ['2026-11-03', 3, null, '2027-01-01', '2029-11-03'],
  // Of age at the end of the year, so that the day tells no birthday; who is of age already waits no longer.
  ['2026-11-03', 3, '2017-03-09', null, '2035-12-31'],
  ['2026-11-03', 3, '2009-03-09', null, '2029-11-03'],
  ['2026-11-03', 3, '2017-03-09', '2037-01-01', '2037-01-01'],
])(
  'care that ended on %s is kept %i years (born %s), or until %s: %s',
  (endedOn, years, birthDate, keptOn, until) => {
    expect(keptUntil({ endedOn, birthDate, keptOn }, years, 18)).toBe(until)
  },
)

it('where age does not count, the years alone do', () => {
  const kept = { endedOn: '2026-11-03', birthDate: '2017-03-09', keptOn: null }
  expect(keptUntil(kept, 3, 0)).toBe('2029-11-03')
})

it('somebody is asked a month before, and from then on', () => {
  expect(['2029-10-03', '2029-10-04', '2029-12-01'].map(today => asksToday('2029-11-03', today))).toEqual([
    false,
    true,
    true,
  ])
})
