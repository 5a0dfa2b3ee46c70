import nock from 'nock'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

const WEB = 'https://huiyin.example.cn'
const ENV = {
  PUBLIC_URL: WEB,
  SECRET_KEY: 'a secret for tests, longer than thirty-two characters',
  WECHAT_APP_ID: 'wxOfficial',
  WECHAT_APP_SECRET: 'official-secret',
  WECHAT_SUBSCRIPTIONS: 'progress=OA-T',
  MINIPROGRAM_APP_ID: 'wxMini',
  MINIPROGRAM_APP_SECRET: 'mini-secret',
  MINIPROGRAM_SUBSCRIPTIONS: 'progress=MINI-T',
  VAPID_PUBLIC_KEY: 'BDsb3cPkH-PH0ORPhBVeMiH2IX2yaRkb_PPAJLNWoXuN_UKFtQu40gFGAmeTsZlLy5sr8RP9ppVfxcnm_Zg4i1c',
  VAPID_PRIVATE_KEY: 'CBOdZ8lC4nqZ5bCD6i_8w5cZo1EXZYGzKbkLCDMcyY0',
  VAPID_CONTACT: 'mailto:it@example.cn',
}
const TENCENT = 'https://api.weixin.qq.com'

let api: Api
beforeEach(async () => {
  api = await makeApi({ env: ENV })
})
afterEach(async () => {
  nock.cleanAll()
  expect(api.faults).toEqual([])
  await api.close()
})

const mini = (openid: string, unionid?: string) =>
  nock(TENCENT)
    .get('/sns/jscode2session')
    .query({ appid: 'wxMini', secret: 'mini-secret', js_code: 'CODE', grant_type: 'authorization_code' })
    .reply(200, { openid, session_key: 'NEVER', ...(unionid ? { unionid } : {}) })
const origin = { headers: { origin: WEB } }
const login = (browser: Browser) => browser.post('/api/resident/wechat/mini', { code: 'CODE' }, origin)
const count = async (sql: string) => Number((await api.house.store.read.sql.get<{ n: number }>(sql))?.n)
const cases = async (browser: Browser) => (await browser.get('/api/resident/cases')).json().cases.length

it('makes the person of the mini program the one of this browser, and keeps the session key', async () => {
  const here = api.browser()
  await api.grievance(here)
  mini('oMini')
  const answer = await login(here)
  expect(answer.statusCode).toBe(200)
  expect(answer.body + JSON.stringify(answer.headers)).not.toContain('NEVER')
  expect(await cases(here)).toBe(1)
  // Another phone of the same WeChat is the same person.
  const other = api.browser()
  mini('oMini')
  await login(other)
  expect(await cases(other)).toBe(1)
  expect(await count('SELECT COUNT(*) AS "n" FROM "Merge"')).toBe(1)
})

it('takes the person of the official account and of the mini program for one, by the id they share', async () => {
  const page = api.browser()
  const asked = await page.get('/api/resident/wechat/enter?to=/cases')
  const to = new URL(String(asked.headers.location))
  expect([to.host, to.searchParams.get('scope'), to.searchParams.get('appid')]).toEqual([
    'open.weixin.qq.com',
    'snsapi_base',
    'wxOfficial',
  ])
  nock(TENCENT).get('/sns/oauth2/access_token').query(true).reply(200, { openid: 'oOfficial', unionid: 'U1' })
  const back = await page.get(`/api/resident/wechat/back?code=C&state=${to.searchParams.get('state')}`)
  expect([back.statusCode, back.headers.location]).toEqual([302, '/cases'])
  await api.grievance(page)
  const inMini = api.browser()
  mini('oMini', 'U1')
  await login(inMini)
  expect(await cases(inMini)).toBe(1)
})

it('opens the page of the mini program with its person, and without one where the code fails', async () => {
  const here = api.browser()
  mini('oMini')
  const opened = await here.get('/api/resident/wechat/mini?code=CODE&to=/cases')
  expect([opened.statusCode, opened.headers.location]).toEqual([302, '/cases'])
  expect(here.cookies.hy_resident).toBeDefined()
  const other = api.browser()
  nock(TENCENT).get('/sns/jscode2session').query(true).reply(200, { errcode: 40029, errmsg: 'invalid code' })
  const unnamed = await other.get('/api/resident/wechat/mini?code=CODE&to=//evil.example')
  expect([unnamed.statusCode, unnamed.headers.location]).toEqual([302, '/'])
  expect(other.cookies.hy_resident).toBeUndefined()
})

it('keeps two people of one browser apart', async () => {
  const shared = api.browser()
  mini('oFirst')
  await login(shared)
  await api.grievance(shared)
  mini('oSecond')
  await login(shared)
  expect(await cases(shared)).toBe(0)
  const first = api.browser()
  mini('oFirst')
  await login(first)
  expect(await cases(first)).toBe(1)
})

it.each<[string, (browser: Browser) => ReturnType<Browser['get']>, number]>([
  [
    'a code WeChat does not know',
    async browser => {
      nock(TENCENT)
        .get('/sns/jscode2session')
        .query(true)
        .reply(200, { errcode: 40029, errmsg: 'invalid code' })
      return login(browser)
    },
    400,
  ],
  ['a state of somebody else', browser => browser.get('/api/resident/wechat/back?code=C&state=other'), 400],
  [
    'a signature for a page elsewhere',
    browser => browser.get('/api/resident/wechat/page?url=https://evil.example/'),
    404,
  ],
])('refuses %s', async (_, ask, status) => {
  expect((await ask(api.browser())).statusCode).toBe(status)
})

it('leads back only to a page of its own', async () => {
  for (const to of ['//evil.example', 'https://evil.example', '/a?b=c']) {
    const one = api.browser()
    const asked = await one.get(`/api/resident/wechat/enter?to=${encodeURIComponent(to)}`)
    const state = new URL(String(asked.headers.location)).searchParams.get('state')
    nock(TENCENT).get('/sns/oauth2/access_token').query(true).reply(200, { openid: 'o', is_snapshotuser: 1 })
    const back = await one.get(`/api/resident/wechat/back?code=C&state=${state}`)
    expect(back.headers.location).toBe('/')
  }
  expect(await count('SELECT COUNT(*) AS "n" FROM "Identity"')).toBe(0)
})

it('sends somebody unknown who opens a page in WeChat there once, and nobody else', async () => {
  const agent = (name: string) => ({ headers: { 'user-agent': name, accept: 'text/html' } })
  const one = api.browser()
  const first = await one.get('/cases', agent('Mozilla MicroMessenger/8.0'))
  expect(first.headers.location).toBe('/api/resident/wechat/enter?to=%2Fcases')
  await one.get(String(first.headers.location))
  expect((await one.get('/cases', agent('Mozilla MicroMessenger/8.0'))).statusCode).toBe(200)
  for (const name of ['Mozilla Chrome/120', 'MicroMessenger miniProgram/wx1'])
    expect((await api.browser().get('/cases', agent(name))).statusCode).toBe(200)
})

it('keeps what was allowed in the mini program, and only templates of ours', async () => {
  const here = api.browser()
  mini('oMini')
  await login(here)
  const front = await here.get('/api/resident/wechat/front')
  expect(front.json()).toMatchObject({ official: 'wxOfficial', templates: { mini: ['MINI-T'] } })
  await here.post('/api/resident/wechat/agreed', { templates: ['MINI-T', 'OTHER'] }, origin)
  const rows = await api.house.store.read.sql.all('SELECT "template", "credit" FROM "Agreed"')
  expect(rows).toEqual([{ template: 'MINI-T', credit: 1 }])
})

it('opens and closes the door of a browser', async () => {
  const here = api.browser()
  await here.post('/api/resident/session', {}, origin)
  expect((await here.get('/api/resident/push')).json()).toEqual({ key: ENV.VAPID_PUBLIC_KEY })
  const door = {
    endpoint: 'https://fcm.googleapis.com/fcm/send/x',
    keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
  }
  expect((await here.post('/api/resident/push', door, origin)).statusCode).toBe(204)
  expect((await here.post('/api/resident/push', door, origin)).statusCode).toBe(204)
  expect(await count('SELECT COUNT(*) AS "n" FROM "PushDoor"')).toBe(1)
  for (const endpoint of [
    'http://fcm.googleapis.com/x',
    'https://127.0.0.1/',
    'https://inside.example/',
    'https://evil.example/googleapis.com/',
  ])
    expect((await here.post('/api/resident/push', { ...door, endpoint }, origin)).statusCode).toBe(400)
  await here.post('/api/resident/push/end', { endpoint: door.endpoint }, origin)
  expect(await count('SELECT COUNT(*) AS "n" FROM "PushDoor"')).toBe(0)
})

it('tells staff how prompt notices were', async () => {
  await api.staff('小王', 'townClerk', '150402')
  const desk = await api.desk('小王')
  expect((await desk.get('/api/staff/notices/promptness')).json()).toMatchObject({
    today: { handed: 0, prompt: 0, givenUp: 0 },
    days: [],
    stops: [],
  })
})
