import { joinsFor, lookalikesRow, sayAlike } from './alike.ts'
import { type AnyQuestion, applying, counting, needsPick, type Option } from './flow.ts'
import { offerLearning } from './learning.ts'
import {
  command,
  currentQuestion,
  drop,
  flowOf,
  hold,
  inHand,
  type Moment,
  open as openFlow,
  put,
  say,
  sceneOf,
} from './moment.ts'
import { maskedPhone } from './phone.ts'
import type { CardRow, OpenFlow } from './talk.ts'
import { gist } from './understand/points.ts'

/** Puts the question that stands, once more and unchanged; nothing when no flow is in hand. */
export function putAgain(m: Moment): void {
  const open = inHand(m)
  if (!open) return
  const question = currentQuestion(m, open)
  if (question) putQuestion(m, open, question)
  else if (flowOf(m, open).check || open.filled) putCheck(m, open)
  else finish(m, open)
}

/** Goes on after an answer: the next question, the summary, or the end. */
export function advance(m: Moment): void {
  putAgain(m)
}

function putQuestion(m: Moment, open: OpenFlow, question: AnyQuestion): void {
  const scene = sceneOf(m, open.answers)
  const options = question.answer.choices?.(scene) ?? []
  if (needsPick(question.answer) && options.length === 0) {
    nothingToPick(m, open)
    return
  }
  const before =
    question.key in open.answers ? question.answer.shown?.(open.answers[question.key], scene) : undefined
  if (open.checking) hold(m, { ...open, checking: false })
  if (open.editing && before?.value !== undefined) say(m, 'edit.was', { was: before.value })
  const own = question.answer.own?.(scene)
  const card = question.answer.card?.(scene)
  put(m, {
    say: own ? 'askOwn' : (question.answer.asks?.(scene) ?? `ask.${open.flow}.${question.key}`),
    with: own ? { ask: m.talk.language === 'en' ? own.ask.english : own.ask.words } : sayingOf(m),
    options,
    ...(card ? { card } : {}),
  })
}

/** None of the person's cases fits any more: the flow ends here; its pictures begin a new matter. */
function nothingToPick(m: Moment, open: OpenFlow): void {
  const { files } = open.answers
  drop(m, open)
  say(m, `none.${open.flow}`)
  if (files === undefined) {
    comeBack(m)
    return
  }
  m.talk = { ...m.talk, stack: [{ flow: 'grievance', answers: { files } }, ...m.talk.stack] }
  putAgain(m)
}

const sayingOf = (m: Moment): Record<string, unknown> => ({
  district: m.book.district,
  ...(m.facts.profile?.phone ? { phone: maskedPhone(m.facts.profile.phone) } : {}),
})

/** The two ends of a summary. */
const CHECK: readonly Option[] = [
  { value: '!send', label: 'check.send' },
  { value: '!edit', label: 'check.edit' },
]

/** The ends of this summary: sending comes first, also where the same was told before. */
export function checkOptions(m: Moment, open: OpenFlow): readonly Option[] {
  const joins = joinsFor(m.book, m.facts, open)
  const [first] = joins
  if (!first) return CHECK
  const label = first.value === '!follow' ? 'alike.send' : 'alike.another'
  return [{ value: '!send', label }, ...CHECK.slice(1), ...joins]
}

/** Everything said so far, once more, before it is sent. */
function putCheck(m: Moment, open: OpenFlow): void {
  hold(m, { ...open, checking: true })
  sayAlike(m, open)
  const options = checkOptions(m, open)
  // What was said just above needs no row.
  const beside = options === CHECK ? lookalikesRow(m.book, m.facts, open) : []
  put(m, {
    say: `check.${open.flow}`,
    options,
    card: { kind: 'check', rows: [...rowsOf(m, open, true), ...beside] },
  })
}

/** The answers as rows; `all` adds what could still be added. */
export function rowsOf(m: Moment, open: OpenFlow, all: boolean): CardRow[] {
  const scene = sceneOf(m, open.answers)
  const asked = new Set(applying(flowOf(m, open), scene))
  return flowOf(m, open).questions.flatMap(question => {
    const { key, answer, aside } = question
    const guess = all && !asked.has(question) ? answer.guess?.(scene) : undefined
    if (guess) return [{ key, ...guess, tap: `!edit.${key}` }]
    if (!asked.has(question)) return []
    const said = key in open.answers
    if (!said && !(all && aside && answer.kind === 'photos')) return []
    const shown = answer.shown?.(said ? open.answers[key] : [], scene)
    const own = answer.own?.(scene)
    return shown ? [{ key, ...shown, ...(own ? { own: own.name } : {}), tap: `!edit.${key}` }] : []
  })
}

/** Which answer to change: every row of the summary as a choice. */
export function putWhichToEdit(m: Moment, open: OpenFlow): void {
  const options = rowsOf(m, open, true).map(({ key, own }) => ({
    value: `!edit.${key}`,
    ...(own ?? { label: `edit.${key}` }),
  }))
  put(m, { say: 'edit.which', options: [...options, { value: '!resume', label: 'edit.nothing' }] })
}

/** Asks one answer again, out of order; the old one stays until a new one is read. */
export function edit(m: Moment, open: OpenFlow, key: string): void {
  hold(m, { ...open, editing: key, checking: false })
  putAgain(m)
}

/** The end of a flow: its commands, then whatever waited for it. */
export function finish(m: Moment, open: OpenFlow): void {
  const scene = sceneOf(m, open.answers)
  const flow = flowOf(m, open)
  const answers = counting(flow, scene)
  const commands = flow.finish(answers, scene)
  const next = flow.next?.(answers, scene)
  drop(m, open)
  m.talk = { ...m.talk, offered: [] }
  if (open.flow === 'human') say(m, 'person.called')
  command(m, ...commands)
  if (next) {
    openFlow(m, next)
    putAgain(m)
  } else {
    comeBack(m)
    offerLearning(m, open.flow, answers)
  }
}

/** After an end or a leaving: the flow that only waited its turn goes on, else the next matter heard is offered. */
export function comeBack(m: Moment): void {
  const beneath = m.talk.stack[0]
  if (beneath?.paused === 'other') {
    takeUp(m, beneath)
    say(m, 'resumed')
    putAgain(m)
    return
  }
  const next = m.talk.waiting[0]
  if (next !== undefined) {
    put(m, {
      say: 'waiting.offer',
      with: { what: gist(next, 40) },
      options: [
        { value: '!next', label: 'waiting.yes' },
        { value: '!dropNext', label: 'waiting.no' },
      ],
    })
  }
}

/** Brings a paused flow to the top, in hand. */
export function takeUp(m: Moment, flow: OpenFlow): void {
  const { paused: _, veiled: __, ...awake } = flow
  const others = m.talk.stack.filter(other => other !== flow)
  m.talk = { ...m.talk, stack: [awake, ...others] }
}
