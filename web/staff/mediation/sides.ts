import type { Side } from '../../../wire/mediation.ts'
import { t } from '../words.ts'

/** Both sides, in the order they are shown: who applied, then who was asked. */
export const SIDES: readonly Side[] = ['applicant', 'other']

/** `段*年 · 福兴物业公司`; who left no name is named so. */
export const versus = (of: { applicant: string; other: string }): string =>
  t('mediate.versus', {
    applicant: of.applicant || t('mediate.noName'),
    other: of.other || t('mediate.noName'),
  })
