import { eachGram, forModel } from './grams.ts'
import { type Model, marginsFrom } from './model.ts'
import { CRY_CORE, CRY_KINDS } from './words-cry.ts'

/**
 * What the gate for cries sees of a short text: runs of one to three characters, pairs with one or two characters between them,
 * and the order of the kinds of words in it. Training and talk share `eachCryGram`; a change here asks for a new training.
 */

interface Heard {
  /** Which of CRY_KINDS. */
  kind: number
  from: number
  to: number
}

const ANY_KIND = new RegExp(CRY_KINDS.map(([, says]) => `(${says})`).join('|'), 'g')
const CORE = CRY_KINDS.map(([kind]) => CRY_CORE.has(kind))
const STOP = CRY_KINDS.findIndex(([kind]) => kind === 'stop')
/** Before the first and behind the last. */
const EDGE = CRY_KINDS.length

function kindsIn(text: string): Heard[] {
  const heard: Heard[] = []
  ANY_KIND.lastIndex = 0
  for (let hit = ANY_KIND.exec(text); hit; hit = ANY_KIND.exec(text)) {
    let kind = 0
    while (hit[kind + 1] === undefined) kind++
    heard.push({ kind, from: hit.index, to: ANY_KIND.lastIndex })
  }
  return heard
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

/** Calls `take` with the hash of everything seen in a text in matching form from which harmless sayings were taken. */
export function eachCryGram(calm: string, take: (hash: number) => void): void {
  const text = forModel(calm)
  eachGram(text, take)
  for (let at = 0; at < text.length - 2; at++) {
    take(markOf(12, text.charCodeAt(at), text.charCodeAt(at + 2)))
    if (at < text.length - 3) take(markOf(13, text.charCodeAt(at), text.charCodeAt(at + 3)))
  }
  const kinds = kindsIn(text)
  for (let at = 0; at < kinds.length; at++) marksOf(at, kinds, take)
  if (text.length <= SHORT) take(markOf(21, 1))
  else if (text.length > LONG) take(markOf(21, 2))
}

/** The marks of one kind: itself, its pairs within the clause, itself with the next two, and between its neighbours. */
function marksOf(at: number, kinds: readonly Heard[], take: (hash: number) => void): void {
  const { kind, to } = kinds[at]!
  if (kind !== STOP) take(markOf(31, kind))
  for (let next = at + 1; next < kinds.length && next <= at + FARTHEST; next++) {
    const other = kinds[next]!
    if (other.kind === STOP) break
    if (!CORE[kind] && !CORE[other.kind]) continue
    const gap = other.from - to
    take(markOf(32, kind, other.kind, gap <= 1 ? 0 : gap <= 5 ? 1 : 2))
  }
  const next = kinds[at + 1]?.kind ?? EDGE
  const after = kinds[at + 2]?.kind
  if (after !== undefined) take(markOf(33, kind, next, after))
  if (CORE[kind]) take(markOf(34, kinds[at - 1]?.kind ?? EDGE, kind, next))
}

/** How much a text is like a cry for help (its margin; `model.gates.cry` is the bar). Undefined where the model has not learnt it. */
export const cryMargin = (calm: string, { cry }: Model): number | undefined =>
  cry ? marginsFrom(cry, take => eachCryGram(calm, take))[0] : undefined
