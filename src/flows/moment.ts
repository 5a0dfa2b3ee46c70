import type { Book } from './book.ts'
import { type AnyQuestion, type Flow, nextQuestion, type Option, type Said, type Scene } from './flow.ts'
import type { Answers, Card, Choice, Command, Facts, OpenFlow, Say, Talk } from './talk.ts'

/**
 * One turn in the making. It lives for a single call of `turn`; what it holds is replaced, never changed in place, so the
 * talk handed in stays as it was.
 */
export interface Moment {
  readonly book: Book
  readonly facts: Facts
  said: Said
  talk: Talk
  out: (Say | Command)[]
}

/** Says something that waits for no reply. */
export function say(m: Moment, key: string, values?: Record<string, unknown>, card?: Card): void {
  m.out.push({ say: key, ...(values ? { with: values } : {}), ...(card ? { card } : {}) })
}

/** Gives the shell something to do. */
export function command(m: Moment, ...commands: readonly Command[]): void {
  m.out.push(...commands)
}

/** What is put with choices: from now on numbers and taps mean these. */
export interface Offer {
  say: string
  with?: Record<string, unknown>
  options?: readonly Option[]
  /** Rows may carry bare values as taps; they are stamped with the step here. */
  card?: Card
}

/** Puts a question or an offer; older choices become stale. */
export function put(m: Moment, offer: Offer): void {
  const step = m.talk.step + 1
  const options = offer.options ?? []
  m.talk = { ...m.talk, step, offered: options.map(option => option.value) }
  m.out.push({
    say: offer.say,
    ...(offer.with ? { with: offer.with } : {}),
    ...(options.length > 0 ? { choices: options.map(option => choiceOf(option, step)) } : {}),
    ...(offer.card ? { card: stamped(offer.card, step) } : {}),
  })
}

const choiceOf = ({ value, label, words, english, with: values }: Option, step: number): Choice => ({
  tap: `${step}.${value}`,
  ...(label === undefined ? {} : { label }),
  ...(words === undefined ? {} : { words }),
  ...(english === undefined ? {} : { english }),
  ...(values === undefined ? {} : { with: values }),
})

const stamped = (card: Card, step: number): Card => ({
  ...card,
  rows: card.rows.map(row => (row.tap === undefined ? row : { ...row, tap: `${step}.${row.tap}` })),
})

/** The flow being talked about now, if any; a flow that a deploy took away is not there. */
export function inHand(m: Moment): OpenFlow | undefined {
  const top = m.talk.stack[0]
  return top && !top.paused && m.book.flows[top.flow] ? top : undefined
}

export const flowOf = (m: Moment, open: OpenFlow): Flow => m.book.flows[open.flow]

export const sceneOf = (m: Moment, soFar: Answers): Scene => ({ book: m.book, facts: m.facts, soFar })

/** Replaces the flow in hand. */
export function hold(m: Moment, open: OpenFlow): void {
  m.talk = { ...m.talk, stack: [open, ...m.talk.stack.slice(1)] }
}

const MOST_FLOWS = 4

/** Puts a flow on top; what was in hand waits beneath it, words kept for an older question are done with. Of flows left by the person only the latest few are kept. */
export function open(m: Moment, flow: OpenFlow): void {
  const beneath = m.talk.stack.map((other, at) =>
    at === 0 && !other.paused ? { ...other, paused: 'other' as const } : other,
  )
  const stack = [flow, ...beneath]
  const spare = stack.length > MOST_FLOWS ? stack.findLastIndex(other => other.paused === 'left') : -1
  m.talk = { ...m.talk, stack: spare > 0 ? stack.filter((_, at) => at !== spare) : stack }
  forget(m, 'kept')
}

/** Sets the flow in hand aside, answers and all. */
export function pause(m: Moment, why: NonNullable<OpenFlow['paused']>): OpenFlow | undefined {
  const current = inHand(m)
  if (current) hold(m, { ...current, paused: why })
  return current
}

/** Takes a flow of the stack away. */
export function drop(m: Moment, flow: OpenFlow | undefined): void {
  m.talk = { ...m.talk, stack: m.talk.stack.filter(other => other !== flow) }
}

/** The question to answer now: the one being changed, else the first gap. */
export function currentQuestion(m: Moment, flow: OpenFlow): AnyQuestion | undefined {
  const description = flowOf(m, flow)
  const edited = flow.editing && description.questions.find(question => question.key === flow.editing)
  return edited || nextQuestion(description, sceneOf(m, flow.answers))
}

/** A copy of the talk without these members. */
export function forget(m: Moment, ...members: readonly ('kept' | 'danger' | 'offered')[]): void {
  m.talk = Object.fromEntries(
    Object.entries(m.talk).filter(([key]) => !members.some(member => member === key)),
  ) as unknown as Talk
}
