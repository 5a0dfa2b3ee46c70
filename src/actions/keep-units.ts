import type { District } from '../district.ts'
import type { Tx } from '../store/db.ts'
import type { House } from './house.ts'

/** Brings the units of the ledger up to the district as it stands. */
export const keepUnits = (house: House): Promise<void> =>
  house.store.write(tx => writeUnits(tx, house.district, house.now()))

interface Standing {
  id: string
  name: string
  path: string
  closedAt: string | null
}

/** Units written by one statement. */
const BATCH = 100

/** Writes the units of a district where they differ from those of the ledger. One that is gone from it is closed, never deleted. */
export async function writeUnits(tx: Tx, district: Pick<District, 'units'>, now: string): Promise<void> {
  const rows = await tx.sql.all<Standing>('SELECT "id", "name", "path", "closedAt" FROM "Unit"')
  const known = new Map(rows.map(row => [row.id, row]))
  const differing = [...district.units.values()].filter(({ code, name, path }) => {
    const row = known.get(code)
    return row?.name !== name || row.path !== path || row.closedAt !== null
  })
  for (let from = 0; from < differing.length; from += BATCH) {
    const units = differing.slice(from, from + BATCH)
    await tx.sql.run(
      `INSERT INTO "Unit" ("id", "kind", "name", "parentId", "path", "data", "version")
       VALUES ${units.map(() => `(?, ?, ?, ?, ?, '{}', 1)`).join(', ')}
       ON CONFLICT ("id") DO UPDATE SET "name" = excluded."name", "parentId" = excluded."parentId", "path" = excluded."path", "closedAt" = NULL`,
      ...units.flatMap(({ code, kind, name, parent, path }) => [code, kind, name, parent, path]),
    )
  }
  for (const { id, closedAt } of rows)
    if (closedAt === null && !district.units.has(id))
      await tx.sql.run('UPDATE "Unit" SET "closedAt" = ? WHERE "id" = ?', now, id)
  // Units whose way down is another now: what they hold is found by it, and marked anew.
  for (const { code, path } of differing) {
    const row = known.get(code)
    if (!row || row.path === path) continue
    const held = await tx.sql.all<{ id: string }>('SELECT "id" FROM "Case" WHERE "holderUnitId" = ?', code)
    for (const { id } of held) tx.unmarked.add(id)
  }
}
