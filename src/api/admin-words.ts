import { BOOKS, type Book, bookOf } from '../admin/books.ts'
import type { Refused } from '../admin/change.ts'
import type { Field } from '../admin/fields.ts'
import type { Told } from '../admin/plan.ts'
import { faultWords } from '../district-words.ts'
import type { Language } from '../rules/people/language.ts'
import type { ApiParts } from './parts.ts'

/** Books, fields, values and refusals of the administration, in words. */

type Spoken = Pick<ApiParts, 'words'>

/** What a field is called: by its book, else by its name. `path` names those it lies in. */
export function fieldLabel(
  { words }: Spoken,
  language: Language,
  book: string,
  path: readonly string[],
): string {
  const name = path.at(-1) ?? ''
  return words(
    language,
    [`books:fieldOf.${book}.${path.join('_')}`, `books:field.${name}`, `books:field.other`],
    {
      name,
    },
  )
}

/** Where the words of a choice stand that others say too. */
const CHOICES: Readonly<Record<string, string>> = {
  role: 'staff:role',
  class: 'staff:class',
  verb: 'api:verb',
  state: 'api:state',
}

export function choiceLabel({ words }: Spoken, language: Language, field: string, value: string): string {
  const known = CHOICES[field]
  const keys = [
    `books:choice.${field}.${value}`,
    ...(known ? [`${known}.${value}`] : []),
    'books:choice.other',
  ]
  return words(language, keys, { value })
}

export const bookLabel = ({ words }: Spoken, language: Language, key: string): string =>
  words(language, `books:book.${key}.label`)

/** The label of the field a fault is about: the numbers of its path say which line of a list. */
function fieldWords(parts: Spoken, language: Language, book: Book, at: Told['at']): string {
  const names = at.filter(step => typeof step === 'string')
  const line = at.findLast(step => typeof step === 'number')
  const label = names.length > 0 ? fieldLabel(parts, language, book.key, names) : ''
  return line === undefined
    ? label
    : parts.words(language, 'books:says.lineOf', { label, n: Number(line) + 1 })
}

/** Why, without where: names of fields in the sentence are said as the form says them. */
export function whyWords(parts: Spoken, language: Language, fault: Told): string {
  const book = fault.book && bookOf(fault.book)
  if (!book) return faultWords(language, fault)
  const values = { ...fault.with }
  if ('what' in values) values.what = fieldWords(parts, language, book, fault.at)
  for (const key of ['field', 'english'])
    if (key in values) values[key] = fieldLabel(parts, language, book.key, [String(values[key])])
  if (fault.says === 'notAsked') values.verb = choiceLabel(parts, language, 'verb', String(values.verb))
  if (fault.says === 'pattern') return patternWords(parts, language, book, fault, values.what)
  if (fault.says === 'enum') return parts.words(language, 'books:says.choose', { what: values.what })
  return faultWords(language, { says: fault.says, with: values })
}

/** How a field is to be written, without the signs a program reads it by. */
function patternWords(parts: Spoken, language: Language, book: Book, { at }: Told, what: unknown): string {
  const path = at.filter(step => typeof step === 'string')
  let field: Field | undefined
  for (const key of path) field = (field?.fields ?? book.fields).find(one => one.key === key)
  const hint = `hint.${book.key}.${path.join('_')}`
  const said = parts.words(language, `books:${hint}`)
  const kind = field?.kind ?? 'line'
  if (kind === 'ref' || kind === 'refs') return parts.words(language, 'books:says.choose', { what })
  if (kind === 'time' || kind === 'date') return parts.words(language, `books:says.like.${kind}`, { what })
  return parts.words(language, said.endsWith(hint) ? 'books:says.like.other' : 'books:says.like.hint', {
    what,
    hint: said,
  })
}

/** Book, row and field of a fault. */
export function whereWords(parts: Spoken, language: Language, fault: Told): string | null {
  const book = fault.book && bookOf(fault.book)
  if (!book) return null
  const field = fieldWords(parts, language, book, fault.at)
  const values = { book: bookLabel(parts, language, book.key), title: fault.title ?? '', field }
  return parts.words(language, field ? 'books:says.where' : 'books:says.whereRow', values)
}

/** The field of a form a fault stands beside: `office.frames.0.from`. */
export const spotOf = ({ at }: Told): string => at.join('.')

/** A refusal of the administration as a sentence; `gone`: a row was to be taken away. */
export function refusalWords(parts: Spoken, language: Language, refused: Refused, gone = false): string {
  const { words } = parts
  const say = (key: string, values: Record<string, unknown> = {}) =>
    words(language, `books:says.${key}`, values)
  const and = language === 'en' ? ', ' : '、'
  switch (refused.why) {
    case 'faults':
      return say(gone ? 'faultsGone' : 'faults', { n: refused.faults.length })
    case 'laterStands':
      return refused.rows.length > 0
        ? say('laterStands', {
            rows: refused.rows
              .map(row => `${bookLabel(parts, language, row.book)} ${row.title}`)
              .slice(0, 5)
              .join(and),
          })
        : say('laterStandsFile')
    case 'inUse': {
      const [first] = refused.needed
      const what = Object.entries(first?.what ?? {}).map(([kind, n]) => say(`hangs.${kind}`, { n }))
      return say(first?.book === 'categories' ? 'inUseCategory' : 'inUse', {
        title: first?.title,
        what: what.join(and),
      })
    }
    case 'accountStays':
      return say('accountStays', { login: refused.logins.join(and) })
    case 'undone':
      return say('undone', { no: refused.by })
    default:
      return say(refused.why)
  }
}

/** Three days or more on end are said by the first and the last. */
function weekdayWords(parts: Spoken, language: Language, days: readonly number[], and: string): string {
  const name = (day: number | undefined) => parts.words(language, `books:weekday.${day}`)
  const onEnd = days.length > 2 && days.every((day, at) => day === days[0]! + at)
  return onEnd
    ? parts.words(language, 'books:weekday.span', { from: name(days[0]), to: name(days.at(-1)) })
    : days.map(name).join(and)
}

/** A value of a row as people read it, in one line. */
export function valueWords(
  parts: Spoken,
  language: Language,
  field: Field,
  value: unknown,
  refs: (of: string, value: string) => string,
): string {
  if (value === undefined || value === null || value === '') return ''
  const say = (one: Field, inner: unknown) => valueWords(parts, language, one, inner, refs)
  const and = language === 'en' ? ', ' : '、'
  if (field.kind === 'flag') return parts.words(language, value ? 'books:says.yes' : 'books:says.no')
  if (field.kind === 'choice') return choiceLabel(parts, language, field.key, String(value))
  if (field.kind === 'ref') return refs(field.of!, String(value))
  if (field.kind === 'refs') return (value as string[]).map(one => refs(field.of!, one)).join(and)
  if (field.kind === 'weekdays') return weekdayWords(parts, language, value as number[], and)
  if (field.kind === 'list') return (value as unknown[]).join(and)
  if (value === 'always') return parts.words(language, 'books:says.always')
  const inner = (row: Record<string, unknown>) =>
    (field.fields ?? [])
      .map(one => say(one, row[one.key]))
      .filter(Boolean)
      .join(' ')
  if (Array.isArray(value)) return value.map(row => inner(row as Record<string, unknown>)).join('; ')
  if (field.kind === 'group') return inner(value as Record<string, unknown>)
  return String(value)
}

/** Every book's label, for lists of what a change touched. */
export const labelsOf = (parts: Spoken, language: Language, books: string): string[] =>
  BOOKS.filter(({ key }) => books.includes(`,${key},`)).map(({ key }) => bookLabel(parts, language, key))
