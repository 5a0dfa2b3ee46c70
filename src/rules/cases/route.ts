import type { CaseClass, CaseState, OrderKind } from './types.ts'

/** Codes of a place as far as it is known: 9 digits a town, 12 a community, 15 a grid. */
export interface PlaceCodes {
  townCode?: string | undefined
  communityCode?: string | undefined
  gridCode?: string | undefined
}

/** Who has a new case, and how it came there. */
export interface Routed {
  holderUnit: string
  order: OrderKind
  state: Extract<CaseState, 'received' | 'assigned' | 'working'>
  /** Units that see it while nobody has taken it. */
  visibleTo: readonly string[]
}

/**
 * The first hand of a new case. Place known: its town may grab it within the window; urgent: straight to the town, no
 * window. Place unknown: the district dispatcher holds it and decides.
 */
export function routeNew(place: PlaceCodes, caseClass: CaseClass, district: string): Routed {
  const town = townOf(place)
  if (!town) return { holderUnit: district, order: 'dispatch', state: 'received', visibleTo: [district] }
  const visibleTo = [town, district]
  return caseClass === 'urgent'
    ? { holderUnit: town, order: 'dispatch', state: 'assigned', visibleTo }
    : { holderUnit: town, order: 'grab', state: 'received', visibleTo }
}

/** A grid that settled on the spot what its worker found: in its own hand from the first moment. */
export const inOwnHand = (grid: string): Routed => ({
  holderUnit: grid,
  order: 'dispatch',
  state: 'working',
  visibleTo: [grid],
})

/** A call for help goes at once to the trained people of its desk; nobody else may take it. */
export const toDesk = (unit: string): Routed => ({
  holderUnit: unit,
  order: 'dispatch',
  state: 'assigned',
  visibleTo: [unit],
})

/** When nobody grabbed in time: 派单 to the town of the place, else it stays with the district dispatcher. */
export function routeAfterWindow(place: PlaceCodes, district: string): Routed {
  const town = townOf(place)
  return town
    ? { holderUnit: town, order: 'dispatch', state: 'assigned', visibleTo: [town, district] }
    : routeNew({}, 'general', district)
}

/** The town a place lies in: said, or the first nine digits of a longer code. */
export function townOf({ townCode, communityCode, gridCode }: PlaceCodes): string | undefined {
  return townCode ?? communityCode?.slice(0, 9) ?? gridCode?.slice(0, 9)
}
