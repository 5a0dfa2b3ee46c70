import type { TSchema } from 'typebox'

/** What a field of a book holds, and so how it is drawn. */
export type FieldKind =
  | 'line'
  | 'words'
  | 'number'
  | 'choice'
  | 'flag'
  | 'date'
  | 'time'
  | 'weekdays'
  | 'list'
  | 'ref'
  | 'refs'
  | 'rows'
  | 'group'
  | 'opening'

/** Of what a field that points elsewhere is a key. */
export type RefTo = 'unit' | 'community' | 'department' | 'login' | 'route' | 'category' | 'whistleGroup'

/** One field of a row, as its schema has it. */
export interface Field {
  key: string
  kind: FieldKind
  optional?: true
  /** Least and most: of a number, or letters of a line. */
  min?: number
  max?: number
  choices?: readonly string[]
  of?: RefTo
  /** Fields of the rows or the group within. */
  fields?: readonly Field[]
}

/** What a schema cannot say: where a field points, or another way to draw it. Keys are paths (`office`, `mediators.login`). */
export type Hints = Readonly<Record<string, { of?: RefTo; kind?: FieldKind }>>

interface Schema {
  type?: string
  pattern?: string
  enum?: readonly string[]
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Record<string, TSchema>
  required?: readonly string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

/** A line of text becomes a field of several lines from this many letters on. */
const LONG = 200

/** The fields of a row, read from the schema its file is checked by. */
export function fieldsOf(schema: TSchema, hints: Hints = {}, path = ''): Field[] {
  const { properties = {}, required = [] } = schema as Schema
  return Object.entries(properties)
    .filter(([key]) => key !== 'note')
    .map(([key, of]) => {
      const field = fieldOf(key, of as Schema, hints, `${path}${key}`)
      return required.includes(key) ? field : { ...field, optional: true }
    })
}

function fieldOf(key: string, schema: Schema, hints: Hints, path: string): Field {
  const { kind = kindOf(schema), of } = hints[path] ?? {}
  const field: Field = { key, kind: of ? (schema.type === 'array' ? 'refs' : 'ref') : kind }
  if (of) return { ...field, of }
  if (kind === 'choice') return { ...field, choices: schema.enum ?? [] }
  if (kind === 'rows') return { ...field, fields: fieldsOf(schema.items as TSchema, hints, `${path}.`) }
  if (kind === 'group') return { ...field, fields: fieldsOf(schema as TSchema, hints, `${path}.`) }
  if (kind === 'opening') {
    const frames = schema.anyOf?.find(one => one.type === 'array')?.items
    return { ...field, fields: fieldsOf(frames as TSchema, hints, `${path}.`) }
  }
  return { ...field, ...limitsOf(schema) }
}

function limitsOf({ minimum, maximum, minLength, maxLength }: Schema): Pick<Field, 'min' | 'max'> {
  const min = minimum ?? minLength
  const max = maximum ?? maxLength
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

function kindOf({ type, pattern = '', enum: choices, anyOf, items, maxLength = 0 }: Schema): FieldKind {
  if (choices) return 'choice'
  if (anyOf) return 'opening'
  if (type === 'boolean') return 'flag'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'object') return 'group'
  if (type === 'array') {
    if (items?.type === 'object') return 'rows'
    return items?.type === 'integer' && items.maximum === 7 ? 'weekdays' : 'list'
  }
  if (pattern.startsWith('^[0-9]{4}-')) return 'date'
  if (pattern.startsWith('^([01]')) return 'time'
  return maxLength > LONG ? 'words' : 'line'
}
