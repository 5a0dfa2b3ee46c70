import { forModel, gramsOf, type Marks } from './grams.ts'
import { type Model, marginsFrom } from './model.ts'
import { CRY_CORE, CRY_KINDS } from './words-cry.ts'

/**
 * What the gate for cries sees of a short text: runs of one to three characters, pairs with one or two characters between them,
 * and the order of the kinds of words in it. Training and talk share `cryMarksOf`; a change here asks for a new training.
 */

interface Heard {
  /** Which of CRY_KINDS. */
  kind: number
  from: number
  to: number
}

/** Alternatives are parted at the bars outside of brackets. */
const alternatives = (says: string): string[] => says.split(/\|(?![^(]*\))/)
/** The characters an alternative can begin with: its first one, or those of its class. */
const beginnings = (says: string): string =>
  says.startsWith('[') ? says.slice(1, says.indexOf(']')).replace('\\n', '\n') : says.replace(/^\\/, '')[0]!
const KINDS = CRY_KINDS.map(([, says]) => new RegExp(says, 'y'))
/** The kinds that can begin with a character, in their order: most characters begin none. */
const KINDS_FROM: ReadonlyMap<string, readonly number[]> = kindsByBeginning()

function kindsByBeginning(): Map<string, number[]> {
  const from = new Map<string, number[]>()
  for (const [kind, [, says]] of CRY_KINDS.entries())
    for (const character of new Set(alternatives(says).flatMap(each => [...beginnings(each)])))
      from.set(character, [...(from.get(character) ?? []), kind])
  return from
}

const CORE = CRY_KINDS.map(([kind]) => CRY_CORE.has(kind))
const STOP = CRY_KINDS.findIndex(([kind]) => kind === 'stop')
/** Before the first and behind the last. */
const EDGE = CRY_KINDS.length

function kindsIn(text: string): Heard[] {
  const heard: Heard[] = []
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS_FROM.get(text[at]!)?.find(each => fitsAt(KINDS[each]!, text, at))
    if (kind === undefined) continue
    const to = KINDS[kind]!.lastIndex
    heard.push({ kind, from: at, to })
    at = to - 1
  }
  return heard
}

function fitsAt(says: RegExp, text: string, at: number): boolean {
  says.lastIndex = at
  return says.test(text)
}

/** One number for four small ones; `what` tells the sorts of marks apart. */
function markOf(what: number, one: number, two = 0, three = 0): number {
  const mixed = Math.imul(
    Math.imul(Math.imul(what ^ 0x811c9dc5, 0x01000193) ^ one, 0x01000193) ^ two,
    0x01000193,
  )
  const more = Math.imul(mixed ^ (mixed >>> 15) ^ three, 0x85ebca6b)
  return (more ^ (more >>> 13)) >>> 0
}

/** How far the second of a pair may stand, in kinds. */
const FARTHEST = 5
/** Short calls and long stories are different things. */
const SHORT = 8
const LONG = 60

/** The hash of everything seen in a text in matching form from which harmless sayings were taken; it holds until the next text is read. */
export function cryMarksOf(calm: string): Marks {
  const text = forModel(calm)
  const marks = gramsOf(text)
  for (let at = 0; at < text.length - 2; at++) {
    const one = text.charCodeAt(at)
    put(marks, markOf(12, one, text.charCodeAt(at + 2)))
    if (at < text.length - 3) put(marks, markOf(13, one, text.charCodeAt(at + 3)))
  }
  const kinds = kindsIn(text)
  for (let at = 0; at < kinds.length; at++) marksOf(at, kinds, marks)
  if (text.length <= SHORT) put(marks, markOf(21, 1))
  else if (text.length > LONG) put(marks, markOf(21, 2))
  return marks
}

function put(marks: Marks, hash: number): void {
  marks.hashes[marks.count++] = hash
}

/** The marks of one kind: itself, its pairs within the clause, itself with the next two, and between its neighbours. */
function marksOf(at: number, kinds: readonly Heard[], marks: Marks): void {
  const { kind, to } = kinds[at]!
  if (kind !== STOP) put(marks, markOf(31, kind))
  for (let next = at + 1; next < kinds.length && next <= at + FARTHEST; next++) {
    const other = kinds[next]!
    if (other.kind === STOP) break
    if (!CORE[kind] && !CORE[other.kind]) continue
    const gap = other.from - to
    put(marks, markOf(32, kind, other.kind, gap <= 1 ? 0 : gap <= 5 ? 1 : 2))
  }
  const next = kinds[at + 1]?.kind ?? EDGE
  const after = kinds[at + 2]?.kind
  if (after !== undefined) put(marks, markOf(33, kind, next, after))
  if (CORE[kind]) put(marks, markOf(34, kinds[at - 1]?.kind ?? EDGE, kind, next))
}

/** How much a text is like a cry for help (its margin; `model.gates.cry` is the bar). Undefined where the model has not learnt it. */
export const cryMargin = (calm: string, { cry }: Model): number | undefined =>
  cry ? marginsFrom(cry, cryMarksOf(calm))[0] : undefined
