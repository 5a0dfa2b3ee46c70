import Type, { type Static } from 'typebox'
import { DUTIES } from '../rules/grid/duties.ts'
import { answers, errorShape, list, object, oneOf, text, textOrNull } from './schemas.ts'
import { fileLine } from './schemas-resident.ts'

/** The shapes of `grids` and `chat` under `/api/staff`. */

const unit = object({ id: Type.String(), name: Type.String() })
const duty = object({ key: Type.String(), label: Type.String(), n: Type.Integer() })

/** Days both counted, `YYYY-MM-DD`. */
const days = { from: Type.String(), to: Type.String() }

const grids = object({
  ...days,
  unit: Type.Union([unit, Type.Null()]),
  up: Type.Union([unit, Type.Null()]),
  rows: list(
    object({
      ...{ id: Type.String(), name: Type.String(), isGrid: Type.Boolean() },
      ...{ open: Type.Integer(), late: Type.Integer(), workers: Type.Integer() },
      duties: list(duty),
    }),
  ),
})
export type GridsView = Static<typeof grids>

const record = object({
  id: Type.String(),
  at: Type.String(),
  on: Type.String(),
  grid: Type.String(),
  duty: Type.String(),
  dutyWords: Type.String(),
  text: Type.String(),
  place: textOrNull,
  by: textOrNull,
  case: textOrNull,
  files: list(fileLine),
})
const records = object({ records: list(record), next: textOrNull })
export type RecordView = Static<typeof record>

const spans = { span: Type.Optional(oneOf(['week', 'month'] as const)), unit: Type.Optional(text(1, 40)) }
const gridsOf = object(spans)
export type GridsOf = Static<typeof gridsOf>
const recordsOf = object({
  ...spans,
  duty: Type.Optional(oneOf(DUTIES)),
  before: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' })),
})
export type RecordsOf = Static<typeof recordsOf>
const fileOf = object({
  id: text(1, 64),
  file: text(1, 64),
  copy: oneOf(['small', 'full'] as const),
})
export type RecordFile = Static<typeof fileOf>

const tags = ['staff']

/** The schema of each route, by its name in docs/protocol.md. */
export const gridRoutes = {
  grids: { tags, querystring: gridsOf, response: answers(grids) },
  records: { tags, querystring: recordsOf, response: answers(records) },
  recordCopy: { tags, params: fileOf, response: { '4xx': errorShape, '5xx': errorShape } },
  chat: { tags, response: answers(object({ linkedAt: textOrNull })) },
  chatCode: { tags, response: answers(object({ code: Type.String(), until: Type.String() })) },
  unlinkChat: { tags, response: answers(object({ ok: Type.Boolean() })) },
} as const
