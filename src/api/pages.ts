import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from './errors.ts'
import { languageOf } from './language.ts'
import { noScriptForms } from './no-script.ts'
import { type ApiParts, say } from './parts.ts'
import { asksWechatFirst, enterPath } from './resident-wechat.ts'
import { plainPage, type SendPage, shellOf } from './shell.ts'
import { PAGES } from './shell-data.ts'

const STAFF = ['/staff', '/staff/*']
const ICONS = ['icon.svg', 'icon-192.png', 'icon-512.png', 'icon-maskable.png', 'apple-touch-icon.png']
const PLAIN = [...ICONS, 'manifest.webmanifest', 'favicon.ico', 'robots.txt']
const HIDDEN = { schema: { hide: true }, config: { rateLimit: false } } as const

/** The two fronts: their page for each of their addresses, the built files below them, and a kind word for the rest. */
export async function pages(app: FastifyInstance, parts: ApiParts): Promise<void> {
  const { webRoot } = parts
  // The build lays a packed copy beside each file.
  await app.register(files, { root: webRoot, serve: false, preCompressed: true })
  const sendPage = shellOf(app, parts)
  for (const path of PAGES)
    app.get(path, HIDDEN, (request, reply) =>
      asksWechatFirst(parts, request) ? reply.redirect(enterPath(request)) : sendPage(request, reply),
    )
  await app.register(scope => noScriptForms(scope, parts, sendPage))
  for (const path of STAFF) app.get(path, HIDDEN, staffPage(webRoot))
  app.get('/assets/*', HIDDEN, asset)
  for (const name of PLAIN) app.get(`/${name}`, HIDDEN, (_, reply) => reply.sendFile(name, { maxAge: '1h' }))
  // What keeps the page for a time without a network is looked at anew each time: a new build must be seen.
  for (const name of ['sw.js', 'shell.html'])
    app.get(`/${name}`, HIDDEN, (_, reply) =>
      reply.header('cache-control', 'no-cache').sendFile(name, { cacheControl: false }),
    )
  app.setNotFoundHandler(
    { preHandler: app.rateLimit({ max: 300, timeWindow: 60_000 }) },
    unknown(parts, sendPage),
  )
}

/** A page is read again after each build: its name does not change, the names of what it loads do. */
function staffPage(root: string) {
  const file = join(root, 'staff', 'index.html')
  const kept = existsSync(file) ? readFileSync(file) : null
  return async (_: FastifyRequest, reply: FastifyReply) => {
    const html = kept ?? (existsSync(file) ? readFileSync(file) : null)
    if (!html) return reply.callNotFound()
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html)
  }
}

/** Built files carry a hash in their name: what was fetched once stays good. */
const asset = (request: FastifyRequest, reply: FastifyReply) =>
  reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, { maxAge: '365d', immutable: true })

/** An address nobody has: the resident front says so kindly to people, plain words to whatever reads no HTML. */
const unknown = (parts: ApiParts, sendPage: SendPage) => {
  return (request: FastifyRequest, reply: FastifyReply) => {
    if (/^\/(api|ws)(\/|$)/.test(request.url)) throw new Refused('notFound')
    reply.code(404).header('cache-control', 'no-cache')
    if (request.headers.accept?.includes('text/html') && plainPage(parts.webRoot) !== null)
      return sendPage(request, reply, { status: 404 })
    return reply.type('text/plain; charset=utf-8').send(say(parts, languageOf(request), 'page.unknown'))
  }
}
