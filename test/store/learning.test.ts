import { expect, it } from 'vitest'
import { createCase, type NewCase } from '../../src/store/cases.ts'
import { keepWish, wishOf } from '../../src/store/consents.ts'
import type { Store } from '../../src/store/db.ts'
import {
  approvedBetween,
  decideExample,
  exampleById,
  exampleCounts,
  examplesIn,
  examplesOf,
  keepExample,
  keepProposal,
  mergeLearning,
  outcomesOf,
} from '../../src/store/learning.ts'
import { openOrder } from '../../src/store/orders.ts'
import { erasePerson, knownBy } from '../../src/store/persons.ts'
import { NOW, onBoth } from './databases.ts'

onBoth('learning', ledger => {
  let serial = 0
  const person = (store: Store, address: string) =>
    store.write(async tx => (await knownBy(tx, { channel: 'web', appId: '-', address }, NOW)).personId)
  /** A case with its proposal, and an example where its person is named. */
  const open = (store: Store, personId: string | null, more: Partial<NewCase> = {}) =>
    store.write(async tx => {
      const row = await createCase(tx, {
        ...{ code: `HS-20261103-${String(++serial).padStart(4, '0')}`, kind: 'grievance', state: 'answered' },
        ...{ class: 'general', profile: '12345', category: 'light', route: 'dept:城市管理', personId },
        ...{ holderUnitId: 'u', holderStaffId: null, townId: null, communityId: null, gridId: null },
        ...{ estate: null, hidden: 0, noReply: 0, level: 0, redoCount: 0, dueAt: null, dueKind: null },
        ...{ grabUntil: null, createdAt: NOW, points: [] },
        texts: { title: '路灯', text: '路灯坏了', place: null, name: null, phone: null, queryCode: '123456' },
        ...more,
      } as NewCase)
      await keepProposal(tx, {
        ...{ caseId: row.id, month: '2026-11', category: 'light', route: 'dept:公安', share: 41 },
        ...{ alternatives: [{ route: 'dept:城市管理', confidence: 0.3 }], asked: true, chosen: 'light' },
      })
      if (personId) await keepExample(tx, { caseId: row.id, personId, text: `路灯坏了 ${row.code}` }, NOW)
      return row
    })

  it('counts what is alike, with the department called first and without those withdrawn', async () => {
    const { store } = await ledger.fresh()
    const [one] = [await open(store, null), await open(store, null)]
    for (const id of ['D01', 'D02'])
      await store.write(async tx =>
        tx.sql.run(
          `INSERT INTO "Unit" ("id", "kind", "name", "path", "data", "version") VALUES (?, 'department', ?, ?, '{}', 1)`,
          id,
          id,
          id,
        ),
      )
    const joint = (unitId: string, state: 'open' | 'withdrawn', openedAt: string) =>
      store.write(tx =>
        openOrder(tx, {
          ...{ caseId: one.id, parentId: null, kind: 'joint', unitId, state, openedAt, lead: true },
        }),
      )
    await joint('D01', 'open', '2026-11-03T03:00:00.000Z')
    await joint('D02', 'withdrawn', '2026-11-03T04:00:00.000Z')
    const common = { month: '2026-11', route: 'dept:公安', asked: 1, filed: 'dept:城市管理', label: null }
    const rows = await outcomesOf(store.read, '2026-11')
    expect(rows.sort((a, b) => ((a.lead ?? '') < (b.lead ?? '') ? -1 : 1))).toEqual([
      { ...common, holder: 'u', lead: null, panel: null, n: 1 },
      { ...common, holder: 'u', lead: 'D01', panel: null, n: 1 },
    ])
    expect(await outcomesOf(store.read, '2026-10')).toEqual([])
  })

  it('offers only what is answered, keeps one example a case, and lets one clerk decide', async () => {
    const { store } = await ledger.fresh()
    const me = await person(store, 'me')
    const answered = await open(store, me)
    await open(store, me, { state: 'working' })
    await open(store, me, { state: 'withdrawn' })
    expect(
      await store.write(tx => keepExample(tx, { caseId: answered.id, personId: me, text: '又一遍' }, NOW)),
    ).toBe(false)
    const [first, ...others] = await examplesIn(store.read, 'waiting', 10)
    expect([first?.code, first?.text, others]).toEqual([answered.code, `路灯坏了 ${answered.code}`, []])
    expect(await exampleCounts(store.read)).toEqual({ waiting: 1, approved: 0 })
    const decide = (version: number, text: string | null) =>
      store.write(tx =>
        decideExample(tx, { id: first!.id, version, staffId: 's', text, label: 'dept:公安' }, NOW),
      )
    expect([await decide(1, '路灯坏了'), await decide(1, null)]).toEqual([true, false])
    expect(await approvedBetween(store.read, { from: NOW, to: '9' })).toMatchObject([
      { text: '路灯坏了', label: 'dept:公安', decidedById: 's', version: 2 },
    ])
    expect(await approvedBetween(store.read, { from: '0', to: NOW })).toEqual([])
    expect(await decide(2, null)).toBe(true)
    expect(await exampleById(store.read, first!.id)).toBeNull()
    expect((await examplesOf(store.read, me)).length).toBe(2)
  })

  it('goes with its person, and moves to the record that stays unless either said no', async () => {
    const { store } = await ledger.fresh()
    const [old, now, gone] = [
      await person(store, 'old'),
      await person(store, 'now'),
      await person(store, 'gone'),
    ]
    const says = (who: string, on: boolean) =>
      store.write(tx => keepWish(tx, who, { purpose: 'learning', version: '1', on }, NOW))
    const { code } = await open(store, old)
    await open(store, gone)
    await store.write(tx => erasePerson(tx, gone, NOW))
    expect(await examplesOf(store.read, gone)).toEqual([])
    await says(old, true)
    await store.write(tx => mergeLearning(tx, old, now))
    expect(await wishOf(store.read, now, 'learning')).toBe(true)
    expect(await examplesOf(store.read, now)).toMatchObject([{ text: `路灯坏了 ${code}` }])
    const third = await person(store, 'third')
    await says(third, false)
    await store.write(tx => mergeLearning(tx, third, now))
    expect(await wishOf(store.read, now, 'learning')).toBe(false)
    expect(await examplesOf(store.read, now)).toEqual([])
  })
})
