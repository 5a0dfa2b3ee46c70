import { expect, it } from 'vitest'
import { addAudit, brokenAudit } from '../../src/store/audit.ts'
import type { Store } from '../../src/store/db.ts'
import { NOW, onBoth } from './databases.ts'

const fill = async (store: Store, lines: number) => {
  for (let n = 1; n <= lines; n++)
    await store.write(tx =>
      addAudit(tx, { staffId: 'wang', what: 'reveal', field: 'phone', detail: `第${n}次` }, NOW),
    )
}

onBoth('audit', ledger => {
  it('is a chain: nothing in it can be changed, taken out or cut off unseen', async () => {
    const { store } = await ledger.fresh()
    await fill(store, 4)
    expect(await brokenAudit(store.read)).toBeNull()
    const run = (sql: string) => store.write(async tx => void (await tx.sql.run(sql)))
    await run(`UPDATE "Audit" SET "staffId" = 'li' WHERE "seq" = 3`)
    expect(await brokenAudit(store.read)).toBe(3)
    await run(`UPDATE "Audit" SET "staffId" = 'wang' WHERE "seq" = 3`)
    expect(await brokenAudit(store.read)).toBeNull()
    await run(`DELETE FROM "Audit" WHERE "seq" = 4`)
    expect(await brokenAudit(store.read)).toBe(4)
    await run(`DELETE FROM "Audit" WHERE "seq" = 2`)
    expect(await brokenAudit(store.read)).toBe(2)
  })

  it('leaves no gap when what it stands for is rolled back', async () => {
    const { store } = await ledger.fresh()
    await fill(store, 1)
    const failing = store.write(async tx => {
      await addAudit(tx, { staffId: 'wang', what: 'reveal' }, NOW)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await fill(store, 1)
    expect(await brokenAudit(store.read)).toBeNull()
  })

  it('keeps the reason sealed', async () => {
    const { store } = await ledger.fresh()
    await fill(store, 1)
    const row = await store.read.sql.get<{ detailEnc: Uint8Array }>('SELECT "detailEnc" FROM "Audit"')
    expect(Buffer.from(row!.detailEnc).toString('utf8')).not.toContain('第1次')
  })
})
