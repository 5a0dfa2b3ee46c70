import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

export const WECHAT_TOKEN = 'crashToken'
const run = promisify(execFile)
const BIN = 'bin/huiyin.mjs'
/** Milliseconds a start may take on a busy machine. */
const START_WITHIN = 30_000

/** A real server process over one folder of data, killed and started again on the same port. */
export interface Service {
  port: number
  /** Calls under way. */
  inHand: number
  /** False when the process ended before it was ready. */
  start(): Promise<boolean>
  /** SIGKILL: nothing of the process runs after it. */
  kill(): Promise<void>
  /** SIGTERM, as a service manager ends it. The exit code. */
  stop(): Promise<number | null>
  /** Runs a command of the command line over the same data; what it printed. */
  command(...args: string[]): Promise<string>
  /** Everything the processes said besides that they are ready: faults of the program. */
  complaints: string[]
}

export async function makeService(dataDir: string, more: Record<string, string> = {}): Promise<Service> {
  const port = await freePort()
  const env = {
    ...process.env,
    ...{ DATA_DIR: dataDir, PORT: String(port), HUIYIN_BUILT: '1', DEMO: '0', LOG_LEVEL: 'error' },
    ...{ WECHAT_TOKEN, HOST: '127.0.0.1', NODE_ENV: '', PUBLIC_URL: '', DATABASE_URL: '', SECRET_KEY: '' },
    ...more,
  }
  const complaints: string[] = []
  let child: ChildProcess | undefined
  let gone: Promise<number | null> = Promise.resolve(null)

  async function end(signal: 'SIGKILL' | 'SIGTERM') {
    child?.kill(signal)
    return gone
  }

  process.once('exit', () => child?.kill('SIGKILL'))
  return {
    ...{ port, inHand: 0, complaints },
    async start() {
      const started = spawn(process.execPath, [BIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      child = started
      gone = new Promise(done => started.once('close', code => done(code)))
      return readyOf(started, gone, complaints)
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    command: async (...args) => (await run(process.execPath, [BIN, ...args], { env })).stdout,
  }
}

/** Waits for the word that it serves; whatever else it says is kept. */
async function readyOf(child: ChildProcess, gone: Promise<unknown>, complaints: string[]): Promise<boolean> {
  const ready = new Promise<boolean>(done => {
    const hear = (data: Buffer) => {
      for (const line of String(data).split('\n').filter(Boolean)) {
        if (line.includes('is ready')) done(true)
        else complaints.push(line)
      }
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`not ready: ${complaints.join('\n')}`)), START_WITHIN)
  })
  return Promise.race([ready, gone.then(() => false), late]).finally(() => clearTimeout(timer))
}

/**
 * A free port below the range the system hands out for outgoing calls: while the service is down, a caller that is given
 * the very port it calls would be connected to itself, and the next start would find the port taken.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    const free = await new Promise<boolean>(done => {
      const probe = createServer().once('error', () => done(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
    })
    if (free) return port
  }
}
