import { expect, it } from 'vitest'
import { duties } from '../../../src/rules/care/duties.ts'
import { stripOf } from '../../../src/rules/care/strip.ts'
import { RULES, visit } from './care.ts'

const year = (startsOn: string, visits: Parameters<typeof duties>[2], endsOn: string | null = null) =>
  duties(RULES, { startsOn, endsOn }, visits, '2026-01-01', '2026-12-31')

// Twelve months, eight contacts with the grown-ups, three festivals, two terms.
it.each([
  ['nothing done by November', '2025-09-01', [], '2026-11-10', 'xxxxxxxxxxnf xxxxxxnn xxx xn'],
  [
    'a home visit at the Dragon Boat festival',
    '2025-09-01',
    [visit('2026-06-18', 'homeVisit', 'child')],
    '2026-06-20',
    'xxxxxdffffff xxnnffff xdf xf',
  ],
  ['paired in May', '2026-05-06', [], '2026-05-20', '----nfffffff ---nffff -ff -f'],
] as const)('%s', (_, startsOn, visits, today, strip) => {
  expect(stripOf(year(startsOn, [...visits]), today)).toBe(strip.replaceAll(' ', ''))
})

it('is 25 letters whatever was done', () => {
  expect(stripOf([], '2026-11-10')).toBe('-'.repeat(25))
  expect(stripOf(year('2026-08-01', [], '2026-09-10'), '2026-11-10')).toHaveLength(25)
})
