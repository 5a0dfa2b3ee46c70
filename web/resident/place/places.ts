import { Refusal } from '../../shared/api.ts'
import { ask } from '../session.ts'
import type { Places } from '../shapes.ts'
import type { Position } from './locate.ts'
import { type Spot, spotsOf } from './spots.ts'

/** The grid a position lies in. */
export interface Grid {
  unit: string
  name: string
  town: string
  community: string
}

let fetched: Promise<readonly Spot[]> | undefined

/** Every place of the district, fetched once. Throws `Refusal`. */
export function allSpots(): Promise<readonly Spot[]> {
  fetched ??= ask<Places>('GET', 'places')
    .then(spotsOf)
    .catch(error => {
      fetched = undefined
      throw error
    })
  return fetched
}

/** The grid there; undefined outside the district. Throws `Refusal`. */
export async function gridAt(position: Position): Promise<Grid | undefined> {
  try {
    return await ask<Grid>('POST', 'places/at', position)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'notFound') return undefined
    throw error
  }
}
