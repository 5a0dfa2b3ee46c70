import type { AdminField, AdminRow } from '../../../wire/admin.ts'

/** Values of a form: what an empty one begins with, and what is sent. */

export type Values = Record<string, unknown>

/** What tells one form from another: a row as it stands, so that what was just saved is what the form begins with. */
export const formKey = (book: string, row: Pick<AdminRow, 'id' | 'mark'> | null): string =>
  row ? `${book} ${row.id} ${row.mark}` : `${book} +`

/** A new row: lists are empty, a choice of one is made. */
export const blankOf = (fields: readonly AdminField[]): Values =>
  Object.fromEntries(fields.filter(({ optional }) => !optional).map(field => [field.key, firstOf(field)]))

export function firstOf(field: AdminField): unknown {
  switch (field.kind) {
    case 'flag':
      return false
    case 'list':
    case 'refs':
    case 'rows':
    case 'weekdays':
      return []
    case 'group':
      return blankOf(field.fields ?? [])
    case 'choice':
      return field.choices?.length === 1 ? field.choices[0]!.value : ''
    case 'number':
      return undefined
    default:
      return ''
  }
}

/** A deep copy of plain values. */
export const copyOf = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)))

/** What is sent: words trimmed, lists without empty lines, optional fields that say nothing left out. Fields keep their order. */
export function cleaned(fields: readonly AdminField[], values: Values): Values {
  const known = new Map(fields.map(field => [field.key, field]))
  const keys = [...Object.keys(values), ...fields.map(({ key }) => key).filter(key => !(key in values))]
  return Object.fromEntries(
    keys.flatMap(key => {
      const field = known.get(key)
      const value = field ? saidOf(field, values[key]) : values[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function saidOf(field: AdminField, value: unknown): unknown {
  const made = madeOf(field, value)
  return field.optional && saysNothing(made) ? undefined : made
}

function madeOf(field: AdminField, value: unknown): unknown {
  if (field.of === 'route') return value || null
  if (typeof value === 'string') return field.key === 'outline' ? value : value.trim()
  if (field.kind === 'list' && Array.isArray(value)) return linesOf(field, value)
  if (Array.isArray(value) && field.fields)
    return value.map(row => cleaned(field.fields ?? [], row as Values))
  if (field.kind === 'group' && value) return cleaned(field.fields ?? [], value as Values)
  return value
}

const linesOf = ({ numbers }: AdminField, lines: readonly unknown[]) => {
  const said = lines.map(line => String(line).trim()).filter(Boolean)
  return numbers ? said.map(line => (/^\d+$/.test(line) ? Number(line) : line)) : said
}

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  value === false ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)
