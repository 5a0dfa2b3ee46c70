import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { addAudit, brokenAudit } from '../../src/store/audit.ts'
import { headOf, sealAudit, unsealedCount, verifyAudit } from '../../src/store/audit-chain.ts'
import { dropAudit, keepMonths, setKeepMonths } from '../../src/store/audit-keep.ts'
import type { Store } from '../../src/store/db.ts'
import { NOW, onBoth } from './databases.ts'

const later = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString()

const fill = async (store: Store, lines: number, day = 0) => {
  for (let n = 1; n <= lines; n++)
    await store.write(tx =>
      addAudit(tx, { staffId: 'wang', what: 'reveal', field: 'phone', detail: `第${n}次` }, later(day)),
    )
}
const sealedRows = async (store: Store, lines: number) => {
  await fill(store, lines)
  await sealAudit(store)
}

onBoth('audit', ledger => {
  let store: Store
  const fresh = async () => {
    ;({ store } = await ledger.fresh())
    return store
  }
  const run = (sql: string) => store.write(async tx => void (await tx.sql.run(sql)))
  const broken = async () => (await verifyAudit(store.read)).broken
  afterEach(async () => {
    expect(await store.read.sql.get('SELECT 1 AS "one"')).toEqual({ one: 1 })
  })

  it('names the very row that was changed, taken out, added or cut off', async () => {
    await sealedRows(await fresh(), 6)
    expect(await broken()).toBeNull()
    await run(`UPDATE "Audit" SET "staffId" = 'li' WHERE "seq" = 3`)
    expect(await broken()).toMatchObject({ seq: 3, why: 'changed' })
    await run(`UPDATE "Audit" SET "staffId" = 'wang' WHERE "seq" = 3`)
    expect(await broken()).toBeNull()
    await run(`UPDATE "Audit" SET "hash" = 'x' WHERE "seq" = 2`)
    expect(await broken()).toMatchObject({ seq: 2, why: 'changed' })
    await fresh()
    await sealedRows(store, 6)
    await run(`DELETE FROM "Audit" WHERE "seq" = 6`)
    expect(await broken()).toEqual({ seq: 6, id: null, why: 'missing' })
    await run(`DELETE FROM "Audit" WHERE "seq" = 2`)
    expect(await broken()).toEqual({ seq: 2, id: null, why: 'missing' })
  })

  it('sees two rows that changed places', async () => {
    await sealedRows(await fresh(), 5)
    await run(`UPDATE "Audit" SET "seq" = -1 WHERE "seq" = 2`)
    await run(`UPDATE "Audit" SET "seq" = 2 WHERE "seq" = 4`)
    await run(`UPDATE "Audit" SET "seq" = 4 WHERE "seq" = -1`)
    expect(await broken()).toMatchObject({ seq: 2, why: 'changed' })
  })

  it('sees a row put in by somebody without the key, before it is sealed and after', async () => {
    await sealedRows(await fresh(), 2)
    const columns = '"id", "at", "staffId", "what", "ok", "mark"'
    await run(`INSERT INTO "Audit" (${columns}) VALUES ('ffff', '${NOW}', 'li', 'login', 1, 'made up')`)
    expect(await broken()).toEqual({ seq: null, id: 'ffff', why: 'foreign' })
    await sealAudit(store)
    expect(await broken()).toMatchObject({ seq: 3, id: 'ffff', why: 'changed' })
    // A row without a mark is of the time before marks: none may stand behind one that has it.
    await run(`UPDATE "Audit" SET "mark" = NULL WHERE "seq" = 3`)
    expect(await broken()).toMatchObject({ seq: 3, why: 'changed' })
  })

  it('does not paper over rows that were cut off: what comes after stands behind the gap', async () => {
    await sealedRows(await fresh(), 4)
    await run(`DELETE FROM "Audit" WHERE "seq" >= 3`)
    await sealedRows(store, 2)
    expect(await broken()).toEqual({ seq: 3, id: null, why: 'missing' })
  })

  it('stays one chain where several seal at once, and counts what is not sealed yet', async () => {
    await fill(await fresh(), 30)
    expect(await unsealedCount(store.read)).toBe(30)
    const done = await Promise.all([sealAudit(store), sealAudit(store), fill(store, 5), sealAudit(store)])
    await sealAudit(store)
    expect(done.length).toBe(4)
    expect(await verifyAudit(store.read)).toMatchObject({ rows: 35, unsealed: 0, broken: null })
    expect((await headOf(store.read))?.seq).toBe(35)
  })

  it('goes on behind rows from before rows had marks, and finds a stroke in those, too', async () => {
    await fresh()
    let before = ''
    for (const seq of [1, 2, 3]) {
      const said = [before, seq, NOW, 'wang', 'login', null, null, null]
      before = createHash('sha256').update(JSON.stringify(said)).digest('hex')
      await run(
        `INSERT INTO "Audit" ("id", "seq", "at", "staffId", "what", "hash") VALUES ('${seq}', ${seq}, '${NOW}', 'wang', 'login', '${before}')`,
      )
    }
    await run(`INSERT INTO "Counter" ("name", "value") VALUES ('audit', 3)`)
    await sealedRows(store, 2)
    expect(await verifyAudit(store.read)).toMatchObject({ rows: 5, broken: null })
    await run(`UPDATE "Audit" SET "at" = '2020' WHERE "seq" = 2`)
    expect(await broken()).toMatchObject({ seq: 2, why: 'changed' })
  })

  it('leaves nothing when what it stands for is rolled back', async () => {
    await sealedRows(await fresh(), 1)
    const failing = store.write(async tx => {
      await addAudit(tx, { staffId: 'wang', what: 'reveal' }, NOW)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await sealedRows(store, 1)
    expect(await verifyAudit(store.read)).toMatchObject({ rows: 2, broken: null })
  })

  it('keeps the reason sealed', async () => {
    await fill(await fresh(), 1)
    const row = await store.read.sql.get<{ detailEnc: Uint8Array }>('SELECT "detailEnc" FROM "Audit"')
    expect(Buffer.from(row!.detailEnc).toString('utf8')).not.toContain('第1次')
  })

  it('drops what is too old behind an anchor, carries over what decides something, and can still be verified', async () => {
    await fill(await fresh(), 3, 0)
    const keep = { staffId: 'wang', what: 'careKeep', field: 'child', detail: '2031-01-01 还要' } as const
    await store.write(tx => addAudit(tx, keep, later(1)))
    await fill(store, 3, 300)
    await sealAudit(store)
    expect(await dropAudit(store, later(200), later(301))).toBe(4)
    await sealAudit(store)
    const whats = await store.read.sql.all<{ what: string }>('SELECT "what" FROM "Audit" ORDER BY "seq"')
    expect(whats.map(row => row.what)).toEqual(['reveal', 'reveal', 'reveal', 'careKeep', 'anchor'])
    expect(await verifyAudit(store.read)).toMatchObject({ rows: 5, broken: null })
    expect(await dropAudit(store, later(200), later(302))).toBe(0)
    // One row more than the anchor says is a theft; so is an anchor that was made up.
    await run(`DELETE FROM "Audit" WHERE "seq" = 5`)
    expect(await broken()).toMatchObject({ seq: 5, why: 'missing' })
    await run(`UPDATE "Audit" SET "field" = '5:abc' WHERE "what" = 'anchor'`)
    expect((await broken())?.why).toBe('missing')
  })

  it('is kept three years unless it was said otherwise, and never less than six months', async () => {
    await fresh()
    expect(await keepMonths(store.read)).toBe(36)
    await store.write(tx => setKeepMonths(tx, { months: 12, staffId: null }, NOW))
    expect(await keepMonths(store.read)).toBe(12)
    await run(
      `INSERT INTO "Setting" ("id", "name", "value", "at") VALUES ('z', 'audit.keepMonths', '1', '2099')`,
    )
    expect(await keepMonths(store.read)).toBe(36)
  })

  it('finds any one stroke with a pen at its place', { timeout: 60_000 }, async () => {
    await sealedRows(await fresh(), 12)
    const columns = [
      'at',
      'staffId',
      'role',
      'unitId',
      'what',
      'caseId',
      'field',
      'origin',
      'mark',
      'hash',
    ] as const
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.constantFrom(...columns), async (seq, column) => {
        const was = await store.read.sql.get<{ value: string | null }>(
          `SELECT "${column}" AS "value" FROM "Audit" WHERE "seq" = ?`,
          seq,
        )
        const put = (value: string | null) =>
          store.write(tx =>
            Promise.resolve(tx.sql.run(`UPDATE "Audit" SET "${column}" = ? WHERE "seq" = ?`, value, seq)),
          )
        await put(`${was!.value ?? ''}.`)
        expect(await brokenAudit(store.read)).toBe(seq)
        await put(was!.value)
        expect(await brokenAudit(store.read)).toBeNull()
      }),
      { numRuns: 20 },
    )
  })
})
