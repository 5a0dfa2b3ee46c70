import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The whole of Huiyin as its users start it: a process of its own on a free port, with the demonstration district. */
export interface Service {
  url: string
  /** What it wrote to its log as broken; a good run has nothing here. */
  faults: string[]
  /** Ends it like a power cut. */
  kill(): Promise<void>
  /** Starts it again on the same port and data, its clock at `at` where one is given. */
  start(at?: string): Promise<void>
  /** Runs a command of `huiyin` on the same data; answers what it printed. */
  command(...args: string[]): Promise<string>
  /** Ends it and throws the data away. */
  stop(): Promise<void>
}

/** Milliseconds the first start of a test file may take: the demonstration and the browser. */
export const SETTING_UP = 180_000

/** Milliseconds a start may take, the loading of the demonstration included. */
const READY_WITHIN = 60_000

export async function startService({ now }: { now?: string } = {}): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-e2e-'))
  const port = await freePort()
  const env = { ...process.env, DATA_DIR: folder, PORT: String(port), HUIYIN_BUILT: '1', LOG_LEVEL: 'warn' }
  const faults: string[] = []
  let child: ChildProcess | undefined
  const start = async (at = now) => {
    const args = ['bin/huiyin.mjs', 'serve', ...(at ? ['--now', at] : [])]
    child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout?.on('data', (said: Buffer) => {
      faults.push(
        ...String(said)
          .split('\n')
          .filter(line => /"level":(50|60)/.test(line)),
      )
    })
    await ready(child)
  }
  const kill = async () => {
    const old = child
    if (!old || old.exitCode !== null || old.signalCode) return
    const ended = new Promise(done => old.once('exit', done))
    old.kill('SIGKILL')
    await ended
  }
  process.once('exit', () => child?.kill('SIGKILL'))
  await start()
  return {
    url: `http://localhost:${port}`,
    faults,
    start,
    kill,
    async command(...words) {
      const { stdout } = await promisify(execFile)(process.execPath, ['bin/huiyin.mjs', ...words], { env })
      return stdout
    },
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error('the service did not get ready')), READY_WITHIN)
    child.once('exit', code => fail(new Error(`the service ended with ${code} before it was ready`)))
    child.stdout?.on('data', (said: Buffer) => {
      if (!String(said).includes('is ready')) return
      clearTimeout(late)
      child.removeAllListeners('exit')
      done()
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
