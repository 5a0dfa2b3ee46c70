import { caseCode, parseCaseCode } from '../rules/cases/code.ts'
import type { Store } from './db.ts'
import type { Where } from './inbox.ts'
import { keyedHash } from './seal.ts'
import { searchCases } from './search.ts'

/** How many days back a bare serial (`0042`) is looked for, and how many finds of a text search are shown. */
const DAYS_BACK = 60
const MOST_FOUND = 200

/** What typed words mean: a code or the end of one, a phone, else words of the matter. `today` is `YYYY-MM-DD`. */
export async function findWhere(
  store: Store,
  typed: string,
  { prefix, today }: { prefix: string; today: string },
): Promise<Where> {
  const words = typed.normalize('NFKC').trim()
  const code = parseCaseCode(words)
  if (code) return oneOf('code', [caseCode(code.prefix, code.day, code.serial)])
  const end = /^(?:(\d{2})(\d{2})-)?(\d{4,6})$/.exec(words)
  if (end) return oneOf('code', codesEnding(prefix, today, end))
  const digits = words.replace(/[\s-]/g, '')
  if (/^(?:\+?86)?1\d{10}$/.test(digits))
    return { sql: 'c."phoneHash" = ?', values: [keyedHash(store.keys, 'phone', digits.slice(-11))] }
  return oneOf('id', await searchCases(store.read, store.kind, words, MOST_FOUND))
}

const oneOf = (column: 'code' | 'id', values: readonly string[]): Where =>
  values.length
    ? { sql: `c."${column}" IN (${values.map(() => '?').join(', ')})`, values }
    : { sql: '1 = 0', values: [] }

/** `1103-0042` is of this year or the last; `0042` of any of the last days. Equal codes are found by index. */
function codesEnding(prefix: string, today: string, [, month, date, serial]: RegExpExecArray): string[] {
  const year = Number(today.slice(0, 4))
  if (month && date)
    return [year, year - 1].map(one => caseCode(prefix, `${one}-${month}-${date}`, Number(serial)))
  const noon = Date.parse(`${today}T12:00:00Z`)
  return Array.from({ length: DAYS_BACK }, (_, back) =>
    caseCode(prefix, new Date(noon - back * 86_400_000).toISOString().slice(0, 10), Number(serial)),
  )
}
