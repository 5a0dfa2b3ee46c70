// `npm run bench -- wechat`: the official account in safe mode against a WeChat of our own. Capacity and latency of whole grievances, what
// happens under four times the latency load, and how fast a day's outbox of 100,000 notices leaves with 100 ms a call. Beside it, in the same
// run, the bare limit: Fastify, XML, signature and one durable transaction a message, in clear.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pusher } from '../scripts/wechat-fake/push.ts'
import { FakeRules } from '../scripts/wechat-fake/rules.ts'
import { serveFake } from '../scripts/wechat-fake/server.ts'
import { fillOutbox } from './fill-outbox.ts'
import { type Answered, capacity, openLoop } from './followers.ts'
import { FLAGS, SERVICE } from './start.mjs'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 10)
/** The compiler is busy with a program of this size for some ten seconds after a start; that is no part of a turn. Both are warmed alike. */
const WARM = 15
const NOTICES = Number(process.env.BENCH_NOTICES ?? 100_000)
const SECRET_KEY = 'a secret of the bench, longer than thirty-two characters'
const ACCOUNT = {
  ...{ token: 'benchtoken', appId: 'wxbench0000000001', secret: 'bench-secret' },
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const SEALED: Pusher = { ...ACCOUNT, callback: '' }
const CLEAR: Pusher = { ...SEALED, aesKey: null }
const say = (words: string) => process.stdout.write(`${words}\n`)

async function start(command: readonly string[], env: Record<string, string>) {
  const child = spawn('taskset', ['-c', '0', process.execPath, ...command], {
    env: { ...process.env, HUIYIN_BUILT: '1', DEMO: '0', LOG_LEVEL: 'error', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', data => String(data).includes('ready') && ready())
    child.on('exit', code => failed(new Error(`the server ended with ${code}`)))
  })
  const stop = async () => {
    child.removeAllListeners('exit')
    const gone = new Promise(done => child.on('exit', done))
    child.kill('SIGTERM')
    await gone
  }
  return { pid: Number(child.pid), stop }
}

const house = (folder: string, port: number, base: string) =>
  start(SERVICE, {
    ...{
      PORT: String(port),
      DATA_DIR: folder,
      WECHAT_API_BASE: base,
      WECHAT_TOKEN: ACCOUNT.token,
      SECRET_KEY,
    },
    ...{ WECHAT_APP_ID: ACCOUNT.appId, WECHAT_APP_SECRET: ACCOUNT.secret, WECHAT_AES_KEY: ACCOUNT.aesKey },
    WECHAT_TEMPLATES: 'progress=BENCH',
  })

const rss = (pid: number) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)

const freePort = () =>
  new Promise<number>(done => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })

const fresh = () => mkdtempSync(join(tmpdir(), 'huiyin-bench-'))
const at = ({ times }: Answered, share: number) =>
  (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1)

async function talk(base: string, rules: FakeRules) {
  for (const residents of [50, 200]) {
    const load = { rules, residents, seconds: SECONDS }
    const bareFolder = fresh()
    const barePort = await freePort()
    const bare = await start(
      [...FLAGS, 'bench/bare.mjs', join(bareFolder, 'bare.db'), String(barePort), ACCOUNT.token, 'single'],
      {},
    )
    await capacity({ ...load, port: barePort, pusher: CLEAR, seconds: WARM })
    const limit = await capacity({ ...load, port: barePort, pusher: CLEAR })
    await bare.stop()
    const folder = fresh()
    const port = await freePort()
    const server = await house(folder, port, base)
    await capacity({ ...load, port, pusher: SEALED, seconds: WARM })
    const ours = await capacity({ ...load, port, pusher: SEALED })
    say(
      `  ${residents} residents: bare ${Math.round(limit)} turns/s, safe mode ${Math.round(ours)}, ratio ${(ours / limit).toFixed(2)}`,
    )
    if (residents === 200)
      for (const every of [2000, 500]) {
        const told = await openLoop({ ...load, port, pusher: SEALED, every, seconds: Math.max(12, SECONDS) })
        say(
          `  open loop, ${residents} residents, a message each ${every} ms: p50 ${at(told, 0.5)}, p99 ${at(told, 0.99)}, max ${at(told, 1)} ms; ${told.later} answered later, ${told.timedOut} timed out`,
        )
      }
    await server.stop()
    for (const one of [folder, bareFolder]) rmSync(one, { recursive: true, force: true })
  }
}

/** A day's outbox, waiting at the start. */
async function drain(base: string, rules: FakeRules) {
  const folder = fresh()
  const url = `file:${join(folder, 'huiyin.db')}`
  const openids = await fillOutbox(url, { secret: SECRET_KEY, appId: ACCOUNT.appId, count: NOTICES })
  for (const openid of openids) rules.follower(openid)
  rules.state.latency = 100
  const sent = () => rules.counts.template ?? 0
  const before = sent()
  const server = await house(folder, await freePort(), base)
  const from = performance.now()
  const memory: number[] = []
  while (sent() - before < NOTICES && performance.now() - from < 600_000) {
    await new Promise(done => setTimeout(done, 1000))
    memory.push(rss(server.pid))
  }
  const seconds = (performance.now() - from) / 1000
  const rate = Math.round((sent() - before) / seconds)
  const third = (n: number) => memory[Math.floor((memory.length - 1) * n)]
  say(
    `  outbox: ${sent() - before} notices in ${seconds.toFixed(0)} s with 100 ms a call: ${rate}/s; memory ${third(0.1)}, ${third(0.5)}, ${third(1)} MB at a tenth, half and the end`,
  )
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

const rules = new FakeRules({ ...ACCOUNT, countOnly: true })
const fake = await serveFake(rules)
say(`wechat: ${SECONDS} s a round`)
await talk(fake.base, rules)
await drain(fake.base, rules)
await fake.close()
