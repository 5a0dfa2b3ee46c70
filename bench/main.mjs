// `npm run bench`: capacity and latency by the WeChat callback, beside the bare limit in the same run; boot; memory.
// The server runs on one core, this driver on another. Run it alone on the machine: `npm run bench`, or with a name
// (`conversation`, `boot`, `memory`, `slots`, `care`, `understand`, `board`, `inbox`, `wechat`, `live`, `audit`). Figures go to docs/operations.md by hand, with the machine they came from.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStale } from '../scripts/build.mjs'
import { FLAGS, SERVICE } from './start.mjs'
import { closedLoop, GRIEVANCE, openLoop, resident } from './wechat.mjs'

const TOKEN = 'benchtoken'
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10)
/** The compiler is busy with a program of this size for some ten seconds after a start; that is no part of a turn. Both are warmed alike. */
const WARM = 15
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const wanted = process.argv[2] ?? 'all'

async function conversation() {
  say(
    `conversation: ${GRIEVANCE.length} messages a grievance, ${SECONDS} s a round, median of ${ROUNDS}; ${cpus()[0].model}`,
  )
  for (const residents of [50, 200]) {
    const rounds = { bare: [], 'bare, group commit': [], huiyin: [] }
    for (let round = 0; round < ROUNDS; round++)
      for (const kind of Object.keys(rounds)) {
        const server = await start(kind)
        await closedLoop({
          port: server.port,
          token: TOKEN,
          residents,
          seconds: WARM,
          finished: server.finished,
        })
        const run = await closedLoop({
          port: server.port,
          token: TOKEN,
          residents,
          seconds: SECONDS,
          finished: server.finished,
        })
        rounds[kind].push(run.turnsPerSecond)
        await server.stop()
      }
    const figure = kind => median(rounds[kind])
    for (const kind of Object.keys(rounds))
      say(`  ${residents} residents, ${kind}: ${Math.round(figure(kind))} turns/s`)
    say(`  ${residents} residents, huiyin : bare = ${(figure('huiyin') / figure('bare')).toFixed(2)}`)
  }
}

async function latency() {
  const runs = []
  for (let round = 0; round < ROUNDS; round++) {
    const server = await start('huiyin')
    await closedLoop({
      port: server.port,
      token: TOKEN,
      residents: 20,
      seconds: 2,
      finished: server.finished,
    })
    runs.push(
      await openLoop({ port: server.port, token: TOKEN, residents: 200, seconds: Math.max(12, SECONDS) }),
    )
    await server.stop()
  }
  for (const share of ['p50', 'p95', 'p99', 'max'])
    say(`  open loop, 200 residents, ${share}: ${median(runs.map(run => run[share])).toFixed(1)} ms`)
}

async function boot() {
  const times = []
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-'))
  for (let round = 0; round < ROUNDS + 1; round++) {
    const from = performance.now()
    const server = await start('huiyin', folder)
    times.push(performance.now() - from)
    await server.stop(true)
  }
  rmSync(folder, { recursive: true, force: true })
  say(
    `boot to ready: first ${Math.round(times[0])} ms (new database), then ${Math.round(median(times.slice(1)))} ms`,
  )
}

async function memory() {
  const server = await start('huiyin')
  const before = rss(server.pid)
  let done = 0
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      while (done < 10_000) {
        done++
        const one = resident(server.port, TOKEN)
        for (const words of GRIEVANCE) await one.say(words)
        one.close()
      }
    }),
  )
  say(`memory: ${before} MB at start, ${rss(server.pid)} MB after 10,000 conversations`)
  await server.stop()
}

async function start(kind, keptFolder) {
  const folder = keptFolder ?? mkdtempSync(join(tmpdir(), 'huiyin-bench-'))
  const port = await freePort()
  const group = kind.includes('group') ? 'group' : 'single'
  const command =
    kind === 'huiyin'
      ? [process.execPath, SERVICE]
      : [process.execPath, [...FLAGS, 'bench/bare.mjs', join(folder, 'bare.db'), String(port), TOKEN, group]]
  const env = {
    ...process.env,
    HUIYIN_BUILT: '1',
    PORT: String(port),
    DATA_DIR: folder,
    DEMO: '0',
    WECHAT_TOKEN: TOKEN,
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
  }
  const child = spawn('taskset', ['-c', '0', command[0], ...command[1]], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((ready, failed) => {
    child.stdout.on('data', data => String(data).includes('ready') && ready())
    child.on('exit', code => failed(new Error(`the server ended with ${code}`)))
  })
  return {
    port,
    pid: child.pid,
    finished: reply => (kind === 'huiyin' ? /HS-\d{8}-\d{4,}/.test(reply) : reply.includes('ok')),
    async stop(keep = keptFolder !== undefined) {
      child.removeAllListeners('exit')
      const gone = new Promise(done => child.on('exit', done))
      child.kill('SIGTERM')
      await gone
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function rss(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)
  return Math.round(Number(line?.[1] ?? 0) / 1024)
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const say = words => process.stdout.write(`${words}\n`)

function freePort() {
  return new Promise(done => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

if (wanted === 'board' || wanted === 'audit') {
  const run = spawnSync(process.execPath, ['scripts/run.mjs', `bench/${wanted}.ts`], { stdio: 'inherit' })
  process.exit(run.status ?? 1)
}
if (wanted === 'inbox') {
  // By itself, and not among `all`: a million cases on each database take an hour to make.
  await buildStale()
  const run = spawnSync(process.execPath, ['scripts/run.mjs', 'bench/inbox.ts'], { stdio: 'inherit' })
  process.exit(run.status ?? 1)
}
if (wanted === 'all' || wanted === 'slots') {
  const run = spawnSync(process.execPath, ['scripts/run.mjs', 'bench/slots.ts'], { stdio: 'inherit' })
  if (run.status !== 0 || wanted === 'slots') process.exit(run.status ?? 1)
}
if (wanted === 'all' || wanted === 'understand') {
  const run = spawnSync('taskset', ['-c', '0', process.execPath, 'scripts/run.mjs', 'bench/understand.ts'], {
    stdio: 'inherit',
  })
  if (run.status !== 0 || wanted === 'understand') process.exit(run.status ?? 1)
}
if (wanted === 'all' || wanted === 'care')
  spawnSync('taskset', ['-c', '1', process.execPath, 'scripts/run.mjs', 'bench/care.ts'], {
    stdio: 'inherit',
  })
if (wanted === 'care') process.exit()
await buildStale()
if (wanted === 'all' || wanted === 'wechat') {
  const run = spawnSync('taskset', ['-c', '1', process.execPath, 'scripts/run.mjs', 'bench/channels.ts'], {
    stdio: 'inherit',
  })
  if (run.status !== 0 || wanted === 'wechat') process.exit(run.status ?? 1)
}
spawnSync('taskset', ['-cp', '1', String(process.pid)])
if (wanted === 'live') {
  const run = spawnSync('taskset', ['-c', '1', process.execPath, 'scripts/run.mjs', 'bench/live.ts'], {
    stdio: 'inherit',
  })
  process.exit(run.status ?? 1)
}
if (wanted === 'all' || wanted === 'conversation') {
  await conversation()
  await latency()
}
if (wanted === 'all' || wanted === 'boot') await boot()
if (wanted === 'all' || wanted === 'memory') await memory()
