import type { District } from '../district.ts'
import type { OrderFact } from '../rules/cases/orders.ts'
import type { CaseForRights, Member } from '../rules/people/may.ts'
import type { CaseRow } from '../store/cases.ts'
import type { Reads } from '../store/db.ts'
import { orderFacts } from '../store/orders.ts'

/** A signed-in member of staff with every role they hold. */
export interface Who {
  staffId: string
  name: string
  members: readonly Member[]
}

/** A case as far as rights go, with the units that hold or held an order on it. */
export const forRights = async (from: Reads, district: District, row: CaseRow): Promise<CaseForRights> =>
  rightsOf(district, row, await orderFacts(from, row.id))

/** The same where its orders are known. */
export function rightsOf(district: District, row: CaseRow, orders: readonly OrderFact[]): CaseForRights {
  const path = (code: string | null) => (code ? (district.units.get(code)?.path ?? null) : null)
  return {
    kind: row.kind,
    state: row.state,
    holderUnit: row.holderUnitId,
    holderPath: path(row.holderUnitId) ?? row.holderUnitId,
    placePath: path(row.gridId) ?? path(row.communityId) ?? path(row.townId),
    orderUnits: [...new Set(orders.map(order => order.unit))],
    orders,
    hidden: row.hidden === 1,
    // Whom a resident fears is seldom named; the town they live in is who could find out. The district can always ask.
    accusedUnit: row.hidden ? row.townId : null,
    accusation: row.category === 'accusation',
  }
}
