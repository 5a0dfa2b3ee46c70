import { randomFew } from './chance.ts'
import type { Reads, Tx } from './db.ts'
import { open, openBytes, seal, sealBytes } from './seal.ts'
import { insert } from './sql.ts'

/** How many unwrapped keys a process keeps at hand. */
const AT_HAND = 5_000

/** Makes the data key of a person or case. Destroying it later erases what it sealed. */
export async function makeKey(tx: Tx, owner: string, now: string): Promise<Buffer> {
  const key = Buffer.from(randomFew(32))
  const wrapped = sealBytes(tx.keys.wrap, `Key.wrapped.${owner}`, key)
  await insert(tx.sql, 'Key', { id: owner, wrapped, createdAt: now, erasedAt: null })
  keep(tx, owner, key)
  return key
}

/** The data key of a person or case, or null when it was destroyed. */
export async function keyOf(from: Reads, owner: string): Promise<Buffer | null> {
  const known = from.openKeys.get(owner)
  if (known) return known
  const row = await from.sql.get<{ wrapped: Uint8Array | null }>(
    'SELECT "wrapped" FROM "Key" WHERE "id" = ?',
    owner,
  )
  if (!row?.wrapped) return null
  const key = openBytes(from.keys.wrap, `Key.wrapped.${owner}`, row.wrapped)
  keep(from, owner, key)
  return key
}

/** Has the keys of several owners at hand, with one question for those that are not yet. */
export async function holdKeys(from: Reads, owners: readonly string[]): Promise<void> {
  const missing = owners.filter(owner => !from.openKeys.has(owner))
  if (missing.length < 2) return
  const rows = await from.sql.all<{ id: string; wrapped: Uint8Array | null }>(
    `SELECT "id", "wrapped" FROM "Key" WHERE "id" IN (${missing.map(() => '?').join(', ')})`,
    ...missing,
  )
  for (const { id, wrapped } of rows)
    if (wrapped) keep(from, id, openBytes(from.keys.wrap, `Key.wrapped.${id}`, wrapped))
}

/** Destroys the key: everything sealed with it is gone, backups excepted until they age out. */
export async function destroyKey(tx: Tx, owner: string, now: string): Promise<void> {
  await tx.sql.run('UPDATE "Key" SET "wrapped" = NULL, "erasedAt" = ? WHERE "id" = ?', now, owner)
  tx.openKeys.delete(owner)
}

function keep(from: Reads, owner: string, key: Buffer) {
  if (from.openKeys.size >= AT_HAND) {
    const oldest = from.openKeys.keys().next().value
    if (oldest !== undefined) from.openKeys.delete(oldest)
  }
  from.openKeys.set(owner, key)
}

/** Seals words under a key for a column of a row; null stays null. */
export function sealed(key: Buffer, place: string, words: string | null | undefined): Buffer | null {
  return words === null || words === undefined ? null : seal(key, place, words)
}

/** Opens a column; null when it is empty or its key is gone. */
export function opened(
  key: Buffer | null,
  place: string,
  value: Uint8Array | null | undefined,
): string | null {
  return key && value ? open(key, place, value) : null
}
