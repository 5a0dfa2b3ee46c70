import Type, { type Static } from 'typebox'
import { REVEALED } from '../actions/reveal.ts'
import { LANGUAGES } from '../rules/people/language.ts'
import { answers, errorShape, list, message, object, oneOf, span, text, textOrNull } from './schemas.ts'
import { casesQuery, counted, found, listLine } from './schemas-find.ts'
import { following } from './schemas-follows.ts'
import { helpShown } from './schemas-help.ts'
import { fileLine } from './schemas-resident.ts'

/** The shapes of `/api/staff/*`. */

export const me = object({
  id: Type.String(),
  name: Type.String(),
  unit: object({ id: Type.String(), name: Type.String() }),
  roles: list(Type.String()),
  csrf: Type.String(),
  idleMinutes: Type.Integer(),
  language: oneOf(LANGUAGES),
  mustSetOtp: Type.Boolean(),
  demo: Type.Boolean(),
  now: Type.String({ description: "The service's clock" }),
})
export type Me = Static<typeof me>

const rowShape = {
  code: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  class: Type.String(),
  state: Type.String(),
  stateWords: Type.String(),
  category: Type.String(),
  place: textOrNull,
  holder: Type.String(),
  orderKind: textOrNull,
  due: textOrNull,
  dueKind: textOrNull,
  flags: list(Type.String()),
  unread: Type.Boolean(),
  createdAt: Type.String(),
  /** How many follow it, and how many more are likely the same; left out when none. */
  followers: Type.Optional(Type.Integer()),
  alike: Type.Optional(Type.Integer()),
  /** Why a search found it: by which of its facts, and where the words stand; nothing masked is said. */
  found: Type.Optional(found),
}
export const row = object(rowShape)
export type Row = Static<typeof row>

const need = object({
  field: Type.String(),
  label: Type.String(),
  kind: oneOf(['text', 'choice', 'unit', 'points', 'date', 'lines', 'pick', 'units', 'case'] as const),
  required: Type.Boolean(),
  choices: Type.Optional(
    list(
      object({
        value: Type.String(),
        label: Type.String(),
        group: Type.Optional(Type.String()),
        note: Type.Optional(Type.String()),
      }),
    ),
  ),
  under: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
})
export type NeedView = Static<typeof need>
const step = object({
  verb: Type.String(),
  label: Type.String(),
  primary: Type.Boolean(),
  needs: list(need),
})
export type StepView = Static<typeof step>

const order = object({
  id: Type.String(),
  kind: Type.String(),
  unit: Type.String(),
  staff: textOrNull,
  state: Type.String(),
  openedAt: Type.String(),
  dueAt: textOrNull,
  parentId: textOrNull,
  lead: Type.Boolean(),
  leader: textOrNull,
  task: textOrNull,
  item: textOrNull,
  result: textOrNull,
  objection: Type.Optional(
    object({
      state: oneOf(['open', 'upheld', 'overruled'] as const),
      reason: Type.String(),
      proposal: textOrNull,
    }),
  ),
})
export type OrderView = Static<typeof order>

export const staffCase = object({
  ...rowShape,
  text: Type.String(),
  points: list(object({ no: Type.Integer(), text: Type.String(), doneAt: textOrNull })),
  resident: object({ name: textOrNull, phone: textOrNull, place: textOrNull }),
  hidden: Type.Boolean(),
  noReply: Type.Boolean(),
  orders: list(order),
  deadlines: list(
    object({
      kind: Type.String(),
      due: Type.String(),
      startedAt: Type.String(),
      pausedAt: textOrNull,
      metAt: textOrNull,
      brokenAt: textOrNull,
      endedAt: textOrNull,
      provisional: Type.Boolean(),
    }),
  ),
  timeline: list(
    object({
      no: Type.Integer(),
      at: Type.String(),
      verb: Type.String(),
      words: Type.String(),
      text: Type.Optional(Type.String()),
      by: textOrNull,
      public: Type.Boolean(),
      arrived: Type.Optional(
        Type.Unsafe<'sent' | 'waiting' | 'givenUp' | null>({ type: ['string', 'null'] }),
      ),
      files: Type.Optional(list(Type.String())),
    }),
  ),
  files: list(fileLine),
  steps: list(step),
  conversation: textOrNull,
  version: Type.Integer(),
  follow: Type.Optional(following),
  /** A call for help: what the person wishes, and what those who take it up must mind. */
  help: Type.Optional(helpShown),
})
export type StaffCase = Static<typeof staffCase>

const talkRow = object({
  id: Type.String(),
  mode: Type.String(),
  since: Type.String(),
  lastText: Type.String(),
  lastAt: Type.String(),
  takenBy: textOrNull,
  cases: list(Type.String()),
})
export type TalkLine = Static<typeof talkRow>
const talk = object({
  id: Type.String(),
  mode: Type.String(),
  takenBy: textOrNull,
  messages: list(message),
  cases: list(row),
})
export type TalkView = Static<typeof talk>

const alert = object({
  id: Type.String(),
  kinds: list(Type.String()),
  because: Type.String(),
  at: Type.String(),
  state: Type.String(),
  stage: Type.String(),
  onDuty: textOrNull,
  case: textOrNull,
  conversation: textOrNull,
  acknowledgedBy: textOrNull,
})
export type AlertView = Static<typeof alert>

const lostNotice = object({
  id: Type.String(),
  notice: Type.String(),
  case: textOrNull,
  recipient: Type.String(),
  tries: list(object({ channel: Type.String(), outcome: Type.String(), at: Type.String() })),
  at: Type.String(),
})
export type LostNotice = Static<typeof lostNotice>

const otp = Type.String({ maxLength: 12 })
const login = object({ login: text(1, 64), password: text(1, 200), otp: Type.Optional(otp) })
export type Login = Static<typeof login>
const invite = object({ token: text(1, 100), password: text(1, 200) })
export type Invite = Static<typeof invite>
const password = object({ old: text(1, 200), new: text(1, 200) })
export type NewPassword = Static<typeof password>
const confirm = object({ otp })
export type Confirm = Static<typeof confirm>
const code = object({ code: text(1, 40) })
const id = object({ id: text(1, 64) })
export type ById = Static<typeof id>
const stepOf = object({ code: text(1, 40), verb: text(1, 40) })
export type StepOf = Static<typeof stepOf>
const revealing = object({ field: oneOf(REVEALED), reason: text(2, 200) })
export type Revealing = Static<typeof revealing>
const said = object({
  id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
  text: text(1, 4000),
})
export type StaffSaid = Static<typeof said>
const modes = object({ mode: Type.Optional(oneOf(['waiting', 'human', 'all'] as const)) })
export type Modes = Static<typeof modes>
const lostOf = object({ state: Type.Optional(oneOf(['givenUp', 'unknown'] as const)) })
export type LostOf = Static<typeof lostOf>
const clearing = object({ how: text(2, 500) })
export type Clearing = Static<typeof clearing>

const nothing = { '4xx': errorShape, '5xx': errorShape }
const tags = ['staff']
const unitFields = { id: Type.String(), kind: Type.String(), name: Type.String(), parentId: textOrNull }
const unit = object({ ...unitFields, closed: Type.Optional(Type.Boolean()) })
const canned = object({ key: Type.String(), title: Type.String(), text: Type.String() })
const ok = object({ ok: Type.Boolean() })

/** The schema of each route, by its name in docs/protocol.md. */
export const routes = {
  login: { tags, body: login, response: answers(me) },
  logout: { tags, response: nothing },
  me: { tags, response: answers(me) },
  otpSetup: {
    tags,
    response: answers(object({ secret: Type.String(), uri: Type.String(), qr: Type.String() })),
  },
  otpConfirm: { tags, body: confirm, response: nothing },
  password: { tags, body: password, response: nothing },
  invite: { tags, body: invite, response: answers(me) },
  lists: { tags, response: answers(object({ lists: list(listLine) })) },
  cases: {
    tags,
    querystring: casesQuery,
    response: answers(object({ rows: list(row), next: textOrNull, ...counted })),
  },
  case: { tags, params: code, response: answers(staffCase) },
  step: {
    tags,
    params: stepOf,
    body: Type.Object({}, { additionalProperties: true }),
    response: answers(staffCase),
  },
  reveal: { tags, params: code, body: revealing, response: answers(object({ value: Type.String() })) },
  canned: { tags, response: answers(object({ replies: list(canned) })) },
  units: { tags, response: answers(object({ units: list(unit) })) },
  talks: { tags, querystring: modes, response: answers(object({ rows: list(talkRow) })) },
  talk: { tags, params: id, querystring: span, response: answers(talk) },
  talkVerb: { tags, params: id, response: answers(talk) },
  talkSay: { tags, params: id, body: said, response: answers(talk) },
  alerts: { tags, response: answers(object({ alerts: list(alert) })) },
  acknowledge: { tags, params: id, response: answers(alert) },
  notices: { tags, querystring: lostOf, response: answers(object({ rows: list(lostNotice) })) },
  clear: { tags, params: id, body: clearing, response: answers(ok) },
  digests: {
    tags,
    response: answers(
      object({ digests: list(object({ id: Type.String(), at: Type.String(), words: Type.String() })) }),
    ),
  },
  invariant: {
    tags,
    response: answers(
      object({
        open: Type.Integer(),
        closed: Type.Integer(),
        broken: list(object({ code: Type.String(), why: Type.String() })),
      }),
    ),
  },
} as const
