import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { House } from '../../src/actions/house.ts'
import { keepUnits } from '../../src/actions/keep-units.ts'
import { addDemoCare } from '../../src/demo/care.ts'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder } from '../../src/load.ts'
import { addDays } from '../../src/rules/care/dates.ts'
import type { Store } from '../../src/store/db.ts'
import { openShelf } from '../../src/store/shelf.ts'
import { addStaff } from '../../src/store/staff.ts'
import { onBoth, SECRET } from '../store/databases.ts'
import { chanceOf, pause } from './chance.ts'

/** Kills of a run; `CRASH_CARE=30 npx vitest run test/crash/care.test.ts` for many. */
const KILLS = Number(process.env.CRASH_CARE ?? 2)
/** The weeks lived through: those around 春节. */
const FROM = '2026-02-05'
const DAYS = 18
const PAIRINGS = 6
let folder = ''
const children = new Set<ChildProcess>()

beforeAll(async () => {
  mkdirSync('dist', { recursive: true })
  folder = mkdtempSync(join(resolve('dist'), '.carer-'))
  await build({
    input: { carer: 'test/crash/carer.ts' },
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

/** Pairings and a coordinator in a fresh ledger. */
async function planted(store: Store): Promise<void> {
  const now = '2026-01-05T01:00:00.000Z'
  const district = loadDistrict(districtFolder('hongshan'))
  const house: House = {
    store,
    shelf: openShelf(tmpdir()),
    now: () => now,
    district,
    bubble: () => '{"text":""}',
    exampleOf: () => null,
  }
  await keepUnits(house)
  const roles = [{ role: 'careCoordinator' as const, unitId: district.code }]
  await store.write(tx =>
    addStaff(tx, { login: 'care', name: '协调员', roles, passwordHash: '', demo: false }, now),
  )
  await addDemoCare(house, { count: PAIRINGS, startsOn: '2025-12-01', enteredAt: now, apart: true })
}

/** What was said: subject by its pseudonym, period and stage; ids differ between ledgers. */
async function said(store: Store): Promise<string[]> {
  const names = await store.read.sql.all<{ id: string; pseudonym: string }>(
    'SELECT p."id", c."pseudonym" FROM "Pairing" p JOIN "Child" c ON c."id" = p."childId"',
  )
  const of = new Map(names.map(row => [row.id, row.pseudonym]))
  const rows = await store.read.sql.all<{ notice: string; cause: string }>(
    'SELECT "notice", "cause" FROM "Notice"',
  )
  return rows
    .map(
      ({ notice, cause }) =>
        `${notice} ${of.get(cause.split('.')[0]!)} ${cause.split('.').slice(1).join(' ')}`,
    )
    .sort()
}

/** A process over the ledger from a day on; `hear` is told each line it prints. */
function carer(url: string, from: string, days: number, hear: (line: string) => void = () => undefined) {
  const child = spawn(process.execPath, [join(folder, 'carer.mjs'), url, SECRET, from, String(days)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  child.stdout.on('data', data => String(data).split('\n').filter(Boolean).forEach(hear))
  const gone = new Promise<number | null>(done => child.once('close', done)).finally(() =>
    children.delete(child),
  )
  return { child, gone }
}

/** Lives through the days with a real kill −9 in the middle of some of them; the day under way is run again. */
async function killedThrough(url: string): Promise<number> {
  const chance = chanceOf(7)
  let from = FROM
  let kills = 0
  while (from < addDays(FROM, DAYS)) {
    const left = Math.round((Date.parse(addDays(FROM, DAYS)) - Date.parse(from)) / 86_400_000)
    // Each life ends a moment after the day before a busy one was told: in the middle of a run.
    const lives = kills < KILLS ? 2 + Math.floor(chance() * 6) : left + 1
    let days = 0
    const life = carer(url, from, left, line => {
      if (!line.startsWith('day ')) return
      from = addDays(line.slice(4), 1)
      if (++days === lives) void pause(chance() * 6).then(() => life.child.kill('SIGKILL'))
    })
    if ((await life.gone) === null) kills++
  }
  return kills
}

onBoth('reminders of care', ledger => {
  test('say the same once when real processes are killed −9 in the middle, and when two run', async () => {
    const [whole, killed, two] = [await ledger.fresh(), await ledger.fresh(), await ledger.fresh()]
    for (const { store } of [whole, killed, two]) await planted(store)
    expect(await carer(whole.url, FROM, DAYS).gone).toBe(0)
    const expected = await said(whole.store)
    expect(expected.length).toBeGreaterThan(20)
    expect(new Set(expected).size).toBe(expected.length)
    expect(await killedThrough(killed.url)).toBe(KILLS)
    expect(await said(killed.store)).toEqual(expected)
    const both = [carer(two.url, FROM, DAYS), carer(two.url, FROM, DAYS)]
    expect(await Promise.all(both.map(one => one.gone))).toEqual([0, 0])
    expect(await said(two.store)).toEqual(expected)
  }, 240_000)
})
