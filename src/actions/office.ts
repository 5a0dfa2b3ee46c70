import type { District } from '../district.ts'
import { isConfidential } from '../rules/help.ts'

/** The unit itself, or the nearest above it that takes something new: what is closed to new ones hands them up. */
export function openFrom({ units, code }: Pick<District, 'units' | 'code'>, unit: string): string {
  let at = units.get(unit)
  while (at?.closed && at.parent) at = units.get(at.parent)
  return at?.code ?? code
}

/** The name of a unit; the district's own where it has none. */
export const unitName = ({ units, name }: Pick<District, 'units' | 'name'>, unit: string | null): string =>
  (unit && units.get(unit)?.name) || name

/**
 * The office of a case as its person reads it: whoever looks over their shoulder must not learn from it which desk helps them. `unit` where
 * another than the holder is meant.
 */
export const officeShown = (
  district: Pick<District, 'units' | 'name'>,
  row: { kind: string; category: string; holderUnitId: string },
  unit: string | null = row.holderUnitId,
): string => (isConfidential(row) ? `${district.name}服务中心` : unitName(district, unit))
