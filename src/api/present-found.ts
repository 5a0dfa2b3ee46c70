import { bitsOf, excerptOf, foundIn } from '../rules/cases/highlight.ts'
import { maskText } from '../rules/people/mask.ts'
import type { Sought } from '../store/inbox-find.ts'
import type { InboxRow } from '../store/inbox-pages.ts'
import { plainName } from '../store/marks.ts'
import { tellings } from '../store/tellings.ts'
import type { ApiParts } from './parts.ts'
import type { FoundView } from './schemas-find.ts'
import type { Row } from './schemas-staff.ts'

/** Says of each row why a search found it: where the words stand in what is shown, with everything masked that is masked elsewhere. */
export async function withFound(
  { house }: ApiParts,
  rows: readonly InboxRow[],
  shown: readonly Row[],
  sought: Sought,
  typed: string,
): Promise<Row[]> {
  const told = await tellings(
    house.store.read,
    rows.map(row => row.id),
  )
  return shown.map((one, index) => {
    const { text = '', name = null } = told.get(rows[index]!.id) ?? {}
    return { ...one, found: foundOf(one, { text, name }, sought, typed) }
  })
}

function foundOf(
  row: Row,
  told: { text: string; name: string | null },
  sought: Sought,
  typed: string,
): FoundView {
  const inTitle = foundIn(row.title, sought.words)
  const excerpt = excerptOf(maskText(told.text, told.name ? [told.name] : []), sought.words)
  const byName = sought.name !== null && told.name !== null && plainName(told.name) === sought.name
  const byCode = sought.code && codeHolds(row.code, typed)
  const by: FoundView['by'] = [
    ...(byCode ? (['code'] as const) : []),
    ...(sought.phone ? (['phone'] as const) : []),
    ...(byName ? (['name'] as const) : []),
    ...(inTitle.length > 0 || excerpt ? (['words'] as const) : []),
  ]
  return {
    // What is left are the words of the place, which stand masked on the case.
    by: by.length > 0 ? by : ['place'],
    title: bitsOf(row.title, inTitle),
    ...(inTitle.length === 0 && excerpt ? { text: excerpt } : {}),
  }
}

/** Whether one of the parts typed stands in the code. */
function codeHolds(code: string, typed: string): boolean {
  const bare = (text: string) =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
  return [...typed.split(/\s+/), typed].some(
    part => bare(part).length >= 4 && bare(code).includes(bare(part)),
  )
}
