import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CalendarSession, Closing, Closure, PanelCalendar } from '../../wire/mediation-desk.ts'
import { roomsOf } from '../actions/book-session.ts'
import { closeTime, reopenTime } from '../actions/close-time.ts'
import { dayOf } from '../actions/house.ts'
import { type Panel, panelOf } from '../actions/mediation-look.ts'
import { calendarOf } from '../district.ts'
import { feedOf } from '../papers/feed.ts'
import { hoursOf } from '../rules/calendar/opening.ts'
import { isWorkingDay } from '../rules/calendar/working-time.ts'
import type { Language } from '../rules/people/language.ts'
import { mayCloseTime } from '../rules/people/may.ts'
import { type ClosureRow, closuresIn } from '../store/closures.ts'
import { addFeed, endFeed, feedByToken, feedsOf } from '../store/feeds.ts'
import { codesOfCases, figuresOf } from '../store/mediations.ts'
import { mediatorResource, type SessionRow, sessionsIn, sessionsOfResource } from '../store/sessions.ts'
import { staffNames } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { panelsOf } from './mediation-desk.ts'
import { sendCalendar } from './mediation-papers.ts'
import { mediated } from './mediation-refusals.ts'
import { daysOf } from './mediation-sides.ts'
import type { ApiParts } from './parts.ts'
import { med, mediatorsView, panelName } from './present-mediation-parts.ts'
import { type ByCode, type Days, type FeedWish, mediationSchemas } from './schemas-mediation.ts'

const DAY = 86_400_000
const MOST_DAYS = 42

/** A panel's calendar, its figures, and feeds for the calendars of mediators and rooms. */
export function mediationCalendar(app: FastifyInstance, parts: ApiParts): void {
  app.get('/panels/:code/calendar', { schema: mediationSchemas.calendar }, calendar(parts))
  app.post('/panels/:code/closures', { schema: mediationSchemas.close }, close(parts))
  app.post('/closures/:id/end', { schema: mediationSchemas.reopen }, reopen(parts))
  app.get('/panels/:code/figures', { schema: mediationSchemas.figures }, figures(parts))
  app.get('/feeds', { schema: mediationSchemas.feeds }, async (request: FastifyRequest) => ({
    feeds: (await feedsOf(parts.house.store.read, request.staff!.who.staffId)).map(
      ({ id, resource, createdAt }) => ({ id, resource, createdAt }),
    ),
  }))
  app.post('/feeds', { schema: mediationSchemas.makeFeed }, makeFeed(parts))
  app.post('/feeds/:id/end', { schema: mediationSchemas.endFeed }, dropFeed(parts))
}

/** The feed itself: no log-in, only the secret of its address. */
export function feedRoute(app: FastifyInstance, parts: ApiParts): void {
  app.get('/calendar/:token', { schema: { hide: true } }, feed(parts))
}

/** May somebody look into what belongs to a panel? */
export const mayPanel = (request: FastifyRequest, code: string): boolean => {
  const own = panelsOf(request.staff!.who)
  return own === 'all' || own.includes(code)
}

type Asked = FastifyRequest<{ Params: ByCode; Querystring: Days }>

const calendar =
  (parts: ApiParts) =>
  async (request: Asked): Promise<PanelCalendar> => {
    const { house } = parts
    const { code } = request.params
    if (!house.district.panels.some(panel => panel.code === code) || !mayPanel(request, code))
      return refuse('notFound')
    const { from, to } = daysOf(parts, request.query, MOST_DAYS, 31)
    const panel = panelOf(house.district, code)
    const now = house.now()
    const { read } = house.store
    const [fromAt, toAt] = [shifted(from, -1), shifted(to, 2)]
    const rows = await sessionsIn(read, code, fromAt, toAt, now)
    const codes = await codesOfCases(
      read,
      rows.map(row => row.caseId),
    )
    const names = await staffNames(
      read,
      rows.map(row => row.mediatorId),
    )
    const mediators = await mediatorsView(read, panel, languageOf(request))
    const ids = mediators.map(({ id }) => id)
    return {
      rooms: roomsOf(panel),
      mediators,
      days: daysBetween(from, to).map(date => dayView(parts, code, date)),
      closures: await closuresView(
        parts,
        (await closuresIn(read, fromAt, toAt)).filter(one => isOf(one, panel, ids)),
      ),
      mayClose: request.staff!.who.members.some(member => mayCloseTime(member, code)),
      sessions: rows.map(row => ({
        ...{ id: row.id, code: codes.get(row.caseId) ?? '', startsAt: row.startsAt, endsAt: row.endsAt },
        room: row.roomId,
        mediator: { id: row.mediatorId, name: names.get(row.mediatorId) ?? '' },
        state: row.state as CalendarSession['state'],
        until: row.state === 'held' ? row.heldUntil : null,
        says: saysOf(row),
      })),
    }
  }

/** Of this panel's rooms, or of one of its mediators wherever else they work. */
const isOf = ({ resource, panel }: ClosureRow, { code }: Panel, mediators: readonly string[]): boolean =>
  panel === code || mediators.some(id => resource === mediatorResource(id))

async function closuresView({ house }: ApiParts, rows: readonly ClosureRow[]): Promise<Closure[]> {
  const names = await staffNames(
    house.store.read,
    rows.map(row => row.madeById),
  )
  return rows.map(({ id, resource, startsAt, endsAt, reason, madeById }) => ({
    ...{ id, resource, startsAt, endsAt, reason },
    by: names.get(madeById) ?? '',
  }))
}

const saysOf = ({ state, applicantSays, otherSays }: SessionRow): CalendarSession['says'] => {
  const said = [applicantSays, otherSays]
  if (state !== 'booked') return null
  if (said.includes('move')) return 'move'
  return said.every(one => one === 'coming') ? 'both' : said.includes('coming') ? 'one' : null
}

const close = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByCode; Body: Closing }>) => {
  const { code } = request.params
  const { startsAt, endsAt, reason, resource } = request.body
  if (!parts.house.district.panels.some(panel => panel.code === code) || !mayPanel(request, code))
    return refuse('notFound')
  const wish = {
    ...{ resource, reason },
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
  }
  const done = await closeTime(parts.house, request.staff!.who, code, wish)
  const { closures } = await mediated(parts, languageOf(request), done)
  return { closures: await closuresView(parts, closures) }
}

const reopen =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
    const done = await reopenTime(parts.house, request.staff!.who, request.params.id)
    await mediated(parts, languageOf(request), done)
    return reply.code(204).send()
  }

const shifted = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString()

const daysBetween = (from: string, to: string): string[] => {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1
  return Array.from({ length: count }, (_, n) => shifted(from, n).slice(0, 10))
}

function dayView({ house }: ApiParts, code: string, date: string) {
  const cal = calendarOf(house.district, code)
  const times = panelOf(house.district, code).hours.map(frame => ({ ...frame, holidays: 'closed' as const }))
  return {
    date,
    open: hoursOf(cal, times, date).map(([from, to]) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
    holiday: !isWorkingDay(cal, date).working,
  }
}

/** Figures by panel, without names. */
const figures = (parts: ApiParts) => async (request: Asked) => {
  const { code } = request.params
  const { panels } = parts.house.district
  const wanted = panels.filter(
    panel => (code === 'all' || panel.code === code) && mayPanel(request, panel.code),
  )
  if (wanted.length === 0) return refuse('notFound')
  const today = dayOf(parts.house, parts.house.now())
  const { from = shifted(today, -365).slice(0, 10), to = today } = request.query
  const language = languageOf(request)
  const out = []
  for (const panel of wanted)
    out.push({
      panel: { code: panel.code, name: panelName(panel, language) },
      ...(await figuresOf(parts.house.store.read, panel.code, shifted(from, -1), shifted(to, 1))),
    })
  return { figures: out }
}

/** `mediator:<id>` is one's own; `room:P01.0` a room of a panel one works in; the secretary may have both. */
function mayFeed(parts: ApiParts, request: FastifyRequest, resource: string): boolean {
  const { who } = request.staff!
  if (resource === `mediator:${who.staffId}`) return true
  const room = /^room:(P\d\d)\.(\d{1,2})$/.exec(resource)
  if (!room) return false
  const panel = parts.house.district.panels.find(one => one.code === room[1])
  return panel !== undefined && mayPanel(request, panel.code) && Number(room[2]) < panel.rooms.length
}

const makeFeed = (parts: ApiParts) => async (request: FastifyRequest<{ Body: FeedWish }>) => {
  const { resource } = request.body
  if (!mayFeed(parts, request, resource)) return refuse('notFound')
  const token = randomBytes(24).toString('base64url')
  const madeById = request.staff!.who.staffId
  const { house, config } = parts
  const row = await house.store.write(tx => addFeed(tx, { resource, madeById, token }, house.now()))
  const origin = config.publicUrl ?? `${request.protocol}://${request.host}`
  return { id: row.id, resource, createdAt: row.createdAt, url: `${origin}/calendar/${token}.ics` }
}

const dropFeed =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
    const { house } = parts
    const ended = await house.store.write(tx =>
      endFeed(tx, request.params.id, request.staff!.who.staffId, house.now()),
    )
    return ended ? reply.code(204).send() : refuse('notFound')
  }

/** Days a feed looks back and ahead. */
const FEED_BACK = 31
const FEED_AHEAD = 120

const feed =
  (parts: ApiParts) =>
  async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply) => {
    const { house, config } = parts
    const { read } = house.store
    const row = await feedByToken(read, request.params.token.replace(/\.ics$/, ''))
    if (!row) return refuse('notFound')
    const now = house.now()
    const today = now.slice(0, 10)
    const sessions = await sessionsOfResource(
      read,
      row.resource,
      shifted(today, -FEED_BACK),
      shifted(today, FEED_AHEAD),
    )
    const codes = await codesOfCases(
      read,
      sessions.map(one => one.caseId),
    )
    const language = languageOf(request)
    const host = config.publicUrl ? new URL(config.publicUrl).host : 'huiyin'
    const events = sessions.map(one => eventOf(parts, one, codes.get(one.caseId) ?? '', language))
    return sendCalendar(reply, feedOf(house.district.name, events, host, now))
  }

/** Case code, panel, room: no names. */
function eventOf(parts: ApiParts, row: SessionRow, code: string, language: Language) {
  const panel = panelOf(parts.house.district, row.panel)
  return {
    id: row.id,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    summary: `${med(parts, language, 'calendar.title', { code })} ${panelName(panel, language)}`,
    location: roomsOf(panel).find(room => room.id === row.roomId)?.name ?? '',
  }
}
