import Type, { type Static, type TProperties, type TSchema } from 'typebox'

/** Shapes both fronts share. Fields not named are refused in what comes in and left out of what goes out. */

export const object = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
export const list = <T extends TSchema>(of: T) => Type.Array(of)
export const text = (minLength: number, maxLength: number) => Type.String({ minLength, maxLength })
export const textOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'] })
/** A whole number in an address: read with `Number` past the door. */
export const digits = Type.String({ pattern: '^[0-9]{1,9}$' })
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] })
/** As the screens read it; what is inside is made by us and passed on whole. */
export const loose = <T>() => Type.Unsafe<T>({ type: 'object', additionalProperties: true })

export const errorShape = object({
  error: object({
    code: Type.String(),
    message: Type.String(),
    details: Type.Optional(list(object({ field: Type.String(), why: Type.String() }))),
  }),
})

export interface Bubble {
  text: string
  by?: string
  card?: Record<string, unknown>
  files?: { id: string; kind: 'image' | 'file'; width?: number; height?: number }[]
  choices?: { n: string; label: string; tap: string }[]
  hint?: string
  code?: string
}

export const message = object({
  seq: Type.Integer(),
  id: Type.String(),
  from: oneOf(['me', 'bot', 'staff', 'notice'] as const),
  at: Type.String(),
  body: loose<Bubble>(),
  echo: Type.Optional(Type.String()),
  /** It belongs to a call for help. */
  quiet: Type.Optional(Type.Boolean()),
})
export type Message = Static<typeof message>

export const span = object({
  after: Type.Optional(digits),
  before: Type.Optional(digits),
  limit: Type.Optional(digits),
})
export type SpanQuery = Static<typeof span>

/** The answers of a route: what it gives, and the one shape of a refusal. */
export const answers = <T extends TSchema>(given: T) => ({ 200: given, '4xx': errorShape, '5xx': errorShape })
