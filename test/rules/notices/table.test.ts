import { describe, expect, it } from 'vitest'
import { NOTICES, quietUntil, sendAfter, worthUntil } from '../../../src/rules/notices/table.ts'

const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()

describe('quiet hours', () => {
  it.each([
    ['2026-11-03T20:59', null],
    ['2026-11-03T21:00', '2026-11-04T08:00'],
    ['2026-11-03T23:59', '2026-11-04T08:00'],
    ['2026-11-04T00:00', '2026-11-04T08:00'],
    ['2026-11-04T07:59', '2026-11-04T08:00'],
    ['2026-11-04T08:00', null],
    ['2026-12-31T22:00', '2027-01-01T08:00'],
  ])('at %s until %s', (now, until) => expect(quietUntil(at(now))).toBe(until && at(until)))

  it('never hold back a danger, and hold back an answer', () => {
    const night = at('2026-11-03T22:00')
    expect(sendAfter('duty.danger', night)).toBe(night)
    expect(sendAfter('resident.answered', night)).toBe(at('2026-11-04T08:00'))
    expect(worthUntil('resident.answered', night)).toBe(at('2026-11-11T08:00'))
  })

  it('every urgent notice ignores them, and every notice has a way to go', () => {
    for (const [key, row] of Object.entries(NOTICES)) {
      expect([key, row.urgent && row.quiet]).toEqual([key, false])
      expect([key, row.channels.length > 0 && row.worthHours > 0]).toEqual([key, true])
    }
  })
})
