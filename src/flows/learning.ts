import { LEARNING_TEXT } from '../rules/learning/may-teach.ts'
import { putAgain } from './ask.ts'
import { command, inHand, type Moment, put } from './moment.ts'
import type { Answers, FlowName } from './talk.ts'
import { NO } from './words-replies.ts'

/** "别用我的话": understanding may learn from this person's words no longer, and what was kept of them goes. */
const STOP =
  /^(?:请|我)?(?:不要|别|不想|不让|不许|不准|停止|不再|不同意)(?:你们)?(?:再)?(?:用|拿|让)我(?:说)?的?(?:话|例子|内容)(?:去|来|做|当)?(?:学习?|训练|例子)?[了吧]?$|^(?:我要|我想)?(?:撤回|收回|取消)(?:我的)?(?:学习|例子)(?:的)?(?:同意)?[了吧]?$|^(?:please )?(?:stop|don'?t|do not) (?:learn(?:ing)? from|us(?:e|ing)) my words$/
const START =
  /^(?:我)?(?:可以|同意|愿意|允许)(?:你们)?(?:用|拿|让)我(?:说)?的话(?:去|来)?(?:学习?|训练)?[了吧]?$|^you may (?:learn from|use) my words$/

/** A yes to this must be meant: an "ok" that only ends a talk is none. */
const AGREES = /^(?:可以的?|同意|愿意|行|没问题|我同意|我愿意|you may|yes|i agree|agree|sure)$/

/** The choices of the question: `!learn.no`, and a yes with the code of the matter it was asked beside. */
const NOT = '!learn.no'

/**
 * Asked once in a conversation, and at a quiet moment: the person has just said that their own plain matter is solved, and nothing else waits.
 * Whoever goes on with something else has not agreed.
 */
export function offerLearning(m: Moment, flow: FlowName, { code, solved, satisfied }: Answers): void {
  const { talk, facts } = m
  const quiet = talk.waiting.length === 0 && talk.stack[0]?.paused !== 'other' && !talk.danger
  const own = facts.ownCases?.find(each => each.code === code)
  if (flow !== 'rating' || solved !== true || satisfied === 1 || !quiet || !own?.teaches) return
  if (facts.learning?.wish !== null || talk.learningAsked === LEARNING_TEXT) return
  m.talk = { ...talk, learningAsked: LEARNING_TEXT }
  put(m, {
    say: 'learning.ask',
    options: [
      { value: `!learn.${own.code}`, label: 'learning.yes' },
      { value: NOT, label: 'learning.no' },
    ],
  })
}

/** The word on it: `no`, or the code of the matter a yes was given beside. */
export function learningAnswered(m: Moment, about: string): boolean {
  m.talk = { ...m.talk, offered: [] }
  command(m, { do: 'wishLearning', with: about === 'no' ? { on: false } : { on: true, code: about } })
  return true
}

/** A word on it in words, wherever the talk stands, or the answer to the question just put; the thread is taken up again after it. */
export function learningSaid(m: Moment): boolean {
  const plain = m.said.plain.replace(/[。.!！，,\s]+$/, '')
  const offered = m.talk.offered ?? []
  if (offered.includes(NOT) && !inHand(m)) {
    const value = AGREES.test(plain) ? offered[0] : NO.test(plain) ? NOT : undefined
    if (value) return learningAnswered(m, value.slice('!learn.'.length))
  }
  const on = STOP.test(plain) ? false : START.test(plain) ? true : null
  if (on === null) return false
  command(m, { do: 'wishLearning', with: { on } })
  if (inHand(m)) putAgain(m)
  return true
}
