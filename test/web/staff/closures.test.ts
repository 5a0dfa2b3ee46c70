import { expect, it } from 'vitest'
import { instantAt, resourceName, shutOn, spanWords } from '../../../web/staff/mediation/closures.ts'
import type { PanelCalendar } from '../../../wire/mediation-desk.ts'

/** 08:30–12:00 and 14:30–17:30 in Chifeng on Wednesday 25 November 2026. */
const DAY = {
  date: '2026-11-25',
  open: [
    { from: '2026-11-25T00:30:00.000Z', to: '2026-11-25T04:00:00.000Z' },
    { from: '2026-11-25T06:30:00.000Z', to: '2026-11-25T09:30:00.000Z' },
  ],
}
const closed = (resource: string, startsAt: string, endsAt: string, reason = '培训') => ({
  ...{ id: resource + startsAt, resource, startsAt, endsAt, reason, by: '施雨桐' },
})
const calendar = (closures: PanelCalendar['closures']): PanelCalendar => ({
  rooms: [
    { id: 'P01.0', name: '一室' },
    { id: 'P01.1', name: '二室' },
  ],
  mediators: [{ id: 'm1', name: '苗和平', languages: [] }],
  ...{ days: [], sessions: [], mayClose: true, closures },
})
const HALF = ['2026-11-25T06:30:00.000Z', '2026-11-25T09:30:00.000Z'] as const

it('a stretch over several days is cut to the hours of each', () => {
  const of = calendar([closed('mediator:m1', '2026-11-24T01:00:00.000Z', '2026-11-25T02:00:00.000Z', '请假')])
  expect(shutOn(of, 'mediator:m1', DAY)).toEqual([
    { from: '2026-11-25T00:30:00.000Z', to: '2026-11-25T02:00:00.000Z', reason: '请假' },
  ])
  expect(shutOn(of, 'mediator:m1', { date: '2026-11-28', open: [] })).toEqual([])
  expect(shutOn(of, 'room:P01.0', DAY)).toEqual([])
})

it('a mediator has nowhere to meet where every room is closed, and somewhere where one is open', () => {
  const both = calendar([closed('room:P01.0', ...HALF), closed('room:P01.1', ...HALF)])
  expect(shutOn(both, 'mediator:m1', DAY)).toEqual([{ from: HALF[0], to: HALF[1], reason: '培训' }])
  const one = calendar([closed('room:P01.0', ...HALF)])
  expect(shutOn(one, 'mediator:m1', DAY)).toEqual([])
})

it('what is closed has a name, and a span in words', () => {
  const of = calendar([])
  expect(['room:P01.1', 'mediator:m1', 'room:P02.0'].map(one => resourceName(of, one))).toEqual([
    '二室',
    '苗和平',
    '',
  ])
  expect(spanWords({ startsAt: HALF[0], endsAt: HALF[1] }, 'zh-CN')).toBe('11月25日周三 14:30–17:30')
  expect(spanWords({ startsAt: HALF[0], endsAt: '2026-11-27T01:00:00.000Z' }, 'zh-CN')).toBe(
    '11月25日周三 — 11月27日周五',
  )
  expect(instantAt('2026-11-25', '14:30')).toBe(HALF[0])
})
