import { newId, type Reads, type Tx } from './db.ts'

/** Sets of filters somebody keeps under names of their own. */
export interface SavedFilter {
  id: string
  name: string
  /** As it stands in an address: `unit=…&due=late`. */
  query: string
}

export async function savedBy(from: Reads, staffId: string): Promise<SavedFilter[]> {
  return await from.sql.all<SavedFilter>(
    'SELECT "id", "name", "query" FROM "SavedFilter" WHERE "staffId" = ? ORDER BY "createdAt", "id"',
    staffId,
  )
}

/** Keeps a set under a name; the same name again is the new set. */
export async function saveFilter(
  tx: Tx,
  staffId: string,
  given: { name: string; query: string },
  now: string,
): Promise<void> {
  const sql = `INSERT INTO "SavedFilter" ("id", "staffId", "name", "query", "createdAt") VALUES (?, ?, ?, ?, ?)
    ON CONFLICT ("staffId", "name") DO UPDATE SET "query" = excluded."query"`
  await tx.sql.run(sql, newId(), staffId, given.name, given.query, now)
}

export async function dropFilter(tx: Tx, staffId: string, id: string): Promise<boolean> {
  return (await tx.sql.run('DELETE FROM "SavedFilter" WHERE "id" = ? AND "staffId" = ?', id, staffId)) > 0
}
