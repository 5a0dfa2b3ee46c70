import Type from 'typebox'
import { date, note, object, oneOf, some } from './district-schema-parts.ts'

const term = <T extends Type.TSchema>(day: T) =>
  object({ key: oneOf(['springTerm', 'autumnTerm'] as const), from: day, to: day })

/** The shape of `care.json`: terms of the schools, windows of the duties, and how long a record is kept. */
export const CARE_FILE = object({
  note,
  terms: some(term(Type.String({ pattern: '^[0-9]{2}-[0-9]{2}$' }))),
  published: Type.Record(Type.String({ pattern: '^[0-9]{4}$' }), some(term(date))),
  festivalBefore: Type.Integer({ minimum: 0, maximum: 30 }),
  festivalAfter: Type.Integer({ minimum: 0, maximum: 30 }),
  termReportBefore: Type.Integer({ minimum: 0, maximum: 90 }),
  /** Above this a coordinator is told that a volunteer has many. */
  childrenPerVolunteer: Type.Integer({ minimum: 1, maximum: 20 }),
  /** Months a background check of a volunteer holds (未成年人保护法 62: every year). */
  checkMonths: Type.Integer({ minimum: 1, maximum: 12 }),
  /** Years a child's record is kept after the care ended; then somebody is asked before it is deleted. */
  keepYears: Type.Integer({ minimum: 1, maximum: 30 }),
  /** Nobody is asked before the end of the year in which the child reaches this age; 0: age does not count. */
  keepUntilAge: Type.Integer({ minimum: 0, maximum: 30 }),
  /** Further words in which the coordinators hear a worrying sign, beside the nine situations of the law. */
  signs: Type.Array(Type.String({ minLength: 2, maxLength: 20 })),
})

const dayOfYear = Type.Optional(Type.String({ pattern: '^(0[1-9]|1[0-2])-[0-3][0-9]$' }))

/** The shape of `knowledge.json`: pieces of the two laws and of safety by season. */
export const KNOWLEDGE_FILE = object({
  note,
  topics: some(
    object({
      key: Type.String(),
      from: dayOfYear,
      to: dayOfYear,
      title: Type.String({ minLength: 2, maxLength: 40 }),
      text: Type.String({ minLength: 10, maxLength: 500 }),
      law: Type.String({ minLength: 2 }),
    }),
  ),
})
