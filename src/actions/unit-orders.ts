import { CHAT_VERBS, type ChatVerb } from '../rules/grid/chat-steps.ts'
import type { DutyCounts } from '../rules/grid/duties.ts'
import { daysAround } from '../rules/grid/span.ts'
import { maskAddress, maskText } from '../rules/people/mask.ts'
import { type CaseForRights, maySee, stepsFor } from '../rules/people/may.ts'
import { textsOf } from '../store/cases.ts'
import type { Reads, Tx } from '../store/db.ts'
import { freeFiles } from '../store/files.ts'
import { countsOf } from '../store/grid-records.ts'
import { orderWords } from '../store/orders.ts'
import { staffName } from '../store/staff.ts'
import { takenBy, type UnitOrderRow, unitOrders, waitForCase } from '../store/unit-orders.ts'
import { dayOf, type House, type Result, refused } from './house.ts'
import { moveIn } from './move-case.ts'
import { forRights, type Who } from './rights.ts'
import { staffInChat } from './staff-chat.ts'

/** An order of a unit as its line of talk shows it; words of residents are masked as on the desk. */
export interface UnitOrder {
  code: string
  title: string
  state: 'open' | 'signed' | 'assigned' | 'working' | 'redo'
  due?: string
  what: string
  place?: string
  steps: readonly ChatVerb[]
  proposals: readonly { code: string; name: string }[]
}

/** A linked member of staff, as a turn of talk needs to know them. */
export interface StaffInChat {
  head: boolean
  grids: readonly { code: string; name: string }[]
  orders: { total: number; list: readonly UnitOrder[] }
  counts: { day: DutyCounts; week: DutyCounts }
}

/** As many orders as one list of the chat shows. */
const MOST = 5

/** What a linked conversation may be told of its member's work; undefined when it is linked to nobody in service. */
export async function staffFacts(
  house: House,
  from: Reads,
  personId: string,
): Promise<StaffInChat | undefined> {
  const who = await staffInChat(from, personId)
  if (!who) return undefined
  const units = [...new Set(who.members.map(({ unit }) => unit))]
  const { total, rows } = await unitOrders(from, units, MOST)
  const list: UnitOrder[] = []
  for (const row of rows) {
    const rights = await forRights(from, house.district, row)
    if (who.members.some(member => maySee(member, rights)))
      list.push(await lineOf(house, from, who, row, rights))
  }
  const { day, week } = daysAround(dayOf(house, house.now()))
  return {
    head: who.members.some(({ role }) => role === 'gridHead'),
    grids: gridsOf(house, who),
    orders: { total: total - (rows.length - list.length), list },
    counts: {
      day: await countsOf(from, who.staffId, { from: day, to: day }),
      week: await countsOf(from, who.staffId, { from: week, to: day }),
    },
  }
}

/** The grids a member works in or heads, by name. */
export const gridsOf = ({ district }: House, who: Who): { code: string; name: string }[] =>
  [...new Set(who.members.map(({ unit }) => unit))].flatMap(code => {
    const unit = district.units.get(code)
    return unit?.kind === 'grid' ? [{ code, name: unit.name }] : []
  })

async function lineOf(
  house: House,
  from: Reads,
  who: Who,
  row: UnitOrderRow,
  rights: CaseForRights,
): Promise<UnitOrder> {
  const open = who.members.flatMap(member => stepsFor(member, rights).map(({ verb }) => verb))
  const { text, place, name } = await textsOf(from, row.id)
  const task = row.orderId ? (await orderWords(from, row.id)).get(row.orderId)?.task : undefined
  const masked = (words: string) => maskText(words, name ? [name] : [])
  return {
    code: row.code,
    title: masked(row.title),
    state: row.orderState ?? (row.state as 'assigned' | 'working' | 'redo'),
    ...(row.owedAt ? { due: row.owedAt } : {}),
    what: (task ?? masked(text)).slice(0, 300),
    ...(place ? { place: maskAddress(place) } : {}),
    steps: CHAT_VERBS.filter(verb => open.includes(verb)),
    proposals: proposalsFor(house, row),
  }
}

/** Whom an objection most likely names: the department the matter belongs to by its category, and the community it lies in. */
function proposalsFor({ district }: House, { route, communityId }: UnitOrderRow) {
  const [kind, name = ''] = route?.split(':') ?? []
  const department =
    kind === 'dept' ? district.departments.find(({ serves }) => serves.includes(name))?.code : undefined
  return [department, communityId].flatMap(code => {
    const unit = code ? district.units.get(code) : undefined
    return unit ? [{ code: unit.code, name: unit.short }] : []
  })
}

/**
 * A linked member does a step of the table on an order, in their own turn of talk: the same rights, the same guards as at the desk. A report
 * takes pictures of the result. Refusals: as `moveCase`, and notLinked, photoLost; `by` names who was faster.
 */
export async function stepInChat(
  house: House,
  tx: Tx,
  personId: string,
  asked: {
    code: string
    verb: ChatVerb
    form: Readonly<Record<string, string>>
    files: readonly { id: string }[]
  },
): Promise<Result<{ code: string }>> {
  const who = await staffInChat(tx, personId)
  if (!who) return refused('notLinked')
  // Clerks of the desk wait for each other by the case; a turn of talk holds its person alone until here.
  await waitForCase(tx, house.store.kind, asked.code)
  const files = await freeFiles(tx, personId, asked.files)
  if (asked.files.length > 0 && files.length === 0) return refused('photoLost')
  const done = await moveIn(house, tx, who, asked.code, asked.verb, asked.form, { personId, files })
  if (done.ok) return done
  const units = who.members.map(({ unit }) => unit)
  const colleague = LOST_RACES.includes(done.why) ? await takenBy(tx, asked.code, units) : null
  if (!colleague || colleague === who.staffId) return done
  return refused('faster', { with: { by: (await staffName(tx, colleague)) ?? '' } })
}

/** What a step is refused for when a colleague did it a moment before. */
const LOST_RACES: readonly string[] = ['faster', 'notYours', 'notFromHere']
