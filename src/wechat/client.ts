import { type CodeRow, type CodeThen, codeRow } from '../rules/notices/wechat-codes.ts'
import type { Lender } from './lender.ts'

/** What WeChat answered to one call. `rid` names the call to its support; nothing else of the sentence is looked at. */
export type Answered =
  | { ok: true; body: Record<string, unknown> }
  | { ok: false; code: number; rid: string | null; row: CodeRow; why: string }

/** A file as it came, for media. */
export type Fetched = Answered | { ok: true; bytes: Buffer; type: string }

export interface Asking {
  method?: 'GET' | 'POST'
  query?: Readonly<Record<string, string>>
  json?: unknown
}

/** Told of every call that failed: path, code and rid, never an address, a token or a word. */
export type Tell = (fault: {
  path: string
  code: number
  rid: string | null
  besides?: CodeThen | undefined
}) => void

/** Milliseconds one call may take. */
const PATIENCE = 10_000
/** The network or the other side broke: not one of WeChat's codes. */
export const NO_ANSWER = -2
const NO_ANSWER_ROW: CodeRow = { is: 'later', after: 60 }

const RID = /rid:\s*([0-9a-f-]{8,64})/i

/** One answer, by its body and not by its header: WeChat sends JSON as text/plain, and its gateways send HTML. */
function answeredOf(status: number, text: string): Answered {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { ok: false, code: NO_ANSWER, rid: null, row: NO_ANSWER_ROW, why: `http${status}` }
  }
  if (typeof body !== 'object' || body === null || status >= 500)
    return { ok: false, code: NO_ANSWER, rid: null, row: NO_ANSWER_ROW, why: `http${status}` }
  const { errcode, errmsg } = body as { errcode?: unknown; errmsg?: unknown }
  const code = Number(errcode ?? 0)
  if (code === 0) return { ok: true, body: body as Record<string, unknown> }
  const rid = RID.exec(String(errmsg ?? ''))?.[1] ?? null
  return { ok: false, code, rid, row: codeRow(code), why: String(code) }
}

/** One bare call; never throws. The address with its secrets is never part of a fault. */
export async function ask(base: string, path: string, asking: Asking = {}): Promise<Fetched> {
  const url = new URL(path, base)
  for (const [name, value] of Object.entries(asking.query ?? {})) url.searchParams.set(name, value)
  // A timer of our own, cleared: those of `AbortSignal.timeout` live their ten seconds out, thousands at a time.
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE)
  try {
    const answer = await fetch(url, {
      method: asking.method ?? (asking.json === undefined ? 'GET' : 'POST'),
      signal: stop.signal,
      redirect: 'error',
      ...(asking.json === undefined
        ? {}
        : { body: JSON.stringify(asking.json), headers: { 'content-type': 'application/json' } }),
    })
    const type = answer.headers.get('content-type') ?? ''
    if (/^(image|audio|video)\/|octet-stream/.test(type) && answer.ok)
      return { ok: true, bytes: await limited(answer), type }
    return answeredOf(answer.status, await answer.text())
  } catch (fault) {
    const why = (fault as Error).name === 'AbortError' ? 'timeout' : 'noAnswer'
    return { ok: false, code: NO_ANSWER, rid: null, row: NO_ANSWER_ROW, why }
  } finally {
    clearTimeout(timer)
  }
}

const MOST_BYTES = 20 * 1024 * 1024

/** The bytes of an answer; throws past 20 MB. */
async function limited(answer: Response): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > MOST_BYTES) throw new Error('too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The API of one account, with its access token in every call. */
export interface Client {
  call(path: string, asking?: Asking): Promise<Answered>
  fetch(path: string, asking?: Asking): Promise<Fetched>
}

/**
 * Calls with the shared token; when it is refused it is renewed once and the call made once more. A second refusal goes up.
 * `param` is what WeChat calls the token in the address.
 */
export function makeClient(base: string, lender: Lender, tell: Tell): Client {
  async function tokened(path: string, asking: Asking): Promise<Fetched> {
    const got = await lender.get()
    if (!got.ok) return got
    const first = await ask(base, path, withToken(asking, got.value))
    if (first.ok || first.row.besides !== 'token') return first
    const renewed = await lender.renew(got.value)
    return renewed.ok ? ask(base, path, withToken(asking, renewed.value)) : renewed
  }
  async function told(path: string, asking: Asking = {}): Promise<Fetched> {
    const answer = await tokened(path, asking)
    if (!answer.ok) tell({ path, code: answer.code, rid: answer.rid, besides: answer.row.besides })
    return answer
  }
  return {
    fetch: told,
    async call(path, asking) {
      const answer = await told(path, asking)
      if (!answer.ok || 'body' in answer) return answer
      return { ok: false, code: NO_ANSWER, rid: null, row: NO_ANSWER_ROW, why: 'notJson' }
    },
  }
}

const withToken = (asking: Asking, token: string): Asking => ({
  ...asking,
  query: { access_token: token, ...asking.query },
})
