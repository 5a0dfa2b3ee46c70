import Type from 'typebox'

/** The pieces the files of a district folder are described with. */
export const note = Type.Optional(Type.String())
export const object = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
export const list = <T extends Type.TSchema>(of: T) => Type.Array(of)
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Enum(words as unknown as T[number][]) as unknown as Type.TUnsafe<T[number]>

export const name = Type.String({ minLength: 1, maxLength: 60 })
export const words = Type.String({ minLength: 1, maxLength: 4000 })
export const code = (digits: number) => Type.String({ pattern: `^[0-9]{${digits}}$` })
export const unitCode = Type.String({ pattern: '^([0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15}|[DP][0-9]{2})$' })
export const date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
export const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$' })
export const login = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' })
export const route = Type.String({ pattern: '^(panel|dept):.+$' })
export const frame = object({ from: time, to: time })
export const period = object({
  from: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
  to: Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }),
  frames: Type.Array(frame, { minItems: 1 }),
})
/** Office hours of a unit that differ from the district's; what lies below it keeps them too. */
export const office = Type.Optional(
  object({ frames: Type.Array(frame, { minItems: 1 }), periods: Type.Optional(Type.Array(period)) }),
)
/** Takes nothing new; what it has it keeps. */
export const closed = Type.Optional(Type.Boolean())
export const both = object({ 'zh-CN': words, en: words })
export const weekdays = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }))
export const some = <T extends Type.TSchema>(of: T) => Type.Array(of, { minItems: 1 })
const holidays = oneOf(['open', 'closed'] as const)
export const opening = Type.Union([
  Type.Literal('always'),
  some(object({ weekdays, from: time, to: time, holidays })),
])

/** A telephone line. */
export const hotline = object({
  number: Type.String({ pattern: '^[0-9]{3,12}$' }),
  name,
  nameEn: name,
  for: words,
  forEn: words,
  hours: words,
  hoursEn: words,
  /** For "open now"; a line whose hours are not fixed has none. */
  open: Type.Optional(opening),
  emergency: Type.Boolean(),
  local: Type.Optional(words),
  /** Code of the unit whose trained people take calls for help that are written to this line. */
  unit: Type.Optional(words),
})
