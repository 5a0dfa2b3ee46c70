import type { Question } from '../shapes.ts'
import { realChoices } from './steps.ts'

/** What stands in the field of one question. */
export interface Entry {
  text: string
  /** Value of the choice taken; empty when none is. */
  value: string
  /** A place picked from the list: its words, the code of its unit, and the position that led to it. */
  picked?: { text: string; unit?: string; position?: { lat: number; lng: number } }
}

/** What goes to the service for one answer; `files` are ids. */
export interface AnswerBody {
  do: 'answer'
  key: string
  text?: string
  value?: string
  files?: string[]
  position?: { lat: number; lng: number }
  unit?: string
}

export const emptyEntry = (): Entry => ({ text: '', value: '' })

/** The answer the form already has, put back into the field. */
export function entryOf(question: Question): Entry {
  const { raw = '' } = question
  const choice = realChoices(question).find(
    ({ value, label }) => value === raw || (question.shown !== undefined && label === question.shown.value),
  )
  if (question.answered && choice) return { text: '', value: choice.value }
  return { text: raw.startsWith('!') ? '' : raw, value: '' }
}

/** The number of a case named in the address, as the entry of the question that asks for one. */
export function codeEntry({ key, kind, choices }: Question, code: string): Entry | undefined {
  if (key !== 'code') return undefined
  if (kind === 'caseCode') return { text: code, value: '' }
  return choices?.some(({ value }) => value === code) ? { text: '', value: code } : undefined
}

/** Does the field hold anything? */
export const isEmpty = ({ text, value }: Entry): boolean => text.trim() === '' && value === ''

/** Words changed after a place was picked: the pick stays while its words do, so that a building can be added. */
export function retyped(entry: Entry, text: string): Entry {
  const { picked, ...rest } = entry
  const stays = picked && text.includes(picked.text)
  return { ...rest, text, value: '', ...(stays ? { picked } : {}) }
}

/** The field as an answer. A choice wins over words: typing takes the choice away. */
export function answerOf(key: string, entry: Entry, files?: string[]): AnswerBody {
  if (files) return { do: 'answer', key, files }
  if (entry.value) return { do: 'answer', key, value: entry.value }
  const { unit, position } = entry.picked ?? {}
  return {
    do: 'answer',
    key,
    text: entry.text.trim(),
    ...(unit ? { unit } : {}),
    ...(position ? { position } : {}),
  }
}
