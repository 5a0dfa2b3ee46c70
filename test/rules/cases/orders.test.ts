import { describe, expect, it } from 'vitest'
import { loadDistrict } from '../../../src/district.ts'
import { clocksOfClass, objectUntil, orderClock } from '../../../src/rules/cases/order-clocks.ts'
import {
  circle,
  inHand,
  isDesignated,
  ORDERS,
  type OrderFact,
  type OrderVerb,
  openParts,
  ordersFor,
} from '../../../src/rules/cases/orders.ts'
import { type CaseState, VERBS } from '../../../src/rules/cases/types.ts'

const cal2026 = loadDistrict('config/hongshan').calendar
const NOW = '2026-11-03T02:00:00.000Z'
let serial = 0
const order = (
  kind: OrderFact['kind'],
  unit: string,
  state: OrderFact['state'],
  more: Partial<OrderFact> = {},
) => ({
  ...{ id: String(++serial), kind, unit, state, openedAt: NOW, signedAt: null, lead: false, objected: false },
  parentId: kind === 'split' || kind === 'joint' ? 'own' : null,
  ...more,
})
const grabbed = order('grab', 'town', 'signed')
const dispatched = order('dispatch', 'town', 'open')
const part = order('joint', 'D01', 'open')
const returned = order('return', 'district', 'open')
const led = order('return', 'district', 'signed')

const may = (
  verb: OrderVerb,
  unit: string,
  orders: readonly OrderFact[],
  holder = 'town',
  state: CaseState = 'working',
) => ordersFor(verb, orders, { unit, holder, state }).map(one => one.unit)

describe('the table of orders', () => {
  it('is made of verbs of the case', () => {
    for (const verb of Object.keys(ORDERS)) expect(VERBS).toContain(verb)
  })

  it.each<[string, OrderVerb, string, readonly OrderFact[], string[]]>([
    ['the town splits what it grabbed', 'split', 'town', [grabbed], ['town']],
    ['not before it has signed', 'split', 'town', [dispatched], []],
    ['nobody else splits it', 'split', 'D01', [grabbed, part], []],
    ['the department signs its part', 'accept', 'D01', [grabbed, part], ['D01']],
    ['and only its own', 'accept', 'D02', [grabbed, part], []],
    ['once', 'accept', 'D01', [grabbed, order('joint', 'D01', 'signed')], []],
    ['it may report without signing first', 'report', 'D01', [grabbed, part], ['D01']],
    ['what is done is done', 'report', 'D01', [grabbed, order('joint', 'D01', 'done')], []],
    ['the holder takes a part back', 'recall', 'town', [grabbed, part], ['D01']],
    ['the department does not', 'recall', 'D01', [grabbed, part], []],
    ['an unsigned dispatch is objected to', 'object', 'town', [dispatched], ['town']],
    ['a grabbed one never', 'object', 'town', [grabbed], []],
    ['a part is', 'object', 'D01', [grabbed, part], ['D01']],
    ['not twice', 'object', 'D01', [grabbed, order('joint', 'D01', 'open', { objected: true })], []],
    ['not after a leader was named', 'object', 'D01', [led, part], []],
    ['the holder not while others have parts', 'object', 'town', [dispatched, part], []],
    [
      'the district upholds a dispatch',
      'uphold',
      'district',
      [order('dispatch', 'town', 'objected')],
      ['town'],
    ],
    [
      'a part is decided by its own verb',
      'uphold',
      'district',
      [grabbed, order('joint', 'D01', 'objected')],
      [],
    ],
    ['namely', 'upholdPart', 'district', [grabbed, order('joint', 'D01', 'objected')], ['D01']],
    [
      'the district rejects either',
      'overrule',
      'district',
      [order('dispatch', 'town', 'objected')],
      ['town'],
    ],
    ['the town returns what it has signed', 'return', 'town', [grabbed], ['town']],
    ['not twice', 'return', 'town', [led, grabbed], []],
    ['the district names a leader', 'designate', 'district', [returned], ['district']],
    ['once', 'designate', 'district', [led], []],
  ])('%s', (_says, verb, unit, orders, found) => expect(may(verb, unit, orders)).toEqual(found))

  it('an order that comes back to be done again is not objected to', () => {
    expect(may('object', 'town', [order('dispatch', 'town', 'signed')], 'town', 'redo')).toEqual([])
    expect(may('object', 'town', [order('dispatch', 'town', 'signed')])).toEqual(['town'])
  })

  it('knows what is in hand, what is owed, and who leads', () => {
    expect(inHand([order('grab', 'town', 'done'), dispatched, part])).toBe(dispatched)
    expect(inHand([order('grab', 'town', 'done')])).toBeUndefined()
    expect(
      openParts([grabbed, part, order('joint', 'D02', 'done'), order('split', 'C', 'objected')]),
    ).toHaveLength(2)
    expect([isDesignated([returned]), isDesignated([led])]).toEqual([false, true])
  })

  it('asks no unit twice in a round', () => {
    const orders = [grabbed, order('joint', 'D01', 'done'), order('joint', 'D02', 'withdrawn')]
    expect(circle(orders, ['D01', 'D02', 'D03'], NOW)).toEqual(['D01', 'D02'])
    expect(circle(orders, ['D01'], '2026-11-03T03:00:00.000Z')).toEqual([])
  })
})

describe('clocks of orders', () => {
  it('a whistled department comes in the hours of the list', () =>
    expect(orderClock('respond', NOW, cal2026, { caseClass: 'general', respondHours: 8 }).due).toBe(
      '2026-11-03T10:00:00.000Z',
    ))

  it('a part is due no later than the promise to the resident', () => {
    const of = (promised: string | null) =>
      orderClock('report', NOW, cal2026, { caseClass: 'general', promised }).due
    expect(of('2026-11-04T09:30:00.000Z')).toBe('2026-11-04T09:30:00.000Z')
    expect(of('2026-11-20T09:30:00.000Z')).toBe(of(null))
    // A promise already broken caps nothing.
    expect(of('2026-11-02T09:30:00.000Z')).toBe(of(null))
  })

  it('one working day to object, the weekend not counted', () =>
    expect(objectUntil('2026-11-06T02:00:00.000Z', cal2026).due).toBe('2026-11-09T09:30:00.000Z'))

  it('a new class moves clocks to earlier dates only, and owes an interim report when urgent', () => {
    const answer = { id: 'a', kind: 'answer', due: '2026-11-10T09:30:00.000Z', running: true } as const
    const contact = { id: 'c', kind: 'contact', due: '2026-11-03T02:30:00.000Z', running: true } as const
    const done = { id: 'd', kind: 'sign', due: '2026-11-30T09:30:00.000Z', running: false } as const
    const urgent = clocksOfClass([answer, contact, done], 'urgent', NOW, cal2026, {})
    expect(urgent.earlier.map(({ id, due }) => [id, due])).toEqual([['a', '2026-11-06T09:30:00.000Z']])
    expect(urgent.started.map(one => one.kind)).toEqual(['interim'])
    expect(clocksOfClass([{ ...answer, due: NOW }], 'general', NOW, cal2026, {}).earlier).toEqual([])
  })
})
