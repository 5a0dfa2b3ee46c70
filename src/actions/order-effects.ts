import { calendarOf } from '../district.ts'
import { deadlinesFor } from '../rules/cases/deadlines.ts'
import { type ClockOf, clocksOfClass, type OrderClock, orderClock } from '../rules/cases/order-clocks.ts'
import {
  inHand,
  ORDERS,
  type OrderFact,
  type OrderVerb,
  openParts,
  ordersFor,
} from '../rules/cases/orders.ts'
import type { CaseClass, DeadlineKind } from '../rules/cases/types.ts'
import { maskText } from '../rules/people/mask.ts'
import { type CaseRow, pointsOf, replacePoints, textsOf } from '../store/cases.ts'
import {
  deadlinesOf,
  meetOrderClocks,
  moveDeadline,
  settleDeadlines,
  startDeadlines,
} from '../store/deadlines.ts'
import {
  changeOrder,
  endInHand,
  endOrder,
  keepOrderWords,
  type OrderWords,
  openOrder,
  orderFacts,
  orderWords,
} from '../store/orders.ts'
import type { Doing } from './effects.ts'
import { linesOf, severalOf, whistleItem } from './order-forms.ts'

type Changes = Promise<Partial<CaseRow>>

/** 分单: one unit below gets a part, under the town's order; the town stays the holder (首接负责). */
export async function split(doing: Doing): Changes {
  await openPart(doing, 'split', doing.form.below!, { words: { task: doing.form.task! } })
  return {}
}

/** 联单: every department of the whistled item gets a part; the first leads. */
export async function joint(doing: Doing): Changes {
  const { name, departments, respondHours } = whistleItem(doing.district, doing.form.item!)!
  const words = { task: doing.form.task!, item: name, hours: respondHours }
  for (const [index, unit] of departments.entries())
    await openPart(doing, 'joint', unit, { words, lead: index === 0, respondHours })
  return {}
}

export async function accept(doing: Doing): Changes {
  const part = await orderOf(doing, 'accept')
  await changeOrder(doing.tx, part.id, { state: 'signed', staffId: doing.by.id, signedAt: doing.now })
  await meetOrderClocks(doing.tx, part.id, ORDERS.accept.meets, doing.now)
  await startClock(doing, part, 'report')
  return {}
}

/** The part is done; when it was the last one the holder is told that nobody owes anything any more. */
export async function report(doing: Doing): Changes {
  const { tx, row, by, form, now } = doing
  const part = await orderOf(doing, 'report')
  await changeOrder(tx, part.id, { state: 'done', staffId: by.id, doneAt: now })
  await keepOrderWords(tx, { id: part.id, caseId: row.id }, { result: form.result! })
  await meetOrderClocks(tx, part.id, ORDERS.report.meets, now)
  if (openParts(await orderFacts(tx, row.id)).length === 0) doing.also.push('unit.allReported')
  return {}
}

export async function recall(doing: Doing): Changes {
  const part = await orderOf(doing, 'recall', doing.form.part)
  doing.to.push(part.unit)
  doing.asker.push(part.unit)
  await endOrder(doing.tx, part.id, 'withdrawn', doing.now)
  return {}
}

/** 退单 asked: the order waits for the district; being asked is an answer to "sign" and "respond". */
export async function object(doing: Doing): Changes {
  const { tx, row, form, now } = doing
  const order = await orderOf(doing, 'object')
  const said = (await orderWords(tx, row.id)).get(order.id) ?? {}
  await changeOrder(tx, order.id, { state: 'objected' })
  const words = { ...said, grounds: form.grounds!, proposal: form.proposal! }
  await keepOrderWords(tx, { id: order.id, caseId: row.id }, { words })
  await meetOrderClocks(tx, order.id, ORDERS.object.meets, now)
  if (!order.parentId) await settleDeadlines(tx, row.id, ['sign'], [], now)
  await startClock(doing, order, 'objection')
  doing.to.push(form.proposal!)
  return {}
}

/** The case was not theirs: it goes to the unit the district chose, with a new time to sign. */
export async function uphold(doing: Doing): Changes {
  const { tx, row, form, now } = doing
  const order = await orderOf(doing, 'uphold')
  const unit = form.unit!
  await meetOrderClocks(tx, order.id, ORDERS.uphold.meets, now)
  await endInHand(tx, row.id, 'withdrawn', now)
  const answer = (await deadlinesOf(tx, row.id)).find(
    one => one.kind === 'answer' && !one.metAt && !one.endedAt,
  )
  const facts = { caseId: row.id, parentId: null, kind: 'dispatch', unitId: unit, state: 'open' } as const
  await openOrder(tx, { ...facts, openedAt: now, openedById: doing.by.id, dueAt: answer?.due ?? null })
  doing.to.push(unit)
  doing.asker.push(order.unit)
  return { holderUnitId: unit, holderStaffId: null, grabUntil: null }
}

export async function upholdPart(doing: Doing): Changes {
  const { tx, row, form, now } = doing
  const part = await orderOf(doing, 'upholdPart', form.objection)
  const { grounds: _, proposal: __, ...words } = (await orderWords(tx, row.id)).get(part.id) ?? {}
  await meetOrderClocks(tx, part.id, ORDERS.upholdPart.meets, now)
  await endOrder(tx, part.id, 'withdrawn', now)
  const kind = part.kind === 'joint' ? 'joint' : 'split'
  await openPart(doing, kind, form.unit!, { words, lead: part.lead, respondHours: words.hours })
  doing.asker.push(part.unit)
  return {}
}

/** The order stands; one that was not signed yet gets a new time to sign. It cannot be objected to again. */
export async function overrule(doing: Doing): Changes {
  const { tx, row, form, now, district } = doing
  const order = await orderOf(doing, 'overrule', form.objection)
  const signed = order.signedAt !== null
  await changeOrder(tx, order.id, { state: signed ? 'signed' : 'open' })
  await meetOrderClocks(tx, order.id, ORDERS.overrule.meets, now)
  if (order.parentId && !signed) await startClock(doing, order, 'respond')
  if (!order.parentId && row.state === 'assigned') {
    const { profile } = district.settings
    const clocks = deadlinesFor('dispatch', row.class, now, calendarOf(district, order.unit), { profile })
    await startDeadlines(tx, row.id, clocks, now)
  }
  doing.to.push(order.unit)
  doing.asker.push(order.unit)
  return {}
}

/** 返单: a hard matter goes up; the district holds it, and its clock to name a leader runs. */
export async function returned(doing: Doing): Changes {
  const { tx, row, district, form, now } = doing
  doing.asker.push(...(await endInHand(tx, row.id, 'done', now)))
  const facts = {
    caseId: row.id,
    parentId: null,
    kind: 'return',
    unitId: district.code,
    state: 'open',
  } as const
  const order = await openOrder(tx, {
    ...{ ...facts, openedAt: now, openedById: doing.by.id },
    words: { grounds: form.grounds! },
  })
  await startClock(doing, { id: order.id, unit: district.code }, 'designate')
  return { holderUnitId: district.code, holderStaffId: null, grabUntil: null }
}

/** The district leads; the unit named first answers for the work, the others help. */
export async function designate(doing: Doing): Changes {
  const { tx, form, by, now } = doing
  const order = await orderOf(doing, 'designate')
  const leaderId = form.leader || null
  await changeOrder(tx, order.id, { state: 'signed', staffId: by.id, leaderId, signedAt: now })
  await meetOrderClocks(tx, order.id, ORDERS.designate.meets, now)
  for (const [index, unit] of [form.lead!, ...severalOf(form.units)].entries())
    await openPart(doing, 'joint', unit, { words: { task: form.task! }, lead: index === 0 })
  return { holderStaffId: leaderId ?? by.id }
}

/** A new class moves running clocks to earlier dates only; `to` keeps the class for the words of the line. */
export async function classify({ tx, row, form, now, district }: Doing): Changes {
  const caseClass = form.class as CaseClass
  const clocks = (await deadlinesOf(tx, row.id)).map(({ id, kind, due, metAt, endedAt, pausedAt }) => ({
    ...{ id, kind, due },
    running: !metAt && !endedAt && !pausedAt,
  }))
  const cal = calendarOf(district, row.holderUnitId)
  const { profile } = district.settings
  const { earlier, started } = clocksOfClass(clocks, caseClass, now, cal, { profile })
  for (const { id, due, provisional } of earlier) await moveDeadline(tx, id, { due, provisional })
  await startDeadlines(tx, row.id, started, now)
  return { class: caseClass }
}

/** The list of points is the clerk's; the resident's own words stay as they are. Both lists stand in the line. */
export async function correct(doing: Doing): Changes {
  const { tx, row, form } = doing
  const { name } = await textsOf(tx, row.id)
  const were = (await pointsOf(tx, row.id)).map(point => point.text)
  // Clerks see points without names and numbers: a line left as they saw it stays what the resident said.
  const asSeen = new Map(were.map(text => [maskText(text, name ? [name] : []), text]))
  doing.before = were
  await replacePoints(
    tx,
    row.id,
    linesOf(form.points).map(line => asSeen.get(line) ?? line),
  )
  return {}
}

interface PartOf {
  words: OrderWords
  lead?: boolean
  respondHours?: number | undefined
}

async function openPart(doing: Doing, kind: 'split' | 'joint', unitId: string, part: PartOf) {
  const { tx, row, by, now } = doing
  const parentId = inHand(await orderFacts(tx, row.id))!.id
  const facts = { caseId: row.id, parentId, kind, unitId, state: 'open' } as const
  const lead = part.lead === true
  const order = await openOrder(tx, { ...facts, openedAt: now, openedById: by.id, lead, words: part.words })
  await startClock(doing, { id: order.id, unit: unitId }, 'respond', part.respondHours)
  doing.to.push(unitId)
}

/** A clock of an order, by the hours of whoever owes it: the district for decisions. */
async function startClock(
  { tx, row, district, now }: Doing,
  { id, unit }: { id: string; unit: string },
  kind: OrderClock,
  respondHours?: number,
) {
  const owes = kind === 'objection' ? district.code : unit
  const promises: readonly DeadlineKind[] = ['answer', 'redo']
  const promised = (await deadlinesOf(tx, row.id)).find(
    one => promises.includes(one.kind) && !one.metAt && !one.endedAt && !one.pausedAt,
  )?.due
  const of: ClockOf = { caseClass: row.class, respondHours, promised }
  await startDeadlines(tx, row.id, [orderClock(kind, now, calendarOf(district, owes), of)], now, id)
}

/** The order a verb is done on: the one named, else the only one the table allows. The guard has seen that it exists. */
async function orderOf({ tx, row, by }: Doing, verb: OrderVerb, id?: string): Promise<OrderFact> {
  const at = { unit: by.unit ?? '', holder: row.holderUnitId, state: row.state }
  const found = ordersFor(verb, await orderFacts(tx, row.id), at)
  const order = id ? found.find(one => one.id === id) : found.at(-1)
  if (!order) throw new Error(`no order for ${verb} on case ${row.code}`)
  return order
}
