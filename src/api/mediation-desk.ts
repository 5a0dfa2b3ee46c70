import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { slotsFor } from '../actions/book-session.ts'
import { textInvitation } from '../actions/invite-party.ts'
import {
  type Mediated,
  mediatedByCode,
  mediatedOf,
  mediationRights,
  sideOf,
  stateOf,
} from '../actions/mediation-look.ts'
import { moveMediation } from '../actions/move-mediation.ts'
import type { Who } from '../actions/rights.ts'
import { freeHold, hearSides, holdSlot, whisper } from '../actions/use-mediation.ts'
import { MEDIATION_STATES } from '../rules/mediation/types.ts'
import { maskPhone } from '../rules/people/mask.ts'
import { maySeeMediation } from '../rules/people/may.ts'
import { isMobile } from '../rules/people/mobile.ts'
import { deadlinesOf, openClock } from '../store/deadlines.ts'
import { filesOfCase } from '../store/files.ts'
import { countsOf, mediationsOf } from '../store/mediations.ts'
import { contactOf } from '../store/parties.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { sendAgreement, sendCourt, shownAgreement } from './mediation-papers.ts'
import { mediated } from './mediation-refusals.ts'
import { daysOf, slotView } from './mediation-sides.ts'
import type { ApiParts } from './parts.ts'
import { med, panelName, sessionView } from './present-mediation-parts.ts'
import { mediationRow, staffMediation } from './present-mediation-staff.ts'
import { plainCaseCode } from './resident-cases.ts'
import {
  type ByCode,
  type ByVerb,
  type Days,
  type Holding,
  type LetterText,
  mediationSchemas,
  type Queue,
  type WordsTo,
} from './schemas-mediation.ts'

/** The desk of a panel: its queue, one mediation, and the steps on it. */
export function mediationDesk(app: FastifyInstance, parts: ApiParts): void {
  const at = '/mediations/:code'
  app.get('/mediations', { schema: mediationSchemas.queue }, queue(parts))
  app.get(at, { schema: mediationSchemas.staffView }, (request: Asked) => shown(parts, request))
  app.get(`${at}/slots`, { schema: mediationSchemas.slots }, slots(parts))
  app.post(`${at}/hold`, { schema: mediationSchemas.hold }, hold(parts))
  app.post(`${at}/hold/back`, { schema: mediationSchemas.read }, holdBack(parts))
  app.post(`${at}/steps/:verb`, { schema: mediationSchemas.staffStep }, step(parts))
  app.post(`${at}/words`, { schema: mediationSchemas.staffWords }, words(parts))
  app.post(`${at}/read`, { schema: mediationSchemas.read }, read(parts))
  app.post(`${at}/letter`, { schema: mediationSchemas.letter }, letter(parts))
  app.post(`${at}/letter/text`, { schema: mediationSchemas.letterText }, letterText(parts))
  app.get(`${at}/file`, { schema: mediationSchemas.file }, file(parts))
  app.get(`${at}/agreement`, { schema: mediationSchemas.agreement }, async (request: Asked) =>
    shownAgreement(parts, await here(parts, request)),
  )
  const paper = { schema: mediationSchemas.bytes }
  app.get(`${at}/agreement.docx`, paper, async (request: Asked, reply: FastifyReply) =>
    sendAgreement(parts, await here(parts, request), reply),
  )
  app.get(`${at}/court.docx`, paper, async (request: Asked, reply: FastifyReply) =>
    sendCourt(parts, await here(parts, request), reply),
  )
}

type Asked = FastifyRequest<{ Params: ByCode }>

/** A mediation this person may see; another is not found, like one that does not exist. */
async function here(
  parts: ApiParts,
  request: FastifyRequest<{ Params: { code: string } }>,
): Promise<Mediated> {
  const { store, district } = parts.house
  const of = await mediatedByCode(store.read, district, plainCaseCode(request.params.code))
  return of && sees(parts, request.staff!.who, of) ? of : refuse('notFound')
}

const sees = (parts: ApiParts, who: Who, of: Mediated): boolean => {
  const rights = mediationRights(parts.house.district, of)
  return who.members.some(member => maySeeMediation(member, rights))
}

async function shown(parts: ApiParts, request: FastifyRequest<{ Params: { code: string } }>) {
  return staffMediation(parts, await here(parts, request), request.staff!.who, languageOf(request))
}

/** Panels whose mediations somebody may see: all for the district desk and the auditor, else their own. */
export function panelsOf(who: Who): readonly string[] | 'all' {
  const all = ['districtDispatcher', 'districtLeader', 'auditor']
  if (who.members.some(member => all.includes(member.role))) return 'all'
  return who.members
    .filter(member => member.role === 'panelSecretary' || member.role === 'mediator')
    .map(member => member.unit)
}

const PAGE = 50

const queue = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: Queue }>) => {
  const { store, district } = parts.house
  const { who } = request.staff!
  const { panel, state, mine, cursor } = request.query
  const own = panelsOf(who)
  const panels = panel ? (own === 'all' || own.includes(panel) ? [panel] : []) : own
  const offset = Number(cursor ?? 0)
  const rows = await mediationsOf(store.read, {
    panels,
    ...(state ? { states: [state] } : {}),
    ...(mine ? { mediatorId: who.staffId } : {}),
    limit: PAGE + 1,
    offset,
  })
  const shownRows = []
  for (const row of rows.slice(0, PAGE)) {
    const of = await mediatedOf(store.read, district, row)
    if (of && sees(parts, who, of)) shownRows.push(await mediationRow(parts, of, languageOf(request)))
  }
  const counts = await countsOf(store.read, panels)
  return {
    rows: shownRows,
    next: rows.length > PAGE ? String(offset + PAGE) : null,
    counts: MEDIATION_STATES.map(one => ({ state: one, n: counts.get(one) ?? 0 })),
  }
}

const slots = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Querystring: Days }>) => {
  const of = await here(parts, request)
  if (!['booking', 'booked'].includes(stateOf(of.row))) return refuse('notNow')
  const { from, to } = daysOf(parts, request.query)
  const free = await slotsFor(parts.house, parts.house.store.read, of, from, to)
  return {
    minutes: of.panel.sessionMinutes,
    slots: free.map(slot => ({
      ...slotView(of, slot, 'applicant'),
      mediators: slot.mediators,
      rooms: slot.rooms,
    })),
  }
}

const hold = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: Holding }>) => {
  const code = plainCaseCode(request.params.code)
  const { startsAt, mediator, room } = request.body
  const wish = {
    startsAt: new Date(startsAt).toISOString(),
    ...(mediator ? { mediator } : {}),
    ...(room ? { room } : {}),
  }
  const held = await holdSlot(parts.house, { staff: request.staff!.who }, code, wish)
  const { session, of } = await mediated(parts, languageOf(request), held)
  return {
    session: await sessionView(parts.house.store.read, of.panel, session),
    until: session.heldUntil ?? '',
  }
}

const holdBack = (parts: ApiParts) => async (request: Asked, reply: FastifyReply) => {
  const code = plainCaseCode(request.params.code)
  const back = await freeHold(parts.house, { staff: request.staff!.who }, code)
  await mediated(parts, languageOf(request), back)
  return reply.code(204).send()
}

const step =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByVerb; Body: Record<string, unknown> }>) => {
    const code = plainCaseCode(request.params.code)
    const { who } = request.staff!
    const moved = await moveMediation(parts.house, { staff: who }, code, request.params.verb, request.body)
    const { of } = await mediated(parts, languageOf(request), moved)
    // Whoever stepped back no longer sees it: they see that it was done.
    if (!sees(parts, who, { ...of, recused: await freshRecused(parts, code) })) return { code, recused: true }
    return shown(parts, request)
  }

const freshRecused = async (parts: ApiParts, code: string): Promise<readonly string[]> =>
  (await mediatedByCode(parts.house.store.read, parts.house.district, code))?.recused ?? []

const words = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: WordsTo }>) => {
  const code = plainCaseCode(request.params.code)
  const said = await whisper(parts.house, { staff: request.staff!.who }, code, request.body)
  await mediated(parts, languageOf(request), said)
  return shown(parts, request)
}

const read = (parts: ApiParts) => async (request: Asked, reply: FastifyReply) => {
  const heard = await hearSides(parts.house, request.staff!.who, plainCaseCode(request.params.code))
  await mediated(parts, languageOf(request), heard)
  return reply.code(204).send()
}

const RIGHTS = ['free', 'will', 'court', 'secret', 'mediator'] as const

/** The printed invitation, with a fresh one-time code: every earlier one dies with it. */
const letter = (parts: ApiParts) => async (request: Asked) => {
  const code = plainCaseCode(request.params.code)
  const language = languageOf(request)
  const { read } = parts.house.store
  const moved = await moveMediation(parts.house, { staff: request.staff!.who }, code, 'invite', {})
  const { of, made } = await mediated(parts, language, moved)
  const { name, phone } = await contactOf(read, sideOf(of, 'other'))
  const origin = parts.config.publicUrl ?? `${request.protocol}://${request.host}`
  const reply = openClock(await deadlinesOf(read, of.row.id), 'reply')
  return {
    code: of.row.code,
    link: `${origin}/m/${made.token}`,
    letterCode: made.token,
    panel: panelName(of.panel, language),
    to: name ?? '',
    about: med(parts, language, 'letter.about', { panel: panelName(of.panel, language) }),
    rights: RIGHTS.map(key => med(parts, language, `letter.${key}`)),
    by: reply?.due ?? null,
    ...(of.panel.phone ? { phone: of.panel.phone } : {}),
    // Offered only where a text message can be sent, and leads somewhere.
    ...(parts.config.sms?.invite && phone && isMobile(phone) ? { textTo: maskPhone(phone) } : {}),
  }
}

/** The same invitation as a text message; its code is the one of the letter. */
const letterText =
  (parts: ApiParts) =>
  async (request: FastifyRequest<{ Params: ByCode; Body: LetterText }>, reply: FastifyReply) => {
    if (!parts.config.sms?.invite) return refuse('notFound')
    const { who } = request.staff!
    const code = plainCaseCode(request.params.code)
    await mediated(
      parts,
      languageOf(request),
      await textInvitation(parts.house, who, code, request.body.letterCode),
    )
    return reply.code(204).send()
  }

/** 卷宗目录: what the file of a mediation holds, in the order it is bound. */
const file = (parts: ApiParts) => async (request: Asked) => {
  const of = await here(parts, request)
  const language = languageOf(request)
  const files = await filesOfCase(parts.house.store.read, of.row.id)
  const { med: facts, row } = of
  const done = of.sessions.filter(session => session.state === 'done')
  const no = { no: facts.agreementNo ?? '' }
  const lines: [string, string | null, object?][] = [
    ['application', row.createdAt],
    ['register', facts.admittedAt],
    ['limits', facts.admittedAt],
    ['evidence', files[0]?.at ?? null, { n: files.length }],
    ...done.map((session): [string, string] => ['record', session.startsAt]),
    [facts.agreedAs === 'oral' ? 'oral' : 'agreement', facts.agreedAt, no],
    ['court', facts.confirmation && facts.confirmation !== 'notForThis' ? facts.agreedAt : null],
    ['visit', facts.visitedAt],
    ['end', facts.agreedAt ? null : row.closedAt],
  ]
  return {
    index: lines
      .filter(([, at]) => at !== null)
      .map(([key, at, values], index) => ({
        no: index + 1,
        what: med(parts, language, `file.${key}`, { ...values }),
        at,
      })),
  }
}
