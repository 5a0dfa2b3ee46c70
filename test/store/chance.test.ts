import { validate, version } from 'uuid'
import { afterEach, expect, it, vi } from 'vitest'
import { newId, randomFew } from '../../src/store/chance.ts'

afterEach(() => vi.useRealTimers())

it('gives ids that grow, in a crowded millisecond and when the clock is put back', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-03T02:21:00.000Z') })
  const ids = Array.from({ length: 5_000 }, newId)
  vi.setSystemTime(Date.parse('2026-11-03T02:20:00.000Z'))
  ids.push(newId())
  vi.setSystemTime(Date.parse('2026-11-03T02:22:00.000Z'))
  ids.push(newId())
  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every(id => validate(id) && version(id) === 7)).toBe(true)
})

it('draws bytes that do not come again', () => {
  const drawn = Array.from({ length: 5_000 }, () => randomFew(12).toString('hex'))
  expect(new Set(drawn).size).toBe(drawn.length)
})
