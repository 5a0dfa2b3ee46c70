import type { Need, RecordText, Side, Step } from '../../../wire/mediation.ts'

/** What is written into the form of a step. Pure; the server decides again. */

export interface Item {
  side: Side
  what: string
  by: string
  how: string
  where: string
}
export interface AgreementText {
  facts: string
  dispute: string
  responsibility: string
  items: Item[]
}
export interface VisitText {
  with: string
  performed: string
  satisfied: string
  problems: string
}
export interface StepForm {
  /** Words, a date, one choice, a mediator, a promise, a hold. */
  texts: Record<string, string>
  yes: Record<string, boolean>
  many: Record<string, string[]>
  record: RecordText
  agreement: AgreementText
  visited: VisitText
}

/** A fault by the path of its field, `agreement.items.0.what`; the word is a key of `mediate.why`. */
export type Faults = Record<string, string>

export const emptyItem = (side: Side = 'other'): Item => ({ side, what: '', by: '', how: '', where: '' })

export const emptyForm = (): StepForm => ({
  texts: {},
  yes: {},
  many: {},
  record: { facts: '', points: '', applicant: '', other: '' },
  agreement: { facts: '', dispute: '', responsibility: '', items: [emptyItem()] },
  visited: { with: '', performed: '', satisfied: '', problems: '' },
})

/** What the desk is asked beyond the table: who stayed away, whom a recusal is about, and a consent it has on paper. */
export function asked(
  step: Step,
  words: { side: string; sides: { value: string; label: string }[]; mediator: string },
  mayName: boolean,
): Need[] {
  const needs = step.needs.map(need =>
    need.field === 'onPaper' && step.verb !== 'prolong' ? { ...need, required: true } : need,
  )
  if (step.verb === 'noShow')
    return [
      { field: 'side', label: words.side, kind: 'choice', required: true, choices: words.sides },
      ...needs,
    ]
  if (step.verb === 'recuse' && mayName)
    return [{ field: 'mediator', label: words.mediator, kind: 'mediator', required: false }, ...needs]
  return needs
}

const filled = (texts: object): boolean =>
  Object.values(texts).some(value => typeof value === 'string' && value.trim() !== '')

/** What is still missing, by field. */
export function missing(needs: readonly Need[], form: StepForm): Faults {
  return Object.assign({}, ...needs.map(need => missingOf(need, form))) as Faults
}

function missingOf({ field, kind, required }: Need, form: StepForm): Faults {
  if (kind === 'record')
    return required || filled(form.record) ? gapsIn('record', form.record, ['facts', 'points']) : {}
  if (kind === 'visit') return gapsIn('visited', form.visited, ['with', 'performed', 'satisfied'])
  if (kind === 'agreement') return agreementGaps(form.agreement)
  if (!required) return {}
  if (kind === 'yes') return form.yes[field] ? {} : { [field]: 'tick' }
  if (kind === 'choices') return form.many[field]?.length ? {} : { [field]: 'choose' }
  return form.texts[field]?.trim() ? {} : { [field]: kind === 'slots' ? 'slot' : 'missing' }
}

function agreementGaps(agreement: AgreementText): Faults {
  return Object.assign(
    gapsIn('agreement', agreement, ['facts', 'dispute', 'responsibility']),
    ...agreement.items.map((item, at) => gapsIn(`agreement.items.${at}`, item, ['what', 'by'])),
  ) as Faults
}

function gapsIn<T extends object>(path: string, texts: T, fields: readonly (keyof T & string)[]): Faults {
  const empty = fields.filter(field => String(texts[field]).trim() === '')
  return Object.fromEntries(empty.map(field => [`${path}.${field}`, 'missing']))
}

/** The body of the step; what may be left out and is empty is left out. */
export function bodyOf(needs: readonly Need[], form: StepForm): Record<string, unknown> {
  const told = needs.map(({ field, kind }): [string, unknown] => {
    if (kind === 'record') return [field, filled(form.record) ? form.record : undefined]
    if (kind === 'agreement') return [field, form.agreement]
    if (kind === 'visit') return [field, form.visited]
    if (kind === 'yes') return [field, form.yes[field] || undefined]
    if (kind === 'choices') return [field, form.many[field]]
    return [field, form.texts[field]?.trim() || undefined]
  })
  return Object.fromEntries(told.filter(([, value]) => value !== undefined))
}

/** Whether anything was written that would be a pity to lose. */
export const worthKeeping = ({ texts, record, agreement, visited }: StepForm): boolean =>
  filled({ ...texts, session: '' }) ||
  filled(record) ||
  filled(agreement) ||
  agreement.items.some(filledItem) ||
  filled(visited)

const filledItem = ({ what, how, where }: Item) => filled({ what, how, where })

/** The step a state waits for stands out. */
const FIRST = ['clear', 'admit', 'invite', 'book', 'begin', 'agree', 'visit']
export const primaryOf = (steps: readonly Step[]): string | undefined =>
  FIRST.find(verb => steps.some(step => step.verb === verb))

/** Steps that end a mediation or take it from somebody: last, and quieter. */
const ENDING = ['decline', 'refer', 'rebuff', 'fail', 'recuse', 'unbook']
/** Leave to mediate after a private talk is asked only where the safety answer was not plain. */
export const openSteps = (steps: readonly Step[], flags: readonly string[]): Step[] =>
  inOrder(steps.filter(step => step.verb !== 'clear' || flags.includes('safety')))

const inOrder = (steps: readonly Step[]): Step[] => {
  const first = primaryOf(steps)
  const rank = (verb: string) => (verb === first ? 0 : ENDING.includes(verb) ? 2 : 1)
  return [...steps].sort((a, b) => rank(a.verb) - rank(b.verb))
}
export const isEnding = (verb: string): boolean => ENDING.includes(verb)
