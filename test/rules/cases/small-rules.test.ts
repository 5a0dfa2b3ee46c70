import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseCode, parseCaseCode } from '../../../src/rules/cases/code.ts'
import {
  afterRedo,
  endOf,
  mayAnswer,
  mayClose,
  mayExtend,
  mayGrab,
  verbOfRating,
} from '../../../src/rules/cases/guards.ts'
import { broken, type CaseFacts } from '../../../src/rules/cases/invariant.ts'
import { routeAfterWindow, routeNew } from '../../../src/rules/cases/route.ts'
import { TABLE_NAMES, tableMarkdown } from '../../../src/rules/table.ts'

describe('case codes', () => {
  it.each([
    ['HS-20261103-0042', { prefix: 'HS', day: '2026-11-03', serial: 42 }],
    [' hs-20261103-0042 ', { prefix: 'HS', day: '2026-11-03', serial: 42 }],
    ['ＨＳ－２０２６１１０３－００４２', { prefix: 'HS', day: '2026-11-03', serial: 42 }],
    ['hs202611030042', { prefix: 'HS', day: '2026-11-03', serial: 42 }],
    ['HS-20261103-12345', { prefix: 'HS', day: '2026-11-03', serial: 12345 }],
    ['HS-20240229-0001', { prefix: 'HS', day: '2024-02-29', serial: 1 }],
    ['HS-20260229-0001', null],
    ['HS-20261303-0001', null],
    ['HS-20261103-0000', null],
    ['HS-20261103-42', null],
    ['13800001234', null],
    ['', null],
  ])('%s', (text, code) => expect(parseCaseCode(text)).toEqual(code))

  it('reads back what it writes', () => {
    const days = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map(date => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 99_999 }), (day, serial) => {
        expect(parseCaseCode(caseCode('HS', day, serial))).toEqual({ prefix: 'HS', day, serial })
      }),
    )
  })
})

describe('the first hand', () => {
  const town = '150402010'
  it.each([
    ['place known', { townCode: town }, 'general', town, 'grab', 'received'],
    ['community known', { communityCode: '150402010003' }, 'important', town, 'grab', 'received'],
    ['grid known', { gridCode: '150402010003004' }, 'general', town, 'grab', 'received'],
    ['urgent: straight to the town', { townCode: town }, 'urgent', town, 'dispatch', 'assigned'],
    ['place unknown: the district decides', {}, 'general', '150402', 'dispatch', 'received'],
    ['urgent, place unknown', {}, 'urgent', '150402', 'dispatch', 'received'],
  ] as const)('%s', (_, place, caseClass, holderUnit, order, state) => {
    expect(routeNew(place, caseClass, '150402')).toMatchObject({ holderUnit, order, state })
  })

  it('after the window it is dispatched to the town of the place', () => {
    expect(routeAfterWindow({ gridCode: '150402010003004' }, '150402')).toMatchObject({
      holderUnit: town,
      state: 'assigned',
    })
    expect(routeAfterWindow({}, '150402')).toMatchObject({ holderUnit: '150402', state: 'received' })
  })
})

describe('guards', () => {
  const week = {
    extensions: 0,
    now: '2026-11-05T00:00:00.000Z',
    due: '2026-11-06T09:30:00.000Z',
    newDue: '2026-11-10T09:30:00.000Z',
    latest: '2026-11-13T09:30:00.000Z',
  }
  it.each([
    ['fine', {}, 'ok'],
    ['a second time', { extensions: 1 }, 'extendedAlready'],
    ['after expiry', { now: '2026-11-06T09:30:00.001Z' }, 'expired'],
    ['not later', { newDue: week.due }, 'notLater'],
    ['too long', { newDue: '2026-11-13T09:30:00.001Z' }, 'tooLong'],
  ])('extension: %s', (_, change, why) => {
    const may = mayExtend({ ...week, ...change })
    expect(may.ok ? 'ok' : may.why).toBe(why)
  })

  it('an answer ticks every point', () => {
    expect(mayAnswer(['a', 'b'], [1, 0]).ok).toBe(true)
    expect(mayAnswer(['a', 'b'], [1]).ok).toBe(false)
    expect(mayAnswer([], []).ok).toBe(true)
  })

  it('grabbing and closing keep their windows', () => {
    expect(mayGrab(week.now, week.due).ok).toBe(true)
    expect(mayGrab(week.newDue, week.due).ok).toBe(false)
    expect(mayGrab(week.now, null).ok).toBe(false)
    expect(mayClose(week.now, week.due).ok).toBe(false)
    expect(mayClose(week.newDue, week.due).ok).toBe(true)
  })

  it('solved but not satisfied goes back', () => {
    expect(verbOfRating({ solved: true, satisfied: 2 })).toBe('rateSolved')
    expect(verbOfRating({ solved: true, satisfied: 1 })).toBe('rateUnsolved')
    expect(verbOfRating({ solved: false, satisfied: 3 })).toBe('rateUnsolved')
  })

  it('the third redo raises one level, the sixth another', () => {
    const levels: ReturnType<typeof afterRedo>[] = []
    for (let i = 0; i < 6; i++) levels.push(afterRedo(levels.at(-1) ?? { redos: 0, level: 0 }))
    expect(levels.map(step => [step.level, step.raised])).toEqual([
      [0, false],
      [0, false],
      [1, true],
      [1, false],
      [1, false],
      [2, true],
    ])
  })

  it('a clock kept at the very moment is kept', () => {
    expect(endOf(week.due, week.due)).toBe('met')
    expect(endOf(week.due, '2026-11-06T09:30:00.001Z')).toBe('broken')
  })
})

describe('the promise', () => {
  const open: CaseFacts = {
    kind: 'grievance',
    state: 'working',
    holders: ['150402010'],
    runningDeadlines: 1,
    lastWords: 0,
    noReply: false,
    assessments: 1,
  }
  it.each([
    ['kept', {}, []],
    ['nobody has it', { holders: [] }, ['noHolder']],
    ['two have it', { holders: ['a', 'b'] }, ['manyHolders']],
    ['no clock', { runningDeadlines: 0 }, ['noDeadline']],
    ['nobody and no clock', { holders: [], runningDeadlines: 0 }, ['noHolder', 'noDeadline']],
    ['ended without a word', { state: 'closed', runningDeadlines: 0 }, ['noLastWord']],
    ['ended with a clock', { state: 'refused', lastWords: 1 }, ['deadlineAfterEnd']],
    ['ended well', { state: 'withdrawn', runningDeadlines: 0, lastWords: 1 }, []],
    [
      'ended, not assessed',
      { state: 'closed', runningDeadlines: 0, lastWords: 1, assessments: 0 },
      ['notAssessed'],
    ],
    [
      'ended, assessed twice',
      { state: 'closed', runningDeadlines: 0, lastWords: 1, assessments: 2 },
      ['notAssessed'],
    ],
    [
      'a mediation ended, not assessed',
      { kind: 'mediation', state: 'failed', runningDeadlines: 0, lastWords: 1, assessments: 0 },
      [],
    ],
    [
      'a mediation ended, assessed',
      { kind: 'mediation', state: 'closed', runningDeadlines: 0, lastWords: 1 },
      ['notAssessed'],
    ],
    ['ended, no answer wanted', { state: 'closed', runningDeadlines: 0, noReply: true }, []],
  ] as const)('%s', (_, change, breaches) => {
    expect(broken({ ...open, ...change })).toEqual(breaches)
  })
})

describe('printed tables', () => {
  it.each(TABLE_NAMES)('%s is a table of even rows', name => {
    const rows = tableMarkdown(name).trimEnd().split('\n')
    expect(rows.length).toBeGreaterThan(5)
    expect(new Set(rows.map(row => row.split('|').length)).size).toBe(1)
  })
})
