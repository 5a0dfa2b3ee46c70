import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PUBLIC_SHARES, type PublicLine, type SaidLine, sayable } from '../../../src/rules/board/hide.ts'

/** What the public page hides: a table read by people, and what somebody who can count may find out. */

const line = (
  received: number,
  answered: [number, number],
  solved: [number, number],
  satisfied = solved,
): PublicLine => ({
  received,
  answered: { n: answered[0], of: answered[1] },
  solved: { n: solved[0], of: solved[1] },
  satisfied: { n: satisfied[0], of: satisfied[1] },
})

it.each([
  {
    says: 'many of everything: said as it is',
    lines: { lift: line(20, [10, 20], [5, 10]), heat: line(30, [30, 30], [0, 0]) },
    rows: ['lift', 'heat'],
    rest: null,
  },
  {
    says: 'one small subject takes the next smallest along, else it is the sum less the others',
    lines: {
      lift: line(20, [10, 20], [5, 10]),
      heat: line(9, [9, 9], [0, 0]),
      noise: line(3, [3, 3], [0, 0]),
    },
    rows: ['lift'],
    rest: { count: 2, received: 12 },
  },
  {
    says: '19 of 20 in time tells of the one',
    lines: {
      lift: line(20, [19, 20], [5, 10]),
      heat: line(40, [30, 40], [0, 0]),
      noise: line(50, [45, 50], [0, 0]),
    },
    rows: ['noise'],
    rest: { count: 2, received: 60 },
  },
  {
    says: 'two small ones that are four together take a third along',
    lines: {
      a: line(2, [0, 0], [0, 0]),
      b: line(2, [0, 0], [0, 0]),
      c: line(8, [0, 0], [0, 0]),
      d: line(9, [0, 0], [0, 0]),
    },
    rows: ['d'],
    rest: { count: 3, received: 12 },
  },
  {
    says: 'so few that even the sum is not said',
    lines: { a: line(2, [0, 0], [0, 0]), b: line(1, [0, 0], [0, 0]) },
    rows: [],
    rest: { count: 2, received: null },
  },
])('$says', ({ lines, rows, rest }) => {
  const said = sayable(Object.entries(lines).map(([key, one]) => ({ key, line: one })))
  expect(said.rows.map(row => row.key)).toEqual(rows)
  expect(said.rest && { count: said.rest.count, received: said.rest.line.received }).toEqual(rest)
})

const share = fc.tuple(fc.nat(14), fc.nat(14)).map(([a, b]) => ({ n: Math.min(a, b), of: Math.max(a, b) }))
const lines = fc.array(
  fc.record({ received: fc.nat(16), answered: share, solved: share, satisfied: share }),
  { maxLength: 6 },
)

/** Every number somebody reads or gets by taking one from another in the same line. */
const read = ({ received, ...shares }: SaidLine): number[] =>
  [
    received,
    ...PUBLIC_SHARES.flatMap(key => [shares[key].of, shares[key].n, less(shares[key].of, shares[key].n)]),
  ].filter(n => n !== null)
const less = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b)

/** What somebody who knows the sum of so many alone must think possible of one of them. */
const possible = (sum: number, among: number): number[] =>
  among > 1 ? Array.from({ length: sum + 1 }, (_, n) => n) : [sum]

it('no number from one to four is said or can be taken from what is said, and no hidden one can be computed', () => {
  fc.assert(
    fc.property(lines, given => {
      const said = sayable(given.map((one, key) => ({ key, line: one })))
      const shown = said.rows.map(row => row.line)
      const all = [...shown, said.total, ...(said.rest ? [said.rest.line] : [])]
      for (const one of all) for (const n of read(one)) expect([n, n === 0 || n >= 5]).toEqual([n, true])
      const hidden = given.filter(
        (one, key) =>
          !said.rows.some(row => row.key === key) &&
          (one.received || PUBLIC_SHARES.some(name => one[name].of)),
      )
      expect(said.rest?.count ?? 0).toBe(hidden.length)
      // The sum less every line shown is all there is to know of what is hidden, column by column.
      const columns = [
        (at: SaidLine) => at.received,
        ...PUBLIC_SHARES.flatMap(key => [
          (at: SaidLine) => at[key].of,
          (at: SaidLine) => at[key].n,
          (at: SaidLine) => less(at[key].of, at[key].n),
        ]),
      ]
      for (const column of columns) {
        const [total, rest] = [column(said.total), said.rest && column(said.rest.line)]
        const seen = shown.map(column)
        if (total === null || seen.includes(null)) continue
        const left = total - seen.reduce<number>((sum, n) => sum + n!, 0)
        if (rest !== null && rest !== undefined) expect(rest).toBe(left)
        for (const one of hidden) {
          const value = column(one)
          if (!value || value >= 5) continue
          const ways = possible(left, hidden.length)
          expect([value, left, hidden.length, ways.length > 5 && Math.max(...ways) >= 5]).toEqual([
            value,
            left,
            hidden.length,
            true,
          ])
        }
      }
      // What is there is there once: shown, or among the rest.
      const sum = (of: readonly { received: number | null }[]) =>
        of.reduce((all, { received }) => all + (received ?? 0), 0)
      if (said.total.received !== null && said.rest?.line.received !== null)
        expect(sum(shown) + (said.rest?.line.received ?? 0)).toBe(sum(given))
    }),
    { numRuns: 2000 },
  )
})
