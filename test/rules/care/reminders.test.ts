import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '../../../src/rules/care/dates.ts'
import { type Duty, duties, type VisitFact } from '../../../src/rules/care/duties.ts'
import {
  BEGINS,
  mayRemind,
  remindersOn,
  STAGES,
  type Stage,
  stageBegins,
} from '../../../src/rules/care/reminders.ts'
import { RULES, someVisits } from './care.ts'

const [FROM, TO] = ['2026-01-01', '2026-12-31']

/** Lives through a year and a quarter day by day; on days that are left out nothing runs. Visits are known from the day they happen. */
function year(visits: readonly VisitFact[], runs: (day: number) => boolean, startsOn = '2025-06-01') {
  const said: { date: string; period: string; stage: Stage; duty: Duty }[] = []
  for (let day = 0; day < 460; day++) {
    if (!runs(day)) continue
    const today = addDays(FROM, day)
    const known = visits.filter(one => one.onDate <= today)
    const all = duties(RULES, { startsOn, endsOn: null }, known, FROM, TO)
    const remembered = {
      knownFrom: startsOn,
      said: (period: string) => said.filter(one => one.period === period).map(one => one.stage),
    }
    for (const { duty, stage } of remindersOn(all, today, remembered))
      said.push({ date: today, period: duty.period, stage, duty })
  }
  return said
}
const lines = (said: ReturnType<typeof year>) => said.map(({ period, stage }) => `${period} ${stage}`).sort()

it('nobody does anything: each duty is said in four stages, in order, on the right days', () => {
  const said = year([], () => true)
  expect(said).toHaveLength(100)
  const dragonBoat = said.filter(one => one.period === '2026-dragonBoat')
  expect(dragonBoat.map(({ date, stage }) => `${date} ${stage}`)).toEqual([
    '2026-06-09 early',
    '2026-06-16 due',
    '2026-06-20 late',
    '2026-06-23 coordinator',
  ])
  for (const { date, duty, stage } of said) expect(date).toBe(stageBegins(duty, stage))
})

it('stages lie at least three days apart, so that a missed run or two skips none', () => {
  for (const row of Object.values(BEGINS))
    STAGES.slice(1).forEach((stage, at) => {
      expect(row[stage] - row[STAGES[at]!]).toBeGreaterThanOrEqual(3)
    })
})

it('a duty met is never reminded; a duty unmet always reaches the coordinator, once', () =>
  fc.assert(
    fc.property(someVisits, visits => {
      const said = year(visits, () => true)
      const all = duties(RULES, { startsOn: '2025-06-01', endsOn: null }, visits, FROM, TO)
      expect(new Set(lines(said)).size).toBe(said.length)
      for (const duty of all) {
        const told = said.filter(one => one.period === duty.period && one.stage === 'coordinator')
        if (duty.metBy === null) expect(told).toHaveLength(1)
        else if (duty.metOn! < duty.due) expect(told).toHaveLength(0)
      }
      for (const { date, period } of said) {
        const known = visits.filter(one => one.onDate <= date)
        const now = duties(RULES, { startsOn: '2025-06-01', endsOn: null }, known, FROM, TO)
        expect(now.find(duty => duty.period === period)!.metBy).toBe(null)
      }
    }),
    { numRuns: 12 },
  ))

it('every third run missed, and the same is said', () =>
  expect([0, 1, 2].map(third => lines(year([], day => day % 3 !== third)))).toEqual(
    Array.from({ length: 3 }, () => lines(year([], () => true))),
  ))

it('off for weeks: the stage it stands in now, not all that were slept through', () => {
  const said = year([], day => day > 200)
  const periods = said.map(one => `${one.date} ${one.period}`)
  expect(new Set(periods).size).toBe(periods.length)
})

it('what was settled before the pairing was entered is not brought up', () => {
  const all = duties(RULES, { startsOn: '2026-01-01', endsOn: null }, [], FROM, TO)
  const found = remindersOn(all, '2026-06-12', { knownFrom: '2026-06-12', said: () => [] })
  expect(found.map(({ duty, stage }) => `${duty.period} ${stage}`).sort()).toEqual([
    '2026-dragonBoat early',
    '2026Q2-1 early',
    '2026Q2-2 early',
  ])
})

it('a clock that jumps back says nothing again', () => {
  const all = duties(RULES, { startsOn: '2025-06-01', endsOn: null }, [], FROM, TO)
  const remembered = { knownFrom: '2025-06-01', said: (): Stage[] => ['coordinator'] }
  expect(remindersOn(all, '2026-06-15', remembered)).toEqual([])
  const late = { ...remembered, said: (): Stage[] => ['late'] }
  expect(remindersOn(all, '2026-06-15', late).map(({ stage }) => stage)).not.toContain('early')
})

it('quiet between nine in the evening and eight in the morning', () => {
  const at = (time: string) => mayRemind(`2026-06-09T${time}:00+08:00`, 'Asia/Shanghai')
  expect(['07:59', '08:00', '20:59', '21:00', '03:00'].map(at)).toEqual([false, true, true, false, false])
})
