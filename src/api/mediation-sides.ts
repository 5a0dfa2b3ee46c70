import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { attachWords } from '../actions/attach-words.ts'
import { slotsFor } from '../actions/book-session.ts'
import { dayOf } from '../actions/house.ts'
import { joinByInvite } from '../actions/invite-party.ts'
import {
  type Mediated,
  marksOf,
  mediatedByCode,
  mediatedById,
  sideOf,
  stateOf,
} from '../actions/mediation-look.ts'
import { moveMediation } from '../actions/move-mediation.ts'
import { answerReminder, freeHold, holdSlot, takeEarlier, wantEarlier } from '../actions/use-mediation.ts'
import { type Slot, suiting } from '../rules/mediation/slots.ts'
import { otherSide, type Side } from '../rules/mediation/types.ts'
import { mediationCodesOf, partyOf } from '../store/parties.ts'
import { bookedOf } from '../store/sessions.ts'
import { refuse } from './errors.ts'
import { limitTries } from './limits.ts'
import { sendAgreement, sendCourt, sendSession, shownAgreement } from './mediation-papers.ts'
import { mediated } from './mediation-refusals.ts'
import type { ApiParts } from './parts.ts'
import { mediationLine, viewOfMediation } from './present-mediation.ts'
import { med, sessionView } from './present-mediation-parts.ts'
import { officeName } from './present-resident.ts'
import { plainCaseCode } from './resident-cases.ts'
import {
  type ByCode,
  type ByVerb,
  type Coming,
  type Days,
  type Earlier,
  type Holding,
  type Invitation,
  mediationSchemas,
  type OwnWords,
  type SlotView,
} from './schemas-mediation.ts'

/** The door of both sides of a mediation, for the person of the cookie. */
export function mediationSides(own: FastifyInstance, parts: ApiParts): void {
  const at = '/mediations/:code'
  own.post('/invitations', { schema: mediationSchemas.join }, join(parts))
  own.get('/mediations', { schema: mediationSchemas.mine }, mine(parts))
  own.get(at, { schema: mediationSchemas.view }, view(parts))
  own.get(`${at}/slots`, { schema: mediationSchemas.slots }, slots(parts))
  own.post(`${at}/hold`, { schema: mediationSchemas.hold }, hold(parts))
  own.post(`${at}/hold/back`, { schema: mediationSchemas.take }, holdBack(parts))
  own.post(`${at}/steps/:verb`, { schema: mediationSchemas.step }, step(parts))
  own.post(`${at}/words`, { schema: mediationSchemas.words }, words(parts))
  own.post(`${at}/coming`, { schema: mediationSchemas.coming }, coming(parts))
  own.post(`${at}/earlier`, { schema: mediationSchemas.earlier }, earlier(parts))
  own.post(`${at}/earlier/take`, { schema: mediationSchemas.take }, take(parts))
  own.get(`${at}/agreement`, { schema: mediationSchemas.agreement }, async (request: Asked) =>
    shownAgreement(parts, (await sideHere(parts, request)).of),
  )
  const paper = { schema: mediationSchemas.bytes }
  own.get(`${at}/agreement.docx`, paper, async (request: Asked, reply: FastifyReply) =>
    sendAgreement(parts, (await sideHere(parts, request)).of, reply),
  )
  own.get(`${at}/court.docx`, paper, async (request: Asked, reply: FastifyReply) =>
    sendCourt(parts, (await sideHere(parts, request)).of, reply),
  )
  own.get(`${at}/session.ics`, paper, async (request: Asked, reply: FastifyReply) =>
    sendSession(parts, (await sideHere(parts, request)).of, request.resident!.language, reply),
  )
}

type Asked = FastifyRequest<{ Params: ByCode }>

/** The mediation and the side of who asks; one they have no side in is not found, like one that does not exist. */
async function sideHere(
  parts: ApiParts,
  request: FastifyRequest<{ Params: { code: string } }>,
): Promise<{ of: Mediated; side: Side; code: string }> {
  const { store, district } = parts.house
  const code = plainCaseCode(request.params.code)
  const of = await mediatedByCode(store.read, district, code)
  const party = of && (await partyOf(store.read, of.row.id, request.resident!.personId))
  return of && party ? { of, side: party.side, code } : refuse('notFound')
}

async function shown(parts: ApiParts, request: FastifyRequest<{ Params: { code: string } }>) {
  const { of, side } = await sideHere(parts, request)
  return viewOfMediation(parts, of, side, request.resident!.language)
}

const view = (parts: ApiParts) => (request: Asked) => shown(parts, request)

const join = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Invitation }>) => {
  const { personId, language } = request.resident!
  const joined = await limitTries(parts, 'invite', [request.ip], async tx => {
    const result = await joinByInvite(tx, personId, request.body.token)
    return !result.ok && result.why === 'notFound' ? null : result
  })
  if (!joined) {
    const office = officeName(parts, null)
    return refuse('notFound', { words: med(parts, language, 'error.noInvitation', { office }) })
  }
  const { code } = await mediated(parts, language, joined)
  return { code }
}

const mine = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { store, district } = parts.house
  const { personId, language } = request.resident!
  const lines = []
  for (const { caseId, side } of await mediationCodesOf(store.read, personId)) {
    const of = await mediatedById(store.read, district, caseId)
    if (of) lines.push(await mediationLine(parts, of, side, language))
  }
  return { mediations: lines }
}

const DAY = 86_400_000
/** Days of slots that are looked at at once, and those shown when nothing else is asked for. */
const MOST_DAYS = 35
const SHOWN_DAYS = 14

/** The days asked for, at most so many, none in the past. */
export function daysOf(parts: ApiParts, { from, to }: Days, most = MOST_DAYS, shownDays = SHOWN_DAYS) {
  const today = dayOf(parts.house, parts.house.now())
  const plus = (day: string, n: number) => new Date(Date.parse(day) + n * DAY).toISOString().slice(0, 10)
  const first = from ?? today
  const last = to ?? plus(first, shownDays - 1)
  if (Number.isNaN(Date.parse(first)) || Number.isNaN(Date.parse(last)) || last < first)
    return refuse('badRequest', { details: [{ field: 'to', why: 'wrong' }] })
  const latest = plus(first, most - 1)
  return { from: first, to: [last, latest].sort()[0]! }
}

/** Whom a slot suits, as `side` sees it. */
export function slotView(of: Mediated, slot: Slot, side: Side): SlotView {
  const mineHas = marksOf(sideOf(of, side)).includes(slot.startsAt)
  const theirsHas = marksOf(sideOf(of, otherSide(side))).includes(slot.startsAt)
  const suits = mineHas && theirsHas ? 'both' : mineHas ? 'mine' : theirsHas ? 'theirs' : 'none'
  return { startsAt: slot.startsAt, endsAt: slot.endsAt, suits }
}

const slots = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Querystring: Days }>) => {
  const { of, side } = await sideHere(parts, request)
  if (!['booking', 'booked'].includes(stateOf(of.row))) return refuse('notNow')
  const { from, to } = daysOf(parts, request.query)
  const free = await slotsFor(parts.house, parts.house.store.read, of, from, to)
  const marks = of.parties.map(marksOf)
  const both = marks.every(list => list.length > 0) ? suiting(free, marks).map(one => one.startsAt) : []
  return {
    minutes: of.panel.sessionMinutes,
    slots: free.map(slot => ({
      ...slotView(of, slot, side),
      mediators: slot.mediators,
    })),
    marks: { mine: marksOf(sideOf(of, side)), both },
  }
}

const hold = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: Holding }>) => {
  const { code, side } = await sideHere(parts, request)
  const { personId, language } = request.resident!
  const { startsAt, mediator } = request.body
  const wish = { startsAt: new Date(startsAt).toISOString(), ...(mediator ? { mediator } : {}) }
  const { session, of } = await mediated(
    parts,
    language,
    await holdSlot(parts.house, { personId }, code, wish),
  )
  return {
    session: await sessionView(parts.house.store.read, of.panel, session, side),
    until: session.heldUntil ?? '',
    view: await shown(parts, request),
  }
}

const holdBack = (parts: ApiParts) => async (request: Asked) => {
  const { code } = await sideHere(parts, request)
  const { personId, language } = request.resident!
  await mediated(parts, language, await freeHold(parts.house, { personId }, code))
  return shown(parts, request)
}

const step =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByVerb; Body: Record<string, unknown> }>) => {
    const { code } = await sideHere(parts, request)
    const { personId, language } = request.resident!
    const { verb } = request.params
    await mediated(parts, language, await moveMediation(parts.house, { personId }, code, verb, request.body))
    return shown(parts, request)
  }

const words = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: OwnWords }>) => {
  const { code } = await sideHere(parts, request)
  const { personId, language } = request.resident!
  const { text, files = [] } = request.body
  await mediated(parts, language, await attachWords(parts.house, personId, code, { text, files }))
  return shown(parts, request)
}

const coming = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: Coming }>) => {
  const { code } = await sideHere(parts, request)
  const { personId, language } = request.resident!
  const { house } = parts
  const done = await house.store.write(
    tx => answerReminder(house, tx, personId, code, request.body.answer),
    code,
  )
  await mediated(parts, language, done)
  return shown(parts, request)
}

const earlier = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: Earlier }>) => {
  const { code, of } = await sideHere(parts, request)
  const { personId, language } = request.resident!
  if (request.body.want && !bookedOf(of.sessions)) return refuse('notNow')
  await mediated(parts, language, await wantEarlier(parts.house, personId, code, request.body.want))
  return shown(parts, request)
}

const take = (parts: ApiParts) => async (request: Asked) => {
  const { code } = await sideHere(parts, request)
  const { personId, language } = request.resident!
  await mediated(parts, language, await takeEarlier(parts.house, personId, code))
  return shown(parts, request)
}
