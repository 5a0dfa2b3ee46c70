import type { Form, Question } from '../shapes.ts'

/** Where a person stands in a form; worked out anew from the form each time, never stored. */
export interface Standing {
  /** The question on the page; undefined means the check page. */
  question: Question | undefined
  /** "Step 3 of 4"; asides are no step. */
  step: { no: number; of: number } | undefined
  /** One step back: the key of a question, `''` for the page the form itself would show, undefined for none. */
  back: string | undefined
}

/**
 * `edit` is the key of a question wanted out of order; `passed` are the asides the person did not care for. A form without
 * questions of its own begins with its first aside.
 */
export function standing(form: Form, edit?: string, passed: readonly string[] = []): Standing {
  const asked = form.questions.filter(question => !question.aside)
  const wanted = form.questions.find(question => question.key === edit)
  const question = wanted ?? form.questions.find(each => each.key === form.current) ?? opening(form, passed)
  if (!question) return { question, step: undefined, back: asked[asked.length - 1]?.key }
  if (question.aside) return { question, step: undefined, back: wanted && asked.length > 0 ? '' : undefined }
  const at = asked.indexOf(question)
  return { question, step: { no: at + 1, of: asked.length }, back: asked[at - 1]?.key }
}

function opening(form: Form, passed: readonly string[]): Question | undefined {
  if (form.current !== null || form.questions.some(question => !question.aside)) return undefined
  return form.questions.find(question => !question.answered && !passed.includes(question.key))
}

/** One answered question as a line of the summary. */
export interface AnswerRow {
  key: string
  value: string
  note?: string
  question: Question
}

/** The answers, the one on the page left out, and what is taken for granted. One without words of its own is told by its choice. */
export const answeredRows = (form: Form, except?: string): AnswerRow[] =>
  form.questions
    .filter(question => (question.answered || question.shown) && question.key !== except)
    .map(question => ({ key: question.key, question, ...wordsOf(question) }))

function wordsOf(question: Question): { value: string; note?: string } {
  const { value, note } = question.shown ?? {}
  // A picked place begins with the official names already.
  if (value) return { value, ...(note && !value.startsWith(note) ? { note } : {}) }
  const label = question.choices?.find(choice => choice.value === question.raw)?.label
  return { value: label ?? question.raw ?? '' }
}

/** What may still be told on the check page, though nobody asks for it. */
export const addable = (form: Form): Question[] =>
  form.questions.filter(question => question.aside && !question.answered && !question.shown)

/** The choices that answer; a value with `!` is a step, such as passing the question by. */
export const realChoices = (question: Question): { value: string; label: string }[] =>
  (question.choices ?? []).filter(choice => !choice.value.startsWith('!'))

/** The choice that passes a question by, when it may be passed. */
export const passing = (question: Question): { value: string; label: string } | undefined =>
  (question.choices ?? []).find(choice => choice.value.startsWith('!'))
