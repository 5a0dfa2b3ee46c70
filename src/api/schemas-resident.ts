import Type, { type Static } from 'typebox'
import { LANGUAGES } from '../rules/people/language.ts'
import { answers, errorShape, list, message, object, oneOf, span, text, textOrNull } from './schemas.ts'

/** The shapes of `/api/resident/*`. */

const privacy = object({ version: Type.String(), shown: Type.Boolean() })
const session = object({
  language: oneOf(LANGUAGES),
  privacy,
  recoveryCode: Type.Optional(Type.String()),
})

export const said = object({
  id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
  text: Type.String({ maxLength: 40_000 }),
  tap: Type.Optional(Type.String({ maxLength: 200 })),
})
export type Said = Static<typeof said>

const line = {
  code: Type.String(),
  title: Type.String(),
  state: Type.String(),
  stateWords: Type.String(),
  office: Type.String(),
  createdAt: Type.String(),
  due: textOrNull,
  awaitsRating: Type.Boolean(),
  open: Type.Boolean(),
}
export const caseLine = object(line)
export type CaseLine = Static<typeof caseLine>

export const caseView = object({
  ...line,
  place: Type.String(),
  next: Type.String(),
  timeline: list(
    object({
      at: Type.String(),
      words: Type.String(),
      text: Type.Optional(Type.String()),
      arrived: Type.Optional(
        Type.Unsafe<'sent' | 'waiting' | 'givenUp' | null>({ type: ['string', 'null'] }),
      ),
      by: Type.Optional(Type.String()),
    }),
  ),
  coming: list(object({ words: Type.String(), due: textOrNull })),
  answer: Type.Optional(
    object({
      at: Type.String(),
      office: Type.String(),
      result: Type.String(),
      facts: Type.String(),
      basis: Type.String(),
      points: list(object({ text: Type.String(), done: Type.Boolean() })),
    }),
  ),
  may: list(oneOf(['rate', 'add', 'withdraw'] as const)),
})
export type CaseView = Static<typeof caseView>

const looked = object({
  code: Type.String(),
  state: Type.String(),
  stateWords: Type.String(),
  office: Type.String(),
  createdAt: Type.String(),
  due: textOrNull,
})
export type Looked = Static<typeof looked>

const district = object({
  name: Type.String(),
  hotlines: list(object({ number: Type.String(), label: Type.String(), hours: Type.String() })),
  privacy: object({ version: Type.String(), text: Type.String() }),
  languages: list(Type.String()),
})

export const looking = object({ code: text(1, 40), queryCode: text(1, 20) })
export type Looking = Static<typeof looking>
const recovering = object({ code: text(1, 64) })
const reading = object({ seq: Type.Integer({ minimum: 0, maximum: 2_000_000_000 }) })
const speaking = object({ language: oneOf(LANGUAGES) })

const nothing = { '4xx': errorShape, '5xx': errorShape }
const page = object({ messages: list(message), last: Type.Integer(), more: Type.Boolean() })

/** The schema of each route, by its name in docs/protocol.md. */
export const routes = {
  session: { tags: ['resident'], body: object({}), response: answers(session) },
  recover: { tags: ['resident'], body: recovering, response: answers(session) },
  messages: { tags: ['resident'], querystring: span, response: answers(page) },
  say: {
    tags: ['resident'],
    body: said,
    response: answers(object({ seq: Type.Integer(), messages: list(message) })),
  },
  read: { tags: ['resident'], body: reading, response: nothing },
  cases: { tags: ['resident'], response: answers(object({ cases: list(caseLine) })) },
  case: { tags: ['resident'], params: object({ code: text(1, 40) }), response: answers(caseView) },
  language: { tags: ['resident'], body: speaking, response: nothing },
  export: { tags: ['resident'], response: nothing },
  lookup: { tags: ['resident'], body: looking, response: answers(looked) },
  district: { tags: ['resident'], response: answers(district) },
} as const

export type Session = Static<typeof session>
export type Recovering = Static<typeof recovering>
export type Reading = Static<typeof reading>
export type Speaking = Static<typeof speaking>
export type DistrictView = Static<typeof district>
