import { keepLent, leaseLent, lent } from '../store/channels.ts'
import type { Store } from '../store/db.ts'
import type { Answered } from './client.ts'

/** Something an outside service lends for a while: an access token, a ticket for pages. */
export interface Lender {
  get(): Promise<Lending>
  /** The value was refused: another one, fetched once however many ask. */
  renew(refused: string): Promise<Lending>
}

export type Lending = { ok: true; value: string } | Extract<Answered, { ok: false }>

/** Fetches a fresh value. `force` kills the old one at once, where the service knows that. Seconds it lives. */
export type FetchLent = (force: boolean) => Promise<Lending & { seconds?: number }>

interface Parts {
  store: Store
  now(): string
  /** One row for all processes. */
  id: string
  fetch: FetchLent
}

/** A new value is fetched this long before the old one ends; the service keeps both alive meanwhile. Seconds. */
const EARLY = 300
/** Forced fetches are at least this far apart (WeChat: 30 s, 20 a day). Milliseconds. */
const FORCE_APART = 30_000
/** Another process is waited for this long. Milliseconds. */
const LEASE = 15_000
const LOOK_AGAIN = 100

/** One holder for all: single flight in a process, a lease among processes, the value sealed in the ledger. */
export function makeLender({ store, now, id, fetch }: Parts): Lender {
  let held: { value: string; until: string } | null = null
  let flight: Promise<Lending> | null = null

  const once = (refused: string | null): Promise<Lending> => {
    flight ??= fresh(refused).finally(() => {
      flight = null
    })
    return flight
  }

  /** What another process fetched, or our own fetch under the lease. */
  async function fresh(refused: string | null): Promise<Lending> {
    for (const end = Date.now() + LEASE; ; ) {
      const row = await lent(store.read, id)
      if (row?.value && row.until > now() && row.value !== refused) {
        held = { value: row.value, until: row.until }
        return { ok: true, value: row.value }
      }
      const leased = new Date(Date.parse(now()) + LEASE).toISOString()
      if (await store.write(tx => leaseLent(tx, id, now(), leased), id)) return fetchNew(refused)
      if (Date.now() > end) return fetchNew(refused)
      await new Promise(done => setTimeout(done, LOOK_AGAIN))
    }
  }

  async function fetchNew(refused: string | null): Promise<Lending> {
    const before = await lent(store.read, id)
    let got = await fetch(false)
    let forcedAt = before?.forcedAt ?? null
    const mayForce = !forcedAt || Date.parse(now()) - Date.parse(forcedAt) >= FORCE_APART
    if (got.ok && got.value === refused && mayForce) {
      forcedAt = now()
      got = await fetch(true)
    }
    const until = new Date(Date.parse(now()) + Math.max(60, (got.seconds ?? 7200) - EARLY) * 1000)
    const kept = got.ok ? { value: got.value, until: until.toISOString(), forcedAt } : null
    await store.write(tx => keepLent(tx, id, kept), id)
    held = kept
    return got.ok ? { ok: true, value: got.value } : got
  }

  return {
    get: async () => (held && held.until > now() ? { ok: true, value: held.value } : once(null)),
    renew: async refused =>
      held && held.value !== refused && held.until > now() ? { ok: true, value: held.value } : once(refused),
  }
}
