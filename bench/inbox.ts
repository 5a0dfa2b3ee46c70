// `npm run bench -- inbox`: the desk over a million cases and ten million entries, by the real HTTP API of a real process, by clerks of different
// roles who really signed in. BENCH_DIR (where the ledgers are made and kept), BENCH_STORE (`sqlite,postgres`), BENCH_CASES, BENCH_ROUNDS, BENCH_TIMES,
// BENCH_ONLY (a pattern of lines), BENCH_GENERATE=only (makes what is missing, measures nothing).
import { createReadStream } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type District, loadDistrict } from '../src/district.ts'
import { openStore } from '../src/store/db.ts'
import { chance } from './chance.ts'
import { ask, memoryOf, type Served, served, settled, signedIn, started, workedBy } from './inbox-http.ts'
import { desksOf, ledgerOn, SECRET } from './inbox-ledger.ts'
import { boardLines, type Line, linesOf } from './inbox-lines.ts'
import { freePort } from './postgres.ts'

const CASES = Number(process.env.BENCH_CASES ?? 1_000_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
/** Questions of a kind in a round. */
const TIMES = Number(process.env.BENCH_TIMES ?? 20)
/** Only lines of these names. */
const ONLY = new RegExp(process.env.BENCH_ONLY ?? '')
const folder = process.env.BENCH_DIR ?? join(tmpdir(), 'huiyin-bench-inbox')
const stores = (process.env.BENCH_STORE ?? 'sqlite,postgres').split(',') as ('sqlite' | 'postgres')[]
const district = loadDistrict(resolve('config/hongshan'))

const say = (line: string) => process.stdout.write(`${line}\n`)
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const at = (values: readonly number[], share: number) =>
  values[Math.min(values.length - 1, Math.floor(values.length * share))]!

/** Log-ins of an earlier run end, and second factors are set up anew. */
async function freshLogins(url: string) {
  const store = await openStore({ url, secret: SECRET })
  await store.write(async tx => {
    await tx.sql.run('DELETE FROM "Login"')
    await tx.sql.run('UPDATE "Staff" SET "otpEnc" = NULL, "otpConfirmedAt" = NULL, "otpLastStep" = 0')
  })
  await store.close()
}

/** A service that has been at work a day has what lists read in memory; a file not read since it was made has not. */
async function warm(url: string) {
  if (url.startsWith('file:')) {
    await pipeline(createReadStream(url.slice(5)), new Writable({ write: (_, __, done) => done() }))
    return
  }
  const store = await openStore({ url, secret: SECRET })
  await store.read.sql.all('CREATE EXTENSION IF NOT EXISTS pg_prewarm')
  await store.read.sql.all(
    `SELECT SUM(pg_prewarm(oid::regclass)) AS "n" FROM pg_class WHERE relkind IN ('r', 'i') AND relname ~ '^(Case|CaseSearch|OpenMark|Order|Deadline|Key|Entry|Notice|Message|Person|Point)(_|$)'`,
  )
  await store.close()
}

let kept = 0
let broken = 0

/** Rounds of one kind of question; medians over the rounds. `own`: what the server's thread worked, at p95. */
async function measured(server: Served, name: string, most: number, once: () => Promise<number>) {
  const rounds: number[][] = []
  const own: number[][] = []
  await once()
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = []
    const works: number[] = []
    for (let n = 0; n < TIMES; n++) {
      const before = workedBy(server)
      times.push(await once())
      works.push(workedBy(server) - before)
    }
    rounds.push(times.sort((a, b) => a - b))
    own.push(works.sort((a, b) => a - b))
  }
  const over = (of: readonly number[][], share: number) => median(of.map(times => at(times, share)))
  const p95 = over(rounds, 0.95)
  if (p95 < most) kept += 1
  else broken += 1
  const figures = [over(rounds, 0.5), p95, over(rounds, 1), over(own, 0.95)]
  const said = figures.map(ms => ms.toFixed(1).padStart(7)).join(' ')
  say(`  ${name.padEnd(44)} ${said}  < ${most}${p95 < most ? '' : '   TOO SLOW'}`)
}

async function bare(server: Served) {
  say(
    `the bare limit (p50, p95, max, and the server's own work at p95, in ms; load ${loadavg()[0]!.toFixed(1)})`,
  )
  const { any } = chance(5)
  await measured(server, 'a constant', 50, async () => (await ask(server.port, 'GET', '/constant')).ms)
  await measured(
    server,
    'a row by its key',
    50,
    async () => (await ask(server.port, 'GET', `/row/${any(1_700_000_000)}`)).ms,
  )
}

async function desks(server: Served, of: District) {
  for (const desk of desksOf(of)) {
    const clerk = await signedIn(server, desk)
    say(`${desk.says} (load ${loadavg()[0]!.toFixed(1)})`)
    const lines: Line[] = await linesOf(clerk, of, chance(3), CASES)
    if (desk.role !== 'gridHead') lines.push(...boardLines())
    for (const { name, most, path } of lines.filter(line => ONLY.test(line.name)))
      await measured(server, name, most, async () => (await clerk.get(path())).ms)
  }
}

for (const kind of stores) {
  const ledger = await ledgerOn(kind, folder, CASES, district)
  try {
    if (process.env.BENCH_GENERATE === 'only') continue
    await freshLogins(ledger.url)
    await warm(ledger.url)
    const limit = await started(['bench/bare-read.mjs', ledger.url], {}, await freePort())
    await bare(limit)
    await limit.stop()
    const from = performance.now()
    const server = await served(ledger.url, join(folder, kind))
    say(
      `ready in ${((performance.now() - from) / 1000).toFixed(1)} s; what runs at a start took ${(await settled(server)).toFixed(0)} s more`,
    )
    await desks(server, district)
    say(`memory of the process: ${memoryOf(server)} MB`)
    await server.stop()
  } finally {
    await ledger.close()
  }
}
say(`${kept} lines as wanted, ${broken} too slow`)
