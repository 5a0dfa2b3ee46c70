import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { apply, moveCase } from '../../src/actions/move-case.ts'
import type { Who } from '../../src/actions/rights.ts'
import { closeAnswered, dispatchUngrabbed, remindOffices } from '../../src/notify/jobs/cases.ts'
import { decide } from '../../src/rules/cases/decide.ts'
import { grievance } from '../../src/rules/cases/grievance.ts'
import { isOpen, VERBS, type Verb } from '../../src/rules/cases/types.ts'
import type { StaffRole } from '../../src/rules/people/roles.ts'
import { type CaseRow, caseByCode, pointsOf } from '../../src/store/cases.ts'
import { deadlinesOf } from '../../src/store/deadlines.ts'
import { type OrderRow, ordersOf } from '../../src/store/orders.ts'
import { makeHouse, type TestHouse } from '../house.ts'
import { clerk, DISTRICT, EAST, fileLift, WEST } from './staff.ts'

const COMMUNITY = `${WEST}003`
const CAST: readonly [StaffRole, string][] = [
  ['townClerk', WEST],
  ['townClerk', WEST],
  ['townClerk', EAST],
  ['communityClerk', COMMUNITY],
  ['gridWorker', `${COMMUNITY}001`],
  ['departmentClerk', 'D01'],
  ['departmentClerk', 'D10'],
  ['departmentClerk', 'D03'],
  ['districtDispatcher', DISTRICT],
  ['districtLeader', DISTRICT],
  ['auditor', DISTRICT],
  ['administrator', DISTRICT],
]
const UNITS = [WEST, EAST, COMMUNITY, `${COMMUNITY}001`, 'D01', 'D10', 'D03', DISTRICT]
const BELOW = [COMMUNITY, `${COMMUNITY}001`]
const ITEMS = ['property/电梯停运超过三天', 'publicWorks/路灯成片不亮', 'cityOrder/违法建设', 'no/such']
const RESIDENT: readonly Verb[] = ['rateSolved', 'rateUnsolved', 'withdraw', 'hurry', 'reopen']
/** The steps that start a new round: the district's decisions, and the resident's "not solved". */
const ROUND: readonly Verb[] = [
  'dispatch',
  'uphold',
  'upholdPart',
  'overrule',
  'designate',
  'rateUnsolved',
  'reopen',
]

/** One thing somebody tries. `n` chooses among units, items, orders and words. */
interface Try {
  who: number
  verb: Verb
  n: number
  minutes: number
}
/** Who might well do what, by place in the cast: tried as often as anybody doing anything, or little would ever happen. */
const LIKELY: readonly (readonly [Verb, readonly number[]])[] = [
  ...[
    ['grab', [0, 1]] as const,
    ['sign', [0, 1, 5]] as const,
    ['split', [0, 1]] as const,
    ['joint', [0, 1]] as const,
  ],
  ...[
    ['accept', [3, 4, 5, 6, 7]] as const,
    ['report', [3, 4, 5, 6, 7]] as const,
    ['recall', [0, 9]] as const,
  ],
  ...[['object', [0, 3, 4, 5, 6, 7]] as const, ['uphold', [8]] as const, ['upholdPart', [8]] as const],
  ...[['overrule', [8]] as const, ['return', [0, 1]] as const, ['designate', [8, 9]] as const],
  ...[['answer', [0, 1, 9]] as const, ['dispatch', [8]] as const],
  // An objection to a whole order wants a dispatch, its receiver and the district one after another.
  ...[['dispatch', [8]] as const, ['object', [0, 1, 5]] as const, ['uphold', [8]] as const],
  ...[['joint', [0, 1]] as const, ['object', [5, 6, 7]] as const, ['upholdPart', [8]] as const],
  ...[['upholdPart', [8]] as const, ['overrule', [8]] as const],
  ...[['link', [0, 8]] as const, ['unlink', [8]] as const, ['publish', [0, 8]] as const],
]
const anything = fc.record({ verb: fc.constantFrom(...VERBS), who: fc.nat(CAST.length + RESIDENT.length) })
const likely = fc
  .tuple(fc.constantFrom(...LIKELY), fc.nat(40))
  .map(([[verb, who], n]) => ({ verb, who: who[n % who.length]! }))
const tries = (maxLength: number) =>
  fc.array(
    fc
      .tuple(fc.oneof(anything, likely, likely), fc.nat(40), fc.constantFrom(1, 1, 1, 7, 90, 600, 3000))
      .map(([what, n, minutes]): Try => ({ ...what, n, minutes })),
    { minLength: Math.floor(maxLength / 2), maxLength, size: 'max' },
  )

const running = (order: OrderRow) => ['offered', 'open', 'signed', 'objected'].includes(order.state)
const isPart = (order: OrderRow) => order.kind === 'split' || order.kind === 'joint'

class World {
  t: TestHouse
  cast: Who[] = []
  /** Cases filed so far: one is linked to another. */
  codes: string[] = []
  constructor(t: TestHouse) {
    this.t = t
  }
  async people() {
    for (const [index, [role, unit]] of CAST.entries())
      this.cast.push(await clerk(this.t, `clerk${index}`, role, unit))
  }
  row = async (code: string) => (await caseByCode(this.t.house.store.read, code))!

  async form(row: CaseRow, n: number) {
    const orders = await ordersOf(this.t.house.store.read, row.id)
    const points = await pointsOf(this.t.house.store.read, row.id)
    const unit = UNITS[n % UNITS.length]!
    const objected = orders.filter(order => order.state === 'objected')
    const parts = orders.filter(order => isPart(order) && running(order))
    return {
      ...{
        unit,
        below: n % 5 ? BELOW[n % 2] : unit,
        proposal: unit,
        lead: unit,
        units: UNITS.slice(n % 7, (n % 7) + 2),
      },
      ...{ item: ITEMS[n % ITEMS.length], task: '请去看看', grounds: '不归我们管', reason: '居民说还不行' },
      ...{
        result: '办好了',
        facts: '去看过了',
        basis: '物业条例',
        text: '记一笔',
        how: 'phone',
        satisfied: '2',
      },
      ...{ rightChannel: '法院', newDue: '2027-01-05', plan: '等配件', resumeBy: '2026-12-01' },
      part: parts[n % (parts.length || 1)]?.id ?? 'none',
      objection: objected[n % (objected.length || 1)]?.id ?? 'none',
      ...(n % 3 ? { leader: this.cast[9]!.staffId } : {}),
      class: ['general', 'important', 'urgent'][n % 3],
      points: `第一点\n第${n}点`,
      same: this.codes.at(-1 - (n % 5)) ?? 'none',
      summary: n % 4 ? `第${n}次进展` : '请打13800000000',
      ticks: points.map(point => point.no),
    }
  }

  /** Tries it; answers the role it was done as when it was done. */
  async attempt(code: string, { who, verb, n }: Try): Promise<string | null> {
    const row = await this.row(code)
    const member = this.cast[who]
    const form = await this.form(row, n)
    if (member) {
      const done = await moveCase(this.t.house, member, code, verb, form)
      return done.ok ? member.members[0]!.role : null
    }
    if (who === CAST.length) {
      await remindOffices(this.t.house)
      await closeAnswered(this.t.house)
      await dispatchUngrabbed(this.t.house)
      return null
    }
    const own = RESIDENT[(who + n) % RESIDENT.length]!
    const by = { kind: 'resident', id: row.personId, unit: null } as const
    const done = await this.t.house.store.write(async tx => {
      const fresh = (await caseByCode(tx, code))!
      return apply(this.t.house, tx, fresh, own, 'resident', by, { reason: '还不行', satisfied: '1' })
    }, row.personId ?? code)
    return done.ok ? `resident ${own}` : null
  }

  /** What must be true of the orders of a case at any time. */
  async check(code: string) {
    const row = await this.row(code)
    const orders = await ordersOf(this.t.house.store.read, row.id)
    const clocks = (await deadlinesOf(this.t.house.store.read, row.id)).filter(
      one => !one.metAt && !one.endedAt,
    )
    const own = orders.filter(order => !isPart(order) && running(order))
    const parts = orders.filter(order => isPart(order) && running(order))
    expect(own.length).toBe(isOpen(row.state) && row.state !== 'answered' ? 1 : 0)
    if (own[0]) expect(own[0].unitId).toBe(row.holderUnitId)
    for (const part of parts) expect(part.parentId).toBe(own[0]?.id)
    expect(new Set(parts.map(part => part.unitId)).size).toBe(parts.length)
    const kindsOf = (id: string) => clocks.filter(one => one.orderId === id).map(one => one.kind)
    for (const order of [...own, ...parts]) {
      if (order.state === 'objected') expect(kindsOf(order.id)).toContain('objection')
      else if (isPart(order))
        expect(kindsOf(order.id)).toEqual([order.state === 'open' ? 'respond' : 'report'])
    }
    if (own[0]?.kind === 'return' && row.state === 'received')
      expect(kindsOf(own[0].id)).toEqual(['designate'])
    const ended = orders.filter(order => !running(order)).map(order => order.id)
    expect(clocks.filter(one => one.orderId && ended.includes(one.orderId))).toEqual([])
    expect((await brokenPromises(this.t.house.store.read)).broken).toEqual([])
  }
}

let cases = 0
/** Plays one life of a case and checks it after each try. Answers with the verbs that were done. */
async function play(world: World, moves: readonly Try[]): Promise<Verb[]> {
  world.t.at('2026-11-03T02:21:00.000Z')
  const code = await fileLift(world.t, `resident${++cases}`)
  world.codes.push(code)
  // Most lives begin with a town that takes it.
  if (cases % 4) await moveCase(world.t.house, world.cast[0]!, code, 'grab', {})
  const done: Verb[] = []
  let asked: string[] = []
  let designated = false
  for (const one of moves) {
    world.t.pass(one.minutes * 60_000)
    const before = await world.row(code)
    const known = (await ordersOf(world.t.house.store.read, before.id)).map(order => order.id)
    const role = await world.attempt(code, one)
    await world.check(code)
    if (role === null) continue
    const [said, own] = role.split(' ') as [StaffRole | 'resident', Verb | undefined]
    const verb = own ?? one.verb
    done.push(verb)
    expect([verb, said, decide(grievance, before.state, verb, said).ok]).toEqual([verb, said, true])
    if (designated) expect(['object', 'return']).not.toContain(verb)
    if (verb === 'designate') designated = true
    if (ROUND.includes(verb)) asked = []
    const opened = (await ordersOf(world.t.house.store.read, before.id)).filter(
      order => isPart(order) && !known.includes(order.id),
    )
    for (const { unitId } of opened) expect(asked).not.toContain(unitId)
    asked.push(...opened.map(order => order.unitId))
  }
  return done
}

/** Fifty log-ins of one town grab at once; exactly one has it, and the others are told who. */
async function grabbing(t: TestHouse) {
  const clerks: Who[] = []
  for (let n = 0; n < 50; n++) clerks.push(await clerk(t, `grab${n}`, 'townClerk', WEST))
  t.at('2026-11-03T02:21:00.000Z')
  const code = await fileLift(t, `resident${++cases}`)
  const results = await Promise.all(clerks.map(who => moveCase(t.house, who, code, 'grab', {})))
  const winners = clerks.filter((_, index) => results[index]!.ok)
  expect(winners).toHaveLength(1)
  const { holderStaffId, state } = (await caseByCode(t.house.store.read, code))!
  expect([holderStaffId, state]).toEqual([winners[0]!.staffId, 'working'])
  for (const result of results)
    if (!result.ok) expect(result).toMatchObject({ why: 'faster', with: { staffId: holderStaffId } })
}

describe('on SQLite', () => {
  let world: World
  beforeAll(async () => {
    world = new World(await makeHouse())
    await world.people()
  })
  afterAll(() => world.t.close())

  it('whoever tries whatever whenever: one holder, a running clock, nothing in a circle', async () => {
    const seen = new Set<Verb>()
    await fc.assert(
      fc.asyncProperty(tries(60), async moves => {
        for (const verb of await play(world, moves)) seen.add(verb)
      }),
      { numRuns: 300, seed: 20261103, endOnFailure: true },
    )
    // The play is worth something only when the orders were really passed about.
    for (const verb of [
      'split',
      'joint',
      'accept',
      'report',
      'recall',
      'return',
      'object',
      'uphold',
      'upholdPart',
      'overrule',
      'designate',
      'classify',
      'correct',
      'link',
      'unlink',
      'publish',
    ] as const)
      expect(seen).toContain(verb)
    expect(world.t.faults).toEqual([])
  }, 120_000)

  it('fifty grab at once, one has it', () => grabbing(world.t), 60_000)
})

describe('on PostgreSQL', () => {
  let postgres: Awaited<ReturnType<typeof scratchPostgres>>
  let world: World
  beforeAll(async () => {
    postgres = await scratchPostgres()
    await postgres.create('orders')
    world = new World(await makeHouse(postgres.url('orders')))
    await world.people()
  }, 60_000)
  afterAll(async () => {
    await world.t.close()
    await postgres.stop()
  })

  it('the same, shorter', async () => {
    await fc.assert(
      fc.asyncProperty(tries(25), async moves => void (await play(world, moves))),
      { numRuns: 6, seed: 20261103, endOnFailure: true },
    )
  }, 120_000)

  it('fifty grab at once, one has it', () => grabbing(world.t), 60_000)
})
