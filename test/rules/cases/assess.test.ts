import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assess,
  type EndedCase,
  type EndedClock,
  MEASURES,
  type SaidLine,
} from '../../../src/rules/cases/assess.ts'
import {
  type Counted,
  correctionsOf,
  percent,
  standing,
  tally,
} from '../../../src/rules/cases/assess-table.ts'
import { DEADLINE_KINDS } from '../../../src/rules/cases/types.ts'

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T02:00:00.000Z`
const clock = (kind: EndedClock['kind'], more: Partial<EndedClock> = {}): EndedClock => ({
  ...{ kind, orderId: null, due: day(10), pausedAt: null, metAt: null, brokenAt: null, endedAt: null },
  ...more,
})
const said = (no: number, verb: string, satisfied: number | null = null, byResident = true): SaidLine => ({
  ...{ no, verb, satisfied, byResident },
})
const ended = (more: Partial<EndedCase>): EndedCase => ({
  ...{ unit: 'WEST', redos: 0, clocks: [], orders: [], said: [] },
  ...more,
})
const NOTHING = { contacted: null, answered: null, redone: 0, upheld: null, solved: null, satisfied: null }

describe('what an ended case says of itself', () => {
  it.each<[string, Partial<EndedCase>, object]>([
    ['nothing known', {}, {}],
    ['contacted in time', { clocks: [clock('contact', { metAt: day(9) })] }, { contacted: 1 }],
    ['contacted at the last moment', { clocks: [clock('contact', { metAt: day(10) })] }, { contacted: 1 }],
    [
      'contacted late',
      { clocks: [clock('contact', { metAt: day(11), brokenAt: day(10) })] },
      { contacted: 0 },
    ],
    ['late, though nobody noticed', { clocks: [clock('contact', { metAt: day(11) })] }, { contacted: 0 }],
    ['answered in time', { clocks: [clock('answer', { metAt: day(8) })] }, { answered: 1 }],
    [
      'answered, but the interim report was late',
      { clocks: [clock('answer', { metAt: day(8) }), clock('interim', { due: day(6), metAt: day(8) })] },
      { answered: 0 },
    ],
    [
      'one redo late',
      {
        redos: 2,
        clocks: [
          clock('answer', { metAt: day(8) }),
          clock('redo', { metAt: day(9) }),
          clock('redo', { metAt: day(12) }),
        ],
      },
      { answered: 0, redone: 2 },
    ],
    [
      'answered while it stood still',
      { clocks: [clock('answer', { metAt: day(14), pausedAt: day(9) })] },
      { answered: 1 },
    ],
    [
      'broken while it stood still',
      { clocks: [clock('answer', { metAt: day(14), pausedAt: day(9), brokenAt: day(10) })] },
      { answered: 1 },
    ],
    [
      'withdrawn in time',
      { clocks: [clock('contact', { endedAt: day(9) }), clock('answer', { endedAt: day(9) })] },
      {},
    ],
    [
      'withdrawn after it was late',
      {
        clocks: [clock('contact', { endedAt: day(12) }), clock('answer', { due: day(20), endedAt: day(12) })],
      },
      { contacted: 0 },
    ],
    [
      'withdrawn while it stood still',
      { clocks: [clock('answer', { endedAt: day(15), pausedAt: day(9) })] },
      {},
    ],
    [
      "clocks that are nobody else's business",
      {
        clocks: [
          clock('grab', { endedAt: day(12) }),
          clock('callBack', { endedAt: day(12) }),
          clock('resume', { metAt: day(12) }),
        ],
      },
      {},
    ],
    [
      'solved and satisfied',
      { said: [said(1, 'answer'), said(2, 'rateSolved', 3)] },
      { solved: 1, satisfied: 1 },
    ],
    ['solved, fair', { said: [said(1, 'answer'), said(2, 'rateSolved', 2)] }, { solved: 1, satisfied: 1 }],
    [
      'solved, not satisfied',
      { said: [said(1, 'answer'), said(2, 'rateSolved', 1, false)] },
      { solved: 1, satisfied: 0 },
    ],
    ['silence', { said: [said(1, 'answer')] }, {}],
    [
      'not solved, answered again, silence',
      { redos: 1, said: [said(1, 'answer'), said(2, 'rateUnsolved', 1), said(3, 'answer')] },
      { redone: 1 },
    ],
    [
      'not solved, then taken back',
      { redos: 1, said: [said(1, 'answer'), said(2, 'rateUnsolved', 1)] },
      { redone: 1, solved: 0, satisfied: 0 },
    ],
    [
      'closed in silence, had again, taken back',
      { redos: 1, said: [said(1, 'answer'), said(2, 'reopen')] },
      { redone: 1, solved: 0 },
    ],
    [
      'reopened by the district',
      { redos: 1, said: [said(1, 'answer'), said(2, 'rateSolved', 3), said(3, 'reopen', null, false)] },
      { redone: 1, solved: 1, satisfied: 1 },
    ],
  ])('%s', (_, facts, says) => {
    expect(assess(ended(facts))).toEqual([{ orderId: null, unit: 'WEST', ...NOTHING, ...says }])
  })

  it.each<[string, EndedClock[], string | null, object]>([
    [
      'came and reported in time',
      [clock('respond', { metAt: day(3) }), clock('report', { metAt: day(8) })],
      day(8),
      { contacted: 1, answered: 1 },
    ],
    [
      'came late',
      [clock('respond', { metAt: day(11) }), clock('report', { metAt: day(9) })],
      day(11),
      { contacted: 0, answered: 1 },
    ],
    [
      'taken back meanwhile',
      [clock('respond', { metAt: day(3) }), clock('report', { endedAt: day(5) })],
      day(5),
      { contacted: 1 },
    ],
    ['objected, upheld', [clock('objection', { metAt: day(4) })], day(4), { upheld: 1 }],
    ['objected, not upheld', [clock('objection', { metAt: day(4) })], day(8), { upheld: 0 }],
    ['objected, taken back before it was decided', [clock('objection', { endedAt: day(4) })], day(4), {}],
  ])('an order: %s', (_, clocks, doneAt, says) => {
    const own = clocks.map(one => ({ ...one, orderId: 'o1' }))
    const [whole, order] = assess(ended({ clocks: own, orders: [{ id: 'o1', unit: 'D03', doneAt }] }))
    expect(order).toEqual({ orderId: 'o1', unit: 'D03', ...NOTHING, ...says })
    expect(whole).toMatchObject({ contacted: null, answered: null, upheld: order?.upheld })
  })
})

const instant = fc.integer({ min: 1, max: 28 }).map(day)
const maybe = fc.option(instant, { nil: null })
const anyCase: fc.Arbitrary<EndedCase> = fc.record({
  unit: fc.constantFrom('WEST', 'EAST'),
  redos: fc.nat(4),
  clocks: fc.array(
    fc.record({
      kind: fc.constantFrom(...DEADLINE_KINDS),
      orderId: fc.constantFrom(null, 'o1', 'o2'),
      due: instant,
      pausedAt: maybe,
      metAt: maybe,
      brokenAt: maybe,
      endedAt: maybe,
    }),
  ),
  orders: fc.uniqueArray(
    fc.record({ id: fc.constantFrom('o1', 'o2', 'o3'), unit: fc.constantFrom('D01', 'D02'), doneAt: maybe }),
    { selector: order => order.id },
  ),
  said: fc.uniqueArray(
    fc.record({
      no: fc.nat(50),
      verb: fc.constantFrom('answer', 'rateSolved', 'rateUnsolved', 'reopen'),
      byResident: fc.boolean(),
      satisfied: fc.constantFrom(null, 1, 2, 3),
    }),
    { selector: line => line.no },
  ),
})

it('says the same whatever the order of the rows, and nothing the rows do not say', () => {
  fc.assert(
    fc.property(anyCase, of => {
      const once = assess(of)
      const turned = {
        ...of,
        clocks: [...of.clocks].reverse(),
        orders: [...of.orders].reverse(),
        said: [...of.said].reverse(),
      }
      // One clock of objection an order at most, so the first found is the only one.
      const objections = new Set<string>()
      for (const { kind, orderId } of of.clocks)
        if (kind === 'objection' && orderId) {
          fc.pre(!objections.has(orderId))
          objections.add(orderId)
        }
      expect(assess(turned)).toEqual(once)
      expect(once).toHaveLength(of.orders.length + 1)
      for (const row of once) {
        const own = of.clocks.filter(one => one.orderId === row.orderId)
        const has = (...kinds: string[]) => own.some(one => kinds.includes(one.kind))
        const whole = row.orderId === null
        if (!has(...(whole ? ['contact'] : ['respond']))) expect(row.contacted).toBeNull()
        if (!has(...(whole ? ['interim', 'answer', 'redo'] : ['report']))) expect(row.answered).toBeNull()
        if (!whole || !of.said.some(line => line.verb !== 'answer'))
          expect([row.solved, row.satisfied]).toEqual([null, null])
        if (!whole && !has('objection')) expect(row.upheld).toBeNull()
        expect(row.redone).toBe(whole ? of.redos : 0)
      }
    }),
    { seed: 20261103, numRuns: 500 },
  )
})

describe('the monthly table', () => {
  const row = (orderId: string | null, computed: object, reviewed = {}): Counted => ({
    ...{ orderId, reviewed, computed: { ...NOTHING, ...computed } },
  })

  it('counts yes of what was owed, redone once a case, an objection once', () => {
    const rows = [
      row(null, { contacted: 1, answered: 0, redone: 3, solved: 1, satisfied: 0, upheld: 1 }),
      row(null, { contacted: 0 }),
      row('o1', { contacted: 1, answered: 1, upheld: 1 }),
    ]
    expect(tally(rows)).toEqual({
      ...{ cases: 2, orders: 1, contacted: { n: 2, of: 3 }, answered: { n: 1, of: 2 } },
      ...{
        redone: { n: 1, of: 2 },
        upheld: { n: 1, of: 1 },
        solved: { n: 1, of: 1 },
        satisfied: { n: 0, of: 1 },
      },
    })
    expect(tally([...rows].reverse())).toEqual(tally(rows))
  })

  it('takes what a person put right, also that nothing was owed', () => {
    const put = row(null, { contacted: 0, answered: 0 }, { contacted: 1, answered: null })
    expect(standing(put)).toMatchObject({ contacted: 1, answered: null })
    expect(tally([put])).toMatchObject({ contacted: { n: 1, of: 1 }, answered: { n: 0, of: 0 } })
  })

  it.each([
    [{ n: 0, of: 0 }, null],
    [{ n: 4, of: 4 }, null],
    [{ n: 4, of: 5 }, 80],
    [{ n: 1, of: 7 }, 14],
  ])('%o is %s percent', (share, said) => expect(percent(share)).toBe(said))

  it.each([
    [{ contacted: 1 }, true],
    [{ redone: 2, satisfied: null }, true],
    [{ redone: null }, false],
    [{ redone: -1 }, false],
    [{ contacted: 2 }, false],
    [{ points: 1 }, false],
    [[], false],
    [null, false],
  ])('corrections %j: %s', (given, good) => expect(correctionsOf(given) !== undefined).toBe(good))

  it('has no measure that ranks or gives points', () => {
    expect(MEASURES).toEqual(['contacted', 'answered', 'redone', 'upheld', 'solved', 'satisfied'])
  })
})
