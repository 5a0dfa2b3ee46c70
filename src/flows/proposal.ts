/** What understanding made of a matter by itself, and what its person then said. */
export interface Proposal {
  category: string
  route: string | null
  /** 0 to 1. */
  confidence: number
  /** The next routes. */
  alternatives: readonly { route: string; confidence: number }[]
  /** The person was asked which category it is. */
  asked: boolean
  /** The category the person took where it is another than proposed, or where they were asked; else null. */
  chosen: string | null
}

/** A person's word on whether understanding may learn from theirs; `code` is the own matter beside which a yes was given. */
export interface LearningCommand {
  do: 'wishLearning'
  with: { on: boolean; code?: string }
}
