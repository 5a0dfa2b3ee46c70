import Type, { type Static } from 'typebox'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'

/** The shapes of what makes the desk fast: many cases dispatched at once, saved filters, pinyin. */

/** Cases one batch may hold, and words asked for in pinyin at once. */
const MOST_CASES = 200
const MOST_WORDS = 400

const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const dispatching = object({
  id: uuid,
  unit: text(1, 40),
  codes: Type.Array(text(1, 40), { minItems: 1, maxItems: MOST_CASES }),
})
export type DispatchingBody = Static<typeof dispatching>

const line = object({
  code: Type.String(),
  state: oneOf(['held', 'out', 'refused'] as const),
  /** A key: `notFound`, `notYours`, `notFromHere`, `faster` (somebody was, `by` whom where known). */
  why: textOrNull,
  by: textOrNull,
})
const dispatch = object({
  id: Type.String(),
  unit: Type.String(),
  state: oneOf(['held', 'out', 'undone'] as const),
  effectAt: Type.String(),
  lines: list(line),
})
export type DispatchView = Static<typeof dispatch>

const saved = object({ id: Type.String(), name: Type.String(), query: Type.String() })
const choice = object({ key: Type.String(), name: Type.String() })
const filters = object({
  saved: list(saved),
  categories: list(choice),
  states: list(choice),
})
export type FiltersView = Static<typeof filters>
const saving = object({ name: text(1, 30), query: text(1, 500) })
export type Saving = Static<typeof saving>
const byId = object({ id: uuid })
export type ByUuid = Static<typeof byId>
const spelling = object({ words: Type.Array(Type.String({ maxLength: 60 }), { maxItems: MOST_WORDS }) })
export type Spelling = Static<typeof spelling>

const tags = ['staff']
const dispatches = answers(object({ dispatches: list(dispatch) }))

/** The schema of each route, by its name in docs/protocol.md. */
export const deskSchemas = {
  dispatches: { tags, response: dispatches },
  dispatch: { tags, body: dispatching, response: dispatches },
  dispatchStep: { tags, params: byId, response: dispatches },
  filters: { tags, response: answers(filters) },
  save: { tags, body: saving, response: answers(filters) },
  unsave: { tags, params: byId, response: answers(filters) },
  pinyin: { tags, body: spelling, response: answers(object({ py: list(Type.String()) })) },
} as const
