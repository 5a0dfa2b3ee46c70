import { expect, it } from 'vitest'
import type { Store } from '../../src/store/db.ts'
import {
  addStaff,
  clearFailures,
  countFailure,
  keepInvite,
  keepOtpSecret,
  keepPassword,
  membersOf,
  otpOf,
  staffByInvite,
  staffByLogin,
  staffNames,
  useOtpStep,
} from '../../src/store/staff.ts'
import { NOW, onBoth } from './databases.ts'

const LATER = '2026-11-03T02:36:00.000Z'
const unit = (store: Store, id: string, path: string) =>
  store.write(async tx => {
    await tx.sql.run(
      `INSERT INTO "Unit" ("id", "kind", "name", "path", "data", "version") VALUES (?, 'town', ?, ?, '{}', 1)`,
      id,
      id,
      path,
    )
  })
const wang = async (store: Store) => {
  await unit(store, 't1', 'd/t1')
  const roles = [{ role: 'townClerk', unitId: 't1' }] as const
  return store.write(tx =>
    addStaff(
      tx,
      { login: 'wang', name: '王芳', phone: '13800001111', roles, passwordHash: 'x', demo: false },
      NOW,
    ),
  )
}

onBoth('staff', ledger => {
  it('keeps names and phones sealed, and finds roles with the way down to their unit', async () => {
    const { store } = await ledger.fresh()
    const id = await wang(store)
    expect(await membersOf(store.read, id)).toEqual([{ id, role: 'townClerk', unit: 't1', path: 'd/t1' }])
    expect([...(await staffNames(store.read, [id, null, id, 'nobody']))]).toEqual([[id, '王芳']])
    const row = await store.read.sql.get<{ nameEnc: Uint8Array; phoneEnc: Uint8Array }>(
      'SELECT "nameEnc", "phoneEnc" FROM "Staff"',
    )
    expect(Buffer.from(row!.nameEnc).includes(Buffer.from('王芳'))).toBe(false)
    expect(Buffer.from(row!.phoneEnc).includes(Buffer.from('13800001111'))).toBe(false)
  })

  it('locks at the fifth failure and begins to count anew', async () => {
    const { store } = await ledger.fresh()
    const id = await wang(store)
    const fail = () => store.write(tx => countFailure(tx, id, { most: 5, lockedUntil: LATER }))
    expect([await fail(), await fail(), await fail(), await fail(), await fail()]).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
    expect(await staffByLogin(store.read, 'wang')).toMatchObject({ failures: 0, lockedUntil: LATER })
    await store.write(tx => clearFailures(tx, id))
    expect(await staffByLogin(store.read, 'wang')).toMatchObject({ failures: 0, lockedUntil: null })
  })

  it('uses up a step once, and never an earlier one', async () => {
    const { store } = await ledger.fresh()
    const id = await wang(store)
    const use = (step: number) => store.write(tx => useOtpStep(tx, id, step))
    expect([await use(100), await use(100), await use(99), await use(101)]).toEqual([
      true,
      false,
      false,
      true,
    ])
    await store.write(tx => keepOtpSecret(tx, id, 'SECRET'))
    expect(await otpOf(store.read, id)).toEqual({ secret: 'SECRET', lastStep: 101 })
  })

  it('forgets a one-time link when it is used, and does not know an old one', async () => {
    const { store } = await ledger.fresh()
    const id = await wang(store)
    await store.write(tx => keepInvite(tx, id, 'token', LATER))
    expect(await staffByInvite(store.read, 'another', NOW)).toBeNull()
    expect(await staffByInvite(store.read, 'token', LATER)).toBeNull()
    expect((await staffByInvite(store.read, 'token', NOW))?.id).toBe(id)
    await store.write(tx => keepPassword(tx, id, 'hash'))
    expect(await staffByInvite(store.read, 'token', NOW)).toBeNull()
  })
})
