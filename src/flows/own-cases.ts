import type { Option, Scene } from './flow.ts'
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
        label: 'case',
        with: { code: own.code, title: own.title, office: own.office },
      }))
