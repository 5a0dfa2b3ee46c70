import Type, { type Static } from 'typebox'
import { LABELS } from '../rules/learning/labels.ts'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'

/** Shapes of the page of corrections, and of a person's own word on it. */

const counts = {
  proposed: Type.Integer(),
  asked: Type.Integer(),
  corrected: Type.Integer(),
  right: Type.Integer(),
}

const view = object({
  months: list(Type.String()),
  total: object(counts),
  byMonth: list(object({ month: Type.String(), ...counts })),
  lines: list(object({ label: Type.String(), month: Type.String(), ...counts })),
  moves: list(object({ month: Type.String(), from: Type.String(), to: Type.String(), n: Type.Integer() })),
  labels: list(Type.String()),
  waiting: Type.Integer(),
  approved: Type.Integer(),
  teaches: Type.Boolean(),
})
export type LearningView = Static<typeof view>

const example = object({
  id: Type.String(),
  case: Type.String(),
  month: Type.String(),
  text: Type.String(),
  proposed: Type.String(),
  confidence: Type.Number(),
  alternatives: list(object({ label: Type.String(), confidence: Type.Number() })),
  asked: Type.Boolean(),
  chosen: textOrNull,
  settled: Type.String(),
  decidedBy: textOrNull,
  decidedAt: textOrNull,
  version: Type.Integer(),
})
export type LearningExample = Static<typeof example>

const byState = object({ state: Type.Optional(oneOf(['waiting', 'approved'] as const)) })
export type OfState = Static<typeof byState>
const byId = object({ id: text(1, 60) })
export type ExampleId = Static<typeof byId>
const approval = object({
  version: Type.Integer(),
  text: text(4, 2_000),
  label: oneOf(LABELS),
})
export type Approval = Static<typeof approval>
const discarding = object({ version: Type.Integer() })
export type Discarding = Static<typeof discarding>
const wish = object({ on: Type.Boolean() })
export type LearningWish = Static<typeof wish>

const tags = ['staff']
const left = answers(object({ waiting: Type.Integer(), approved: Type.Integer() }))

export const learningSchemas = {
  view: { tags, response: answers(view) },
  sheet: { tags },
  examples: {
    tags,
    querystring: byState,
    response: answers(object({ rows: list(example), more: Type.Boolean() })),
  },
  approve: { tags, params: byId, body: approval, response: left },
  discard: { tags, params: byId, body: discarding, response: left },
  wish: {
    tags: ['resident'],
    response: answers(object({ on: Type.Boolean(), examples: Type.Integer() })),
  },
  setWish: {
    tags: ['resident'],
    body: wish,
    response: answers(object({ on: Type.Boolean(), examples: Type.Integer() })),
  },
} as const
