// `npm run bench -- live`: so many clerks live on one process, with real log-ins and lines, clerks grabbing, noting and replying and residents writing
// meanwhile: how long until the hint of a change is on every other clerk's line, CPU and memory of the service, and, with every line cut again and again
// at random moments, whether any list lacks a row or shows an old one. LIVE_CLERKS (300), LIVE_SECONDS (30), LIVE_ACTS (clerks' steps a second, 5).
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { keepUnits } from '../src/actions/keep-units.ts'
import { hashPassword } from '../src/actions/secrets.ts'
import { loadDistrict } from '../src/district.ts'
import type { StaffRole } from '../src/rules/people/roles.ts'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { addStaff } from '../src/store/staff.ts'
import { Clerk, cutAgainAndAgain, differing } from './clerks.ts'
import { SERVICE } from './start.mjs'

const CLERKS = Number(process.env.LIVE_CLERKS ?? 300)
const SECONDS = Number(process.env.LIVE_SECONDS ?? 30)
const ACTS = Number(process.env.LIVE_ACTS ?? 5)
const CASES = 150
const SECRET_KEY = 'a secret of the bench, longer than thirty-two characters'
const PASSWORD = 'a password of the bench 1'
const say = (words: string) => process.stdout.write(`${words}\n`)
const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms))
const pick = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)]!
const district = loadDistrict(resolve('config/hongshan'))
const estates = (
  JSON.parse(readFileSync('config/hongshan/estates.json', 'utf8')) as { estates: { name: string }[] }
).estates.map(one => one.name)

/** Accounts as a district has them: most in towns, some in departments, a few at the district desk. */
async function people(url: string): Promise<string[]> {
  const now = new Date().toISOString()
  await migrate(url, 'prisma/migrations', now)
  const store = await openStore({ url, secret: SECRET_KEY })
  await keepUnits({ store, district, now: () => now } as Parameters<typeof keepUnits>[0])
  const passwordHash = await hashPassword(PASSWORD)
  const towns = [...district.units.values()].filter(unit => /^\d{9}$/.test(unit.code))
  const logins: string[] = []
  await store.write(async tx => {
    for (let n = 0; n < CLERKS; n++) {
      const [role, unitId]: [StaffRole, string] =
        n % 25 === 0
          ? ['districtDispatcher', district.code]
          : n % 4 === 0
            ? ['departmentClerk', district.departments[n % district.departments.length]!.code]
            : ['townClerk', towns[n % towns.length]!.code]
      const login = `clerk${n}`
      const roles = [{ role, unitId }]
      await addStaff(tx, { login, name: `张${n}`, roles, passwordHash, demo: false }, now)
      logins.push(login)
    }
  })
  await store.close()
  return logins
}

async function start(folder: string, port: number) {
  const child = spawn('taskset', ['-c', '0', process.execPath, ...SERVICE], {
    env: {
      ...process.env,
      ...{
        HUIYIN_BUILT: '1',
        DEMO: '0',
        LOG_LEVEL: 'error',
        PORT: String(port),
        DATA_DIR: folder,
        SECRET_KEY,
      },
    },
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

const rss = (pid: number) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
/** Seconds of processor time a process has used. */
function cpu(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

let said = 0
/** A resident with a browser: files a grievance, and goes on talking. */
async function resident(host: string) {
  let cookie = ''
  const send = async (path: string, body: object) => {
    const answer = await fetch(`http://${host}/api/resident/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://${host}`, cookie },
      body: JSON.stringify(body),
    })
    cookie ||= (answer.headers.get('set-cookie') ?? '').split(';')[0]!
    return JSON.stringify(await answer.json())
  }
  await send('session', {})
  const speak = (text: string) => send('messages', { id: `m${++said}`, text })
  return {
    speak,
    async file(): Promise<string | null> {
      await speak(`3号楼电梯坏了两周，物业不管，我是${pick(estates)}的，电话13800000000`)
      await speak('3')
      return /HS-\d{8}-\d{4,}/.exec(await speak('1'))?.[0] ?? null
    },
  }
}

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
const figures = (values: readonly number[]) =>
  `p50 ${percentile(values, 0.5).toFixed(0)}, p95 ${percentile(values, 0.95).toFixed(0)}, p99 ${percentile(values, 0.99).toFixed(0)}, max ${percentile(values, 1).toFixed(0)} ms (${values.length} hints)`

/** A change on its way: when its answer was back, and who has heard of it. */
const changed = new Map<string, { at: number; heard: Set<string> }>()
const hints: number[] = []
/** The time of the answers to clerks' steps, and to residents' messages. Milliseconds. */
const steps: number[] = []
const turns: number[] = []

function hinted(login: string, code: string) {
  const change = changed.get(code)
  if (!change || change.heard.has(login)) return
  change.heard.add(login)
  hints.push(performance.now() - change.at)
}

/** Clerks and residents at work, so many steps and messages a second, until told to stop. */
function atWork(clerks: readonly Clerk[], codes: string[], writers: Awaited<ReturnType<typeof resident>>[]) {
  const act = async () => {
    const clerk = pick(clerks.filter(one => !one.isCut && one.rows.length > 0))
    const row = clerk && pick(clerk.rows.slice(0, 50))
    if (!row) return
    const from = performance.now()
    changed.set(row.code, { at: from, heard: new Set() })
    const verb = pick(['grab', 'note', 'note', 'message'])
    const done = await clerk.step(row.code, verb, { text: '已联系物业，明天上门看电梯。' })
    if (done) steps.push(performance.now() - from)
    else changed.delete(row.code)
  }
  const write = async () => {
    const from = performance.now()
    await pick(writers).speak('电梯还没修好，什么时候来人？')
    turns.push(performance.now() - from)
  }
  const file = async () => {
    const code = await (await resident(host)).file()
    if (code) codes.push(code)
  }
  const timers = [
    setInterval(() => void act().catch(() => undefined), 1000 / ACTS),
    setInterval(() => void write().catch(() => undefined), 200),
    setInterval(() => void file().catch(() => undefined), 3_000),
  ]
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

let host = ''

async function live() {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-live-'))
  const port = await freePort()
  host = `127.0.0.1:${port}`
  const logins = await people(`file:${join(folder, 'huiyin.db')}`)
  const server = await start(folder, port)
  try {
    const writers = await Promise.all(Array.from({ length: 20 }, () => resident(host)))
    const codes: string[] = []
    for (let n = 0; n < CASES; n += 10)
      for (const code of await Promise.all(
        Array.from({ length: 10 }, async () => (await resident(host)).file()),
      ))
        if (code) codes.push(code)
    const clerks = logins.map(
      login => new Clerk({ host, login, password: PASSWORD, hinted: code => hinted(login, code) }),
    )
    const from = performance.now()
    for (let n = 0; n < clerks.length; n += 10)
      await Promise.all(clerks.slice(n, n + 10).map(clerk => clerk.enter()))
    say(
      `${clerks.length} clerks logged in within ${((performance.now() - from) / 1000).toFixed(0)} s; ${codes.length} cases; load ${loadavg()[0]!.toFixed(1)}`,
    )
    for (let n = 0; n < clerks.length; n += 20)
      await Promise.all(clerks.slice(n, n + 20).map(clerk => clerk.connect()))
    await Promise.all(clerks.map(clerk => clerk.idle()))
    await measured(server.pid, clerks, codes, writers)
    const lost = await cutting(clerks, codes, writers)
    if (lost > 0) process.exitCode = 1
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measured(
  pid: number,
  clerks: Clerk[],
  codes: string[],
  writers: Awaited<ReturnType<typeof resident>>[],
) {
  const idle = cpu(pid)
  await pause(5_000)
  say(`connected and idle: ${(((cpu(pid) - idle) / 5) * 100).toFixed(0)} % of a core, ${rss(pid)} MB`)
  const [before, from] = [cpu(pid), performance.now()]
  const stop = atWork(clerks, codes, writers)
  await pause(SECONDS * 1000)
  stop()
  await pause(1_000)
  const used = ((cpu(pid) - before) / ((performance.now() - from) / 1000)) * 100
  say(`at work (${ACTS} steps, 5 messages a second): hints on the others' lines ${figures(hints)}`)
  say(`  steps ${figures(steps)}; residents' turns ${figures(turns)}`)
  say(
    `  ${used.toFixed(0)} % of a core, ${rss(pid)} MB, load ${loadavg()[0]!.toFixed(1)}; failed fetches ${clerks.reduce((n, one) => n + one.faults, 0)}`,
  )
}

/** Every line cut at random moments while work goes on; then each list beside what the ledger says now. Returns how many rows differ. */
async function cutting(
  clerks: Clerk[],
  codes: string[],
  writers: Awaited<ReturnType<typeof resident>>[],
): Promise<number> {
  const stop = atWork(clerks, codes, writers)
  const ends = performance.now() + SECONDS * 1000
  const cuts = await Promise.all(
    clerks.map(clerk =>
      cutAgainAndAgain(clerk, { until: () => performance.now() > ends, most: 12_000, any: Math.random }),
    ),
  )
  stop()
  await pause(3_000)
  await Promise.all(clerks.map(clerk => clerk.idle()))
  let lost = 0
  for (const clerk of clerks) {
    const rows = differing(clerk.rows, await clerk.list())
    lost += rows.length
    if (rows.length) say(`  ${clerk.login}: ${rows.slice(0, 3).join(' | ')}`)
  }
  say(`${cuts.reduce((a, b) => a + b, 0)} lines cut in ${SECONDS} s: ${lost} rows lost or old`)
  return lost
}

function freePort(): Promise<number> {
  return new Promise(done => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => done(typeof at === 'object' && at ? at.port : 0))
    })
  })
}

await live()
