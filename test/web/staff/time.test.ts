import { expect, it } from 'vitest'
import { ago, clockOf, dateOf, day, moment, timeLeft } from '../../../web/staff/time.ts'

// 15:06 on Thursday 5 November 2026 in Shanghai.
const NOW = '2026-11-05T07:06:00.000Z'

it.each([
  ['2026-11-04T05:00:00.000Z', 'late', 'lateDays', 1, 0],
  ['2026-11-05T02:00:00.000Z', 'late', 'lateHours', 5, 0],
  ['2026-11-05T07:00:00.000Z', 'late', 'lateMinutes', 6, 0],
  ['2026-11-05T07:05:59.000Z', 'late', 'lateMinutes', 1, 0],
  ['2026-11-05T07:06:00.000Z', 'near', 'minutes', 1, 0],
  ['2026-11-05T07:44:00.000Z', 'near', 'minutes', 38, 0],
  ['2026-11-05T08:56:00.000Z', 'near', 'hours', 1, 50],
  ['2026-11-05T15:59:59.000Z', 'near', 'hours', 8, 53],
  ['2026-11-05T16:00:00.000Z', 'quiet', 'tomorrow', 1, 0],
  ['2026-11-06T09:30:00.000Z', 'quiet', 'tomorrow', 1, 0],
  ['2026-11-10T09:30:00.000Z', 'quiet', 'days', 5, 0],
])('due %s is %s: %s %i %i', (due, shape, key, n, m) => {
  expect(timeLeft(due, NOW)).toMatchObject({ shape, key, n, m })
})

it('is near and counted in hours across midnight when little time is left', () => {
  expect(timeLeft('2026-11-05T17:30:00.000Z', '2026-11-05T15:00:00.000Z')).toMatchObject({
    shape: 'near',
    key: 'hours',
    n: 2,
    m: 30,
  })
})

it('reads instants in Shanghai, whatever the machine thinks', () => {
  expect(dateOf('2026-11-05T16:00:00.000Z')).toBe('2026-11-06')
  expect(clockOf('2026-11-05T16:00:00.000Z')).toBe('00:00')
})

it.each([
  ['2026-11-05T01:31:00.000Z', 'zh-CN', '今天 09:31'],
  ['2026-11-04T01:31:00.000Z', 'zh-CN', '昨天 09:31'],
  ['2026-11-03T01:12:00.000Z', 'zh-CN', '11月3日 09:12'],
  ['2025-12-31T01:12:00.000Z', 'zh-CN', '2025年12月31日 09:12'],
  ['2026-11-05T01:31:00.000Z', 'en', 'today 09:31'],
  ['2026-11-03T01:12:00.000Z', 'en', '3 Nov 09:12'],
  ['2025-12-31T01:12:00.000Z', 'en', '31 Dec 2025 09:12'],
])('%s in %s is "%s"', (at, language, words) => {
  expect(moment(at, NOW, language)).toBe(words)
})

it('takes the month name from the Shanghai date', () => {
  expect(day('2026-10-31T16:30:00.000Z', NOW, 'en')).toBe('1 Nov')
})

it.each([
  ['2026-11-05T07:05:57.000Z', 'seconds', 3],
  ['2026-11-05T07:06:00.500Z', 'seconds', 1],
  ['2026-11-05T07:05:00.000Z', 'minutes', 1],
  ['2026-11-05T05:00:00.000Z', 'hours', 2],
])('%s was %s %i ago', (at, key, n) => {
  expect(ago(at, NOW)).toEqual({ key, n })
})
