import { join, joinsFor } from './alike.ts'
import { bad, good, MOST_FILES } from './answers.ts'
import { checkOptions, finish, putAgain, takeUp } from './ask.ts'
import { begin, firstMatter, nothingToPick, prefilled, saidByPick, saidOf, sayMore } from './begin.ts'
import type { Book } from './book.ts'
import { dangerOf, emergency } from './emergency.ts'
import { known } from './engine.ts'
import { type AnyQuestion, nextQuestion, type Option, type Read, type Said } from './flow.ts'
import { fillable } from './form-view.ts'
import { currentQuestion, flowOf, forget, hold, inHand, type Moment, open, sceneOf } from './moment.ts'
import { spotted } from './reply.ts'
import type { Answers, Command, Facts, FileRef, FlowName, Joining, OpenFlow, Say, Talk } from './talk.ts'
import { asWritten, forMatching } from './text.ts'

/**
 * The form is another face of the talk: what is filled in is an answer of the same open flow, without the bot's words in
 * between. `form-view.ts` shows it, this file moves it.
 */

/** One answer; `value` is that of a choice, `files` are all that shall be kept. */
export interface FormAnswer {
  do: 'answer'
  flow: FlowName
  key: string
  text?: string
  value?: string
  files?: readonly FileRef[]
  /** WGS84 degrees. */
  position?: { lat: number; lng: number }
  unit?: string
}

/** What a person does on a form: answers, sends, sets it aside, or goes on in the chat. */
export type FormMove =
  | FormAnswer
  | { do: 'send' | 'leave' | 'chat'; flow: FlowName }
  | { do: 'join'; flow: FlowName; how: Joining }
  /** 转为调解: a mediation begun out of an own matter, with what is known of it. */
  | { do: 'begin'; flow: FlowName; from: string }

/** Why a move changes nothing: the question it is about, and the reason (key under `form.why.` or `say.why.`). */
export interface FormRefusal {
  is: 'refused'
  key: string
  why: string
  with?: Record<string, unknown>
  choices?: readonly Option[]
}

export type Filling = { is: 'filled'; talk: Talk; out: readonly (Say | Command)[] } | FormRefusal

/** One move on a form. Pure, and a turn of the same talk as `turn`: the same things in give the same things out. */
export function fill(book: Book, talk: Talk, move: FormMove, facts: Facts): Filling {
  const m: Moment = { book, facts, said: saidIn(move), talk: known(book, talk), out: [] }
  const before = standing(m)
  const refused = moved(m, move)
  if (refused) return refused
  m.talk = { ...m.talk, noticeShown: book.noticeVersion }
  if (move.do === 'answer') restamp(m, before)
  return { is: 'filled', talk: m.talk, out: m.out }
}

function moved(m: Moment, move: FormMove): FormRefusal | undefined {
  switch (move.do) {
    case 'answer':
      return answer(m, move)
    case 'send':
      return send(m, move.flow)
    case 'join':
      return joined(m, move.flow, move.how)
    case 'leave':
      leave(m, move.flow)
      return undefined
    case 'chat':
      return chat(m, move.flow)
    case 'begin':
      return begun(m, move.flow, move.from)
  }
}

/** The one already begun out of this matter goes on; another that waits keeps its place. */
function begun(m: Moment, flow: FlowName, from: string): FormRefusal | undefined {
  const own = m.facts.ownCases?.find(each => each.code === from && each.open)
  if (flow !== 'mediation' || !own) return refusal('', 'notNow')
  const waiting = m.talk.stack.find(each => each.flow === flow)
  if (waiting && 'from' in waiting.answers && waiting.answers.from !== from) return refusal('', 'notNow')
  if (waiting?.paused) bringUp(m, waiting)
  if (waiting) return undefined
  if (m.talk.stack.length >= MOST_STACKED) return refusal('', 'tooManyOpen')
  open(m, { flow, answers: prefilled(m, flow, saidOf(own.title), { from }) })
  return undefined
}

const refusal = (key: string, why: string): FormRefusal => ({ is: 'refused', key, why })

function saidIn(move: FormMove): Said {
  if (move.do !== 'answer') return saidOf('')
  const { text = '', files = [], position, unit } = move
  return {
    text: asWritten(text),
    plain: forMatching(text),
    files,
    ...(position ? { position } : {}),
    ...(unit === undefined ? {} : { unit }),
  }
}

/** So many flows at once are a knot, in the chat as here. */
const MOST_STACKED = 8

/** Takes the flow up from wherever it waits, or opens it; whatever else was in hand waits its turn. */
function takeInHand(m: Moment, name: FlowName): FormRefusal | OpenFlow {
  const waiting = m.talk.stack.find(flow => flow.flow === name && !flow.veiled)
  if (waiting === undefined) {
    if (nothingToPick(m, name)) return refusal('', `none.${name}`)
    if (m.talk.stack.length >= MOST_STACKED) return refusal('', 'tooManyOpen')
    open(m, { flow: name, answers: {} })
  } else if (waiting.paused) bringUp(m, waiting)
  return m.talk.stack[0]!
}

/** Going on with what waited behind an emergency says that it is over, as "go on" does in the chat. */
function bringUp(m: Moment, waiting: OpenFlow): void {
  const current = inHand(m)
  if (current) hold(m, { ...current, paused: 'other' })
  if (waiting.paused === 'danger') forget(m, 'danger')
  takeUp(m, waiting)
  forget(m, 'kept')
}

function answer(m: Moment, move: FormAnswer): FormRefusal | undefined {
  const current = takeInHand(m, move.flow)
  if ('is' in current) return current
  const question = fillable(flowOf(m, current), sceneOf(m, current.answers)).find(
    ({ key }) => key === move.key,
  )
  if (!question) return refusal(move.key, 'notNow')
  const danger = move.text ? dangerOf(m) : undefined
  const read = readMove(m, current, question, move)
  if (!read.ok && !danger) return { is: 'refused', key: move.key, ...whyOf(read) }
  if (read.ok) keep(m, current, question, read.value, move)
  const alarm = read.ok ? question.answer.alarm?.(read.value as never) : undefined
  if (danger) emergency(m, danger)
  else if (alarm)
    emergency(m, alarm, [current.answers.what, ...alarm.because].filter(part => part).join('\n'))
  return undefined
}

const whyOf = ({ ok: _, ...rest }: Extract<Read<unknown>, { ok: false }>) => rest

/** Reads as the chat would: a choice by its value, files as the whole list, everything else as words. */
function readMove(m: Moment, current: OpenFlow, question: AnyQuestion, move: FormAnswer): Read<unknown> {
  const scene = sceneOf(m, current.answers)
  const { answer } = question
  if (answer.kind === 'photos') return readFiles(question, move)
  if (move.value === undefined) return answer.read(m.said, scene)
  const { value } = move
  if (!(answer.choices?.(scene) ?? []).some(option => option.value === value)) return bad('notAChoice')
  return answer.read(saidByPick(value), scene)
}

/** None of the pictures a question asks for: it is passed by, where it may be. */
function readFiles({ answer }: AnyQuestion, { files, value }: FormAnswer): Read<unknown> {
  if (answer.optional && (value === '!skip' || files?.length === 0)) return good(null)
  return files ? good(files.slice(0, MOST_FILES)) : bad('noFile')
}

function keep(m: Moment, current: OpenFlow, question: AnyQuestion, value: unknown, move: FormAnswer): void {
  const { editing: _, checking: __, filled: ___, ...rest } = current
  const answers = kept(m, current, question, value, move)
  const flow = flowOf(m, current)
  const full = !flow.check && nextQuestion(flow, sceneOf(m, answers)) === undefined
  hold(m, { ...rest, answers, ...(full ? { filled: true } : {}) })
}

/** The answers with this one, and with whatever else was told in the same free words. */
function kept(
  m: Moment,
  current: OpenFlow,
  question: AnyQuestion,
  value: unknown,
  move: FormAnswer,
): Answers {
  const { key } = question
  const { [key]: had, ...others } = current.answers
  if (question.answer.kind === 'photos' && (value as readonly FileRef[] | null)?.length === 0) return others
  if (move.text === undefined || move.value !== undefined) return { ...current.answers, [key]: value }
  if (current.flow === 'grievance' && key === 'what' && had === undefined) {
    const { answers, what, more } = firstMatter(m, m.said, current.answers)
    if (more.length > 0) sayMore(m, what, more)
    return answers
  }
  const answers = { ...current.answers, [key]: value }
  return { ...answers, ...spotted(m, { ...current, answers }, key, m.said) }
}

function send(m: Moment, name: FlowName): FormRefusal | undefined {
  const current = takeInHand(m, name)
  if ('is' in current) return current
  const gap = nextQuestion(flowOf(m, current), sceneOf(m, current.answers))
  if (gap) return refusal(gap.key, 'missing')
  finish(m, current)
  return undefined
}

/** In place of sending: a neighbour's case is followed, or the own one taken. What is there no longer is refused, and the form stays. */
function joined(m: Moment, name: FlowName, how: Joining): FormRefusal | undefined {
  const current = takeInHand(m, name)
  if ('is' in current) return current
  const gap = nextQuestion(flowOf(m, current), sceneOf(m, current.answers))
  if (gap) return refusal(gap.key, 'missing')
  const value = how === 'follow' || how === 'followTell' ? '!follow' : `!join.${how}`
  if (!joinsFor(m.book, m.facts, current).some(option => option.value === value))
    return refusal('', 'alikeGone')
  join(m, current, how)
  return undefined
}

/** Set aside with every answer; nothing to do when it was never begun. */
function leave(m: Moment, name: FlowName): void {
  const left = m.talk.stack.find(flow => flow.flow === name && !flow.veiled)
  if (!left || left.paused === 'left') return
  const stack = m.talk.stack.map(flow => (flow === left ? { ...flow, paused: 'left' as const } : flow))
  m.talk = { ...m.talk, stack, ...(left.paused ? {} : { offered: [] }) }
}

/** The bot puts the question at hand, or everything once more when none is left. */
function chat(m: Moment, name: FlowName): FormRefusal | undefined {
  if (name !== 'human' && !m.talk.stack.some(flow => flow.flow === name && !flow.veiled)) {
    if (nothingToPick(m, name)) return refusal('', `none.${name}`)
    begin(m, name, saidOf(''))
    return undefined
  }
  const current = takeInHand(m, name)
  if ('is' in current) return current
  // Nothing is asked before a person is called, but the word to do it is.
  if (name === 'human') hold(m, { ...current, filled: true })
  putAgain(m)
  return undefined
}

/** What stands in the talk: the question at hand and its choices, or the summary. */
interface Standing {
  at: string
  values: readonly string[]
}

function standing(m: Moment): Standing {
  const current = inHand(m)
  if (!current) return { at: '', values: [] }
  const question = currentQuestion(m, current)
  const options = question
    ? (question.answer.choices?.(sceneOf(m, current.answers)) ?? [])
    : checkOptions(m, current)
  const at = [
    current.flow,
    question?.key ?? '',
    current.editing ?? '',
    current.checking ?? '',
    options.length,
  ]
  return { at: at.join('.'), values: options.map(option => option.value) }
}

/** Buttons of a question that no longer stands become stale, and numbers mean the choices of the one that does. */
function restamp(m: Moment, before: Standing): void {
  const now = standing(m)
  if (!inHand(m) || (now.at === before.at && now.values.join() === before.values.join())) return
  m.talk = { ...m.talk, step: m.talk.step + 1, offered: now.values }
}
