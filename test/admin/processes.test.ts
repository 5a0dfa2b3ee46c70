import { expect, it, vi } from 'vitest'
import type { House } from '../../src/actions/house.ts'
import { keepUnits } from '../../src/actions/keep-units.ts'
import { bookOf } from '../../src/admin/books.ts'
import { changeRow, markOf, undoChange } from '../../src/admin/change.ts'
import { followDistrict, openStanding, type Standing } from '../../src/admin/standing.ts'
import { fromFolder } from '../../src/app.ts'
import { openStore, type Store } from '../../src/store/db.ts'
import { changeByNo, changesOf } from '../../src/store/district.ts'
import { NOW, onBoth, SECRET } from '../store/databases.ts'

// A busy machine starts PostgreSQL slowly.
vi.setConfig({ testTimeout: 60_000 })

const folder = fromFolder('config/hongshan')
const houseOf = (store: Store, standing: Standing) =>
  ({
    ...{ store, now: () => NOW, bubble: () => '{}', exampleOf: () => null as never },
    shelf: undefined as never,
    get district() {
      return standing.district
    },
  }) satisfies House
const book = bookOf('hotlines')!
const police = (standing: Standing) => standing.district.hotlines.find(({ number }) => number === '110')!
const rename = (of: Standing, name: string) => {
  const row = police(of)
  return { book, id: '110', mark: markOf(row), row: { ...row, name } }
}

onBoth('a changed district', ledger => {
  it('reaches another process at once, and one that begins later', async () => {
    const { store, url } = await ledger.fresh()
    const standing = await openStanding(store, folder)
    const admin = { house: houseOf(store, standing), standing }
    await keepUnits(admin.house)
    const elsewhere = await openStore({ url, secret: SECRET })
    const other = await openStanding(elsewhere, folder)
    const swapped: string[] = []
    other.onSwap(() => void swapped.push(police(other).name))
    const stop = followDistrict(elsewhere, other, (_, fault) => expect(fault).toBeUndefined())

    const done = await changeRow(admin, rename(standing, '公安'), { staffId: null, reason: '试' })
    expect(done).toMatchObject({ ok: true, no: 1, changes: [{ book: 'hotlines', id: '110' }] })
    expect(police(standing).name).toBe('公安')
    await expect.poll(() => swapped, { timeout: 20_000 }).toEqual(['公安'])
    expect(police(await openStanding(store, folder)).name).toBe('公安')
    expect(await changesOf(store.read, { book: 'hotlines', limit: 5 })).toMatchObject([
      { no: 1, how: 'edit', reason: '试', changed: 1, undoneBy: null },
    ])

    expect(await undoChange(admin, 1, { staffId: null })).toMatchObject({ ok: true, no: 2 })
    await expect.poll(() => swapped, { timeout: 20_000 }).toEqual(['公安', '报警'])
    expect((await changeByNo(store.read, 1))?.row.undoneBy).toBe(2)
    expect(standing.texts.get('hotlines.json')).toBe(folder.texts.get('hotlines.json'))
    stop()
    await elsewhere.close()
  })

  it('changed by two at once loses neither', async () => {
    const { store } = await ledger.fresh()
    const standing = await openStanding(store, folder)
    const admin = { house: houseOf(store, standing), standing }
    await keepUnits(admin.house)
    const fire = standing.district.hotlines.find(({ number }) => number === '119')!
    const asked = { book, id: '119', mark: markOf(fire), row: { ...fire, name: '消防' } }
    const both = await Promise.all([
      changeRow(admin, rename(standing, '公安'), { staffId: null }),
      changeRow(admin, asked, { staffId: null }),
    ])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(standing.district.hotlines.slice(0, 2).map(({ name }) => name)).toEqual(['公安', '消防'])
    expect(standing.no).toBe(2)
  })

  it('is nowhere in clear', async () => {
    const { store } = await ledger.fresh()
    const standing = await openStanding(store, folder)
    const admin = { house: houseOf(store, standing), standing }
    await keepUnits(admin.house)
    await changeRow(admin, rename(standing, '公安局值班室'), { staffId: null, reason: '王主任要求' })
    const rows = [
      ...(await store.read.sql.all('SELECT * FROM "DistrictFile"')),
      ...(await store.read.sql.all('SELECT * FROM "DistrictChange"')),
    ]
    const bytes = rows
      .flatMap(row => Object.values(row as object))
      .map(one =>
        Buffer.from(
          String(one instanceof Uint8Array ? Buffer.from(one).toString('latin1') : one),
          'latin1',
        ).toString('utf8'),
      )
    expect(rows.length).toBeGreaterThan(15)
    for (const word of ['公安局值班室', '王主任', '韩春雨'])
      expect(bytes.some(one => one.includes(word))).toBe(false)
  })
})
