import { putAgain } from './ask.ts'
import { beginMediation, saidOf } from './begin.ts'
import { command, inHand, type Moment } from './moment.ts'
import { numberIn } from './text.ts'

/** The answers a reminder of a meeting numbers. */
const COMING = ['coming', 'move'] as const

/**
 * A bare number after a notice that asks: 1 and 2 of a reminder, 1 of the offer to have a matter mediated. It answers what was said last,
 * also while something else is in hand, which is then put again. Channels without buttons know no other way.
 */
export function noticeAnswered(m: Moment): boolean {
  const { asked } = m.facts
  const number = numberIn(m.said.plain)
  if (!asked || !number) return false
  if (asked.about === 'mediation') return number.index === 1 && mediationTaken(m, asked.code)
  const answer = COMING[number.index - 1]
  if (!answer) return false
  command(m, { do: 'answerReminder', with: { answer, code: asked.code } })
  if (inHand(m)) putAgain(m)
  return true
}

function mediationTaken(m: Moment, code: string): boolean {
  const own = m.facts.ownCases?.find(each => each.code === code)
  if (!own) return false
  beginMediation(m, saidOf(own.title), { from: code })
  return true
}
