import type { FastifyInstance, FastifyRequest } from 'fastify'
import { deskOf } from '../actions/care/desk.ts'
import { cares } from '../actions/care/registry.ts'
import { REPORT_NUMBERS } from '../rules/care/report.ts'
import { type AbsenceRow, absenceReason, absencesFrom } from '../store/care/absences.ts'
import { lettersOf, letterText } from '../store/care/letters.ts'
import { openNeeds, reportsOf } from '../store/care/needs.ts'
import { volunteerName } from '../store/care/volunteers.ts'
import { staffName } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { careWords } from './present-care.ts'
import { type AbsenceLine, careRoutes } from './schemas-care.ts'
import { needLine } from './staff-care.ts'

/** What waits on the coordinator's desk: absences, needs, mandatory reports, letters. */
export function careLists(app: FastifyInstance, parts: ApiParts): void {
  app.get('/care/absences', { schema: careRoutes.absences }, async request => ({
    absences: await absences(parts, request),
  }))
  app.get('/care/needs', { schema: careRoutes.needs }, async request => ({
    needs: await needs(parts, request),
  }))
  app.get('/care/letters', { schema: careRoutes.letters }, async request => ({
    letters: await letters(parts, request),
  }))
}

/** Mandatory reports: the coordinator's whole, the village's child director's without a word of what was told. */
export const reportsRoute = (app: FastifyInstance, parts: ApiParts): void =>
  void app.get('/care/reports', { schema: careRoutes.reports }, async request => ({
    reports: await reports(parts, request),
  }))

/** Absences of today and later of the volunteers of the area, and one's own. */
export async function absences(parts: ApiParts, request: FastifyRequest): Promise<AbsenceLine[]> {
  const { house } = parts
  const { who } = request.staff!
  const all = await deskOf(house, house.store.read, who)
  const mine = new Set([`staff:${who.staffId}`, ...all.volunteers.map(row => `volunteer:${row.id}`)])
  const rows = (await absencesFrom(house.store.read, all.today)).filter(row => mine.has(row.who))
  return Promise.all(rows.map(row => absenceLine(parts, row, all)))
}

async function absenceLine(
  { house }: ApiParts,
  row: AbsenceRow,
  all: Awaited<ReturnType<typeof deskOf>>,
): Promise<AbsenceLine> {
  const { read } = house.store
  const [kind, id = ''] = row.who.split(':')
  const nameOf = async (one: string) =>
    (kind === 'staff' ? await staffName(read, one) : (await volunteerName(read, one)).name) ?? ''
  return {
    id: row.id,
    who: kind === 'staff' ? 'me' : id,
    name: await nameOf(id),
    fromDate: row.fromDate,
    toDate: row.toDate,
    reason: await absenceReason(read, row.id),
    cover: row.coverId ? { id: row.coverId, name: await nameOf(row.coverId) } : null,
    children: all.children
      .filter(({ pairing }) => pairing?.volunteerId === id)
      .map(({ child }) => child.pseudonym),
  }
}

export async function oneAbsence(parts: ApiParts, request: FastifyRequest, id: string): Promise<AbsenceLine> {
  return (await absences(parts, request)).find(line => line.id === id) ?? refuse('notFound')
}

const mine = <T extends { unitId: string }>(
  { house }: ApiParts,
  request: FastifyRequest,
  rows: readonly T[],
) => rows.filter(row => cares(house, request.staff!.who, 'coordinate', row.unitId))

export async function needs(parts: ApiParts, request: FastifyRequest) {
  const rows = mine(parts, request, await openNeeds(parts.house.store.read))
  return rows.map(row => needLine(parts, languageOf(request), row))
}

const MOST = 200

/**
 * Mandatory reports, those not made first. Nothing says who reported. Who does not coordinate sees the open ones of their own village, by
 * pseudonym and time alone.
 */
export async function reports(parts: ApiParts, request: FastifyRequest) {
  const language = languageOf(request)
  const all = await reportsOf(parts.house.store.read, MOST)
  const whole = mine(parts, request, all)
  const { who } = request.staff!
  const bare = all
    .filter(row => !row.madeAt && !whole.includes(row) && cares(parts.house, who, 'seeCare', row.unitId))
    .map(row => ({ ...row, signs: '', code: null }))
  return [...whole, ...bare].map(
    ({ id, childId, pseudonym, signs, heardAt, dueAt, madeTo, madeAt, code }) => ({
      ...{ id, heardAt, dueAt, madeAt, case: code },
      child: { id: childId, pseudonym },
      signs: signs
        .split(',')
        .filter(Boolean)
        .map(sign => careWords(parts, language, `sign.${sign}`)),
      madeTo: madeTo && careWords(parts, language, `to.${madeTo}`),
      numbers: REPORT_NUMBERS.map(number => ({
        number,
        label: parts.words(language, `bot:call.${number}`),
      })),
    }),
  )
}

export async function letters(parts: ApiParts, request: FastifyRequest) {
  const rows = mine(parts, request, await lettersOf(parts.house.store.read))
  return Promise.all(
    rows.map(async row => ({
      ...{ id: row.id, period: row.period, state: row.state, createdAt: row.createdAt },
      byVolunteer: row.byId !== null,
      child: { id: row.childId, pseudonym: row.pseudonym },
      text: await letterText(parts.house.store.read, row),
    })),
  )
}
