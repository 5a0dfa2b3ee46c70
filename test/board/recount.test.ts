import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { review } from '../../src/actions/assess-review.ts'
import { apply, moveCase } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import { gridsView, placesView } from '../../src/api/board-places.ts'
import { promisesView } from '../../src/api/board-promises.ts'
import type { BoardAsked } from '../../src/api/board-scope.ts'
import { flowView, handsView, nextView } from '../../src/api/board-work.ts'
import type { ApiParts } from '../../src/api/parts.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { bandsAt } from '../../src/rules/board/figures.ts'
import { monthBefore, monthSpan } from '../../src/rules/board/months.ts'
import { assessmentsOf } from '../../src/store/assessments.ts'
import { caseByCode, pointsOf } from '../../src/store/cases.ts'
import { ordersOf } from '../../src/store/orders.ts'
import { ANSWER, clerk, DISTRICT, EAST, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import {
  type Ask,
  endedCases,
  hands,
  type Ledger,
  lineOf,
  owed,
  passed,
  readLedger,
  received,
} from './slow.ts'

/** Every figure of the board against a slow count of clocks, orders and timelines, over the demonstration and over ledgers made by chance. */

const ZONE = 'Asia/Shanghai'

function asked(t: TestHouse, { month, unit, category }: Ask): BoardAsked {
  const found = unit === null ? null : t.house.district.units.get(unit)!
  const townId = found && /^\d+$/.test(found.code) ? found.path.split('/')[1]! : null
  return {
    ...{ parts: { house: t.house, words: t.words } as unknown as ApiParts, language: 'zh-CN', month },
    ...{ who: { staffId: '', name: '', members: [] }, own: false, unit: found },
    scope: { path: found?.path ?? null, townId, category },
  }
}

const bare = (line: object) =>
  JSON.parse(JSON.stringify(line, (key, value) => (['percent', 'change'].includes(key) ? undefined : value)))
const figures = ({ ended, redone, contacted, answered, solved, satisfied }: Record<string, unknown>) =>
  bare({ ended, redone, contacted, answered, solved, satisfied })

/** Compares every figure of the board for one question; answers how many cases it was about. */
async function compare(ledger: Ledger, ask: Ask): Promise<number> {
  const { t } = ledger
  const board = asked(t, ask)
  const span = monthSpan(ask.month, ZONE)
  const told = await promisesView(board)
  const ended = endedCases(ledger, ask)
  expect([ask, figures(told.total)]).toEqual([ask, lineOf(ended)])
  const came = received(ledger, span, ask)
  expect([ask, told.total.received]).toEqual([ask, came ? came.length : null])
  for (const line of told.subjects) {
    expect([line.key, figures(line)]).toEqual([
      line.key,
      lineOf(ended.filter(one => one.category === line.key)),
    ])
    expect(line.received).toBe(came ? came.filter(one => one.category === line.key).length : null)
  }
  const sum = (key: 'ended' | 'redone', of: readonly { ended: number; redone: number }[]) =>
    of.reduce((n, line) => n + line[key], 0)
  for (const lines of [told.offices, told.subjects]) expect(sum('ended', lines)).toBe(ended.length)
  for (const line of told.offices) {
    const path = t.house.district.units.get(line.key)!.path
    const top = [t.house.district.code, ask.unit].includes(line.key)
    const own = ended.filter(one =>
      top
        ? one.holderUnitId === line.key
        : `${t.house.district.units.get(one.holderUnitId)!.path}/`.startsWith(`${path}/`),
    )
    expect([line.key, figures(line)]).toEqual([line.key, lineOf(own)])
  }
  for (const month of told.trend)
    expect([month.month, figures(month)]).toEqual([
      month.month,
      lineOf(endedCases(ledger, { ...ask, month: month.month })),
    ])

  const next = await nextView(board)
  const open = owed(ledger, ask)
  for (const band of bandsAt(t.house.now())) {
    const inBand = open.filter(
      ({ due }) => due && (!band.from || due >= band.from) && (!band.to || due < band.to),
    )
    expect([band.key, next.bands.find(one => one.key === band.key)!.n]).toEqual([band.key, inBand.length])
  }
  const byDue = open.filter(one => one.due).sort((a, b) => (a.due! + a.code < b.due! + b.code ? -1 : 1))
  const listed = byDue.filter(one => one.kind !== 'hotline')
  expect(next.rows.map(row => row.code)).toEqual(listed.slice(0, 12).map(one => one.code))
  expect([next.open, next.late]).toEqual([open.length, byDue.filter(one => one.due! < t.house.now()).length])

  expect((await handsView(board)).hands).toEqual(hands(ledger, span, ask))
  const flow = await flowView(board)
  expect(new Map(flow.passed.map(one => [`${one.kind} ${one.from} ${one.to}`, one.n]))).toEqual(
    passed(ledger, span, ask),
  )
  await comparePlaces(ledger, ask)
  return ended.length + open.length
}

async function comparePlaces(ledger: Ledger, ask: Ask) {
  const board = asked(ledger.t, ask)
  const shownKind = (one: { kind: string; hidden: number }) =>
    ['grievance', 'gridReport'].includes(one.kind) && one.hidden === 0
  const here = (one: { townId: string | null; holderUnitId: string }) =>
    ask.unit === null || (board.scope.townId ? one.townId === ask.unit : one.holderUnitId === ask.unit)
  const places = await placesView(board)
  const at = (id: string) => ledger.lines.find(line => line.caseId === id && line.no === 1)!.at
  for (const row of places.rows) {
    const counts = places.weeks.map(
      week =>
        ledger.cases.filter(
          one =>
            shownKind(one) &&
            here(one) &&
            one.communityId === row.place &&
            one.category === row.category &&
            at(one.id) >= week.from &&
            at(one.id) < week.to,
        ).length,
    )
    expect([row.placeName, row.category, row.counts]).toEqual([row.placeName, row.category, counts])
  }
  const grids = await gridsView(board)
  const open = owed(ledger, { unit: null, category: ask.category }).filter(
    one => shownKind(one) && here(one) && one.gridId,
  )
  expect(grids.rows.reduce((n, row) => n + row.open, 0)).toBe(open.length)
  for (const row of grids.rows) {
    const own = open.filter(one => one.gridId === row.code)
    expect([row.code, row.open, row.late]).toEqual([
      row.code,
      own.length,
      own.filter(one => one.due && one.due < ledger.t.house.now()).length,
    ])
  }
}

describe('over the demonstration', () => {
  let t: TestHouse
  let ledger: Ledger
  beforeAll(async () => {
    t = await makeHouse()
    await seedDemo(t.house, { info: () => undefined })
    ledger = await readLedger(t)
  }, 60_000)
  afterAll(() => t.close())

  it('every figure is that of the slow count: district, towns, a department, a subject, three months', {
    timeout: 120_000,
  }, async () => {
    let seen = 0
    for (const month of ['2026-11', '2026-10', '2026-09'])
      for (const [unit, category] of [
        ...[
          [null, null],
          [WEST, null],
          [EAST, null],
          ['D01', null],
        ],
        ...[
          [null, 'lift'],
          [WEST, 'property'],
        ],
      ] as [string | null, string | null][])
        seen += await compare(ledger, { month, unit, category })
    expect(seen).toBeGreaterThan(400)
  })
})

const COMMUNITY = `${WEST}003`
/** Who tries what, one after another: most tries are refused, and that is no matter. */
const MOVES = [
  ...['grab 0', 'dispatch 3', 'sign 0', 'sign 2', 'contact 0', 'split 0', 'joint 0', 'accept 1', 'accept 2'],
  ...[
    'report 1',
    'report 2',
    'answer 0',
    'answer 0',
    'answer 2',
    'return 0',
    'designate 3',
    'object 2',
    'uphold 3',
  ],
  ...[
    'refuse 0',
    'rateSolved r',
    'rateSolved r',
    'rateUnsolved r',
    'reopen r',
    'withdraw r',
    'review 3',
    'review 3',
  ],
] as const
const move = fc.record({
  which: fc.constantFrom(...MOVES),
  n: fc.nat(20),
  hours: fc.constantFrom(1, 3, 20, 90, 400),
})

describe.each([
  ['on SQLite', 25],
  ['on PostgreSQL', 8],
] as const)('over ledgers made by chance, %s', (where, runs) => {
  let postgres: Awaited<ReturnType<typeof scratchPostgres>> | undefined
  let t: TestHouse
  let cast: Who[]
  beforeAll(async () => {
    if (where === 'on PostgreSQL') {
      postgres = await scratchPostgres()
      await postgres.create('board')
    }
    t = await makeHouse(postgres?.url('board'))
    cast = []
    for (const [role, unit] of [
      ...[
        ['townClerk', WEST],
        ['communityClerk', COMMUNITY],
        ['departmentClerk', 'D01'],
      ],
      ...[['districtDispatcher', DISTRICT]],
    ] as const)
      cast.push(await clerk(t, `c${cast.length}`, role as 'townClerk', unit as string))
  }, 60_000)
  afterAll(async () => {
    await t.close()
    await postgres?.stop()
  })

  async function attempt(code: string, { which, n }: { which: string; n: number }) {
    const [verb, who] = which.split(' ') as ['grab', string]
    const { store } = t.house
    const row = (await caseByCode(store.read, code))!
    if ((verb as string) === 'review') return correct(row.id, n)
    if (who === 'r') {
      const by = { kind: 'resident', id: row.personId, unit: null } as const
      const form = { reason: '还不行', satisfied: String((n % 3) + 1) }
      return store.write(async tx =>
        apply(t.house, tx, (await caseByCode(tx, code))!, verb, 'resident', by, form),
      )
    }
    const orders = await ordersOf(store.read, row.id)
    const form = {
      ...ANSWER,
      ...{
        ticks: (await pointsOf(store.read, row.id)).map(point => point.no),
        unit: 'D01',
        below: COMMUNITY,
      },
      ...{
        item: 'property/电梯停运超过三天',
        task: '请去看看',
        grounds: '不归我们管',
        proposal: EAST,
        lead: 'D01',
        units: [],
      },
      ...{
        text: '已联系',
        how: 'phone',
        reason: '不属于职责范围',
        rightChannel: '法院',
        part: orders.at(-1)!.id,
        objection: orders.at(-1)!.id,
      },
    }
    return moveCase(t.house, cast[Number(who)]!, code, verb, form)
  }

  /** The district puts right what was computed. */
  async function correct(caseId: string, n: number) {
    const [of] = await assessmentsOf(t.house.store.read, caseId)
    if (!of) return
    const values = { [['contacted', 'answered', 'solved', 'satisfied'][n % 4]!]: [0, 1, null][n % 3] }
    await review(t.house, cast[3]!, of.id, { reason: '查过了', values })
  }

  it('every figure is that of the slow count', { timeout: 180_000 }, async () => {
    let lives = 0
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 6, maxLength: 24 }), async moves => {
        t.at(`2026-${lives % 2 ? '09' : '10'}-${String(10 + (lives % 19)).padStart(2, '0')}T02:21:00.000Z`)
        const code = await fileLift(t, `somebody${++lives}`)
        for (const one of moves) {
          t.pass(one.hours * 3_600_000)
          await attempt(code, one)
        }
        t.at('2026-11-28T02:00:00.000Z')
        const ledger = await readLedger(t)
        const unit = [null, WEST, 'D01'][lives % 3]!
        for (const month of ['2026-11', '2026-10']) await compare(ledger, { month, unit, category: null })
      }),
      { numRuns: runs, endOnFailure: true },
    )
    const told = await promisesView(asked(t, { month: '2026-11', unit: null, category: null }))
    const all = told.trend.reduce((n, month) => n + month.ended, 0)
    expect(all).toBeGreaterThan(0)
    expect(monthBefore('2026-01')).toBe('2025-12')
  })
})
