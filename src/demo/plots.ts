import type { District } from '../district.ts'
import { addHours, addWorkingDays, addWorkingHours } from '../rules/calendar/working-time.ts'
import { latestExtension } from '../rules/cases/deadlines.ts'
import { townOf } from '../rules/cases/route.ts'
import { quietUntil } from '../rules/notices/table.ts'
import type { DemoCase, DemoEvent, DemoForm, Dice } from './cast.ts'
import { BASIS, type DemoMatter, OTHER_BASIS } from './matters.ts'

/** A case being told step by step: `at` is the moment of the last step. */
export interface Tale {
  district: District
  dice: Dice
  case: DemoCase
  ending: Pick<DemoMatter, 'result' | 'facts'>
  at: string
  /** Unit that has it in hand, and the log-in of its clerk. */
  unit: string
  clerk: string
}

const DISPATCHER = 'dispatcher'

/** How a tale goes on from its opening. */
export type Plot = (tale: Tale) => void

/** How many cases take which course, and how many days ago they were opened at least and at most. */
export const PLOTS: readonly {
  name: string
  count: number
  days: [number, number]
  plot: Plot
  lost?: true
}[] = [
  { name: 'solved', count: 96, days: [7, 60], plot: tale => solved(tale) },
  { name: 'solvedByDepartment', count: 24, days: [7, 60], plot: tale => solved(tale), lost: true },
  { name: 'closedByClock', count: 30, days: [14, 60], plot: closedByClock },
  { name: 'answeredLate', count: 14, days: [16, 60], plot: answeredLate },
  { name: 'solvedAtLast', count: 16, days: [14, 60], plot: solvedAtLast },
  { name: 'refused', count: 12, days: [3, 60], plot: refused },
  { name: 'withdrawn', count: 10, days: [3, 60], plot: withdrawn },
  { name: 'extended', count: 8, days: [18, 60], plot: solvedLater },
  { name: 'reopened', count: 4, days: [14, 20], plot: reopened },
  { name: 'awaitingWord', count: 18, days: [1.5, 4], plot: awaitingWord },
  { name: 'working', count: 26, days: [0.4, 3.5], plot: tale => inHand(tale, 4) },
  { name: 'added', count: 6, days: [0.5, 3], plot: added },
  { name: 'late', count: 10, days: [9, 16], plot: late },
  { name: 'extensionRuns', count: 3, days: [5, 6], plot: extended },
  { name: 'unsigned', count: 9, days: [1, 3], plot: byClock },
  { name: 'undecided', count: 6, days: [0.02, 0.8], plot: () => {}, lost: true },
  { name: 'justIn', count: 4, days: [0.001, 0.015], plot: () => {} },
  { name: 'again', count: 6, days: [5, 8], plot: again },
  { name: 'raised', count: 2, days: [24, 30], plot: raised },
]

/** The way of a danger alert: acknowledged in minutes, then to a town, contact, answer, and the resident's word. */
export function danger(tale: Tale): void {
  minutes(tale, 1, 4)
  step(tale, 'acknowledge', 'districtDispatcher', DISPATCHER)
  minutes(tale, 1, 6)
  step(tale, 'dispatch', 'districtDispatcher', DISPATCHER, { unit: tale.unit })
  minutes(tale, 2, 20)
  byClerk(tale, 'sign')
  minutes(tale, 3, 40)
  byClerk(tale, 'contact', { how: 'phone', text: '已电话联系，人已安全，救援已到场。' })
  minutes(tale, 60, 300)
  byClerk(tale, 'answer', {
    result: '现场已处置，人员安全，社区继续关心。',
    facts: '值班员接报后立即联系救援，镇街派人到场。',
    basis: '首接负责制和应急处置规定',
    ticks: [],
  })
  resident(tale, 4, 30)
  step(tale, 'rateSolved', 'resident', 'resident', { satisfied: '3' })
}

function solved(tale: Tale, takenAlready = false): void {
  if (!takenAlready) inHand(tale, 5)
  answer(tale, 2, tale.case.class === 'general' ? 20 : 9)
  resident(tale, 1, 40)
  step(tale, 'rateSolved', 'resident', 'resident', { satisfied: tale.dice.chance(0.8) ? '3' : '2' })
}

function solvedLater(tale: Tale): void {
  extended(tale)
  solved(tale, true)
}

function awaitingWord(tale: Tale): void {
  inHand(tale, 1)
  answer(tale, 1, 5)
}

function again(tale: Tale): void {
  inHand(tale, 2)
  answer(tale, 2, 8)
  unsolved(tale)
}

function closedByClock(tale: Tale): void {
  inHand(tale, 5)
  answer(tale, 2, 18)
  tale.at = addHours(addWorkingDays(tale.district.calendar, tale.at, 3).due, 0.1)
  step(tale, 'close', 'clock', 'clock')
}

function answeredLate(tale: Tale): void {
  inHand(tale, 9)
  answer(tale, 36, 48)
  resident(tale, 2, 40)
  step(tale, 'rateSolved', 'resident', 'resident', { satisfied: '2' })
}

function solvedAtLast(tale: Tale): void {
  inHand(tale, 4)
  answer(tale, 2, 10)
  unsolved(tale)
  office(tale, 0.5, 4)
  byClerk(tale, 'message', { text: '已经看到您说没解决，今天再去现场看一遍。' })
  answer(tale, 2, 12)
  resident(tale, 2, 30)
  step(tale, 'rateSolved', 'resident', 'resident', { satisfied: '3' })
}

function raised(tale: Tale): void {
  inHand(tale, 3)
  for (let times = 0; times < 3; times++) {
    answer(tale, 2, 8)
    unsolved(tale)
  }
}

function reopened(tale: Tale): void {
  solved(tale)
  resident(tale, 70, 100)
  step(tale, 'reopen', 'resident', 'resident', { reason: '好了几天又坏了。' })
}

function refused(tale: Tale): void {
  take(tale)
  office(tale, 0.5, 5)
  byClerk(tale, 'refuse', {
    reason: '这件事已经进入仲裁或诉讼程序，不能同时受理。',
    rightChannel: '请按仲裁委或法院的通知办理，可拨打 12348 咨询。',
  })
}

function withdrawn(tale: Tale): void {
  take(tale)
  resident(tale, 2, 30)
  step(tale, 'withdraw', 'resident', 'resident', { reason: '已经自己解决了，谢谢。' })
}

function added(tale: Tale): void {
  inHand(tale, 2)
  resident(tale, 0.5, 8)
  step(tale, 'add', 'resident', 'resident', { text: '补充一下：今天又看了，情况还是一样。' })
  office(tale, 0.2, 2)
  byClerk(tale, 'message', { text: '补充的情况看到了，正在处理。' })
}

function late(tale: Tale): void {
  inHand(tale, 9)
  resident(tale, 60, 120)
  step(tale, 'hurry', 'resident', 'resident')
  office(tale, 0.5, 4)
  byClerk(tale, 'note', { text: '施工单位还没有排出日期，已再次联系。' })
}

function extended(tale: Tale): void {
  inHand(tale, 5)
  const { calendar } = tale.district
  const general = tale.case.class === 'general'
  const due = addWorkingDays(calendar, tale.case.at, general ? 5 : 3).due
  const newDue = latestExtension(due, tale.case.class, calendar).due
  const reason = '需要等检验结果，出来后马上处理。'
  office(tale, 1, 4)
  byClerk(tale, 'askExtension', { reason, newDue })
  office(tale, 0.3, 2)
  step(tale, 'extend', 'districtDispatcher', DISPATCHER, { reason, newDue })
}

function unsolved(tale: Tale): void {
  resident(tale, 1, 20)
  const reason = tale.dice.pick([
    '看着修了，第二天又坏了。',
    '只处理了一半。',
    '没有人来过现场。',
    '问题还在，没有变化。',
  ])
  step(tale, 'rateUnsolved', 'resident', 'resident', { satisfied: '1', reason })
}

/** Taken, the resident called within so many office hours, sometimes a word in between. */
export function inHand(tale: Tale, contactHours: number): void {
  take(tale)
  if (tale.case.class === 'urgent') minutes(tale, 5, 50)
  else office(tale, 0.3, contactHours)
  const how = tale.dice.pick(['phone', 'phone', 'visit', 'wechat'])
  const text = tale.dice.pick([
    '已电话联系，核实了地点和情况。',
    '已上门查看，和住户当面沟通。',
    '已加微信，收到现场照片。',
  ])
  byClerk(tale, 'contact', { how, text })
  if (tale.dice.chance(0.4)) {
    office(tale, 0.3, 2)
    byClerk(tale, 'note', {
      text: tale.dice.pick(['已约维修人员明天上午到场。', '网格员现场拍照留存。', '请社区协助入户。']),
    })
  }
  if (tale.dice.chance(0.5)) {
    office(tale, 0.3, 2)
    byClerk(tale, 'message', {
      text: tale.dice.pick([
        '工作人员已经到现场看过，正在安排处理。',
        '配件已经订好，到货就装。',
        '已和有关单位商量好办法，有结果马上告诉您。',
      ]),
    })
  }
}

/** Into the hands of a clerk: grabbed, or dispatched and signed. */
function take(tale: Tale): void {
  if (!townOf(tale.case.place)) {
    office(tale, 0.3, 2)
    step(tale, 'dispatch', 'districtDispatcher', DISPATCHER, { unit: tale.unit })
  } else if (tale.case.class !== 'urgent') {
    if (tale.dice.chance(0.8)) {
      office(tale, 0.05, 0.45)
      byClerk(tale, 'grab')
      return
    }
    byClock(tale)
  }
  if (tale.case.class === 'urgent') minutes(tale, 2, 40)
  else office(tale, 0.4, 3)
  byClerk(tale, 'sign')
}

/** Nobody grabbed in time: the clock gives it to the town. An urgent one is with the town from the start. */
function byClock(tale: Tale): void {
  if (tale.case.class === 'urgent') return
  office(tale, 0.51, 0.53)
  step(tale, 'dispatch', 'clock', 'clock', { unit: tale.unit })
}

function answer(tale: Tale, low: number, high: number): void {
  office(tale, low, high)
  byClerk(tale, 'answer', {
    ...tale.ending,
    basis: BASIS[tale.case.category] ?? OTHER_BASIS,
    ticks: tale.case.points.map((_, i) => i + 1),
  })
}

/** So many office hours later. */
export const office = (tale: Tale, low: number, high: number) => {
  tale.at = addWorkingHours(tale.district.calendar, tale.at, tale.dice.between(low, high)).due
}

const minutes = (tale: Tale, low: number, high: number) => {
  tale.at = addHours(tale.at, tale.dice.between(low, high) / 60)
}

/** Residents write by day: what would fall into the night comes in the morning. */
const resident = (tale: Tale, low: number, high: number) => {
  const at = addHours(tale.at, tale.dice.between(low, high))
  const morning = quietUntil(at, tale.district.zone)
  tale.at = morning ? addHours(morning, tale.dice.between(0, 2)) : at
}

const ROLE_OF: Readonly<Record<string, 'departmentClerk' | 'panelSecretary'>> = {
  D: 'departmentClerk',
  P: 'panelSecretary',
}

/** A step of the clerk who has it. */
export const byClerk = (tale: Tale, verb: DemoEvent['verb'], form: DemoForm = {}) =>
  step(tale, verb, ROLE_OF[tale.unit[0]!] ?? 'townClerk', tale.clerk, form)

export function step(
  tale: Tale,
  verb: DemoEvent['verb'],
  role: DemoEvent['role'],
  by: string,
  form: DemoForm = {},
): void {
  const unit =
    role === 'resident' || role === 'clock' ? null : by === DISPATCHER ? tale.district.code : tale.unit
  tale.case.events.push({ at: tale.at, verb, role, by, unit, form })
}
