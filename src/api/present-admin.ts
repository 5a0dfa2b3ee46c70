import type {
  AdminBook,
  AdminBooks,
  AdminDifference,
  AdminField,
  AdminOption,
  AdminRow,
} from '../../wire/admin.ts'
import { BOOK_GROUPS, BOOKS, type Book, bookOf } from '../admin/books.ts'
import { markOf } from '../admin/change.ts'
import { fieldsChanged, type RowChange } from '../admin/diff.ts'
import type { Field } from '../admin/fields.ts'
import { type Folder, folderOf, readingOf } from '../admin/folder.ts'
import type { Row } from '../admin/lenses.ts'
import type { District } from '../district.ts'
import { districtOf } from '../district.ts'
import type { Texts } from '../district-read.ts'
import type { Language } from '../rules/people/language.ts'
import type { Account } from '../store/accounts.ts'
import { noticeRows, noticeWords } from './admin-notices.ts'
import { bookLabel, choiceLabel, fieldLabel, valueWords } from './admin-words.ts'
import type { ApiParts } from './parts.ts'

/** The books of the administration as its pages read them. */

export type May = 'write' | 'read'

export function booksView(
  parts: ApiParts,
  language: Language,
  texts: Texts,
  no: number,
  may: May,
): AdminBooks {
  const folder = folderOf(texts)
  const groups = BOOK_GROUPS.map(group => ({
    key: group,
    label: parts.words(language, `books:group.${group}`),
    books: BOOKS.filter(book => book.group === group).map(({ key, lens }) => ({
      ...{
        key,
        label: bookLabel(parts, language, key),
        n: key === 'notices' ? noticeWords().length : lens.rows(folder).length,
      },
      lead: parts.words(language, `books:book.${key}.lead`),
    })),
  }))
  return { no, may, groups }
}

export interface Shown {
  parts: ApiParts
  language: Language
  texts: Texts
  may: May
  accounts: ReadonlyMap<string, Account>
}

export function bookView(shown: Shown, book: Book): AdminBook {
  const { parts, language, may } = shown
  const folder = folderOf(shown.texts)
  const options = optionsOf(shown, folder)
  const label = (path: string[]) => fieldLabel(parts, language, book.key, path)
  return {
    ...{ key: book.key, may, label: bookLabel(parts, language, book.key) },
    lead: parts.words(language, `books:book.${book.key}.lead`),
    rows: book.key === 'notices' ? 'fixed' : book.rows,
    ordered: book.ordered === true,
    // Of a notice's two sentences the table shows the one in the language of who asks.
    columns: book.columns.map(key => ({
      key,
      label: label([key === 'zh' && language === 'en' ? 'en' : key]),
    })),
    fields: book.fields.map(field => fieldView(shown, book, field, [])),
    options: Object.fromEntries(options),
    list: rowsView(shown, book, folder, refWords(options)),
  }
}

function fieldView(shown: Shown, book: Book, field: Field, above: readonly string[]): AdminField {
  const { parts, language } = shown
  const path = [...above, field.key]
  // A hint that is not there says its own key. It is said without values: it may name the blanks of a template.
  const of = `hint.${book.key}.${path.join('_')}`
  const said = parts.words(language, `books:${of}`)
  const hint = said.endsWith(of) ? '' : said
  const { fields, choices, key, kind, ...more } = field
  const locked = above.length === 0 && (book.idField === key || book.locked?.includes(key))
  return {
    ...{ key, kind, ...more, label: fieldLabel(parts, language, book.key, path) },
    ...(hint ? { hint } : {}),
    ...(locked ? { locked } : {}),
    ...(key === 'years' ? { numbers: true } : {}),
    ...(choices
      ? { choices: choices.map(value => ({ value, label: choiceLabel(parts, language, key, value) })) }
      : {}),
    ...(fields ? { fields: fields.map(one => fieldView(shown, book, one, path)) } : {}),
  }
}

type Options = ReadonlyMap<string, AdminOption[]>

/** What fields that point elsewhere may point at. */
export function optionsOf({ texts, language }: Pick<Shown, 'texts' | 'language'>, folder: Folder): Options {
  const district = districtOf(readingOf(texts))
  const english = language === 'en'
  const units = [...district.units.values()].map(unit => unitOption(district, unit.code))
  const named = (rows: readonly { key: string; name: string; nameEn?: string }[]) =>
    rows.map(row => ({ value: row.key, label: (english && row.nameEn) || row.name }))
  return new Map([
    ['unit', units],
    ['community', units.filter(({ value }) => value.length === 12)],
    ['department', units.filter(({ value }) => value.startsWith('D'))],
    [
      'login',
      folder['staff.json'].staff
        .filter(({ suspended }) => !suspended)
        .map(({ login, name, unit }) => ({
          ...{ value: login, label: `${name} (${login})`, group: district.units.get(unit)?.short ?? unit },
        })),
    ],
    ['route', routesOf(district)],
    ['category', named(folder['categories.json'].categories)],
    ['whistleGroup', named(folder['whistle.json'].categories)],
  ])
}

function unitOption(district: District, code: string): AdminOption {
  const { name, path } = district.units.get(code)!
  const above = path.split('/').slice(1, -1)
  const group = above.map(one => district.units.get(one)?.short ?? one).join(' · ')
  return { value: code, label: name, ...(group ? { group } : {}) }
}

const routesOf = ({ departments, panels }: District): AdminOption[] => [
  ...departments.flatMap(at =>
    at.serves.map(name => ({ value: `dept:${name}`, label: name, group: at.short })),
  ),
  ...panels.map(({ name, short }) => ({ value: `panel:${name}`, label: name, group: short })),
]

/** The label of an option; a value nobody offers is shown as it is. */
export const refWords = (options: Options) => {
  const labels = new Map(
    [...options].flatMap(([of, all]) => all.map(({ value, label }) => [`${of} ${value}`, label] as const)),
  )
  return (of: string, value: string) => labels.get(`${of} ${value}`) ?? value
}
type Refs = ReturnType<typeof refWords>

function rowsView(shown: Shown, book: Book, folder: Folder, refs: Refs): AdminRow[] {
  const { parts, language } = shown
  const rows = book.lens.rows(folder)
  if (book.key === 'notices') return noticeRows(shown, rows)
  const fields = book.fields.filter(({ key }) => book.columns.includes(key))
  return rows.map(row => ({
    ...{ id: book.id(row), mark: markOf(row), title: titleOf(book, row, refs) },
    row: book.key === 'staff' && shown.may === 'read' ? withoutPhone(row) : row,
    shown: Object.fromEntries(
      fields.map(field => [field.key, valueWords(parts, language, field, row[field.key], refs)]),
    ),
    ...(book.key === 'staff' ? { account: accountOf(shown, row) } : {}),
  }))
}

/** What a row is called; one that is known by a unit, by the unit's name. */
const titleOf = (book: Book, row: Row, refs: Refs): string =>
  book.title(book.key === 'roster' ? { ...row, unit: refs('unit', String(row.unit)) } : row)

/** Numbers of staff are for whoever keeps the accounts. */
const withoutPhone = ({ phone: _, ...row }: Row): Row => row

function accountOf({ accounts }: Shown, row: Row): NonNullable<AdminRow['account']> {
  const account = accounts.get(String(row.login))
  if (!account) return 'none'
  if (account.suspended) return 'suspended'
  return account.used ? 'active' : 'waiting'
}

/** Differences listed at once; a folder of thousands is told by its counts. */
const MOST = 200

/** Rows that came, changed and went, field by field; `folder` knows the names of what they point at. */
export function differencesView(
  shown: Pick<Shown, 'parts' | 'language' | 'texts' | 'may'>,
  changes: readonly RowChange[],
): { differences: AdminDifference[]; left: number } {
  const refs = refWords(optionsOf(shown, folderOf(shown.texts)))
  const told = changes.slice(0, MOST).map(change => differenceOf(shown, change, refs))
  return { differences: told, left: Math.max(0, changes.length - MOST) }
}

function differenceOf(
  { parts, language, may }: Pick<Shown, 'parts' | 'language' | 'may'>,
  change: RowChange,
  refs: Refs,
): AdminDifference {
  const book = bookOf(change.book)!
  const { before, after } = change
  const said = (field: Field, row: Row | null) =>
    row ? valueWords(parts, language, field, row[field.key], refs) : null
  const fields = fieldsChanged(change)
    .filter(key => may === 'write' || key !== 'phone')
    .flatMap(key => book.fields.find(field => field.key === key) ?? [])
  return {
    book: bookLabel(parts, language, book.key),
    title: titleOf(book, (after ?? before)!, refs),
    what: before === null ? 'added' : after === null ? 'removed' : 'changed',
    fields: fields
      .map(field => ({
        label: fieldLabel(parts, language, book.key, [field.key]),
        ...{ before: said(field, before), after: said(field, after) },
      }))
      .filter(field => field.before !== field.after),
  }
}
