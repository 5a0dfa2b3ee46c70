import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { follow, keepAgreements, keepResult, leave } from '../actions/wechat-events.ts'
import type { HeardMessage } from '../bot/channel.ts'
import type { Tx } from '../store/db.ts'
import { keepPushed } from '../store/pushed.ts'
import { knowsReceipt, type ReceiptWord } from '../store/receipts.ts'
import { lateIds } from '../wechat/late.ts'
import { type Meant, meaningOf } from '../wechat/push.ts'
import { jsonReply, type Pushed, textReply } from '../wechat/xml.ts'
import { refuse } from './errors.ts'
import { type ApiParts, say } from './parts.ts'
import { type Door, isUrlCheck, openBody, sealReply, type WechatQuery } from './wechat-door.ts'
import { type Answering, makeAnswering } from './wechat-turn.ts'

type Asked = FastifyRequest<{ Querystring: WechatQuery }>

/** Received, nothing to say: never encrypted. */
const NOTHING_TO_SAY = 'success'

/** `/wechat/callback`: plain, compatible and safe mode. Without WECHAT_TOKEN there is no such address. */
export function wechatRoutes(app: FastifyInstance, parts: ApiParts): void {
  const { token, aesKeys, appId } = parts.config.wechat
  if (!token) return
  const door: Door = { token, aesKeys, appId: appId ?? '', now: parts.house.now }
  const answering = makeAnswering(parts)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))

  app.get('/wechat/callback', async (request: Asked, reply) => {
    if (!isUrlCheck(door, request.query)) return refuse('notAllowed')
    return reply.type('text/plain; charset=utf-8').send(request.query.echostr ?? '')
  })

  app.post('/wechat/callback', async (request: Asked, reply) => {
    const opened = openBody(door, request.query, String(request.body ?? ''))
    if (!opened.ok) return refuse(opened.why === 'unsigned' ? 'notAllowed' : 'badRequest')
    const words = await answer(parts, answering, opened.pushed)
    if (words === null) return refuse('notReady')
    if (!words) return reply.type('text/plain').send(NOTHING_TO_SAY)
    const bare = replyOf(parts, opened.pushed, words, opened.json)
    return sent(reply, opened.aesKey ? sealReply(door, opened.aesKey, bare, opened) : bare, opened.json)
  })
}

const sent = (reply: FastifyReply, body: string, json: boolean) =>
  reply.type(`application/${json ? 'json' : 'xml'}; charset=utf-8`).send(body)

function replyOf({ house }: ApiParts, pushed: Pushed, words: string, json: boolean) {
  const seconds = Math.floor(Date.parse(house.now()) / 1000)
  return (json ? jsonReply : textReply)(pushed.FromUserName, pushed.ToUserName, seconds, words)
}

/** The words to say back; empty when there is nothing to say now, null when WeChat shall ask again. */
async function answer(parts: ApiParts, answering: Answering, pushed: Pushed): Promise<string | null> {
  const meant = meaningOf(pushed)
  const at = addressOf(parts, pushed)
  switch (meant.is) {
    case 'said':
      return answering.turn(heardOf(at, meant))
    case 'picture':
      return answering.picture({ ...at, externalId: meant.id, text: '', opens: 'long' }, meant.mediaId)
    case 'unread':
      return answering.turn({ ...at, externalId: meant.id, text: '', opens: 'long', unread: meant.what })
    case 'nothing':
      return ''
    default:
      await once(parts, at, meant)
      return meant.is === 'follow' ? say(parts, 'zh-CN', 'wechat.welcome') : ''
  }
}

type At = Pick<HeardMessage, 'channel' | 'appId' | 'address'>

const addressOf = ({ config }: ApiParts, { ToUserName, FromUserName }: Pushed): At => ({
  channel: 'wechat',
  appId: config.wechat.appId ?? ToUserName,
  address: FromUserName,
})

const heardOf = (
  at: At,
  { id, text, tap, position, opens }: Extract<Meant, { is: 'said' }>,
): HeardMessage => ({
  ...at,
  ...{ externalId: id, text, opens },
  ...(tap ? { tap } : {}),
  ...(position ? { position } : {}),
})

type EventMeant = Extract<Meant, { is: 'follow' | 'leave' | 'result' | 'agreements' | 'results' }>

/** An event is done once, however often it is pushed: that it was stands in the transaction that did it. */
async function once(parts: ApiParts, at: At, meant: EventMeant): Promise<void> {
  const ids = lateIds(parts.house, at, meant.id)
  await parts.house.store.write(async tx => {
    const now = parts.house.now()
    if (await keepPushed(tx, { ...ids, body: null }, now)) await happen(parts, tx, at, meant, now)
  }, ids.who)
}

async function happen(parts: ApiParts, tx: Tx, at: At, meant: EventMeant, now: string): Promise<void> {
  if (meant.is === 'follow') return follow(tx, at, now)
  if (meant.is === 'leave') return leave(tx, { ...at, address: meant.openid }, now)
  if (meant.is === 'agreements') {
    const { long } = parts.config.wechat
    return keepAgreements(tx, at, meant.rows, template => long.includes(template), now)
  }
  for (const word of meant.is === 'result' ? [meant] : meant.rows) await keepWord(parts, tx, at, word, now)
}

/** The word on a notice may come before we have written down what WeChat calls it: then it waits. */
async function keepWord({ house }: ApiParts, tx: Tx, at: At, word: ReceiptWord, now: string): Promise<void> {
  const { receipt, arrived, why } = word
  if (await knowsReceipt(tx, receipt)) return keepResult(tx, { receipt, arrived, why }, now)
  const ids = lateIds(house, at, `word.${receipt}`)
  const body = JSON.stringify({ do: 'result', word: { receipt, arrived, why } })
  await keepPushed(tx, { ...ids, who: ids.id, body }, now)
}
