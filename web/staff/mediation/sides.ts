import type { Side } from '../../../wire/mediation.ts'

/** Both sides, in the order they are shown: who applied, then who was asked. */
export const SIDES: readonly Side[] = ['applicant', 'other']
