import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../rules/people/language.ts'
import { languageOf } from './language.ts'
import type { ApiParts } from './parts.ts'
import { isSameForAll, PAGES, pageData } from './shell-data.ts'
import { fill, type Look, lookOf, type Manifest, readManifest } from './shell-html.ts'

/** The front's own side of this: `web/resident/shell.ts`, built to `dist/shell`. */
type Render = (asked: {
  path: string
  language: Language
  look: Look
  initial: Record<string, unknown>
}) => Promise<{ html: string; title: string; noscript: string; modules: string[] }>

/** Something to say on a page that was not fetched for it: the answer to a form sent without a script. */
export interface Saying {
  /** The address to draw, where it is not the one asked for. */
  path?: string
  initial?: Record<string, unknown>
  status?: number
}

/** Sends a page of the resident front, drawn as far as it can be read without its script. */
export type SendPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  saying?: Saying,
) => Promise<FastifyReply>

/** Drawn pages without anybody's data are kept by address, language and look: so many, and for so long (ms), for a hotline opens and closes. */
const MOST_KEPT = 500
const KEPT_FOR = 60_000
/** Where pages nobody has are drawn. */
const NOWHERE = '/nowhere'

interface Kept {
  html: string
  until: number
}

interface Front {
  template: string
  manifest: Manifest
  render: Render
}

/** Makes the sender of drawn pages. The front's code is loaded with the first page; a fault in it leaves the plain page. */
export function shellOf(app: FastifyInstance, parts: ApiParts): SendPage {
  const front = frontOf(parts.webRoot)
  const dataOf = pageData(app, parts)
  const kept = new Map<string, Kept>()
  // What was drawn of the district as it stood is drawn anew.
  parts.standing.onSwap(() => kept.clear())

  async function drawn(request: FastifyRequest, pattern: string, saying: Saying) {
    const language = languageOf(request)
    const look = lookOf(request.cookies.hy_look)
    const path = pattern === NOWHERE ? NOWHERE : (saying.path ?? pathOf(request, pattern))
    const open = saying.initial === undefined && !path.includes('?') && isSameForAll(request, pattern)
    const key = `${language} ${Object.values(look).join(' ')} ${path}`
    const ready = open ? kept.get(key) : undefined
    if (ready && ready.until > Date.parse(parts.house.now())) return { html: ready.html, personal: false }
    const data = await dataOf(request, pattern, language)
    const personal = data.personal || !open
    const { template, manifest, render } = await front()
    const initial = { ...data.initial, ...saying.initial }
    const page = await render({ path, language, look, initial })
    const html = fill(template, manifest, { ...page, language, look, initial })
    if (!personal) keep(kept, key, { html, until: Date.parse(parts.house.now()) + KEPT_FOR })
    return { html, personal }
  }

  return async (request, reply, saying = {}) => {
    const asked = request.routeOptions.url ?? NOWHERE
    const pattern = PAGES.includes(asked) ? asked : NOWHERE
    const { html, personal } = await drawn(request, pattern, saying).catch((fault: Error) => {
      // Where no front was built there is nothing to draw and nothing wrong.
      if (existsSync(shellFile(parts.webRoot)))
        request.log.error({ route: pattern, at: places(fault) }, 'page not drawn')
      return { html: plainPage(parts.webRoot), personal: false }
    })
    if (html === null) {
      reply.callNotFound()
      return reply
    }
    reply
      .code(saying.status ?? 200)
      .header('cache-control', personal ? 'no-store' : 'no-cache')
      .header('vary', 'accept-language, cookie, accept-encoding')
      .type('text/html; charset=utf-8')
    return packed(request, reply, html)
  }
}

const shellFile = (webRoot: string) => join(webRoot, '..', 'shell', 'shell.js')

/** The page as it was built: an empty frame that the script fills. Null where no front was built. */
export function plainPage(webRoot: string): string | null {
  const file = join(webRoot, 'resident', 'index.html')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Loads what draws, once; a failed load is tried again by the next page. */
function frontOf(webRoot: string): () => Promise<Front> {
  let loading: Promise<Front> | undefined
  async function load(): Promise<Front> {
    const { render } = (await import(pathToFileURL(shellFile(webRoot)).href)) as { render: Render }
    const template = plainPage(webRoot)
    if (template === null) throw new Error('no front')
    return { template, manifest: readManifest(webRoot), render }
  }
  return () => {
    loading ??= load().catch(fault => {
      loading = undefined
      throw fault
    })
    return loading
  }
}

/** The address to draw: of the query only what says which question of a form is shown. */
function pathOf(request: FastifyRequest, pattern: string): string {
  const [path = '/'] = request.url.split('?')
  const { edit, code } = request.query as { edit?: unknown; code?: unknown }
  if (pattern !== '/form/*' || (!edit && !code)) return path
  return `${path}?${new URLSearchParams({ ...(edit ? { edit: String(edit) } : {}), ...(code ? { code: String(code) } : {}) })}`
}

function keep(kept: Map<string, Kept>, key: string, page: Kept) {
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, page)
}

/** The places of the stack only: a message might quote what somebody wrote. */
const places = ({ name, stack = '' }: Error) => [
  name,
  ...stack.split('\n').filter(line => /^\s+at /.test(line)),
]

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Pages are small but come over bad lines: packed as the browser understands. */
async function packed(request: FastifyRequest, reply: FastifyReply, html: string): Promise<FastifyReply> {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (/\bbr\b/.test(accepted)) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    }
    return reply.header('content-encoding', 'br').send(await brotlied(html, { params }))
  }
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(await gzipped(html))
  return reply.send(html)
}
