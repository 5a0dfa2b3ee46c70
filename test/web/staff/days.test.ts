import { expect, it } from 'vitest'
import { freeIn, hoursShown, slotsByDay, spanOf, stepped } from '../../../web/staff/mediation/days.ts'

/** 08:30–12:00 and 14:30–17:30 in Chifeng on Wednesday 25 November 2026. */
const OPEN = [
  { from: '2026-11-25T00:30:00.000Z', to: '2026-11-25T04:00:00.000Z' },
  { from: '2026-11-25T06:30:00.000Z', to: '2026-11-25T09:30:00.000Z' },
]
const EVE = '2026-11-24T00:00:00.000Z'

it.each([
  ['month', '2026-11-15', '2026-10-26', '2026-12-06'],
  ['month', '2027-02-01', '2027-02-01', '2027-02-28'],
  ['week', '2026-11-25', '2026-11-23', '2026-11-29'],
  ['week', '2026-11-29', '2026-11-23', '2026-11-29'],
  ['day', '2026-11-25', '2026-11-25', '2026-11-25'],
] as const)('a %s that holds %s goes from %s to %s', (view, date, from, to) => {
  expect(spanOf(view, date)).toEqual({ from, to })
})

it.each([
  ['month', '2026-11-30', 1, '2026-12-01'],
  ['month', '2026-12-05', 1, '2027-01-01'],
  ['month', '2027-01-31', -1, '2026-12-01'],
  ['week', '2026-11-25', -1, '2026-11-18'],
  ['day', '2026-12-31', 1, '2027-01-01'],
] as const)('from the %s of %s, %i on, it is %s', (view, date, by, to) => {
  expect(stepped(view, date, by)).toBe(to)
})

it('what is free is open, not taken, not past, and at least half an hour', () => {
  const taken = [
    { from: '2026-11-25T01:00:00.000Z', to: '2026-11-25T02:00:00.000Z' },
    { from: '2026-11-25T02:15:00.000Z', to: '2026-11-25T04:00:00.000Z' },
  ]
  expect(freeIn(OPEN, [], EVE)).toEqual(OPEN)
  expect(freeIn(OPEN, taken, EVE)).toEqual([
    { from: '2026-11-25T00:30:00.000Z', to: '2026-11-25T01:00:00.000Z' },
    OPEN[1],
  ])
  expect(freeIn(OPEN, taken, '2026-11-25T07:05:00.000Z')).toEqual([
    { from: '2026-11-25T07:30:00.000Z', to: '2026-11-25T09:30:00.000Z' },
  ])
  expect(freeIn([], taken, EVE)).toEqual([])
})

it('a day shows whole hours around its opening', () => {
  expect(hoursShown([{ date: '2026-11-25', open: OPEN, holiday: false }], [])).toEqual([8, 18])
  expect(hoursShown([], [])).toEqual([8, 18])
})

it('slots that suit both sides come first in their day', () => {
  const slot = (startsAt: string, suits: 'both' | 'mine' | 'none') => ({ startsAt, endsAt: startsAt, suits })
  const days = slotsByDay([
    slot('2026-11-25T01:00:00.000Z', 'none'),
    slot('2026-11-25T02:00:00.000Z', 'both'),
    slot('2026-11-26T01:00:00.000Z', 'mine'),
  ])
  expect(days.map(({ date, both }) => [date, both])).toEqual([
    ['2026-11-25', 1],
    ['2026-11-26', 0],
  ])
  expect(days[0]?.slots.map(one => one.suits)).toEqual(['both', 'none'])
})
