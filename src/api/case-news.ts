import { isOpen } from '../rules/cases/types.ts'
import { isConfidential } from '../rules/help.ts'
import type { Language } from '../rules/people/language.ts'
import { type EntryLine, entriesOf } from '../store/entries.ts'
import type { OwnCaseRow } from '../store/own-cases.ts'
import { type ApiParts, sayOf } from './parts.ts'
import { dayWords, keyOfLine, officeOf, passedTo, textOfEntry } from './present-resident.ts'
import type { CaseLine } from './schemas-resident.ts'

/** So many cases of one person are told with their news; a list longer than that is read case by case. */
const MOST = 6
/** Characters of an entry's text on a list. */
const SHORT = 120

/** The newest public line of each own case that is not over, by the case's id. */
export async function newsOf(
  parts: ApiParts,
  rows: readonly OwnCaseRow[],
  language: Language,
): Promise<Map<string, Pick<CaseLine, 'news'>>> {
  const waiting = rows.filter(row => row.state === 'answered')
  const others = rows.filter(row => isOpen(row.state) && row.state !== 'answered')
  // What was opened for somebody in danger, or who seeks help, stays on its own page: others may look at a list.
  const shown = [...waiting, ...others].filter(row => !isConfidential(row))
  const told = shown.slice(0, MOST).map(async row => {
    const entries = await entriesOf(parts.house.store.read, row.id)
    const newest = entries.findLast(entry => entry.public)
    return [row.id, newest ? { news: newsLine(parts, row, newest, language) } : {}] as const
  })
  return new Map(await Promise.all(told))
}

function newsLine(parts: ApiParts, row: OwnCaseRow, entry: EntryLine, language: Language) {
  const office = officeOf(parts, row, entry.unitId)
  const day = entry.body.newDue ?? entry.body.resumeBy
  const due = day ? dayWords(parts, day, language) : ''
  const letters = Array.from(textOfEntry(entry))
  const text = letters.length > SHORT ? `${letters.slice(0, SHORT - 1).join('')}…` : letters.join('')
  return {
    at: entry.at,
    words: sayOf(parts, row.kind, language, `did.${keyOfLine(entry)}`, {
      no: entry.body.item ?? '',
      office,
      due,
      to: passedTo(parts, entry),
      code: entry.body.again ?? entry.body.same ?? '',
    }),
    ...(text ? { text } : {}),
  }
}
