import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let me: Browser
beforeEach(async () => {
  api = await makeApi()
  me = api.browser()
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const open = (one = me) => one.post('/api/resident/session', {})

it('makes an anonymous person once, with a cookie no script can read and a recovery code', async () => {
  const first = await open()
  expect(first.statusCode).toBe(200)
  expect(first.json().recoveryCode).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/)
  const cookie = first.cookies.find(({ name }) => name === 'hy_resident')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(cookie?.value).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const second = await open()
  expect(second.json()).toEqual({
    language: 'zh-CN',
    privacy: { version: first.json().privacy.version, shown: false },
  })
})

it('lets nobody in without a session', async () => {
  for (const path of ['messages', 'cases', 'cases/HS-20261103-0001', 'export']) {
    const answer = await me.get(`/api/resident/${path}`)
    expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'notSignedIn'])
  }
})

it('answers a message, and the same id with the same answer', async () => {
  await open()
  const say = () => me.post('/api/resident/messages', { id: 'one', text: '菜单' })
  const first = (await say()).json()
  expect(first.seq).toBe(1)
  expect(first.messages[0]).toMatchObject({ seq: 2, from: 'bot' })
  expect((await say()).json()).toEqual(first)
  const page = (await me.get('/api/resident/messages')).json()
  expect(page).toMatchObject({ last: first.messages.length + 1, more: false })
  expect(page.messages[0]).toMatchObject({ from: 'me', echo: 'one', body: { text: '菜单' } })
})

it('pages both ways without loss or doubles', async () => {
  await open()
  for (let n = 0; n < 5; n++) await me.say('菜单')
  const get = async (query: string) =>
    (await me.get(`/api/resident/messages?${query}`)).json() as {
      messages: { seq: number }[]
      more: boolean
      last: number
    }
  const seqs = (page: { messages: { seq: number }[] }) => page.messages.map(message => message.seq)
  const newest = await get('limit=3')
  const { last } = newest
  expect([seqs(newest), newest.more]).toEqual([[last - 2, last - 1, last], true])
  expect(seqs(await get(`before=${last - 2}&limit=3`))).toEqual([last - 5, last - 4, last - 3])
  expect(seqs(await get(`after=${last - 3}&limit=2`))).toEqual([last - 2, last - 1])
  expect(await get('before=3&limit=3')).toMatchObject({ more: false })
})

it('shows own cases and hides those of others', async () => {
  const code = await api.grievance(me)
  const [line] = (await me.get('/api/resident/cases')).json().cases
  expect(line).toMatchObject({
    code,
    state: 'received',
    stateWords: '已收到，待接手',
    office: '西城街道',
    open: true,
    awaitsRating: false,
  })
  const view = (await me.get(`/api/resident/cases/${code.toLowerCase()}`)).json()
  expect(view.timeline[0]).toMatchObject({ words: '您的话，我们收到了' })
  expect(view.next).toContain('11月10日')
  expect(view.coming.map((one: { words: string }) => one.words)).toContain('答复您')
  expect(view.may).toEqual(['add', 'withdraw'])
  const other = api.browser()
  await open(other)
  expect((await other.get(`/api/resident/cases/${code}`)).statusCode).toBe(404)
  expect((await other.get('/api/resident/cases')).json()).toEqual({ cases: [] })
})

it('finds the person again by the recovery code, however it was written down', async () => {
  const { recoveryCode } = (await open()).json()
  await me.say('菜单')
  const { last } = (await me.get('/api/resident/messages')).json()
  const phone = api.browser()
  const wrong = await phone.post('/api/resident/recover', { code: 'AAAA-AAAA-AAAA-AAAA-AAAA' })
  expect([wrong.statusCode, wrong.json().error.message]).toEqual([404, expect.stringContaining('恢复码')])
  const right = await phone.post('/api/resident/recover', {
    code: ` ${recoveryCode.toLowerCase().replaceAll('-', ' ')}`,
  })
  expect(right.statusCode).toBe(200)
  expect((await phone.get('/api/resident/messages')).json().last).toBe(last)
})

it('speaks the language chosen, in refusals too', async () => {
  await open()
  expect((await me.post('/api/resident/language', { language: 'en' })).statusCode).toBe(204)
  expect((await open()).json().language).toBe('en')
  const refused = await me.get('/api/resident/cases/HS-20261103-0001')
  expect(refused.json().error.message).toMatch(/^Nothing was found/)
  const stranger = await api.app.inject({
    url: '/api/resident/cases',
    headers: { 'accept-language': 'en-GB,en;q=0.9' },
  })
  expect(stranger.json().error.message).toMatch(/not signed in/)
})

it('shows state, office and dates to whoever has both codes, and nothing more', async () => {
  const code = await api.grievance(me)
  const queryCode = await queryCodeOf(code)
  const guest = api.browser()
  const seen = await guest.post('/api/resident/lookup', { code, queryCode })
  expect(Object.keys(seen.json()).sort()).toEqual([
    'code',
    'createdAt',
    'due',
    'office',
    'state',
    'stateWords',
  ])
  const wrong = await guest.post('/api/resident/lookup', { code, queryCode: '000000' })
  const none = await guest.post('/api/resident/lookup', { code: 'HS-20261103-0999', queryCode })
  expect(none.json()).toEqual(wrong.json())
})

it('stops guessing of query codes per case, and the right one with it until the window ends', async () => {
  const code = await api.grievance(me)
  const queryCode = await queryCodeOf(code)
  const guest = api.browser()
  const look = (given: string, from = '10.0.0.1') =>
    guest.post('/api/resident/lookup', { code, queryCode: given }, { remoteAddress: from })
  for (let n = 0; n < 5; n++) expect((await look('000000', `10.0.0.${n}`)).statusCode).toBe(404)
  const stopped = await look(queryCode, '10.0.0.9')
  expect([stopped.statusCode, stopped.json().error.code]).toEqual([429, 'tooMany'])
  expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(800)
  api.pass(16 * 60_000)
  expect((await look(queryCode)).statusCode).toBe(200)
})

it('stops one client that guesses over many cases', async () => {
  const statuses: number[] = []
  for (let n = 1; n <= 21; n++)
    statuses.push(
      (
        await me.post(
          '/api/resident/lookup',
          { code: `HS-20261103-${String(n).padStart(4, '0')}`, queryCode: '111111' },
          { remoteAddress: '10.1.1.1' },
        )
      ).statusCode,
    )
  expect(statuses.slice(0, 20).every(status => status === 404)).toBe(true)
  expect(statuses[20]).toBe(429)
})

it('hands out everything held about the person as a file', async () => {
  const code = await api.grievance(me)
  const file = await me.get('/api/resident/export')
  expect(file.headers['content-disposition']).toContain('attachment')
  const data = file.json()
  expect(data.cases[0]).toMatchObject({ code, phone: '13800000000' })
  expect(data.messages.length).toBeGreaterThan(5)
})

it('tells the district to anybody', async () => {
  const zh = (await me.get('/api/resident/district')).json()
  const en = (await me.get('/api/resident/district', { headers: { 'accept-language': 'en' } })).json()
  expect(zh.hotlines.map((line: { number: string }) => line.number)).toContain('12345')
  expect(zh.privacy.version).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(en.name).not.toBe(zh.name)
})

it('refuses a write from a page of another site', async () => {
  const answer = await me.post('/api/resident/session', {}, { headers: { origin: 'https://evil.example' } })
  expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'csrf'])
  const own = await me.post(
    '/api/resident/session',
    {},
    { headers: { origin: 'http://huiyin.test', host: 'huiyin.test' } },
  )
  expect(own.statusCode).toBe(200)
})

async function queryCodeOf(code: string): Promise<string> {
  const { caseByCode, textsOf } = await import('../../src/store/cases.ts')
  const row = await caseByCode(api.house.store.read, code)
  return (await textsOf(api.house.store.read, row!.id)).queryCode!
}
