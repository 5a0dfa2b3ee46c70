// A WeChat for development: `npm run wechat:fake` serves the API side with its rules (tokens, windows, quotas, templates, errors,
// latency) and a page to chat on as a follower. Start the service with what it prints. Flags: --port, --callback, --latency MS.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { deliver, type Pusher } from './wechat-fake/push.ts'
import { FakeRules } from './wechat-fake/rules.ts'
import { bodyOf, serveFake } from './wechat-fake/server.ts'

const ACCOUNT = {
  token: 'fakeToken',
  appId: 'wxfake0000000001',
  secret: 'fake-secret',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  template: 'FAKE-PROGRESS',
}

const flag = (name: string, otherwise: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const port = Number(flag('port', '3999'))
const pusher: Pusher = { ...ACCOUNT, callback: flag('callback', 'http://127.0.0.1:3000/wechat/callback') }
const rules = new FakeRules({ ...ACCOUNT, latency: Number(flag('latency', '0')) })
let messages = Date.now()

/** What the page asks for: the page itself, what arrived, and to do something as a follower. */
async function page(request: IncomingMessage, reply: ServerResponse): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://fake')
  if (url.pathname === '/') {
    reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    reply.end(readFileSync('scripts/wechat-fake/page.html'))
    return true
  }
  const openid = url.searchParams.get('openid') ?? ''
  if (url.pathname === '/fake/inbox') return json(reply, inbox(openid))
  if (url.pathname !== '/fake/act') return false
  return json(reply, await act(openid, JSON.parse(await bodyOf(request)) as Record<string, string>))
}

function inbox(openid: string) {
  const { until, left, follows, agreed } = rules.follower(openid)
  const window = until > Date.now() ? { until: new Date(until).toISOString(), left } : null
  const { down, latency, tokens } = rules.state
  return {
    messages: rules.delivered.filter(one => one.openid === openid),
    ...{ window, follows, agreed: agreed.get(ACCOUNT.template) ?? 0 },
    state: { down, latency, tokens },
  }
}

/** Does what a follower, or the weather, does. Answers with what the follower sees at once. */
async function act(openid: string, { what = '', text = '', id = '' }: Record<string, string>) {
  const one = rules.follower(openid)
  if (what === 'down') rules.state.down = text === '1'
  if (what === 'latency') rules.state.latency = Number(text)
  if (what === 'expire') rules.state.tokenUntil = 0
  if (what === 'later') one.until = 0
  if (what === 'disagree') one.agreed.delete(ACCOUNT.template)
  if (what === 'agree') one.agreed.set(ACCOUNT.template, (one.agreed.get(ACCOUNT.template) ?? 0) + 1)
  const fields = fieldsOf(what, text, id)
  if (!fields) return {}
  if (what === 'follow') one.follows = true
  if (what === 'leave') one.follows = false
  if (what !== 'leave') rules.acted(openid, fields.MsgType === 'event' ? 'tap' : 'message')
  const answer = await deliver(pusher, openid, fields)
  const words = answer ? answer.words : '该公众号暂时无法提供服务，请稍后再试'
  if (words) rules.give({ openid, kind: 'passive', text: words })
  return { tries: answer?.tries ?? 3 }
}

function fieldsOf(what: string, text: string, id: string): Record<string, string> | null {
  const MsgId = String(++messages)
  if (what === 'say') return { MsgType: 'text', Content: text, MsgId, ...(id ? { bizmsgmenuid: id } : {}) }
  if (what === 'follow') return { MsgType: 'event', Event: 'subscribe', EventKey: '' }
  if (what === 'leave') return { MsgType: 'event', Event: 'unsubscribe', EventKey: '' }
  if (what === 'tap') return { MsgType: 'event', Event: 'CLICK', EventKey: text }
  if (what === 'place')
    return {
      MsgType: 'location',
      Location_X: '42.2586',
      Location_Y: '118.9566',
      Scale: '16',
      Label: text,
      MsgId,
    }
  if (what === 'voice')
    return { MsgType: 'voice', MediaId: MsgId, Format: 'amr', MsgId, ...(text ? { Recognition: text } : {}) }
  if (what === 'film') return { MsgType: 'video', MediaId: MsgId, ThumbMediaId: MsgId, MsgId }
  if (what === 'where')
    return {
      MsgType: 'event',
      Event: 'LOCATION',
      Latitude: '42.2586',
      Longitude: '118.9566',
      Precision: '65',
    }
  if (what === 'agree' || what === 'disagree') return answerTo(what === 'agree' ? 'accept' : 'reject')
  if (what !== 'picture') return null
  const type = /^data:(image\/\w+);base64,/.exec(text)?.[1] ?? 'image/jpeg'
  rules.media.set(MsgId, { type, bytes: Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64') })
  return { MsgType: 'image', PicUrl: '', MediaId: MsgId, MsgId }
}

/** What somebody said when asked for a subscription. */
const answerTo = (said: 'accept' | 'reject') => ({
  ...{ MsgType: 'event', Event: 'subscribe_msg_popup_event' },
  SubscribeMsgPopupEvent: `<List><TemplateId>${ACCOUNT.template}</TemplateId><SubscribeStatusString>${said}</SubscribeStatusString><PopupScene>0</PopupScene></List>`,
})

/** As WeChat does: it says of each template message a moment later that it arrived. */
setInterval(() => {
  for (const { openid, msgid } of rules.results.splice(0))
    void deliver(pusher, openid, {
      ...{ MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH' },
      ...{ MsgID: msgid, Status: 'success' },
    })
}, 1000).unref()

function json(reply: ServerResponse, body: unknown): true {
  reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
  return true
}

const { base } = await serveFake(rules, port, page)
process.stdout.write(`A WeChat to play with: ${base}
Start the service with:
  WECHAT_TOKEN=${ACCOUNT.token} WECHAT_APP_ID=${ACCOUNT.appId} WECHAT_APP_SECRET=${ACCOUNT.secret} WECHAT_AES_KEY=${ACCOUNT.aesKey} \\
  WECHAT_TEMPLATES=progress=${ACCOUNT.template} WECHAT_SUBSCRIPTIONS=progress=${ACCOUNT.template} WECHAT_API_BASE=${base} npm start
`)
