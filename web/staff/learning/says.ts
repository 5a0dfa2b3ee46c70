import type { LearningFigures } from '../../../wire/learning.ts'
import { t } from '../words.ts'

/** Fewer cases than this are no percent. */
const FEW = 10

/** A class in words: `物业纠纷` of `panel:物业纠纷`. */
export const labelWords = (label: string): string => t(`learning.label.${label.replace(/^.*:/, '')}`)

/** Share right at the first go: `84.2`, `5/7` where it is few, a dash where nothing was proposed. */
export function rightShare({ proposed, right }: LearningFigures): string {
  if (proposed === 0) return '—'
  return proposed < FEW ? `${right}/${proposed}` : ((100 * right) / proposed).toFixed(1)
}

/** Asked, and the proposal stood: what a bar shows beside right and corrected. Some were asked and corrected as well. */
export const askedOnly = ({ proposed, corrected, right }: LearningFigures): number =>
  proposed - corrected - right

/** The sum of several lines. */
export const summed = (lines: readonly LearningFigures[]): LearningFigures =>
  lines.reduce(
    (sum, one) => ({
      proposed: sum.proposed + one.proposed,
      asked: sum.asked + one.asked,
      corrected: sum.corrected + one.corrected,
      right: sum.right + one.right,
    }),
    { proposed: 0, asked: 0, corrected: 0, right: 0 },
  )

/** One piece of an example's words: as said, or a mark that stands for what was taken out. */
export const pieces = (text: string): { words: string; mark: boolean }[] =>
  text
    .split(/(〔[^〔〕]*〕)/)
    .map((words, at) => ({ words, mark: at % 2 === 1 }))
    .filter(({ words }) => words !== '')
