import Type, { type Static } from 'typebox'
import { answers, list, object, oneOf } from './schemas.ts'

/** The shapes of the service guide and the panels, in the caller's language. */

const words = Type.String()

const service = object({
  key: words,
  name: words,
  /** Named in the district's report, or our own example. */
  source: oneOf(['report', 'example'] as const),
  /** The day the office confirmed it; without it every detail is an example. */
  checked: Type.Optional(words),
  /** Other words for it in both languages, and all of them as pinyin: for searching. */
  also: list(words),
  py: list(words),
  who: words,
  bring: list(words),
  where: words,
  hours: words,
  days: words,
  fee: words,
  steps: list(words),
  office: words,
  doorstep: Type.Boolean(),
  online: Type.Boolean(),
  phone: Type.Optional(words),
})
export type Service = Static<typeof service>

const panel = object({
  code: words,
  name: words,
  about: words,
  hours: words,
  languages: list(words),
  /** False where one person is helped and no two sides are brought together. */
  mediates: Type.Boolean(),
  phone: Type.Optional(words),
})
export type Panel = Static<typeof panel>

/** The schema of each route, by its name in docs/protocol.md. */
export const guideSchemas = {
  services: { tags: ['resident'], response: answers(object({ services: list(service) })) },
  panels: { tags: ['resident'], response: answers(object({ panels: list(panel) })) },
} as const
