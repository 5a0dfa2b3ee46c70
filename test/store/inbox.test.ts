import fc from 'fast-check'
import { expect, it } from 'vitest'
import { forRights } from '../../src/actions/rights.ts'
import type { District } from '../../src/district.ts'
import { type Member, maySee } from '../../src/rules/people/may.ts'
import { STAFF_ROLES } from '../../src/rules/people/roles.ts'
import { type CaseRow, changeCase, createCase } from '../../src/store/cases.ts'
import type { Store } from '../../src/store/db.ts'
import { addEntry } from '../../src/store/entries.ts'
import { and, LISTS, type Looking, visible, visibleMatch, type Where } from '../../src/store/inbox.ts'
import { countLists, ofList, pageOf } from '../../src/store/inbox-pages.ts'
import type { Chosen } from '../../src/store/inbox-tables.ts'
import { type Cursor, countOf } from '../../src/store/inbox-walk.ts'
import { openOrder } from '../../src/store/orders.ts'
import { NOW, onBoth } from './databases.ts'

const PATHS = ['d', 'd/t1', 'd/t2', 'd/t1/c1', 'd/t1/c1/g1', 'd/t2/c2', 'd/D01', 'd/P01'] as const
const idOf = (path: string) => path.split('/').at(-1)!
const units = new Map(PATHS.map(path => [idOf(path), { path }]))
const district = { units } as unknown as District
const everything: Where = { sql: '1 = 1', values: [] }
const byDue = (where: Where): Chosen => ({ where, match: null, order: 'due' })

/** A place as far down as it is known, and a unit that holds the case. */
interface Shape {
  place: string | null
  holder: string
  ordered: string | null
  kind: CaseRow['kind']
  due: string | null
}

async function makeUnits(store: Store) {
  await store.write(async tx => {
    for (const path of PATHS)
      await tx.sql.run(
        `INSERT INTO "Unit" ("id", "kind", "name", "path", "data", "version") VALUES (?, 'unit', ?, ?, '{}', 1)`,
        idOf(path),
        idOf(path),
        path,
      )
  })
}

let serial = 0
const makeCase = (store: Store, shape: Shape) =>
  store.write(async tx => {
    const [, townId = null, communityId = null, gridId = null] = shape.place?.split('/') ?? []
    const row = await createCase(tx, {
      ...{ kind: shape.kind, state: 'received', class: 'general', profile: 'hotline', category: 'lift' },
      ...{ route: null, personId: null, holderUnitId: idOf(shape.holder), holderStaffId: null },
      ...{ townId, communityId, gridId, estate: null, hidden: 0, noReply: 0, level: 0, redoCount: 0 },
      ...{ dueAt: shape.due, dueKind: shape.due ? 'answer' : null, grabUntil: null, createdAt: NOW },
      code: `HS-20261103-${String(++serial).padStart(4, '0')}`,
      texts: {
        title: `第${serial}件`,
        text: '电梯',
        place: null,
        name: null,
        phone: '13800000000',
        queryCode: '123456',
      },
      points: [],
    })
    if (shape.ordered)
      await openOrder(tx, {
        ...{ caseId: row.id, parentId: null, kind: 'joint', unitId: idOf(shape.ordered), staffId: null },
        ...{ state: 'open', openedAt: NOW, dueAt: null },
      })
    return row
  })

const LINE = {
  public: 0,
  byKind: 'staff',
  byId: null,
  unitId: null,
  fromState: null,
  toState: null,
  body: {},
} as const

const looking = (members: readonly Member[]): Looking => ({
  ...{ members, staffId: 'me', district: 'd', now: NOW },
  ...{ todayEnds: '2026-11-03T16:00:00.000Z', soonEnds: '2026-11-06T16:00:00.000Z' },
})

const shapes = fc.record<Shape>({
  place: fc.constantFrom('d/t1', 'd/t2', 'd/t1/c1', 'd/t1/c1/g1', 'd/t2/c2', null),
  holder: fc.constantFrom(...PATHS),
  ordered: fc.option(fc.constantFrom(...PATHS)),
  kind: fc.constantFrom('grievance', 'mediation', 'hotline'),
  due: fc.constant(null),
})

onBoth('inbox', ledger => {
  it('shows the same cases as the rules, to every role in every unit', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    const rows = await Promise.all(
      fc.sample(shapes, { numRuns: 40, seed: 7 }).map(shape => makeCase(store, shape)),
    )
    const rights = new Map(
      await Promise.all(
        rows.map(async row => [row.code, await forRights(store.read, district, row)] as const),
      ),
    )
    for (const role of STAFF_ROLES)
      for (const path of PATHS) {
        const who: Member = { id: 'me', role, unit: idOf(path), path }
        const wanted = rows.filter(row => maySee(who, rights.get(row.code)!)).map(row => row.code)
        const codes = async (chosen: Chosen) =>
          (await pageOf(store, chosen, { cursor: null, limit: 100 })).rows.map(row => row.code).sort()
        expect([role, path, await codes(byDue(visible([who])))]).toEqual([role, path, wanted.sort()])
        // The marks choose nobody else and leave nobody out.
        const byMarks = { ...byDue(everything), match: visibleMatch([who]) }
        if (byMarks.match && (role === 'townClerk' || role === 'departmentClerk'))
          expect([role, path, await codes(byMarks)]).toEqual([role, path, wanted])
      }
  }, 60_000)

  it('pages through everything once: by deadline, then those without one, newest first', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    const dues = ['2026-11-05', '2026-11-04', null, '2026-11-04', null, '2026-11-06', null]
    const made: CaseRow[] = []
    for (const day of dues)
      made.push(
        await makeCase(store, {
          ...{ place: 'd/t1', holder: 'd/t1', ordered: null, kind: 'grievance' },
          due: day && `${day}T09:30:00.000Z`,
        }),
      )
    const all = LISTS.find(list => list.key === 'all')!
    const whole = ofList(all, looking([{ id: 'me', role: 'districtDispatcher', unit: 'd', path: 'd' }]))
    const town = ofList(all, looking([{ id: 'me', role: 'townClerk', unit: 't1', path: 'd/t1' }]))
    for (const chosen of [byDue(everything), whole, town])
      for (const limit of [1, 2, 3, 7, 10]) {
        const codes: string[] = []
        let cursor: Cursor | null = null
        do {
          const asked = { cursor, limit, counted: cursor === null }
          const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(store, chosen, asked)
          if (asked.counted) expect(page.counted).toEqual({ count: 7, capped: false })
          codes.push(...page.rows.map(row => row.code))
          cursor = page.next
        } while (cursor)
        expect(codes).toEqual([1, 3, 0, 5, 6, 4, 2].map(index => made[index]!.code))
      }
  })

  it('counts exactly to 999, then says there are more', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    const shape = { place: 'd/t1', holder: 'd/t1', ordered: null, kind: 'grievance', due: null } as const
    const all = LISTS.find(list => list.key === 'all')!
    const members: Member[] = [{ id: 'me', role: 'townClerk', unit: 't1', path: 'd/t1' }]
    for (let n = 0; n < 27; n++) await Promise.all(Array.from({ length: 37 }, () => makeCase(store, shape)))
    expect(await countOf(store, ofList(all, looking(members)))).toEqual({ count: 999, capped: false })
    await makeCase(store, shape)
    expect(await countOf(store, ofList(all, looking(members)))).toEqual({ count: 999, capped: true })
    const others: Member[] = [{ id: 'me', role: 'townClerk', unit: 't2', path: 'd/t2' }]
    expect(await countOf(store, ofList(all, looking(others)))).toEqual({ count: 0, capped: false })
  }, 60_000)

  it('counts and shows in every list what a plain look at all cases does, while cases move', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    const made: CaseRow[] = []
    for (const [n, shape] of fc.sample(shapes, { numRuns: 30, seed: 9 }).entries()) {
      const due = n % 3 ? `2026-11-0${(n % 8) + 1}T09:30:00.000Z` : null
      made.push(await makeCase(store, { ...shape, due }))
    }
    const compare = async () => {
      for (const role of ['districtDispatcher', 'townClerk', 'communityClerk', 'departmentClerk'] as const)
        for (const path of PATHS) {
          const at = looking([{ id: 'me', role, unit: idOf(path), path }])
          const counts = await countLists(store, LISTS, at)
          for (const [n, list] of LISTS.entries()) {
            const all = { cursor: null, limit: 100 }
            const codes = async (chosen: Chosen) =>
              (await pageOf(store, chosen, all)).rows.map(row => row.code).sort()
            const wanted = await codes(byDue(and(list.where(at), visible(at.members))))
            expect([role, path, list.key, counts[n]!.count]).toEqual([role, path, list.key, wanted.length])
            if (wanted.length > 0)
              expect([list.key, await codes(ofList(list, at))]).toEqual([list.key, wanted])
          }
        }
    }
    await compare()
    for (const [n, row] of made.entries()) {
      if (row.kind === 'mediation') continue
      await store.write(async tx => {
        const state = (['working', 'closed', 'answered', 'redo'] as const)[n % 4]!
        const closedAt = state === 'closed' ? NOW : null
        for (const verb of n % 8 ? (['askExtension'] as const) : (['askExtension', 'extend'] as const))
          await addEntry(tx, row, { ...LINE, verb }, NOW)
        const holderStaffId = n % 5 ? null : 'me'
        const residentNewAt = n % 3 ? null : NOW
        const { entryCount } = row
        await changeCase(tx, row, { state, closedAt, holderStaffId, residentNewAt, entryCount }, NOW)
      })
    }
    await compare()
  }, 120_000)

  it('every list can be asked for by every role', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    for (const role of STAFF_ROLES)
      for (const [unit, path] of [
        ['d', 'd'],
        ['t1', 'd/t1'],
      ] as const) {
        const at = looking([{ id: 'me', role, unit, path }])
        for (const counted of await countLists(store, LISTS, at))
          expect(counted).toEqual({ count: 0, capped: false })
      }
  }, 60_000)
})
