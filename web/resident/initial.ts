import type { RefusalDetail } from '../shared/api.ts'

/**
 * What the service sent together with the page, so that nothing must be fetched before it can be read: by the name of what it
 * is (`district`, `cases`, `case:HS-…`), the value a page would have fetched, or `{ error }` as the service says it.
 */
export type Initial = Record<string, unknown>

/** A refusal in the one shape of docs/protocol.md. */
export interface InitialError {
  error: { code: string; message: string; details?: RefusalDetail[] }
}

/** Never changes while the page is open, so it may be read again; anything else is used once and fetched afterwards. */
const LASTING = ['district', 'services', 'panels', 'newcomer']

let sent: Initial | undefined

/** Puts in what pages will find; only the server and tests call it. */
export function giveInitial(initial: Initial): void {
  sent = initial
}

/** What was sent with the page under `name`, or undefined. */
export function initial<T>(name: string): T | undefined {
  sent ??= inPage()
  const found = sent[name] as T | undefined
  if (!import.meta.env.SSR && !LASTING.includes(name)) delete sent[name]
  return found
}

function inPage(): Initial {
  const text = import.meta.env.SSR ? null : document.getElementById('initial')?.textContent
  try {
    return text ? (JSON.parse(text) as Initial) : {}
  } catch {
    return {}
  }
}
