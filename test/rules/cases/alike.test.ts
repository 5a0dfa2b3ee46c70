import { describe, expect, it } from 'vitest'
import { CATEGORIES } from '../../../src/flows/understand/words-categories.ts'
import {
  ALIKE_DAYS,
  alikeSince,
  type CaseToFollow,
  isShared,
  type LinkEnd,
  mayFollow,
  whyNotLinked,
} from '../../../src/rules/cases/alike.ts'

const LIFT: CaseToFollow = {
  ...{ kind: 'grievance', state: 'working', class: 'general', category: 'lift', hidden: 0 },
}

describe('which cases neighbours may follow', () => {
  it.each<[string, Partial<CaseToFollow>, boolean]>([
    ['a lift that stands', {}, true],
    ['one that weighs more', { class: 'important' }, true],
    ['what a grid worker reported', { kind: 'gridReport' }, true],
    ['one that waits for its person’s word', { state: 'answered' }, true],
    ['an ended one', { state: 'closed' }, false],
    ['one taken back', { state: 'withdrawn' }, false],
    ['an urgent one', { class: 'urgent' }, false],
    ['a hidden one', { hidden: 1 }, false],
    ['a call for help', { category: 'danger' }, false],
    ['an accusation', { category: 'accusation' }, false],
    ['a hotline', { kind: 'hotline' }, false],
    ['a mediation', { kind: 'mediation' }, false],
    ['an errand', { kind: 'errand' }, false],
    ['a quarrel in the family', { category: 'family' }, false],
    ['unpaid wages', { category: 'wages' }, false],
    ['somebody’s mind', { category: 'mind' }, false],
  ])('%s', (_, more, may) => expect(mayFollow({ ...LIFT, ...more })).toBe(may))

  it('disputes by nature are never shared, save those over what a whole estate pays for', () => {
    const shared = CATEGORIES.filter(({ key, always }) => always && isShared(key)).map(({ key }) => key)
    expect(shared).toEqual(['property'])
  })

  it('fourteen days back', () => {
    expect(ALIKE_DAYS).toBe(14)
    expect(alikeSince('2026-11-15T02:00:00.000Z')).toBe('2026-11-01T02:00:00.000Z')
  })
})

describe('which cases are one matter', () => {
  const own: LinkEnd = { ...LIFT, id: 'own', personId: 'p1', linked: false, hasLinked: false }
  const main: LinkEnd = { ...own, id: 'main', personId: 'p2' }
  it.each<[string, Partial<LinkEnd>, Partial<LinkEnd>, string | null]>([
    ['two neighbours', {}, {}, null],
    ['one without a person', { personId: null }, { personId: null }, null],
    ['a case and itself', { id: 'main' }, {}, 'sameCase'],
    ['an ended one', {}, { state: 'closed' }, 'otherEnded'],
    ['a hidden one', { hidden: 1 }, {}, 'notShared'],
    ['with an urgent one', {}, { class: 'urgent' }, 'notShared'],
    ['one that is linked on', {}, { linked: true }, 'otherLinked'],
    ['twice', { linked: true }, {}, 'linkedAlready'],
    ['one that others are linked to', { hasLinked: true }, {}, 'hasLinked'],
    ['the same person’s', { personId: 'p2' }, {}, 'samePerson'],
  ])('%s', (_, a, b, why) => expect(whyNotLinked({ ...own, ...a }, { ...main, ...b })).toBe(why))
})
