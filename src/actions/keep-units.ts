import type { Tx } from '../store/db.ts'
import type { House } from './house.ts'

/** Brings the units of the ledger up to the district's folder. A unit that is gone from the folder is closed, never deleted. */
export async function keepUnits(house: House): Promise<void> {
  const wanted = [...house.district.units.values()]
  await house.store.write(async tx => {
    const moved = await movedUnits(tx, house)
    for (const { code, kind, name, parent, path } of wanted)
      await tx.sql.run(
        `INSERT INTO "Unit" ("id", "kind", "name", "parentId", "path", "data", "version") VALUES (?, ?, ?, ?, ?, '{}', 1)
         ON CONFLICT ("id") DO UPDATE SET "name" = excluded."name", "parentId" = excluded."parentId", "path" = excluded."path", "closedAt" = NULL
         WHERE "Unit"."name" <> excluded."name" OR "Unit"."path" <> excluded."path" OR "Unit"."closedAt" IS NOT NULL`,
        code,
        kind,
        name,
        parent,
        path,
      )
    const standing = await tx.sql.all<{ id: string }>('SELECT "id" FROM "Unit" WHERE "closedAt" IS NULL')
    for (const { id } of standing)
      if (!house.district.units.has(id))
        await tx.sql.run('UPDATE "Unit" SET "closedAt" = ? WHERE "id" = ?', house.now(), id)
    for (const id of moved) {
      const held = await tx.sql.all<{ id: string }>('SELECT "id" FROM "Case" WHERE "holderUnitId" = ?', id)
      for (const row of held) tx.unmarked.add(row.id)
    }
  })
}

/** Units whose way down is another now: what they hold is found by it, and marked anew. */
async function movedUnits(tx: Tx, { district }: House): Promise<string[]> {
  const rows = await tx.sql.all<{ id: string; path: string }>('SELECT "id", "path" FROM "Unit"')
  return rows.flatMap(({ id, path }) => {
    const unit = district.units.get(id)
    return unit && unit.path !== path ? [id] : []
  })
}
