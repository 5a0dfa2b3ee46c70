/** The rules of WeChat's side, as far as a channel meets them: tokens, windows, quotas, templates, agreements. Time is real, or a test's. */

export interface Delivered {
  openid: string
  kind: 'passive' | 'custom' | 'template' | 'subscribe'
  text: string
  /** Labels to tap, with what comes back. */
  menu?: { id: string; content: string }[]
  at: number
}

interface Follower {
  /** Ends of the windows and what is left in them. */
  until: number
  left: number
  follows: boolean
  agreed: Map<string, number>
}

export interface Answer {
  errcode: number
  errmsg: string
  [more: string]: unknown
}

/** Thrown at a caller in place of an answer. */
export type Trouble = 'reset' | 'html' | number

export interface FakeOptions {
  appId: string
  secret: string
  now?: () => number
  /** Milliseconds an answer takes. */
  latency?: number
  /** Keeps no list of what was delivered, only counts. */
  countOnly?: boolean
}

const LONG = { ms: 48 * 3_600_000, left: 5 }
const BRIEF = { ms: 60_000, left: 3 }
const MOST_BYTES = 2048
const FIELD: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/u,
  character_string: /^[!-~]{1,32}$/,
  phrase: /^\p{Script=Han}{1,5}$/u,
  time: /^(\d{4}年\d{1,2}月\d{1,2}日)?\s?(\d{1,2}:\d{2})?$/,
  number: /^-?\d{1,32}(\.\d+)?$/,
}

/** The state of the fake and its answers. */
export class FakeRules {
  readonly delivered: Delivered[] = []
  readonly counts: Record<string, number> = {}
  readonly media = new Map<string, { type: string; bytes: Buffer }>()
  readonly state = { token: '', tokenUntil: 0, tokens: 0, down: false, latency: 0 }
  /** What the next calls get in place of an answer. */
  readonly troubles: Trouble[] = []
  /** Messages whose outcome WeChat would push. */
  readonly results: { openid: string; msgid: string }[] = []
  readonly options: FakeOptions
  readonly now: () => number
  private readonly followers = new Map<string, Follower>()
  private readonly once = new Set<string>()
  private msgid = 200_000_000

  constructor(options: FakeOptions) {
    this.options = options
    this.now = options.now ?? Date.now
    this.state.latency = options.latency ?? 0
  }

  follower(openid: string): Follower {
    const known = this.followers.get(openid)
    if (known) return known
    const made = { until: 0, left: 0, follows: true, agreed: new Map<string, number>() }
    this.followers.set(openid, made)
    return made
  }

  /** A follower did something: a window opens. */
  acted(openid: string, kind: 'message' | 'tap'): void {
    const one = this.follower(openid)
    const window = kind === 'message' ? LONG : BRIEF
    if (kind === 'tap' && one.until > this.now() && one.left >= window.left) return
    one.until = this.now() + window.ms
    one.left = window.left
  }

  /** A follower sees something. */
  give(one: Omit<Delivered, 'at'>): void {
    this.counts[one.kind] = (this.counts[one.kind] ?? 0) + 1
    if (!this.options.countOnly) this.delivered.push({ ...one, at: this.now() })
  }

  /** One call, answered by the rules; `Trouble` in place of an answer when one was asked for. */
  answer(path: string, query: URLSearchParams, body: Body): Answer | Trouble {
    this.counts[path] = (this.counts[path] ?? 0) + 1
    if (this.state.down) return 'reset'
    const trouble = this.troubles.shift()
    if (typeof trouble === 'number') return no(trouble, 'as the test wants it')
    if (trouble) return trouble
    const needsToken = !path.startsWith('/sns/') && path !== '/cgi-bin/stable_token'
    if (needsToken && query.get('access_token') !== this.state.token) return no(40001, 'invalid credential')
    if (needsToken && this.state.tokenUntil <= this.now()) return no(42001, 'access_token expired')
    return this.known(path, query, body)
  }

  private known(path: string, query: URLSearchParams, body: Body): Answer {
    if (path === '/cgi-bin/stable_token') return this.token(body)
    if (path === '/cgi-bin/ticket/getticket') return yes({ ticket: 'FAKE-TICKET', expires_in: 7200 })
    if (path === '/cgi-bin/menu/create') return yes({})
    if (path === '/cgi-bin/message/custom/send') return this.custom(body)
    if (path === '/cgi-bin/message/template/send') return this.byTemplate(body, 'template')
    if (path.startsWith('/cgi-bin/message/subscribe/')) return this.byTemplate(body, 'subscribe')
    if (path === '/sns/jscode2session') return session(query.get('js_code'))
    if (path === '/sns/oauth2/access_token') return session(query.get('code'))
    return no(-1, 'no such path here')
  }

  private token(body: Body): Answer {
    const { state, options } = this
    if (body.appid !== options.appId) return no(40013, 'invalid appid')
    if (body.secret !== options.secret) return no(40125, 'invalid appsecret')
    if (state.tokenUntil <= this.now() || body.force_refresh) {
      state.tokens += 1
      state.token = `TOKEN-${state.tokens}`
      state.tokenUntil = this.now() + 7_200_000
    }
    const expires_in = Math.floor((state.tokenUntil - this.now()) / 1000)
    return yes({ access_token: state.token, expires_in })
  }

  private custom(body: Body): Answer {
    const openid = String(body.touser)
    const one = this.followers.get(openid)
    if (!one) return no(40003, 'invalid openid')
    if (!one.follows || one.until <= this.now())
      return no(45015, 'response out of time limit or subscription is canceled')
    if (one.left <= 0) return no(45047, 'out of response count limit')
    const menu = body.msgmenu as
      | { head_content?: string; list?: { id: string; content: string }[] }
      | undefined
    const text = String((body.text as { content?: string } | undefined)?.content ?? menu?.head_content ?? '')
    if (Buffer.byteLength(text) > MOST_BYTES) return no(45002, 'content size out of limit')
    one.left -= 1
    this.give({ openid, kind: 'custom', text, ...(menu?.list ? { menu: menu.list } : {}) })
    return yes({})
  }

  private byTemplate(body: Body, kind: 'template' | 'subscribe'): Answer {
    const openid = String(body.touser)
    const one = this.followers.get(openid)
    if (!one) return no(40003, 'invalid openid')
    if (kind === 'template' && !one.follows) return no(43004, 'require subscribe')
    const data = body.data as Record<string, { value?: string }>
    for (const [field, { value = '' }] of Object.entries(data))
      if (!(FIELD[field.replace(/\d+$/, '')] ?? /./).test(value))
        return no(47003, `argument invalid! data.${field}.value invalid`)
    const template = String(body.template_id)
    const left = one.agreed.get(template) ?? 0
    if (kind === 'subscribe' && left === 0) return no(43101, 'user refuse to accept the msg')
    const same = `${openid} ${String(body.client_msg_id ?? '')}`
    this.msgid += 1
    const msgid = this.msgid
    if (body.client_msg_id && this.once.has(same)) return yes({ msgid })
    this.once.add(same)
    if (kind === 'subscribe' && left > 0) one.agreed.set(template, left - 1)
    const text = Object.values(data).map(field => field.value)
    this.give({ openid, kind, text: text.join(' | ') })
    this.results.push({ openid, msgid: String(msgid) })
    return yes({ msgid })
  }
}

function session(code: string | null): Answer {
  const found = /^openid-(\w+?)(?:-union-(\w+))?$/.exec(code ?? '')
  if (!found) return no(40029, 'invalid code')
  return yes({
    ...{ openid: found[1], session_key: 'SESSION-KEY-NEVER-SHOWN', access_token: 'WEB-TOKEN' },
    ...(found[2] ? { unionid: found[2] } : {}),
  })
}

export type Body = Record<string, unknown>

const yes = (more: Record<string, unknown>): Answer => ({ errcode: 0, errmsg: 'ok', ...more })
const no = (errcode: number, errmsg: string): Answer => ({
  errcode,
  errmsg: `${errmsg} rid: 6f1e0a2b-1c3d4e5f-${String(errcode).replace('-', '0').padStart(8, '0')}`,
})
