import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Form } from '../../src/api/schemas-forms.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
beforeAll(async () => {
  api = await makeApi()
})
afterAll(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

let moves = 0

/** Somebody at the form page. */
async function resident(language?: string) {
  const browser = api.browser()
  await browser.post(
    '/api/resident/session',
    {},
    language ? { headers: { 'accept-language': language } } : {},
  )
  const url = (flow: string) => `/api/resident/forms/${flow}`
  return {
    browser,
    see: async (flow: string) => (await browser.get(url(flow))).json() as Form,
    move: (flow: string, body: object) => browser.post(url(flow), { id: `f${++moves}`, ...body }),
    async fill(flow: string, key: string, given: object) {
      const answer = await browser.post(url(flow), { id: `f${++moves}`, do: 'answer', key, ...given })
      expect([answer.statusCode, key, answer.body.slice(0, 200)]).toEqual([200, key, expect.anything()])
      return answer.json() as { form: Form; messages: { body: { text: string } }[] }
    },
  }
}

const open = (form: Form) => form.questions.filter(question => !question.aside).map(({ key }) => key)
const question = (form: Form, key: string) => form.questions.find(each => each.key === key)
const lines = async (browser: Browser) =>
  (
    (await browser.get('/api/resident/messages')).json().messages as {
      from: string
      body: { text: string }
    }[]
  ).map(({ from, body }) => `${from}: ${body.text}`)
const onlyCase = async (browser: Browser) => (await browser.get('/api/resident/cases')).json().cases

describe('a whole complaint by form alone', () => {
  it('asks, checks, sends, and gives a receipt; the conversation tells it all', async () => {
    const { see, fill, move, browser } = await resident()
    const empty = await see('grievance')
    expect(empty).toMatchObject({
      title: '我要诉求',
      current: 'what',
      notice: expect.stringContaining('个人信息'),
    })
    expect(empty.questions.every(({ answered }) => !answered)).toBe(true)
    const told = await fill('grievance', 'what', { text: '3号楼电梯坏了两周，物业不管' })
    expect(told.messages).toEqual([])
    expect(told.form).toMatchObject({ current: 'where' })
    expect(told.form.notice).toBeUndefined()
    expect(open(told.form)).toEqual(['what', 'where', 'trapped', 'phone'])
    const placed = await fill('grievance', 'where', { text: '红山郡' })
    expect(question(placed.form, 'where')).toMatchObject({
      raw: '红山郡 3号楼',
      shown: { value: '红山郡 3号楼', note: expect.stringContaining('西城街道') },
    })
    await fill('grievance', 'trapped', { value: 'frail' })
    const full = await fill('grievance', 'phone', { text: '13800000000' })
    expect(full.form.current).toBeNull()
    expect(question(full.form, 'phone')).toMatchObject({
      raw: '13800000000',
      shown: { value: '138****0000' },
    })
    const named = await fill('grievance', 'name', { text: '王秀英' })
    expect(named.form.current).toBeNull()
    const sent = (await move('grievance', { do: 'send' })).json()
    expect(sent.form).toBeNull()
    expect(sent.messages[0].body).toMatchObject({
      code: expect.stringMatching(/^HS-/),
      card: { kind: 'receipt' },
    })
    expect(await onlyCase(browser)).toMatchObject([
      { office: '西城街道', title: '3号楼电梯坏了两周，物业不管' },
    ])
    expect((await lines(browser)).slice(0, 6)).toEqual([
      'me: 什么事：3号楼电梯坏了两周，物业不管',
      'me: 在哪里：红山郡 3号楼',
      'me: 急不急：没人被困，家有老人或病人',
      'me: 您的电话：138****0000',
      'me: 怎么称呼：王秀英',
      'me: 没错，交上去',
    ])
    expect((await see('grievance')).questions.some(({ answered }) => answered)).toBe(false)
  })

  it('takes an empty list of photos as none', async () => {
    const { fill, move } = await resident()
    const { form } = await fill('grievance', 'files', { files: [] })
    expect(question(form, 'files')).toMatchObject({ answered: false, files: [] })
    const foreign = await move('grievance', {
      do: 'answer',
      key: 'files',
      files: ['0190a6f0-0000-7000-8000-000000000000'],
    })
    expect(foreign.statusCode).toBe(422)
  })

  it('takes what the first sentence told, and asks only the rest', async () => {
    const { fill } = await resident()
    const { form } = await fill('grievance', 'what', {
      text: '红山郡3号楼路灯坏了，电话13800000000，我叫王明',
    })
    expect(form.current).toBeNull()
    expect(question(form, 'name')).toMatchObject({ answered: true, aside: true, raw: '王明' })
  })

  it('lets a picked community and a position be the place, and words put them right', async () => {
    const { fill, move, browser } = await resident()
    await fill('grievance', 'what', { text: '路面塌了个坑没人修' })
    const places = (await browser.get('/api/resident/places')).json()
    const estate = places.estates.find((at: { name: string }) => at.name === '清河小区')
    expect(estate).toMatchObject({ py: 'qinghexiaoqu qhxq' })
    const at12 = places.communities.find((at: { code: string }) => at.code === estate.community)
    expect(at12).toMatchObject({ town: estate.community.slice(0, 9) })
    const picked = await fill('grievance', 'where', { unit: at12.code, text: '清河小区5号楼' })
    expect(question(picked.form, 'where')?.shown).toEqual({
      value: '清河小区5号楼',
      note: expect.stringContaining(at12.name),
    })
    const [w, s, e, n] = api.house.district.shapes[0]!.box
    const position = { lat: (s + n) / 2, lng: (w + e) / 2 }
    const at = (await browser.post('/api/resident/places/at', position)).json()
    const near = await fill('grievance', 'where', { position })
    expect(question(near.form, 'where')?.raw).toBe(`${at.town} ${at.community} ${at.name}附近`)
    await fill('grievance', 'phone', { value: '!skip' })
    await move('grievance', { do: 'send' })
    const row = await api.house.store.read.sql.get(
      'SELECT "townId", "communityId", "gridId" FROM "Case" ORDER BY "createdAt" DESC, "code" DESC LIMIT 1',
    )
    expect(row).toEqual({ townId: at.unit.slice(0, 9), communityId: at.unit.slice(0, 12), gridId: at.unit })
    await fill('grievance', 'what', { text: '路面塌了个坑没人修' })
    await fill('grievance', 'where', { position })
    const words = await fill('grievance', 'where', { text: '说不清在哪里' })
    expect(question(words.form, 'where')).toMatchObject({
      raw: '说不清在哪里',
      shown: { value: '说不清在哪里' },
    })
    expect(question(words.form, 'where')?.shown?.note).toBeUndefined()
  })

  it('says nothing of a place outside the district', async () => {
    const { move, fill, browser } = await resident()
    await fill('grievance', 'what', { text: '路面塌了个坑没人修' })
    const far = { lat: 39.9, lng: 116.4 }
    expect((await browser.post('/api/resident/places/at', far)).statusCode).toBe(404)
    const refused = await move('grievance', { do: 'answer', key: 'where', position: far })
    expect(refused.statusCode).toBe(422)
    expect(refused.json().error.details).toEqual([
      { field: 'where', why: expect.stringContaining('不在红山区') },
    ])
  })
})

describe('half in the chat, half on the form', () => {
  it('finds the answers of the chat on the form, and those of the form in the chat', async () => {
    const { browser, see, fill, move } = await resident()
    await browser.say('3号楼电梯坏了两周，物业不管，我是红山郡的')
    const form = await see('grievance')
    expect(form).toMatchObject({ current: 'trapped' })
    expect(form.notice).toBeUndefined()
    await fill('grievance', 'trapped', { value: 'none' })
    const chat = (await move('grievance', { do: 'chat' })).json()
    expect(chat.messages.at(-1).body.text).toContain('电话')
    expect(await browser.say('13800000000')).toContain('请您看一遍')
    expect((await see('grievance')).current).toBeNull()
    expect((await move('grievance', { do: 'send' })).json().messages[0].body.card.kind).toBe('receipt')
  })

  it('sets a form aside; the chat goes on with it when asked', async () => {
    const { browser, fill, move, see } = await resident()
    await fill('grievance', 'what', { text: '楼道垃圾没人清运，味道很大' })
    expect((await move('grievance', { do: 'leave' })).statusCode).toBe(200)
    expect((await see('grievance')).current).toBe('where')
    expect(await browser.say('继续')).toContain('在哪里')
  })

  it('ends no flow by itself when it was filled on the form', async () => {
    const { browser, fill } = await resident()
    await fill('myData', 'act', { value: 'erase' })
    await fill('myData', 'sure', { text: '确认删除' })
    expect(await browser.say('还是想一想')).toContain('没错')
    expect(await onlyCase(browser)).toEqual([])
  })
})

describe('refusals', () => {
  it.each([
    ['where', { text: '1' }, '列表'],
    ['phone', { text: '12345678' }, '11 位'],
    ['trapped', { value: 'often' }, '选一个'],
    ['files', {}, '照片'],
  ])('%s %j', async (key, given, why) => {
    const { move, fill, see, browser } = await resident()
    await fill('grievance', 'what', { text: '3号楼电梯坏了两周，物业不管' })
    const before = [await see('grievance'), await lines(browser)]
    const answer = await move('grievance', { do: 'answer', key, ...given })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().error).toMatchObject({ code: 'incomplete', details: [{ field: key }] })
    expect(answer.json().error.details[0].why).toContain(why)
    expect([await see('grievance'), await lines(browser)]).toEqual(before)
  })

  it('a form not yet full is not sent, and says where the gap is', async () => {
    const { move } = await resident()
    const answer = await move('grievance', { do: 'send' })
    expect(answer.json().error.details).toEqual([{ field: 'what', why: '这一项还没有填。' }])
  })

  it('knows its flows, its keys, and when there is nothing to pick', async () => {
    const { move, browser } = await resident()
    expect((await browser.get('/api/resident/forms/wishes')).statusCode).toBe(404)
    expect((await move('toString', { do: 'send' })).statusCode).toBe(404)
    expect((await move('grievance', { do: 'answer', key: 'trapped', value: 'none' })).statusCode).toBe(409)
    expect((await move('grievance', { do: 'answer' })).statusCode).toBe(400)
    for (const flow of ['rating', 'addToCase', 'withdraw']) {
      const answer = await browser.get(`/api/resident/forms/${flow}`)
      expect([flow, answer.statusCode, answer.json().error.code]).toEqual([flow, 409, 'notNow'])
      expect(answer.json().error.message).toContain('您现在没有'.slice(2))
      expect((await move(flow, { do: 'answer', key: 'code', value: 'HS-1' })).statusCode).toBe(409)
    }
  })

  it('a stranger gets no form', async () => {
    expect((await api.browser().get('/api/resident/forms/grievance')).statusCode).toBe(401)
  })
})

describe('the same move again', () => {
  it('answers what the first answered and does nothing twice', async () => {
    const { browser, fill } = await resident()
    await fill('grievance', 'what', { text: '红山郡3号楼路灯坏了，电话13800000000' })
    const send = () => browser.post('/api/resident/forms/grievance', { id: 'send-1', do: 'send' })
    const first = (await send()).json()
    const again = (await send()).json()
    expect(again).toEqual(first)
    expect(await onlyCase(browser)).toHaveLength(1)
  })
})

describe('danger on a form', () => {
  it('is heard first, kept as the answer, and the form goes on afterwards', async () => {
    const { fill, see, browser } = await resident()
    const { form, messages } = await fill('grievance', 'what', {
      text: '隔壁着火了，楼道里都是烟，有人困在里面',
    })
    expect(JSON.stringify(messages)).toContain('119')
    expect(messages[0]!.body).toMatchObject({ card: { kind: 'emergency' } })
    expect(question(form, 'what')).toMatchObject({ answered: true })
    const next = await fill('grievance', 'where', { text: '红山郡3号楼' })
    expect(next.messages).toEqual([])
    expect((await see('grievance')).current).toBe('phone')
    const alerts = await api.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Alert"')
    expect(Number(alerts?.n)).toBe(1)
    expect((await onlyCase(browser)).length).toBe(1)
  })

  it('somebody trapped, by a choice', async () => {
    const { fill } = await resident()
    await fill('grievance', 'what', { text: '红山郡3号楼电梯停在半路不动了' })
    const { messages, form } = await fill('grievance', 'trapped', { value: 'trapped' })
    expect(JSON.stringify(messages)).toContain('119')
    expect(question(form, 'trapped')).toMatchObject({ raw: 'trapped' })
  })
})

describe('every other flow', () => {
  it('status, addToCase, rating, withdraw, human, myData', async () => {
    const { browser, see, fill, move } = await resident()
    const code = await api.grievance(browser)
    const added = await see('addToCase')
    expect(question(added, 'code')?.choices).toEqual([{ value: code, label: expect.stringContaining(code) }])
    await fill('addToCase', 'code', { value: code })
    await fill('addToCase', 'text', { text: '现在连灯也不亮了' })
    expect((await move('addToCase', { do: 'send' })).json().messages[0].body.text).toContain('加进去了')
    await fill('status', 'code', { text: code })
    await fill('status', 'queryCode', { value: '!skip' })
    expect((await move('status', { do: 'send' })).json().messages[0].body.card.kind).toBe('case')
    await fill('withdraw', 'code', { value: code })
    const reason = await fill('withdraw', 'reason', { text: '物业已经修好了' })
    expect(reason.form.current).toBeNull()
    expect((await move('withdraw', { do: 'send' })).json().messages[0].body.text).toContain('撤回了')
    const human = await see('human')
    expect(human).toMatchObject({ current: null, questions: [{ key: 'reason', aside: true }] })
    expect((await move('human', { do: 'send' })).json().messages[0].body.text).toContain('工作人员')
    await fill('myData', 'act', { value: 'phone' })
    const phone = await fill('myData', 'phone', { text: '13900000000' })
    expect(phone.form.current).toBeNull()
    expect((await move('myData', { do: 'send' })).json().messages[0].body.text).toContain('改好了')
  })

  it('erases only for the typed word', async () => {
    const { browser, fill, move } = await resident()
    await fill('myData', 'act', { value: 'erase' })
    expect((await move('myData', { do: 'answer', key: 'sure', text: '好' })).statusCode).toBe(422)
    await fill('myData', 'sure', { text: '确认删除' })
    const sent = (await move('myData', { do: 'send' })).json()
    expect(sent).toMatchObject({
      form: null,
      messages: [{ body: { text: expect.stringContaining('删除') } }],
    })
    expect((await browser.get('/api/resident/messages')).statusCode).toBe(401)
  })
})

it('speaks English all through', async () => {
  const { see, fill, move, browser } = await resident('en')
  await fill('grievance', 'what', { text: 'The street lights at 红山郡 are out, nobody comes' })
  const form = await see('grievance')
  const told = [
    form.title,
    ...form.questions.flatMap(({ ask, choices = [] }) => [ask, ...choices.map(c => c.label)]),
  ]
  expect(told.filter(words => /[\u4e00-\u9fff]/.test(words))).toEqual([])
  const refused = await move('grievance', { do: 'answer', key: 'phone', text: '123' })
  expect(refused.json().error.details[0].why).toMatch(/^There is no phone/)
  await fill('grievance', 'phone', { value: '!skip' })
  expect((await move('grievance', { do: 'send' })).json().messages[0].body.text).toMatch(/Number HS-/)
  expect((await lines(browser))[1]).toBe('me: Your phone: No phone')
})
