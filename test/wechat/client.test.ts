import nock from 'nock'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WECHAT_CODES } from '../../src/rules/notices/wechat-codes.ts'
import { type Account, openAccount, sentOf } from '../../src/wechat/account.ts'
import { codeToOpenid, codeToSession } from '../../src/wechat/login.ts'
import { makeHouse, type TestHouse } from '../house.ts'

const BASE = 'https://api.weixin.qq.com'
const PATH = '/cgi-bin/message/template/send'

let t: TestHouse
let told: { path: string; code: number; rid: string | null }[]
beforeEach(async () => {
  t = await makeHouse()
  told = []
})
afterEach(async () => {
  nock.cleanAll()
  await t.close()
})

const open = (): Account =>
  openAccount('wechat', {
    ...{ store: t.house.store, now: t.house.now, apiBase: BASE, appId: 'wxOne', secret: 'the secret' },
    tell: fault => void told.push(fault),
  })

const token = (value: string, times = 1, expires_in = 7200) =>
  nock(BASE).post('/cgi-bin/stable_token').times(times).reply(200, { access_token: value, expires_in })
const send = (value: string, answer: object, times = 1) =>
  nock(BASE).post(PATH).query({ access_token: value }).times(times).reply(200, answer)
const OK = { errcode: 0, errmsg: 'ok', msgid: 200228332 }
const refusal = (errcode: number) => ({ errcode, errmsg: `no rid: 6f1e0a2b-1c3d4e5f-0a0b0c0d`, openid: 'x' })
const call = (account: Account) => account.client.call(PATH, { json: { touser: 'o' } })

it('asks for a token once, however many call, and shares it with another process', async () => {
  token('T1')
  send('T1', OK, 60)
  const account = open()
  const all = await Promise.all(Array.from({ length: 50 }, () => call(account)))
  expect(all.every(one => one.ok)).toBe(true)
  const other = open()
  await Promise.all(Array.from({ length: 10 }, () => call(other)))
  expect(nock.isDone()).toBe(true)
})

it.each([40001, 40014, 42001])(
  'token storm: 200 sends at once on a token refused with %i make one refresh',
  async code => {
    token('OLD')
    send('OLD', refusal(code), 200)
    const fresh = token('NEW')
    send('NEW', OK, 200)
    const account = open()
    const all = await Promise.all(Array.from({ length: 200 }, () => call(account)))
    expect(all.filter(one => one.ok).length).toBe(200)
    expect(fresh.isDone()).toBe(true)
    expect(nock.isDone()).toBe(true)
  },
)

it('forces a new token only where the service gives the refused one again, and never twice in half a minute', async () => {
  const asked: boolean[] = []
  nock(BASE)
    .post('/cgi-bin/stable_token', body => {
      asked.push(body.force_refresh)
      return true
    })
    .times(4)
    .reply(200, () => ({ access_token: asked.at(-1) ? 'FORCED' : 'SAME', expires_in: 7200 }))
  nock(BASE).persist().post(PATH).query(true).reply(200, refusal(40001))
  const account = open()
  expect(await call(account)).toMatchObject({ ok: false, code: 40001, rid: '6f1e0a2b-1c3d4e5f-0a0b0c0d' })
  expect(asked).toEqual([false, false, true])
  expect(told).toMatchObject([{ path: PATH, code: 40001 }])
  expect(JSON.stringify(told)).not.toMatch(/SAME|FORCED|secret/)
})

it('takes a new token when the old one nears its end', async () => {
  token('T1', 1, 400)
  send('T1', OK)
  const account = open()
  await call(account)
  t.pass(101_000)
  token('T2')
  send('T2', OK)
  expect((await call(account)).ok).toBe(true)
})

it.each(Object.keys(WECHAT_CODES).map(Number))('code %i leads where the table says', async code => {
  token('T', 3)
  nock(BASE)
    .persist()
    .post(PATH)
    .query(true)
    .reply(200, code === 0 ? OK : refusal(code))
  const place = { store: t.house.store, now: t.house.now, zone: 'Asia/Shanghai' }
  const sent = await sentOf(place, await call(open()), { channel: 'template', template: 'TM' })
  const row = WECHAT_CODES[code]!
  expect(sent.is).toBe(row.is)
  if (code === 0) expect(sent).toEqual({ is: 'sent', receipt: '200228332' })
  else expect(sent).toMatchObject({ why: String(code) })
  const stops = await t.house.store.read.sql.all<{ channel: string }>('SELECT "channel" FROM "ChannelStop"')
  const named = { stop: 'template', stopToday: 'template', stopTemplate: 'template.TM' } as Record<
    string,
    string
  >
  const stop = named[row.besides ?? '']
  expect(stops.map(one => one.channel)).toEqual(stop ? [stop] : [])
})

it('a code nobody knows is tried later', async () => {
  token('T')
  send('T', refusal(99999))
  const place = { store: t.house.store, now: t.house.now, zone: 'Asia/Shanghai' }
  expect(await sentOf(place, await call(open()), { channel: 'template' })).toMatchObject({
    is: 'later',
    why: '99999',
  })
})

it.each<[string, (scope: nock.Interceptor) => nock.Scope]>([
  ['a gateway with a page', at => at.reply(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' })],
  ['a reset line', at => at.replyWithError('socket hang up')],
  ['half an answer', at => at.reply(200, '{"errcode":')],
  ['no object', at => at.reply(200, 'null')],
])('later: %s', async (_, trouble) => {
  token('T')
  trouble(nock(BASE).post(PATH).query(true))
  expect(await call(open())).toMatchObject({ ok: false, code: -2, row: { is: 'later' } })
})

it('reads JSON under any name', async () => {
  token('T')
  nock(BASE).post(PATH).query(true).reply(200, JSON.stringify(OK), { 'content-type': 'text/plain' })
  expect((await call(open())).ok).toBe(true)
})

it('logs in by code, and keeps the session key to itself', async () => {
  const parts = { apiBase: BASE, appId: 'wxMini', secret: 's', tell: () => {} }
  const asked = { appid: 'wxMini', secret: 's', js_code: 'C', grant_type: 'authorization_code' }
  const answer = { openid: 'O', session_key: 'NEVER', unionid: 'U' }
  nock(BASE).get('/sns/jscode2session').query(asked).reply(200, answer)
  const got = await codeToSession(parts, 'C')
  expect(got).toEqual({ ok: true, person: { openid: 'O', unionid: 'U' } })
  expect(JSON.stringify(got)).not.toContain('NEVER')
  nock(BASE).get('/sns/jscode2session').query(true).reply(200, refusal(40029))
  expect(await codeToSession(parts, 'C')).toMatchObject({ ok: false, code: 40029 })
  nock(BASE).get('/sns/oauth2/access_token').query(true).reply(200, { openid: 'V', is_snapshotuser: 1 })
  expect(await codeToOpenid(parts, 'C')).toEqual({ ok: false, why: 'snapshot' })
})
