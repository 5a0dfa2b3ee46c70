import http from 'node:http'
import { type Answer, afterCut, type Call, callOnce } from './call.ts'
import { pause } from './chance.ts'
import type { Service } from './service.ts'

interface StaffCase {
  points: { no: number }[]
  timeline: { verb: string; text?: string; by: string }[]
}

/** A step the clerk knows to be done. */
export interface Done {
  code: string
  verb: 'grab' | 'message' | 'answer'
  /** Words that stand in this step alone. */
  mark: string
}

const PASSWORD = 'a password of the desk'
/** Milliseconds a clerk takes for a step; the residents are to have most of the machine. */
const BREATH = 40

/** A clerk of a town: grabs what lies open, writes to the resident, answers. */
export class Desk {
  readonly done: Done[] = []
  /** Steps looked up after a cut: there already, or to be done once more. */
  found = 0
  missed = 0
  id = ''
  #headers: Record<string, string> = {}
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  readonly #service: Service
  readonly #name: string
  readonly #chance: () => number

  constructor(service: Service, name: string, chance: () => number) {
    this.#service = service
    this.#name = name
    this.#chance = chance
  }

  /** The first log-in, by the one-time link of the account. */
  async enter(link: string): Promise<this> {
    const token = /\/invite\/(\S+)/.exec(link)![1]
    const { status, body, headers } = await this.#call('POST', 'invite', { token, password: PASSWORD })
    if (status !== 200) throw new Error(`${this.#name} cannot enter: ${body}`)
    const me = JSON.parse(body) as { id: string; csrf: string }
    this.id = me.id
    const cookie = (headers['set-cookie'] ?? []).map(one => one.split(';')[0]).join('; ')
    this.#headers = { cookie, 'x-csrf-token': me.csrf }
    return this
  }

  /** Works until it is told to go home. */
  async work(goHome: () => boolean): Promise<void> {
    while (!goHome()) {
      const { rows } = JSON.parse((await this.#safely('GET', 'cases?list=grab&limit=20')).body) as {
        rows: { code: string }[]
      }
      const code = rows[Math.floor(this.#chance() * rows.length)]?.code
      await pause(BREATH)
      if (code) await this.#settle(code)
    }
    this.#agent.destroy()
  }

  async #settle(code: string) {
    const grabbed = await this.#step(code, 'grab', {}, '')
    if (!grabbed) return
    await pause(BREATH)
    const text = `师傅今天下午到 ${this.#name} ${code}`
    await this.#step(code, 'message', { text }, text)
    await pause(BREATH)
    const result = `电梯已修好 ${this.#name} ${code}`
    const ticks = grabbed.points.map(point => point.no)
    await this.#step(code, 'answer', { result, facts: '曳引机故障', basis: '物业管理条例', ticks }, result)
  }

  /** Does a step. After a cut the case is read before anything is sent again, as the inbox does. Null: somebody was faster. */
  async #step(code: string, verb: Done['verb'], form: object, mark: string): Promise<StaffCase | null> {
    const known = (shown: StaffCase) => {
      this.done.push({ code, verb, mark })
      return shown
    }
    for (;;) {
      try {
        const { status, body } = await this.#call('POST', `cases/${code}/steps/${verb}`, form)
        if (status === 200) return known(JSON.parse(body) as StaffCase)
        if (status === 409 && verb === 'grab') return null
        throw new Error(`${verb} was answered ${status}: ${body}`)
      } catch (error) {
        await afterCut(error)
      }
      const shown = JSON.parse((await this.#safely('GET', `cases/${code}`)).body) as StaffCase
      if (shown.timeline.some(line => this.#isMine(line, verb, mark))) {
        this.found += 1
        return known(shown)
      }
      this.missed += 1
    }
  }

  #isMine(line: StaffCase['timeline'][number], verb: string, mark: string) {
    return line.verb === verb && line.by.endsWith(this.#name) && (line.text ?? '').includes(mark)
  }

  /** A call that may be made twice without harm: until there is an answer. */
  async #safely(method: Call['method'], path: string): Promise<Answer> {
    for (;;) {
      try {
        const answer = await this.#call(method, path)
        if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body}`)
        return answer
      } catch (error) {
        await afterCut(error)
      }
    }
  }

  #call(method: Call['method'], path: string, body?: object): Promise<Answer> {
    return callOnce(this.#service, this.#agent, {
      ...{ method, path: `/api/staff/${path}` },
      headers: { ...this.#headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }
}
