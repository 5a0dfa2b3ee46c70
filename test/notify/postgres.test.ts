import { afterAll, beforeAll, expect, it } from 'vitest'
import { scratchPostgres } from '../../scripts/scratch-postgres.mjs'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { moveCase } from '../../src/actions/move-case.ts'
import { redate } from '../../src/actions/redate.ts'
import { catchUp } from '../../src/notify/timetable.ts'
import { digestsFor } from '../../src/store/notices.ts'
import { ANSWER, clerk, DISTRICT, fileLift, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()
let postgres: Awaited<ReturnType<typeof scratchPostgres>>
let t: TestHouse
beforeAll(async () => {
  postgres = await scratchPostgres()
  await postgres.create('clocks')
  t = await makeHouse(postgres.url('clocks'))
})
afterAll(async () => {
  await t.close()
  await postgres.stop()
})

it('clocks, pauses, call-backs and digests on PostgreSQL', async () => {
  const west = await clerk(t, 'west', 'townClerk', WEST)
  const dispatcher = await clerk(t, 'dispatcher', 'districtDispatcher', DISTRICT)
  const leader = await clerk(t, 'leader', 'districtLeader', DISTRICT)
  const code = await fileLift(t)
  await moveCase(t.house, west, code, 'grab', {})
  await moveCase(t.house, west, code, 'contact', { how: 'phone', text: '打过' })
  const why = { reason: '配件要从外地调', plan: '到货就换', resumeBy: '2026-11-05' }
  expect(await moveCase(t.house, dispatcher, code, 'pause', why)).toMatchObject({ ok: true })
  const faults: unknown[] = []
  const said: string[][] = []
  const known = new Set<string>()
  for (const now of ['2026-11-04T10:00', '2026-11-05T17:31', '2026-11-06T10:00']) {
    t.at(at(now))
    await catchUp(t.house, (what, error) => void faults.push([what, error]))
    if (now === '2026-11-05T17:31') await moveCase(t.house, west, code, 'answer', ANSWER)
    const rows = await t.house.store.read.sql.all<{ id: string; notice: string }>(
      'SELECT "id", "notice" FROM "Notice"',
    )
    said.push(
      rows
        .filter(row => !known.has(row.id))
        .map(row => row.notice)
        .sort(),
    )
    for (const row of rows) known.add(row.id)
  }
  t.at(at('2026-11-12T10:00'))
  await catchUp(t.house, (what, error) => void faults.push([what, error]))
  expect(faults).toEqual([])
  expect(said[0]).toEqual(expect.arrayContaining(['leader.digest', 'unit.digest', 'resident.paused']))
  expect(said[1]).toEqual(['resident.answered', 'resident.resumed', 'unit.resumed'])
  expect(said[2]).toEqual([])
  const last = await t.house.store.read.sql.all<{ notice: string }>(
    `SELECT "notice" FROM "Notice" WHERE "notice" LIKE 'resident.closed%'`,
  )
  expect(last.map(row => row.notice)).toEqual(['resident.closedSilent'])
  const seen = await digestsFor(
    t.house.store.read,
    { units: [WEST], staffId: leader.staffId },
    at('2026-11-04T00:00'),
  )
  expect(seen.map(row => row.notice)).toEqual(['leader.digest', 'leader.digest', 'unit.digest'])
  expect(await redate(t.house)).toBe(0)
  expect((await brokenPromises(t.house.store.read)).broken).toEqual([])
})
