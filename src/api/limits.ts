import { countTry, type TryLimit, waitFor } from '../store/attempts.ts'
import type { Tx } from '../store/db.ts'
import { keyedHash } from '../store/seal.ts'
import { refuse } from './errors.ts'
import { isNear } from './near.ts'
import type { ApiParts } from './parts.ts'

/** Secrets that may be guessed: wrong tries allowed per named thing, per client and in the whole house, and for how many minutes. */
// biome-ignore format: a table
const LIMITS = {
  lookup:  { thing: { most: 5, minutes: 15 }, client: { most: 20, minutes: 60 }, house: { most: 2000, minutes: 60 } },
  recover: { thing: null,                     client: { most: 10, minutes: 60 }, house: { most: 500, minutes: 60 } },
  invite:  { thing: null,                     client: { most: 20, minutes: 60 }, house: { most: 500, minutes: 60 } },
  login:   { thing: null,                     client: { most: 50, minutes: 15 }, house: { most: 2000, minutes: 15 } },
} as const

type Limited = keyof typeof LIMITS

/**
 * Tries a secret in one transaction: refused with `tooMany` while tries are used up; a null result is a wrong try and counts.
 * `on` is the client's address and, where the limit has one, the thing tried. A try over the limit is not even looked at.
 */
export async function limitTries<T>(
  parts: ApiParts,
  kind: Limited,
  on: readonly [client: string, thing?: string],
  attempt: (tx: Tx) => Promise<T | null>,
): Promise<T | null> {
  const { store, now } = parts.house
  const limits = limitsOf(parts, kind, on)
  const outcome = await store.write(async tx => {
    const waits = await Promise.all(limits.map(limit => waitFor(tx, limit, now())))
    const wait = Math.max(0, ...waits)
    if (wait > 0) return { wait, value: null }
    const value = await attempt(tx)
    if (value === null) for (const limit of limits) await countTry(tx, limit, now())
    return { wait: 0, value }
  }, `limit.${kind}`)
  if (outcome.wait > 0) refuse('tooMany', { retryAfter: outcome.wait })
  return outcome.value
}

/** Counts a wrong try that was found outside a transaction (a password takes too long to check inside one). */
export async function countWrong(
  parts: ApiParts,
  kind: Limited,
  on: readonly [client: string],
): Promise<void> {
  const { store, now } = parts.house
  await store.write(async tx => {
    for (const limit of limitsOf(parts, kind, on)) await countTry(tx, limit, now())
  })
}

/** Refuses with `tooMany` while a client has used up its tries. */
export async function checkTries(
  parts: ApiParts,
  kind: Limited,
  on: readonly [client: string],
): Promise<void> {
  const { store, now } = parts.house
  for (const limit of limitsOf(parts, kind, on)) {
    const wait = await waitFor(store.read, limit, now())
    if (wait > 0) refuse('tooMany', { retryAfter: wait })
  }
}

/** Addresses and things are kept as keyed hashes: the table names nobody. */
function limitsOf(parts: ApiParts, kind: Limited, [client, thing]: readonly [string, string?]): TryLimit[] {
  const { keys } = parts.house.store
  const limit = LIMITS[kind]
  const hashed = (what: string, value: string) => keyedHash(keys, `try.${kind}.${what}`, value)
  return [
    ...(limit.thing && thing ? [{ subject: `${kind}.thing.${hashed('thing', thing)}`, ...limit.thing }] : []),
    ...(isNear(client) ? [] : [{ subject: `${kind}.client.${hashed('client', client)}`, ...limit.client }]),
    { subject: `${kind}.house`, ...limit.house },
  ]
}
