import { calendarOf, type District } from '../district.ts'
import { objectUntil } from '../rules/cases/order-clocks.ts'
import {
  circle,
  ORDERS,
  type OrderFact,
  type OrderVerb,
  openParts,
  ordersFor,
} from '../rules/cases/orders.ts'
import { NEEDS, type Need, type Verb } from '../rules/cases/types.ts'
import { maskText } from '../rules/people/mask.ts'
import { type CaseRow, pointsOf, textsOf } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { roundStart } from '../store/entries.ts'
import { orderFacts } from '../store/orders.ts'
import { leaders } from '../store/staff.ts'
import type { Form } from './effects.ts'
import { type House, type Refusal, refused } from './house.ts'

/** An item of the whistle list with the key a form sends: `category/name`. */
export interface WhistleItem {
  key: string
  group: string
  name: string
  departments: readonly string[]
  respondHours: number
}

/** The whistle list of a district, flat. */
export const whistleItems = ({ whistle }: Pick<District, 'whistle'>): WhistleItem[] =>
  whistle.flatMap(({ key, name: group, items }) =>
    items.map(item => ({ ...item, group, key: `${key}/${item.name}` })),
  )

export const whistleItem = (district: Pick<District, 'whistle'>, key: string): WhistleItem | undefined =>
  whistleItems(district).find(item => item.key === key)

/** Several units as a form keeps them: codes joined by commas. */
export const severalOf = (text: string | undefined): string[] => text?.split(',').filter(Boolean) ?? []

/** Points as a form keeps them: one a line. */
export const linesOf = (text: string | undefined): string[] =>
  text
    ?.split('\n')
    .map(line => line.trim())
    .filter(Boolean) ?? []

const LONGEST_POINT = 200

/** Reads a need of the orders from what a front sent; undefined when it is none of these. */
export function readOrderNeed(
  { district }: House,
  need: Need,
  value: unknown,
): { value: string | undefined } | { why: string } | undefined {
  const { form, ...of } = NEEDS[need]
  if (form === 'units') {
    const units = Array.isArray(value) ? value.map(String) : severalOf(typeof value === 'string' ? value : '')
    if (!units.every(unit => district.units.has(unit))) return { why: 'notAUnit' }
    if (units.some(unit => district.units.get(unit)?.closed)) return { why: 'unitClosed' }
    return { value: [...new Set(units)].join(',') }
  }
  if (form === 'lines') {
    const lines = linesOf(Array.isArray(value) ? value.join('\n') : typeof value === 'string' ? value : '')
    if (lines.length === 0) return { why: 'missing' }
    if (lines.length > ('atMost' in of ? of.atMost : 0)) return { why: 'tooMany' }
    return lines.some(line => line.length > LONGEST_POINT) ? { why: 'tooLong' } : { value: lines.join('\n') }
  }
  if (form === 'leader' && (value === undefined || value === '' || value === null))
    return { value: undefined }
  return undefined
}

/** Other verbs have nothing to do with orders, and cost no look at them. */
const GUARDED: readonly Verb[] = [...(Object.keys(ORDERS) as OrderVerb[]), 'answer', 'classify', 'correct']

/** What must be true of the case's orders before a verb may be done. Null: nothing stands against it. */
export async function guardOrders(
  house: House,
  tx: Tx,
  row: CaseRow,
  verb: Verb,
  form: Form,
  unit: string,
): Promise<Refusal | null> {
  if (!GUARDED.includes(verb)) return null
  const orders = await orderFacts(tx, row.id)
  if (verb === 'answer') return openParts(orders).length > 0 ? wrong('result', 'partsOpen') : null
  if (verb === 'classify') return form.class === row.class ? wrong('class', 'noChange') : null
  if (verb === 'correct') {
    const { name } = await textsOf(tx, row.id)
    const seen = (await pointsOf(tx, row.id)).map(point => maskText(point.text, name ? [name] : []))
    return seen.join('\n') === form.points ? wrong('points', 'noChange') : null
  }
  const at = { house, tx, row, form, orders, unit }
  const found = ordersFor(verb as OrderVerb, orders, { unit, holder: row.holderUnitId, state: row.state })
  if (found.length === 0) return refused('notFromHere')
  return (await GUARDS[verb as OrderVerb]?.({ ...at, found })) ?? null
}

interface At {
  house: House
  tx: Tx
  row: CaseRow
  form: Form
  orders: readonly OrderFact[]
  /** Those the table allows. */
  found: readonly OrderFact[]
  unit: string
}

type Guard = (at: At) => Promise<Refusal | null> | Refusal | null

const wrong = (field: string, why: string): Refusal => refused('incomplete', { details: [{ field, why }] })

const GUARDS: Readonly<Partial<Record<OrderVerb, Guard>>> = {
  split: async at => {
    const { house, row, form } = at
    if (row.class !== 'general') return wrong('below', 'notGeneral')
    const [unit, holder] = [house.district.units.get(form.below!), house.district.units.get(row.holderUnitId)]
    if (!unit || !holder || !unit.path.startsWith(`${holder.path}/`)) return wrong('below', 'notBelow')
    return (await inCircle(at, [unit.code])) ? wrong('below', 'circle') : null
  },
  joint: async at => {
    const item = whistleItem(at.house.district, at.form.item!)
    if (!item) return wrong('item', 'notOnList')
    return (await inCircle(at, item.departments)) ? wrong('item', 'circle') : null
  },
  recall: ({ found, form }) => (found.some(one => one.id === form.part) ? null : wrong('part', 'notAPart')),
  object: ({ house, found, form, unit }) => {
    const order = found.at(-1)!
    if (form.proposal === unit) return wrong('proposal', 'sameUnit')
    const until = objectUntil(order.openedAt, calendarOf(house.district, unit)).due
    return house.now() > until ? wrong('grounds', 'objectWindow') : null
  },
  uphold: ({ found, form }) => (form.unit === found[0]!.unit ? wrong('unit', 'sameUnit') : null),
  upholdPart: ({ house, found, form, row, orders }) => {
    const part = found.find(one => one.id === form.objection)
    if (!part) return wrong('objection', 'notAnObjection')
    if (form.unit === house.district.code) return wrong('unit', 'notAHand')
    return busyWith(orders, [form.unit!]) || form.unit === row.holderUnitId ? wrong('unit', 'sameUnit') : null
  },
  overrule: ({ found, form }) =>
    found.some(one => one.id === form.objection) ? null : wrong('objection', 'notAnObjection'),
  designate: async ({ house, tx, form, orders }) => {
    if (form.leader && !(await leaders(tx)).some(one => one.id === form.leader))
      return wrong('leader', 'notALeader')
    const units = severalOf(form.units)
    if (units.includes(form.lead!) || busyWith(orders, units)) return wrong('units', 'sameUnit')
    if (busyWith(orders, [form.lead!])) return wrong('lead', 'sameUnit')
    if (form.lead === house.district.code) return wrong('lead', 'notAHand')
    return units.includes(house.district.code) ? wrong('units', 'notAHand') : null
  },
}

/** The same unit twice in a round needs a decision of the district, and never two parts at once: nothing goes in a circle. */
const inCircle = async ({ tx, row, orders }: At, units: readonly string[]): Promise<boolean> =>
  busyWith(orders, units) || circle(orders, units, await roundStart(tx, row.id)).length > 0

/** Has one of these units a part of the case in hand already? */
const busyWith = (orders: readonly OrderFact[], units: readonly string[]): boolean =>
  openParts(orders).some(one => units.includes(one.unit))
