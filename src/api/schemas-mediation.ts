import Type, { type Static } from 'typebox'
import type { Agreement, MediationLine, MediationView, Meeting } from '../../wire/mediation.ts'
import type { Closure, Mediation, MediationRow, PanelCalendar } from '../../wire/mediation-desk.ts'
import { MEDIATION_STATES, MEDIATION_VERBS, SIDES } from '../rules/mediation/types.ts'
import { answers, errorShape, list, loose, object, oneOf, text, textOrNull } from './schemas.ts'

/** The shapes of the mediation routes; the views themselves are typed in `wire/`, which the fronts read too. */

const date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' })
const code = object({ code: text(1, 40) })
export type ByCode = Static<typeof code>
const byVerb = object({ code: text(1, 40), verb: oneOf(MEDIATION_VERBS) })
export type ByVerb = Static<typeof byVerb>
const days = object({ from: Type.Optional(date), to: Type.Optional(date) })
export type Days = Static<typeof days>
const invitation = object({ token: text(4, 60) })
export type Invitation = Static<typeof invitation>
const holding = object({
  startsAt: instant,
  mediator: Type.Optional(text(1, 64)),
  room: Type.Optional(text(1, 20)),
})
export type Holding = Static<typeof holding>
const words = object({ text: text(1, 2000), files: Type.Optional(Type.Array(text(1, 64), { maxItems: 9 })) })
export type OwnWords = Static<typeof words>
const wordsTo = object({ side: oneOf(SIDES), text: text(1, 2000) })
export type WordsTo = Static<typeof wordsTo>
const coming = object({ answer: oneOf(['coming', 'move'] as const) })
export type Coming = Static<typeof coming>
const earlier = object({ want: Type.Boolean() })
export type Earlier = Static<typeof earlier>
const queue = object({
  panel: Type.Optional(text(3, 3)),
  state: Type.Optional(oneOf(MEDIATION_STATES)),
  mine: Type.Optional(Type.Literal('1')),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })),
})
export type Queue = Static<typeof queue>
const closing = object({
  resource: text(5, 80),
  startsAt: instant,
  endsAt: instant,
  reason: text(1, 200),
})
const letterText = object({ letterCode: text(4, 40) })
export type LetterText = Static<typeof letterText>
const feed = object({ resource: text(5, 80) })
export type FeedWish = Static<typeof feed>

const tags = ['mediation']
const anything = Type.Object({}, { additionalProperties: true })
const slot = object({
  startsAt: Type.String(),
  endsAt: Type.String(),
  suits: oneOf(['both', 'mine', 'theirs', 'none'] as const),
  mediators: Type.Optional(list(Type.String())),
  rooms: Type.Optional(list(Type.String())),
})
export type SlotView = Static<typeof slot>
const held = object({ session: loose<Meeting>(), until: Type.String(), view: Type.Optional(anything) })
const bytes = { '4xx': errorShape, '5xx': errorShape }
const agreement = answers(loose<Agreement>())
const feedView = object({
  id: Type.String(),
  resource: Type.String(),
  createdAt: Type.String(),
  url: Type.Optional(Type.String()),
})

const view = answers(loose<MediationView>())
const staffView = answers(loose<Mediation>())

/** The schema of each route, by its name in docs/protocol.md. */
export const mediationSchemas = {
  join: { tags, body: invitation, response: answers(object({ code: Type.String() })) },
  mine: { tags, response: answers(object({ mediations: list(loose<MediationLine>()) })) },
  view: { tags, params: code, response: view },
  slots: {
    tags,
    params: code,
    querystring: days,
    response: answers(
      object({
        minutes: Type.Integer(),
        slots: list(slot),
        marks: Type.Optional(object({ mine: list(Type.String()), both: list(Type.String()) })),
      }),
    ),
  },
  hold: { tags, params: code, body: holding, response: answers(held) },
  step: { tags, params: byVerb, body: anything, response: view },
  words: { tags, params: code, body: words, response: view },
  coming: { tags, params: code, body: coming, response: view },
  earlier: { tags, params: code, body: earlier, response: view },
  take: { tags, params: code, response: view },
  bytes: { tags, params: code, response: bytes },
  agreement: { tags, params: code, response: agreement },
  queue: {
    tags,
    querystring: queue,
    response: answers(
      object({
        rows: list(loose<MediationRow>()),
        next: textOrNull,
        counts: list(object({ state: Type.String(), n: Type.Integer() })),
      }),
    ),
  },
  staffView: { tags, params: code, response: staffView },
  staffStep: { tags, params: byVerb, body: anything, response: staffView },
  staffWords: { tags, params: code, body: wordsTo, response: staffView },
  read: { tags, params: code, response: bytes },
  line: { tags, params: code, response: answers(anything) },
  letter: { tags, params: code, response: answers(anything) },
  letterText: { tags, params: code, body: letterText, response: bytes },
  file: { tags, params: code, response: answers(anything) },
  calendar: { tags, params: code, querystring: days, response: answers(loose<PanelCalendar>()) },
  close: { tags, params: code, body: closing, response: answers(loose<{ closures: Closure[] }>()) },
  reopen: { tags, params: object({ id: text(1, 64) }), response: bytes },
  figures: { tags, params: code, querystring: days, response: answers(anything) },
  feeds: { tags, response: answers(object({ feeds: list(feedView) })) },
  makeFeed: { tags, body: feed, response: answers(feedView) },
  endFeed: { tags, params: object({ id: text(1, 64) }), response: bytes },
} as const
