import { createHash, randomUUID } from 'node:crypto'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from './language.ts'
import { noScriptMediation } from './no-script-mediation.ts'
import { checkOrigin } from './origin.ts'
import type { ApiParts } from './parts.ts'
import { RESIDENT_COOKIE } from './resident-session.ts'
import type { Message } from './schemas.ts'
import type { Form } from './schemas-forms.ts'
import type { SendPage } from './shell.ts'
import { askOf } from './shell-data.ts'

/**
 * The forms as a browser sends them without a script. Each is turned into the same move over the same door
 * (`POST /api/resident/forms/:flow`); here is only what the script would have done around it.
 */

/** Fields of a sent form, as the pages name them. */
interface Sent {
  id?: string
  do?: string
  key?: string
  text?: string
  value?: string
}
type Posted = FastifyRequest<{ Params: { '*': string }; Body: Sent | undefined }>
type Question = Form['questions'][number]

/** What the service said to a move. */
interface Moved {
  form?: Form | null
  messages?: Message[]
  error?: { message: string; details?: { field: string; why: string }[] }
}

/** New persons one client may make a minute by sending a form; as with sessions. */
const LIMIT = { rateLimit: { max: 120, timeWindow: 60_000 } }
/** Flows whose last answer is the wish itself: nothing to look over. */
const AT_ONCE: readonly string[] = ['status', 'myData']
/** In place of sending, as the buttons of the check page name it. */
const JOIN = /^join\.(followTell|follow|add|hurry)$/
const MOVES = ['answer', 'send', 'leave', 'chat']
const ID = /^[A-Za-z0-9_-]{1,40}$/

/** `POST /form/:flow` and `POST /lookup`, urlencoded: one step, then the page that stands next. */
export async function noScriptForms(app: FastifyInstance, parts: ApiParts, sendPage: SendPage) {
  await app.register(formbody)
  app.addHook('onRequest', checkOrigin(parts.config))
  const route = { schema: { hide: true }, config: LIMIT } as const
  app.post('/form/*', route, (request, reply) => step(app, sendPage, request as Posted, reply))
  noScriptMediation(app, sendPage, knownFrom)
  app.post('/lookup', route, (request, reply) => lookedUp(app, sendPage, request as Asked, reply))
}

type Asked = FastifyRequest<{ Body: { code?: string; queryCode?: string } | undefined }>

/** A number and its query code: the same page with what was found, or with what is wrong beside the fields. */
async function lookedUp(app: FastifyInstance, sendPage: SendPage, request: Asked, reply: FastifyReply) {
  const { code = '', queryCode = '' } = request.body ?? {}
  const asked = { code: code.slice(0, 40), queryCode: queryCode.slice(0, 20) }
  const { status, body } = await askOf(app)(request, languageOf(request), 'lookup', asked)
  const said = status === 200 ? { found: body } : { message: (body as Moved).error?.message }
  return sendPage(request, reply, {
    path: '/lookup',
    status,
    initial: { lookup: { ...asked, ...said } },
  })
}

async function step(app: FastifyInstance, sendPage: SendPage, request: Posted, reply: FastifyReply) {
  await knownFrom(app, request, reply)
  const flow = request.params['*']
  const door = askOf(app)
  const at = `forms/${encodeURIComponent(flow)}`
  const language = languageOf(request)
  const sent = request.body ?? {}
  const form = sent.do === 'send' ? undefined : (await door(request, language, at)).body
  const { move, question } = moveOf(sent, form as Form | undefined)
  if (move === null) return reply.redirect(address(flow, null), 303)
  const tell = async (body: object) => {
    const answer = await door(request, language, at, { id: idOf(sent, body), ...body })
    return { status: answer.status, ...(answer.body as Moved) }
  }
  let moved = await tell(move)
  const isAtEnd = moved.form?.current === null && AT_ONCE.includes(flow)
  if (isAtEnd && move.do === 'answer') moved = await tell({ do: 'send' })
  return next(sendPage, request, reply, { flow, sent, move, key: question?.key ?? '', moved })
}

interface Taken {
  flow: string
  sent: Sent
  move: { do: string }
  /** The question answered, or empty. */
  key: string
  moved: Moved & { status: number }
}

/** What follows a move: the page again with what is wrong, what came of the form, or the next question. */
function next(sendPage: SendPage, request: Posted, reply: FastifyReply, taken: Taken) {
  const { flow, sent, move, key, moved } = taken
  const { form, messages = [], error, status } = moved
  const page = (path: string, said: object, code: number) =>
    sendPage(request, reply, { path, status: code, initial: { [`formStep:${flow}`]: said } })
  if (error) {
    const details = error.details?.length ? error.details : [{ field: key, why: error.message }]
    const entry = key ? { entry: { text: sent.text ?? '', value: sent.value ?? '' } } : {}
    return page(address(flow, key), { details, message: error.message, shown: key, ...entry }, status)
  }
  if (form === null) return page(address(flow, null), { messages, ended: true }, 200)
  // An emergency card is seen at once, whatever comes next.
  const alarm = messages.some(({ body }) => body.card?.kind === 'emergency')
  if (alarm) return page(address(flow, form?.current ?? null), { messages }, 200)
  if (move.do === 'leave') return reply.redirect('/', 303)
  if (move.do === 'chat') return reply.redirect('/chat', 303)
  return reply.redirect(address(flow, form?.current ?? null), 303)
}

const address = (flow: string, key: string | null) =>
  `/form/${encodeURIComponent(flow)}${key ? `?edit=${encodeURIComponent(key)}` : ''}`

/** The move a sent form means; null when a question nobody must answer is passed by. */
function moveOf(sent: Sent, form: Form | undefined) {
  const named = form?.questions?.find(({ key }) => key === sent.key)
  const question = named ?? form?.questions?.find(({ key }) => key === form.current) ?? form?.questions?.[0]
  const how = JOIN.exec(sent.do ?? '')?.[1]
  if (how) return { move: { do: 'join', how }, question: undefined }
  if (sent.do && sent.do !== 'answer' && MOVES.includes(sent.do))
    return { move: { do: sent.do }, question: named }
  if (sent.do !== 'skip') return { move: answerOf(sent, question), question }
  const pass = question && passing(question)
  const move = pass === undefined ? null : { do: 'answer', key: question!.key, value: pass }
  return { move, question }
}

/** A choice counts unless words were written besides; photos need a script, so those there stay and none is none. */
function answerOf(sent: Sent, question: Question | undefined) {
  const { text = '', value = '' } = sent
  const key = question?.key ?? sent.key ?? ''
  if (question?.kind === 'photos') {
    const files = question.files?.map(({ id }) => id) ?? []
    const pass = passing(question)
    return { do: 'answer', key, ...(files.length || pass === undefined ? { files } : { value: pass }) }
  }
  const isWritten = text.trim() !== '' && text !== question?.raw
  return value && !isWritten ? { do: 'answer', key, value } : { do: 'answer', key, text }
}

const passing = (question: Question): string | undefined =>
  question.choices?.find(({ value }) => value.startsWith('!'))?.value

/** The same form sent twice is one move; sent again with other words it is another. */
function idOf({ id }: Sent, body: object): string {
  const made = id && ID.test(id) ? id : randomUUID().replaceAll('-', '')
  return `${made}.${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}`
}

/** Makes the anonymous person a script would have made, and gives the browser its cookie. */
async function knownFrom(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/resident/session',
    payload: {},
    cookies: request.cookies as Record<string, string>,
    remoteAddress: request.ip,
    headers: { 'accept-language': request.headers['accept-language'] ?? '', host: request.host },
  })
  const cookies = answer.headers['set-cookie']
  if (cookies) reply.header('set-cookie', cookies)
  const made = answer.cookies.find(({ name }) => name === RESIDENT_COOKIE)
  if (made) request.cookies[RESIDENT_COOKIE] = made.value
}
