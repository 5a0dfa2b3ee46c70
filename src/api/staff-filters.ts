import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FILTERS } from '../rules/cases/filters.ts'
import { CASE_STATES } from '../rules/cases/types.ts'
import { dropFilter, savedBy, saveFilter } from '../store/saved-filters.ts'
import { categoryName } from './category-name.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { type ApiParts, say } from './parts.ts'
import { pinyinOf } from './pinyin.ts'
import { type ByUuid, deskSchemas, type FiltersView, type Saving, type Spelling } from './schemas-desk.ts'

/** Saved filters of the desk, what can be filtered by, and words as they are typed on a Latin keyboard. */
export function filterRoutes(app: FastifyInstance, parts: ApiParts): void {
  app.get('/filters', { schema: deskSchemas.filters }, request => shown(parts, request))
  app.post('/filters', { schema: deskSchemas.save }, save(parts))
  app.post('/filters/:id/remove', { schema: deskSchemas.unsave }, unsave(parts))
  app.post(
    '/pinyin',
    { schema: deskSchemas.pinyin },
    async (request: FastifyRequest<{ Body: Spelling }>) => ({
      py: request.body.words.map(spelt),
    }),
  )
}

/** All states before an end, and all ends. */
const WHOLE = ['open', 'ended']
/** Sets one person may keep. */
const MOST = 40

async function shown(parts: ApiParts, request: FastifyRequest): Promise<FiltersView> {
  const { store, district } = parts.house
  const language = languageOf(request)
  return {
    saved: await savedBy(store.read, request.staff!.who.staffId),
    categories: district.categories.map(({ key }) => ({ key, name: categoryName(parts, key, language) })),
    states: [
      ...WHOLE.map(key => ({ key, name: say(parts, language, `whole.${key}`) })),
      ...CASE_STATES.map(key => ({ key, name: say(parts, language, `state.${key}`) })),
    ],
  }
}

const save = (parts: ApiParts) => async (request: FastifyRequest<{ Body: Saving }>) => {
  const { store, now } = parts.house
  const { staffId } = request.staff!.who
  const name = request.body.name.trim()
  const query = plain(request.body.query)
  if (!name || !query)
    return refuse('incomplete', { details: [{ field: name ? 'query' : 'name', why: 'required' }] })
  const kept = await savedBy(store.read, staffId)
  if (kept.length >= MOST && !kept.some(one => one.name === name)) return refuse('tooMany')
  await store.write(tx => saveFilter(tx, staffId, { name, query }, now()), staffId)
  return shown(parts, request)
}

/** The known filters of an address in one order, and nothing else of it. */
function plain(query: string): string {
  const given = new URLSearchParams(query)
  const kept = FILTERS.flatMap(name => {
    const value = given.get(name)
    return value && value.length <= 40 ? [[name, value] as [string, string]] : []
  })
  return new URLSearchParams(kept).toString()
}

const unsave = (parts: ApiParts) => async (request: FastifyRequest<{ Params: ByUuid }>) => {
  const { staffId } = request.staff!.who
  const dropped = await parts.house.store.write(tx => dropFilter(tx, staffId, request.params.id), staffId)
  return dropped ? shown(parts, request) : refuse('notFound')
}

/** Words of the desk are asked for again and again. */
const known = new Map<string, string>()
const MOST_KNOWN = 5_000

function spelt(words: string): string {
  const found = known.get(words)
  if (found !== undefined) return found
  if (known.size >= MOST_KNOWN) known.clear()
  const py = pinyinOf(words)
  known.set(words, py)
  return py
}
