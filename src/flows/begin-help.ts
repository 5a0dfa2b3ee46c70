import type { Desk } from '../rules/help.ts'
import { advance } from './ask.ts'
import { prefilled } from './begin.ts'
import { deskIn, hoursOf } from './desks.ts'
import type { Said } from './flow.ts'
import { command, type Moment, open, say } from './moment.ts'
import { panelWished } from './panel.ts'
import type { Answers, Talk } from './talk.ts'
import { forMatching } from './text.ts'
import { type HelpWish, helpWished } from './understand/help.ts'
import { orderIn } from './words-orders.ts'

/** How a call for help begins, how it is left in a hurry, and what of a conversation belongs to it. */

/** The help a message seeks, at a desk this district has: by its words, or by a panel's name. Undefined for anything else. */
export function helpIn(m: Moment, plain: string): HelpWish | undefined {
  if (m.book.desks.length === 0) return undefined
  const asked = panelWished(plain, m.book.panels)
  const named = asked && m.book.desks.find(({ panel }) => panel === asked.panel.code)
  if (named) return { desk: named.key, bare: asked.bare }
  const wish = asked ? undefined : helpWished(plain)
  return wish && (wish.desk === undefined || deskIn(m.book, wish.desk)) ? wish : undefined
}

const TALKS = /聊|说|谈|倾诉|talk|listen/

/** Begins it: a warm word first, what to expect, when somebody is there; then only what was not told. */
export function beginHelp(m: Moment, said: Said, wish: Partial<HelpWish> = {}, given: Answers = {}): void {
  const known: Answers = {
    ...given,
    ...(wish.desk ? { desk: wish.desk } : {}),
    ...(wish.asks ? { asks: wish.asks } : {}),
  }
  // A bare wish tells for whom it is only where somebody wants to talk.
  const self = wish.bare && wish.desk === 'mind' && TALKS.test(said.plain) ? { whom: 'me' } : {}
  const answers = wish.bare ? { ...known, ...self } : prefilled(m, 'help', said, known)
  open(m, { flow: 'help', answers })
  const key = answers.desk as Desk | undefined
  say(m, `help.warm.${key ?? 'any'}`)
  say(m, 'help.rules')
  const desk = deskIn(m.book, key)
  if (desk) {
    const { say: open, with: values } = hoursOf(m.book, desk, m.facts.now, m.talk.language)
    say(m, open, values)
  }
  advance(m)
}

/**
 * 快速离开: calls for help are set aside with every answer, and the lines of this talk no longer show where somebody else might look.
 * What is said is of no interest to a stranger.
 */
export function leaveQuickly(m: Moment): void {
  m.talk = leftQuickly(m.talk)
  command(m, { do: 'veil' })
  say(m, 'help.left')
}

/** The talk with every call for help set aside, out of sight of its form until it is taken up by words. */
export const leftQuickly = (talk: Talk): Talk => ({
  ...talk,
  stack: talk.stack.map(flow => (flow.flow === 'help' ? { ...flow, paused: 'left', veiled: true } : flow)),
  ...(stands(talk) ? { offered: [] } : {}),
})

/** The words that leave in a hurry: heard also while a clerk has the conversation. */
export const wantsToLeave = (text: string): boolean => orderIn(forMatching(text)) === 'quickExit'

/** Whether a call for help is being talked about. */
const stands = ({ stack: [top] }: Talk): boolean => top?.flow === 'help' && top.paused !== 'left'

/** Whether a turn belongs to a call for help: its lines are veiled when the person leaves in a hurry. */
export const isOfHelp = (before: Talk, after: Talk): boolean => stands(before) || stands(after)
