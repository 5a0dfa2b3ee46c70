import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maskAddress,
  maskIdNumber,
  maskName,
  maskPhone,
  maskText,
  surnameOf,
} from '../../../src/rules/people/mask.ts'
import {
  type CaseForRights,
  complainantShown,
  type Member,
  may,
  mayOffice,
  mayReveal,
  maySee,
  stepsFor,
} from '../../../src/rules/people/may.ts'
import { needsTotp, STAFF_ROLES, type StaffRole } from '../../../src/rules/people/roles.ts'
import { callOrder, dutyHolder, onDuty, type Shift } from '../../../src/rules/people/roster.ts'

const WEST = '150402/150402010'
const who = (role: StaffRole, path: string): Member => ({
  id: role,
  role,
  path,
  unit: path.split('/').at(-1)!,
})
const west = who('townClerk', WEST)
const east = who('townClerk', '150402/150402004')
const hongshanjun = who('communityClerk', `${WEST}/150402010003`)
const housing = who('departmentClerk', '150402/D01')
const dispatcher = who('districtDispatcher', '150402')

const inWest: CaseForRights = {
  ...{ kind: 'grievance', state: 'working', holderUnit: '150402010', holderPath: WEST },
  ...{ placePath: `${WEST}/150402010003/150402010003002`, orderUnits: ['150402010'] },
  ...{ hidden: false, accusedUnit: null, accusation: false },
}

describe('who sees a case', () => {
  it.each([
    ['clerk of the town', west, {}, true],
    ['clerk of the community it lies in', hongshanjun, {}, true],
    ['clerk of another town', east, {}, false],
    ['clerk of another town with an order', east, { orderUnits: ['150402004'] }, true],
    ['a department without an order', housing, {}, false],
    ['a department with an order', housing, { orderUnits: ['150402010', 'D01'] }, true],
    ['the dispatcher', dispatcher, { placePath: null }, true],
    ['the administrator', who('administrator', '150402'), {}, false],
    ['a mediator, of a grievance', who('mediator', '150402/P01'), { orderUnits: ['P01'] }, false],
    ['the accused of an accusation', west, { accusation: true, accusedUnit: '150402010' }, false],
    ['a community of the accused town', hongshanjun, { accusation: true, accusedUnit: '150402010' }, false],
    ['a code that only begins alike', who('townClerk', '150402/15040201'), {}, false],
  ] as const)('%s', (_, member, change, sees) => expect(maySee(member, { ...inWest, ...change })).toBe(sees))
})

/** The town has it in hand, and a department a part of it. */
const fact = { openedAt: '2026-11-03T02:00:00.000Z', signedAt: null, lead: false, objected: false } as const
const withPart = {
  orderUnits: ['150402010', 'D01'],
  orders: [
    { ...fact, id: 'a', kind: 'grab', unit: '150402010', state: 'signed', parentId: null },
    { ...fact, id: 'b', kind: 'joint', unit: 'D01', state: 'open', parentId: 'a' },
  ],
} as const

describe('who may do what', () => {
  it.each([
    ['the holder answers', west, 'answer', {}, true],
    ['a community that only sees it does not answer', hongshanjun, 'answer', {}, false],
    ['a community that only sees it may note', hongshanjun, 'note', {}, true],
    ['a town grabs its own', west, 'grab', { state: 'received' }, true],
    ['another town does not', east, 'grab', { state: 'received', orderUnits: ['150402004'] }, false],
    ['the dispatcher dispatches', dispatcher, 'dispatch', { state: 'received' }, true],
    ['a clerk does not', west, 'dispatch', { state: 'received' }, false],
    ['nobody answers a closed one', west, 'answer', { state: 'closed' }, false],
    ['a department reports its part', housing, 'report', withPart, true],
    ['and does not answer for the holder', housing, 'answer', withPart, false],
    ['the holder does not report for it', west, 'report', withPart, false],
    ['the holder takes it back', west, 'recall', withPart, true],
    ['the dispatcher does not, while a town holds it', dispatcher, 'recall', withPart, false],
    ['an auditor only looks', who('auditor', '150402'), 'note', {}, false],
  ] as const)('%s', (_, member, verb, change, allowed) =>
    expect(may(member, verb, { ...inWest, ...change })).toBe(allowed),
  )

  it('sends only steps that would be allowed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STAFF_ROLES),
        fc.constantFrom(WEST, '150402', '150402/D01'),
        (role, path) => {
          for (const { verb } of stepsFor(who(role, path), inWest))
            expect(may(who(role, path), verb, inWest)).toBe(true)
        },
      ),
    )
  })

  it('hides the complainant from the unit complained of, and lets only those who work on it look closer', () => {
    const hidden = { ...inWest, hidden: true, accusedUnit: '150402010' }
    expect(complainantShown(west, hidden)).toBe('hidden')
    expect(complainantShown(west, inWest)).toBe('masked')
    expect(complainantShown(east, inWest)).toBe('hidden')
    expect(mayReveal(west, hidden)).toBe(false)
    expect(mayReveal(west, inWest)).toBe(true)
    expect(mayReveal(hongshanjun, inWest)).toBe(false)
    expect(mayReveal(housing, { ...inWest, ...withPart })).toBe(true)
    expect(mayReveal(who('auditor', '150402'), inWest)).toBe(false)
  })

  it('keeps accounts, audit and settings apart', () => {
    expect(STAFF_ROLES.filter(role => mayOffice(role, 'keepAccounts'))).toEqual(['administrator'])
    expect(STAFF_ROLES.filter(role => mayOffice(role, 'readAudit'))).toEqual(['districtLeader', 'auditor'])
    expect(STAFF_ROLES.filter(role => mayOffice(role, 'reviewCare'))).toEqual(['auditor'])
    expect(STAFF_ROLES.filter(needsTotp)).toEqual(['districtLeader', 'auditor', 'administrator'])
  })
})

describe('masks', () => {
  it.each([
    ['张三', '张*'],
    ['张小三', '张*三'],
    ['欧阳小三', '欧**三'],
    ['张', '*'],
    ['', ''],
  ])('name %s → %s', (name, masked) => expect(maskName(name)).toBe(masked))
  it.each([
    ['王芳', '王'],
    ['王小芳', '王'],
    ['欧阳小三', '欧阳'],
    ['诸葛亮', '诸葛'],
    ['东方', '东方'],
    ['乌云其木格', null],
    ['李', null],
    ['Wang Fang', null],
    ['', null],
  ])('surname of %s: %s', (name, surname) => expect(surnameOf(name)).toBe(surname))

  it.each([
    ['13812341234', '138****1234'],
    ['+86 138 1234 1234', '138****1234'],
    ['１３８１２３４１２３４', '138****1234'],
    ['0476-8220000', '*********00'],
  ])('phone %s → %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

  it.each([
    ['红山郡3号楼2单元1701', '红山郡***'],
    ['西城街道红山郡 3号楼', '西城街道红山郡***'],
    ['东南营子村', '东南营子村'],
    ['清河小区甲栋', '清河小区***'],
  ])('address %s → %s', (address, masked) => expect(maskAddress(address)).toBe(masked))

  it('shows no identity number of a minor', () => {
    expect(maskIdNumber('150402199001011234', false)).toBe('150402********1234')
    expect(maskIdNumber('150402201501011234', true)).toBe('*'.repeat(18))
  })

  it('leaves no phone in free text, however it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000_000, max: 99_999_999 }),
        fc.constantFrom('', ' ', '-'),
        (tail, gap) => {
          const digits = String(tail)
          const phone = ['138', digits.slice(0, 4), digits.slice(4)].join(gap)
          expect(maskText(`电话${phone}，请回`)).toBe(`电话138****${digits.slice(4)}，请回`)
        },
      ),
    )
    expect(maskText('我叫王小明，身份证150402199001011234', ['王小明'])).toBe(
      '我叫王*明，身份证150402********1234',
    )
  })
})

describe('the roster', () => {
  const roster: Shift[] = [
    { unit: '150402', from: '00:00', to: '24:00', person: 'd', deputy: 'd2', leader: 'l' },
    {
      unit: '150402010',
      weekdays: [1, 2, 3, 4, 5],
      from: '08:30',
      to: '17:30',
      person: 'w',
      deputy: 'w2',
      leader: 'l',
    },
    { unit: '150402010', weekdays: [5], from: '17:30', to: '08:30', person: 'n', deputy: 'd', leader: 'l' },
  ]
  it.each([
    ['working hours', '2026-11-03T10:00', WEST, 'w'],
    ['evening falls back on the district', '2026-11-03T20:00', WEST, 'd'],
    ['Friday night', '2026-11-06T23:00', WEST, 'n'],
    ['over midnight', '2026-11-07T02:00', WEST, 'n'],
    ['Saturday night is not covered', '2026-11-07T23:00', WEST, 'd'],
    ['a community asks its town', '2026-11-03T10:00', `${WEST}/150402010003`, 'w'],
  ])('%s', (_, local, path, person) => {
    const now = new Date(`${local}:00+08:00`).toISOString()
    expect(onDuty(roster, path, now, 'Asia/Shanghai')?.person).toBe(person)
  })

  it('calls the deputy after five minutes and the leader after ten', () => {
    const duty = { person: 'a', deputy: 'b', leader: 'c' }
    const raised = '2026-11-03T14:00:00.000Z'
    expect(callOrder(duty, raised).map(call => [call.person, call.at])).toEqual([
      ['a', '2026-11-03T14:00:00.000Z'],
      ['b', '2026-11-03T14:05:00.000Z'],
      ['c', '2026-11-03T14:10:00.000Z'],
    ])
    expect(dutyHolder(duty, raised, '2026-11-03T14:04:59.000Z')).toBe('duty')
    expect(dutyHolder(duty, raised, '2026-11-03T14:05:00.000Z')).toBe('deputy')
    expect(dutyHolder(duty, raised, '2026-11-03T15:00:00.000Z')).toBe('leader')
    expect(onDuty([], WEST, raised, 'Asia/Shanghai')).toBeNull()
  })
})
