import { type Pusher, pushXml, sealedPush, wordsOf } from '../../scripts/wechat-fake/push.ts'
import { FakeRules } from '../../scripts/wechat-fake/rules.ts'
import { serveFake } from '../../scripts/wechat-fake/server.ts'
import { type Api, type ApiOptions, makeApi } from '../api/house.ts'

export const ACCOUNT = {
  token: 'townToken',
  appId: 'wxtown00000000001',
  secret: 'town-secret',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  template: 'TOWN-PROGRESS',
}

export const ENV = {
  WECHAT_TOKEN: ACCOUNT.token,
  WECHAT_APP_ID: ACCOUNT.appId,
  WECHAT_APP_SECRET: ACCOUNT.secret,
  WECHAT_AES_KEY: ACCOUNT.aesKey,
  WECHAT_TEMPLATES: `progress=${ACCOUNT.template}`,
  WECHAT_SUBSCRIPTIONS: 'progress=TOWN-AGREED',
}

/** A house with an official account in safe mode, and a WeChat beside it that keeps its rules by the house's clock. */
export interface Town extends Api {
  rules: FakeRules
  pusher: Pusher
  /** Pushes one message or event; answers with status and words. */
  push(
    openid: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; words: string; body: string }>
  /** A follower says something; what they see at once. */
  tell(openid: string, text: string, more?: Record<string, string>): Promise<string>
  /** What a follower got besides passive replies. */
  got(openid: string): string[]
  close(): Promise<void>
}

let messages = 0

export async function makeTown(options: ApiOptions = {}): Promise<Town> {
  let clock = () => Date.now()
  const rules = new FakeRules({ ...ACCOUNT, now: () => clock() })
  const fake = await serveFake(rules)
  const api = await makeApi({
    ...options,
    env: { ...ENV, WECHAT_API_BASE: fake.base, ...options.env },
  })
  clock = () => Date.parse(api.house.now())
  const pusher: Pusher = { ...ACCOUNT, callback: '' }
  const push: Town['push'] = async (openid, fields) => {
    const seconds = Math.floor(clock() / 1000)
    const { query, body } = sealedPush(pusher, openid, pushXml(openid, fields, seconds), seconds)
    const answer = await api.app.inject({
      ...{ method: 'POST', url: `/wechat/callback?${query}`, payload: body },
      headers: { 'content-type': 'text/xml' },
    })
    const words = answer.statusCode === 200 ? wordsOf(pusher, answer.body) : ''
    return { status: answer.statusCode, words, body: answer.body }
  }
  return {
    ...api,
    ...{ rules, pusher, push },
    async tell(openid, text, more = {}) {
      rules.acted(openid, 'message')
      const fields = { MsgType: 'text', Content: text, MsgId: String(++messages), ...more }
      return (await push(openid, fields)).words
    },
    got: openid => rules.delivered.filter(one => one.openid === openid).map(one => one.text),
    async close() {
      await api.close()
      await fake.close()
    },
  }
}
