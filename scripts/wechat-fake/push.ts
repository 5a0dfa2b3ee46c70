import { randomBytes } from 'node:crypto'
import { openPushed, sealPushed, signatureOf } from '../../src/wechat/crypt.ts'
import { readEnvelope, readPush } from '../../src/wechat/xml.ts'

/** The account whose pushes are made; without a key they go in clear. */
export interface Pusher {
  token: string
  appId: string
  aesKey: string | null
  /** Where the callback is: `http://127.0.0.1:3000/wechat/callback`. */
  callback: string
}

const cdata = (value: string) => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

/** Fields whose value is XML already: lists of what somebody said to subscriptions. */
const LISTS = 'SubscribeMsg'

/** One push as XML: a message or an event of a follower. */
export const pushXml = (openid: string, fields: Readonly<Record<string, string>>, seconds: number): string =>
  `<xml><ToUserName>${cdata('gh_fake')}</ToUserName><FromUserName>${cdata(openid)}</FromUserName><CreateTime>${seconds}</CreateTime>${Object.entries(
    fields,
  )
    .map(([name, value]) => `<${name}>${name.startsWith(LISTS) ? value : cdata(value)}</${name}>`)
    .join('')}</xml>`

/** What travels: query and body, sealed where the account has a key. */
export function sealedPush(pusher: Pusher, openid: string, xml: string, seconds: number) {
  const timestamp = String(seconds)
  const nonce = randomBytes(4).toString('hex')
  const signature = signatureOf(pusher.token, timestamp, nonce)
  const query = new URLSearchParams({ signature, timestamp, nonce, openid })
  if (!pusher.aesKey) return { query: query.toString(), body: xml }
  const encrypted = sealPushed(pusher.aesKey, pusher.appId, xml)
  query.set('encrypt_type', 'aes')
  query.set('msg_signature', signatureOf(pusher.token, timestamp, nonce, encrypted))
  const body = `<xml><ToUserName>${cdata('gh_fake')}</ToUserName><Encrypt>${cdata(encrypted)}</Encrypt></xml>`
  return { query: query.toString(), body }
}

/** The words of an answer; empty for `success`. Throws at an answer WeChat would not take. */
export function wordsOf(pusher: Pusher, answer: string): string {
  if (answer === 'success' || answer === '') return ''
  let clear = answer
  if (pusher.aesKey) {
    const sealed = readEnvelope(answer)?.encrypted
    const opened = sealed ? openPushed([pusher.aesKey], pusher.appId, sealed) : null
    if (!opened?.ok) throw new Error('an answer that cannot be opened')
    clear = opened.words
  }
  const reply = readPush(clear)
  if (!reply?.Content) throw new Error('an answer WeChat would not take')
  if (Buffer.byteLength(reply.Content) > 2048) throw new Error('an answer over 2,048 bytes')
  return reply.Content
}

/** When it was sent, whether this answer is lost on the way, and how long WeChat waits (milliseconds). */
export interface Delivering {
  seconds?: number
  lose?: () => boolean
  patience?: number
}

/** How WeChat delivers: five seconds, three tries. Null: the follower sees that the account cannot serve. */
export async function deliver(
  pusher: Pusher,
  openid: string,
  fields: Readonly<Record<string, string>>,
  { seconds = Math.floor(Date.now() / 1000), lose = () => false, patience = 5000 }: Delivering = {},
): Promise<{ words: string; tries: number } | null> {
  for (let tries = 1; tries <= 3; tries++) {
    const { query, body } = sealedPush(pusher, openid, pushXml(openid, fields, seconds), seconds)
    try {
      const answer = await fetch(`${pusher.callback}?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body,
        signal: AbortSignal.timeout(patience),
      })
      const text = await answer.text()
      if (answer.status !== 200) continue
      // The answer got lost on the way: WeChat knows nothing of it and asks again.
      if (lose()) continue
      return { words: wordsOf(pusher, text), tries }
    } catch (error) {
      if ((error as Error).message?.startsWith('an answer')) throw error
    }
  }
  return null
}
