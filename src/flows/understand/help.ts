import type { Asks, Desk } from '../../rules/help.ts'
import { lettersOf } from '../text.ts'
import { categoriesIn } from './lexicon.ts'
import { BESIDE, COMPLAINS, HELP_ROWS, MINOR, OTHERS } from './words-help.ts'

/** A wish for help: at which desk (undefined: it must be asked), for what, and whether nothing else was told. */
export interface HelpWish {
  desk?: Desk
  asks?: Asks
  bare: boolean
}

/** What may be heard beside a call for help without being the matter itself. */
const NEAR: ReadonlySet<string> = new Set(['mind', 'youth', 'school', 'family', 'medical'])

/** The weight from which another subject is the matter itself. */
const HEAVY = 3

/**
 * Whether these words (in matching form) seek help at one of the desks, by the table of rows: the first that holds. Undefined for everything
 * else, above all for a complaint to an authority.
 */
export function helpWished(plain: string): HelpWish | undefined {
  const text = plain.slice(0, 2_000)
  const young = MINOR.test(text)
  const complains = COMPLAINS.test(text)
  const elsewhere =
    OTHERS.test(text) || categoriesIn(text).some(({ row, score }) => !NEAR.has(row.key) && score >= HEAVY)
  const row = HELP_ROWS.find(
    ({ says, young: onlyYoung, evenComplaining, plain: spoken }) =>
      (!onlyYoung || young) &&
      (!complains || evenComplaining) &&
      (!elsewhere || spoken || onlyYoung) &&
      says.test(text),
  )
  if (!row) return undefined
  return {
    ...(row.desk === 'any' ? {} : { desk: row.desk }),
    ...(row.asks ? { asks: row.asks } : {}),
    bare: lettersOf(text.replace(BESIDE, ' ')).length === 0,
  }
}

/** The desk that words told within a call for help point to: by the table, else by their subject. */
export function deskOf(plain: string): Desk | undefined {
  const wished = helpWished(plain)?.desk
  if (wished) return wished
  const key = categoriesIn(plain.slice(0, 2_000))[0]?.row.key
  return key === 'mind' || key === 'youth' ? key : undefined
}
