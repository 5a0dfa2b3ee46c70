import type { Option } from '../flows/flow.ts'
import type { FormAnswer, FormMove, FormRefusal } from '../flows/form.ts'
import type { FormQuestion, FormView } from '../flows/form-view.ts'
import type { Language } from '../rules/people/language.ts'
import type { Words } from '../words.ts'
import { either, rowOf } from './wording.ts'

/** A form in words, as docs/protocol.md gives it; files by id alone. */
export interface FormShown {
  flow: string
  title: string
  questions: QuestionShown[]
  current: string | null
  notice?: string
  rows?: { label: string; value: string; note?: string }[]
  /** What may be done in place of sending, and the person's own case it may be done to. */
  joins?: string[]
  own?: string
}

export interface QuestionShown {
  key: string
  kind: string
  ask: string
  optional: boolean
  aside: boolean
  answered: boolean
  choices?: { value: string; label: string }[]
  shown?: { value: string; note?: string }
  raw?: string
  files?: { id: string }[]
}

/** Puts a form into words. */
export function formInWords(words: Words, language: Language, view: FormView): FormShown {
  const { flow, current, rows, notice, joins, own } = view
  return {
    flow,
    title: words(language, either(`form.${flow}.title`)),
    questions: view.questions.map(question => questionInWords(words, language, flow, question)),
    current,
    ...(notice ? { notice: words(language, 'bot:form.notice') } : {}),
    ...(rows.length > 0 ? { rows: rows.map(row => rowOf(words, language, row)) } : {}),
    ...(joins.length > 0 ? { joins: joins.map(join => join.replace(/^!(?:join\.)?/, '')) } : {}),
    ...(own ? { own } : {}),
  }
}

function questionInWords(
  words: Words,
  language: Language,
  flow: string,
  question: FormQuestion,
): QuestionShown {
  const { key, kind, optional, aside, answered, choices, raw, files } = question
  const shown = shownOf(words, language, question)
  return {
    ...{ key, kind, optional, aside, answered },
    ask: question.own
      ? inLanguage(language, question.own.ask)
      : words(language, either(`form.${flow}.${key}`)),
    ...(choices.length > 0
      ? { choices: choices.map(each => ({ value: each.value, label: labelOf(words, language, each) })) }
      : {}),
    ...(shown ? { shown } : {}),
    ...(raw === undefined ? {} : { raw }),
    ...(files ? { files: files.map(({ id }) => ({ id })) } : {}),
  }
}

const inLanguage = (language: Language, { words, english }: { words: string; english: string }) =>
  language === 'en' ? english : words

const labelOf = (words: Words, language: Language, option: Option) =>
  (language === 'en' ? option.english : undefined) ??
  option.words ??
  words(language, either(`choice.${option.label}`), option.with)

/** A choice by its label, anything else as the summary shows it. */
function shownOf(words: Words, language: Language, question: FormQuestion): QuestionShown['shown'] {
  const { key, shown, raw, choices } = question
  const chosen = choices.find(option => option.value === raw)
  if (chosen && (shown?.value === undefined || shown.value === raw))
    return { value: labelOf(words, language, chosen) }
  if (!shown) return raw === undefined ? undefined : { value: raw }
  const { value, note } = rowOf(words, language, { key, ...shown })
  return { value, ...(note ? { note } : {}) }
}

/** Why a move was refused, as a sentence beside the field. */
export function whyInWords(words: Words, language: Language, refusal: FormRefusal): string {
  const { why, choices = [] } = refusal
  const places = choices.map(option => labelOf(words, language, option)).join(language === 'en' ? ', ' : '、')
  const keys = why.startsWith('none.') ? [`bot:say.${why}`] : [`bot:form.why.${why}`, `bot:say.why.${why}`]
  return words(language, keys, { ...refusal.with, places })
}

const LINES = { send: 'sent', join: 'join', leave: 'left', chat: 'chat', begin: 'begun' } as const

/** What a move looks like in the conversation: `在哪里：红山郡 3号楼`. `question` is the answered one as it stands now. */
export function lineOf(words: Words, language: Language, move: FormMove, question?: FormQuestion): string {
  if (move.do !== 'answer') return words(language, `bot:form.${LINES[move.do]}`)
  if (question?.kind === 'photos') return photosLine(words, language, question)
  const name = question?.own
    ? inLanguage(language, question.own.name)
    : words(language, either(`row.${move.key}`))
  return words(language, 'bot:form.line', { name, value: toldIn(words, language, move, question) })
}

function photosLine(words: Words, language: Language, { files = [] }: FormQuestion): string {
  const count = files.length
  return words(language, count > 0 ? 'bot:form.photoCount' : 'bot:form.noPhotos', { count })
}

/** Free words to the letter; what has a short form by it. */
function toldIn(words: Words, language: Language, move: FormAnswer, question?: FormQuestion): string {
  const { text, value } = move
  const short = question?.answered && question.kind !== 'words' && question.kind !== 'typed'
  if (text !== undefined && value === undefined && !short) return text
  return (question && shownOf(words, language, question)?.value) ?? text ?? value ?? ''
}
