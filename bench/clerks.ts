// Clerks at their desks, as the staff front works: log in, hold the line of hints, fetch the list and its counts again when something moved,
// come back after a cut. Used by `npm run bench -- live` and, small, by the tests.
import { WebSocket } from 'ws'

export interface Row {
  code: string
  state: string
  due: string | null
}
interface Frame {
  t: string
  cases?: string[]
  lists?: boolean
}

/** Milliseconds in which the front gathers hints before it fetches (web/staff/hints.ts). */
const GATHER = 150
/** After a fetch the next one waits so long at least (web/staff/hints.ts). */
const REST = 1_000
const PAGE = 50
/** Pages the front fetches again (web/staff/desk/use-rows.ts). */
const MOST_PAGES = 6

export interface ClerkOptions {
  host: string
  login: string
  password: string
  /** How many rows the list is scrolled down to. */
  shown?: number
  /** Told of each case a hint names, when it came. */
  hinted?: (code: string) => void
}

export class Clerk {
  rows: Row[] = []
  /** Answers that were refused or did not come. */
  faults = 0
  readonly #options: ClerkOptions
  #cookie = ''
  #csrf = ''
  #socket: WebSocket | null = null
  #timer: NodeJS.Timeout | undefined
  #fetched = 0
  #busy: Promise<void> = Promise.resolve()

  constructor(options: ClerkOptions) {
    this.#options = options
  }

  get login(): string {
    return this.#options.login
  }

  async enter(): Promise<void> {
    const { login, password } = this.#options
    const answer = await this.#send('POST', 'login', { login, password })
    if (!answer.ok) throw new Error(`${login} could not log in: ${answer.status}`)
    this.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0]!
    this.#csrf = ((await answer.json()) as { csrf: string }).csrf
  }

  /** Opens the line; whatever is shown is fetched again as soon as it stands. */
  connect(): Promise<void> {
    const socket = new WebSocket(`ws://${this.#options.host}/ws/staff`, {
      headers: { cookie: this.#cookie, origin: `http://${this.#options.host}` },
    })
    this.#socket = socket
    socket.on('error', () => undefined)
    socket.on('message', data => this.#hear(JSON.parse(String(data)) as Frame))
    return new Promise(done => {
      socket.once('open', () => {
        this.#wake(true)
        done()
      })
      socket.once('close', () => done())
    })
  }

  /** The line is gone, as when a cable is pulled: no goodbye, and what was on its way is lost. */
  cut(): void {
    this.#socket?.terminate()
    this.#socket = null
  }

  get isCut(): boolean {
    return this.#socket === null
  }

  #hear({ t, cases = [] }: Frame) {
    if (t !== 'changed') return
    for (const code of cases) this.#options.hinted?.(code)
    this.#wake()
  }

  #wake(now = false) {
    if (this.#timer && !now) return
    clearTimeout(this.#timer)
    const rest = now ? 0 : Math.max(GATHER, this.#fetched + REST - Date.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#fetched = Date.now()
      this.#busy = this.#busy.then(() => this.refresh()).catch(() => void this.faults++)
    }, rest)
  }

  /** Waits until no fetch is set or on its way. */
  async idle(): Promise<void> {
    while (this.#timer) await new Promise(done => setTimeout(done, 20))
    await this.#busy
  }

  /** What the front does on a hint: the counts, and every page shown. */
  async refresh(): Promise<void> {
    const [rows] = await Promise.all([this.list(), this.get('lists')])
    this.rows = rows
  }

  async list(): Promise<Row[]> {
    const rows: Row[] = []
    let cursor = ''
    for (let n = 0; n < MOST_PAGES; n++) {
      const page = await this.get<{ rows: Row[]; next: string | null }>(
        `cases?list=all&limit=${PAGE}${cursor && `&cursor=${cursor}`}`,
      )
      rows.push(...page.rows.map(({ code, state, due }) => ({ code, state, due })))
      if (!page.next || rows.length >= (this.#options.shown ?? PAGE)) break
      cursor = page.next
    }
    return rows
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.#send('GET', path)
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return (await answer.json()) as T
  }

  /** Does a step on a case; false when it was refused, such as where somebody was faster. */
  async step(code: string, verb: string, body: object): Promise<boolean> {
    const answer = await this.#send('POST', `cases/${code}/steps/${verb}`, body)
    await answer.arrayBuffer()
    return answer.ok
  }

  #send(method: 'GET' | 'POST', path: string, body?: object): Promise<Response> {
    const { host } = this.#options
    return fetch(`http://${host}/api/staff/${path}`, {
      method,
      headers: {
        origin: `http://${host}`,
        cookie: this.#cookie,
        'x-csrf-token': this.#csrf,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }
}

/** Cuts a clerk's line again and again at random moments until it is told to stop; the line is whole when it returns. */
export async function cutAgainAndAgain(
  clerk: Clerk,
  { until, most, any }: { until: () => boolean; most: number; any: () => number },
): Promise<number> {
  const pause = (ms: number) => new Promise(done => setTimeout(done, ms))
  let cuts = 0
  while (!until()) {
    await pause(any() * most)
    clerk.cut()
    cuts++
    await pause((any() * most) / 3)
    await clerk.connect()
  }
  return cuts
}

/** The rows of two lists that are not in both, or not the same in both. */
export function differing(shown: readonly Row[], truth: readonly Row[]): string[] {
  const said = (row: Row) => `${row.code} ${row.state} ${row.due}`
  const [a, b] = [new Set(shown.map(said)), new Set(truth.map(said))]
  return [...[...a].filter(row => !b.has(row)), ...[...b].filter(row => !a.has(row))]
}
