import { expect, it } from 'vitest'
import {
  batchById,
  batchesOf,
  dueBatches,
  endLine,
  keepBatch,
  letOut,
  linesOf,
  putAway,
  refuseLine,
  undoBatch,
} from '../../src/store/batches.ts'
import { dropFilter, savedBy, saveFilter } from '../../src/store/saved-filters.ts'
import { NOW, onBoth } from './databases.ts'

const LATER = '2026-11-03T02:21:10.000Z'
const ID = '01938c2e-0000-7000-8000-000000000001'

onBoth('batches and saved filters', ledger => {
  it('a batch goes out once or is taken back, never both; a line ends once', async () => {
    const { store } = await ledger.fresh()
    const batch = { id: ID, staffId: 'boss', unitId: 'east', createdAt: NOW, effectAt: LATER, seenAt: null }
    const line = { batchId: ID, fromState: 'received', holderUnitId: 'west', why: null, byId: null }
    await store.write(tx =>
      keepBatch(tx, { ...batch, state: 'held' }, [
        { ...line, code: 'HS-20261103-0001', state: 'held' },
        { ...line, code: 'HS-20261103-0002', state: 'held' },
      ]),
    )
    expect(await dueBatches(store.read, NOW, 9)).toEqual([])
    expect((await dueBatches(store.read, LATER, 9)).map(({ id }) => id)).toEqual([ID])
    expect(await store.write(tx => putAway(tx, ID, 'boss', NOW))).toBe(false)
    const outcomes = await Promise.all([
      store.write(tx => letOut(tx, ID)),
      store.write(tx => undoBatch(tx, ID, 'boss')),
    ])
    expect(outcomes.filter(Boolean).length).toBe(1)
    await store.write(async tx => void (await tx.sql.run(`UPDATE "Batch" SET "state" = 'out'`)))
    const [first, second] = await linesOf(store.read, ID)
    const ended = await Promise.all([1, 2, 3].map(() => store.write(tx => endLine(tx, first!.id))))
    expect(ended.filter(Boolean).length).toBe(1)
    // One line still waits: whoever starts again goes on with it.
    expect((await dueBatches(store.read, NOW, 9)).length).toBe(1)
    await store.write(tx => refuseLine(tx, second!.id, 'faster', 'li'))
    expect(await dueBatches(store.read, LATER, 9)).toEqual([])
    expect((await linesOf(store.read, ID)).map(({ state, why }) => [state, why])).toEqual([
      ['out', null],
      ['refused', 'faster'],
    ])
    expect((await batchesOf(store.read, 'boss', '2026-11-03T00:00:00.000Z')).length).toBe(1)
    expect(await store.write(tx => putAway(tx, ID, 'boss', LATER))).toBe(true)
    expect(await batchesOf(store.read, 'boss', '2026-11-03T00:00:00.000Z')).toEqual([])
    expect((await batchById(store.read, ID))?.seenAt).toBe(LATER)
  })

  it('a name is kept once for each person', async () => {
    const { store } = await ledger.fresh()
    const keep = (who: string, query: string) =>
      store.write(tx => saveFilter(tx, who, { name: '超期', query }, NOW))
    await keep('boss', 'due=late')
    await keep('boss', 'due=today')
    await keep('li', 'due=soon')
    const [own] = await savedBy(store.read, 'boss')
    expect(own).toMatchObject({ name: '超期', query: 'due=today' })
    expect(await store.write(tx => dropFilter(tx, 'li', own!.id))).toBe(false)
    expect(await store.write(tx => dropFilter(tx, 'boss', own!.id))).toBe(true)
    expect(await savedBy(store.read, 'boss')).toEqual([])
  })
})
