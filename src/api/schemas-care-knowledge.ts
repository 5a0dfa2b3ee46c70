import Type, { type Static } from 'typebox'
import { answers, list, object, oneOf, text, textOrNull } from './schemas.ts'

/** Shapes of the knowledge calendar, nominations and figures by school, of `/api/staff/care/*`. */

const week = object({
  week: Type.String(),
  title: Type.String(),
  text: Type.String(),
  law: Type.String(),
  state: oneOf(['draft', 'approved', 'sent'] as const),
  editedBy: textOrNull,
  approvedBy: textOrNull,
  sentAt: textOrNull,
  /** Counted by delivery, never by reading; null before it was sent. */
  reach: Type.Unsafe<{ sent: number; lost: number; waiting: number } | null>({
    type: ['object', 'null'],
    additionalProperties: true,
  }),
})
const calendar = object({
  today: Type.String(),
  weeks: list(week),
  people: object({ volunteers: Type.Integer(), carers: Type.Integer(), off: Type.Integer() }),
})
export type KnowledgeCalendar = Static<typeof calendar>

const nomination = object({
  id: Type.String(),
  purpose: Type.String(),
  text: Type.String(),
  by: Type.String(),
  at: Type.String(),
})
const school = object({
  school: Type.String(),
  children: Type.Integer(),
  unseen: Type.Integer(),
  late: Type.Integer(),
})

const bodies = {
  write: object({ title: text(2, 40), text: text(10, 500) }),
  approve: object({ on: Type.Boolean() }),
  nominate: object({ purpose: text(2, 60), text: text(10, 4000) }),
  schools: object({ reason: text(4, 200) }),
  wish: object({ on: Type.Boolean() }),
}
export type KnowledgeBody<K extends keyof typeof bodies> = Static<(typeof bodies)[K]>

const byWeek = object({ week: Type.String({ format: 'date' }) })
export type WeekId = Static<typeof byWeek>
const byId = object({ id: Type.String({ minLength: 1, maxLength: 60 }) })
const tags = ['care']

export const knowledgeRoutes = {
  calendar: { tags, response: answers(calendar) },
  write: { tags, params: byWeek, body: bodies.write, response: answers(calendar) },
  approve: { tags, params: byWeek, body: bodies.approve, response: answers(calendar) },
  nominations: { tags, params: byId, response: answers(object({ nominations: list(nomination) })) },
  nominate: {
    tags,
    params: byId,
    body: bodies.nominate,
    response: answers(object({ nominations: list(nomination) })),
  },
  paper: { tags, params: byId },
  schools: { tags, body: bodies.schools, response: answers(object({ schools: list(school) })) },
  wish: { tags: ['resident'], response: answers(object({ on: Type.Boolean() })) },
  setWish: { tags: ['resident'], body: bodies.wish, response: answers(object({ on: Type.Boolean() })) },
}
