import Type, { type Static } from 'typebox'
import { AUDIT_GROUPS, type Audited } from '../rules/audit/kinds.ts'
import { answers, digits, list, object, oneOf, text, textOrNull } from './schemas.ts'

/** The shapes of the book of the audit: docs/protocol.md, "Audit". */

const day = Type.String({ pattern: '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$' })
const query = object({
  person: Type.Optional(text(1, 64)),
  unit: Type.Optional(text(1, 20)),
  /** Of a case; in every shape a person writes one. */
  code: Type.Optional(text(1, 40)),
  group: Type.Optional(oneOf(AUDIT_GROUPS)),
  what: Type.Optional(text(1, 40)),
  since: Type.Optional(day),
  until: Type.Optional(day),
  refused: Type.Optional(oneOf(['1'] as const)),
  q: Type.Optional(text(1, 60)),
  cursor: Type.Optional(text(1, 300)),
  limit: Type.Optional(digits),
})
export type AuditQuery = Static<typeof query>

const row = object({
  id: Type.String(),
  at: Type.String(),
  /** Name of who did it; null: nobody known, or the service itself. */
  by: textOrNull,
  role: textOrNull,
  unit: textOrNull,
  what: Type.Unsafe<Audited>({ type: 'string' }),
  /** What was done, in words. */
  does: Type.String(),
  /** What it was done to, in words; empty where there is nothing to say. */
  about: Type.String(),
  case: textOrNull,
  ok: Type.Boolean(),
  /** The words given, such as a reason; null where they are not for this reader. */
  words: textOrNull,
})
export type AuditLineView = Static<typeof row>

const head = Type.Unsafe<{ seq: number; hash: string } | null>({
  ...object({ seq: Type.Integer(), hash: Type.String() }),
  type: ['object', 'null'],
})
const state = object({
  head,
  unsealed: Type.Integer(),
  keepMonths: Type.Integer(),
  verified: Type.Unsafe<{ at: string; rows: number; broken: string | null } | null>({
    ...object({ at: Type.String(), rows: Type.Integer(), broken: textOrNull }),
    type: ['object', 'null'],
  }),
})
export type AuditState = Static<typeof state>

const person = object({ id: Type.String(), name: Type.String(), login: Type.String(), unit: Type.String() })
const reader = object({
  name: Type.String(),
  role: textOrNull,
  unit: textOrNull,
  n: Type.Integer(),
  first: Type.String(),
  last: Type.String(),
})

const detail = object({
  ...row.properties,
  login: textOrNull,
  seq: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
  origin: textOrNull,
  field: textOrNull,
  hash: textOrNull,
})
export type AuditDetail = Static<typeof detail>

const tags = ['staff']
const { cursor: _, limit: __, ...narrowing } = query.properties

export const auditSchemas = {
  page: {
    tags,
    querystring: query,
    response: answers(object({ rows: list(row), next: textOrNull, lookedTo: textOrNull })),
  },
  row: { tags, params: object({ id: text(1, 64) }), response: answers(detail) },
  state: { tags, response: answers(state) },
  people: { tags, response: answers(object({ people: list(person) })) },
  readers: {
    tags,
    querystring: object({ code: text(1, 40) }),
    response: answers(object({ case: Type.String(), readers: list(reader) })),
  },
  file: { tags, querystring: object(narrowing) },
} as const
