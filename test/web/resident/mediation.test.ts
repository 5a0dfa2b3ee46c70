import { describe, expect, it, test } from 'vitest'
import {
  byDay,
  daysAfter,
  HELD_FOR,
  hoursLeft,
  leftOf,
  minutes,
  span,
  wholeDay,
} from '../../../web/resident/mediation/days.ts'
import { asked, blank, choicesOf, given, missing } from '../../../web/resident/mediation/needs.ts'
import type { MediationView, Need, Slot } from '../../../wire/mediation.ts'

/** Times on the district's clock, whatever the phone is set to; and the plain form of a step. */

const slot = (startsAt: string, endsAt: string): Slot => ({ startsAt, endsAt, suits: 'none' })

describe('days', () => {
  it('are those of the district', () => {
    const late = slot('2026-11-08T15:30:00.000Z', '2026-11-08T16:30:00.000Z')
    const early = slot('2026-11-08T16:30:00.000Z', '2026-11-08T17:30:00.000Z')
    expect(byDay([late, early]).map(({ date, slots }) => [date, slots.length])).toEqual([
      ['2026-11-08', 1],
      ['2026-11-09', 1],
    ])
    expect(span(late)).toBe('23:30–00:30')
  })

  test.each([
    ['2026-11-08T16:30:00.000Z', '11月9日 星期一', 'Mon 9 Nov'],
    ['2026-11-09', '11月9日 星期一', 'Mon 9 Nov'],
  ])('%s in words', (at, zh, en) => {
    expect([wholeDay(at, 'zh-CN'), wholeDay(at, 'en')]).toEqual([zh, en])
  })

  it('are counted over the end of a month', () => expect(daysAfter('2026-11-28', 34)).toBe('2027-01-01'))
})

// biome-ignore format: a table
test.each([
  ['2026-11-09T01:05:00.000Z', '2026-11-09T01:01:00.000Z', 4 * 60_000],
  ['2026-11-09T01:05:00.000Z', '2026-11-09T00:00:00.000Z', HELD_FOR],
  ['2026-11-09T01:05:00.000Z', '2026-11-09T02:00:00.000Z', HELD_FOR],
])('a hold until %s, seen at %s by a clock that may be wrong', (until, now, left) => {
  expect(leftOf(until, Date.parse(now))).toBe(left)
})

test.each([
  [300_000, '5:00'],
  [61_000, '1:01'],
  [59_100, '1:00'],
  [0, '0:00'],
  [-5, '0:00'],
])('%d ms are shown as %s', (ms, shown) => expect(minutes(ms)).toBe(shown))

it.each([
  ['2026-11-23T03:30:00.000Z', '2026-11-23T01:31:30.000Z', 1, 59],
  ['2026-11-23T03:30:00.000Z', '2026-11-23T03:29:59.000Z', 0, 1],
  // A phone whose clock is wrong is told the whole of it.
  ['2026-11-23T03:30:00.000Z', '2026-11-25T00:00:00.000Z', 2, 0],
])('of an offer until %s there are at %s %i hours and %i minutes left', (until, now, hours, minutes) => {
  expect(hoursLeft(until, Date.parse(now))).toEqual({ hours, minutes })
})

describe('the form of a step', () => {
  const need = (field: string, kind: Need['kind'], required = true): Need => ({
    field,
    label: field,
    kind,
    required,
  })
  const needs = [
    need('mediator', 'mediator'),
    need('text', 'text', false),
    need('told', 'yes'),
    need('routes', 'choices'),
  ]

  it('asks nothing that has a view of its own', () => {
    expect(asked([...needs, need('marks', 'slots'), need('record', 'record')])).toEqual(needs)
  })

  it('sends what was filled in; an empty mediator asks for another one', () => {
    expect(given(needs, { ...blank(needs), text: '  ' })).toEqual({ mediator: '' })
    expect(given(needs, { mediator: 'm1', text: ' 因为 ', told: true, routes: ['court'] })).toEqual({
      mediator: 'm1',
      text: '因为',
      told: true,
      routes: ['court'],
    })
    expect(missing(needs, blank(needs))).toEqual(['told', 'routes'])
  })

  it('offers the other mediators, and the promises of the other side that stand open', () => {
    const view = {
      mediator: '苗和平',
      mediators: [
        { id: 'a', name: '苗和平', languages: [] },
        { id: 'b', name: '白音', languages: ['汉语', '蒙古语'] },
      ],
      promises: [
        { id: 'p1', no: 1, what: '付款', state: 'open', mine: false },
        { id: 'p2', no: 2, what: '开收据', state: 'open', mine: true },
        { id: 'p3', no: 3, what: '道歉', state: 'kept', mine: false },
      ],
    } as unknown as MediationView
    expect(choicesOf(need('mediator', 'mediator'), view, '都行')).toEqual([
      { value: '', label: '都行' },
      { value: 'b', label: '白音（汉语 · 蒙古语）' },
    ])
    expect(choicesOf(need('promise', 'promise'), view, '')).toEqual([{ value: 'p1', label: '1. 付款' }])
  })
})
