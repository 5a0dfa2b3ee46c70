import type { CaseClass, CaseKind } from '../cases/types.ts'

/** Version of the words a person is asked with (`say.learning.ask`): the day they were written. Other words ask for another date, and are asked anew. */
export const LEARNING_TEXT = '2026-11-23'

/** The purpose under which a person's word on it stands among their consents. */
export const LEARNING = 'learning'

/**
 * Categories nobody is asked about and nothing is learnt from, whatever was agreed: danger, accusations, and what people keep to themselves
 * (families, young people, minds, treatment). Choice, on the side of care.
 */
const NEVER: readonly string[] = ['danger', 'accusation', 'family', 'youth', 'mind', 'malpractice']

/** May the words of this case become an example, if its person agrees? Of grievances alone: never of an urgent or a hidden one. */
export const mayTeach = (of: {
  kind: CaseKind
  class: CaseClass
  category: string
  hidden: number
}): boolean =>
  of.kind === 'grievance' && of.class !== 'urgent' && of.hidden === 0 && !NEVER.includes(of.category)
