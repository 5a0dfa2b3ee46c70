import fc from 'fast-check'
import { expect, it } from 'vitest'
import { forRights } from '../../src/actions/rights.ts'
import type { District } from '../../src/district.ts'
import { type Member, maySee } from '../../src/rules/people/may.ts'
import { STAFF_ROLES } from '../../src/rules/people/roles.ts'
import { type CaseRow, createCase } from '../../src/store/cases.ts'
import type { Store } from '../../src/store/db.ts'
import {
  and,
  type Cursor,
  countOf,
  LISTS,
  type Looking,
  pageOf,
  visible,
  type Where,
} from '../../src/store/inbox.ts'
import { findWhere } from '../../src/store/inbox-find.ts'
import { openOrder } from '../../src/store/orders.ts'
import { NOW, onBoth } from './databases.ts'

const PATHS = ['d', 'd/t1', 'd/t2', 'd/t1/c1', 'd/t1/c1/g1', 'd/t2/c2', 'd/D01', 'd/P01'] as const
const idOf = (path: string) => path.split('/').at(-1)!
const units = new Map(PATHS.map(path => [idOf(path), { path }]))
const district = { units } as unknown as District
const everything: Where = { sql: '1 = 1', values: [] }

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
        const { rows: seen } = await pageOf(store.read, visible([who]), { cursor: null, limit: 100 })
        expect([role, path, seen.map(row => row.code).sort()]).toEqual([role, path, wanted.sort()])
      }
  })

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
    for (const limit of [1, 2, 3, 7, 10]) {
      const codes: string[] = []
      let cursor: Cursor | null = null
      do {
        const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(store.read, everything, {
          cursor,
          limit,
        })
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
    await Promise.all(Array.from({ length: 999 }, () => makeCase(store, shape)))
    expect(await countOf(store.read, all, looking(members))).toEqual({ count: 999, capped: false })
    await makeCase(store, shape)
    expect(await countOf(store.read, all, looking(members))).toEqual({ count: 999, capped: true })
    const others: Member[] = [{ id: 'me', role: 'townClerk', unit: 't2', path: 'd/t2' }]
    expect(await countOf(store.read, all, looking(others))).toEqual({ count: 0, capped: false })
  }, 60_000)

  it('every list can be asked for by every role', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    for (const role of STAFF_ROLES)
      for (const list of LISTS) {
        const at = looking([{ id: 'me', role, unit: 'd', path: 'd' }])
        expect(await countOf(store.read, list, at)).toEqual({ count: 0, capped: false })
      }
  })

  it('understands a code, the end of one, and a phone', async () => {
    const { store } = await ledger.fresh()
    await makeUnits(store)
    const shape = { place: 'd/t1', holder: 'd/t1', ordered: null, kind: 'grievance', due: null } as const
    const { code } = await makeCase(store, shape)
    const find = async (words: string) => {
      const where = await findWhere(store, words, { prefix: 'HS', today: '2026-11-20' })
      const { rows } = await pageOf(store.read, and(where, everything), { cursor: null, limit: 10 })
      return rows.map(row => row.code)
    }
    const end = code.slice(-4)
    for (const words of [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ''),
      end,
      `1103-${end}`,
      ' 138 0000 0000 ',
    ])
      expect([words, await find(words)]).toEqual([words, [code]])
    for (const words of ['HS-20261103-9999', `1102-${end}`, '13900000000', '', '%', "'; --"])
      expect([words, await find(words)]).toEqual([words, []])
  })
})
