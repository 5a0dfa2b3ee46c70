import type { Delivered } from '../../scripts/wechat-fake/rules.ts'
import type { House } from '../../src/actions/house.ts'
import type { Bubble } from '../../src/bot/channel.ts'
import { plainText } from '../../src/bot/wording.ts'
import { answeredBefore } from '../../src/store/talks.ts'
import { type Owed, owedTo } from '../wechat/phone.ts'

/** What stands on a phone after the kills, read against what the ledger owed. */
export interface Count {
  /** Seen once more than once. */
  repeats: number
  /** Not seen although the ledger says it was handed over. */
  lost: string[]
  /** Not seen, and listed for somebody to ask about. */
  listed: number
  /** Seen, and owed by nothing, or after something later. */
  strange: string[]
}

const bare = (text: string) => text.replace(/\s+/g, '')

/** Reads one follower's phone: answers to what they said, and notices in their order. */
export async function countPhone(
  house: House,
  phone: readonly Delivered[],
  who: { personId: string; ids: readonly string[] },
): Promise<Count> {
  const count: Count = { repeats: 0, lost: [], listed: 0, strange: [] }
  /** How often each answer was owed and not seen; the same words may answer several things. */
  const answers = new Map<string, number>()
  for (const id of who.ids) {
    const found = await answeredBefore(house.store.read, 'wechat', id)
    const lines = (found?.replies ?? []).map(line => bare(plainText(JSON.parse(line.body) as Bubble)))
    const words = lines.join('')
    answers.set(words, (answers.get(words) ?? 0) + 1)
  }
  const owed = await owedTo(house, who.personId)
  const notices = owed.map(one => ({ ...one, seen: 0 }))
  let at = -1
  for (const one of phone) {
    const answer = answerIn(answers, one)
    if (answer !== undefined) answers.set(answer, answers.get(answer)! - 1)
    else at = noticesIn(notices, one, at, count)
  }
  for (const [text, left] of answers) {
    if (left > 0) count.lost.push(`answer ${text.slice(0, 40)}`)
    count.repeats += Math.max(0, -left)
  }
  rightTwins(notices)
  for (const { seen, state, key } of notices) {
    if (seen === 0 && state === 'unknown') count.listed++
    else if (seen === 0) count.lost.push(`${key} ${state}`)
    count.repeats += Math.max(0, seen - 1)
  }
  return count
}

/** Two notices may say the very same. What was seen is then first of all the one that was handed over, not the one nobody can be sure of. */
function rightTwins(notices: readonly Notice[]): void {
  for (const one of notices) {
    if (one.seen > 0 || one.state === 'unknown') continue
    const twin = notices.find(({ seen, state, text }) => seen > 0 && state === 'unknown' && text === one.text)
    if (!twin) continue
    one.seen = twin.seen
    twin.seen = 0
  }
}

/** The answer a message is: said at once with its choices as lines, or later with a menu in their place. */
function answerIn(answers: ReadonlyMap<string, number>, { kind, text }: Delivered): string | undefined {
  const words = bare(text)
  if (kind === 'passive') return answers.has(words) ? words : undefined
  return kind === 'custom' ? [...answers.keys()].find(one => one.startsWith(words)) : undefined
}

type Notice = Owed & { seen: number }

/** Marks the notices a message says, from the place reached on; one said before is a repeat. Answers with the place reached. */
function noticesIn(notices: Notice[], one: Delivered, at: number, count: Count): number {
  return one.kind === 'custom' ? wordsIn(notices, one.text, at, count) : shortIn(notices, one.text, at, count)
}

/** Words in full: one notice after another. */
function wordsIn(notices: Notice[], text: string, at: number, count: Count): number {
  let rest = bare(text)
  let reached = at
  while (rest) {
    const says = (one: Notice) => rest.startsWith(bare(one.text))
    // The next of these words; else one said before, whose repeat this is.
    let next = notices.findIndex((one, index) => index > reached && one.seen === 0 && says(one))
    if (next < 0) next = notices.findIndex(one => one.seen > 0 && says(one))
    if (next < 0) {
      if (rest === bare(text)) count.strange.push(text)
      return reached
    }
    notices[next]!.seen++
    reached = Math.max(reached, next)
    rest = rest.slice(bare(notices[next]!.text).length)
  }
  return reached
}

/**
 * A short form names the newest of those that went with it, and how many they are: `等 2 条`. Equal ones may lie side by side, so the newest is
 * looked for behind as many as went before it; what waits for the morning went with none.
 */
function shortIn(notices: Notice[], text: string, at: number, count: Count): number {
  const together = Number(/ 等 (\d+) 条/.exec(text)?.[1] ?? 1)
  const short = text.replace(/ 等 \d+ 条/, '')
  const handed = notices.filter(({ state }) => state !== 'waiting')
  const reached = handed.indexOf(notices[at]!)
  const fits = (one: Notice, index: number) => index + 1 >= together && one.short === short
  let next = handed.findIndex(
    (one, index) => index >= reached + together && one.seen === 0 && fits(one, index),
  )
  if (next < 0) next = handed.findIndex((one, index) => one.seen > 0 && fits(one, index))
  if (next < 0) {
    count.strange.push(text)
    return at
  }
  for (const one of handed.slice(next - together + 1, next + 1)) one.seen++
  return Math.max(at, notices.indexOf(handed[next]!))
}
