import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedDemo } from '../../src/demo/seed.ts'
import { MEASURES } from '../../src/rules/cases/assess.ts'
import { tally } from '../../src/rules/cases/assess-table.ts'
import { monthRows, monthsOf } from '../../src/store/assessments.ts'
import { entriesOf } from '../../src/store/entries.ts'
import { makeHouse, type TestHouse } from '../house.ts'

/** The monthly table, counted once more and slowly, from the clocks and the timeline of each case alone. */

let t: TestHouse
beforeAll(async () => {
  t = await makeHouse()
  await seedDemo(t.house, { info: () => undefined })
}, 60_000)
afterAll(() => t.close())

interface Ended {
  id: string
  unit: string
  closedAt: string
  redoCount: number
}
interface Clock {
  caseId: string
  orderId: string | null
  kind: string
  due: string
  metAt: string | null
  endedAt: string | null
  pausedAt: string | null
}
const all = async <T>(sql: string) => (await t.house.store.read.sql.all<T>(sql)) as T[]

/** In Chifeng's month: eight hours ahead of the instant. */
const monthOf = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 7)
const UNSET = () => ({ n: 0, of: 0 })
const count = (share: { n: number; of: number }, value: boolean | null) => {
  if (value === null) return
  share.of++
  if (value) share.n++
}

/** Kept, broken, or not owed to the end, clock by clock. */
function together(clocks: Clock[]): boolean | null {
  let met = 0
  for (const clock of clocks) {
    const over = clock.metAt ?? clock.endedAt
    if (!clock.pausedAt && over && over > clock.due) return false
    if (clock.metAt) met++
  }
  return met > 0 ? true : null
}

async function recount(month: string, unit: string) {
  const line = {
    cases: 0,
    orders: 0,
    ...Object.fromEntries(MEASURES.map(one => [one, UNSET()])),
  } as ReturnType<typeof tally>
  const cases = (
    await all<Ended>(
      `SELECT "id", "holderUnitId" AS "unit", "closedAt", "redoCount" FROM "Case" WHERE "closedAt" IS NOT NULL AND "kind" <> 'mediation'`,
    )
  ).filter(one => monthOf(one.closedAt) === month)
  const clocks = await all<Clock>(
    'SELECT "caseId", "orderId", "kind", "due", "metAt", "endedAt", "pausedAt" FROM "Deadline"',
  )
  const orders = await all<{ id: string; caseId: string; unitId: string; doneAt: string | null }>(
    'SELECT "id", "caseId", "unitId", "doneAt" FROM "Order"',
  )
  for (const one of cases) {
    const own = (kinds: string[], order: string | null) =>
      clocks.filter(at => at.caseId === one.id && at.orderId === order && kinds.includes(at.kind))
    for (const order of orders.filter(at => at.caseId === one.id && at.unitId === unit)) {
      line.orders++
      count(line.contacted, together(own(['respond'], order.id)))
      count(line.answered, together(own(['report'], order.id)))
      const decided = own(['objection'], order.id).find(at => at.metAt)
      count(line.upheld, decided ? decided.metAt === order.doneAt : null)
    }
    if (one.unit !== unit) continue
    line.cases++
    count(line.contacted, together(own(['contact'], null)))
    count(line.answered, together(own(['interim', 'answer', 'redo'], null)))
    count(line.redone, one.redoCount > 0)
    const entries = await entriesOf(t.house.store.read, one.id)
    const last = entries.findLastIndex(entry => entry.verb === 'answer')
    const word = entries.slice(last + 1).findLast(entry => entry.verb.startsWith('rate'))
    count(line.solved, word && last >= 0 ? word.verb === 'rateSolved' : null)
    count(line.satisfied, word?.body.satisfied ? word.body.satisfied > 1 : null)
  }
  return line
}

it('says for every month and unit what a slow count of clocks and timelines says', async () => {
  const months = await monthsOf(t.house.store.read)
  expect(months.length).toBeGreaterThan(1)
  let ended = 0
  let parts = 0
  for (const month of months) {
    const rows = await monthRows(t.house.store.read, month)
    const units = [...new Set(rows.map(row => row.unitId))]
    for (const unit of units) {
      const line = tally(rows.filter(row => row.unitId === unit))
      expect([month, unit, line]).toEqual([month, unit, await recount(month, unit)])
      ended += line.cases
      parts += line.orders
    }
  }
  const closed = await all<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Case" WHERE "closedAt" IS NOT NULL AND "kind" <> 'mediation'`,
  )
  expect(ended).toBe(Number(closed[0]!.n))
  expect(ended).toBeGreaterThan(100)
  expect(parts).toBeGreaterThan(ended)
}, 60_000)

it('has something to show of every measure but objections, which are still open there', async () => {
  const rows = (
    await Promise.all((await monthsOf(t.house.store.read)).map(month => monthRows(t.house.store.read, month)))
  ).flat()
  const line = tally(rows)
  for (const measure of MEASURES.filter(one => one !== 'upheld'))
    expect([measure, line[measure].of > 0]).toEqual([measure, true])
})
