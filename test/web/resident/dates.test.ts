import { describe, expect, it } from 'vitest'
import { isPast, isPause, moment, pauseWords, promised } from '../../../web/resident/dates.ts'

const now = Date.parse('2026-11-03T02:21:00.000Z') // 10:21 in Shanghai, a Tuesday

describe('dates as people say them', () => {
  it.each([
    ['2026-11-03T02:20:00.000Z', '今天 10:20', 'today 10:20'],
    ['2026-11-02T15:59:00.000Z', '昨天 23:59', 'yesterday 23:59'],
    ['2026-11-02T16:00:00.000Z', '今天 00:00', 'today 00:00'],
    ['2026-10-20T06:08:00.000Z', '10月20日 14:08', '20 Oct 14:08'],
  ])('%s is %s', (iso, zh, en) => {
    expect(moment(iso, now, 'zh-CN')).toBe(zh)
    expect(moment(iso, now, 'en')).toBe(en)
  })

  it.each([
    ['2026-11-06T09:30:00.000Z', '11月6日 星期五', 'Fri 6 Nov', false],
    ['2026-11-06', '11月6日 星期五', 'Fri 6 Nov', false],
    ['2026-11-03T08:36:00.000Z', '今天 16:36', 'today 16:36', false],
    ['2026-11-04T09:30:00.000Z', '明天 星期三 17:30', 'tomorrow Wed 17:30', false],
    ['2026-11-03', '今天', 'today', false],
    ['2026-11-02', '11月2日 星期一', 'Mon 2 Nov', true],
    ['2026-11-03T02:20:00.000Z', '今天 10:20', 'today 10:20', true],
  ])('a promise for %s is %s', (due, zh, en, past) => {
    expect(promised(due, now, 'zh-CN')).toBe(zh)
    expect(promised(due, now, 'en')).toBe(en)
    expect(isPast(due, now)).toBe(past)
  })

  it('a pause of more than ten minutes gets a line with the time', () => {
    expect(isPause(undefined, '2026-11-03T02:21:00.000Z')).toBe(true)
    expect(isPause('2026-11-03T02:15:00.000Z', '2026-11-03T02:21:00.000Z')).toBe(false)
    expect(isPause('2026-11-03T02:00:00.000Z', '2026-11-03T02:21:00.000Z')).toBe(true)
    expect(pauseWords('2026-10-20T02:21:00.000Z', now, 'zh-CN')).toBe('10月20日 星期二 10:21')
  })
})
