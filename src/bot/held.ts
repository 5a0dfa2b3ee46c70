import type { Ears } from './receive.ts'

/** The house and the book as they stand now, held for one turn: a district changed in the middle of it counts from the next on. */
export const held = (ears: Ears): Ears => ({ ...ears, house: { ...ears.house } })
