import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type Outcome, openSteps } from '../../../src/rules/cases/decide.ts'
import { grievance, OPENING } from '../../../src/rules/cases/grievance.ts'
import {
  CASE_STATES,
  type CaseState,
  DEADLINE_KINDS,
  type DeadlineKind,
  END_STATES,
  isOpen,
  NEEDS,
  VERBS,
} from '../../../src/rules/cases/types.ts'
import { NOTICES } from '../../../src/rules/notices/table.ts'
import type { Actor } from '../../../src/rules/people/roles.ts'
import { STAFF_ROLES } from '../../../src/rules/people/roles.ts'

const ACTORS: readonly Actor[] = [...STAFF_ROLES, 'resident', 'clock']

describe('the table of a grievance', () => {
  it.each([
    ['received', 'grab', 'townClerk', 'working'],
    ['received', 'grab', 'departmentClerk', 'notYours'],
    ['working', 'grab', 'townClerk', 'notFromHere'],
    ['received', 'dispatch', 'clock', 'assigned'],
    ['assigned', 'dispatch', 'districtDispatcher', 'assigned'],
    ['assigned', 'sign', 'departmentClerk', 'working'],
    ['working', 'answer', 'townClerk', 'answered'],
    ['redo', 'answer', 'townClerk', 'answered'],
    ['received', 'answer', 'townClerk', 'notFromHere'],
    ['answered', 'rateSolved', 'resident', 'closed'],
    ['answered', 'rateUnsolved', 'resident', 'redo'],
    ['answered', 'rateSolved', 'townClerk', 'notYours'],
    ['answered', 'close', 'clock', 'closed'],
    ['answered', 'close', 'townClerk', 'notYours'],
    ['closed', 'reopen', 'resident', 'redo'],
    ['working', 'extend', 'townClerk', 'notYours'],
    ['working', 'extend', 'districtDispatcher', 'working'],
    ['redo', 'withdraw', 'resident', 'withdrawn'],
    ['closed', 'withdraw', 'resident', 'notFromHere'],
    ['working', 'message', 'townClerk', 'working'],
    ['working', 'note', 'auditor', 'notYours'],
    ['working', 'refuse', 'departmentClerk', 'refused'],
  ] as const)('%s: %s by %s → %s', (state, verb, role, outcome) => {
    const decided = decide(grievance, state, verb, role)
    expect(decided.ok ? decided.state : decided.why).toBe(outcome)
  })

  it('every state but the first can be reached, and every open one can be left', () => {
    const targets = new Set(Object.values(grievance).map(step => step.to))
    for (const state of CASE_STATES.filter(one => one !== 'received')) expect(targets).toContain(state)
    const leaves = (state: CaseState) =>
      Object.values(grievance).some(({ from, to }) => from.includes(state) && to !== 'same' && to !== state)
    for (const state of CASE_STATES)
      expect([state, leaves(state)]).toEqual([state, isOpen(state) || state === 'closed'])
  })

  it('names only notices, deadlines and needs that exist', () => {
    for (const verb of VERBS) {
      const { tell, starts, meets, drops, needs } = grievance[verb]
      for (const key of tell) expect(NOTICES).toHaveProperty([key])
      for (const kind of [...starts, ...meets, ...drops]) expect(DEADLINE_KINDS).toContain(kind)
      for (const need of needs) expect(NEEDS).toHaveProperty(need)
    }
  })

  it('tells the resident of every change of state', () => {
    for (const [verb, step] of Object.entries(grievance)) {
      if (step.to === 'same') continue
      expect([verb, step.tell.some(key => key.startsWith('resident.'))]).toEqual([verb, true])
    }
  })

  it('gives a clerk the buttons of the moment with what they ask', () => {
    const steps = openSteps(grievance, 'working', 'townClerk')
    expect(steps.map(step => step.verb)).toEqual([
      'acknowledge',
      'contact',
      'note',
      'message',
      'answer',
      'refuse',
      'askExtension',
      ...['split', 'joint', 'accept', 'report', 'recall', 'object', 'return', 'classify', 'correct'],
      ...['askPause', 'resume', 'link', 'unlink', 'publish', 'toMediation'],
    ])
    expect(steps.find(step => step.verb === 'answer')?.needs).toEqual(['result', 'facts', 'basis', 'ticks'])
    // Neighbours may still be told how it ended.
    expect(openSteps(grievance, 'closed', 'townClerk').map(step => step.verb)).toEqual(['publish'])
  })

  it('whatever people do, an open case keeps a clock running and an ended one has none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...VERBS), fc.constantFrom(...ACTORS)), { maxLength: 60 }),
        moves => {
          let state: CaseState = 'received'
          let running = new Set<DeadlineKind>(OPENING.starts)
          for (const [verb, role] of moves) {
            const done: Outcome<CaseState> = decide(grievance, state, verb, role)
            if (!done.ok) continue
            running = new Set([...running].filter(kind => ![...done.meets, ...done.drops].includes(kind)))
            for (const kind of done.starts) running.add(kind)
            state = done.state
            expect([verb, state, running.size > 0]).toEqual([verb, state, !END_STATES.includes(state)])
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
