import { dutiesDone, fileReport, gridViews, keepRecord } from '../actions/grid-records.ts'
import type { House, Refusal } from '../actions/house.ts'
import { linkChat, unlinkChat } from '../actions/staff-chat.ts'
import { stepInChat } from '../actions/unit-orders.ts'
import type { GridCommand } from '../flows/grid.ts'
import { type CardRow, isStaffFlow, type Say, type Talk } from '../flows/talk.ts'
import type { DutyCounts } from '../rules/grid/duties.ts'
import type { Tx } from '../store/db.ts'
import type { Speaker } from './commands.ts'

/** What a linked member of staff asked for, in the transaction of their message; says what came of it. */
export async function gridCommand(house: House, tx: Tx, who: Speaker, command: GridCommand): Promise<Say[]> {
  switch (command.do) {
    case 'linkChat':
      return link(house, tx, who, command.with.code)
    case 'unlinkChat':
      return unlink(tx, who)
    case 'showGrid':
      return views(house, tx, who)
    case 'showDesk':
      return [{ say: 'grid.desk', with: command.with }]
    case 'fileReport':
      return report(house, tx, who, command.with)
    case 'keepRecord':
      return record(house, tx, who, command.with)
    case 'staffStep': {
      const done = await stepInChat(house, tx, who.personId, command.with)
      const { code, verb } = command.with
      return done.ok ? [{ say: `grid.done.${verb}`, with: { code } }] : [refusal(done, code)]
    }
  }
}

/** The talk remembers that it is linked: only then does a turn look up who that is. Unlinked it lets go of what hung on it. */
function remember(who: Speaker, linked: boolean) {
  const { staff: _, ...talk } = JSON.parse(who.conversation.talk!) as Talk
  const stack = linked ? talk.stack : talk.stack.filter(({ flow }) => !isStaffFlow(flow))
  who.conversation.talk = JSON.stringify({ ...talk, stack, ...(linked ? { staff: true } : {}) })
}

async function link(house: House, tx: Tx, who: Speaker, code: string): Promise<Say[]> {
  const done = await linkChat(house, tx, who.personId, code)
  if (!done.ok) return [refusal(done)]
  remember(who, true)
  const units = [...new Set(done.who.members.map(({ unit }) => unit))]
  const names = units.map(unit => house.district.units.get(unit)?.name ?? '').join('、')
  return [{ say: 'grid.linked', with: { name: done.who.name, units: names } }]
}

async function unlink(tx: Tx, who: Speaker): Promise<Say[]> {
  const done = await unlinkChat(tx, who.personId, who.now)
  remember(who, false)
  return [done.ok ? { say: 'grid.unlinked' } : refusal(done)]
}

async function report(
  house: House,
  tx: Tx,
  { personId }: Speaker,
  told: Extract<GridCommand, { do: 'fileReport' }>['with'],
): Promise<Say[]> {
  const done = await fileReport(house, tx, personId, told)
  if (!done.ok) return [refusal(done)]
  const { row, answerBy } = done.opened
  const office = house.district.units.get(row.holderUnitId)?.name ?? house.district.name
  if (told.settled) return [{ say: 'grid.settled', with: { code: row.code } }]
  const rows: CardRow[] = [
    { key: 'code', value: row.code },
    { key: 'class', label: `choice.class.${row.class}` },
    { key: 'office', value: office },
    { key: 'owed', value: answerBy },
  ]
  return [{ say: 'grid.filed', with: { code: row.code, office }, card: { kind: 'heard', rows } }]
}

async function record(
  house: House,
  tx: Tx,
  { personId }: Speaker,
  told: Extract<GridCommand, { do: 'keepRecord' }>['with'],
): Promise<Say[]> {
  const done = await keepRecord(house, tx, personId, told)
  if (!done.ok) return [refusal(done)]
  if (!told.span) return [{ say: `grid.kept.${told.duty}`, with: { grid: done.grid } }]
  const rows = countRows(done.counts)
  const say = rows.length > 0 ? 'grid.reported' : 'grid.reportedNone'
  return [{ say, with: { grid: done.grid }, ...cardOf(rows) }]
}

async function views(house: House, tx: Tx, { personId }: Speaker): Promise<Say[]> {
  const seen = await gridViews(house, tx, personId)
  if (!seen.ok) return [refusal(seen)]
  return seen.grids.map(({ name, open, late, workers, counts }) => {
    const rows = countRows(counts)
    const say = rows.length > 0 ? 'grid.view' : 'grid.viewQuiet'
    return { say, with: { name, open, late, workers }, ...cardOf(rows) }
  })
}

const countRows = (counts: DutyCounts): CardRow[] =>
  dutiesDone(counts).map(([duty, n]) => ({ key: `did.${duty}`, label: 'value.times', value: String(n) }))

const cardOf = (rows: readonly CardRow[]) =>
  rows.length > 0 ? { card: { kind: 'heard' as const, rows } } : {}

/** Refusals with a sentence of their own; whatever else stands against a step is answered at the desk, where the form is whole. */
const WHY: readonly string[] = [
  ...['wrongCode', 'locked', 'otherChat', 'notLinked', 'notYourGrid', 'onlyHeads', 'photoLost'],
  ...['faster', 'notFound', 'notYours', 'notFromHere', 'objectWindow'],
]

function refusal({ why, with: values, details }: Refusal, code = ''): Say {
  const key = [details?.[0]?.why ?? why, why].find(each => WHY.includes(each)) ?? 'desk'
  const faster = key === 'faster' && typeof values?.by === 'string'
  return {
    say: faster ? 'grid.why.fasterBy' : `grid.why.${key}`,
    with: { code, ...(faster ? { by: values.by } : {}) },
  }
}
