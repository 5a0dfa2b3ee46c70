import type { Answer, Option, Read, Said, Scene } from './flow.ts'
import type { FileRef } from './talk.ts'
import { lettersOf, numberIn, shortened } from './text.ts'
import { NO, SKIP, YES } from './words-replies.ts'

/** A value read. */
export const good = <T>(value: T): Read<T> => ({ ok: true, value })

/** A reply that could not be read, and why (key under `say.why.`). */
export const bad = (
  why: string,
  more: { with?: Record<string, unknown>; choices?: readonly Option[] } = {},
): Read<never> => ({
  ok: false,
  why,
  ...more,
})

/** Free words, kept to the letter. Limits count characters. */
export const words = (limits: { atLeast: number; atMost: number }): Answer<string> => ({
  kind: 'words',
  read({ text }) {
    const length = Array.from(text).length
    if (length > limits.atMost) return bad('tooLong', { with: { limit: limits.atMost, length } })
    return lettersOf(text).length >= limits.atLeast ? good(text) : bad('tooShort')
  },
  shown: value => ({ value: shortened(value, 80) }),
})

/** The option a reply means: its number, its own words, or words it is known by. */
export function picked(said: Said, options: readonly Option[]): { option: Option; rest: string } | undefined {
  const { pick } = said
  if (pick !== undefined) {
    const option = options.find(each => each.value === pick)
    return option && { option, rest: '' }
  }
  const numbered = numberIn(said.plain)
  if (numbered) {
    const option = options[numbered.index - 1]
    return option && { option, rest: restOf(said.text) }
  }
  const option = options.find(
    each =>
      each.value === said.text ||
      each.words?.toLowerCase() === said.plain ||
      each.english?.toLowerCase() === said.plain ||
      each.says?.test(said.plain),
  )
  return option && { option, rest: '' }
}

/** What was said after the number, letter by letter: `2，我妈82了` → `我妈82了`. */
const restOf = (text: string): string => text.replace(/^[^,，。、;；:：\s)）]{1,6}[,，。、;；:：\s)）]*/u, '')

/** One of a fixed list. Labels are `choice.<prefix>.<value>`. */
export const oneOf = <const C extends string>(
  prefix: string,
  choices: readonly { value: C; says?: RegExp }[],
): Answer<C> => {
  const options: readonly Option[] = choices.map(choice => ({
    ...choice,
    label: `${prefix}.${choice.value}`,
  }))
  return {
    kind: 'oneOf',
    choices: () => options,
    read(said) {
      const pick = picked(said, options)
      return pick ? good(pick.option.value as C) : bad('notAChoice')
    },
    shown: value => ({ label: `choice.${prefix}.${value}` }),
  }
}

/** A choice among things that only a look-up knows, such as one's own cases. Alone, it needs no asking. */
export const oneOfThe = (
  wants: 'ownCases' | 'staff',
  options: (scene: Scene) => readonly Option[],
): Answer<string> => ({
  kind: 'oneOf',
  wants,
  choices: options,
  read(said, scene) {
    const pick = picked(said, options(scene))
    return pick ? good(pick.option.value) : bad('notAChoice')
  },
  spot(_, scene) {
    const only = options(scene)
    return only.length === 1 ? only[0]!.value : undefined
  },
  shown: value => ({ value }),
})

const YES_NO: readonly Option[] = [
  { value: 'yes', label: 'yes', says: YES },
  { value: 'no', label: 'no', says: NO },
]

/** Yes or no, in the many ways people say it. `labels` names other words for the two. */
export const yesOrNo = (labels?: { yes: string; no: string }): Answer<boolean> => {
  const options = labels
    ? YES_NO.map(option => ({ ...option, label: labels[option.value as 'yes' | 'no'] }))
    : YES_NO
  return {
    kind: 'yesOrNo',
    choices: () => options,
    read(said) {
      const pick = picked(said, options)
      return pick ? good(pick.option.value === 'yes') : bad('notYesOrNo')
    },
    shown: value => ({ label: `choice.${value ? 'yes' : 'no'}` }),
  }
}

/** Separate consent to a named purpose (个人信息保护法 29): a yes or no of its own, never assumed. */
export const consent: Answer<boolean> = {
  ...yesOrNo({ yes: 'consent.yes', no: 'consent.no' }),
  kind: 'consent',
  shown: value => ({ label: `choice.consent.${value ? 'yes' : 'no'}` }),
}

/** 1 not satisfied, 2 fair, 3 satisfied; offered from the best down. */
export const rating: Answer<1 | 2 | 3> = {
  kind: 'rating',
  choices: () => SATISFIED,
  read(said) {
    const pick = picked(said, SATISFIED)
    return pick ? good(Number(pick.option.value) as 1 | 2 | 3) : bad('notAChoice')
  },
  shown: value => ({ label: `choice.rating.${value}` }),
}

const SATISFIED: readonly Option[] = [
  { value: '3', label: 'rating.3', says: /^(?:很|非常|挺|比较)?满意|^(?:very )?satisfied|^good|^happy/ },
  { value: '2', label: 'rating.2', says: /一般|还行|还可以|凑合|基本满意|fair|so-so|okay/ },
  { value: '1', label: 'rating.1', says: /不满意|很差|太差|不行|差评|not satisfied|unsatisfied|bad|poor/ },
]

/** A word that must be typed exactly, before something that cannot be undone. */
export const typed = (accepted: readonly string[]): Answer<true> => ({
  kind: 'typed',
  read: ({ plain }) =>
    accepted.includes(plain.replace(/[。.!！"“”'「」]/g, '').trim()) ? good(true) : bad('notTyped'),
})

/** Files the shell stored; nine at most are kept. */
export const photos: Answer<readonly FileRef[]> = {
  kind: 'photos',
  read: ({ files }) => (files.length > 0 ? good(files.slice(0, MOST_FILES)) : bad('noFile')),
  spot: ({ files }) => (files.length > 0 ? files.slice(0, MOST_FILES) : undefined),
  shown: files =>
    files.length > 0 ? { label: 'value.fileCount', value: String(files.length) } : { label: 'value.noFiles' },
}

/** How many files one matter takes. */
export const MOST_FILES = 9

/** The same answer, but the person may pass it by: null then. `label` names the choice that passes. */
export const skippable = <T>(answer: Answer<T>, label = 'skip'): Answer<T | null> => {
  const skip: Option = { value: '!skip', label, says: SKIP }
  return {
    ...answer,
    optional: true,
    choices: scene => [...(answer.choices?.(scene) ?? []), skip],
    read(said, scene) {
      const pick = picked(said, [...(answer.choices?.(scene) ?? []), skip])
      return pick?.option === skip && !pick.rest ? good(null) : answer.read(said, scene)
    },
    shown: (value, scene) =>
      value === null ? { label: `choice.${label}` } : (answer.shown?.(value, scene) ?? {}),
  }
}
