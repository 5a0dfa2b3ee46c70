// The service with its demonstration district on a free port, and a resident of it with one grievance.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const READY_WITHIN = 120_000
const MATTER = '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000'

export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

/** Starts it; `stop` ends it and throws its data away. */
export async function startService() {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-measure-'))
  const port = await freePort()
  const env = { ...process.env, DATA_DIR: folder, PORT: String(port), HUIYIN_BUILT: '1', LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, ['bin/huiyin.mjs', 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  await new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error('the service did not get ready')), READY_WITHIN)
    child.stdout.on('data', said => {
      if (!String(said).includes('is ready')) return
      clearTimeout(late)
      done()
    })
  })
  return {
    url: `http://localhost:${port}`,
    stop() {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Somebody who has handed in a grievance: the cookies and the number of the case. */
export async function resident(url) {
  const opened = await fetch(`${url}/api/resident/session`, post({}))
  const cookies = opened.headers.getSetCookie().map(line => line.split(';')[0].split('='))
  const cookie = cookies.map(pair => pair.join('=')).join('; ')
  for (const [id, text] of [MATTER, '3', '1'].entries())
    await fetch(`${url}/api/resident/messages`, post({ id: `m${id}`, text }, { cookie }))
  const { cases } = await (await fetch(`${url}/api/resident/cases`, { headers: { cookie } })).json()
  const { services } = await (await fetch(`${url}/api/resident/services`)).json()
  if (!cases[0]) throw new Error('the grievance was not taken')
  return {
    code: cases[0].code,
    service: services[0].key,
    cookies: cookies.map(([name, value]) => ({ name, value, url })),
  }
}

/** A dispatcher of the demonstration district, signed in: the cookies. */
export async function dispatcher(url) {
  const signed = await fetch(`${url}/api/staff/login`, post({ login: 'dispatcher', password: 'huiyin-demo' }))
  if (!signed.ok) throw new Error(`the dispatcher was not let in: ${signed.status}`)
  return signed.headers.getSetCookie().map(line => {
    const [name, value] = line.split(';')[0].split('=')
    return { name, value, url }
  })
}

const post = (body, headers = {}) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})
