import type { Reads } from './db.ts'

/** A unit as the ledger has it; `path` is the ids from the district down. */
export interface UnitRow {
  id: string
  kind: string
  name: string
  parentId: string | null
  path: string
}

/** Units still standing, parents before children. */
export async function unitsOf(from: Reads): Promise<UnitRow[]> {
  return await from.sql.all<UnitRow>(
    'SELECT "id", "kind", "name", "parentId", "path" FROM "Unit" WHERE "closedAt" IS NULL ORDER BY "path"',
  )
}
