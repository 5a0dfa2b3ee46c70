import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

/** 转为调解: the office suggests it, the resident takes it up in the chat or on the form, and the two matters know of each other. */

let api: Api
let clerk: Browser
let resident: Browser
let code: string

const WHY = '物业和您都愿意谈，调解最快。'
const suggest = (text = WHY) => clerk.post(`/api/staff/cases/${code}/steps/toMediation`, { text })
const view = async () => (await resident.get(`/api/resident/cases/${code}`)).json()
const told = async () =>
  (await resident.get('/api/resident/messages?limit=100')).json().messages as {
    body: { text: string; choices?: { n: string; label: string }[] }
  }[]

beforeEach(async () => {
  api = await makeApi()
  await api.staff('west', 'townClerk', '150402010')
  await api.staff('sec', 'panelSecretary', 'P01')
  clerk = await api.desk('west')
  resident = api.browser()
  code = await api.grievance(resident)
  expect((await clerk.post(`/api/staff/cases/${code}/steps/grab`, {})).statusCode).toBe(200)
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const ANSWERS = ['1', '3', '红山郡3号楼', '跳过', '1', '红山物业公司', '没有', '跳过', '13800000000']

test('suggested by the clerk, taken up by a bare number, filed with the telling of the grievance', async () => {
  expect((await view()).mediation).toBeUndefined()
  expect((await suggest('')).statusCode).toBe(422)
  const shown = await suggest()
  expect([shown.statusCode, shown.json().state]).toEqual([200, 'working'])
  const notice = (await told()).at(-1)!.body
  expect(notice.text).toContain(WHY)
  expect(notice.text).toContain(`${code} 转为调解`)
  expect(notice.choices).toMatchObject([{ n: '1', label: `转为调解：${code}` }])
  expect((await view()).mediation).toEqual({ state: 'offered' })
  expect((await view()).timeline.at(-1).words).toContain('建议您申请调解')

  expect(await resident.say('1')).toContain('您安全吗')
  for (const text of ANSWERS) await resident.say(text)
  const receipt = await resident.say('1')
  expect(receipt).toContain('交上去了')
  const { mediations } = (await resident.get('/api/resident/mediations')).json()
  expect(mediations).toHaveLength(1)
  const own = (await resident.get(`/api/resident/mediations/${mediations[0].code}`)).json()
  // Not the title, but all that was told.
  expect(own.about.text).toContain('电梯坏了两周，物业不管')
  expect(own.timeline[0].words).toContain(code)
  expect((await view()).mediation).toEqual({ state: 'applied', code: mediations[0].code })
  const desk = (await (await api.desk('sec')).get(`/api/staff/mediations/${mediations[0].code}`)).json()
  expect(desk.from).toBe(code)

  const again = await suggest()
  expect([again.statusCode, again.json().error.message]).toEqual([
    409,
    expect.stringContaining('已经申请调解'),
  ])
  const { steps } = (await clerk.get(`/api/staff/cases/${code}`)).json()
  expect(steps.map((one: { verb: string }) => one.verb)).not.toContain('toMediation')
})

test('the button of the notice says what the talk understands', async () => {
  await suggest()
  const { label } = (await told()).at(-1)!.body.choices![0]!
  expect(await resident.say(label)).toContain('您安全吗')
})

test('begun on the form: what is known is filled in, and nothing stands in the way of another', async () => {
  const begin = (body: object) => resident.post('/api/resident/forms/mediation', body)
  const done = await begin({ id: 'b1', do: 'begin', from: code.toLowerCase() })
  expect(done.statusCode).toBe(200)
  const answered = (done.json().form.questions as { key: string; answered?: boolean; raw?: string }[]).filter(
    one => one.raw,
  )
  expect(answered.find(one => one.key === 'what')?.raw).toContain('电梯')
  expect((await begin({ id: 'b2', do: 'begin' })).statusCode).toBe(400)
  expect((await begin({ id: 'b3', do: 'begin', from: 'HS-20261103-0099' })).statusCode).toBe(409)
  const stranger = api.browser()
  await stranger.post('/api/resident/session', {})
  const foreign = await stranger.post('/api/resident/forms/mediation', { id: 'b4', do: 'begin', from: code })
  expect(foreign.statusCode).toBe(409)
  expect(
    (await resident.post('/api/resident/forms/grievance', { id: 'b5', do: 'begin', from: code })).statusCode,
  ).toBe(409)
})

test.each([
  ['hidden', { hidden: 1 }],
  ['an accusation', { category: 'accusation' }],
  ['a danger', { category: 'danger' }],
])('nobody is asked to sit at one table about what is %s', async (_, changes) => {
  const [[column, value]] = Object.entries(changes) as [[string, string | number]]
  await api.house.store.write(async tx => {
    await tx.sql.run(`UPDATE "Case" SET "${column}" = ? WHERE "code" = ?`, value, code)
  })
  const { steps } = (await clerk.get(`/api/staff/cases/${code}`)).json()
  expect((steps ?? []).map((one: { verb: string }) => one.verb)).not.toContain('toMediation')
  expect((await suggest()).statusCode).toBeGreaterThanOrEqual(403)
  expect((await told()).some(one => one.body.text.includes(WHY))).toBe(false)
})
