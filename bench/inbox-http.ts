import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { generate } from 'otplib'
import { type Desk, NOW, PASSWORD, SECRET } from './inbox-ledger.ts'
import { freePort } from './postgres.ts'
import { SERVICE } from './start.mjs'

/** A real process of the service, and clerks who are really signed in. */
export interface Served {
  port: number
  pid: number
  stop(): Promise<void>
}

/** Starts a program that says `ready`, and waits for that. */
export async function started(
  args: readonly string[],
  env: Record<string, string>,
  port: number,
): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.stdout!.on('data', data => String(data).includes('ready') && ready())
    child.on('exit', code => failed(new Error(`the server ended with ${code}`)))
  })
  return {
    port,
    pid: child.pid!,
    async stop() {
      child.removeAllListeners('exit')
      const gone = new Promise(done => child.on('exit', done))
      child.kill('SIGTERM')
      await gone
    },
  }
}

export async function served(url: string, folder: string): Promise<Served> {
  const env = {
    ...{ HUIYIN_BUILT: '1', DATABASE_URL: url, DATA_DIR: folder, SECRET_KEY: SECRET, DEMO: '0' },
    ...{ LOG_LEVEL: 'error', NODE_ENV: 'production' },
  }
  return started([...SERVICE, '--now', NOW], env, await freePort())
}

const ticks = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** Waits until what runs at a start is done: no more than a tenth of a core for three seconds. Returns seconds. */
export async function settled({ pid }: Served): Promise<number> {
  const from = performance.now()
  let calm = 0
  while (calm < 3 && performance.now() - from < 900_000) {
    const before = ticks(pid)
    await new Promise(done => setTimeout(done, 1_000))
    calm = ticks(pid) - before < 10 ? calm + 1 : 0
  }
  return (performance.now() - from) / 1000
}

/** Milliseconds the server's own thread has worked: on a busy machine this says more than the time that passed. */
export const workedBy = ({ pid }: Served): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6

export const memoryOf = ({ pid }: Served): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)

export interface Clerk extends Desk {
  get(path: string): Promise<{ ms: number; body: never }>
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

interface Answer {
  status: number
  text: string
  cookie: string
  ms: number
}

/** One question, one answer; the time from the first byte sent to the last one heard. */
export function ask(
  port: number,
  method: string,
  path: string,
  head: Record<string, string> = {},
  body?: object,
): Promise<Answer> {
  return new Promise((done, failed) => {
    const from = performance.now()
    const sent = body ? JSON.stringify(body) : ''
    const headers = {
      ...head,
      ...(body
        ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }
        : {}),
    }
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent }, answer => {
      const parts: Buffer[] = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () => {
        const cookie = (answer.headers['set-cookie'] ?? []).map(one => one.split(';')[0]).join('; ')
        const text = Buffer.concat(parts).toString('utf8')
        done({ status: answer.statusCode ?? 0, text, cookie, ms: performance.now() - from })
      })
    })
    asked.on('error', failed)
    asked.end(sent)
  })
}

/** Signs in, with a second factor where the post needs one. */
export async function signedIn({ port }: Served, desk: Desk): Promise<Clerk> {
  const api = '/api/staff'
  const entered = await ask(port, 'POST', `${api}/login`, {}, { login: desk.login, password: PASSWORD })
  if (entered.status !== 200) throw new Error(`${desk.login}: ${entered.status} ${entered.text}`)
  const me = JSON.parse(entered.text) as { csrf: string; mustSetOtp: boolean; now: string }
  const head = { cookie: entered.cookie, 'x-csrf-token': me.csrf }
  if (me.mustSetOtp) {
    const { secret } = JSON.parse((await ask(port, 'POST', `${api}/otp/setup`, head, {})).text)
    const otp = await generate({ secret, epoch: Math.floor(Date.parse(me.now) / 1000) })
    const done = await ask(port, 'POST', `${api}/otp/confirm`, head, { otp })
    if (done.status >= 300) throw new Error(`${desk.login}: ${done.status} ${done.text}`)
  }
  return {
    ...desk,
    async get(path) {
      const { status, text, ms } = await ask(port, 'GET', `${api}/${path}`, head)
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
      return { ms, body: JSON.parse(text) as never }
    },
  }
}
