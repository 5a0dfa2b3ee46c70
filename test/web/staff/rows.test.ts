import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bandOf, grouped, joined, neighbour, shortCode } from '../../../web/staff/rows.ts'

const NOW = '2026-11-05T07:06:00.000Z'

it.each([
  ['2026-11-05T07:05:59.999Z', 'late'],
  ['2026-11-05T07:06:00.000Z', 'today'],
  ['2026-11-05T15:59:59.999Z', 'today'],
  ['2026-11-05T16:00:00.000Z', 'later'],
  [null, 'none'],
])('a case due %s stands under %s', (due, band) => {
  expect(bandOf(due, NOW)).toBe(band)
})

it('shows late first, then today, then later, and no empty band', () => {
  const rows = ['2026-11-09T00:00:00.000Z', null, '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'].map(
    due => ({ due }),
  )
  const bands = grouped(rows, NOW)
  expect(bands.map(({ band }) => band)).toEqual(['late', 'later', 'none'])
  expect(bands[0]!.rows.map(({ due }) => due)).toEqual([
    '2026-11-01T00:00:00.000Z',
    '2026-11-02T00:00:00.000Z',
  ])
})

it('never loses or doubles a row by grouping', () => {
  const due = fc.option(
    fc.date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2027-01-01') }),
  )
  fc.assert(
    fc.property(fc.array(due), dues => {
      const rows = dues.map((date, no) => ({ no, due: date?.toISOString() ?? null }))
      const shown = grouped(rows, NOW).flatMap(band => band.rows.map(row => row.no))
      expect(shown.sort((a, b) => a - b)).toEqual(rows.map(row => row.no))
    }),
  )
})

it('shows a case once that moved between two pages, with its newer words', () => {
  const shown = [
    { code: 'a', title: 'old' },
    { code: 'b', title: 'b' },
  ]
  expect(
    joined(shown, [
      { code: 'a', title: 'new' },
      { code: 'c', title: 'c' },
    ]),
  ).toEqual([
    { code: 'a', title: 'new' },
    { code: 'b', title: 'b' },
    { code: 'c', title: 'c' },
  ])
})

it.each([
  [null, 1, 'a'],
  ['a', 1, 'b'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  ['b', -1, 'a'],
  ['gone', 1, 'a'],
] as const)('from %s by %i is %s', (from, by, to) => {
  expect(neighbour(['a', 'b', 'c'], from, by)).toBe(to)
})

it('has nowhere to go in an empty list', () => {
  expect(neighbour([], null, 1)).toBeNull()
})

it.each([
  ['HS-20261103-0042', '1103-0042'],
  ['HS-20261103-12345', '1103-12345'],
  ['odd', 'odd'],
])('%s is shown as %s', (code, short) => {
  expect(shortCode(code)).toBe(short)
})
