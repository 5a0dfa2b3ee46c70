import { addWorkingDays } from '../rules/calendar/working-time.ts'
import { townOf } from '../rules/cases/route.ts'
import type { DemoForm } from './cast.ts'
import { byClerk, inHand, office, PLOTS, step, type Tale } from './plots.ts'

/** Cases passed about: whistled to departments, split to a community, returned to the district. Told after the others. */
export const ALL_PLOTS: typeof PLOTS = [
  ...PLOTS,
  { name: 'whistled', count: 6, days: [1, 5], plot: whistled },
  { name: 'splitDown', count: 6, days: [1, 5], plot: splitDown },
  { name: 'returned', count: 2, days: [1, 4], plot: tale => returned(tale) },
  { name: 'led', count: 2, days: [3, 6], plot: led },
  { name: 'pauseAsked', count: 1, days: [1, 2], plot: pauseAsked },
  { name: 'paused', count: 2, days: [1, 3], plot: paused },
]

/** Items of the whistle list by what the matter is about. */
const ITEMS: Readonly<Record<string, string>> = {
  lift: 'property/电梯停运超过三天',
  noise: 'environment/夜间施工噪声',
  heating: 'utilities/成片室温不达标',
  road: 'publicWorks/路面塌陷',
  light: 'publicWorks/路灯成片不亮',
  wages: 'labour/集体欠薪',
}
const ANY_ITEM = 'property/擅自改变共用部位用途'

/** Somebody of the published log-ins who works for a unit does a step; nobody does it where there is no log-in. */
function byUnit(tale: Tale, unit: string, verb: Parameters<typeof step>[1], form: DemoForm = {}) {
  const who = tale.district.staff.find(one => one.unit === unit && one.role !== 'mediator')
  if (!who) return
  const role = who.role as Parameters<typeof step>[2]
  step({ ...tale, unit }, verb, role, who.login, form)
}

/** The first department comes and reports, the second says it is not theirs. */
function whistled(tale: Tale): void {
  inHand(tale, 2)
  if (!townOf(tale.case.place)) return
  office(tale, 0.3, 1)
  const key = ITEMS[tale.case.category] ?? ANY_ITEM
  byClerk(tale, 'joint', { item: key, task: '请派人到现场会商，一起拿出办法。' })
  const items = tale.district.whistle.flatMap(({ key: of, items }) =>
    items.map(item => ({ ...item, key: `${of}/${item.name}` })),
  )
  const [first = '', second] = items.find(item => item.key === key)?.departments ?? []
  office(tale, 0.3, 1)
  byUnit(tale, first, 'accept')
  office(tale, 0.2, 1)
  if (second) byUnit(tale, second, 'object', { grounds: '现场核实，不在我局职责清单内。', proposal: 'D13' })
  office(tale, 1, 6)
  byUnit(tale, first, 'report', { result: '已到场查看，责令责任单位三天内整改。' })
}

/** General matters go down to a community of the town; the others need departments. */
function splitDown(tale: Tale): void {
  if (tale.case.class !== 'general' || !townOf(tale.case.place)) {
    whistled(tale)
    return
  }
  inHand(tale, 2)
  const below = [...tale.district.units.values()].filter(
    unit => unit.kind === 'community' && unit.parent === tale.unit,
  )
  const community = tale.case.place.communityCode ?? tale.dice.pick(below).code
  office(tale, 0.2, 1)
  byClerk(tale, 'split', { below: community, task: '请到现场看看，拍照报回。' })
  office(tale, 0.3, 2)
  byUnit(tale, community, 'accept')
  office(tale, 0.5, 4)
  byUnit(tale, community, 'report', { result: '到现场看过，情况属实，照片已存。' })
}

function returned(tale: Tale): boolean {
  inHand(tale, 1)
  if (!townOf(tale.case.place)) return false
  office(tale, 0.5, 2)
  byClerk(tale, 'return', { grounds: '涉及多个部门，镇街协调两次没有结果。' })
  return true
}

function led(tale: Tale): void {
  if (!returned(tale)) return
  const [lead, helps] = ['D01', 'D03'] as const
  office(tale, 0.5, 3)
  const task = '由住建牵头，一周内拿出办法。'
  byUnit(tale, tale.district.code, 'designate', { leader: '', lead, units: helps, task })
  office(tale, 0.5, 2)
  byUnit(tale, lead, 'accept')
}

/** Working days from the opening until the matter goes on. */
const UNTIL_IT_GOES_ON = 9

/** A part must come from afar: the office asks to wait. */
function pauseAsked(tale: Tale): DemoForm {
  inHand(tale, 1)
  const { due } = addWorkingDays(tale.district.calendar, tale.case.at, UNTIL_IT_GOES_ON)
  const form = {
    reason: '配件要从外地调，厂家答应下周发货。',
    plan: '配件到货当天更换，换好马上答复您。',
    resumeBy: due,
  }
  office(tale, 0.5, 2)
  byClerk(tale, 'askPause', form)
  return form
}

function paused(tale: Tale): void {
  const form = pauseAsked(tale)
  office(tale, 0.3, 1)
  byUnit(tale, tale.district.code, 'pause', form)
}
