import Type, { type Static } from 'typebox'
import { DUE_BANDS } from '../rules/board/figures.ts'
import { CASE_CLASSES, ORDER_KINDS } from '../rules/cases/types.ts'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'

/** The shapes of `/api/staff/board…`. Nothing in them names a person. */

const numberOrNull = Type.Unsafe<number | null>({ type: ['number', 'null'] })
const count = Type.Integer()

/** `percent` is null where there are fewer than five; `change` in points to the month before. */
const share = object({ n: count, of: count, percent: numberOrNull, change: numberOrNull })
export type BoardShare = Static<typeof share>

const figures = {
  ended: count,
  redone: count,
  contacted: share,
  answered: share,
  solved: share,
  satisfied: share,
}
const line = object({
  key: Type.String(),
  name: Type.String(),
  /** Steps below the first line of the table. */
  depth: count,
  ...figures,
  /** Null where cases lie in no place of it. */
  received: numberOrNull,
})
export type BoardLine = Static<typeof line>

const monthLine = object({ month: Type.String(), received: numberOrNull, ...figures })
export type BoardMonth = Static<typeof monthLine>

const choice = object({ key: Type.String(), name: Type.String(), group: textOrNull })
const promises = object({
  month: Type.String(),
  months: list(Type.String()),
  unit: textOrNull,
  category: textOrNull,
  /** Whose board it is, in words. */
  of: Type.String(),
  units: list(choice),
  categories: list(choice),
  total: line,
  trend: list(monthLine),
  offices: list(line),
  subjects: list(line),
})
export type BoardPromises = Static<typeof promises>

const breaking = object({
  code: Type.String(),
  class: Type.String(),
  category: Type.String(),
  place: Type.String(),
  holder: Type.String(),
  due: Type.String(),
  dueKind: textOrNull,
})
const next = object({
  now: Type.String(),
  open: count,
  late: count,
  /** Answered, waiting for the resident's word. */
  answered: count,
  bands: list(
    object({
      key: oneOf(DUE_BANDS.map(({ key }) => key)),
      from: textOrNull,
      to: textOrNull,
      n: count,
    }),
  ),
  rows: list(breaking),
})
export type BoardNext = Static<typeof next>

const flow = object({
  passed: list(
    object({
      kind: oneOf(ORDER_KINDS),
      from: Type.String(),
      fromName: Type.String(),
      to: Type.String(),
      toName: Type.String(),
      n: count,
    }),
  ),
  kinds: list(object({ kind: oneOf(ORDER_KINDS), n: count })),
})
export type BoardFlow = Static<typeof flow>

/** Hours with one decimal. */
const stay = object({ median: numberOrNull, p90: numberOrNull })
const hands = object({
  hands: list(object({ kind: oneOf(ORDER_KINDS), n: count, wait: stay, work: stay })),
})
export type BoardHands = Static<typeof hands>

const places = object({
  weeks: list(object({ day: Type.String(), from: Type.String(), to: Type.String() })),
  rows: list(
    object({
      place: Type.String(),
      placeName: Type.String(),
      category: Type.String(),
      categoryName: Type.String(),
      counts: list(count),
      total: count,
    }),
  ),
})
export type BoardPlaces = Static<typeof places>

const grids = object({
  rows: list(
    object({
      code: Type.String(),
      name: Type.String(),
      community: Type.String(),
      town: Type.String(),
      open: count,
      late: count,
      received: count,
    }),
  ),
  /** Town whose grids are drawn; null for all. */
  town: textOrNull,
})
export type BoardGrids = Static<typeof grids>

const figuresOrNull = <K extends string>() =>
  Type.Unsafe<Record<K, number> | null>({
    type: ['object', 'null'],
    additionalProperties: { type: 'integer' },
  })
const others = object({
  mediation: figuresOrNull<'applied' | 'accepted' | 'reached' | 'performed' | 'failed' | 'promisesDue'>(),
  /** Duties of the year that have fallen due, and those met; children not seen for thirty days, or without a volunteer. */
  care: figuresOrNull<'paired' | 'duties' | 'met' | 'unseen' | 'alone'>(),
})
export type BoardOthers = Static<typeof others>

const asked = object({
  month: Type.Optional(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })),
  unit: Type.Optional(text(1, 20)),
  category: Type.Optional(text(1, 40)),
})
export type BoardQuery = Static<typeof asked>
const outline = Type.Unsafe<object>({ type: 'object', additionalProperties: true })

const instant = Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,12}Z$' }))
/** Filters of the desk, and a number of the board opened there: these take the place of a list. */
export const deskFilter = {
  unit: Type.Optional(text(1, 20)),
  place: Type.Optional(text(9, 15)),
  category: Type.Optional(text(1, 40)),
  class: Type.Optional(oneOf(CASE_CLASSES)),
  state: Type.Optional(text(1, 20)),
  owed: Type.Optional(oneOf(['1'] as const)),
  due: Type.Optional(oneOf(['late', 'today', 'soon'] as const)),
  dueFrom: instant,
  dueUntil: instant,
  since: instant,
  until: instant,
}

const tags = ['staff']

export const boardSchemas = {
  promises: { tags, querystring: asked, response: answers(promises) },
  next: { tags, querystring: asked, response: answers(next) },
  flow: { tags, querystring: asked, response: answers(flow) },
  hands: { tags, querystring: asked, response: answers(hands) },
  places: { tags, querystring: asked, response: answers(places) },
  grids: { tags, querystring: asked, response: answers(grids) },
  others: { tags, querystring: asked, response: answers(others) },
  outlines: { tags, response: answers(outline) },
  file: { tags, querystring: asked },
} as const
