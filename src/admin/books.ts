import Type, { type TSchema } from 'typebox'
import { FILES, type FileName } from '../district-schemas.ts'
import { type Field, fieldsOf, type Hints } from './fields.ts'
import type { Folder } from './folder.ts'
import {
  DAY_KINDS,
  grids,
  holidays,
  type Lens,
  listOf,
  type Row,
  units,
  whistle,
  whistleGroups,
  wholeOf,
} from './lenses.ts'

/** Where a book stands in the list of books. */
export const BOOK_GROUPS = ['places', 'people', 'time', 'matters', 'words'] as const
export type BookGroup = (typeof BOOK_GROUPS)[number]

export const BOOK_KEYS = [
  ...(['settings', 'units', 'departments', 'grids', 'estates'] as const),
  ...(['staff', 'roster', 'panels'] as const),
  ...(['hours', 'holidays'] as const),
  ...(['categories', 'services', 'hotlines', 'whistleGroups', 'whistle'] as const),
  ...(['canned', 'notices'] as const),
] as const
export type BookKey = (typeof BOOK_KEYS)[number]

/** One book of the district: rows anybody in the administration may read and change without a developer. */
export interface Book {
  key: BookKey
  group: BookGroup
  file: FileName
  lens: Lens
  /** What a form asks for, read from the schema of the file. */
  fields: readonly Field[]
  /** What tells a row from all others; where a field of the row is that, it is not changed once it stands. */
  id(row: Row): string
  idField?: string
  /** Fields that, once written, are not changed here: all else would hang in the air. */
  locked?: readonly string[]
  /** What a row is called in sentences. */
  title(row: Row): string
  /** Fields shown in the table. */
  columns: readonly string[]
  /** What may be done with rows besides changing them; `one` is a single row of settings. */
  rows: 'free' | 'noRemove' | 'one'
  /** Whether the order of the rows is seen by people, and so may be changed. */
  ordered?: true
  /** Codes of units stand in it: one with work in hand cannot be removed, only closed to new ones. */
  ofUnits?: true
}

const item = (file: FileName, ...path: string[]): TSchema =>
  path.reduce<TSchema>((at, key) => {
    const inner = (at as { properties: Record<string, TSchema> }).properties[key]!
    return (inner as { items?: TSchema }).items ?? inner
  }, FILES[file])

const without = (schema: TSchema, ...keys: string[]) => Type.Omit(schema as Type.TObject, keys) as TSchema
const withField = (schema: TSchema, key: string, field: TSchema, first = false): TSchema => {
  const { properties } = schema as Type.TObject
  const added = { [key]: field }
  return Type.Object(first ? { ...added, ...properties } : { ...properties, ...added })
}

const text = (row: Row, ...keys: string[]) => keys.map(key => String(row[key] ?? '')).join(' ')
const byField =
  (key: string): Book['id'] =>
  row =>
    String(row[key] ?? '')

type Given = Omit<Book, 'fields' | 'id' | 'rows'> &
  Partial<Pick<Book, 'id' | 'rows'>> & { schema: TSchema; hints?: Hints }

const book = ({ schema, hints, ...given }: Given): Book => ({
  id: byField(given.idField ?? ''),
  rows: 'free',
  ...given,
  fields: fieldsOf(schema, hints),
})

/** A row without a field of its own that tells it from others. */
const byFields =
  (...keys: string[]): Book['id'] =>
  row =>
    keys.map(key => (Array.isArray(row[key]) ? row[key].join('') : String(row[key] ?? ''))).join('|')

const COUNTS = ['basicGrids', 'exclusiveGrids'] as const

/** The district's own settings; how many grids there are follows from the grids. */
const settings: Lens = {
  ...wholeOf('district.json', ['note']),
  rows: folder => {
    const { note: _, settings: given, ...own } = folder['district.json']
    const { basicGrids: __, exclusiveGrids: ___, ...rest } = given
    return [{ ...own, settings: rest }]
  },
  put(folder, [row]) {
    const before = folder['district.json']
    const wanted = (row?.settings ?? {}) as Row
    const kept = Object.fromEntries(COUNTS.map(key => [key, before.settings[key]]))
    // The order of the file stays.
    const all = { ...wanted, ...kept } as Row
    const inOrder = Object.keys({ ...before.settings, ...all }).filter(key => key in all)
    const made = Object.fromEntries(inOrder.map(key => [key, all[key]]))
    return { ...folder, 'district.json': { ...before, ...row, settings: made } as Folder['district.json'] }
  },
}

const districtItem = without(FILES['district.json'], 'note', 'settings')
const settingsItem = withField(
  districtItem,
  'settings',
  without(item('district.json', 'settings'), ...COUNTS),
)
const dayItem = Type.Object({
  date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
  kind: Type.Enum([...DAY_KINDS]) as TSchema,
})

/** Every book, in the order they are listed. */
export const BOOKS: readonly Book[] = [
  book({
    ...{ key: 'settings', group: 'places', file: 'district.json', lens: settings, schema: settingsItem },
    ...{ rows: 'one', id: () => 'district', locked: ['code', 'zone', 'prefix'] },
    ...{ title: row => text(row, 'name'), columns: ['code', 'name', 'nameEn', 'prefix'] },
  }),
  book({
    ...{ key: 'units', group: 'places', file: 'units.json', lens: units, idField: 'code', ofUnits: true },
    schema: item('units.json', 'towns', 'communities'),
    ...{ title: row => text(row, 'name'), columns: ['code', 'name', 'short', 'closed'] },
  }),
  book({
    ...{ key: 'departments', group: 'places', file: 'departments.json', idField: 'code', ofUnits: true },
    ...{ lens: listOf('departments.json', 'departments'), schema: item('departments.json', 'departments') },
    ...{ title: row => text(row, 'name'), columns: ['code', 'name', 'short', 'serves', 'closed'] },
    ordered: true,
  }),
  book({
    ...{ key: 'grids', group: 'places', file: 'grids.json', lens: grids, idField: 'code', ofUnits: true },
    schema: withField(item('grids.json', 'grids'), 'outline', Type.String({ maxLength: 20_000 })),
    ...{ title: row => text(row, 'name'), columns: ['code', 'name', 'kind', 'head', 'workers', 'closed'] },
  }),
  book({
    ...{ key: 'estates', group: 'places', file: 'estates.json', lens: listOf('estates.json', 'estates') },
    ...{ schema: item('estates.json', 'estates'), hints: { community: { of: 'community' } } },
    ...{ id: byFields('community', 'name'), title: row => text(row, 'name') },
    columns: ['name', 'community', 'buildings'],
  }),
  book({
    ...{ key: 'staff', group: 'people', file: 'staff.json', lens: listOf('staff.json', 'staff') },
    schema: item('staff.json', 'staff'),
    hints: { unit: { of: 'unit' }, 'also.unit': { of: 'unit' } },
    ...{ idField: 'login', rows: 'noRemove', title: row => text(row, 'name', 'login') },
    columns: ['login', 'name', 'role', 'unit'],
  }),
  book({
    ...{ key: 'roster', group: 'people', file: 'roster.json', lens: listOf('roster.json', 'shifts') },
    schema: item('roster.json', 'shifts'),
    hints: {
      unit: { of: 'unit' },
      person: { of: 'login' },
      deputy: { of: 'login' },
      leader: { of: 'login' },
    },
    ...{ id: byFields('unit', 'weekdays', 'from', 'to'), title: row => text(row, 'unit', 'from', 'to') },
    columns: ['unit', 'weekdays', 'from', 'to', 'person', 'deputy', 'leader'],
  }),
  book({
    ...{ key: 'panels', group: 'people', file: 'panels.json', lens: listOf('panels.json', 'panels') },
    ...{ schema: item('panels.json', 'panels'), hints: { 'mediators.login': { of: 'login' } } },
    ...{ idField: 'code', locked: ['key'], ofUnits: true, title: row => text(row, 'name'), ordered: true },
    columns: ['code', 'name', 'hours', 'rooms', 'mediators', 'closed'],
  }),
  book({
    ...{ key: 'hours', group: 'time', file: 'calendar.json', rows: 'one', id: () => 'hours' },
    lens: wholeOf('calendar.json', ['note', 'zone', 'off', 'on', 'expected', 'regional']),
    schema: without(FILES['calendar.json'], 'note', 'zone', 'off', 'on', 'expected', 'regional'),
    ...{ title: () => '', columns: ['frames', 'periods', 'years'] },
  }),
  book({
    ...{ key: 'holidays', group: 'time', file: 'calendar.json', lens: holidays, schema: dayItem },
    ...{ id: byFields('date', 'kind'), title: row => text(row, 'date'), columns: ['date', 'kind'] },
  }),
  book({
    ...{ key: 'categories', group: 'matters', file: 'categories.json', idField: 'key' },
    ...{ lens: listOf('categories.json', 'categories'), schema: item('categories.json', 'categories') },
    ...{ hints: { route: { of: 'route' } }, title: row => text(row, 'name'), ordered: true },
    columns: ['name', 'nameEn', 'route', 'class', 'key'],
  }),
  book({
    ...{ key: 'services', group: 'matters', file: 'services.json', idField: 'key', ordered: true },
    ...{ lens: listOf('services.json', 'services'), schema: item('services.json', 'services') },
    ...{ hints: { department: { of: 'department' } }, title: row => text(row, 'name') },
    columns: ['name', 'department', 'days', 'doorstep', 'online', 'checked'],
  }),
  book({
    ...{ key: 'hotlines', group: 'matters', file: 'hotlines.json', idField: 'number', ordered: true },
    ...{ lens: listOf('hotlines.json', 'hotlines'), schema: item('hotlines.json', 'hotlines') },
    ...{ hints: { unit: { of: 'unit' } }, title: row => text(row, 'number', 'name') },
    columns: ['number', 'name', 'for', 'hours', 'unit'],
  }),
  book({
    ...{ key: 'whistleGroups', group: 'matters', file: 'whistle.json', lens: whistleGroups, idField: 'key' },
    ...{ schema: without(item('whistle.json', 'categories'), 'items'), ordered: true },
    ...{ title: row => text(row, 'name'), columns: ['name', 'key'] },
  }),
  book({
    ...{ key: 'whistle', group: 'matters', file: 'whistle.json', lens: whistle },
    schema: withField(item('whistle.json', 'categories', 'items'), 'group', Type.String(), true),
    hints: { group: { of: 'whistleGroup' }, departments: { of: 'department' } },
    ...{ id: byFields('group', 'name'), title: row => text(row, 'name') },
    columns: ['name', 'group', 'departments', 'respondHours'],
  }),
  book({
    ...{ key: 'canned', group: 'words', file: 'canned.json', idField: 'key', ordered: true },
    ...{ lens: listOf('canned.json', 'replies'), schema: item('canned.json', 'replies') },
    ...{ hints: { category: { of: 'category' } }, title: row => text(row, 'title') },
    columns: ['title', 'verb', 'category', 'state', 'fields'],
  }),
  book({
    ...{ key: 'notices', group: 'words', file: 'notices.json', lens: listOf('notices.json', 'notices') },
    ...{ schema: item('notices.json', 'notices'), idField: 'key' },
    ...{ title: row => text(row, 'key'), columns: ['key', 'zh', 'own'] },
  }),
]

/** A book by its key; null when there is none of that name. */
export const bookOf = (key: string): Book | null => BOOKS.find(one => one.key === key) ?? null
