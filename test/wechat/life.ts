import { expect } from 'vitest'
import { JOBS } from '../../src/notify/jobs/index.ts'
import { runOutbox } from '../../src/notify/outbox.ts'
import { personAt } from '../../src/store/persons.ts'
import { runLate } from '../../src/wechat/late.ts'
import type { Browser } from '../api/house.ts'
import { owedTo, type Shown, wrongOn } from './phone.ts'
import { ACCOUNT, makeTown, type Town } from './town.ts'

/** Days lived through by an official account in safe mode: what followers do, what the clock does, and the weather in between. */

export const WEB = 'https://huiyin.example.cn'
const ENV = { PUBLIC_URL: WEB, SECRET_KEY: 'a secret for tests, longer than thirty-two characters' }

/** What goes wrong on the way. */
export interface Weather {
  env?: Record<string, string>
  /** Brings one push to us; answers with what the follower saw. */
  bring?(life: Life, send: () => Promise<string>): Promise<string>
  /** Before the jobs and the outbox of a moment. */
  before?(life: Life): void | Promise<void>
  /** After them. */
  after?(life: Life): void | Promise<void>
}

/** Jobs that have no part in what people are told. */
const IDLE = [
  'sweep-files',
  'check-invariant',
  'redate',
  'drop-pushes',
  'drop-old-tries',
  'count-promptness',
  'care-knowledge',
]
const DONE = JOBS.filter(job => !IDLE.includes(job.name))

export class Life {
  readonly town: Town
  readonly weather: Weather
  readonly pages = new Map<string, Browser>()
  /** Pushes so far, for who brings an old one once more. */
  readonly sent: (() => Promise<string>)[] = []
  /** Text messages that left: phone, what, code. */
  readonly texts: { phone: string; text: string }[] = []
  private said = 0

  private constructor(town: Town, weather: Weather) {
    this.town = town
    this.weather = weather
  }

  static async begin(weather: Weather): Promise<Life> {
    return new Life(await makeTown({ env: { ...ENV, ...weather.env } }), weather)
  }

  /** Says something in the chat; what they saw. */
  async say(openid: string, text: string): Promise<string> {
    const { town, weather } = this
    town.rules.acted(openid, 'message')
    const fields = { MsgType: 'text', Content: text, MsgId: `${openid}${++this.said}` }
    const send = async () => {
      const { status, words } = await town.push(openid, fields)
      expect([text, status]).toEqual([text, 200])
      return words
    }
    this.sent.push(send)
    return weather.bring ? weather.bring(this, send) : send()
  }

  /** Opens our pages inside WeChat: it says who it is, and the browser is theirs. */
  async page(openid: string): Promise<Browser> {
    const browser = this.town.browser()
    const asked = await browser.get('/api/resident/wechat/enter?to=/cases')
    const state = new URL(String(asked.headers.location)).searchParams.get('state')
    const back = await browser.get(`/api/resident/wechat/back?code=openid-${openid}&state=${state}`)
    expect(back.headers.location).toBe('/cases')
    this.pages.set(openid, browser)
    return browser
  }

  /** A step on a page; a refusal is a fault of the test. */
  async press(openid: string, path: string, body: object = {}) {
    const browser = this.pages.get(openid) ?? (await this.page(openid))
    const answer = await browser.post(`/api/resident${path}`, body, { headers: { origin: WEB } })
    expect([path, answer.statusCode, answer.body.slice(0, 200)]).toEqual([path, 200, expect.anything()])
    return answer.json()
  }

  /** Lets time go by until an instant: jobs, outbox and what was put off, at every look. */
  async until(instant: string, minutes = 480): Promise<void> {
    const { town } = this
    for (;;) {
      const left = Date.parse(instant) - Date.parse(town.house.now())
      await this.look()
      if (left <= 0) return
      // While WeChat is away the clock is looked at more often, as the outbox does.
      town.pass(Math.min(left, (town.rules.state.down ? 10 : minutes) * 60_000))
    }
  }

  /** One look of the clock. */
  async look(): Promise<void> {
    const { town, weather } = this
    for (const job of DONE) await job.run(town.house)
    await weather.before?.(this)
    while ((await runOutbox(town.house, town.channels.senders, () => 0)) > 0);
    await runLate(town.channels.wechat!.late)
    await weather.after?.(this)
  }

  async personOf(openid: string): Promise<string> {
    const at = { channel: 'wechat', appId: ACCOUNT.appId, address: openid }
    return (await personAt(this.town.house.store.read, at))!.personId
  }

  /** What the ledger owed somebody, by key; how it went; and what is wrong with what their phone shows. */
  async told(openid: string, phone = '') {
    const owed = await owedTo(this.town.house, await this.personOf(openid))
    const chat = this.town.rules.delivered.filter(
      (one): one is typeof one & Shown => one.openid === openid && one.kind !== 'passive',
    )
    const texts = this.texts
      .filter(one => one.phone === phone)
      .map(({ text }) => ({ kind: 'sms' as const, text }))
    return {
      keys: owed.map(one => one.key),
      ways: [...new Set(owed.map(one => one.channel ?? one.state))].sort(),
      wrong: wrongOn(
        [...chat, ...texts],
        owed.filter(one => one.state !== 'givenUp'),
      ),
    }
  }

  async count(sql: string): Promise<number> {
    return Number((await this.town.house.store.read.sql.get<{ n: number }>(sql))?.n)
  }
}
