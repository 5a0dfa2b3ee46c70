import Type, { type Static } from 'typebox'
import { MET, VISIT_KINDS } from '../rules/care/duties.ts'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'
import { careId, dutyShape, kinds, volunteerShape } from './schemas-care.ts'
import { careDay } from './schemas-care-record.ts'

/** More shapes of `/api/staff/care/*`: volunteers, contacts told by telephone, letters begun, reviews and keeping; and a volunteer's own page. */

const byId = object({ id: careId })
const person = object({ id: careId, name: Type.String() })
const child = object({ id: careId, pseudonym: Type.String() })
const count = Type.Integer()

const kept = object({ child, endedOn: Type.String(), keptUntil: Type.String() })
const review = object({ at: Type.String(), by: Type.String(), note: Type.String() })
const letter = object({ text: Type.String(), state: oneOf(['none', 'draft', 'approved', 'sent'] as const) })

const bodies = {
  phone: object({ reason: text(4, 200) }),
  facts: object({
    name: text(1, 40),
    phone: Type.Optional(Type.String({ pattern: '^1\\d{10}$' })),
    unit: Type.String(),
    kind: kinds,
    body: Type.Optional(text(1, 60)),
  }),
  visit: object({
    pairing: careId,
    kind: oneOf(VISIT_KINDS),
    onDate: careDay,
    done: Type.Boolean(),
    met: Type.Array(oneOf(MET), { maxItems: 3 }),
    reported: Type.Boolean(),
    note: Type.String({ maxLength: 2000 }),
    given: Type.Optional(text(1, 200)),
    againOn: Type.Optional(careDay),
  }),
  keep: object({ until: careDay, reason: text(4, 200) }),
  review: object({
    month: Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])$' }),
    note: text(4, 500),
  }),
}
export type CareMoreBody<K extends keyof typeof bodies> = Static<(typeof bodies)[K]>
const period = object({ period: text(4, 40) })
export type PeriodQuery = Static<typeof period>

const ownPage = object({
  name: Type.String(),
  children: list(
    object({
      pairing: careId,
      pseudonym: Type.String(),
      /** True where somebody else's volunteer is away. */
      covering: Type.Boolean(),
      seenOn: textOrNull,
      duties: list(object(dutyShape)),
    }),
  ),
  away: Type.Unsafe<{ from: string; to: string } | null>({
    type: ['object', 'null'],
    additionalProperties: true,
  }),
  service: object({
    from: Type.String(),
    to: Type.String(),
    children: count,
    counts: list(object({ kind: oneOf(VISIT_KINDS), words: Type.String(), count })),
  }),
})
export type OwnCare = Static<typeof ownPage>

const tags = ['care']
const get = <T extends Type.TSchema>(response: T) => ({ tags, response: answers(response) })
const one = <T extends Type.TSchema>(response: T) => ({ tags, params: byId, response: answers(response) })

export const careMore = {
  phone: { ...one(object({ phone: Type.String() })), body: bodies.phone },
  correctVolunteer: { ...one(object(volunteerShape)), body: bodies.facts },
  endVolunteer: one(object({ ended: Type.Boolean() })),
  deputies: get(object({ deputies: list(person) })),
  comeBack: one(object({ ended: Type.Boolean() })),
  visit: { ...get(object({ report: textOrNull })), body: bodies.visit },
  draft: { ...one(letter), querystring: period },
  kept: get(object({ children: list(kept) })),
  keep: { ...one(object({ children: list(kept) })), body: bodies.keep },
  review: { ...get(object({ reviews: list(review) })), body: bodies.review },
  own: get(ownPage),
  ownService: { tags },
}
