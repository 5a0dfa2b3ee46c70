import type { CaseState, Need } from './types.ts'

/** What can be written with a template: fields of the forms that hold words. */
export const TEMPLATE_FIELDS = [
  'text',
  'result',
  'facts',
  'basis',
  'reason',
  'rightChannel',
  'plan',
] as const satisfies readonly Need[]
export type TemplateField = (typeof TEMPLATE_FIELDS)[number]

/** The steps that have templates. */
export const TEMPLATE_VERBS = {
  message: ['text'],
  toMediation: ['text'],
  contact: ['text'],
  answer: ['result', 'facts', 'basis'],
  refuse: ['reason', 'rightChannel'],
  askExtension: ['reason'],
  extend: ['reason'],
  askPause: ['reason', 'plan'],
  pause: ['reason', 'plan'],
} as const satisfies Record<string, readonly TemplateField[]>
export type TemplateVerb = keyof typeof TEMPLATE_VERBS

/** Values a template may take from the case it is used for. */
export const TEMPLATE_VALUES = ['code', 'office', 'place', 'title', 'due', 'today'] as const
export type TemplateValues = Readonly<Partial<Record<(typeof TEMPLATE_VALUES)[number], string | null>>>

/** A ready answer of the district: for a step, perhaps a category and a state; words by field with `{{values}}` and `____`. */
export interface Template {
  key: string
  title: string
  verb: TemplateVerb
  category?: string | undefined
  state?: CaseState | undefined
  fields: Readonly<Partial<Record<TemplateField, string>>>
}

/** What stands where something must still be written. */
export const BLANK = '____'

/** Words that still have a blank cannot be sent. */
export const hasBlank = (words: string): boolean => words.includes('___')

/** Puts values into words; what is not known stays as a blank to be seen and filled. */
export const fillIn = (words: string, values: TemplateValues): string =>
  words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name as keyof TemplateValues] || BLANK)

/** The `{{names}}` in words. */
export const namesIn = (words: string): string[] =>
  [...words.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name ?? '')

/**
 * The templates of a step that suit a case, best first: category and state, category, state, then those for anything. Within one step
 * of that they stay in the order of the file.
 */
export function fitting(
  templates: readonly Template[],
  at: { verb: string; category: string; state: string },
): Template[] {
  const suits = (wanted: string | undefined, is: string) => wanted === undefined || wanted === is
  const rank = ({ category, state }: Template) => (category ? 0 : 2) + (state ? 0 : 1)
  return templates
    .filter(one => one.verb === at.verb && suits(one.category, at.category) && suits(one.state, at.state))
    .map((one, index) => ({ one, index }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index)
    .map(({ one }) => one)
}
