import type { VolunteerLine } from '../../../wire/care.ts'
import type { Pickable } from '../parts/pickable.ts'
import { ask } from '../session.ts'
import { t } from '../words.ts'
import type { Question } from './ask-form.ts'

/** What is asked before something is done with a volunteer, and what is sent. */
export type VolunteerVerb = 'dates' | 'away' | 'phone' | 'correct' | 'nominate' | 'end'
export const DATES = ['checkedAt', 'agreementAt', 'trainedAt', 'insuredUntil'] as const

const line = (name: string, label: string, more: Partial<Question> = {}): Question => ({
  name,
  label: t(`careDesk.${label}`),
  ...more,
})

/** Questions about who somebody is: entered, and put right. */
export const factQuestions = (villages: readonly Pickable[], of?: VolunteerLine): Question[] => [
  line('name', 'volunteer.name', { most: 40, value: of?.name ?? '' }),
  line('phone', 'volunteer.phone', {
    ...{ most: 11, optional: true },
    hint: t(of ? 'careDesk.volunteer.phoneStays' : 'careDesk.volunteer.phoneHint'),
  }),
  line('unit', 'record.unit', { kind: 'pick', choices: villages, value: of?.unit ?? '' }),
  line('kind', 'volunteer.kind', {
    kind: 'few',
    choices: (['league', 'student', 'other'] as const).map(value => ({
      value,
      label: t(`careDesk.kind.${value}`),
    })),
    value: of?.kind ?? '',
  }),
  line('body', 'volunteer.body', { optional: true, value: of?.body ?? '' }),
]

export const dateQuestions = (): Question[] =>
  DATES.map(name =>
    line(name, `volunteer.${name}`, {
      kind: 'date',
      optional: true,
      ...(name === 'checkedAt' ? { hint: t('careDesk.volunteer.checkHint') } : {}),
    }),
  )

export const awayQuestions = (): Question[] => [
  line('fromDate', 'absence.from', { kind: 'date' }),
  line('toDate', 'absence.to', { kind: 'date' }),
  line('reason', 'absence.reason', { most: 200 }),
]

export function questionsOf(
  verb: VolunteerVerb,
  of: VolunteerLine,
  villages: readonly Pickable[],
): Question[] {
  switch (verb) {
    case 'dates':
      return dateQuestions()
    case 'away':
      return awayQuestions()
    case 'phone':
      return [line('reason', 'volunteer.phoneWhy', { most: 200 })]
    case 'correct':
      return factQuestions(villages, of)
    case 'nominate':
      return [
        line('purpose', 'nominate.purpose', { hint: t('careDesk.nominate.purposeHint') }),
        line('text', 'nominate.text', { kind: 'words', most: 4000 }),
      ]
    case 'end':
      return []
  }
}

const PATHS: Readonly<Record<Exclude<VolunteerVerb, 'away'>, string>> = {
  dates: 'renew',
  phone: 'phone',
  correct: 'correct',
  nominate: 'nominations',
  end: 'end',
}

/** Sends what was said; the answer of `phone` is the number. */
export const sendVerb = (verb: VolunteerVerb, id: string, said: Record<string, string>): Promise<unknown> =>
  verb === 'away'
    ? ask('POST', 'care/absences', { who: id, ...said })
    : ask('POST', `care/volunteers/${id}/${PATHS[verb]}`, said)
