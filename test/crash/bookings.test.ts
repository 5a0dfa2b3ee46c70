import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { House } from '../../src/actions/house.ts'
import { keepUnits } from '../../src/actions/keep-units.ts'
import { holdSlot } from '../../src/actions/use-mediation.ts'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder } from '../../src/load.ts'
import { quartersOf } from '../../src/rules/mediation/slots.ts'
import type { Store } from '../../src/store/db.ts'
import { endHolds, type SessionRow } from '../../src/store/sessions.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { agreedToTalk, panelStaff } from '../actions/mediating.ts'
import { onBoth, SECRET } from '../store/databases.ts'
import { chanceOf, pause } from './chance.ts'

/** Kills of a run; `CRASH_BOOKINGS=50 npx vitest run test/crash/bookings.test.ts` for many. */
const KILLS = Number(process.env.CRASH_BOOKINGS ?? 8)
const NOW = '2026-11-03T02:21:00.000Z'
let folder = ''
let children: ChildProcess[] = []

beforeAll(async () => {
  mkdirSync('dist', { recursive: true })
  folder = mkdtempSync(join(resolve('dist'), '.booker-'))
  await build({
    input: { booker: 'test/crash/booker.ts' },
    platform: 'node',
    external: id => !id.startsWith('.') && !id.startsWith('/'),
    output: { dir: folder, format: 'esm', entryFileNames: '[name].mjs' },
    logLevel: 'warn',
  })
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the booker until `forMs` after its first booking, then kills it; the bookings it was told of. */
async function killed(url: string, seed: number, forMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(folder, 'booker.mjs'), url, SECRET, String(seed), NOW], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const said: string[] = []
  const gone = new Promise(done => child.once('close', done))
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', data => {
      said.push(...String(data).split('\n').filter(Boolean))
      // In the middle of the storm, not before it: from the first booking on, or a while after the start.
      if (said.some(line => line.startsWith('booked'))) ready()
      else if (said.includes('ready')) setTimeout(ready, 3000)
    })
    child.once('exit', code => failed(new Error(`the booker ended by itself: ${code}`)))
  })
  await pause(forMs)
  child.removeAllListeners('exit')
  child.kill('SIGKILL')
  await gone
  children = children.filter(one => one !== child)
  return said.filter(line => line.startsWith('booked ')).map(line => line.slice(7))
}

/** Every row of the deciding table belongs to a meeting that stands, with all its quarters; no two meetings share anything. */
async function faultsIn(store: Store): Promise<string[]> {
  const rows = await store.read.sql.all<{ sessionId: string; n: number }>(
    'SELECT "sessionId", COUNT(*) AS "n" FROM "Occupancy" GROUP BY "sessionId"',
  )
  const sessions = await store.read.sql.all<SessionRow>(
    `SELECT * FROM "Session" WHERE "state" IN ('held', 'booked') ORDER BY "startsAt"`,
  )
  const taken = new Map(rows.map(row => [row.sessionId, Number(row.n)]))
  const faults = sessions
    .filter(
      one => one.state === 'booked' && taken.get(one.id) !== quartersOf(one.startsAt, one.endsAt).length * 4,
    )
    .map(one => `${one.id} is booked with ${taken.get(one.id) ?? 0} quarters`)
  for (const id of taken.keys())
    if (!sessions.some(one => one.id === id)) faults.push(`${id} blocks and is no meeting`)
  for (const [i, a] of sessions.entries())
    for (const b of sessions.slice(i + 1))
      if (
        a.startsAt < b.endsAt &&
        b.startsAt < a.endsAt &&
        (a.mediatorId === b.mediatorId || a.roomId === b.roomId)
      )
        faults.push(`${a.id} and ${b.id} are one too many`)
  return faults
}

onBoth('bookings while the process is killed', ledger => {
  test(`${KILLS} times: never two, never half a booking, and no old hold blocks`, async () => {
    const { store, url } = await ledger.fresh()
    let now = NOW
    const house: House = {
      store,
      shelf: openShelf(tmpdir()),
      now: () => now,
      district: loadDistrict(districtFolder('hongshan')),
      bubble: () => '{"text":""}',
      exampleOf: () => null,
    }
    await keepUnits(house)
    const secretary = await panelStaff(house, 'sec', 'panelSecretary')
    await panelStaff(house, 'med', 'mediator')
    await panelStaff(house, 'med2', 'mediator')
    const cases = []
    for (let n = 0; n < 12; n++) cases.push(await agreedToTalk(house, secretary))
    const chance = chanceOf(20261103)
    let bookings = 0
    for (let round = 0; round < KILLS; round++) {
      bookings += (await killed(url, round + 1, 40 + chance() * 260)).length
      expect(await faultsIn(store)).toEqual([])
    }
    // The storm did book, so there was something to break.
    expect(bookings).toBeGreaterThan(0)
    now = '2026-11-03T02:26:00.001Z'
    const holds = await store.read.sql.all<SessionRow>(`SELECT * FROM "Session" WHERE "state" = 'held'`)
    for (const hold of holds) {
      const one = await agreedToTalk(house, secretary)
      const wish = { startsAt: hold.startsAt, mediator: hold.mediatorId, room: hold.roomId }
      const again = await holdSlot(house, { personId: one.applicant }, one.code, wish)
      const hasBooked = await store.read.sql.get(
        `SELECT 1 FROM "Session" WHERE "state" = 'booked' AND "startsAt" < ? AND "endsAt" > ? AND ("mediatorId" = ? OR "roomId" = ?)`,
        hold.endsAt,
        hold.startsAt,
        hold.mediatorId,
        hold.roomId,
      )
      if (!hasBooked && again.ok) await store.write(tx => endHolds(tx, '2026-11-03T03:00:00.000Z'))
      expect([hold.startsAt, again.ok || Boolean(hasBooked)]).toEqual([hold.startsAt, true])
    }
    expect(await faultsIn(store)).toEqual([])
  }, 600_000)
})
