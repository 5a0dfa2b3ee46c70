import Type, { type Static } from 'typebox'
import { answers, list, message, object, oneOf, text, textOrNull } from './schemas.ts'
import { broughtShape } from './schemas-files.ts'
import { fileLine, said } from './schemas-resident.ts'

/** The shapes of forms and of the places to pick from. */

const shown = object({ value: Type.String(), note: Type.Optional(Type.String()) })

const question = object({
  key: Type.String(),
  kind: Type.String(),
  ask: Type.String(),
  optional: Type.Boolean(),
  aside: Type.Boolean(),
  answered: Type.Boolean(),
  choices: Type.Optional(list(object({ value: Type.String(), label: Type.String() }))),
  shown: Type.Optional(shown),
  raw: Type.Optional(Type.String()),
  files: Type.Optional(list(fileLine)),
})

const form = object({
  flow: Type.String(),
  title: Type.String(),
  questions: list(question),
  current: textOrNull,
  notice: Type.Optional(Type.String()),
  rows: Type.Optional(list(object({ label: Type.String(), ...shown.properties }))),
  joins: Type.Optional(list(Type.String())),
  own: Type.Optional(Type.String()),
})
export type Form = Static<typeof form>

const byFlow = object({ flow: text(1, 40) })
export type ByFlow = Static<typeof byFlow>

const moving = object({
  id: said.properties.id,
  do: oneOf(['answer', 'send', 'join', 'leave', 'chat', 'begin'] as const),
  key: Type.Optional(text(1, 40)),
  text: Type.Optional(Type.String({ maxLength: 40_000 })),
  value: Type.Optional(Type.String({ maxLength: 200 })),
  /** Code of the own matter a mediation begins from. */
  from: Type.Optional(text(1, 40)),
  how: Type.Optional(oneOf(['follow', 'followTell', 'add', 'hurry'] as const)),
  ...broughtShape.properties,
})
export type Moving = Static<typeof moving>

const moved = object({
  form: Type.Unsafe<Form | null>(Type.Union([form, Type.Null()])),
  messages: list(message),
})

const places = object({
  towns: list(object({ code: Type.String(), name: Type.String(), py: Type.String() })),
  communities: list(
    object({ code: Type.String(), name: Type.String(), town: Type.String(), py: Type.String() }),
  ),
  estates: list(object({ name: Type.String(), community: Type.String(), py: Type.String() })),
  grids: list(
    object({ code: Type.String(), name: Type.String(), community: Type.String(), py: Type.String() }),
  ),
})
export type Places = Static<typeof places>

const position = object({
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  lng: Type.Number({ minimum: -180, maximum: 180 }),
})
export type Position = Static<typeof position>

const placed = object({
  unit: Type.String(),
  name: Type.String(),
  town: Type.String(),
  community: Type.String(),
})
export type Placed = Static<typeof placed>

/** The schema of each route, by its name in docs/protocol.md. */
export const formSchemas = {
  form: { tags: ['resident'], params: byFlow, response: answers(form) },
  move: { tags: ['resident'], params: byFlow, body: moving, response: answers(moved) },
  places: { tags: ['resident'], response: answers(places) },
  placeAt: { tags: ['resident'], body: position, response: answers(placed) },
} as const
