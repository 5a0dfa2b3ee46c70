import { type District, districtOf } from '../district.ts'
import type { Fault } from '../district-checks.ts'
import { lineOfFault, type Texts } from '../district-read.ts'
import type { ChangedTexts } from '../store/district.ts'
import { BOOKS, type Book, type BookKey } from './books.ts'
import { filesOf, type RowChange, rowChanges } from './diff.ts'
import { type Folder, folderOf, readingOf, same, textsOf } from './folder.ts'
import type { Row } from './lenses.ts'

/** A fault with the row and field it is about, where it is about one. */
export interface Told extends Fault {
  line: number
  book?: BookKey
  id?: string
  title?: string
  /** Path of the field within the row. */
  at: readonly (string | number)[]
}

/** What a change would make of the district; nothing is written yet. */
export interface Plan {
  ok: true
  after: Texts
  district: District
  changes: readonly RowChange[]
  /** Files that differ in something no book shows, such as the privacy notice. */
  others: readonly string[]
  texts: ChangedTexts
}

/** Why a change cannot be made: faults of the district it would leave, or a row that is no longer what it was. */
export type Stopped =
  | { ok: false; why: 'faults'; faults: readonly Told[] }
  | { ok: false; why: 'noChange' | 'notFound' | 'idTaken' }
  | { ok: false; why: 'faster'; book: BookKey; id: string }
  | { ok: false; why: 'laterStands'; rows: readonly { book: BookKey; title: string }[] }

/** What is asked of one row: null for `row` takes it away, null for `id` adds it. `at`: the place it goes to. */
export interface Edit {
  book: Book
  id: string | null
  /** Whether the row is still the one that was looked at. */
  isSame(row: Row): boolean
  row: Row | null
  at?: number | undefined
}

/** A plan to change one row. Of faults only those count that were not there before: what was broken must not keep others from working. */
export function planEdit(now: Texts, edit: Edit): Plan | Stopped {
  const { book, id, row, at } = edit
  const folder = folderOf(now)
  const rows = [...book.lens.rows(folder)]
  const index = id === null ? -1 : rows.findIndex(one => book.id(one) === id)
  if (id !== null && index < 0)
    return row && book.key === 'notices' ? put(-1) : { ok: false, why: 'notFound' }
  if (index >= 0 && !edit.isSame(rows[index]!)) return { ok: false, why: 'faster', book: book.key, id: id! }
  const other = row ? rows.findIndex(one => book.id(one) === book.id(row)) : -1
  if (other >= 0 && other !== index) return { ok: false, why: 'idTaken' }
  return put(index)

  function put(index: number): Plan | Stopped {
    if (index >= 0) rows.splice(index, 1)
    if (row) rows.splice(at ?? (index >= 0 ? index : rows.length), 0, row)
    const before = readingOf(now).faults.map(sign)
    return planFor(now, textsOf(book.lens.put(folder, rows), now), fault => !before.includes(sign(fault)))
  }
}

const sign = ({ file, says, with: values }: Fault) => JSON.stringify([file, says, values])

/** A plan to take a whole folder's texts in place of what stands. */
export const planImport = (now: Texts, given: Texts): Plan | Stopped => planFor(now, given, () => true)

function planFor(now: Texts, after: Texts, counts: (fault: Fault) => boolean): Plan | Stopped {
  const reading = readingOf(after)
  const faults = reading.faults.filter(counts)
  if (faults.length > 0) return { ok: false, why: 'faults', faults: told(after, faults) }
  const texts = textsChanged(now, after)
  const [was, is] = [folderOf(now), folderOf(after)]
  // Rows may say the same and only stand in another order: that is a change too.
  const files = Object.keys(texts).filter(file => !same(was[file], is[file]))
  if (files.length === 0) return { ok: false, why: 'noChange' }
  const [wasLeft, isLeft] = [rest(was), rest(is)]
  const others = files.filter(file => !same(wasLeft[file], isLeft[file]))
  return {
    ok: true,
    after,
    district: districtOf(reading),
    changes: rowChanges(was, is, files),
    others,
    texts,
  }
}

function textsChanged(now: Texts, after: Texts): ChangedTexts {
  const names = [...new Set([...now.keys(), ...after.keys()])].filter(
    name => now.get(name) !== after.get(name),
  )
  return Object.fromEntries(names.map(name => [name, [now.get(name) ?? null, after.get(name) ?? null]]))
}

/** What of the files no book shows: each without its rows. */
const rest = (folder: Folder): Folder =>
  BOOKS.filter(book => book.rows !== 'one').reduce((left, book) => book.lens.put(left, []), {
    ...folder,
    'district.json': { note: folder['district.json'].note },
    'calendar.json': { ...folder['calendar.json'], frames: [], periods: [], years: [] },
  } as unknown as Folder)

/** Puts a fault beside its row and field. */
function told(texts: Texts, faults: readonly Fault[]): Told[] {
  // What is no JSON has no rows to point at; the line says enough.
  const folder = faults.some(({ line }) => line !== undefined) ? null : folderOf(texts)
  return faults.map(fault => {
    const line = lineOfFault(texts, fault)
    for (const book of folder ? BOOKS : []) {
      const found = rowOf(book, folder!, fault)
      if (found) return { ...fault, line, ...found }
    }
    return { ...fault, line, at: fault.path }
  })
}

function rowOf(book: Book, folder: Folder, { file, path }: Fault) {
  if (!filesOf(book).includes(file)) return null
  try {
    const spot = book.lens.spot(folder, path)
    const row =
      spot && (file === book.file ? book.lens.rows(folder)[spot.index] : drawn(book, folder, spot.index))
    if (!spot || !row) return null
    return { book: book.key, id: book.id(row), title: book.title(row), at: spot.path }
  } catch {
    // A file so far from its shape has no rows to point at; the line says enough.
    return null
  }
}

/** The row of the grid an outline belongs to. */
const drawn = (book: Book, folder: Folder, index: number) =>
  book.lens.rows(folder).find(row => row.code === folder['grids.geojson'].features[index]?.properties.code)

/**
 * A plan to take a change back. Where nothing touched its files since they are put back to the letter; else row by row, and a row that was
 * changed again since stands in the way.
 */
export function planUndo(now: Texts, texts: ChangedTexts): Plan | Stopped {
  const back = Object.entries(texts)
  const isUntouched = back.every(([name, [, after]]) => saysSame(now.get(name) ?? null, after))
  const version = (which: 0 | 1): Texts => {
    const made = new Map(now)
    for (const [name, both] of back) {
      const text = both[which]
      if (text === null) made.delete(name)
      else made.set(name, text)
    }
    return made
  }
  const before = readingOf(now).faults.map(sign)
  const counts = (fault: Fault) => !before.includes(sign(fault))
  if (isUntouched) return planFor(now, version(0), counts)
  const [was, became, is] = [folderOf(version(0)), folderOf(version(1)), folderOf(now)]
  const wanted = rowChanges(became, was, Object.keys(texts))
  const stands = wanted.filter(change => !isStill(is, change))
  if (stands.length > 0 || wanted.length === 0 || !same(rest(was), rest(became)))
    return { ok: false, why: 'laterStands', rows: stands.map(rowNamed) }
  return planFor(now, textsOf(wanted.reduce(applied, is), now), counts)
}

const saysSame = (a: string | null, b: string | null) =>
  a === b || (a !== null && b !== null && same(JSON.parse(a), JSON.parse(b)))

const bookIn = ({ book }: RowChange) => BOOKS.find(one => one.key === book)!

function rowNamed(change: RowChange) {
  const row = change.before ?? change.after
  return { book: change.book, title: row ? bookIn(change).title(row) : change.id }
}

/** Whether what a change would be taken from still stands as it left it. */
function isStill(folder: Folder, change: RowChange): boolean {
  const book = bookIn(change)
  const rows = book.lens.rows(folder)
  const find = (row: Row) => rows.find(one => book.id(one) === book.id(row))
  if (change.before) return same(find(change.before), change.before)
  return change.after !== null && find(change.after) === undefined
}

function applied(folder: Folder, change: RowChange): Folder {
  const book = bookIn(change)
  const rows = [...book.lens.rows(folder)]
  const at = change.before
    ? rows.findIndex(one => book.id(one) === book.id(change.before!))
    : Math.min(change.index, rows.length)
  rows.splice(at, change.before ? 1 : 0, ...(change.after ? [change.after] : []))
  return book.lens.put(folder, rows)
}
