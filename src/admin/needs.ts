import { casesOfCategory, hangsOn } from '../store/accounts.ts'
import type { Tx } from '../store/db.ts'
import type { BookKey } from './books.ts'
import { bookOf } from './books.ts'
import type { RowChange } from './diff.ts'
import type { Row } from './lenses.ts'

/** What the ledger still needs of a row that is to go: `what` counts by kind, each more than none. */
export interface Needed {
  book: BookKey
  title: string
  what: Readonly<Record<string, number>>
}

/**
 * Rows that cannot go because work hangs on them. A unit with cases, orders, accounts or children stays and can be closed to new ones; a
 * category stays while cases of it are open. Looked at in the transaction of the change, after its accounts were moved.
 */
export async function neededStill(tx: Tx, changes: readonly RowChange[]): Promise<Needed[]> {
  const found: Needed[] = []
  for (const change of changes) {
    const { book, before } = change
    if (!before || !isGone(change)) continue
    const what = await hanging(tx, book, before)
    const more = Object.fromEntries(Object.entries(what).filter(([, n]) => n > 0))
    if (Object.keys(more).length > 0) found.push({ book, title: bookOf(book)!.title(before), what: more })
  }
  return found
}

/** The row went, or stands under another key. */
function isGone({ book, before, after }: RowChange): boolean {
  const { id } = bookOf(book)!
  return after === null || (before !== null && id(before) !== id(after))
}

async function hanging(tx: Tx, key: BookKey, row: Row): Promise<Readonly<Record<string, number>>> {
  if (key === 'settings' || bookOf(key)!.ofUnits) return hangsOn(tx, String(row.code))
  if (key === 'categories') return { cases: await casesOfCategory(tx, String(row.key)) }
  return {}
}
