import http from 'node:http'
import { type Answer, afterCut, callOnce } from './call.ts'
import { pause } from './chance.ts'
import type { Service } from './service.ts'

/** Not now, or not so often. */
const AWAY: readonly number[] = [429, 503]

/** Somebody at a browser while the service is killed: after a cut they look what stands before they press once more. */
export class Caller {
  readonly #service: Service
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  #headers: Record<string, string> = {}

  constructor(service: Service) {
    this.#service = service
  }

  /** The first log-in of a member of staff, by the one-time link of the account. */
  async enter(link: string): Promise<this> {
    const token = /\/invite\/(\S+)/.exec(link)![1]
    const { body, headers } = await this.#call('POST', '/api/staff/invite', {
      token,
      password: 'a password of the desk',
    })
    this.#headers = {
      cookie: cookiesOf(headers),
      'x-csrf-token': (JSON.parse(body) as { csrf: string }).csrf,
    }
    return this
  }

  /** Opens our pages inside WeChat: it says who it is. */
  async enterByWechat(openid: string): Promise<this> {
    for (;;) {
      const asked = await this.#safely('/api/resident/wechat/enter?to=/cases')
      this.#headers = { cookie: cookiesOf(asked.headers) }
      const state = new URL(String(asked.headers.location)).searchParams.get('state')
      try {
        const back = await this.#call('GET', `/api/resident/wechat/back?code=openid-${openid}&state=${state}`)
        const cookie = cookiesOf(back.headers)
        if (!cookie.includes('hy_resident')) continue
        this.#headers = { cookie }
        return this
      } catch (error) {
        await afterCut(error)
      }
    }
  }

  /** What a page shows. */
  async see(path: string): Promise<string> {
    return (await this.#safely(path)).body
  }

  /** Presses a button until it is known to be done: by its answer, or after a cut by what the page then shows. */
  async press(path: string, body: object, page: string, isDone: (shown: string) => boolean): Promise<string> {
    for (;;) {
      try {
        const answer = await this.#call('POST', path, body)
        if (answer.status === 200) return answer.body
        if (!AWAY.includes(answer.status))
          throw new Error(`${path} was answered ${answer.status}: ${answer.body}`)
      } catch (error) {
        await afterCut(error)
      }
      const shown = await this.see(page)
      if (isDone(shown)) return shown
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  async #safely(path: string): Promise<Answer> {
    for (;;) {
      try {
        const answer = await this.#call('GET', path)
        if (!AWAY.includes(answer.status)) return answer
        await pause(300)
      } catch (error) {
        await afterCut(error)
      }
    }
  }

  #call(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    return callOnce(this.#service, this.#agent, {
      ...{ method, path },
      headers: { ...this.#headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }
}

const cookiesOf = (headers: http.IncomingHttpHeaders) =>
  (headers['set-cookie'] ?? []).map(one => one.split(';')[0]).join('; ')
