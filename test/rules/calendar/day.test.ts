import { expect, it } from 'vitest'
import { endOfDay } from '../../../src/rules/calendar/day.ts'

// biome-ignore format: a table
it.each([
  ['2026-11-03T02:21:00.000Z', 0, '2026-11-03T16:00:00.000Z'],
  ['2026-11-03T15:59:59.999Z', 0, '2026-11-03T16:00:00.000Z'],
  ['2026-11-03T16:00:00.000Z', 0, '2026-11-04T16:00:00.000Z'],
  ['2026-12-31T02:00:00.000Z', 3, '2027-01-03T16:00:00.000Z'],
])('%s and %i days end at %s', (at, later, end) => {
  expect(endOfDay(at, 'Asia/Shanghai', later)).toBe(end)
})
