import Type, { type Static } from 'typebox'
import { MEASURES } from '../rules/cases/assess.ts'
import { TEMPLATE_FIELDS, type TemplateField } from '../rules/cases/templates.ts'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'

/** The shapes of assessments 考评 and answer templates. */

const numberOrNull = Type.Unsafe<number | null>({ type: ['integer', 'null'] })
const share = object({ n: Type.Integer(), of: Type.Integer(), percent: numberOrNull })
const line = object({
  key: Type.String(),
  name: Type.String(),
  /** Steps down from the district. */
  depth: Type.Integer(),
  cases: Type.Integer(),
  orders: Type.Integer(),
  ...(Object.fromEntries(MEASURES.map(measure => [measure, share])) as Record<
    (typeof MEASURES)[number],
    typeof share
  >),
})
export type AssessmentLine = Static<typeof line>
const asked = object({
  id: Type.String(),
  case: Type.String(),
  unit: Type.String(),
  reason: Type.String(),
  at: Type.String(),
})
const month = object({
  month: Type.String(),
  months: list(Type.String()),
  units: list(line),
  categories: list(line),
  total: line,
  asked: list(asked),
})
export type AssessmentMonth = Static<typeof month>

const one = object({
  id: Type.String(),
  code: Type.String(),
  title: Type.String(),
  unit: Type.String(),
  order: textOrNull,
  at: Type.String(),
  value: numberOrNull,
  reviewed: Type.Boolean(),
})
export type AssessedCase = Static<typeof one>

const measure = object({
  key: Type.String(),
  computed: numberOrNull,
  value: numberOrNull,
  reviewed: Type.Boolean(),
})
const said = object({
  kind: oneOf(['asked', 'reviewed'] as const),
  at: Type.String(),
  by: Type.String(),
  reason: Type.String(),
  values: list(object({ key: Type.String(), value: numberOrNull })),
})
const ofCase = object({
  id: Type.String(),
  unit: Type.String(),
  order: textOrNull,
  measures: list(measure),
  said: list(said),
  asked: Type.Boolean(),
  mayAsk: Type.Boolean(),
  mayReview: Type.Boolean(),
})
export type AssessmentOfCase = Static<typeof ofCase>

const template = object({
  key: Type.String(),
  title: Type.String(),
  /** What it was made for. */
  fits: oneOf(['both', 'category', 'state', 'any'] as const),
  fields: object(
    Object.fromEntries(TEMPLATE_FIELDS.map(field => [field, Type.Optional(Type.String())])) as Record<
      TemplateField,
      Type.TOptional<Type.TString>
    >,
  ),
})
export type TemplateView = Static<typeof template>

const monthText = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })
const ofMonth = object({ month: Type.Optional(monthText) })
export type OfMonth = Static<typeof ofMonth>
const behind = object({
  month: monthText,
  unit: Type.Optional(text(1, 20)),
  category: Type.Optional(text(1, 40)),
  what: oneOf(['cases', 'orders', ...MEASURES] as const),
  value: Type.Optional(oneOf(['0', '1'] as const)),
})
export type Behind = Static<typeof behind>
const reason = text(2, 500)
const asking = object({ reason })
export type Asking = Static<typeof asking>
const reviewing = object({ reason, values: Type.Object({}, { additionalProperties: true }) })
export type Reviewing = Static<typeof reviewing>
const tags = ['staff']
const id = object({ id: text(1, 64) })
const code = object({ code: text(1, 40) })
const verb = object({ verb: text(1, 40) })
export type OfVerb = Static<typeof verb>

export const assessmentSchemas = {
  month: { tags, querystring: ofMonth, response: answers(month) },
  sheet: { tags, querystring: ofMonth },
  behind: { tags, querystring: behind, response: answers(object({ rows: list(one), more: Type.Boolean() })) },
  ofCase: { tags, params: code, response: answers(object({ rows: list(ofCase) })) },
  ask: { tags, params: id, body: asking, response: answers(object({ rows: list(ofCase) })) },
  review: { tags, params: id, body: reviewing, response: answers(object({ rows: list(ofCase) })) },
  templates: {
    tags,
    params: code,
    querystring: verb,
    response: answers(object({ templates: list(template) })),
  },
} as const
