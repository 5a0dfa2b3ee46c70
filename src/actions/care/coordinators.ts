import type { District } from '../../district.ts'
import type { AbsenceRow } from '../../store/care/absences.ts'
import type { Reads } from '../../store/db.ts'

/** Who coordinates the care of children of a unit: the nearest up the way, or the deputy while they are away. */
export type CoordinatorOf = (unitId: string) => string | null

/**
 * Looks the coordinators up once. An area without one is answered for by the district desk: a duty nobody met must reach somebody.
 */
export async function coordinators(
  from: Reads,
  district: Pick<District, 'units'>,
  away: ReadonlyMap<string, AbsenceRow>,
): Promise<CoordinatorOf> {
  const rows = await from.sql.all<{ staffId: string; unitId: string; role: string }>(
    `SELECT r."staffId", r."unitId", r."role" FROM "Role" r JOIN "Staff" s ON s."id" = r."staffId"
     WHERE r."role" IN ('careCoordinator', 'districtDispatcher') AND s."endedAt" IS NULL ORDER BY s."createdAt", s."id"`,
  )
  const at = (role: string, unit: string) =>
    rows.find(row => row.role === role && row.unitId === unit)?.staffId
  return unitId => {
    const way = (district.units.get(unitId)?.path ?? unitId).split('/').reverse()
    const own = way.map(unit => at('careCoordinator', unit)).find(id => id !== undefined)
    const desk = rows.find(row => row.role === 'districtDispatcher')?.staffId ?? null
    if (own === undefined) return desk
    return away.get(`staff:${own}`)?.coverId ?? own
  }
}
