import type { Reads, Tx } from './db.ts'

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

/** Brings the ledger's units up to the district's files: new ones are added, names and ways down follow, nothing is dropped. */
export async function keepUnits(tx: Tx, units: Iterable<UnitRow>): Promise<number> {
  let changed = 0
  for (const unit of units) {
    const touched = await tx.sql.run(
      `INSERT INTO "Unit" ("id", "kind", "name", "parentId", "path", "data", "version") VALUES (?, ?, ?, ?, ?, '{}', 1)
       ON CONFLICT ("id") DO UPDATE SET "kind" = excluded."kind", "name" = excluded."name", "parentId" = excluded."parentId", "path" = excluded."path"
       WHERE "Unit"."name" <> excluded."name" OR "Unit"."path" <> excluded."path"`,
      unit.id,
      unit.kind,
      unit.name,
      unit.parentId,
      unit.path,
    )
    changed += touched
  }
  return changed
}
