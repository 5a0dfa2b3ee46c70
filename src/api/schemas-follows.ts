import Type, { type Static } from 'typebox'
import { answers, errorShape, list, object, text, textOrNull } from './schemas.ts'

/** The shapes of following: for a person category, place, state, dates, office and what a clerk wrote for neighbours; for staff who follows. */

const followed = object({
  code: Type.String(),
  category: Type.String(),
  place: Type.String(),
  state: Type.String(),
  stateWords: Type.String(),
  office: Type.String(),
  createdAt: Type.String(),
  closedAt: textOrNull,
  due: textOrNull,
  summary: textOrNull,
  followedAt: Type.String(),
  /** Code of the person's own case which a clerk linked to it. */
  own: textOrNull,
  open: Type.Boolean(),
})
export type Followed = Static<typeof followed>

/** Neighbours: who follows, what they may read, the case this one is linked to, those linked to it, and likely doubles. */
export const following = object({
  followers: Type.Integer(),
  summary: textOrNull,
  main: Type.Unsafe<{
    code: string
    stateWords: string
    answer?: { result: string; facts: string; basis: string }
  } | null>({
    type: ['object', 'null'],
    additionalProperties: true,
  }),
  linked: list(Type.String()),
  likely: list(
    object({
      code: Type.String(),
      title: Type.String(),
      stateWords: Type.String(),
      createdAt: Type.String(),
    }),
  ),
})

const byCode = object({ code: text(1, 40) })

/** The schema of each route, by its name in docs/protocol.md. */
export const followSchemas = {
  follows: { tags: ['resident'], response: answers(object({ follows: list(followed) })) },
  unfollow: {
    tags: ['resident'],
    params: byCode,
    body: object({}),
    response: { '4xx': errorShape, '5xx': errorShape },
  },
} as const
