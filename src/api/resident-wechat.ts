import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { signInByWechat } from '../actions/wechat-login.ts'
import { agree } from '../store/channels.ts'
import { addressesOf, knownBy } from '../store/persons.ts'
import {
  authorizeUrl,
  codeToOpenid,
  codeToSession,
  type LoggedIn,
  type LoginParts,
  pageSignature,
} from '../wechat/login.ts'
import { refuse } from './errors.ts'
import { languageOf } from './language.ts'
import { isSecure } from './origin.ts'
import type { ApiParts } from './parts.ts'
import { addressOf, greet, RESIDENT_COOKIE, residentOf, tokenOf } from './resident-session.ts'
import { type Agreeing, type Back, type ByCode, type MiniEnter, type Page, routes } from './schemas-wechat.ts'

const STATE_COOKIE = 'hy_wechat'
/** WeChat was asked a while ago: whoever it did not name is not sent there on every page. */
const ASKED_COOKIE = 'hy_wechat_asked'
const ASKED_SECONDS = 3600
/** A code of WeChat's is good for five minutes. Seconds. */
const STATE_SECONDS = 300
const LOGINS = { rateLimit: { max: 60, timeWindow: 60_000 } }

/** WeChat says who somebody is: the mini program by its code, a page in WeChat by web authorization. Only where it is configured. */
export function wechatLogin(app: FastifyInstance, parts: ApiParts): void {
  const { wechat, miniProgram } = parts.config
  app.post('/wechat/mini', { schema: routes.mini, config: LOGINS }, byMini(parts))
  app.get('/wechat/mini', { schema: routes.miniEnter, config: LOGINS }, enterByMini(parts))
  app.get('/wechat/front', { schema: routes.front }, async () => ({
    official: wechat.appId && wechat.appSecret && parts.config.publicUrl ? wechat.appId : null,
    mini: miniProgram.appId ?? null,
    templates: {
      official: Object.values(wechat.subscriptions),
      mini: Object.values(miniProgram.subscriptions),
    },
  }))
  app.get('/wechat/enter', { schema: routes.enter, config: LOGINS }, enter(parts))
  app.get('/wechat/back', { schema: routes.back, config: LOGINS }, back(parts))
  app.get('/wechat/page', { schema: routes.page }, page(parts))
}

/** What the person allowed in the mini program's own window. */
export const agreed =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: Agreeing }>, reply: FastifyReply) => {
    const { personId } = request.resident!
    const { subscriptions } = parts.config.miniProgram
    const known = request.body.templates.filter(id => Object.values(subscriptions).includes(id))
    const now = parts.house.now()
    await parts.house.store.write(async tx => {
      const at = (await addressesOf(tx, personId)).find(one => one.channel === 'mini')
      if (!at) return
      for (const id of known) await agree(tx, at.id, id, parts.config.wechat.long.includes(id), now)
    }, personId)
    return reply.code(204).send()
  }

type Account = Pick<LoginParts, 'appId' | 'secret'>

const accountOf = (given: { appId: string | undefined; appSecret: string | undefined }): Account =>
  given.appId && given.appSecret
    ? { appId: given.appId, secret: given.appSecret }
    : refuse('notFound', { sentence: 'noWechat' })

const loginParts = (parts: ApiParts, account: Account): LoginParts => ({
  ...account,
  apiBase: parts.config.wechat.apiBase,
  tell: fault => parts.log?.warn(fault, 'channel refused'),
})

const byMini =
  (parts: ApiParts) => async (request: FastifyRequest<{ Body: ByCode }>, reply: FastifyReply) => {
    const account = accountOf(parts.config.miniProgram)
    const got = await codeToSession(loginParts(parts, account), request.body.code)
    return signIn(parts, request, reply, 'mini', account.appId, got)
  }

/** The mini program opens its web view here: the code is used up, the session set, and the page follows. A code that fails leads to the page unnamed. */
const enterByMini =
  (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: MiniEnter }>, reply: FastifyReply) => {
    const account = accountOf(parts.config.miniProgram)
    const got = await codeToSession(loginParts(parts, account), request.query.code)
    if (got.ok) await signIn(parts, request, reply, 'mini', account.appId, got)
    return reply.redirect(ours(request.query.to))
  }

/** The person WeChat names is here from now on, in this browser. */
async function signIn(
  parts: ApiParts,
  request: FastifyRequest,
  reply: FastifyReply,
  channel: 'wechat' | 'mini',
  appId: string,
  got: LoggedIn,
) {
  if (!got.ok) return refuse('badRequest', { sentence: 'wechatCode' })
  const token = tokenOf(request) ?? randomBytes(32).toString('base64url')
  const now = parts.house.now()
  await parts.house.store.write(async tx => {
    const here = await knownBy(tx, addressOf(token), now, languageOf(request))
    await signInByWechat(tx, here, { channel, appId, ...got.person }, now)
  }, token)
  const known = (await residentOf(parts, { cookies: { [RESIDENT_COOKIE]: token } })) ?? refuse('notFound')
  return greet(parts, known, token, request, reply)
}

/** A page opened in WeChat by somebody we do not know yet: WeChat can say who it is, without a question to them. */
export function asksWechatFirst(parts: ApiParts, request: FastifyRequest): boolean {
  const { wechat, publicUrl } = parts.config
  if (!wechat.appId || !wechat.appSecret || !publicUrl) return false
  const agent = String(request.headers['user-agent'] ?? '')
  if (!/MicroMessenger/i.test(agent) || /miniProgram|wxwork/i.test(agent)) return false
  return tokenOf(request) === null && request.cookies[ASKED_COOKIE] === undefined
}

export const enterPath = (request: FastifyRequest): string =>
  `/api/resident/wechat/enter?to=${encodeURIComponent(request.url.replace(/[?#].*$/, ''))}`

/** To WeChat and back: `to` is the page that was wanted, one of ours. */
const enter =
  (parts: ApiParts) =>
  async (request: FastifyRequest<{ Querystring: { to?: string } }>, reply: FastifyReply) => {
    const { appId } = accountOf(parts.config.wechat)
    const { publicUrl } = parts.config
    if (!publicUrl) return refuse('notFound', { sentence: 'noWechat' })
    const state = randomBytes(16).toString('hex')
    const to = ours(request.query.to)
    const kept = {
      ...({ path: '/', httpOnly: true, sameSite: 'lax' } as const),
      secure: isSecure(request, parts.config),
    }
    reply.setCookie(STATE_COOKIE, `${state} ${to}`, { ...kept, maxAge: STATE_SECONDS })
    reply.setCookie(ASKED_COOKIE, '1', { ...kept, maxAge: ASKED_SECONDS })
    return reply.redirect(authorizeUrl(appId, `${publicUrl}/api/resident/wechat/back`, state))
  }

/** Only a path of our own: no address elsewhere, no second slash. */
const ours = (to: string | undefined) => (to && /^\/(?!\/)[\w\-/.]*$/.test(to) ? to : '/')

const back =
  (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: Back }>, reply: FastifyReply) => {
    const account = accountOf(parts.config.wechat)
    const [state, to] = (request.cookies[STATE_COOKIE] ?? '').split(' ')
    reply.clearCookie(STATE_COOKIE, { path: '/' })
    if (!state || state !== request.query.state) return refuse('badRequest', { sentence: 'wechatCode' })
    const got = await codeToOpenid(loginParts(parts, account), request.query.code)
    // A page that only shows itself (快照页) has no real account: the person goes on unnamed.
    if (got.ok) await signIn(parts, request, reply, 'wechat', account.appId, got)
    return reply.redirect(ours(to))
  }

/** The signature a page of ours needs to call WeChat's own functions. */
const page = (parts: ApiParts) => async (request: FastifyRequest<{ Querystring: Page }>) => {
  const { wechat, config, house } = parts
  const { url } = request.query
  const isOurs = config.publicUrl !== undefined && url.startsWith(`${config.publicUrl}/`)
  if (!wechat || !isOurs) return refuse('notFound', { sentence: 'noWechat' })
  const ticket = await wechat.account.tickets.get()
  if (!ticket.ok) return refuse('notReady')
  const nonceStr = randomBytes(8).toString('hex')
  const timestamp = Math.floor(Date.parse(house.now()) / 1000)
  const signature = pageSignature({ ticket: ticket.value, nonce: nonceStr, timestamp, url })
  return { appId: wechat.account.appId, timestamp, nonceStr, signature }
}
