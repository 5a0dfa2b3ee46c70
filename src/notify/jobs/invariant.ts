import type { House } from '../../actions/house.ts'
import { brokenPromises } from '../../actions/invariant.ts'

/** Counts cases that break "every matter has an owner, a date and a last word". Zero is the only good answer. */
export async function checkInvariant(house: House): Promise<number> {
  return (await brokenPromises(house.store.read)).broken.length
}
