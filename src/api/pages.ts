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

/** An address nobody has: the resident front says so kindly to people, plain words to whatever reads no HTML. */
const unknown = (parts: ApiParts) => {
  const front = join(parts.webRoot, 'resident', 'index.html')
  return (request: FastifyRequest, reply: FastifyReply) => {
    if (/^\/(api|ws)(\/|$)/.test(request.url)) throw new Refused('notFound')
    reply.code(404).header('cache-control', 'no-cache')
    if (request.headers.accept?.includes('text/html') && existsSync(front))
      return reply.type('text/html; charset=utf-8').send(readFileSync(front))
    return reply.type('text/plain; charset=utf-8').send(say(parts, languageOf(request), 'page.unknown'))
  }
}
