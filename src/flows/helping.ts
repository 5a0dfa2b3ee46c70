import type { HelpWishes } from '../rules/help.ts'

/** What the talk asks of its shell for somebody who seeks help. */
export type HelpCommand =
  | { do: 'openHelp'; with: HelpAnswers }
  /** The lines of calls for help are shown no more where others may look on. */
  | { do: 'veil' }

export interface HelpAnswers {
  /** In the person's words; empty when they would rather tell it later. */
  what: string
  /** Code of the unit of the desk; null where the district has none. */
  unit: string | null
  wishes: HelpWishes
  phone: string | null
}
