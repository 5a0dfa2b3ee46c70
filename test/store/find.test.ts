import fc from 'fast-check'
import { expect, it } from 'vitest'
import { forRights } from '../../src/actions/rights.ts'
import type { District } from '../../src/district.ts'
import { type Member, maySee } from '../../src/rules/people/may.ts'
import { STAFF_ROLES } from '../../src/rules/people/roles.ts'
import { type CaseRow, caseById, changeCase, createCase } from '../../src/store/cases.ts'
import type { Store } from '../../src/store/db.ts'
import { chosenBy, type InboxFilter } from '../../src/store/inbox-filter.ts'
import { soughtIn } from '../../src/store/inbox-find.ts'
import { pageOf } from '../../src/store/inbox-pages.ts'
import type { Cursor } from '../../src/store/inbox-walk.ts'
import { markAll, SEARCHED } from '../../src/store/marks.ts'
import { openOrder } from '../../src/store/orders.ts'
import { onBoth } from './databases.ts'

/** The search beside a slow filter that looks at every case. */

const TOWNS = ['150402001', '150402002'] as const
const COMMUNITIES = ['150402001001', '150402002001'] as const
const GRIDS = ['150402001001001', '150402002001001'] as const
const PATHS = [
  'd',
  ...TOWNS.map(town => `d/${town}`),
  ...COMMUNITIES.map(one => `d/${one.slice(0, 9)}/${one}`),
  ...GRIDS.map(one => `d/${one.slice(0, 9)}/${one.slice(0, 12)}/${one}`),
  'd/D01',
] as const
const idOf = (path: string) => path.split('/').at(-1)!
const units = new Map(PATHS.map(path => [idOf(path), { path }]))
const district = { units } as unknown as District

const WORDS = ['电梯', '漏水', '𠮷屋', 'heating', 'Lift', '502', '3号楼'] as const
const NAMES = ['王小明', '阿古拉', 'Tom Smith'] as const
const PHONES = ['13800000001', '0476-8221234'] as const

interface Told {
  words: readonly string[]
  name: string | null
  phone: string | null
  place: string | null
  holder: string
  ordered: string | null
  kind: CaseRow['kind']
  state: 'received' | 'working' | 'closed'
  category: string
  class: CaseRow['class']
  hidden: boolean
  day: number
  due: number | null
}

const told = fc.record<Told>({
  words: fc.subarray([...WORDS]),
  name: fc.option(fc.constantFrom(...NAMES)),
  phone: fc.option(fc.constantFrom(...PHONES)),
  place: fc.option(fc.constantFrom(...TOWNS, ...COMMUNITIES, ...GRIDS)),
  holder: fc.constantFrom(...PATHS),
  ordered: fc.option(fc.constantFrom(...PATHS)),
  kind: fc.constantFrom('grievance', 'grievance', 'gridReport', 'errand', 'hotline', 'mediation'),
  state: fc.constantFrom('received', 'working', 'closed'),
  category: fc.constantFrom('lift', 'heating', 'streetOrder'),
  class: fc.constantFrom('general', 'urgent'),
  hidden: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
  day: fc.integer({ min: 1, max: 9 }),
  due: fc.option(fc.integer({ min: 1, max: 9 })),
})

/** Months lie between: the search goes through the ledger in spans of time. */
const dayAt = (day: number) => `2026-0${day}-03T02:21:00.000Z`
interface Kept {
  told: Told
  row: CaseRow
}

async function begin(store: Store) {
  await store.write(async tx => {
    for (const path of PATHS)
      await tx.sql.run(
        `INSERT INTO "Unit" ("id", "kind", "name", "path", "data", "version") VALUES (?, 'unit', ?, ?, '{}', 1)`,
        ...[idOf(path), idOf(path), path],
      )
  })
}

const keep = (store: Store, one: Told, serial: number): Promise<Kept> =>
  store.write(async tx => {
    const place = one.hidden ? null : one.place
    const part = (length: number) => (place && place.length >= length ? place.slice(0, length) : null)
    const ended = one.state === 'closed'
    const row = await createCase(tx, {
      ...{
        kind: one.kind,
        state: one.state,
        class: one.class,
        profile: 'hotline',
        category: one.category,
        route: null,
      },
      ...{
        personId: null,
        holderUnitId: idOf(one.holder),
        holderStaffId: null,
        estate: null,
        noReply: 0,
        level: 0,
      },
      ...{
        townId: part(9),
        communityId: part(12),
        gridId: part(15),
        hidden: one.hidden ? 1 : 0,
        redoCount: 0,
      },
      ...{
        dueAt: one.due && !ended ? dayAt(one.due) : null,
        dueKind: one.due ? 'answer' : null,
        grabUntil: null,
      },
      createdAt: dayAt(one.day),
      code: `HS-2026110${one.day}-${String(serial).padStart(4, '0')}`,
      texts: {
        title: one.words.slice(0, 1).join('，'),
        text: `${one.words.slice(1).join('，')}。我是${one.name ?? '居民'}，${one.phone ?? ''}`,
        ...{ place: null, name: one.name, phone: one.phone, queryCode: '123456' },
      },
      points: [],
    })
    if (ended) await changeCase(tx, row, { closedAt: dayAt(9) }, dayAt(9))
    if (one.ordered)
      await openOrder(tx, {
        ...{ caseId: row.id, parentId: null, kind: 'joint', unitId: idOf(one.ordered), staffId: null },
        ...{ state: 'open', openedAt: dayAt(one.day), dueAt: null },
      })
    return { told: one, row }
  })

/** What is typed, and which cases it means. */
interface Ask {
  typed: string
  means(kept: Kept): boolean
}
const open = ({ row }: Kept) => SEARCHED.includes(row.kind) && row.hidden === 0
const says =
  (...words: string[]) =>
  (kept: Kept) =>
    open(kept) && words.every(word => kept.told.words.includes(word as never))
const ASKS: readonly Ask[] = [
  { typed: '', means: () => true },
  ...WORDS.map(word => ({ typed: word, means: says(word) })),
  { typed: ' 电梯　漏水 ', means: says('电梯', '漏水') },
  { typed: '漏水 HEAT', means: says('漏水', 'heating') },
  { typed: '小明', means: () => false },
  ...NAMES.map(name => ({ typed: name, means: (kept: Kept) => open(kept) && kept.told.name === name })),
  ...PHONES.map(phone => ({ typed: phone, means: (kept: Kept) => open(kept) && kept.told.phone === phone })),
  { typed: '8221234', means: () => false },
  { typed: '0007', means: ({ row }) => row.code.endsWith('-0007') },
  { typed: 'hs20261103', means: ({ told }) => told.day === 3 },
  { typed: '1104-0008', means: ({ row }) => row.code.endsWith('1104-0008') },
  { typed: 'XX-20261103-0001', means: () => false },
  { typed: '"电梯" OR * NEAR(', means: () => false },
]

const whole = fc.record<Required<InboxFilter>>({
  path: fc.constantFrom(...PATHS),
  place: fc.constantFrom(...TOWNS, ...COMMUNITIES, ...GRIDS),
  category: fc.constantFrom('lift', 'heating', 'streetOrder'),
  class: fc.constantFrom('general', 'urgent'),
  state: fc.constantFrom('open', 'ended', 'received', 'working', 'closed'),
  owed: fc.constant(true),
  dueFrom: fc.integer({ min: 1, max: 9 }).map(dayAt),
  dueUntil: fc.integer({ min: 1, max: 9 }).map(dayAt),
  since: fc.integer({ min: 1, max: 9 }).map(dayAt),
  until: fc.integer({ min: 1, max: 9 }).map(dayAt),
})
const NAMED = [
  'path',
  'place',
  'category',
  'class',
  'state',
  'owed',
  'dueFrom',
  'dueUntil',
  'since',
  'until',
] as const
/** None, one or two at once: more would find nothing. */
const filters = fc
  .tuple(whole, fc.subarray([...NAMED], { maxLength: 2 }), fc.boolean())
  .map(
    ([all, names, none]): InboxFilter =>
      none ? {} : Object.fromEntries(names.map(name => [name, all[name]])),
  )

function holds({ row }: Kept, filter: InboxFilter): boolean {
  const path = units.get(row.holderUnitId)!.path
  const due = row.dueAt ?? ''
  const places: readonly (string | null)[] = [row.townId, row.communityId, row.gridId]
  return [
    row.kind !== 'mediation',
    !filter.path || path === filter.path || path.startsWith(`${filter.path}/`),
    !filter.place ||
      (places.includes(filter.place) && row.hidden === 0 && ['grievance', 'gridReport'].includes(row.kind)),
    !filter.category || row.category === filter.category,
    !filter.class || row.class === filter.class,
    !filter.state ||
      (filter.state === 'open'
        ? row.closedAt === null
        : filter.state === 'ended'
          ? row.state === 'closed'
          : row.state === filter.state),
    !filter.owed || ['received', 'assigned', 'working', 'redo'].includes(row.state),
    !filter.dueFrom || (due && due >= filter.dueFrom),
    !filter.dueUntil || (due && due < filter.dueUntil),
    !filter.since || row.createdAt >= filter.since,
    !filter.until || row.createdAt < filter.until,
  ].every(Boolean)
}

const members = fc.record({ role: fc.constantFrom(...STAFF_ROLES), path: fc.constantFrom(...PATHS) })
const asked = fc.record({
  ask: fc.oneof(fc.constant(ASKS[0]!), fc.constantFrom(...ASKS)),
  filter: filters,
  who: fc.array(members, { minLength: 1, maxLength: 2 }),
  limit: fc.constantFrom(3, 100),
})

async function found(
  store: Store,
  who: readonly Member[],
  filter: InboxFilter,
  typed: string,
  limit: number,
) {
  const sought = typed ? soughtIn(store.keys, typed, 'HS') : null
  if (sought && !sought.match) return { codes: [], count: 0 }
  const chosen = chosenBy(who, filter, sought)
  const codes: string[] = []
  let count: number | undefined
  let cursor: Cursor | null = null
  do {
    const counted = cursor === null
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(store, chosen, { cursor, limit, counted })
    codes.push(...page.rows.map(row => row.code))
    count ??= page.counted?.count
    cursor = page.next
  } while (cursor)
  return { codes, count }
}

async function compare(store: Store, kept: readonly Kept[], runs: number, seed: number) {
  const rights = new Map(
    await Promise.all(
      kept.map(async ({ row }) => [row.id, await forRights(store.read, district, row)] as const),
    ),
  )
  let some = 0
  for (const { ask, filter, who: roles, limit } of fc.sample(asked, { numRuns: runs, seed })) {
    const who = roles.map(({ role, path }) => ({ id: 'me', role, unit: idOf(path), path }))
    const wanted = kept.filter(
      one =>
        ask.means(one) && holds(one, filter) && who.some(member => maySee(member, rights.get(one.row.id)!)),
    )
    const got = await found(store, who, filter, ask.typed, limit)
    const said = JSON.stringify({ typed: ask.typed, filter, roles })
    expect([said, [...got.codes].sort()]).toEqual([said, wanted.map(({ row }) => row.code).sort()])
    expect([said, got.count]).toEqual([said, wanted.length])
    if (wanted.length > 0) some += 1
  }
  // A test in which nearly nothing is found would show little.
  expect(some).toBeGreaterThan(runs / 5)
}

onBoth('the search', ledger => {
  it('finds what a look at every case finds, for any clerk, before and after cases moved', async () => {
    const { store } = await ledger.fresh()
    await begin(store)
    const kept: Kept[] = []
    for (const [n, one] of fc.sample(told, { numRuns: 60, seed: 3 }).entries())
      kept.push(await keep(store, one, n))
    await compare(store, kept, 160, 11)
    for (const [n, { row }] of kept.entries()) {
      if (n % 3) continue
      const holderUnitId = idOf(PATHS[n % PATHS.length]!)
      const moves = { holderUnitId, class: 'important', category: 'lift' } as const
      const ends =
        n % 2 ? { state: 'closed', closedAt: dayAt(9), dueAt: null } : { state: 'working', closedAt: null }
      await store.write(tx => changeCase(tx, row, { ...moves, ...(ends as object) }, dayAt(9)))
      Object.assign(row, await caseById(store.read, row.id))
    }
    await compare(store, kept, 100, 12)
    // As after an upgrade: nothing is marked, and every case is marked anew.
    await store.write(async tx => {
      await tx.sql.run('DELETE FROM "CaseSearch"')
      await tx.sql.run('UPDATE "Case" SET "no" = NULL')
    })
    expect(
      (await found(store, [{ id: 'me', role: 'auditor', unit: 'd', path: 'd' }], {}, '电梯', 100)).codes,
    ).toEqual([])
    expect(await markAll(store)).toBe(kept.length)
    expect(await markAll(store)).toBe(0)
    await compare(store, kept, 40, 13)
  }, 240_000)
})
