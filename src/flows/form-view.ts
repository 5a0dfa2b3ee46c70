import { joinsFor, lookalikesRow, ownCode } from './alike.ts'
import type { Book } from './book.ts'
import {
  type AnswerKind,
  type AnyQuestion,
  applying,
  type Flow,
  nextQuestion,
  type Option,
  type OwnWords,
  type Scene,
} from './flow.ts'
import type { CardRow, Facts, FileRef, FlowName, Talk, Want } from './talk.ts'

/** One question of a form, by keys; the words come from `bot/form-words.ts`. */
export interface FormQuestion {
  key: string
  kind: AnswerKind
  optional: boolean
  /** Never asked: may be added. */
  aside: boolean
  answered: boolean
  choices: readonly Option[]
  /** How the summary shows the answer. */
  shown?: Omit<CardRow, 'key' | 'tap'>
  /** What to put back into the field: the person's words, or the value of the choice taken. */
  raw?: string
  files?: readonly FileRef[]
  /** Worded by the district. */
  own?: { ask: OwnWords; name: OwnWords }
}

/** A flow as a form: the questions that apply now, in order, with the answers the talk has. */
export interface FormView {
  flow: FlowName
  questions: readonly FormQuestion[]
  /** The first gap; null when only the word to send is missing. */
  current: string | null
  /** Shown beside the answers before sending. */
  rows: readonly CardRow[]
  /** What may be done in place of sending: `!follow`, `!join.add`, `!join.hurry`. */
  joins: readonly string[]
  /** The person's own case of the same kind and place, where there is one. */
  own: string | null
  /** The privacy notice now in force was not shown yet. */
  notice: boolean
  /** The flow begins with one of the person's own cases, and none fits. */
  nothing: boolean
}

/** What must be looked up before a form of this flow is shown or filled. */
export function formWants(book: Book, talk: Talk, name: FlowName): Want[] {
  const wants = (book.flows[name]?.questions ?? []).flatMap(({ answer }) => answer.wants ?? [])
  const waiting = talk.stack.flatMap(({ flow }) => book.flows[flow]?.questions ?? [])
  const others = waiting.flatMap(({ answer }) => answer.wants ?? [])
  const alike = name === 'grievance' ? (['lookalikes'] as const) : []
  return [...new Set<Want>([...wants, ...others, ...alike])]
}

/** The questions a form may fill: those that apply, and what is taken for granted until somebody says otherwise. */
export const fillable = (flow: Flow, scene: Scene): readonly AnyQuestion[] => {
  const asked = new Set(applying(flow, scene))
  return flow.questions.filter(
    question => asked.has(question) || question.answer.guess?.(scene) !== undefined,
  )
}

/** Draws a flow as a form. One that is not begun is empty. */
export function formOf(book: Book, talk: Talk, name: FlowName, facts: Facts): FormView {
  const flow = book.flows[name]
  const open = talk.stack.find(each => each.flow === name && !each.veiled) ?? { flow: name, answers: {} }
  const scene: Scene = { book, facts, soFar: open.answers }
  const asked = new Set(applying(flow, scene))
  const questions = fillable(flow, scene).map(question => questionOf(question, scene, asked.has(question)))
  const current = nextQuestion(flow, scene)?.key ?? null
  const [first] = questions
  return {
    flow: name,
    questions,
    current,
    rows: current === null ? lookalikesRow(book, facts, open) : [],
    joins: current === null ? joinsFor(book, facts, open).map(option => option.value) : [],
    own: current === null ? ownCode(book, facts, open) : null,
    notice: talk.noticeShown !== book.noticeVersion,
    nothing:
      (flow.questions[0]?.answer.wants === 'care' && !facts.care?.children.length) ||
      (flow.questions[0]?.answer.wants === 'ownCases' && !first?.answered && first?.choices.length === 0),
  }
}

function questionOf({ key, answer, aside }: AnyQuestion, scene: Scene, asked: boolean): FormQuestion {
  const answered = key in scene.soFar
  const value = scene.soFar[key]
  const shown = answered ? answer.shown?.(value as never, scene) : asked ? undefined : answer.guess?.(scene)
  const raw = answered ? rawOf(answer.kind, value) : undefined
  const own = answer.own?.(scene)
  return {
    key,
    kind: answer.kind,
    optional: answer.optional ?? false,
    aside: aside ?? !asked,
    answered,
    choices: answer.choices?.(scene) ?? [],
    ...(shown ? { shown } : {}),
    ...(raw === undefined ? {} : { raw }),
    ...(own ? { own } : {}),
    ...(answer.kind === 'photos'
      ? { files: answered ? ((value as readonly FileRef[] | null) ?? []) : [] }
      : {}),
  }
}

/** An answer as the field it came from holds it. */
function rawOf(kind: AnswerKind, value: unknown): string | undefined {
  if (kind === 'photos' || kind === 'typed') return undefined
  if (value === null) return '!skip'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return String(value)
  const { words, pick } = value as { words?: string; pick?: string }
  return words ?? pick
}
