import { expect, it } from 'vitest'
import { backoff } from '../../../web/shared/backoff.ts'

it('waits longer each time, never beyond half a minute, and not all at once', () => {
  expect([0, 1, 2, 3].map(tries => backoff(tries, 1))).toEqual([500, 1000, 2000, 4000])
  expect(backoff(50, 1)).toBe(30_000)
  expect(backoff(3, 0)).toBe(2000)
})
