import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder } from '../../src/load.ts'
import { isWorkingDay } from '../../src/rules/calendar/working-time.ts'
import { END_STATES, isOpen } from '../../src/rules/cases/types.ts'
import { startClocks } from '../../src/rules/mediation/clocks.ts'
import { isConfirmable, limitsOf } from '../../src/rules/mediation/limits.ts'
import { reminderAt, reminderDue, stageBy } from '../../src/rules/mediation/reminders.ts'
import { freeSlots, QUARTER, quarterOf, type SlotQuestion } from '../../src/rules/mediation/slots.ts'
import { decideMediation, mediation, routesAfter } from '../../src/rules/mediation/table.ts'
import { MEDIATION_STATES, MEDIATION_VERBS, type MediationVerb } from '../../src/rules/mediation/types.ts'
import type { Actor } from '../../src/rules/people/roles.ts'

const district = loadDistrict(districtFolder('hongshan'))
const ZONE = 'Asia/Shanghai'
const ACTORS: Actor[] = [
  'applicant',
  'other',
  'panelSecretary',
  'mediator',
  'districtDispatcher',
  'clock',
  'townClerk',
]
const PANELS = ['property', 'traffic', 'medical', 'labour', 'environment', 'family'] as const

describe('the table', () => {
  test('every state is reached, every end is an end, and from everywhere a lawful end is near', () => {
    const targets = new Set(MEDIATION_VERBS.map(verb => mediation[verb].to))
    for (const state of MEDIATION_STATES.filter(one => one !== 'applied'))
      expect([state, targets.has(state)]).toEqual([state, true])
    const near = new Set<string>(END_STATES)
    for (let i = 0; i < MEDIATION_STATES.length; i++)
      for (const verb of MEDIATION_VERBS)
        if (near.has(mediation[verb].to)) for (const from of mediation[verb].from) near.add(from)
    expect(MEDIATION_STATES.filter(state => !near.has(state))).toEqual([])
    for (const verb of MEDIATION_VERBS)
      expect([verb, mediation[verb].from.filter(state => !isOpen(state))]).toEqual([verb, []])
  })

  test('whatever anybody does, an open mediation has a clock that runs and an ended one has none', () => {
    const step = fc.tuple(fc.constantFrom(...MEDIATION_VERBS), fc.constantFrom(...ACTORS))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        let state: (typeof MEDIATION_STATES)[number] = 'applied'
        const running = new Set<string>(['admit'])
        for (const [verb, actor] of steps) {
          const done = decideMediation(state, verb, actor)
          if (!done.ok) continue
          for (const kind of [...done.meets, ...done.drops]) running.delete(kind)
          for (const kind of done.starts) running.add(kind)
          state = done.state
          expect([verb, state, running.size > 0]).toEqual([verb, state, isOpen(state)])
        }
      }),
    )
  })

  test.each<[MediationVerb, Actor[]]>([
    ['consent', ['other', 'panelSecretary', 'districtDispatcher']],
    ['agree', ['panelSecretary', 'mediator']],
    ['pullOut', ['applicant']],
    ['silence', ['clock']],
    ['book', ['applicant', 'other', 'panelSecretary', 'districtDispatcher']],
  ])('%s is done by %j', (verb, actors) => {
    expect(ACTORS.filter(actor => mediation[verb].by.includes(actor)).sort()).toEqual([...actors].sort())
  })

  test('every end without agreement leaves a road, and none of them is blocked', () => {
    for (const panel of PANELS)
      for (const how of ['refused', 'noConsent', 'failed', 'broken', 'accepted'] as const)
        expect(routesAfter(panel, how).length).toBeGreaterThan(0)
    expect(routesAfter('labour', 'broken')).toContain('paymentOrder')
    expect(routesAfter('property', 'broken', { confirmed: true })).toEqual(['enforcement'])
  })
})

test.each([
  // A month from Tuesday 3 November ends on Thursday 3 December; a labour dispute counts from the application.
  ['property', 'conclude', '2026-12-03T09:30:00.000Z'],
  ['labour', 'conclude', '2026-11-16T09:30:00.000Z'],
  ['medical', 'conclude', '2026-12-15T09:30:00.000Z'],
  ['property', 'admit', '2026-11-06T09:30:00.000Z'],
  ['property', 'confirm', '2026-12-03T09:30:00.000Z'],
] as const)('%s: %s until %s', (panel, kind, due) => {
  const at = { now: '2026-11-03T02:21:00.000Z', appliedAt: '2026-10-30T02:00:00.000Z' }
  expect(startClocks([kind], panel, at, district.calendar)[0]?.due).toBe(due)
})

test.each([
  ['property', { accepted: 'court' }, ['accepted'], true],
  ['medical', { accepted: 'health' }, ['medicalAccepted'], true],
  ['medical', { accepted: 'no' }, [], false],
  ['labour', { item: 'contract', since: '2025-09-01', accepted: 'no' }, ['labourYear'], false],
  ['labour', { item: 'contract', since: '2025-11-20', accepted: 'no' }, ['labourSoon'], false],
  ['labour', { item: 'wages', since: '2024-01-01', accepted: 'no' }, [], false],
  [
    'labour',
    { item: 'wages', since: '2024-01-01', ended: '2025-10-01', accepted: 'no' },
    ['labourYear'],
    false,
  ],
  ['traffic', { on: '2026-10-01', certificate: '2026-10-12', injury: 'hurt' }, ['certificateLate'], false],
  [
    'traffic',
    { on: '2026-10-30', certificate: '2026-11-02', injury: 'death' },
    ['death', 'certificateReview'],
    false,
  ],
  ['environment', { on: '2023-01-01' }, ['threeYears'], false],
  ['family', { item: 'divorce' }, ['statusNotConfirmable'], false],
] as const)('%s %j: %j', (panel, answers, keys, refuses) => {
  const found = limitsOf(panel, answers, '2026-11-03')
  expect(found.map(one => one.key)).toEqual(keys)
  expect(found.some(one => one.refuses)).toBe(refuses)
})

test('what cannot be confirmed', () => {
  expect([
    isConfirmable('family', { item: 'divorce' }),
    isConfirmable('family', { item: 'property' }),
  ]).toEqual([false, true])
})

describe('free slots', () => {
  const asked = (more: Partial<SlotQuestion> = {}): SlotQuestion => ({
    calendar: district.calendar,
    hours: district.panels[0]!.hours,
    fromDay: '2026-09-15',
    toDay: '2026-10-15',
    notBefore: '2026-09-01T00:00:00.000Z',
    minutes: 60,
    mediators: [{ id: 'm', taken: [] }],
    rooms: [{ id: 'r', taken: [] }],
    parties: [[], []],
    ...more,
  })
  const dayOf = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)

  test('none on a holiday; make-up days are worked', () => {
    const days = new Set(freeSlots(asked()).map(slot => dayOf(slot.startsAt)))
    for (const day of days) expect([day, isWorkingDay(district.calendar, day).working]).toEqual([day, true])
    // 20 September and 10 October are worked Sundays and Saturdays of 2026.
    expect([days.has('2026-09-20'), days.has('2026-10-10'), days.has('2026-10-05')]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('every slot lies inside the hours of its day', () => {
    for (const { startsAt, endsAt } of freeSlots(asked())) {
      const local = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16)
      const inside = district.panels[0]!.hours.some(
        ({ from, to }) => local(startsAt) >= from && local(endsAt) <= to,
      )
      expect([startsAt, inside]).toEqual([startsAt, true])
    }
  })

  test('what is taken of anybody is never offered with them', () => {
    const first = quarterOf('2026-09-15T00:00:00.000Z')
    const taken = fc.array(
      fc
        .tuple(fc.nat(900), fc.integer({ min: 1, max: 12 }))
        .map(([from, n]) => ({ from: first + from, to: first + from + n })),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(taken, taken, taken, taken, (a, b, room, party) => {
        const slots = freeSlots(
          asked({
            toDay: '2026-09-24',
            mediators: [
              { id: 'a', taken: a },
              { id: 'b', taken: b },
            ],
            rooms: [{ id: 'r', taken: room }],
            parties: [party],
          }),
        )
        const hits = (list: { from: number; to: number }[], slot: { startsAt: string }) => {
          const from = Date.parse(slot.startsAt) / QUARTER
          return list.some(one => one.from < from + 4 && one.to > from)
        }
        for (const slot of slots) {
          expect(hits(room, slot) || hits(party, slot)).toBe(false)
          expect(slot.mediators).toEqual(['a', 'b'].filter(id => !hits(id === 'a' ? a : b, slot)))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('reminders', () => {
  test('never at night, never twice, never after the beginning, whatever the clock does', () => {
    const instant = fc
      .integer({ min: 0, max: 10 * 24 * 60 })
      .map(minutes => new Date(Date.parse('2026-11-01T00:00:00Z') + minutes * 60_000).toISOString())
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 60 }), clock => {
        const startsAt = '2026-11-09T01:00:00.000Z'
        let reminded = stageBy(startsAt, '2026-11-01T00:00:00.000Z', ZONE) as number
        const said: number[] = []
        for (const now of clock) {
          const stage = reminderDue({ startsAt, reminded }, now, ZONE)
          if (!stage) continue
          const hour = new Date(Date.parse(now) + 8 * 3_600_000).getUTCHours()
          expect(hour >= 8 && hour < 21 && now < startsAt).toBe(true)
          said.push(stage)
          reminded = stage
        }
        expect(said).toEqual([...new Set(said)].sort())
      }),
    )
  })

  test.each([
    // Two hours before nine is seven in the morning: it waits for eight.
    [3, '2026-11-09T00:00:00.000Z'],
    [2, '2026-11-08T01:00:00.000Z'],
    [1, '2026-11-06T01:00:00.000Z'],
  ] as const)('stage %i of a meeting at nine', (stage, at) => {
    expect(reminderAt('2026-11-09T01:00:00.000Z', stage, ZONE)).toBe(at)
  })
})
