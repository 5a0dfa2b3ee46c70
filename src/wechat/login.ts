import { createHash } from 'node:crypto'
import { type Answered, ask, type Tell } from './client.ts'

/** Who somebody is, as WeChat says it. `session_key` is read here and goes no further. */
export interface WechatPerson {
  openid: string
  unionid: string | null
}

export interface LoginParts {
  apiBase: string
  appId: string
  secret: string
  tell: Tell
}

export type LoggedIn =
  | { ok: true; person: WechatPerson }
  | Extract<Answered, { ok: false }>
  | { ok: false; why: 'snapshot' }

/** `wx.login` of the mini program: the code is good once and for five minutes. */
export const codeToSession = (parts: LoginParts, code: string): Promise<LoggedIn> =>
  personOf(parts, '/sns/jscode2session', { js_code: code, grant_type: 'authorization_code' })

/** Web authorization (snsapi_base). A snapshot page's account is nobody: no resident is made of it. */
export const codeToOpenid = (parts: LoginParts, code: string): Promise<LoggedIn> =>
  personOf(parts, '/sns/oauth2/access_token', { code, grant_type: 'authorization_code' })

async function personOf(
  { apiBase, appId, secret, tell }: LoginParts,
  path: string,
  query: Record<string, string>,
): Promise<LoggedIn> {
  const answer = await ask(apiBase, path, { query: { appid: appId, secret, ...query } })
  if (!answer.ok) {
    tell({ path, code: answer.code, rid: answer.rid, besides: answer.row.besides })
    return answer
  }
  const body = 'body' in answer ? answer.body : {}
  if (Number(body.is_snapshotuser) === 1) return { ok: false, why: 'snapshot' }
  if (typeof body.openid !== 'string' || !body.openid) return { ok: false, why: 'snapshot' }
  const unionid = typeof body.unionid === 'string' && body.unionid ? body.unionid : null
  return { ok: true, person: { openid: body.openid, unionid } }
}

/** Where a browser in WeChat is sent to say who it is; the order of the parameters matters to WeChat. */
export const authorizeUrl = (appId: string, back: string, state: string): string =>
  `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${appId}&redirect_uri=${encodeURIComponent(back)}&response_type=code&scope=snsapi_base&state=${state}#wechat_redirect`

/** Signature of a page for the JS-SDK; `url` without its hash. */
export const pageSignature = (given: {
  ticket: string
  nonce: string
  timestamp: number
  url: string
}): string =>
  createHash('sha1')
    .update(
      `jsapi_ticket=${given.ticket}&noncestr=${given.nonce}&timestamp=${given.timestamp}&url=${given.url.replace(/#.*$/, '')}`,
    )
    .digest('hex')
