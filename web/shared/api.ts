/** One way to call the service. Every refusal arrives as `Refusal`, whatever went wrong. */

export interface RefusalDetail {
  field?: string
  why?: string
  [key: string]: unknown
}

/** A call that did not succeed. `code` is one of docs/protocol.md, or `offline` when nothing came back at all. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly details: readonly RefusalDetail[]
  /** Seconds to wait before the next try, when the service said so. */
  readonly retryAfter: number | undefined

  constructor(
    code: string,
    message: string,
    status = 0,
    details: readonly RefusalDetail[] = [],
    retryAfter?: number,
  ) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.status = status
    this.details = details
    this.retryAfter = retryAfter
  }
}

/** Milliseconds after which a call counts as lost. */
const PATIENCE = 15_000

/** Calls `path` and returns the JSON it answers (undefined for 204). A `Blob` goes as bytes. Throws `Refusal`. */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  patience = PATIENCE,
): Promise<T> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  const bytes = body instanceof Blob ? body : undefined
  const type = bytes ? 'application/octet-stream' : 'application/json'
  const sends = body === undefined ? {} : { 'content-type': type }
  try {
    const answer = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...sends, ...headers },
      credentials: 'same-origin',
      signal: stop.signal,
      ...(body === undefined ? {} : { body: bytes ?? JSON.stringify(body) }),
    }).catch(() => {
      throw new Refusal('offline', '')
    })
    if (!answer.ok) throw await refusal(answer)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  } catch (error) {
    // A body cut half-way is a lost call like any other.
    throw error instanceof Refusal ? error : new Refusal('offline', '')
  } finally {
    clearTimeout(timer)
  }
}

async function refusal(answer: Response): Promise<Refusal> {
  type Body = { error?: { code?: string; message?: string; details?: RefusalDetail[] } }
  const body = (await answer.json().catch(() => ({}))) as Body
  const wait = Number(answer.headers.get('retry-after'))
  const { code = 'broken', message = '', details = [] } = body.error ?? {}
  return new Refusal(code, message, answer.status, details, wait > 0 ? wait : undefined)
}
