import type { CaseRow } from '../store/cases.ts'
import { keyedHash } from '../store/seal.ts'
import type { House } from './house.ts'

const estates = new WeakMap<House['district'], ReadonlyMap<string, string>>()

/** Names of the district's estates by the hash a case carries. */
function estatesOf({ store, district }: House): ReadonlyMap<string, string> {
  const known = estates.get(district)
  if (known) return known
  const made = new Map(district.estates.map(({ name }) => [keyedHash(store.keys, 'estate', name), name]))
  estates.set(district, made)
  return made
}

/** The name of the estate a case lies in, where it is known. */
export const estateName = (house: House, row: Pick<CaseRow, 'estate'>): string | null =>
  (row.estate && estatesOf(house).get(row.estate)) || null

/** Where a case lies as neighbours may know it: the estate, else the community, the town or the district. */
export function publicPlace(house: House, row: Pick<CaseRow, 'estate' | 'communityId' | 'townId'>): string {
  const unit = row.communityId ?? row.townId
  return estateName(house, row) ?? (unit && house.district.units.get(unit)?.short) ?? house.district.name
}
