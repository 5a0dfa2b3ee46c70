import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenPromises } from '../../src/actions/invariant.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { openStore, type Store } from '../../src/store/db.ts'
import {
  type Account,
  accountsOf,
  unsaid,
  wrongCases,
  wrongFile,
  wrongMessages,
  wrongNotices,
  wrongPersons,
  wrongReplies,
  wrongSerials,
  wrongSteps,
} from './count.ts'
import { type HalfSent, leaveHalfSent } from './half-sent.ts'
import { makeService, type Service } from './service.ts'
import { type Storm, storm } from './storm.ts'

/** How often the process is killed while it serves; `CRASH_SEED` repeats the moments of an earlier run. */
const KILLS = Number(process.env.CRASH_KILLS ?? 30)
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

const dataDir = mkdtempSync(join(tmpdir(), 'huiyin-crash-'))
let service: Service
let result: Storm
let store: Store
let accounts: Account[]
let halfSent: HalfSent

const ledger = () => ({
  url: `file:${join(dataDir, 'huiyin.db')}`,
  secret: readFileSync(join(dataDir, 'secret.key'), 'utf8').trim(),
})

beforeAll(
  async () => {
    await promisify(execFile)(process.execPath, ['scripts/build.mjs'])
    service = await makeService(dataDir)
    process.stdout.write(`crash: CRASH_SEED=${SEED} CRASH_KILLS=${KILLS}\n`)
    const whileDown = async () => {
      halfSent = await leaveHalfSent(ledger())
    }
    result = await storm(service, { kills: KILLS, seed: SEED, whileDown })
    store = await openStore(ledger())
    accounts = await accountsOf(store, result.residents)
    process.stdout.write(`crash: ${figures()}\n`)
  },
  120_000 + KILLS * 10_000,
)

afterAll(async () => {
  await store?.close()
  await service?.kill()
  rmSync(dataDir, { recursive: true, force: true })
})

function figures() {
  const sum = (of: (account: Account) => number) => accounts.reduce((so, one) => so + of(one), 0)
  const steps = result.desks.reduce((so, desk) => so + desk.done.length, 0)
  return JSON.stringify({
    kills: result.killedAt.length,
    withWorkInHand: result.inHand,
    duringStart: result.duringStart,
    residents: accounts.length,
    messages: sum(({ journal }) => journal.sent.length),
    cut: sum(({ journal }) => journal.cut),
    cutAfterCommit: sum(account => unsaid(account, result.killedAt)),
    repeated: sum(({ journal }) => journal.repeated),
    cases: sum(({ codes }) => codes.length),
    clerkSteps: steps,
    stepsFoundAfterCut: result.desks.reduce((so, desk) => so + desk.found, 0),
  })
}

it('was killed often enough, in the middle of work', () => {
  expect(result.killedAt.length).toBeGreaterThanOrEqual(KILLS)
  expect(result.inHand).toBeGreaterThan(KILLS / 2)
  expect(service.complaints).toEqual([])
  expect(result.stuck).toEqual([])
  expect(result.exitCode).toBe(0)
})

it('keeps every acknowledged message once, in order, with its answer', () => {
  expect(accounts.flatMap(wrongMessages)).toEqual([])
})

it('keeps nobody twice and nothing nobody said', async () => {
  expect(await wrongPersons(store, accounts)).toEqual([])
})

it('answers a message that comes again as it did first, and sends a page every number once', () => {
  expect(accounts.flatMap(wrongReplies)).toEqual([])
})

it('opens exactly the cases residents were told of, numbered without gap', async () => {
  expect(accounts.flatMap(wrongCases)).toEqual([])
  expect(await wrongSerials(store)).toEqual([])
})

it('keeps every step a clerk knows to be done once', async () => {
  expect(result.desks.every(desk => desk.done.length > 0)).toBe(true)
  expect(await wrongSteps(store, result.desks)).toEqual([])
})

it('leaves no notice in the air and none doubled', async () => {
  expect(await wrongNotices(store)).toEqual([])
})

it('lists a notice whose call was cut where a repeat would be heard, and takes up the others again', async () => {
  const stateOf = async (id: string) =>
    (await store.read.sql.get<{ state: string }>('SELECT "state" FROM "Notice" WHERE "id" = ?', id))?.state
  expect(await stateOf(halfSent.byWechat)).toBe('unknown')
  expect(['waiting', 'sent', 'givenUp']).toContain(await stateOf(halfSent.byNone))
})

it('keeps its promises, its audit chain and its file', async () => {
  expect((await brokenPromises(store.read)).broken).toEqual([])
  expect(await brokenAudit(store.read)).toBeNull()
  expect(await wrongFile(store)).toEqual([])
})
