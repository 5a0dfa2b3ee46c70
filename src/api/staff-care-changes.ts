import type { FastifyInstance, FastifyRequest } from 'fastify'
import { changeCarer, enterCarer, newCarerCode } from '../actions/care/carers.ts'
import { historyOf, moveTo, renameTo } from '../actions/care/changes.ts'
import { tellReporter } from '../actions/care/report-sheet.ts'
import { reportWorry } from '../actions/care/worry.ts'
import { staffNames } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import { placeName } from './present-care.ts'
import { given } from './refusals.ts'
import type { CareId } from './schemas-care.ts'
import { type CarerId, type ChangeBody, type ChangeLine, careChanges as c } from './schemas-care-changes.ts'
import { shownChild } from './staff-care.ts'

type To<B = unknown> = FastifyRequest<{ Params: CareId; Body: B }>
type ToCarer<B = unknown> = FastifyRequest<{ Params: CarerId; Body: B }>

/** Parents and carers, another village, another pseudonym, what was agreed to, and who reported: the coordinator's alone. */
export function careChangeVerbs(app: FastifyInstance, parts: ApiParts): void {
  app.post('/care/children/:id/carers', { schema: c.addCarer }, addCarer(parts))
  app.post('/care/children/:id/carers/:carer/correct', { schema: c.correctCarer }, correctCarer(parts))
  app.post('/care/children/:id/carers/:carer/remove', { schema: c.removeCarer }, removeCarer(parts))
  app.post('/care/children/:id/carers/:carer/code', { schema: c.carerCode }, code(parts))
  app.post('/care/children/:id/move', { schema: c.move }, move(parts))
  app.post('/care/children/:id/rename', { schema: c.rename }, rename(parts))
  app.get('/care/children/:id/history', { schema: c.history }, history(parts))
  app.post('/care/reports/:id/reporter', { schema: c.reporter }, reporter(parts))
}

/** "Report a worry": the village's child director may as well. */
export const worryRoute = (app: FastifyInstance, parts: ApiParts): void =>
  void app.post('/care/children/:id/worry', { schema: c.worry }, worry(parts))

const carerAt = ({ params: { id, carer } }: ToCarer) => ({ childId: id, id: carer })

const addCarer = (parts: ApiParts) => async (request: To<ChangeBody<'carer'>>) => {
  const done = await enterCarer(parts.house, request.staff!.who, request.params.id, request.body)
  const { id } = await given(parts, done)
  return { id }
}

const correctCarer = (parts: ApiParts) => async (request: ToCarer<ChangeBody<'carer'>>) => {
  await given(parts, await changeCarer(parts.house, request.staff!.who, carerAt(request), request.body))
  return { changed: true }
}

const removeCarer = (parts: ApiParts) => async (request: ToCarer) => {
  await given(parts, await changeCarer(parts.house, request.staff!.who, carerAt(request), null))
  return { changed: true }
}

const code = (parts: ApiParts) => async (request: ToCarer) => {
  const made = await newCarerCode(parts.house, request.staff!.who, carerAt(request))
  const { code, until } = await given(parts, made)
  return { code, until }
}

const move = (parts: ApiParts) => async (request: To<ChangeBody<'move'>>) => {
  const { unit, ...told } = request.body
  const to = { ...told, unitId: unit }
  await given(parts, await moveTo(parts.house, request.staff!.who, request.params.id, to))
  return { moved: true }
}

const rename = (parts: ApiParts) => async (request: To<ChangeBody<'rename'>>) => {
  const { id } = request.params
  await given(parts, await renameTo(parts.house, request.staff!.who, id, request.body))
  return shownChild(parts, request, id)
}

const history = (parts: ApiParts) => async (request: To) => {
  const found = await historyOf(parts.house, request.staff!.who, request.params.id)
  const { changes } = await given(parts, found)
  const names = await staffNames(
    parts.house.store.read,
    changes.map(({ byId }) => byId),
  )
  return {
    changes: changes.map(
      ({ kind, at, byId, words }): ChangeLine => ({
        ...{ kind, at, staff: names.get(byId) ?? '' },
        words: kind === 'moved' ? { ...words, ...villages(parts, words) } : { ...words },
      }),
    ),
  }
}

/** Villages by name. */
const villages = (parts: ApiParts, { from = '', to = '' }: Readonly<Record<string, string>>) => ({
  from: placeName(parts, from),
  to: placeName(parts, to),
})

const worry = (parts: ApiParts) => async (request: To<ChangeBody<'worry'>>) => {
  const { id } = request.params
  const done = await reportWorry(parts.house, request.staff!.who, id, request.body.words)
  const { report } = await given(parts, done)
  return { report }
}

const reporter = (parts: ApiParts) => async (request: To<ChangeBody<'reporter'>>) => {
  const { id } = request.params
  const found = await tellReporter(parts.house, request.staff!.who, id, request.body.reason)
  const { kind, name } = await given(parts, found)
  return { kind, name }
}
