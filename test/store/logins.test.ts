import { expect, it } from 'vitest'
import { countTry, dropOldTries, waitFor } from '../../src/store/attempts.ts'
import {
  endLogin,
  endOtherLogins,
  idleMinutes,
  keepSeen,
  loginByToken,
  openLogin,
} from '../../src/store/logins.ts'
import { addStaff } from '../../src/store/staff.ts'
import { NOW, onBoth } from './databases.ts'

const LATER = '2026-11-03T02:51:00.000Z'

onBoth('log-ins', ledger => {
  it('are found by their token, which is kept nowhere', async () => {
    const { store } = await ledger.fresh()
    const given = { login: 'wang', name: '王芳', roles: [], passwordHash: null, demo: false }
    const staffId = await store.write(tx => addStaff(tx, given, NOW))
    const [a, b] = [
      await store.write(tx => openLogin(tx, staffId, false, NOW)),
      await store.write(tx => openLogin(tx, staffId, true, NOW)),
    ]
    expect(await loginByToken(store.read, a.token)).toMatchObject({
      id: a.id,
      staffId,
      otpPassed: 0,
      seenAt: NOW,
    })
    expect(await loginByToken(store.read, `${a.token}x`)).toBeNull()
    const rows = await store.read.sql.all<object>('SELECT * FROM "Login"')
    expect(JSON.stringify(rows)).not.toContain(a.token)
    await store.write(tx => keepSeen(tx, a.id, LATER))
    await store.write(tx => keepSeen(tx, a.id, NOW))
    expect((await loginByToken(store.read, a.token))?.seenAt).toBe(LATER)
    await store.write(tx => endOtherLogins(tx, staffId, a.id, LATER))
    expect(await loginByToken(store.read, b.token)).toBeNull()
    await store.write(tx => endLogin(tx, a.id, LATER))
    expect(await loginByToken(store.read, a.token)).toBeNull()
  })

  it('may be idle half an hour, or what an administrator set last', async () => {
    const { store } = await ledger.fresh()
    expect(await idleMinutes(store.read)).toBe(30)
    const set = (value: string, at: string) =>
      store.write(async tx => {
        const sql = 'INSERT INTO "Setting" ("id", "name", "value", "at") VALUES (?, ?, ?, ?)'
        await tx.sql.run(sql, at, 'staff.idleMinutes', value, at)
      })
    await set('10', NOW)
    expect(await idleMinutes(store.read)).toBe(10)
    await set('nonsense', LATER)
    expect(await idleMinutes(store.read)).toBe(30)
  })
})

onBoth('tries', ledger => {
  it('run out within a window and come back with the next', async () => {
    const { store } = await ledger.fresh()
    const limit = { subject: 'lookup.x', most: 3, minutes: 30 }
    const attempt = (now: string) => store.write(tx => countTry(tx, limit, now))
    for (let n = 0; n < 3; n++) {
      expect(await waitFor(store.read, limit, NOW)).toBe(0)
      await attempt(NOW)
    }
    expect(await waitFor(store.read, limit, NOW)).toBe(1800)
    expect(await waitFor(store.read, limit, LATER)).toBe(0)
    await attempt(LATER)
    expect(await waitFor(store.read, limit, LATER)).toBe(0)
    expect(await store.write(tx => dropOldTries(tx, NOW))).toBe(0)
    expect(await store.write(tx => dropOldTries(tx, '2026-11-03T04:00:00.000Z'))).toBe(1)
  })
})
