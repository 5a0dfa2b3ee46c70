import { type WhistleItem, whistleItems } from '../actions/order-forms.ts'
import { openParts } from '../rules/cases/orders.ts'
import { type CaseClass, NEEDS, type Need } from '../rules/cases/types.ts'
import type { Language } from '../rules/people/language.ts'
import type { DeadlineRow } from '../store/deadlines.ts'
import type { EntryLine } from '../store/entries.ts'
import type { OrderRow, OrderWords } from '../store/orders.ts'
import { type ApiParts, say } from './parts.ts'
import { officeName, passedTo } from './present-resident.ts'
import { masked, type StaffCaseFacts } from './present-staff.ts'
import type { NeedView, OrderView } from './schemas-staff.ts'

/** Orders, and the questions of the steps that pass work on, in the words of those who work on a case. */

export function orderOf(parts: ApiParts, facts: StaffCaseFacts, order: OrderRow): OrderView {
  const said = facts.said.get(order.id) ?? {}
  const own = facts.deadlines.filter(clock => clock.orderId === order.id)
  const running = own.find(clock => !clock.metAt && !clock.endedAt)
  const objection = objectionOf(parts, order, said, own)
  return {
    id: order.id,
    kind: order.kind,
    unit: officeName(parts, order.unitId),
    staff: order.staffId ? (facts.names.get(order.staffId) ?? null) : null,
    state: order.state,
    openedAt: order.openedAt,
    dueAt: running?.due ?? order.dueAt,
    parentId: order.parentId,
    lead: order.lead === 1,
    leader: order.leaderId ? (facts.names.get(order.leaderId) ?? null) : null,
    task: said.task ?? null,
    item: said.item ?? null,
    result: said.result ?? null,
    ...(objection ? { objection } : {}),
  }
}

function objectionOf(
  parts: ApiParts,
  order: OrderRow,
  { grounds, proposal }: OrderWords,
  clocks: readonly DeadlineRow[],
): OrderView['objection'] {
  if (!clocks.some(clock => clock.kind === 'objection')) return undefined
  const state = order.state === 'objected' ? 'open' : upheld(order, clocks) ? 'upheld' : 'overruled'
  return { state, reason: grounds ?? '', proposal: proposal ? officeName(parts, proposal) : null }
}

/** Upheld in one moment: the objection's clock is met as the order is taken back. */
const upheld = (order: OrderRow, clocks: readonly DeadlineRow[]) =>
  order.state === 'withdrawn' &&
  clocks.some(clock => clock.kind === 'objection' && clock.metAt === order.doneAt)

/** Who or what a line passes to, for its words: units, or the class it set. */
export function lineTarget(parts: ApiParts, entry: EntryLine, language: Language): string {
  const { class: set } = entry.body
  return set ? say(parts, language, `choice.class.${set as CaseClass}`) : passedTo(parts, entry)
}

/** What staff alone read on a line: what was asked, why, and a list of points before and after. */
export function staffWords(parts: ApiParts, entry: EntryLine, language: Language): string[] {
  const { item: key, task, grounds, before, points } = entry.body
  const item = key?.slice(key.indexOf('/') + 1)
  const lists = points
    ? [(before ?? []).map(text => `− ${text}`), points.map(text => `+ ${text}`)].flat()
    : []
  const words = [item, task, grounds, ...lists].filter((text): text is string => Boolean(text))
  // On a line the resident sees as well, what they do not see is marked.
  return entry.public ? words.map(text => say(parts, language, 'inner.words', { text })) : words
}

/** Kinds of question as fronts draw them. */
const KINDS = {
  words: 'text',
  unit: 'unit',
  below: 'unit',
  ticks: 'points',
  date: 'date',
  choice: 'choice',
  lines: 'lines',
  whistle: 'pick',
  part: 'choice',
  objection: 'choice',
  leader: 'choice',
  units: 'units',
  alike: 'case',
} as const

export function needView(parts: ApiParts, facts: StaffCaseFacts, need: Need, language: Language): NeedView {
  const form = NEEDS[need]
  const choices = choicesOf(parts, facts, need, language)
  const value = startOf(facts, need)
  return {
    field: need,
    label: say(parts, language, `need.${need}`),
    kind: KINDS[form.form],
    required: !('optional' in form),
    ...(choices ? { choices } : {}),
    ...(form.form === 'below' ? { under: facts.row.holderUnitId } : {}),
    ...(value ? { value } : {}),
  }
}

type Choice = NonNullable<NeedView['choices']>[number]

function choicesOf(
  parts: ApiParts,
  { orders, rights, leaders, follow }: StaffCaseFacts,
  need: Need,
  language: Language,
): Choice[] | undefined {
  const form = NEEDS[need]
  const ofOrders = (ids: readonly string[]) =>
    orders
      .filter(order => ids.includes(order.id))
      .map(order => ({ value: order.id, label: officeName(parts, order.unitId) }))
  if (form.form === 'choice')
    return form.choices.map(value => ({ value, label: say(parts, language, `choice.${need}.${value}`) }))
  if (form.form === 'whistle')
    return whistleItems(parts.house.district).map(item => itemChoice(parts, item, language))
  if (form.form === 'part') return ofOrders(openParts(rights.orders ?? []).map(order => order.id))
  if (form.form === 'objection')
    return ofOrders(orders.filter(order => order.state === 'objected').map(order => order.id))
  if (form.form === 'alike')
    return (follow?.likely ?? []).map(({ code, title, stateWords }) => ({
      value: code,
      label: title,
      note: stateWords,
    }))
  return form.form === 'leader' ? leaders.map(({ id, name }) => ({ value: id, label: name })) : undefined
}

const itemChoice = (parts: ApiParts, item: WhistleItem, language: Language): Choice => ({
  value: item.key,
  label: item.name,
  group: item.group,
  note: say(parts, language, 'whistle.comes', {
    to: item.departments.map(unit => officeName(parts, unit)).join('、'),
    n: item.respondHours,
  }),
})

/** What a question begins with: the points as they stand, and the unit an objection proposes. */
function startOf(facts: StaffCaseFacts, need: Need): string | undefined {
  const { points, orders, said } = facts
  if (need === 'summary') return facts.row.publicSummary ?? undefined
  if (need === 'points') return points.map(point => masked(facts, point.text)).join('\n')
  if (need !== 'unit') return undefined
  const objected = orders.filter(order => order.state === 'objected')
  return objected.length === 1 ? said.get(objected[0]!.id)?.proposal : undefined
}
