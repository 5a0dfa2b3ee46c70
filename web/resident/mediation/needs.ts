import type { MediationView, Need } from '../../../wire/mediation.ts'

/** What the form of a step holds while it is filled in. */
export type Answers = Record<string, string | string[] | boolean>

/** Kinds of needs that have a view of their own and are never asked in a plain form. */
const APART: readonly string[] = ['slots', 'record', 'agreement', 'visit']

/** What a plain form asks for a step. */
export const asked = (needs: readonly Need[]): Need[] => needs.filter(({ kind }) => !APART.includes(kind))

/** The choices of a need: its own, the mediators there are (`any` for another one), or the promises still open. */
export function choicesOf(need: Need, view: MediationView, any: string): { value: string; label: string }[] {
  if (need.kind === 'mediator')
    return [
      { value: '', label: any },
      ...view.mediators
        .filter(({ name }) => name !== view.mediator)
        .map(({ id, name, languages }) => ({
          value: id,
          label: languages.length ? `${name}（${languages.join(' · ')}）` : name,
        })),
    ]
  if (need.kind === 'promise')
    return view.promises
      .filter(({ state, mine }) => state !== 'kept' && !mine)
      .map(({ id, no, what }) => ({ value: id, label: `${no}. ${what}` }))
  return need.choices ?? []
}

/** An empty answer of each need. */
export const blank = (needs: readonly Need[]): Answers =>
  Object.fromEntries(
    needs.map(({ field, kind }) => [field, kind === 'choices' ? [] : kind === 'yes' ? false : '']),
  )

/** What is sent: without what was left empty; another mediator is asked for with an empty name. */
export function given(needs: readonly Need[], answers: Answers): Answers {
  const sent: Answers = {}
  for (const { field, kind } of needs) {
    const value = answers[field] ?? ''
    const said = typeof value === 'string' ? value.trim() : value
    const isEmpty = said === '' || said === false || (Array.isArray(said) && said.length === 0)
    if (!isEmpty || kind === 'mediator') sent[field] = said
  }
  return sent
}

/** Fields that must be filled and are not. */
export const missing = (needs: readonly Need[], answers: Answers): string[] => {
  const sent = given(needs, answers)
  return needs.filter(({ field, required }) => required && !(field in sent)).map(({ field }) => field)
}
