import type { FastifyInstance, FastifyRequest } from 'fastify'
import { acknowledgeAlert } from '../actions/alerts.ts'
import { clearNotice, mayClear } from '../actions/clear-notice.ts'
import { mayReadTalk } from '../actions/hand-over.ts'
import { brokenPromises } from '../actions/invariant.ts'
import { forRights, type Who } from '../actions/rights.ts'
import { endOfDay } from '../rules/calendar/day.ts'
import { mayOffice, maySee } from '../rules/people/may.ts'
import { alertsOf } from '../store/alerts.ts'
import { childById } from '../store/care/children.ts'
import { letterById } from '../store/care/letters.ts'
import { volunteerName, volunteerOfPerson } from '../store/care/volunteers.ts'
import { caseById } from '../store/cases.ts'
import { talkOf } from '../store/inbox-talks.ts'
import { digestsFor, type NoticeRow, noticeBody, triesOf, undelivered } from '../store/notices.ts'
import { partyOf } from '../store/parties.ts'
import { staffName } from '../store/staff.ts'
import { unitsOf } from '../store/units.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { type ApiParts, say } from './parts.ts'
import { saidBy } from './present-arrival.ts'
import { officeName } from './present-resident.ts'
import { given } from './refusals.ts'
import {
  type AlertView,
  type ById,
  type Clearing,
  type LostNotice,
  type LostOf,
  routes,
} from './schemas-staff.ts'
import { cannedReplies } from './staff-templates.ts'

/** What stands beside the cases: alerts, notices to clear, canned replies, units, the promise. */
export function deskRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { district, store } = parts.house
  app.get('/canned', { schema: routes.canned }, async () => ({ replies: cannedReplies(district.canned) }))
  app.get('/units', { schema: routes.units }, async () => ({ units: await unitsOf(store.read) }))
  app.get('/alerts', { schema: routes.alerts }, alerts(parts))
  app.post('/alerts/:id/acknowledge', { schema: routes.acknowledge }, acknowledge(parts))
  app.get('/notices', { schema: routes.notices }, notices(parts))
  app.post('/notices/:id/clear', { schema: routes.clear }, clear(parts))
  app.get('/digests', { schema: routes.digests }, digests(parts))
  app.get('/invariant', { schema: routes.invariant }, invariant(parts))
}

/** What was due, late or waiting this morning, for one's units; for a leader how the week stands. Kept to the end of the day. */
const digests = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { who } = request.staff!
  const { store, now, district } = parts.house
  const since = endOfDay(now(), district.zone, -1)
  const units = [...new Set(who.members.map(member => member.unit))]
  const rows = await digestsFor(store.read, { units, staffId: who.staffId }, since)
  const language = languageOf(request)
  const said = rows.map(async row => {
    const body = await noticeBody(store.read, row)
    return { id: row.id, at: row.createdAt, words: saidBy(parts, { row, body, tries: [] }, language) }
  })
  return { digests: await Promise.all(said) }
}

const MOST = 200
type AlertFacts = Awaited<ReturnType<typeof alertsOf>>[number]

/** Whoever is called to it, the district desk, and those who may see its case. */
async function concerns(parts: ApiParts, who: Who, alert: AlertFacts): Promise<boolean> {
  if (alert.dutyStaffId === who.staffId) return true
  const { store, district } = parts.house
  const row = alert.caseId ? await caseById(store.read, alert.caseId) : null
  if (!row) return who.members.some(member => member.role === 'districtDispatcher')
  const rights = await forRights(store.read, district, row)
  return who.members.some(member => maySee(member, rights))
}

const alerts = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { who } = request.staff!
  const shown: AlertView[] = []
  for (const alert of await alertsOf(parts.house.store.read, MOST))
    if (await concerns(parts, who, alert)) shown.push(await alertView(parts, who, alert))
  return { alerts: shown }
}

async function alertView(parts: ApiParts, who: Who, alert: AlertFacts): Promise<AlertView> {
  const { read } = parts.house.store
  const row = alert.caseId ? await caseById(read, alert.caseId) : null
  const talk = await talkOf(read, alert.personId)
  return {
    id: alert.id,
    kinds: alert.kinds.split(',').filter(Boolean),
    because: alert.because,
    at: alert.raisedAt,
    state: alert.state,
    stage: String(alert.stage),
    onDuty: await staffName(read, alert.dutyStaffId),
    case: row?.code ?? null,
    conversation: talk && (await mayReadTalk(read, who, talk)) ? alert.personId : null,
    acknowledgedBy: await staffName(read, alert.acknowledgedById),
  }
}

const acknowledge = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById }>) => {
  const { who } = request.staff!
  const { id } = request.params
  const found = (await alertsOf(parts.house.store.read, MOST)).find(alert => alert.id === id)
  if (!found || !(await concerns(parts, who, found))) return refuse('notFound')
  const { alert } = await given(parts, await acknowledgeAlert(parts.house, who, id))
  return alertView(parts, who, { ...alert, because: found.because })
}

const notices = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: LostOf }>) => {
  const { who } = request.staff!
  const { read } = parts.house.store
  const { state } = request.query
  const rows: LostNotice[] = []
  for (const row of await undelivered(read, MOST))
    if ((!state || row.state === state) && (await mayClear(parts.house, read, who, row)))
      rows.push(await lostNotice(parts, request, row))
  return { rows }
}

/** To whom it went, without a name of a resident; staff and volunteers are named, a side and a parent by what they are. */
async function recipientOf(parts: ApiParts, request: FastifyRequest, row: NoticeRow): Promise<string> {
  const { read } = parts.house.store
  const by = (key: string, values = {}) => say(parts, languageOf(request), `by.${key}`, values)
  if (row.personId && row.notice.startsWith('volunteer.')) {
    const volunteer = await volunteerOfPerson(read, row.personId)
    return volunteer ? by('volunteer', await volunteerName(read, volunteer.id)) : by('resident')
  }
  if (row.notice === 'parent.letter') {
    const letter = await letterById(read, row.cause)
    const child = letter && (await childById(read, letter.childId))
    return by('parent', { name: child?.pseudonym ?? '' })
  }
  if (row.personId && row.caseId && row.notice.startsWith('side.')) {
    const party = await partyOf(read, row.caseId, row.personId)
    return by(party ? `side.${party.side}` : 'resident')
  }
  if (row.staffId) return (await staffName(read, row.staffId)) ?? ''
  const [kind, id = ''] = row.recipient.split(':')
  return kind === 'unit' ? officeName(parts, id) : by('resident')
}

async function lostNotice(parts: ApiParts, request: FastifyRequest, row: NoticeRow): Promise<LostNotice> {
  const { read } = parts.house.store
  const of = row.caseId ? await caseById(read, row.caseId) : null
  return {
    id: row.id,
    notice: row.notice,
    case: of?.code ?? null,
    recipient: await recipientOf(parts, request, row),
    tries: await triesOf(read, row.id),
    at: row.createdAt,
  }
}

const clear = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ById; Body: Clearing }>) => {
  const { id } = request.params
  await given(parts, await clearNotice(parts.house, request.staff!.who, id, request.body.how))
  return { ok: true }
}

const invariant = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { members } = request.staff!.who
  if (!members.some(member => mayOffice(member.role, 'seeBoard'))) return refuse('notAllowed')
  return brokenPromises(parts.house.store.read)
}
