import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from './errors.ts'
import { languageOf } from './language.ts'
import { type ApiParts, say } from './parts.ts'

const RESIDENT = ['/', '/chat', '/cases', '/cases/*', '/lookup', '/me', '/privacy']
const STAFF = ['/staff', '/staff/*']
const HIDDEN = { schema: { hide: true }, config: { rateLimit: false } } as const

/** The two fronts: their page for each of their addresses, the built files below them, and a kind word for the rest. */
export async function pages(app: FastifyInstance, parts: ApiParts): Promise<void> {
  const { webRoot } = parts
  await app.register(files, { root: webRoot, serve: false })
  for (const path of RESIDENT) app.get(path, HIDDEN, page(webRoot, 'resident'))
  for (const path of STAFF) app.get(path, HIDDEN, page(webRoot, 'staff'))
  app.get('/assets/*', HIDDEN, asset)
  for (const name of ['icon.svg', 'manifest.webmanifest', 'favicon.ico', 'robots.txt'])
    app.get(`/${name}`, HIDDEN, (_, reply) => reply.sendFile(name, { maxAge: '1h' }))
  app.setNotFoundHandler({ preHandler: app.rateLimit({ max: 300, timeWindow: 60_000 }) }, unknown(parts))
}

/** A page is read again after each build: its name does not change, the names of what it loads do. */
function page(root: string, front: string) {
  const file = join(root, front, 'index.html')
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

const unknown = (parts: ApiParts) => (request: FastifyRequest, reply: FastifyReply) => {
  if (/^\/(api|ws)(\/|$)/.test(request.url)) throw new Refused('notFound')
  const language = languageOf(request)
  const sentence = say(parts, language, 'page.unknown')
  const back = say(parts, language, 'page.back')
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>404</title><p>${sentence}</p><p><a href="/">${back}</a></p></html>`,
    )
}
