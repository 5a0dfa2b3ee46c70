import { expect, it } from 'vitest'
import { caseByCode, changeCase, createCase, type NewCase } from '../../src/store/cases.ts'
import type { Store } from '../../src/store/db.ts'
import {
  addFollow,
  alikeCounts,
  dropFollow,
  dropLink,
  followersToTell,
  followOf,
  followsOf,
  likelySame,
  linkedTo,
  linkOf,
  moveFollows,
  openAlike,
  ownAlike,
} from '../../src/store/follows.ts'
import { erasePerson, knownBy } from '../../src/store/persons.ts'
import { NOW, onBoth } from './databases.ts'

const HOME = { category: 'light', communityId: 'c1', estate: null }
const SINCE = '2026-10-20T00:00:00.000Z'

onBoth('follows', ledger => {
  let serial = 0
  const person = (store: Store, address: string) =>
    store.write(async tx => (await knownBy(tx, { channel: 'web', appId: '-', address }, NOW)).personId)
  const open = (store: Store, more: Partial<NewCase> = {}) =>
    store.write(async tx => {
      const row = await createCase(tx, {
        ...{ code: `HS-20261103-${String(++serial).padStart(4, '0')}`, kind: 'grievance', state: 'working' },
        ...{ class: 'general', profile: '12345', category: 'light', route: null, personId: null },
        ...{ holderUnitId: 'u', holderStaffId: null, townId: null, communityId: 'c1', gridId: null },
        ...{ estate: null, hidden: 0, noReply: 0, level: 0, redoCount: 0, dueAt: null, dueKind: null },
        ...{ grabUntil: null, createdAt: NOW, points: [] },
        texts: { title: '路灯', text: '路灯坏了', place: null, name: null, phone: null, queryCode: '123456' },
        ...more,
      } as NewCase)
      return row
    })

  it('finds the oldest of the same, and no other', async () => {
    const { store } = await ledger.fresh()
    const [me, other] = [await person(store, 'me'), await person(store, 'other')]
    const at = (day: string) => `2026-11-${day}T02:00:00.000Z`
    const oldest = await open(store, { personId: other, createdAt: at('01') })
    await open(store, { personId: other, createdAt: at('02'), estate: 'e1' })
    const not: Partial<NewCase>[] = [
      { personId: me },
      { createdAt: '2026-10-01T00:00:00.000Z' },
      { category: 'lift' },
      { communityId: 'c2' },
      { hidden: 1 },
      { class: 'urgent' },
      { kind: 'mediation' },
      { kind: 'hotline' },
    ]
    for (const more of not) await open(store, { personId: other, ...more })
    const ended = await open(store, { personId: other })
    await store.write(tx => changeCase(tx, ended, { state: 'closed', closedAt: NOW }, NOW))
    const near = await openAlike(store.read, HOME, SINCE, me)
    expect(near).toEqual({ count: 2, since: at('01'), code: oldest.code })
    // Where the estate is known it is the same estate, not the next one.
    expect(await openAlike(store.read, { ...HOME, estate: 'e1' }, SINCE, me)).toMatchObject({ count: 1 })
    expect(await openAlike(store.read, { ...HOME, estate: 'e2' }, SINCE, me)).toBeNull()
    expect(await ownAlike(store.read, HOME, me)).toMatchObject({ state: 'working' })
    expect(await ownAlike(store.read, { ...HOME, category: 'gas' }, me)).toBeNull()
    const counts = await alikeCounts(store.read, [HOME, HOME, { ...HOME, category: 'lift' }], SINCE)
    expect([counts.get('light@c1'), counts.get('lift@c1')]).toEqual([3, 1])
    expect(await alikeCounts(store.read, [], SINCE)).toEqual(new Map())
    expect((await likelySame(store.read, oldest, SINCE)).length).toBe(2)
  })

  it('follows once, stops once, and what a clerk linked stays until parted', async () => {
    const { store } = await ledger.fresh()
    const [me, other] = [await person(store, 'me'), await person(store, 'other')]
    const main = await open(store, { personId: other })
    const own = await open(store, { personId: me })
    const wish = { caseId: main.id, personId: me, ownCaseId: null }
    expect(await store.write(tx => addFollow(tx, wish, NOW))).toBe(true)
    expect(await store.write(tx => addFollow(tx, wish, NOW))).toBe(false)
    expect(await followOf(store.read, me, main.code)).toMatchObject({ code: main.code, ownCode: null })
    expect(await store.write(tx => dropFollow(tx, main.id, me))).toBe(true)
    expect(await store.write(tx => dropFollow(tx, main.id, me))).toBe(false)
    await store.write(async tx => {
      await addFollow(tx, { ...wish, ownCaseId: own.id }, NOW)
      await changeCase(tx, own, { sameAsId: main.id }, NOW)
    })
    expect((await linkOf(store.read, own.id))?.code).toBe(main.code)
    expect(await linkedTo(store.read, main.id)).toEqual([own.code])
    expect(await store.write(tx => dropFollow(tx, main.id, me))).toBe(false)
    expect(await followersToTell(store.read, main.id)).toEqual([{ personId: me, ownCode: own.code }])
    await store.write(tx => changeCase(tx, own, { noReply: 1 }, NOW))
    expect(await followersToTell(store.read, main.id)).toEqual([])
    await store.write(tx => dropLink(tx, main.id, own.id))
    expect(await followsOf(store.read, me)).toEqual([])
  })

  it('goes with the person, and ends with them', async () => {
    const { store } = await ledger.fresh()
    const [old, now] = [await person(store, 'old'), await person(store, 'now')]
    const rows = [await open(store), await open(store), await open(store, { personId: now })]
    await store.write(async tx => {
      for (const { id } of rows) await addFollow(tx, { caseId: id, personId: old, ownCaseId: null }, NOW)
      await addFollow(tx, { caseId: rows[0]!.id, personId: now, ownCaseId: null }, NOW)
      await moveFollows(tx, old, now)
    })
    expect(await followsOf(store.read, old)).toEqual([])
    // One's own case is not followed.
    expect((await followsOf(store.read, now)).map(row => row.code).sort()).toEqual(
      rows.slice(0, 2).map(row => row.code),
    )
    await store.write(tx => erasePerson(tx, now, NOW))
    expect(await followsOf(store.read, now)).toEqual([])
    expect(await caseByCode(store.read, rows[0]!.code)).not.toBeNull()
  })
})
