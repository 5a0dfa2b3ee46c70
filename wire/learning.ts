/** What the page of corrections and the service say to each other. Labels are those of src/rules/learning/labels.ts. */

/** What became of the proposals of one class or month; counts of cases. */
export interface LearningFigures {
  proposed: number
  /** The person was asked which it is. */
  asked: number
  /** Another label in the end. */
  corrected: number
  /** Neither asked nor corrected. */
  right: number
}

export interface LearningMonth extends LearningFigures {
  month: string
}

export interface LearningLine extends LearningMonth {
  label: string
}

export interface LearningView {
  /** `YYYY-MM`, oldest first. */
  months: string[]
  total: LearningFigures
  byMonth: LearningMonth[]
  /** One line a class and month in which something was proposed. */
  lines: LearningLine[]
  /** From which class to which, most often first. */
  moves: { month: string; from: string; to: string; n: number }[]
  labels: string[]
  waiting: number
  approved: number
  /** May decide on examples. */
  teaches: boolean
}

/** One example: masked words, what was proposed, and what the ledger says came of it. */
export interface LearningExample {
  id: string
  case: string
  month: string
  text: string
  proposed: string
  /** 0 to 1. */
  confidence: number
  alternatives: { label: string; confidence: number }[]
  asked: boolean
  /** The category its person took, in words. */
  chosen: string | null
  settled: string
  decidedBy: string | null
  decidedAt: string | null
  version: number
}
