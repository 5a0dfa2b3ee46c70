import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { hashPassword } from '../../src/actions/secrets.ts'
import { buildServer } from '../../src/api/server.ts'
import type { Receive } from '../../src/bot/channel.ts'
import { type Channels, openChannels } from '../../src/channels.ts'
import { readConfig } from '../../src/config.ts'
import type { StaffRole } from '../../src/rules/people/roles.ts'
import { addStaff } from '../../src/store/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

export const PASSWORD = 'a password of staff'
export const TOKEN = 'wechatToken'
const hashed = hashPassword(PASSWORD)

export interface Api extends TestHouse {
  app: FastifyInstance
  /** What the environment of the test configures. */
  channels: Channels
  /** Makes an account; the password is `PASSWORD`. */
  staff(login: string, role: StaffRole, unitId: string, demo?: boolean): Promise<string>
  /** Somebody with a browser: keeps cookies, sends the CSRF token it was given. */
  browser(): Browser
  /** A browser already signed in. */
  desk(login: string): Promise<Browser>
  /** Opens a grievance of somebody who lives in 红山郡 (西城街道); answers with its code. */
  grievance(browser: Browser): Promise<string>
}

export interface Browser {
  cookies: Record<string, string>
  csrf: string
  get(url: string, more?: InjectOptions): Promise<LightMyRequestResponse>
  post(url: string, body?: object, more?: InjectOptions): Promise<LightMyRequestResponse>
  /** Says a text and answers with the replies as text. */
  say(text: string): Promise<string>
}

export interface ApiOptions {
  env?: Record<string, string>
  receive?: (receive: Receive) => Receive
  /** A built front instead of bare pages. */
  webRoot?: string
  /** Takes each line of the log. */
  logged?: (line: string) => void
}

/** The whole edge over a fresh ledger. */
export async function makeApi({
  env = {},
  receive = same => same,
  webRoot: built,
  logged,
}: ApiOptions = {}): Promise<Api> {
  const test = await makeHouse()
  const bare = mkdtempSync(join(tmpdir(), 'huiyin-web-'))
  const webRoot = built ?? bare
  writePages(bare)
  const config = readConfig({ WECHAT_TOKEN: TOKEN, DEMO: '0', ...env })
  const log = pino({}, { write: logged ?? (() => {}) })
  const heard = receive(test.receive)
  const channels = openChannels(config, { ...test, receive: heard, log }, (_, fault) =>
    test.faults.push(fault),
  )
  const app = await buildServer({
    house: test.house,
    standing: test.standing,
    config,
    receive: heard,
    ...(channels.wechat ? { wechat: channels.wechat } : {}),
    forms: test.forms,
    resume: test.resume,
    words: test.words,
    webRoot,
    ...(logged ? { log } : {}),
  })
  const browser = () => browserOf(app)
  return {
    ...test,
    app,
    channels,
    browser,
    async staff(login, role, unitId, demo = false) {
      const passwordHash = await hashed
      const given = { login, name: `姓名${login}`, roles: [{ role, unitId }], passwordHash, demo }
      return test.house.store.write(tx => addStaff(tx, given, test.house.now()))
    },
    async desk(login) {
      const one = browser()
      const answer = await one.post('/api/staff/login', { login, password: PASSWORD })
      one.csrf = answer.json().csrf
      return one
    },
    async grievance(one) {
      await one.post('/api/resident/session', {})
      await one.say('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
      await one.say('3')
      return /HS-\d{8}-\d{4}/.exec(await one.say('1'))![0]
    },
    async close() {
      await app.close()
      await test.close()
      rmSync(bare, { recursive: true, force: true })
    },
  }
}

function writePages(root: string) {
  for (const front of ['resident', 'staff', 'assets']) mkdirSync(join(root, front))
  for (const front of ['resident', 'staff'])
    writeFileSync(join(root, front, 'index.html'), `<!doctype html><title>${front}</title>`)
  writeFileSync(join(root, 'assets', 'app-1234.js'), 'export {}')
}

let said = 0

function browserOf(app: FastifyInstance): Browser {
  const one: Browser = {
    cookies: {},
    csrf: '',
    get: (url, more = {}) => ask({ method: 'GET', url, ...more }),
    post: (url, body, more = {}) =>
      ask({
        method: 'POST',
        url,
        ...(body ? { payload: body } : {}),
        ...more,
        headers: { 'x-csrf-token': one.csrf, ...more.headers },
      }),
    async say(text) {
      const answer = await one.post('/api/resident/messages', { id: `m${++said}`, text })
      const { messages } = answer.json() as { messages: { body: { text: string } }[] }
      return messages.map(message => JSON.stringify(message.body)).join('\n')
    },
  }
  async function ask(options: InjectOptions) {
    const answer = await app.inject({ ...options, cookies: one.cookies })
    for (const { name, value } of answer.cookies) one.cookies[name] = value
    return answer
  }
  return one
}
