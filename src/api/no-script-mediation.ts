import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from './language.ts'
import type { SendPage } from './shell.ts'
import { askOf } from './shell-data.ts'

/** A letter's code, and what a side may not be kept from by a missing script: to agree, to refuse, to write, to answer a reminder. */

type Posted = FastifyRequest<{
  Params: { '*'?: string }
  Body: { token?: string; do?: string; text?: string } | undefined
}>
type Known = (app: FastifyInstance, request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** Letters of an invitation's code, dashes apart. */
const LETTERS = 12
const LIMIT = { rateLimit: { max: 60, timeWindow: 60_000 } }

/** `POST /m`, `/m/<token>` and `/mediations/<code>`, urlencoded: one step, then the page that stands next. */
export function noScriptMediation(app: FastifyInstance, sendPage: SendPage, known: Known): void {
  const route = { schema: { hide: true }, config: LIMIT } as const
  const opening = (request: FastifyRequest, reply: FastifyReply) =>
    opened(app, sendPage, known, request as Posted, reply)
  app.post('/m', route, opening)
  app.post('/m/*', route, opening)
  app.post('/mediations/*', route, (request, reply) => stepped(app, sendPage, request as Posted, reply))
}

/** The invitation is opened: its mediation, or the same page with what is wrong. */
async function opened(
  app: FastifyInstance,
  sendPage: SendPage,
  known: Known,
  request: Posted,
  reply: FastifyReply,
) {
  await known(app, request, reply)
  const typed = (request.params['*'] || request.body?.token || '').slice(0, 60)
  const letters = typed.normalize('NFKC').replace(/[^A-Za-z0-9]/g, '')
  const path = request.params['*'] ? `/m/${request.params['*']}` : '/m'
  if (letters.length !== LETTERS)
    return sendPage(request, reply, { path, status: 422, initial: { invitation: { typed } } })
  const { status, body } = await askOf(app)(request, languageOf(request), 'invitations', { token: letters })
  if (status === 200) return reply.redirect(`/mediations/${(body as { code: string }).code}`, 303)
  return sendPage(request, reply, {
    path,
    status,
    initial: { invitation: { typed, message: messageOf(body) } },
  })
}

const messageOf = (body: unknown): string | undefined =>
  (body as { error?: { message?: string } }).error?.message

/** What a button of the page means at the door of the service. */
function meant({ do: deed, text = '' }: NonNullable<Posted['body']>): [path: string, body: object] | null {
  const words = text.trim().slice(0, 2000)
  if (deed === 'consent') return ['steps/consent', {}]
  if (deed === 'rebuff') return ['steps/rebuff', words ? { text: words } : {}]
  if (deed === 'words' && words) return ['words', { text: words }]
  if (deed === 'coming' || deed === 'move') return ['coming', { answer: deed }]
  return null
}

async function stepped(app: FastifyInstance, sendPage: SendPage, request: Posted, reply: FastifyReply) {
  const code = (request.params['*'] ?? '').slice(0, 40)
  const path = `/mediations/${encodeURIComponent(code)}`
  // To refuse is asked once more, with what it means.
  if (request.body?.do === 'doubt') return sendPage(request, reply, { path, initial: { doubt: true } })
  const step = meant(request.body ?? {})
  if (!step) return reply.redirect(path, 303)
  const at = `mediations/${encodeURIComponent(code)}/${step[0]}`
  const { status, body } = await askOf(app)(request, languageOf(request), at, step[1])
  if (status === 200) return reply.redirect(path, 303)
  return sendPage(request, reply, { path, status, initial: { refused: messageOf(body) ?? '' } })
}
