import Type, { type Static } from 'typebox'
import { DUTY_KINDS } from '../rules/care/calendar.ts'
import { MET, VISIT_KINDS } from '../rules/care/duties.ts'
import { REPORT_TO } from '../rules/care/report.ts'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'
import { carer, consent, careDay as date, opened, record } from './schemas-care-record.ts'

/** The shapes of `/api/staff/care/*`. A child's name stands in one of them alone: `opened`. */

const id = Type.String({ minLength: 1, maxLength: 60 })

export { id as careId }

const maybeDate = Type.Optional(date)
const count = Type.Integer()
const countOrNull = Type.Unsafe<number | null>({ type: ['integer', 'null'] })
const nullable = <T>() => Type.Unsafe<T | null>({ type: ['object', 'null'], additionalProperties: true })
const strings = list(Type.String())

const child = object({ id, pseudonym: Type.String() })
export const dutyShape = {
  kind: oneOf(DUTY_KINDS),
  period: Type.String(),
  words: Type.String(),
  from: date,
  due: date,
  until: date,
  state: oneOf(['met', 'open', 'soon', 'late', 'missed'] as const),
  metOn: textOrNull,
}
const duty = object(dutyShape)
export type DutyLine = Static<typeof duty>

const childShape = {
  id,
  pseudonym: Type.String(),
  unit: Type.String(),
  village: Type.String(),
  consent: oneOf(['given', 'none', 'withdrawn'] as const),
  consentOn: textOrNull,
  pairing: textOrNull,
  volunteer: nullable<{ id: string; name: string }>(),
  cover: textOrNull,
  startsOn: textOrNull,
  seenOn: textOrNull,
  unseenDays: countOrNull,
  late: count,
  owed: count,
  strip: Type.String(),
  next: nullable<DutyLine>(),
  needs: count,
  ended: Type.Boolean(),
}
const childLine = object(childShape)
export type ChildLine = Static<typeof childLine>

const need = object({
  id,
  child,
  kind: Type.String(),
  words: Type.String(),
  case: textOrNull,
  at: Type.String(),
})
const childView = object({
  ...childShape,
  duties: list(duty),
  year: count,
  share: Type.String(),
  visits: list(
    object({
      onDate: date,
      kind: oneOf(VISIT_KINDS),
      kindWords: Type.String(),
      done: Type.Boolean(),
      met: list(oneOf(MET)),
      reported: Type.Boolean(),
    }),
  ),
  pairings: list(object({ id, volunteer: Type.String(), startsOn: date, endsOn: textOrNull })),
  openNeeds: list(need),
  /** Without anything of the record: to give a code to. */
  carers: list(object({ id, kind: oneOf(['guardian', 'parent'] as const), linked: Type.Boolean() })),
})
export type ChildView = Static<typeof childView>

const reading = {
  at: Type.String(),
  by: Type.String(),
  reason: Type.String(),
  emergency: Type.Boolean(),
}
const festival = object({
  key: Type.String(),
  name: Type.String(),
  year: count,
  day: date,
  from: date,
  until: date,
  done: count,
  open: count,
  missing: list(child),
})
export type FestivalLine = Static<typeof festival>
const term = object({
  key: Type.String(),
  name: Type.String(),
  from: date,
  to: date,
  due: date,
  done: count,
  open: count,
  missing: list(object({ ...child.properties, pairing: id })),
})

const desk = object({
  today: date,
  children: count,
  paired: count,
  alone: count,
  unseen: count,
  late: count,
  week: count,
  needs: count,
  reports: count,
  absences: count,
  checks: count,
  festival: nullable<FestivalLine>(),
  may: list(oneOf(['coordinate', 'open'] as const)),
})
export type CareDesk = Static<typeof desk>

export const kinds = oneOf(['league', 'student', 'other'] as const)
const dates = { agreementAt: maybeDate, trainedAt: maybeDate, insuredUntil: maybeDate, checkedAt: maybeDate }
export const volunteerShape = {
  id,
  name: Type.String(),
  phone: textOrNull,
  unit: Type.String(),
  village: Type.String(),
  kind: kinds,
  kindWords: Type.String(),
  body: textOrNull,
  agreementAt: textOrNull,
  trainedAt: textOrNull,
  insuredUntil: textOrNull,
  checkedAt: textOrNull,
  checkedUntil: textOrNull,
  check: oneOf(['good', 'soon', 'lapsed'] as const),
  linked: Type.Boolean(),
  children: count,
  many: Type.Boolean(),
  away: nullable<{ from: string; to: string }>(),
  ended: Type.Boolean(),
}
const volunteer = object(volunteerShape)
export type VolunteerLine = Static<typeof volunteer>

const absence = object({
  id,
  who: Type.String(),
  name: Type.String(),
  fromDate: date,
  toDate: date,
  reason: Type.String(),
  cover: nullable<{ id: string; name: string }>(),
  children: strings,
})
export type AbsenceLine = Static<typeof absence>
const report = object({
  id,
  child,
  signs: strings,
  heardAt: Type.String(),
  dueAt: Type.String(),
  madeTo: textOrNull,
  madeAt: textOrNull,
  case: textOrNull,
  numbers: list(object({ number: Type.String(), label: Type.String() })),
})
const letter = object({
  id,
  child,
  period: Type.String(),
  text: Type.String(),
  state: oneOf(['draft', 'approved', 'sent'] as const),
  /** Written by the volunteer in the chat. */
  byVolunteer: Type.Boolean(),
  createdAt: Type.String(),
})

const byId = object({ id })
const made = object({ id })
const bodies = {
  opening: object({ reason: text(4, 200), emergency: Type.Optional(Type.Boolean()) }),
  emergency: object({ pseudonym: text(2, 12), reason: text(4, 200) }),
  child: object({
    pseudonym: text(2, 12),
    unit: Type.String(),
    record,
    carers: Type.Array(carer, { maxItems: 6 }),
    consent: Type.Optional(consent),
  }),
  correct: object({ record }),
  withdraw: object({ by: Type.Optional(text(1, 40)), reason: Type.Optional(text(2, 200)) }),
  end: object({ erase: Type.Boolean() }),
  volunteer: object({
    name: text(1, 40),
    phone: Type.Optional(Type.String({ pattern: '^1\\d{10}$' })),
    unit: Type.String(),
    kind: kinds,
    body: Type.Optional(text(1, 60)),
    ...dates,
  }),
  renew: object(dates),
  pairing: object({ volunteer: id, child: id, startsOn: date, reason: text(1, 200) }),
  unpair: object({ endsOn: date, reason: text(1, 200), handOver: Type.String({ maxLength: 2000 }) }),
  absence: object({ who: id, fromDate: date, toDate: date, reason: text(1, 200), cover: Type.Optional(id) }),
  cover: object({ cover: id }),
  made: object({ to: oneOf(REPORT_TO) }),
  letter: object({ pairing: id, period: text(4, 40), text: text(1, 4000) }),
}
export type CareBody<K extends keyof typeof bodies> = Static<(typeof bodies)[K]>
export type CareId = Static<typeof byId>

const tags = ['care']
const get = <T extends Type.TSchema>(response: T) => ({ tags, response: answers(response) })
const one = <T extends Type.TSchema>(response: T) => ({ tags, params: byId, response: answers(response) })
const yearOf = object({ year: Type.Optional(Type.String({ pattern: '^20\\d{2}$' })) })
const monthOf = object({ month: Type.Optional(Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])$' })) })
export type YearQuery = Static<typeof yearOf>
const tryOf = object({ try: Type.Optional(Type.Literal('1')) })
export type TryQuery = Static<typeof tryOf>
export type MonthQuery = Static<typeof monthOf>

export const careRoutes = {
  desk: get(desk),
  children: get(object({ children: list(childLine) })),
  child: one(childView),
  open: { ...one(opened), body: bodies.opening },
  emergency: { ...get(object(opened.properties)), body: bodies.emergency },
  readings: one(object({ readings: list(object(reading)) })),
  addChild: { ...get(made), body: bodies.child },
  correct: { ...one(childView), body: bodies.correct },
  consent: { ...one(childView), body: consent },
  withdraw: { ...one(childView), body: bodies.withdraw },
  end: { ...one(object({ ended: Type.Boolean() })), body: bodies.end },
  volunteers: get(object({ volunteers: list(volunteer) })),
  addVolunteer: { ...get(made), body: bodies.volunteer },
  renew: { ...one(volunteer), body: bodies.renew },
  code: one(object({ code: Type.String(), until: Type.String() })),
  pair: { ...get(made), body: bodies.pairing },
  unpair: { ...one(childView), body: bodies.unpair },
  calendar: { ...get(object({ festivals: list(festival), terms: list(term) })), querystring: yearOf },
  absences: get(object({ absences: list(absence) })),
  addAbsence: { ...get(absence), body: bodies.absence },
  cover: { ...one(absence), body: bodies.cover },
  needs: get(object({ needs: list(need) })),
  needDone: one(object({ needs: list(need) })),
  reports: get(object({ reports: list(report) })),
  reportMade: { ...one(object({ reports: list(report) })), body: bodies.made },
  file: { tags, params: byId },
  letters: get(object({ letters: list(letter) })),
  writeLetter: { ...get(made), body: bodies.letter },
  approve: one(object({ letters: list(letter) })),
  import: {
    ...get(
      object({
        entered: object({ volunteers: count, children: count, pairings: count }),
        refused: list(object({ sheet: Type.String(), row: count, why: Type.String() })),
      }),
    ),
    consumes: ['application/octet-stream'],
    querystring: tryOf,
  },
  refusedRows: { tags, consumes: ['application/octet-stream'] },
  template: { tags },
  notices: get(object({ notices: list(object({ id, at: Type.String(), words: Type.String() })) })),
  reviewed: {
    ...get(
      object({
        readings: list(object({ ...reading, pseudonym: Type.String() })),
        reviews: list(object({ at: Type.String(), by: Type.String(), note: Type.String() })),
      }),
    ),
    querystring: monthOf,
  },
}
