import type { MediationState } from '../mediation/types.ts'
import { type CaseKind, type CaseState, isOpen } from './types.ts'

/** What the promise "件件有着落、事事有回音" is checked on. */
export interface CaseFacts {
  kind: CaseKind
  state: CaseState | MediationState
  /** Units that hold it now. */
  holders: readonly string[]
  /** Deadlines still running, paused ones by their resume date included. */
  runningDeadlines: number
  /** Last words (answer, refusal, confirmation of a withdrawal) handed to the outbox for the resident. */
  lastWords: number
  /** The resident declined an answer or left no way to be reached. */
  noReply: boolean
  /** Assessments 考评 of the end it stands at. */
  assessments: number
}

export type Breach =
  | 'noHolder'
  | 'manyHolders'
  | 'noDeadline'
  | 'deadlineAfterEnd'
  | 'noLastWord'
  | 'notAssessed'

/** Is its end assessed 考评? What two sides of a mediation made of it is no work of an office to be measured: it has its return visit 回访. */
export const isAssessedKind = (kind: CaseKind): boolean => kind !== 'mediation'

/** Every open case has exactly one holder and a running deadline; every ended one had a last word and one assessment, a mediation none. Empty when kept. */
export function broken(facts: CaseFacts): Breach[] {
  const out: Breach[] = []
  if (!isOpen(facts.state)) {
    if (facts.runningDeadlines > 0) out.push('deadlineAfterEnd')
    if (facts.lastWords === 0 && !facts.noReply) out.push('noLastWord')
    if (facts.assessments !== (isAssessedKind(facts.kind) ? 1 : 0)) out.push('notAssessed')
    return out
  }
  if (facts.holders.length === 0) out.push('noHolder')
  if (facts.holders.length > 1) out.push('manyHolders')
  if (facts.runningDeadlines === 0) out.push('noDeadline')
  return out
}
