import Type, { type Static } from 'typebox'
import { VISIT_KINDS } from '../rules/care/duties.ts'
import { list, object, oneOf, text, textOrNull } from './schemas.ts'

/** The record of a child, as `open` alone shows it. */

/** A day that is in the calendar. */
export const careDay = Type.String({ format: 'date', pattern: '^(19|20)\\d{2}-' })
const nullable = <T>() => Type.Unsafe<T | null>({ type: ['object', 'null'], additionalProperties: true })

export const record = object({
  name: text(1, 40),
  birthDate: careDay,
  school: Type.String({ maxLength: 60 }),
  village: Type.String({ maxLength: 60 }),
  address: Type.String({ maxLength: 120 }),
  health: Type.String({ maxLength: 500 }),
})
export const carer = object({
  kind: oneOf(['guardian', 'parent'] as const),
  name: text(1, 40),
  relation: Type.String({ maxLength: 20 }),
  phone: Type.String({ maxLength: 20 }),
  where: Type.String({ maxLength: 60 }),
})
export const consent = object({
  by: text(1, 40),
  relation: text(1, 20),
  purpose: text(1, 200),
  how: text(1, 40),
})
export type ConsentGiven = Static<typeof consent>
export const opened = object({
  record,
  carers: list(object({ id: Type.String(), ...carer.properties, linked: Type.Boolean() })),
  consent: nullable<ConsentGiven>(),
  visits: list(
    object({
      onDate: careDay,
      kind: oneOf(VISIT_KINDS),
      kindWords: Type.String(),
      done: Type.Boolean(),
      note: Type.String(),
      given: textOrNull,
      againOn: textOrNull,
    }),
  ),
  handOvers: list(object({ endsOn: careDay, reason: textOrNull, handOver: textOrNull })),
})
