import { isSignedWith, openPushed, sealPushed, signatureOf } from '../wechat/crypt.ts'
import { type Pushed, readEnvelope, readPush, sealedReply } from '../wechat/xml.ts'

export interface WechatQuery {
  signature?: string
  msg_signature?: string
  timestamp?: string
  nonce?: string
  echostr?: string
  encrypt_type?: string
}

/** What guards the callback: the token, the keys (the current and the one before it), whose pushes are taken. */
export interface Door {
  token: string
  aesKeys: readonly string[]
  appId: string
  now(): string
}

export type Body =
  | {
      ok: true
      pushed: Pushed
      json: boolean
      timestamp: string
      nonce: string
      /** The key it was sealed with: the reply is sealed with the same. */
      aesKey: string | null
    }
  | { ok: false; why: 'unsigned' | 'broken' }

/** WeChat asks whether the address is ours. */
export const isUrlCheck = ({ token }: Door, { signature, timestamp, nonce }: WechatQuery): boolean =>
  isSignedWith(signature, token, timestamp, nonce)

/** WeChat repeats a push within seconds; one signed an hour ago is somebody else's copy. Milliseconds. */
const STALE = 3_600_000

function isFresh({ now }: Door, timestamp: string | undefined): boolean {
  const at = Number(timestamp) * 1000
  return Number.isFinite(at) && Math.abs(Date.parse(now()) - at) <= STALE
}

/**
 * Opens a push: signature first, then the seal, then the words. Where a key is configured, what is not sealed is refused: the signature of
 * a plain push does not cover its body.
 */
export function openBody(door: Door, query: WechatQuery, body: string): Body {
  const { timestamp = '', nonce = '' } = query
  const sealed = query.encrypt_type === 'aes'
  if (!isFresh(door, timestamp) || sealed !== door.aesKeys.length > 0) return { ok: false, why: 'unsigned' }
  if (!sealed) {
    if (!isSignedWith(query.signature, door.token, timestamp, nonce)) return { ok: false, why: 'unsigned' }
    const pushed = readPush(body)
    if (!pushed) return { ok: false, why: 'broken' }
    return { ok: true, pushed, json: isJson(body), timestamp, nonce, aesKey: null }
  }
  const envelope = readEnvelope(body)
  if (!envelope?.encrypted) return { ok: false, why: 'broken' }
  const { encrypted, json } = envelope
  if (!isSignedWith(query.msg_signature, door.token, timestamp, nonce, encrypted))
    return { ok: false, why: 'unsigned' }
  const opened = openPushed(door.aesKeys, door.appId, encrypted)
  if (!opened.ok) return { ok: false, why: opened.why === 'appId' ? 'unsigned' : 'broken' }
  const pushed = readPush(opened.words)
  if (!pushed) return { ok: false, why: 'broken' }
  return { ok: true, pushed, json, timestamp, nonce, aesKey: opened.aesKey }
}

const isJson = (body: string) => body.trimStart().startsWith('{')

/** Seals a reply with the key the push came by. */
export function sealReply(
  { token, appId }: Door,
  aesKey: string,
  bare: string,
  { timestamp, nonce, json }: { timestamp: string; nonce: string; json: boolean },
): string {
  const encrypted = sealPushed(aesKey, appId, bare)
  const signature = signatureOf(token, timestamp, nonce, encrypted)
  return sealedReply({ encrypted, signature, timestamp, nonce }, json)
}
