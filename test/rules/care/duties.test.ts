import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { owedBetween } from '../../../src/rules/care/calendar.ts'
import { addDays } from '../../../src/rules/care/dates.ts'
import { duties, type VisitFact } from '../../../src/rules/care/duties.ts'
import { festivalOn } from '../../../src/rules/care/festivals.ts'
import { RULES, someVisits, visit } from './care.ts'

/** Spring festival, 端午, 中秋: each first of a lunar month checked against the astronomical new moon in Beijing time. */
const DAYS = `2024 02-10 06-10 09-17
2025 01-29 05-31 10-06
2026 02-17 06-19 09-25
2027 02-06 06-09 09-15
2028 01-26 05-28 10-03
2029 02-13 06-16 09-22
2030 02-03 06-05 09-12
2031 01-23 06-24 10-01
2032 02-11 06-12 09-19
2033 01-31 06-01 09-08
2034 02-19 06-20 09-27
2035 02-08 06-10 09-16`.split('\n')

it.each(DAYS)('festivals of %s', row => {
  const [year = '', ...days] = row.split(' ')
  const found = (['springFestival', 'dragonBoat', 'midAutumn'] as const).map(key =>
    festivalOn(key, Number(year)),
  )
  expect(found).toEqual(days.map(day => `${year}-${day}`))
})

const ALWAYS = { startsOn: '2020-01-01', endsOn: null }
const year = (n: number) => [`${n}-01-01`, `${n}-12-31`] as const

it.each([2024, 2025, 2026, 2027, 2028, 2029, 2030])('25 duties in %i', n => {
  const all = duties(RULES, ALWAYS, [], ...year(n))
  expect(all).toHaveLength(25)
  const count = (kind: string) => all.filter(duty => duty.kind === kind).length
  expect(['month', 'guardian', 'festival', 'term'].map(count)).toEqual([12, 8, 3, 2])
  expect(new Set(all.map(duty => duty.period)).size).toBe(25)
})

it('the windows of 2026', () => {
  const owed = owedBetween(RULES, ...year(2026))
  const line = (period: string) => {
    const found = owed.find(one => one.period === period)!
    return [found.from, found.due, found.until].join(' ')
  }
  expect(line('2026-02')).toBe('2026-02-01 2026-02-28 2026-02-28')
  expect(line('2026Q2-2')).toBe('2026-04-01 2026-06-30 2026-06-30')
  expect(line('2026-dragonBoat')).toBe('2026-06-09 2026-06-19 2026-06-22')
  expect(line('2026-springTerm')).toBe('2026-03-01 2026-06-10 2026-07-10')
  expect(line('2026-autumnTerm')).toBe('2026-09-01 2026-12-11 2027-01-10')
})

describe('which record meets what', () => {
  const met = (visits: VisitFact[], pairing = ALWAYS) =>
    duties(RULES, pairing, visits, ...year(2026))
      .filter(duty => duty.metBy)
      .map(duty => duty.period)
      .sort()
      .join(' ')

  // biome-ignore format: a table
  const ROWS: [string, VisitFact[], string][] = [
    ['a call with the child',                   [visit('2026-03-05', 'call', 'child')], '2026-03'],
    ['a festival visit meets the month too',    [visit('2026-06-15', 'homeVisit', 'child')], '2026-06 2026-dragonBoat'],
    ['the third day after still counts',        [visit('2026-06-22', 'homeVisit', 'child')], '2026-06 2026-dragonBoat'],
    ['the fourth does not',                     [visit('2026-06-23', 'homeVisit', 'child')], '2026-06'],
    ['eleven days before neither',              [visit('2026-06-08', 'homeVisit', 'child')], '2026-06'],
    ['a call at the festival is no visit',      [visit('2026-06-19', 'call', 'child')], '2026-06'],
    ['two visits are one festival',             [visit('2026-06-15', 'homeVisit', 'child'), visit('2026-06-16', 'homeVisit', 'child')], '2026-06 2026-dragonBoat'],
    ['a call to the parent with a report',      [{ ...visit('2026-05-05', 'call', 'parent'), reported: true }], '2026-springTerm 2026Q2-1'],
    ['without a report it is only a contact',   [visit('2026-05-05', 'call', 'parent')], '2026Q2-1'],
    ['a letter is for the term',                [{ ...visit('2026-05-05', 'letter', 'parent'), reported: true }], '2026-springTerm'],
    ['a late letter still meets the term',      [{ ...visit('2026-07-01', 'letter', 'parent'), reported: true }], '2026-springTerm'],
    ['two contacts on one day are one',         [visit('2026-05-05', 'call', 'guardian'), visit('2026-05-05', 'call', 'parent')], '2026Q2-1'],
    ['on two days they are two',                [visit('2026-05-05', 'call', 'guardian'), visit('2026-05-06', 'call', 'guardian')], '2026Q2-1 2026Q2-2'],
    ['child and guardian at once: the child',   [visit('2026-05-05', 'homeVisit', 'child', 'guardian')], '2026-05'],
    ['the guardian, once the month is met',     [visit('2026-05-05', 'homeVisit', 'child', 'guardian'), visit('2026-05-20', 'call', 'child')], '2026-05 2026Q2-1'],
    ['a failed try counts for nothing',         [{ ...visit('2026-06-19', 'homeVisit', 'child'), done: false }], ''],
  ]
  it.each(ROWS)('%s', (_, visits, periods) => expect(met(visits)).toBe(periods))

  it('nothing from before the pairing counts', () =>
    expect(met([visit('2026-05-05', 'call', 'child')], { startsOn: '2026-05-06', endsOn: null })).toBe(''))
})

describe('a fair share of what was begun or ended in between', () => {
  // biome-ignore format: a table
  const ROWS: [string, string, string | null, number, string][] = [
    ['from the 16th of a 30-day month',   '2026-04-16', null, 18, '2026-04'],
    ['from the 17th: not this month',     '2026-04-17', null, 17, '2026-05'],
    ['until the 15th of a 30-day month',  '2026-01-01', '2026-04-15', 6, '2026-04'],
    ['a single day owes nothing',         '2026-04-10', '2026-04-10', 0, ''],
  ]
  it.each(ROWS)('%s', (_, startsOn, endsOn, least, period) => {
    const all = duties(RULES, { startsOn, endsOn }, [], ...year(2026))
    expect(all.length).toBeGreaterThanOrEqual(least)
    if (period) expect(all.map(duty => duty.period)).toContain(period)
    else expect(all).toEqual([])
  })

  it('who follows on somebody else: together they owe at least everything, and never twice the same but where both have half', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 360 }), day => {
        const last = addDays('2026-01-01', day - 1)
        const first = duties(RULES, { startsOn: '2025-01-01', endsOn: last }, [], ...year(2026))
        const next = duties(RULES, { startsOn: addDays(last, 1), endsOn: null }, [], ...year(2026))
        expect(new Set([...first, ...next].map(duty => duty.period)).size).toBe(25)
      }),
    ))
})

describe('whatever was done', () => {
  it('one record meets at most month and festival, or quarter and term', () =>
    fc.assert(
      fc.property(someVisits, visits => {
        const all = duties(RULES, ALWAYS, visits, ...year(2026))
        for (const { id } of visits) {
          const kinds = all.filter(duty => duty.metBy === id).map(duty => duty.kind)
          expect(new Set(kinds).size).toBe(kinds.length)
          const both = [...kinds].sort().join()
          expect(['', 'festival', 'guardian', 'guardian,term', 'month', 'festival,month', 'term']).toContain(
            both,
          )
        }
      }),
    ))

  it('one record more never leaves less done', () =>
    fc.assert(
      fc.property(someVisits, fc.nat(), (visits, at) => {
        const fewer = visits.filter((_, index) => index !== at % Math.max(visits.length, 1))
        const count = (of: readonly VisitFact[]) =>
          duties(RULES, ALWAYS, of, ...year(2026)).filter(duty => duty.metBy).length
        expect(count(visits)).toBeGreaterThanOrEqual(count(fewer))
      }),
    ))
})
