import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Bubble } from '../bot/channel.ts'
import { plainText } from '../bot/wording.ts'
import { refuse } from './errors.ts'
import { type ApiParts, say } from './parts.ts'
import { cutToReply, type Pushed, readPush, textReply } from './wechat-xml.ts'

interface Query {
  signature?: string
  timestamp?: string
  nonce?: string
  echostr?: string
  encrypt_type?: string
}
type Asked = FastifyRequest<{ Querystring: Query }>

/** WeChat waits five seconds; what is not ready in four is answered `success`. */
const READY_WITHIN = 4000
const NOTHING_TO_SAY = 'success'

/** `/wechat/callback` in plain mode. Without WECHAT_TOKEN there is no such address. */
export function wechatRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { token } = parts.config.wechat
  if (!token) return
  const running = new Map<string, Promise<string>>()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))

  app.get('/wechat/callback', async (request: Asked, reply) => {
    if (!isSigned(token, request.query)) return refuse('notAllowed')
    return reply.type('text/plain; charset=utf-8').send(request.query.echostr ?? '')
  })

  app.post('/wechat/callback', async (request: Asked, reply) => {
    if (!isSigned(token, request.query)) return refuse('notAllowed')
    const pushed = readPush(String(request.body ?? ''))
    if (!pushed) return refuse('badRequest')
    return send(reply, pushed, parts, await answer(parts, running, pushed))
  })
}

/** Constant time: how far a guess was right shows nowhere. */
function isSigned(token: string, { signature, timestamp, nonce }: Query): boolean {
  if (typeof signature !== 'string' || signature.length !== 40) return false
  if (typeof timestamp !== 'string' || typeof nonce !== 'string') return false
  const sorted = [token, timestamp, nonce].sort().join('')
  const wanted = createHash('sha1').update(sorted).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function send(reply: FastifyReply, { FromUserName, ToUserName }: Pushed, { house }: ApiParts, words: string) {
  if (!words) return reply.type('text/plain').send(NOTHING_TO_SAY)
  const seconds = Math.floor(Date.parse(house.now()) / 1000)
  return reply
    .type('application/xml; charset=utf-8')
    .send(textReply(FromUserName, ToUserName, seconds, cutToReply(words)))
}

/** The words to say back; empty when there is nothing to say now. */
function answer(
  parts: ApiParts,
  running: Map<string, Promise<string>>,
  pushed: Pushed,
): string | Promise<string> {
  const { MsgType, Event } = pushed
  if (MsgType === 'event') return Event === 'subscribe' ? say(parts, 'zh-CN', 'wechat.welcome') : ''
  const text = MsgType === 'text' ? pushed.Content : pushed.Recognition
  if (!text || !pushed.MsgId) return say(parts, 'zh-CN', 'wechat.textOnly')
  return withinTime(once(parts, running, { ...pushed, MsgId: pushed.MsgId }, text))
}

/** WeChat asks again while the first try still runs: the repeat waits for the same end. */
function once(
  parts: ApiParts,
  running: Map<string, Promise<string>>,
  { ToUserName, FromUserName, MsgId }: Pushed & { MsgId: string },
  text: string,
): Promise<string> {
  const id = `${FromUserName} ${MsgId}`
  const before = running.get(id)
  if (before) return before
  const heard = {
    channel: 'wechat',
    appId: ToUserName,
    address: FromUserName,
    externalId: MsgId,
    text,
  } as const
  const now = parts
    .receive(heard)
    .then(({ replies }) => replies.map(line => plainText(JSON.parse(line.body) as Bubble)).join('\n\n'))
    .finally(() => running.delete(id))
  running.set(id, now)
  return now
}

function withinTime(words: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>(done => {
    timer = setTimeout(done, READY_WITHIN, '')
  })
  return Promise.race([words, late]).finally(() => clearTimeout(timer))
}
