import type { FastifyInstance, FastifyRequest } from 'fastify'
import { comeBack } from '../actions/care/answers.ts'
import { deskOf, volunteerFacts } from '../actions/care/desk.ts'
import { keepVisit } from '../actions/care/desk-visits.ts'
import { keepOn, outlived } from '../actions/care/keeping.ts'
import { letterFacts } from '../actions/care/letters.ts'
import { cares } from '../actions/care/registry.ts'
import { correctFacts, endVolunteer, volunteerPhone } from '../actions/care/volunteers.ts'
import { type VolunteerRow, volunteersOf } from '../store/care/volunteers.ts'
import { staffNames, staffWithRole } from '../store/staff.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { careWords, volunteerLine } from './present-care.ts'
import { given } from './refusals.ts'
import { type CareId, careRoutes, type VolunteerLine } from './schemas-care.ts'
import { type CareMoreBody, careMore as m, type PeriodQuery } from './schemas-care-people.ts'

/** A contact told by telephone: the coordinator's, or the child director's of the village. */
export const visitRoute = (app: FastifyInstance, parts: ApiParts): void =>
  void app.post('/care/visits', { schema: m.visit }, visit(parts))

type To<B = unknown> = FastifyRequest<{ Params: CareId; Body: B }>

/** Volunteers and their deputies, contacts told by telephone, how a letter may begin, and records that have outlived their purpose. */
export function carePeople(app: FastifyInstance, parts: ApiParts): void {
  app.get('/care/volunteers', { schema: careRoutes.volunteers }, volunteers(parts))
  app.post('/care/volunteers/:id/correct', { schema: m.correctVolunteer }, correct(parts))
  app.post('/care/volunteers/:id/phone', { schema: m.phone }, phone(parts))
  app.post('/care/volunteers/:id/end', { schema: m.endVolunteer }, end(parts))
  app.get('/care/deputies', { schema: m.deputies }, deputies(parts))
  app.post('/care/absences/:id/end', { schema: m.comeBack }, back(parts))
  app.get('/care/pairings/:id/letter', { schema: m.draft }, draft(parts))
  app.get('/care/kept', { schema: m.kept }, async request => ({ children: await kept(parts, request) }))
  app.post('/care/children/:id/keep', { schema: m.keep }, keep(parts))
}

const volunteers = (parts: ApiParts) => async (request: FastifyRequest) => ({
  volunteers: await volunteerLines(parts, request),
})

async function volunteerLines(parts: ApiParts, request: FastifyRequest): Promise<VolunteerLine[]> {
  const { house } = parts
  const all = await deskOf(house, house.store.read, request.staff!.who)
  return Promise.all(
    [...all.volunteers, ...(await wholeDistrict(parts, all.volunteers))].map(async row =>
      volunteerLine(parts, languageOf(request), await volunteerFacts(house, house.store.read, row, all)),
    ),
  )
}

/** Volunteers of the whole district may be paired by every coordinator. */
async function wholeDistrict({ house }: ApiParts, own: readonly VolunteerRow[]) {
  const known = new Set(own.map(row => row.id))
  const rows = await volunteersOf(house.store.read)
  return rows.filter(row => row.unitId === house.district.code && !row.endedAt && !known.has(row.id))
}

/** One volunteer as the list shows them. */
export const oneVolunteer = async (parts: ApiParts, request: FastifyRequest, id: string) =>
  (await volunteerLines(parts, request)).find(line => line.id === id) ?? refuse('notFound')

const correct = (parts: ApiParts) => async (request: To<CareMoreBody<'facts'>>) => {
  const { unit, body = null, ...facts } = request.body
  const { id } = request.params
  await given(
    parts,
    await correctFacts(parts.house, request.staff!.who, id, { ...facts, unitId: unit, body }),
  )
  return oneVolunteer(parts, request, id)
}

const phone = (parts: ApiParts) => async (request: To<CareMoreBody<'phone'>>) => {
  const { reason } = request.body
  const found = await given(
    parts,
    await volunteerPhone(parts.house, request.staff!.who, request.params.id, reason),
  )
  return { phone: found.phone }
}

const end = (parts: ApiParts) => async (request: To) => {
  await given(parts, await endVolunteer(parts.house, request.staff!.who, request.params.id))
  return { ended: true }
}

/** Other coordinators, one of whom may stand in for who is away. */
const deputies = (parts: ApiParts) => async (request: FastifyRequest) => {
  const { read } = parts.house.store
  const me = request.staff!.who.staffId
  const names = await staffNames(read, await staffWithRole(read, 'careCoordinator'))
  return { deputies: [...names].filter(([id]) => id !== me).map(([id, name]) => ({ id, name })) }
}

const back = (parts: ApiParts) => async (request: To) => {
  await given(parts, await comeBack(parts.house, request.staff!.who, request.params.id))
  return { ended: true }
}

const visit = (parts: ApiParts) => async (request: FastifyRequest<{ Body: CareMoreBody<'visit'> }>) => {
  const { given: help = '', againOn = null, ...facts } = request.body
  const done = await keepVisit(parts.house, request.staff!.who, { ...facts, given: help, againOn })
  const { report } = await given(parts, done)
  return { report }
}

/** The first words of a letter, in Chinese: it is for the parent, whatever language the desk is in. */
const draft =
  (parts: ApiParts) => async (request: FastifyRequest<{ Params: CareId; Querystring: PeriodQuery }>) => {
    const { who } = request.staff!
    const { facts, state } = await given(
      parts,
      await letterFacts(parts.house, who, request.params.id, request.query.period),
    )
    const last = facts.last ? careWords(parts, 'zh-CN', 'letter.last', { last: facts.last }) : ''
    return { text: careWords(parts, 'zh-CN', 'letter.text', { ...facts, last }), state: state ?? 'none' }
  }

async function kept({ house }: ApiParts, request: FastifyRequest) {
  const rows = await outlived(house, house.store.read)
  return rows
    .filter(({ child }) => cares(house, request.staff!.who, 'coordinate', child.unitId))
    .map(({ child, endedOn, keptUntil }) => ({
      child: { id: child.id, pseudonym: child.pseudonym },
      endedOn,
      keptUntil,
    }))
}

const keep = (parts: ApiParts) => async (request: To<CareMoreBody<'keep'>>) => {
  await given(parts, await keepOn(parts.house, request.staff!.who, request.params.id, request.body))
  return { children: await kept(parts, request) }
}
