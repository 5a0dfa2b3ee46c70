import { newId, type Reads, type Tx } from './db.ts'
import { opened, sealed } from './keys.ts'
import { addressesOf } from './persons.ts'
import { keyedHash } from './seal.ts'
import { insert } from './sql.ts'

/** Browsers that asked to be woken (Web Push). What leads to one is sealed: it names the device's maker and a secret. */

/** What a browser hands out: where to knock, and with which keys. */
export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** Somebody keeps this many browsers at most; the oldest goes. */
const MOST = 5

/** Keeps the door of a browser; the same browser again belongs to whoever asked last. */
export async function openDoor(
  tx: Tx,
  personId: string,
  subscription: Subscription,
  now: string,
): Promise<void> {
  const id = newId()
  const endpointHash = keyedHash(tx.keys, 'push', subscription.endpoint)
  await tx.sql.run('DELETE FROM "PushDoor" WHERE "endpointHash" = ?', endpointHash)
  const doorEnc = sealed(tx.keys.house, `PushDoor.doorEnc.${id}`, JSON.stringify(subscription))
  await insert(tx.sql, 'PushDoor', { id, personId, endpointHash, doorEnc, createdAt: now })
  for (const row of (await rowsOf(tx, personId)).slice(MOST)) await closeDoor(tx, row.id)
}

const rowsOf = (from: Reads, personId: string) =>
  from.sql.all<{ id: string; doorEnc: Uint8Array }>(
    'SELECT "id", "doorEnc" FROM "PushDoor" WHERE "personId" = ? ORDER BY "id" DESC',
    personId,
  )

/** The doors of a person, newest first. */
export async function doorsOf(
  from: Reads,
  personId: string,
): Promise<{ id: string; subscription: Subscription }[]> {
  return (await rowsOf(from, personId)).flatMap(({ id, doorEnc }) => {
    const words = opened(from.keys.house, `PushDoor.doorEnc.${id}`, doorEnc)
    return words ? [{ id, subscription: JSON.parse(words) as Subscription }] : []
  })
}

/** Whether the page alone leads to a person: no chat, and no browser that asked to be woken. */
export async function onlyByPage(from: Reads, personId: string): Promise<boolean> {
  const addresses = await addressesOf(from, personId)
  if (!addresses.every(at => at.channel === 'web' || at.channel === 'terminal')) return false
  return (await rowsOf(from, personId)).length === 0
}

export async function closeDoor(tx: Tx, id: string): Promise<void> {
  await tx.sql.run('DELETE FROM "PushDoor" WHERE "id" = ?', id)
}

/** The person's browser wants to be left alone. */
export async function closeDoorAt(tx: Tx, personId: string, endpoint: string): Promise<void> {
  await tx.sql.run(
    'DELETE FROM "PushDoor" WHERE "personId" = ? AND "endpointHash" = ?',
    personId,
    keyedHash(tx.keys, 'push', endpoint),
  )
}
