import type { ChildOpened } from '../../../wire/care.ts'
import { nowISO } from '../clock.ts'
import type { Pickable } from '../parts/pickable.ts'
import { dateOf } from '../time.ts'
import { t } from '../words.ts'
import type { Question } from './ask-form.ts'
import type { ChildVerb } from './child-verbs.ts'

export const RECORD = ['name', 'birthDate', 'school', 'village', 'address', 'health'] as const

const line = (name: string, label: string, more: Partial<Question> = {}): Question => ({
  name,
  label: t(`careDesk.${label}`),
  ...more,
})

const recordQuestions = ({ record }: ChildOpened): Question[] =>
  RECORD.map(name =>
    line(name, `record.${name}`, {
      value: record[name],
      ...(name === 'birthDate' ? { kind: 'date' } : {}),
      ...(name === 'name' || name === 'birthDate' ? {} : { optional: true, most: 120 }),
    }),
  )

interface Known {
  opened: ChildOpened | null
  villages: readonly Pickable[]
}
const QUESTIONS: Readonly<Record<ChildVerb, (known: Known) => Question[]>> = {
  open: () => [line('reason', 'open.reason', { kind: 'words', hint: t('careDesk.open.hint') })],
  unpair: () => [
    line('endsOn', 'unpair.endsOn', { kind: 'date', value: dateOf(nowISO()) }),
    line('reason', 'unpair.reason', { most: 200 }),
    line('handOver', 'unpair.handOver', {
      ...{ kind: 'words', hint: t('careDesk.unpair.hint'), optional: true, most: 2000 },
    }),
  ],
  consent: () => [
    line('by', 'consentForm.by', { most: 40 }),
    line('relation', 'consentForm.relation', { most: 20 }),
    line('purpose', 'consentForm.purpose', { value: t('careDesk.consentFor'), most: 200 }),
    line('how', 'consentForm.how', { most: 40, hint: t('careDesk.consentForm.howHint') }),
  ],
  withdraw: () => [
    line('by', 'withdrawForm.by', { most: 40 }),
    line('reason', 'withdrawForm.reason', {
      ...{ most: 200, optional: true, hint: t('careDesk.withdrawForm.reasonHint') },
    }),
  ],
  // The old record comes before it is put right: it must have been opened, with a reason.
  correct: ({ opened }) => (opened ? recordQuestions(opened) : []),
  move: ({ villages }) => [
    line('unit', 'move.unit', { kind: 'pick', choices: villages }),
    line('reason', 'move.reason', { most: 200 }),
    line('handOver', 'move.handOver', {
      ...{ kind: 'words', hint: t('careDesk.move.hint'), optional: true, most: 2000 },
    }),
  ],
  rename: () => [
    line('pseudonym', 'record.pseudonym', { most: 12, hint: t('careDesk.record.pseudonymHint') }),
    line('reason', 'rename.reason', { most: 200 }),
  ],
  worry: () => [line('words', 'worry.words', { kind: 'words', most: 2000, hint: t('careDesk.worry.hint') })],
  end: () => [],
  erase: () => [line('pseudonym', 'erase.again', { most: 12 })],
}

/** The questions of one verb; none where the record must be opened first. */
export const childQuestions = (verb: ChildVerb, known: Known): Question[] => QUESTIONS[verb](known)
