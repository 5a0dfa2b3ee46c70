import type { Met, VisitKind } from '../rules/care/duties.ts'

/** A child of a volunteer, by pseudonym. */
export interface CareChild {
  pairingId: string
  name: string
}

export interface VisitAnswers {
  pairingId: string
  name: string
  kind: VisitKind
  /** `YYYY-MM-DD`. */
  onDate: string
  done: boolean
  met: readonly Met[]
  reported: boolean
  note: string
  given: string
  /** Kinds joined by commas, or `other:` with the words. */
  needs: string
  /** The volunteer wishes an office to help. */
  errand: boolean
  againOn: string | null
}

/** What a volunteer's talk asks of the shell. */
export type CareCommand =
  | { do: 'linkVolunteer'; with: { code: string } }
  | { do: 'remindTomorrow' }
  | { do: 'wishKnowledge'; with: { on: boolean } }
  | { do: 'linkCarer'; with: { code: string } }
  | { do: 'readHandOver' }
  | { do: 'readLetters' }
  | { do: 'writeLetter'; with: { pairingId: string; name: string; text: string } }
  | { do: 'cannot'; with: { fromDate: string; toDate: string; reason: string } }
  | { do: 'logVisit'; with: VisitAnswers }
