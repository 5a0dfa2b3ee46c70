import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Language } from '../rules/people/language.ts'
import { LANGUAGE_COOKIE } from './language.ts'
import { type ApiParts, say } from './parts.ts'
import { RESIDENT_COOKIE, tokenOf } from './resident-session.ts'

/** What a drawn page is given, by the names the front asks for; `personal` when any of it is somebody's own. */
export interface PageData {
  initial: Record<string, unknown>
  personal: boolean
}

/** One thing a page needs: its name in the front, and where under `/api/resident/` it is. `none`: what a newcomer has of it, else it is not found. */
interface Want {
  name: string
  at: string
  pick?: (body: never) => unknown
  own?: true
  none?: unknown
}

/** A form is drawn from the talk its person already has. */
const FORMS = 'forms/'
const NO_MESSAGES = { messages: [], last: 0, more: false }
const messages = (limit: number): Want => ({
  name: 'messages',
  at: `messages?limit=${limit}`,
  own: true,
  none: NO_MESSAGES,
})
const cases: Want = {
  name: 'cases',
  at: 'cases',
  own: true,
  none: [],
  pick: (body: { cases: unknown }) => body.cases,
}
const mediations: Want = {
  name: 'mediations',
  at: 'mediations',
  own: true,
  none: [],
  pick: (body: { mediations: unknown }) => body.mediations,
}
const district: Want = { name: 'district', at: 'district' }
const services: Want = { name: 'services', at: 'services' }
const panels: Want = { name: 'panels', at: 'panels' }

/** The pages of the resident front and what each needs, by the pattern of its address. `param` is what stands for the star. */
const WANTS: Readonly<Record<string, (param: string) => readonly Want[]>> = {
  '/': () => [district, cases, messages(1)],
  '/chat': () => [messages(50)],
  '/cases': () => [cases, mediations],
  '/lookup': () => [],
  '/me': () => [],
  '/cases/*': code => [{ name: `case:${code}`, at: `cases/${encodeURIComponent(code)}`, own: true }],
  '/mediations/*': code => [
    { name: `mediation:${code}`, at: `mediations/${encodeURIComponent(code)}`, own: true },
  ],
  '/letters/*': id => [{ name: `letter:${id}`, at: `letters/${encodeURIComponent(id)}`, own: true }],
  '/m': () => [],
  '/m/*': () => [],
  '/privacy': () => [district],
  '/guide': () => [services],
  '/guide/*': () => [services],
  '/mediation': () => [panels],
  '/promises': () => [{ name: 'promises:', at: 'promises' }],
  '/promises/*': month => [{ name: `promises:${month}`, at: `promises?month=${encodeURIComponent(month)}` }],
  '/form/*': flow => [{ name: `form:${flow}`, at: `${FORMS}${encodeURIComponent(flow)}` }],
}

/** Patterns of the front's addresses. */
export const PAGES: readonly string[] = Object.keys(WANTS)

/** Pages about one matter, or opened by a secret of their address. */
const OWN: readonly string[] = ['/cases/*', '/mediations/*', '/letters/*', '/m/*']

/** True where what a page shows depends on nobody: on no page about own matters, and on none for a newcomer. */
export const isSameForAll = (request: FastifyRequest, pattern: string): boolean =>
  !OWN.includes(pattern) &&
  (tokenOf(request) === null || !WANTS[pattern]?.('').some(want => want.own || want.at.startsWith(FORMS)))

/**
 * Fetches what a page needs through the service's own door, as its person: the same rights, words and shapes as over REST.
 * What cannot be had is left out, and the front asks for it itself.
 */
export function pageData(app: FastifyInstance, parts: ApiParts) {
  const ask = askOf(app)
  return async (request: FastifyRequest, pattern: string, language: Language): Promise<PageData> => {
    const param = (request.params as { '*'?: string })['*'] ?? ''
    const wants = WANTS[pattern]?.(param) ?? []
    const known = tokenOf(request) !== null
    const found = await Promise.all(wants.map(async want => [want, await fetched(want)] as const))
    const initial: Record<string, unknown> = {}
    for (const [{ name }, { value }] of found) if (value !== undefined) initial[name] = value
    return { initial, personal: found.some(([, { personal }]) => personal) }

    /** The form as nobody has begun it: to look at it makes no person. */
    async function blankForm(flow: string) {
      const seen = await parts.forms.see({ personId: '', language }, decodeURIComponent(flow))
      if (seen.is === 'form') return seen.form
      const [code, message] =
        seen.is === 'nothing' ? ['notNow', seen.sentence] : ['notFound', say(parts, language, 'error.noForm')]
      return { error: { code, message } }
    }

    async function fetched({ at, own, none, pick }: Want) {
      const nothing = none ?? { error: { code: 'notFound', message: say(parts, language, 'error.notFound') } }
      if (own && !known) return { value: nothing, personal: false }
      if (!known && at.startsWith(FORMS))
        return { value: await blankForm(at.slice(FORMS.length)), personal: false }
      const { status, body } = await ask(request, language, at)
      if (status === 401) return { value: nothing, personal: false }
      const personal = own === true || at.startsWith(FORMS)
      if (status === 404 || status === 409) return { value: body, personal }
      return { value: status === 200 ? (pick ? pick(body as never) : body) : undefined, personal }
    }
  }
}

/** One call of our own door: what `request`'s person would get; with a `body` it is a write. Limits see the caller's address. */
export function askOf(app: FastifyInstance) {
  return async (request: FastifyRequest, language: Language, at: string, body?: object) => {
    const token = tokenOf(request)
    const cookies = { [LANGUAGE_COOKIE]: language, ...(token ? { [RESIDENT_COOKIE]: token } : {}) }
    const answer = await app.inject({
      method: body ? 'POST' : 'GET',
      url: `/api/resident/${at}`,
      ...(body ? { payload: body } : {}),
      cookies,
      remoteAddress: request.ip,
      headers: { accept: 'application/json' },
    })
    return { status: answer.statusCode, body: answer.json() as unknown }
  }
}
