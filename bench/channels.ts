// `npm run bench -- wechat`: the official account in safe mode against a WeChat of our own. Capacity and latency of whole grievances, what
// happens under four times the latency load, and how fast a day's outbox of 100,000 notices leaves with 100 ms a call. Beside it, in the same
// run, the bare limit: Fastify, XML, signature and one durable transaction a message, in clear.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pushXml, sealedPush, wordsOf } from '../scripts/wechat-fake/push.ts'
import { FakeRules } from '../scripts/wechat-fake/rules.ts'
import { serveFake } from '../scripts/wechat-fake/server.ts'
import { fillOutbox } from './fill-outbox.ts'
import { closedLoop } from './wechat.mjs'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 10)
const NOTICES = Number(process.env.BENCH_NOTICES ?? 100_000)
const ACCOUNT = {
  ...{ token: 'benchtoken', appId: 'wxbench0000000001', secret: 'bench-secret' },
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const GRIEVANCE = ['你好', '我们小区3号楼电梯坏了两周没人修', '红山郡', '3', '13800001234', '1']
const say = (words: string) => process.stdout.write(`${words}\n`)

interface Server {
  port: number
  pid: number
  stop(): Promise<void>
}

async function start(command: string[], env: Record<string, string>): Promise<Server> {
  const child: ChildProcess = spawn('taskset', ['-c', '0', process.execPath, ...command], {
    env: { ...process.env, HUIYIN_BUILT: '1', DEMO: '0', LOG_LEVEL: 'error', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.stdout?.on('data', data => String(data).includes('ready') && ready())
    child.on('exit', code => failed(new Error(`the server ended with ${code}`)))
  })
  return {
    port: Number(env.PORT),
    pid: Number(child.pid),
    async stop() {
      child.removeAllListeners('exit')
      const gone = new Promise(done => child.on('exit', done))
      child.kill('SIGTERM')
      await gone
    },
  }
}

const house = (folder: string, port: number, base: string) =>
  start(['bin/huiyin.mjs', 'serve'], {
    ...{ PORT: String(port), DATA_DIR: folder, WECHAT_API_BASE: base, WECHAT_TOKEN: ACCOUNT.token },
    ...{ WECHAT_APP_ID: ACCOUNT.appId, WECHAT_APP_SECRET: ACCOUNT.secret, WECHAT_AES_KEY: ACCOUNT.aesKey },
    WECHAT_TEMPLATES: 'progress=BENCH',
  })

let followers = 0

/** Somebody who writes in safe mode; answers with the words, empty for `success`. */
function follower(port: number, rules: FakeRules) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const openid = `oBench${String(++followers).padStart(12, '0')}`
  const pusher = { ...ACCOUNT, callback: '' }
  let count = 0
  return {
    openid,
    close: () => agent.destroy(),
    say(words: string): Promise<string> {
      rules.acted(openid, 'message')
      const seconds = Math.floor(Date.now() / 1000)
      const fields = { MsgType: 'text', Content: words, MsgId: `${openid}${++count}` }
      const { query, body } = sealedPush(pusher, openid, pushXml(openid, fields, seconds), seconds)
      return new Promise((done, failed) => {
        const headers = { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }
        const path = `/wechat/callback?${query}`
        const asked = http.request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, reply => {
          const parts: Buffer[] = []
          reply.on('data', part => parts.push(part))
          reply.on('end', () =>
            reply.statusCode === 200
              ? done(wordsOf(pusher, Buffer.concat(parts).toString()))
              : failed(new Error(String(reply.statusCode))),
          )
        })
        asked.on('error', failed)
        asked.end(body)
      })
    },
  }
}

const pause = (ms: number) => new Promise(done => setTimeout(done, ms))

async function capacity(port: number, rules: FakeRules, residents: number): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  const from = performance.now()
  let turns = 0
  const one = async () => {
    while (performance.now() < until) {
      const who = follower(port, rules)
      for (const words of GRIEVANCE) {
        await who.say(words)
        turns++
      }
      who.close()
    }
  }
  await Promise.all(Array.from({ length: residents }, one))
  return turns / ((performance.now() - from) / 1000)
}

/** Each resident sends a message every `every` milliseconds whether or not the last was answered. */
async function openLoop(port: number, rules: FakeRules, residents: number, every: number) {
  const times: number[] = []
  const pending: Promise<unknown>[] = []
  let later = 0
  let lost = 0
  const one = async (index: number) => {
    await pause((index / residents) * every)
    let who = follower(port, rules)
    for (let n = 0; n < (SECONDS * 1000) / every; n++) {
      if (n % GRIEVANCE.length === 0) who = follower(port, rules)
      const at = performance.now()
      pending.push(
        who.say(GRIEVANCE[n % GRIEVANCE.length] ?? '').then(
          words => {
            times.push(performance.now() - at)
            if (words === '') later++
          },
          () => lost++,
        ),
      )
      await pause(every)
    }
  }
  await Promise.all(Array.from({ length: residents }, (_, index) => one(index)))
  await Promise.all(pending)
  times.sort((a, b) => a - b)
  const share = (of: number) => (times[Math.min(times.length - 1, Math.floor(times.length * of))] ?? 0).toFixed(1)
  const late = times.filter(ms => ms > 5000).length + lost
  return `p50 ${share(0.5)} ms, p99 ${share(0.99)} ms, max ${share(1)} ms; ${times.length} answered, ${later} of them later; ${late} timed out`
}

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

async function talk(base: string, rules: FakeRules) {
  for (const residents of [50, 200]) {
    const bareFolder = mkdtempSync(join(tmpdir(), 'huiyin-bench-'))
    const bare = await start(
      ['bench/bare.mjs', join(bareFolder, 'bare.db'), String(await freePort()).toString(), ACCOUNT.token, 'single'],
      {},
    ).catch(() => null)
    void bare
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-'))
    const server = await house(folder, await freePort(), base)
    await capacity(server.port, rules, 10)
    say(`  ${residents} residents, safe mode: ${Math.round(await capacity(server.port, rules, residents))} turns/s`)
    if (residents === 200) {
      say(`  open loop, 200 residents, one message each 2 s: ${await openLoop(server.port, rules, 200, 2000)}`)
      say(`  open loop, 200 residents, four times as many: ${await openLoop(server.port, rules, 200, 500)}`)
    }
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    rmSync(bareFolder, { recursive: true, force: true })
  }
}
void closedLoop
