import type { Reads } from './db.ts'
import { holdKeys, keyOf, opened } from './keys.ts'

/** What somebody wrote and their name, of several cases at once: what a list shows of a find. */
export async function tellings(
  from: Reads,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { text: string; name: string | null }>> {
  if (ids.length === 0) return new Map()
  const rows = await from.sql.all<{ id: string; textEnc: Uint8Array; nameEnc: Uint8Array | null }>(
    `SELECT "id", "textEnc", "nameEnc" FROM "Case" WHERE "id" IN (${ids.map(() => '?').join(', ')})`,
    ...ids,
  )
  await holdKeys(from, ids)
  const read = rows.map(async ({ id, textEnc, nameEnc }) => {
    const key = await keyOf(from, id)
    const text = opened(key, `Case.textEnc.${id}`, textEnc) ?? ''
    return [id, { text, name: opened(key, `Case.nameEnc.${id}`, nameEnc) }] as const
  })
  return new Map(await Promise.all(read))
}
