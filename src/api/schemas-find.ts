import Type, { type Static } from 'typebox'
import { digits, list, object, oneOf } from './schemas.ts'
import { deskFilter } from './schemas-board.ts'

/** The shapes of lists, filters and the search of the desk. */

export const listLine = object({
  key: Type.String(),
  group: Type.String(),
  label: Type.String(),
  count: Type.Integer(),
  capped: Type.Boolean(),
  hot: Type.Boolean(),
})

const bits = list(object({ t: Type.String(), m: Type.Boolean() }))
/** Why a search found a case, and where the words stand in what is shown of it. */
export const found = object({
  by: list(oneOf(['code', 'phone', 'name', 'words', 'place'] as const)),
  title: bits,
  text: Type.Optional(bits),
})
export type FoundView = Static<typeof found>

export const casesQuery = object({
  list: Type.Optional(Type.String({ maxLength: 40 })),
  q: Type.Optional(Type.String({ maxLength: 2000 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(digits),
  ...deskFilter,
})
export type CasesQuery = Static<typeof casesQuery>

/** Of a search or filter, on its first page: how many there are, exact to 999; what could not be looked for, in words. */
export const counted = {
  count: Type.Optional(Type.Integer()),
  capped: Type.Optional(Type.Boolean()),
  note: Type.Optional(Type.String()),
}
