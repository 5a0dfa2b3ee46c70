import { generate } from 'otplib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inviteStaff } from '../../src/actions/staff-accounts.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { type Api, makeApi, PASSWORD } from './house.ts'

const WEST = '西城街道'
let api: Api
let west: string
beforeEach(async () => {
  api = await makeApi()
  west = [...api.house.district.units.values()].find(unit => unit.name === WEST)!.code
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  expect(await brokenAudit(api.house.store.read)).toBeNull()
  await api.close()
})

const elsewhere = () =>
  [...api.house.district.units.values()].find(unit => unit.kind === 'town' && unit.code !== west)!.code
const logIn = (login: string, password = PASSWORD, otp?: string) =>
  api.browser().post('/api/staff/login', { login, password, ...(otp ? { otp } : {}) })
const otpFor = (secret: string) => generate({ secret, epoch: Math.floor(Date.parse(api.house.now()) / 1000) })

it('lets a clerk in with a cookie no script can read', async () => {
  await api.staff('wang', 'townClerk', west)
  const answer = await logIn('wang')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    name: '姓名wang',
    unit: { id: west, name: WEST },
    roles: ['townClerk'],
    idleMinutes: 30,
    mustSetOtp: false,
    demo: false,
  })
  const cookie = answer.cookies.find(({ name }) => name === 'hy_staff')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(JSON.stringify(answer.json())).not.toContain(cookie!.value)
})

it('marks cookies secure where the service is reached by https', async () => {
  const other = await makeApi({ env: { PUBLIC_URL: 'https://huiyin.test', SECRET_KEY: 'x'.repeat(40) } })
  const answer = await other.browser().post('/api/resident/session', {})
  expect(answer.cookies.every(cookie => cookie.secure)).toBe(true)
  expect(answer.headers['strict-transport-security']).toContain('max-age')
  await other.close()
})

it('tells a wrong password and an unknown log-in apart in nothing', async () => {
  await api.staff('wang', 'townClerk', west)
  const wrong = await logIn('wang', 'not the password')
  const none = await logIn('nobody', 'not the password')
  expect([wrong.statusCode, wrong.json()]).toEqual([401, none.json()])
  expect(wrong.json().error.code).toBe('wrongPassword')
})

it('locks after five failures, for fifteen minutes, the right password too', async () => {
  await api.staff('wang', 'townClerk', west)
  for (let n = 0; n < 4; n++) expect((await logIn('wang', 'wrong')).statusCode).toBe(401)
  expect((await logIn('wang', 'wrong')).statusCode).toBe(423)
  const right = await logIn('wang')
  expect([right.statusCode, right.json().error.code]).toEqual([423, 'locked'])
  expect(Number(right.headers['retry-after'])).toBe(900)
  api.pass(15 * 60_000)
  expect((await logIn('wang')).statusCode).toBe(200)
})

it('a burst of guesses is counted like a row of them', async () => {
  await api.staff('wang', 'townClerk', west)
  const burst = await Promise.all(Array.from({ length: 8 }, () => logIn('wang', 'wrong')))
  expect(burst.map(answer => answer.statusCode).sort()).toEqual([401, 401, 401, 401, 423, 423, 423, 423])
})

it('opens nothing to a privileged role before its one-time code is set up, and a code is good once', async () => {
  await api.staff('lead', 'districtLeader', api.house.district.code)
  const desk = await api.desk('lead')
  expect((await desk.get('/api/staff/me')).json().mustSetOtp).toBe(true)
  const shut = await desk.get('/api/staff/lists')
  expect([shut.statusCode, shut.json().error.code]).toEqual([401, 'otpNeeded'])
  const { secret, qr, uri } = (await desk.post('/api/staff/otp/setup')).json()
  expect(qr).toMatch(/^data:image\/png;base64,/)
  expect(uri).toMatch(/^otpauth:\/\/totp\//)
  const code = await otpFor(secret)
  expect((await desk.post('/api/staff/otp/confirm', { otp: '000000' })).statusCode).toBe(401)
  expect((await desk.post('/api/staff/otp/confirm', { otp: code })).statusCode).toBe(204)
  expect((await desk.get('/api/staff/lists')).statusCode).toBe(200)
  expect((await logIn('lead')).json().error.code).toBe('otpNeeded')
  expect((await logIn('lead', PASSWORD, code)).statusCode).toBe(401)
  api.pass(30_000)
  const next = await otpFor(secret)
  expect((await logIn('lead', PASSWORD, next)).statusCode).toBe(200)
  expect((await logIn('lead', PASSWORD, next)).statusCode).toBe(401)
  expect((await desk.post('/api/staff/otp/setup')).statusCode).toBe(409)
})

it('lets published demonstration log-ins in only where the demonstration is allowed', async () => {
  await api.staff('demo', 'townClerk', west, true)
  const refused = await logIn('demo')
  expect([refused.statusCode, refused.json().error.message]).toEqual([403, expect.stringContaining('演示')])
  const open = await makeApi({ env: { DEMO: '1' } })
  await open.staff('leader', 'districtLeader', open.house.district.code, true)
  const me = (await open.desk('leader')).get('/api/staff/me')
  expect((await me).json()).toMatchObject({ demo: true, mustSetOtp: false })
  await open.close()
})

it('takes no write without the token of this log-in', async () => {
  await api.staff('wang', 'townClerk', west)
  const desk = await api.desk('wang')
  const other = await api.desk('wang')
  for (const csrf of ['', 'x'.repeat(32), other.csrf]) {
    const answer = await desk.post('/api/staff/logout', undefined, { headers: { 'x-csrf-token': csrf } })
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'csrf'])
  }
  const foreign = await desk.post('/api/staff/logout', undefined, {
    headers: { origin: 'https://evil.example' },
  })
  expect(foreign.json().error.code).toBe('csrf')
  expect((await desk.post('/api/staff/logout')).statusCode).toBe(204)
})

it('ends a log-in that was idle for half an hour, and one that was logged out', async () => {
  await api.staff('wang', 'townClerk', west)
  const desk = await api.desk('wang')
  const cookie = { ...desk.cookies }
  for (let n = 0; n < 3; n++) {
    api.pass(29 * 60_000)
    expect((await desk.get('/api/staff/me')).statusCode).toBe(200)
  }
  api.pass(31 * 60_000)
  expect((await desk.get('/api/staff/me')).json().error.code).toBe('notSignedIn')
  const again = await api.desk('wang')
  await again.post('/api/staff/logout')
  again.cookies = { ...cookie }
  expect((await again.get('/api/staff/me')).statusCode).toBe(401)
})

it('accepts an invitation once', async () => {
  const { code } = api.house.district
  const invited = await inviteStaff(api.house, {
    ...{ login: 'first', name: '苏志强', role: 'administrator', unitId: code },
  })
  if (!invited.ok) throw new Error(invited.why)
  const accept = (password: string) =>
    api.browser().post('/api/staff/invite', { token: invited.token, password })
  expect((await accept('short')).json().error).toMatchObject({ code: 'incomplete' })
  expect((await accept('long enough for me')).json()).toMatchObject({ mustSetOtp: true })
  expect((await accept('long enough for me')).statusCode).toBe(410)
})

it('changes a password and ends every other log-in', async () => {
  await api.staff('wang', 'townClerk', west)
  const [here, there] = [await api.desk('wang'), await api.desk('wang')]
  const change = (old: string) => here.post('/api/staff/password', { old, new: 'another password' })
  expect((await change('wrong')).json().error.code).toBe('wrongPassword')
  expect((await change(PASSWORD)).statusCode).toBe(204)
  expect((await here.get('/api/staff/me')).statusCode).toBe(200)
  expect((await there.get('/api/staff/me')).statusCode).toBe(401)
  expect((await logIn('wang')).statusCode).toBe(401)
  expect((await logIn('wang', 'another password')).statusCode).toBe(200)
})

it('shows a case to its town and to nobody else’s', async () => {
  await api.staff('wang', 'townClerk', west)
  await api.staff('zhao', 'townClerk', elsewhere())
  await api.staff('root', 'administrator', api.house.district.code, false)
  const code = await api.grievance(api.browser())
  const [mine, theirs] = [await api.desk('wang'), await api.desk('zhao')]
  expect((await mine.get(`/api/staff/cases/${code}`)).statusCode).toBe(200)
  for (const path of [`cases/${code}`]) {
    const answer = await theirs.get(`/api/staff/${path}`)
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'notFound'])
  }
  expect((await theirs.get('/api/staff/cases?list=all')).json().rows).toEqual([])
  expect((await theirs.get(`/api/staff/cases?q=${code}`)).json().rows).toEqual([])
  expect((await theirs.post(`/api/staff/cases/${code}/steps/grab`, {})).statusCode).toBe(404)
  const peek = await theirs.post(`/api/staff/cases/${code}/reveal`, { field: 'phone', reason: '看看' })
  expect(peek.statusCode).toBe(404)
})

it('lists, counts and finds', async () => {
  await api.staff('wang', 'townClerk', west)
  const codes: string[] = []
  for (let n = 0; n < 3; n++) codes.push(await api.grievance(api.browser()))
  const desk = await api.desk('wang')
  const { lists } = (await desk.get('/api/staff/lists')).json()
  const count = (key: string) => lists.find((list: { key: string }) => list.key === key)?.count
  expect([count('grab'), count('mine'), count('overdue'), count('all')]).toEqual([3, 0, 0, 3])
  const rows = async (query: string) => {
    const answer = (await desk.get(`/api/staff/cases?${query}`)).json()
    return { codes: answer.rows.map((row: { code: string }) => row.code), next: answer.next }
  }
  expect((await rows('list=grab')).codes).toEqual(codes)
  const first = await rows('list=all&limit=2')
  expect([first.codes, (await rows(`list=all&limit=2&cursor=${first.next}`)).codes]).toEqual([
    codes.slice(0, 2),
    codes.slice(2),
  ])
  expect((await rows('q=0002')).codes).toEqual([codes[1]])
  expect((await rows('q=1103-0003')).codes).toEqual([codes[2]])
  // Finds stand newest first.
  expect((await rows(`q=${encodeURIComponent('13800000000')}`)).codes).toEqual([...codes].reverse())
  expect((await rows(`q=${encodeURIComponent('电梯')}`)).codes.sort()).toEqual(codes)
  expect((await rows(`q=${encodeURIComponent('暖气')}`)).codes).toEqual([])
  expect((await desk.get('/api/staff/cases?list=nothing')).statusCode).toBe(404)
  expect((await desk.get('/api/staff/cases?cursor=bad')).statusCode).toBe(400)
})

it('takes a case from grab to answer by the steps the server offers', async () => {
  await api.staff('wang', 'townClerk', west)
  await api.staff('li', 'townClerk', west)
  const resident = api.browser()
  const code = await api.grievance(resident)
  const [wang, li] = [await api.desk('wang'), await api.desk('li')]
  const seen = (await wang.get(`/api/staff/cases/${code}`)).json()
  expect(seen.resident).toEqual({
    name: null,
    phone: '138****0000',
    place: expect.stringContaining('红山郡'),
  })
  expect(seen.text).toContain('138****0000')
  expect(JSON.stringify(seen)).not.toContain('13800000000')
  expect(seen.steps.find((step: { primary: boolean }) => step.primary)).toMatchObject({
    verb: 'grab',
    label: '抢单',
  })
  const grabbed = await wang.post(`/api/staff/cases/${code}/steps/grab`, {})
  expect(grabbed.json()).toMatchObject({ state: 'working', orderKind: 'grab' })
  const late = await li.post(`/api/staff/cases/${code}/steps/grab`, {})
  expect([late.statusCode, late.json().error]).toEqual([
    409,
    expect.objectContaining({ code: 'conflict', details: [{ field: 'by', why: '姓名wang' }] }),
  ])
  const bare = await wang.post(`/api/staff/cases/${code}/steps/answer`, {})
  expect(bare.statusCode).toBe(422)
  expect(bare.json().error.details.map((one: { field: string }) => one.field)).toContain('result')
  const form = { result: '电梯已修好', facts: '曳引机故障', basis: '物业管理条例' }
  const ticks = grabbed.json().points.map((point: { no: number }) => point.no)
  const answered = await wang.post(`/api/staff/cases/${code}/steps/answer`, { ...form, ticks })
  expect(answered.json()).toMatchObject({ state: 'answered' })
  const view = (await resident.get(`/api/resident/cases/${code}`)).json()
  expect(view).toMatchObject({ awaitsRating: true, answer: { result: '电梯已修好', office: WEST } })
  expect(view.timeline.at(-1)).toMatchObject({ arrived: 'sent', by: WEST })
  expect((await wang.post(`/api/staff/cases/${code}/steps/sign`, {})).statusCode).toBe(409)
  expect((await wang.post(`/api/staff/cases/${code}/steps/nothing`, {})).statusCode).toBe(404)
  expect((await wang.post(`/api/staff/cases/${code}/steps/close`, {})).statusCode).toBe(403)
})

it('opens a masked value with a reason, and keeps the reason', async () => {
  const id = await api.staff('wang', 'townClerk', west)
  const code = await api.grievance(api.browser())
  const desk = await api.desk('wang')
  const reveal = (body: object) => desk.post(`/api/staff/cases/${code}/reveal`, body)
  expect((await reveal({ field: 'phone' })).statusCode).toBe(400)
  expect((await reveal({ field: 'queryHash', reason: '要看' })).statusCode).toBe(400)
  expect((await reveal({ field: 'phone', reason: '要联系居民' })).json()).toEqual({ value: '13800000000' })
  const line = await api.house.store.read.sql.get<Record<string, unknown>>(
    `SELECT a."staffId", a."what", a."field", c."code" FROM "Audit" a JOIN "Case" c ON c."id" = a."caseId" WHERE a."what" = 'reveal'`,
  )
  expect(line).toEqual({ staffId: id, what: 'reveal', field: 'phone', code })
})

it('hands a conversation to one clerk and back to the bot', async () => {
  await api.staff('wang', 'townClerk', west)
  await api.staff('li', 'townClerk', west)
  const resident = api.browser()
  await resident.post('/api/resident/session', {})
  await resident.say('人工')
  const [wang, li] = [await api.desk('wang'), await api.desk('li')]
  const [waiting] = (await wang.get('/api/staff/conversations?mode=waiting')).json().rows
  const talk = `/api/staff/conversations/${waiting.id}`
  expect((await wang.post(`${talk}/say`, { id: '1', text: '您好' })).statusCode).toBe(409)
  expect((await wang.post(`${talk}/take`)).json()).toMatchObject({ mode: 'human', takenBy: '姓名wang' })
  const late = await li.post(`${talk}/take`)
  expect([late.statusCode, late.json().error.details]).toEqual([409, [{ field: 'by', why: '姓名wang' }]])
  expect((await li.get(talk)).statusCode).toBe(404)
  await wang.post(`${talk}/say`, { id: '1', text: '您好，请讲' })
  const twice = (await wang.post(`${talk}/say`, { id: '1', text: '您好，请讲' })).json()
  const said = twice.messages.filter((message: { from: string }) => message.from === 'staff')
  expect(said).toMatchObject([{ body: { text: '您好，请讲', by: WEST } }])
  expect(await resident.say('我姓王，电话13800000000')).toBe('')
  const back = (await wang.post(`${talk}/handback`)).json()
  expect(back).toMatchObject({ mode: 'bot', takenBy: null })
  expect(await resident.say('菜单')).not.toBe('')
})

it('tells whoever is on duty of danger, and who was faster to acknowledge', async () => {
  const { code } = api.house.district
  await api.staff('dispatcher', 'districtDispatcher', code)
  await api.staff('second', 'districtDispatcher', code)
  await api.staff('zhao', 'townClerk', elsewhere())
  const resident = api.browser()
  await resident.post('/api/resident/session', {})
  await resident.say('我不想活了，药都准备好了')
  const [first, second, zhao] = [
    await api.desk('dispatcher'),
    await api.desk('second'),
    await api.desk('zhao'),
  ]
  const [alert] = (await first.get('/api/staff/alerts')).json().alerts
  expect(alert).toMatchObject({ kinds: ['self_harm'], state: 'open', onDuty: '姓名dispatcher', stage: '0' })
  expect((await zhao.get('/api/staff/alerts')).json().alerts).toEqual([])
  const acknowledge = `/api/staff/alerts/${alert.id}/acknowledge`
  expect((await first.post(acknowledge)).json()).toMatchObject({ acknowledgedBy: '姓名dispatcher' })
  const late = await second.post(acknowledge)
  expect([late.statusCode, late.json().error.details]).toEqual([
    409,
    [{ field: 'by', why: '姓名dispatcher' }],
  ])
})

it('keeps undelivered notices on a list until somebody says how they were told', async () => {
  await api.staff('wang', 'townClerk', west)
  const code = await api.grievance(api.browser())
  const desk = await api.desk('wang')
  await desk.post(`/api/staff/cases/${code}/steps/grab`, {})
  await api.house.store.write(async tx => {
    await tx.sql.run(`UPDATE "Notice" SET "state" = 'givenUp' WHERE "notice" = 'resident.taken'`)
  })
  const [row] = (await desk.get('/api/staff/notices?state=givenUp')).json().rows
  expect(row).toMatchObject({ notice: 'resident.taken', case: code, recipient: '居民' })
  const clear = () => desk.post(`/api/staff/notices/${row.id}/clear`, { how: '打了电话' })
  expect((await clear()).statusCode).toBe(200)
  expect((await clear()).statusCode).toBe(409)
  expect((await desk.get('/api/staff/notices')).json().rows).toEqual([])
})

it('serves what stands beside the cases', async () => {
  await api.staff('wang', 'townClerk', west)
  const desk = await api.desk('wang')
  expect((await desk.get('/api/staff/units')).json().units.length).toBeGreaterThan(20)
  expect((await desk.get('/api/staff/canned')).json().replies[0]).toMatchObject({ text: expect.any(String) })
  expect((await desk.get('/api/staff/invariant')).json()).toEqual({ open: 0, closed: 0, broken: [] })
})
