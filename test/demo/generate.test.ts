import { describe, expect, it } from 'vitest'
import { demoDistrict } from '../../src/demo/generate.ts'
import { MATTERS } from '../../src/demo/matters.ts'
import { loadDistrict } from '../../src/district.ts'
import { decide, type Outcome } from '../../src/rules/cases/decide.ts'
import { grievance } from '../../src/rules/cases/grievance.ts'
import { routeNew } from '../../src/rules/cases/route.ts'
import { CASE_CLASSES, CASE_STATES, type CaseState } from '../../src/rules/cases/types.ts'

const district = loadDistrict('config/hongshan')
const NOW = '2026-11-04T06:30:00.000Z'
const { residents, cases } = demoDistrict(district, NOW, 7)

/** Where a case stands after its events, refusing any step the case table does not allow. */
function replay(told: (typeof cases)[number]): CaseState {
  let state: CaseState = routeNew(told.place, told.class, district.code).state
  for (const event of told.events) {
    const outcome: Outcome<CaseState> = decide(grievance, state, event.verb, event.role)
    if (!outcome.ok) throw new Error(`${told.title}: ${event.verb} from ${state}: ${outcome.why}`)
    state = outcome.state
  }
  return state
}

describe('the demonstration district', () => {
  it('is the same for the same seed and another for another', () => {
    expect(demoDistrict(district, NOW, 7)).toEqual({ residents, cases })
    expect(demoDistrict(district, NOW, 8).cases).not.toEqual(cases)
  })

  it('has about thirty residents and three hundred cases in every state and class', () => {
    expect(residents).toHaveLength(30)
    expect(cases.length).toBeGreaterThan(290)
    expect(new Set(cases.map(replay))).toEqual(new Set(CASE_STATES))
    expect(new Set(cases.map(told => told.class))).toEqual(new Set(CASE_CLASSES))
    expect(MATTERS.length).toBeGreaterThanOrEqual(60)
    expect(new Set(cases.map(told => told.place.townCode)).size).toBeGreaterThanOrEqual(12)
  })

  it('never runs ahead of now, and tells every case forwards', () => {
    for (const told of cases) {
      const times = [told.at, ...told.events.map(event => event.at)]
      expect(times).toEqual([...times].sort())
      expect(times.at(-1)! <= NOW).toBe(true)
    }
  })

  it('fills every word and asks every need of a step', () => {
    for (const told of cases) {
      expect(JSON.stringify(told)).not.toMatch(/\{[a-z]\}|undefined/)
      for (const event of told.events)
        for (const need of grievance[event.verb].needs) expect(event.form).toHaveProperty(need)
    }
  })

  it('lets only log-ins of the district act, from their own unit', () => {
    for (const event of cases.flatMap(told => told.events)) {
      if (event.by === 'resident' || event.by === 'clock') continue
      const who = district.staff.find(one => one.login === event.by)
      expect({ role: who?.role, unit: who?.unit }).toEqual({ role: event.role, unit: event.unit })
    }
  })

  it.each(['2026-10-03T02:00:00.000Z', '2027-01-01T15:00:00.000Z', '2026-02-20T01:00:00.000Z'])(
    'stands in every step at %s too',
    now => {
      for (const told of demoDistrict(district, now, 3).cases) replay(told)
    },
  )
})
