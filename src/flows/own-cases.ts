import type { Answer, Option, Scene } from './flow.ts'
import type { OwnCase } from './talk.ts'

/** A person's own cases as choices, newest first as the shell gives them; at most nine, so that one digit picks. */
export const casesAsOptions =
  (fits: (own: OwnCase) => boolean) =>
  ({ facts }: Scene): readonly Option[] =>
    (facts.ownCases ?? [])
      .filter(fits)
      .slice(0, 9)
      .map(own => ({
        value: own.code,
        label: own.help ? 'caseHelp' : 'case',
        with: { code: own.code, title: own.title, office: own.office },
      }))

/** Whether the case picked was a call for help: its questions are gentler. */
const isOfHelp = ({ facts, soFar }: Scene): boolean =>
  facts.ownCases?.find(own => own.code === soFar.code)?.help === true

/** An answer asked in the words of calls for help where the case picked is one. */
export const gently = <T>(answer: Answer<T>, flow: string, key: string, helpKey: string): Answer<T> => ({
  ...answer,
  asks: scene => `ask.${flow}.${isOfHelp(scene) ? helpKey : key}`,
})
