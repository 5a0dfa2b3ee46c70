import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

/** A call for help: its desk sees and answers it, its person hears gentle words, and nobody who looks on learns which desk it is. */

let api: Api
let person: Browser
beforeEach(async () => {
  api = await makeApi()
  await api.staff('mind', 'panelSecretary', 'P08')
  await api.staff('youth', 'panelSecretary', 'P07')
  await api.staff('care', 'careCoordinator', '150402')
  await api.staff('town', 'townClerk', '150402010')
  person = api.browser()
  await person.post('/api/resident/session', {})
})
afterEach(() => api.close())

/** Names and words that would tell a stranger who helps. */
const TELLTALE = /心理|干预|青少年|12355|P0[78]|违法犯罪|psycholog|youth/i

const RESULT = { result: '我们聊过了', facts: '约好下周再聊', basis: '您愿意继续' }

async function seekHelp(...says: string[]): Promise<string> {
  let last = ''
  for (const text of says) last = await person.say(text)
  return /HS-\d{8}-\d{4}/.exec(last)![0]
}
const mind = () =>
  seekHelp('心里难受，总想哭，想找人说说', '给我打电话，13900001111', '尽快', '只说服务中心', '没错')

test('the desk has it at once, reads what is wished in words, and nobody of a town or another panel sees it', async () => {
  const code = await mind()
  const desk = await api.desk('mind')
  const shown = (
    await desk.get(`/api/staff/cases/${code}`, { headers: { 'accept-language': 'zh-CN' } })
  ).json()
  expect(shown).toMatchObject({
    kind: 'hotline',
    state: 'assigned',
    class: 'general',
    hidden: true,
    title: '求助（保密）',
    text: '心里难受，总想哭，想找人说说',
    resident: { name: null, phone: '139****1111', place: null },
  })
  expect(shown.help.rows.map(({ label, value }: Record<string, string>) => `${label}：${value}`)).toEqual([
    '求助类型：心理服务',
    '为谁：本人',
    '怎么联系：打电话',
    '什么时候：尽快',
    '电话里怎么说：只说“服务中心”，别说部门',
  ])
  expect(shown.help.minds).toHaveLength(2)
  expect(shown.help.office).toBe('红山区服务中心')
  expect(shown.steps.map(({ verb }: { verb: string }) => verb)).toContain('sign')
  expect(shown.deadlines.map(({ kind }: { kind: string }) => kind)).toEqual(
    expect.arrayContaining(['contact', 'answer', 'sign']),
  )
  for (const other of ['youth', 'town'])
    expect((await (await api.desk(other)).get(`/api/staff/cases/${code}`)).statusCode).toBe(404)
  const english = (
    await desk.get(`/api/staff/cases/${code}`, { headers: { 'accept-language': 'en' } })
  ).json()
  expect(english.help.rows[0]).toEqual({ label: 'Kind of help', value: 'Psychological service' })
  const { rows } = (await desk.get('/api/staff/cases?list=unit')).json()
  expect(rows.map((row: { code: string }) => row.code)).toEqual([code])
  const found = await (await api.desk('mind')).get(
    `/api/staff/cases?list=all&q=${encodeURIComponent('难受')}`,
  )
  expect(found.json().rows).toEqual([])
  await api.staff('dispatcher', 'districtDispatcher', '150402')
  const invariant = await (await api.desk('dispatcher')).get('/api/staff/invariant')
  expect(invariant.json()).toEqual({ open: 1, closed: 0, broken: [] })
})

test('from hand to hand its person reads of a service centre alone, and is asked whether it helped', async () => {
  const code = await mind()
  const desk = await api.desk('mind')
  const step = async (verb: string, form: object) =>
    expect([verb, (await desk.post(`/api/staff/cases/${code}/steps/${verb}`, form)).statusCode]).toEqual([
      verb,
      200,
    ])
  await step('sign', {})
  await step('contact', { how: 'phone', text: '通过电话' })
  await step('message', { text: '明天上午再给您打' })
  await step('answer', { ...RESULT, ticks: [] })
  const list = (await person.get('/api/resident/cases')).json().cases
  expect(list[0]).toMatchObject({ title: '您的求助', office: '红山区服务中心', kind: 'hotline' })
  expect('news' in list[0]).toBe(false)
  const page = (await person.get(`/api/resident/cases/${code}`)).json()
  expect(page).toMatchObject({
    office: '红山区服务中心',
    answer: { office: '红山区服务中心' },
    may: expect.arrayContaining(['rate']),
  })
  expect('handler' in page).toBe(false)
  const { messages } = (await person.get('/api/resident/messages')).json()
  const told = messages.filter((one: { from: string }) => one.from === 'notice')
  expect(told.map((one: { body: { text: string } }) => one.body.text.split('\n')[0])).toEqual([
    `您的事（${code}）有人接了，会尽快联系您。`,
    '红山区服务中心说：明天上午再给您打',
    `红山区服务中心回您了（${code}）。`,
  ])
  expect(told.at(-1).body.text).toContain('帮到您了吗')
  expect(told.at(-1).body.choices[0].label).toBe('帮到了')
  const lookup = await person.say(code)
  const menu = await person.say('我的进度')
  for (const seen of [list, page, told, lookup, menu]) expect(JSON.stringify(seen)).not.toMatch(TELLTALE)
  expect(await person.say('1')).toContain(code)
  expect((await person.get(`/api/resident/cases/${code}`)).json().state).toBe('closed')
})

test('the query code opens state and dates, and no desk', async () => {
  await mind()
  const { messages } = (await person.get('/api/resident/messages')).json()
  const receipt = messages.at(-1).body
  expect(JSON.stringify(receipt)).not.toMatch(TELLTALE)
  const [code, queryCode] = receipt.card.rows.map((row: { value: string }) => row.value)
  const stranger = api.browser()
  const looked = (await stranger.post('/api/resident/lookup', { code, queryCode })).json()
  expect(looked).toMatchObject({ office: '红山区服务中心' })
  expect(JSON.stringify(looked)).not.toMatch(TELLTALE)
})

test('a young person’s complaint is important, in the hands of a trained person who is told to report', async () => {
  const code = await seekHelp('我15岁，我们老师总当着全班骂我，我想投诉', '就在这里回', '没错')
  const care = await api.desk('care')
  const shown = (
    await care.get(`/api/staff/cases/${code}`, { headers: { 'accept-language': 'zh-CN' } })
  ).json()
  expect(shown).toMatchObject({ class: 'important', state: 'assigned', kind: 'hotline' })
  expect(shown.help.minds[0]).toContain('未成年人保护法第十一条')
  expect(shown.help.rows.map((row: { value: string }) => row.value)).toEqual([
    '12355 青少年服务台',
    '本人',
    '14–17 岁',
    '权益受侵害',
    '只在线上写字，不要打电话',
  ])
  for (const [verb, form] of [
    ['sign', {}],
    ['message', { text: '你说的我都看到了' }],
    ['contact', { how: 'wechat', text: '在线上写了话' }],
  ] as const) {
    const done = await care.post(`/api/staff/cases/${code}/steps/${verb}`, form)
    expect([verb, done.statusCode, done.json().error?.message]).toEqual([verb, 200, undefined])
  }
  const talk = await (await api.desk('mind')).get(`/api/staff/cases/${code}`)
  expect(talk.statusCode).toBe(404)
})

test('left in a hurry, nothing of it is shown any more, everything is kept, and words bring it back', async () => {
  await person.say('红山郡3号楼路灯坏了')
  await person.say('取消')
  await person.say('心里难受，总想哭，想找人说说')
  const before = (await person.get('/api/resident/messages')).json()
  expect(before.messages.filter((one: { quiet?: boolean }) => one.quiet).length).toBeGreaterThan(3)
  expect((await person.post('/api/resident/quick-exit', {})).statusCode).toBe(204)
  expect((await person.post('/api/resident/quick-exit', {})).statusCode).toBe(204)
  const after = (await person.get('/api/resident/messages')).json()
  expect(after.last).toBe(before.last)
  expect(JSON.stringify(after.messages)).not.toMatch(/难受|找人说说|快速离开/)
  expect(JSON.stringify(after.messages)).toContain('路灯坏了')
  expect((await person.get('/api/resident/export')).body).not.toContain('难受')
  const form = (await person.get('/api/resident/forms/help')).json()
  expect(form.questions.some((one: { answered: boolean }) => one.answered)).toBe(false)
  // The ledger keeps every line, and so does the desk that reads along.
  const rows = await api.house.store.read.sql.all<{ veil: number }>('SELECT "veil" FROM "Message"')
  expect(rows).toHaveLength(before.last)
  await api.staff('dispatcher', 'districtDispatcher', '150402')
  const { id } = (await api.house.store.read.sql.get<{ id: string }>('SELECT "id" FROM "Person"'))!
  const read = await (await api.desk('dispatcher')).get(`/api/staff/conversations/${id}`)
  expect(read.body).toContain('总想哭')
  expect(await person.say('接着刚才的事')).toContain('怎么回您方便')
  expect(await person.say('就在这里回')).toContain('心里难受，总想哭')
  const code = /HS-\d{8}-\d{4}/.exec(await person.say('没错'))![0]
  const shown = (await (await api.desk('mind')).get(`/api/staff/cases/${code}`)).json()
  expect(shown.text).toBe('心里难受，总想哭，想找人说说')
})

test('said in words it is answered neutrally, and what was said is veiled with the words that did it', async () => {
  await person.say('心理咨询')
  const answer = await person.say('快速离开')
  expect(answer).toContain('聊天记录')
  expect(answer).not.toMatch(TELLTALE)
  const { messages } = (await person.get('/api/resident/messages')).json()
  expect(JSON.stringify(messages)).not.toMatch(/心理|快速离开/)
  expect(await person.say('快速离开')).toContain('随时再来')
})

test('filled on the form it is the same talk, and sends the same case', async () => {
  const move = async (body: object) => {
    const done = await person.post('/api/resident/forms/help', { id: `f${Math.random()}`, ...body })
    expect(done.statusCode, done.body).toBe(200)
    return done.json()
  }
  const { form } = await move({ do: 'answer', key: 'what', value: '!skip' })
  expect(form.title).toBe('求助（保密）')
  expect(form.questions.map(({ key }: { key: string }) => key)).toEqual(['what', 'desk', 'whom', 'way'])
  await move({ do: 'answer', key: 'desk', value: 'line' })
  await move({ do: 'answer', key: 'whom', value: 'me' })
  await move({ do: 'answer', key: 'age', value: 'unsaid' })
  await move({ do: 'answer', key: 'asks', value: 'protection' })
  const call = (await move({ do: 'answer', key: 'way', value: 'call' })).form
  expect(call.current).toBe('phone')
  const none = (await move({ do: 'answer', key: 'phone', value: '!skip' })).form
  expect(none.current).toBeNull()
  const sent = await move({ do: 'send' })
  expect(JSON.stringify(sent.messages)).toContain('不会打电话')
  const { messages } = (await person.get('/api/resident/messages')).json()
  expect(messages.every((one: { quiet?: boolean }) => one.quiet)).toBe(true)
})

test('a number given with a call for help is kept for it alone', async () => {
  await mind()
  expect(await person.say('我的资料')).not.toContain('13900001111')
  const { messages } = (await person.get('/api/resident/messages')).json()
  expect(JSON.stringify(messages.slice(-2))).not.toContain('139****1111')
})
