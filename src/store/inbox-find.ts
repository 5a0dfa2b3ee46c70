import { parseCaseCode } from '../rules/cases/code.ts'
import { and, type Where } from './inbox.ts'
import { hashMark, mark, plainName, SEARCHED } from './marks.ts'
import { type HouseKeys, keyedHash } from './seal.ts'
import { bothOf, type Match, piecesOf } from './search.ts'

/** Why nothing, or not everything, of what was typed could be looked for; keys of `find` in the words of the service. */
export type FindNote = 'oneCharacter' | 'noWords' | 'partly'

/** What typed words look for. */
export interface Sought {
  /** Null where nothing of it can be looked for. */
  match: Match | null
  /** What the columns of a find must say beside its marks. */
  where: Where
  /** The words of the matter looked for, as runs of letters: to show where they stand. */
  words: readonly string[]
  /** The code or part of one, the phone and the name that were looked for, as they are kept. */
  code: boolean
  phone: boolean
  name: string | null
  note: FindNote | null
}

/** Pieces looked for at most; longer texts are found by their beginning. */
const MOST_PIECES = 40
const PHONE = /^(?:\+?86)?(1\d{10})$/
const LANDLINE = /^(0\d{2,3})-?(\d{7,8})$/
const NAME = /^[\p{L}][\p{L}\s.·•‧'’-]{1,39}$/u

const anywhere: Where = { sql: '1 = 1', values: [] }
const WORDS: Where = {
  sql: `c."kind" IN (${SEARCHED.map(kind => `'${kind}'`).join(', ')}) AND c."hidden" = 0`,
  values: [],
}

/**
 * Reads what somebody typed: a phone or a whole code; else each part between spaces as part of a code or as words of the matter, all of
 * which must be met; the whole may also be a name. Nothing typed is ever an operator.
 */
export function soughtIn(keys: HouseKeys, typed: string, prefix: string): Sought {
  const text = typed.normalize('NFKC').trim()
  const nothing = { where: anywhere, words: [], code: false, phone: false, name: null, note: null }
  const phone = phoneIn(text)
  if (phone) {
    const match = hashMark('phone', keyedHash(keys, 'phone', phone))
    return { ...nothing, match, where: WORDS, phone: true }
  }
  const code = wholeCode(text, prefix)
  if (code) return { ...nothing, match: code, code: true }
  const terms = text.split(/\s+/).filter(Boolean)
  const read = terms.map(term => readTerm(term, prefix))
  const words = read.flatMap(term => term.words)
  const name = NAME.test(text) && plainName(text).length > 1 ? plainName(text) : null
  const all = cut(read.flatMap(term => term.matches))
  const byName: Match[] = name ? [hashMark('name', keyedHash(keys, 'name', name))] : []
  const any = [...byName, ...(all.length ? [bothOf(...all)!] : [])]
  const lost = read.some(term => term.lost) || all.length < read.flatMap(term => term.matches).length
  if (any.length === 0)
    return { ...nothing, match: null, note: read.some(term => term.lost) ? 'oneCharacter' : 'noWords' }
  return {
    match: any.length > 1 ? { any } : any[0]!,
    // A code names its case, whatever it is; whoever is looked for by words or name must be open to that.
    where: read.some(term => term.words.length > 0) || name ? and(WORDS) : anywhere,
    ...{ words, code: read.some(term => term.code), phone: false, name },
    note: lost ? 'partly' : null,
  }
}

function phoneIn(text: string): string | null {
  const plain = text.replace(/[\s-]/g, '')
  const mobile = PHONE.exec(plain)?.[1]
  if (mobile) return mobile
  const line = LANDLINE.exec(plain)
  return line ? `${line[1]}-${line[2]}` : null
}

function wholeCode(text: string, prefix: string): Match | null {
  const code = parseCaseCode(text)
  if (!code) return null
  const day = mark('day', code.day)
  const serial = mark('serial', String(code.serial).padStart(4, '0'))
  // Another district's code is nobody's here: a mark no case has.
  return { all: code.prefix === prefix ? [day, serial] : [mark('serial', 'x')] }
}

interface Term {
  matches: Match[]
  words: string[]
  code: boolean
  /** A single character was left out. */
  lost: boolean
}

function readTerm(term: string, prefix: string): Term {
  const whole = wholeCode(term, prefix)
  if (whole) return { matches: [whole], words: [], code: true, lost: false }
  const code = codePart(term.toUpperCase(), prefix)
  const runs = term.toLowerCase().match(/[\p{Script=Han}]+|[a-z0-9]+/gu) ?? []
  const pieces = piecesOf(term).split(' ').filter(Boolean)
  const usable = pieces.filter(piece => !isOneHan(piece))
  const words = runs.filter(run => !isOneHan(run))
  const matches = usable.map(piece => (/^[a-z]{3,}$/.test(piece) ? { begins: piece } : piece))
  if (code && matches.length === 0) return { matches: [code], words: [], code: true, lost: false }
  if (code) return { matches: [{ any: [code, bothOf(...matches)!] }], words: [], code: true, lost: false }
  // Beside a number or a word a single character says little (3号); alone it is what was looked for.
  return {
    matches,
    words: usable.length ? words : [],
    code: false,
    lost: usable.length === 0 && runs.length > 0,
  }
}

const isOneHan = (piece: string) => /^\p{Script=Han}$/u.test(piece)

/** `20261103`, `HS-20261103`, `20261103-0042`, `1103-0042`, `0042`. */
function codePart(term: string, prefix: string): Match | null {
  const day = /^(?:([A-Z]{2,4})-?)?(20\d{6})$/.exec(term)
  if (day && (!day[1] || day[1] === prefix)) return mark('day', day[2]!)
  const bare = /^(20\d{6})-?(\d{4,6})$/.exec(term)
  if (bare) return { all: [mark('day', bare[1]!), mark('serial', bare[2]!)] }
  const end = /^(\d{4})-(\d{4,6})$/.exec(term)
  if (end) return { all: [mark('day', end[1]!), mark('serial', end[2]!)] }
  return /^\d{4,6}$/.test(term) ? mark('serial', term) : null
}

const cut = (matches: readonly Match[]): Match[] => matches.slice(0, MOST_PIECES)
