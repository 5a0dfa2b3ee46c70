import { GRIDS } from '../district-read.ts'
import { BOOKS, type Book, type BookKey } from './books.ts'
import { type Folder, same } from './folder.ts'
import type { Row } from './lenses.ts'

/** One row that came, went or changed. `index` is its place before (a row that came: after). */
export interface RowChange {
  book: BookKey
  id: string
  index: number
  before: Row | null
  after: Row | null
}

/**
 * What differs between two folders in some of their files, book by book, row by row. A row whose own key changed counts as changed, not as
 * gone and come.
 */
export const rowChanges = (before: Folder, after: Folder, files: readonly string[]): RowChange[] =>
  BOOKS.flatMap(book =>
    filesOf(book).some(file => files.includes(file)) ? changesIn(book, before, after) : [],
  )

/** The files a book's rows are read from. */
export const filesOf = ({ key, file }: Book): string[] => (key === 'grids' ? [file, GRIDS] : [file])

function changesIn(book: Book, before: Folder, after: Folder): RowChange[] {
  const [old, now] = [book.lens.rows(before), book.lens.rows(after)]
  const were = new Map(old.map((row, index) => [book.id(row), { row, index }]))
  const are = new Map(now.map((row, index) => [book.id(row), { row, index }]))
  const gone = [...were].filter(([id]) => !are.has(id))
  const came = [...are].filter(([id]) => !were.has(id))
  const renamed = new Map<string, string>()
  for (const [id, { row, index }] of gone) {
    const heir = came.find(([other, at]) => at.index === index && !renamed.has(other) && isHeir(row, at.row))
    if (heir) renamed.set(heir[0], id)
  }
  const lost = gone.filter(([id]) => ![...renamed.values()].includes(id))
  return [
    ...[...are].flatMap(([id, { row, index }]): RowChange[] => {
      const from = were.get(renamed.get(id) ?? id)
      if (!from) return [{ book: book.key, id, index, before: null, after: row }]
      if (same(from.row, row)) return []
      return [{ book: book.key, id, index: from.index, before: from.row, after: row }]
    }),
    ...lost.map(([id, { row, index }]) => ({ book: book.key, id, index, before: row, after: null })),
  ]
}

/** Whether a row may be the same one under another key: most of its fields say the same. */
function isHeir(old: Row, now: Row): boolean {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return keys.filter(key => same(old[key], now[key])).length * 2 >= keys.length
}

/** How many rows came, changed and went. */
export const countsOf = (changes: readonly RowChange[]) => ({
  added: changes.filter(({ before }) => before === null).length,
  changed: changes.filter(({ before, after }) => before !== null && after !== null).length,
  removed: changes.filter(({ after }) => after === null).length,
})

/** Fields in which two rows differ. */
export const fieldsChanged = ({ before, after }: Pick<RowChange, 'before' | 'after'>): string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    key => !same(before?.[key], after?.[key]),
  )
