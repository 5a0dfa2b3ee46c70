import Type, { type Static } from 'typebox'
import { LANGUAGES } from '../rules/people/language.ts'
import { answers, errorShape, list, message, object, oneOf, span, text, textOrNull } from './schemas.ts'
import { brought } from './schemas-files.ts'

/** The shapes of `/api/resident/*`. */

const privacy = object({ version: Type.String(), shown: Type.Boolean() })
export const session = object({
  language: oneOf(LANGUAGES),
  privacy,
  recoveryCode: Type.Optional(Type.String()),
})

export const said = object({
  id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
  text: Type.String({ maxLength: 40_000 }),
  tap: Type.Optional(Type.String({ maxLength: 200 })),
  ...brought,
})
export type Said = Static<typeof said>

const line = {
  code: Type.String(),
  /** `mediation` has a page of its own. */
  kind: Type.String(),
  title: Type.String(),
  state: Type.String(),
  stateWords: Type.String(),
  office: Type.String(),
  createdAt: Type.String(),
  due: textOrNull,
  awaitsRating: Type.Boolean(),
  open: Type.Boolean(),
  /** The newest public words of a case that is not over, on the list of own cases. */
  news: Type.Optional(
    object({ at: Type.String(), words: Type.String(), text: Type.Optional(Type.String()) }),
  ),
}
export const caseLine = object(line)
export type CaseLine = Static<typeof caseLine>

/** A photo or file: fetched as `files/<id>/small` and `/full`. */
export const fileLine = object({
  id: Type.String(),
  kind: oneOf(['image', 'file'] as const),
  type: Type.String(),
  bytes: Type.Integer(),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  at: Type.String(),
})
export type FileLine = Static<typeof fileLine>

const arrived = ['sent', 'waiting', 'givenUp'] as const

export const caseView = object({
  ...line,
  place: Type.String(),
  next: Type.String(),
  since: Type.String(),
  handler: Type.Optional(Type.String()),
  left: textOrNull,
  timeline: list(
    object({
      at: Type.String(),
      words: Type.String(),
      text: Type.Optional(Type.String()),
      arrived: Type.Optional(
        Type.Unsafe<'sent' | 'waiting' | 'givenUp' | null>({ type: ['string', 'null'] }),
      ),
      arrival: Type.Optional(Type.String()),
      by: Type.Optional(Type.String()),
      files: Type.Optional(list(Type.String())),
    }),
  ),
  notices: list(
    object({
      at: Type.String(),
      words: Type.String(),
      channel: textOrNull,
      state: oneOf(arrived),
      arrival: Type.String(),
    }),
  ),
  files: list(fileLine),
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
  /** How many neighbours follow it; left out when none does. */
  neighbours: Type.Optional(Type.Integer()),
  /** 转为调解: the office suggested it, or a mediation grew out of it. */
  mediation: Type.Optional(
    object({ state: oneOf(['offered', 'applied'] as const), code: Type.Optional(Type.String()) }),
  ),
  may: list(oneOf(['rate', 'add', 'withdraw', 'reopen'] as const)),
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

const hotline = object({
  number: Type.String(),
  label: Type.String(),
  hours: Type.String(),
  /** Null where no fixed times are known. */
  open: Type.Unsafe<'now' | 'closed' | null>({ type: ['string', 'null'], enum: ['now', 'closed', null] }),
  opens: Type.Optional(Type.String()),
})

const district = object({
  name: Type.String(),
  hotlines: list(hotline),
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
  quickExit: { tags: ['resident'], body: object({}), response: nothing },
  language: { tags: ['resident'], body: speaking, response: nothing },
  export: { tags: ['resident'], response: nothing },
  caseQr: { tags: ['resident'], params: object({ code: text(1, 40) }), response: nothing },
  lookup: { tags: ['resident'], body: looking, response: answers(looked) },
  district: { tags: ['resident'], response: answers(district) },
} as const

export type Session = Static<typeof session>
export type Recovering = Static<typeof recovering>
export type Reading = Static<typeof reading>
export type Speaking = Static<typeof speaking>
export type DistrictView = Static<typeof district>
