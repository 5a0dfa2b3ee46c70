import { describe, expect, it } from 'vitest'
import { verbsFor } from '../../../../web/staff/care/child-verbs.ts'
import { byVillage, chosen, countOf, queryOf, shapeOf, wishOf } from '../../../../web/staff/care/children.ts'
import { spotsOf, tally } from '../../../../web/staff/care/strip.ts'
import type { ChildLine } from '../../../../wire/care.ts'

const child = (pseudonym: string, more: Partial<ChildLine> = {}): ChildLine => ({
  ...{ id: pseudonym, pseudonym, unit: '1', village: '东郊村', consent: 'given', consentOn: null },
  ...{ pairing: 'p', volunteer: { id: 'v', name: '白雪' }, cover: null, startsOn: '2026-01-01' },
  ...{
    seenOn: null,
    unseenDays: 5,
    late: 0,
    owed: 0,
    strip: 'd'.repeat(25),
    next: null,
    needs: 0,
    ended: false,
  },
  ...more,
})

const ALL = [
  child('小麦', { unseenDays: 12, strip: `n${'d'.repeat(24)}` }),
  child('小禾', { unseenDays: 67, owed: 2, late: 3 }),
  child('石榴', { village: '曲家沟村', pairing: null, volunteer: null, unseenDays: null }),
  child('阿木', { unseenDays: 38 }),
  child('冬青', { ended: true, unseenDays: 300 }),
]
const names = (query: Record<string, unknown>) => chosen(ALL, wishOf(query)).map(one => one.pseudonym)

describe('the children on the desk', () => {
  it.each([
    [{}, ['石榴', '小禾', '阿木', '小麦']],
    [{ show: 'late' }, ['小禾']],
    [{ show: 'unseen' }, ['小禾', '阿木']],
    [{ show: 'alone' }, ['石榴']],
    [{ show: 'ended' }, ['冬青']],
    [{ days: '60' }, ['石榴', '小禾']],
    [{ village: '曲家沟村' }, ['石榴']],
    [{ show: 'nonsense', days: '61' }, ['石榴', '小禾', '阿木', '小麦']],
  ])('%j shows %j', (query, shown) => expect(names(query)).toEqual(shown))

  it('keeps in the address what was chosen, and nothing else', () => {
    const query = { show: 'unseen', village: '东郊村', days: '30' }
    expect(queryOf(wishOf(query))).toEqual(query)
    expect(queryOf(wishOf({ show: 'all', days: 'many' }))).toEqual({})
  })

  it('counts those with care still running', () => {
    expect(countOf(ALL, 'all')).toBe(4)
    expect(byVillage(ALL)[0]).toEqual({ village: '曲家沟村', children: 1, unseen: 0, late: 0, alone: 1 })
  })

  it('draws who is owed something, who is due soon, who has something to do, and who has all', () => {
    const soon = child('云朵', { next: { state: 'soon' } as ChildLine['next'] })
    expect([ALL[1]!, ALL[2]!, soon, ALL[0]!, ALL[3]!].map(shapeOf)).toEqual([
      'late',
      'late',
      'near',
      'quiet',
      'done',
    ])
  })
})

describe('what may be done with a child beside visits and letters', () => {
  it.each([
    ['a coordinator', child('小麦'), true, 'worry', 'correct move rename unpair withdraw end'],
    [
      'before consent',
      child('小麦', { consent: 'none', pairing: null }),
      true,
      'consent worry',
      'correct move rename end',
    ],
    [
      'once consent is withdrawn',
      child('小麦', { consent: 'withdrawn', pairing: null }),
      true,
      'consent worry',
      'end',
    ],
    ['once care has ended', child('小麦', { ended: true, pairing: null }), true, '', 'erase'],
    ['a child director', child('小麦'), false, 'worry', ''],
    ['a child director, care ended', child('小麦', { ended: true }), false, '', ''],
  ])('%s', (_, of, coordinates, first, more) => {
    const verbs = verbsFor(of, coordinates)
    expect([verbs.first.join(' '), verbs.more.join(' ')]).toEqual([first, more])
  })
})

describe('the strip of a year', () => {
  const strip = 'dddddddddxnfdddddddddddxn'
  it('has 25 spots inside its width', () => {
    const spots = spotsOf(strip)
    expect(spots).toHaveLength(25)
    expect(spots.every(({ x }) => x > 4 && x < 308)).toBe(true)
    expect(spots.filter(({ mark }) => mark === 'x').map(({ shape }) => shape)).toEqual(['month', 'term'])
  })
  it('says in numbers what it draws', () => {
    expect(tally(strip)).toEqual({ met: 20, missed: 2, now: 2, later: 1 })
  })
})
