import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Filled, FormHeard } from '../bot/fill.ts'
import type { FormShown } from '../bot/form-words.ts'
import { type District, gridName } from '../district.ts'
import { gridAt } from '../rules/place.ts'
import { ownFileLines } from '../store/files.ts'
import { heardWith } from './brought.ts'
import { refuse } from './errors.ts'
import { externalIdOf, messageOf } from './message.ts'
import type { ApiParts } from './parts.ts'
import { pinyinOf } from './pinyin.ts'
import { plainCaseCode } from './resident-cases.ts'
import {
  type ByFlow,
  type Form,
  formSchemas,
  type Moving,
  type Placed,
  type Places,
  type Position,
} from './schemas-forms.ts'

/** `forms/:flow`: every flow as a form, for the person of the cookie. */
export function formRoutes(own: FastifyInstance, parts: ApiParts): void {
  own.get('/forms/:flow', { schema: formSchemas.form }, see(parts))
  own.post('/forms/:flow', { schema: formSchemas.move }, move(parts))
}

/** `places` and `places/at`, for anybody. */
export function placeRoutes(app: FastifyInstance, parts: ApiParts): void {
  let made: { of: District; places: Places } | undefined
  app.get('/places', { schema: formSchemas.places }, async (_, reply: FastifyReply) => {
    const { district } = parts.house
    if (made?.of !== district) made = { of: district, places: placesOf(district) }
    reply.header('cache-control', 'public, max-age=300')
    return made.places
  })
  app.post(
    '/places/at',
    { schema: formSchemas.placeAt },
    async (request: FastifyRequest<{ Body: Position }>) => placedAt(parts.house.district, request.body),
  )
}

const see = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByFlow }>) => {
  const { personId } = request.resident!
  const seen = await parts.forms.see(request.resident!, request.params.flow)
  if (seen.is === 'unknown') refuse('notFound', { sentence: 'noForm' })
  if (seen.is === 'nothing') refuse('notNow', { words: seen.sentence })
  return withFiles(parts, personId, seen.form)
}

const move = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByFlow; Body: Moving }>) => {
  const { personId, identityId, address } = request.resident!
  const { id } = request.body
  const done = given(
    await parts.forms.fill({
      channel: 'web',
      appId: '-',
      address,
      externalId: externalIdOf(identityId, id),
      move: await moveIn(parts, personId, request.params.flow, request.body),
    }),
  )
  return {
    form: done.form && (await withFiles(parts, personId, done.form)),
    messages: done.replies.map(messageOf),
  }
}

/** The move as the bot hears it; files must be the person's own and ready. */
async function moveIn(
  parts: ApiParts,
  personId: string,
  flow: string,
  body: Moving,
): Promise<FormHeard['move']> {
  if (body.do === 'join')
    return body.how === undefined
      ? refuse('badRequest', { details: [{ field: 'how', why: 'required' }] })
      : { flow, do: 'join', how: body.how }
  if (body.do === 'begin')
    return body.from === undefined
      ? refuse('badRequest', { details: [{ field: 'from', why: 'required' }] })
      : { flow, do: 'begin', from: plainCaseCode(body.from) }
  if (body.do !== 'answer') return { flow, do: body.do }
  const { key, text, value, files, position, unit } = body
  if (key === undefined) return refuse('badRequest', { details: [{ field: 'key', why: 'required' }] })
  const brought = await heardWith(parts, personId, {
    ...(files ? { files } : {}),
    ...(position ? { position } : {}),
    ...(unit === undefined ? {} : { unit }),
  })
  return {
    ...{ flow, do: 'answer', key },
    ...(text === undefined ? {} : { text }),
    ...(value === undefined ? {} : { value }),
    ...brought,
    // None is an answer too: all photos are taken away.
    ...(files && !brought.files ? { files: [] } : {}),
  }
}

/** The good half of what came of a move; the other halves end the request. */
function given(done: Filled): Extract<Filled, { is: 'filled' }> {
  if (done.is === 'filled') return done
  if (done.is === 'unknown') return refuse('notFound', { sentence: 'noForm' })
  if (done.why === 'notNow') return refuse('notNow')
  if (done.key === '') return refuse('notNow', { words: done.sentence })
  return refuse('incomplete', { details: [{ field: done.key, why: done.sentence }] })
}

/** Pictures of the form with what is known of them. */
async function withFiles(parts: ApiParts, personId: string, shown: FormShown): Promise<Form> {
  const ids = shown.questions.flatMap(question => question.files?.map(({ id }) => id) ?? [])
  const lines = new Map(
    (await ownFileLines(parts.house.store.read, personId, ids)).map(line => [line.id, line]),
  )
  const questions = shown.questions.map(({ files, ...question }) => ({
    ...question,
    ...(files ? { files: files.flatMap(({ id }) => lines.get(id) ?? []) } : {}),
  }))
  return { ...shown, questions }
}

/** Every place to pick from by its short name, and how it is typed. */
function placesOf(district: District): Places {
  const short = (code: string, name: string) => district.units.get(code)?.short ?? name
  return {
    towns: district.places.towns.map(({ code, name }) => named({ code, name: short(code, name) })),
    communities: district.places.communities.map(({ code, name, town }) =>
      named({ code, name: short(code, name), town }),
    ),
    estates: district.places.estates.map(named),
    grids: district.grids.map(grid =>
      named({ code: grid.code, name: gridName(district, grid), community: grid.code.slice(0, 12) }),
    ),
  }
}

const named = <T extends { name: string }>(place: T) => ({ ...place, py: pinyinOf(place.name) })

/** The grid a position lies in, by names. */
function placedAt(district: District, { lat, lng }: Position): Placed {
  const unit = gridAt(district.shapes, lat, lng) ?? refuse('notFound', { sentence: 'outside' })
  const grid = district.grids.find(({ code }) => code === unit)
  const nameOf = (code: string) => district.units.get(code)?.short ?? ''
  return {
    unit,
    name: grid ? gridName(district, grid) : nameOf(unit),
    community: nameOf(unit.slice(0, 12)),
    town: nameOf(unit.slice(0, 9)),
  }
}
