import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { caseByCode } from '../../src/store/cases.ts'
import { ANSWER, DISTRICT, EAST, WEST } from '../actions/staff.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
beforeEach(async () => {
  api = await makeApi()
  await api.staff('west', 'townClerk', WEST)
  await api.staff('east', 'townClerk', EAST)
  await api.staff('disp', 'districtDispatcher', DISTRICT)
})
afterEach(() => api.close())

const PLANTED = ['13800000000', '物业不管', '3号楼', '王秀兰']
const TOLD = '我是红山郡5号楼的，电梯也坏了，我叫李大海'

/** Somebody with a session; English or Chinese as the browser asks. */
async function resident(): Promise<Browser> {
  const one = api.browser()
  await one.post('/api/resident/session', {})
  return one
}
const all = async (one: Browser) => JSON.stringify((await one.get('/api/resident/messages')).json())
const step = (desk: Browser, code: string, verb: string, body: object = {}) =>
  desk.post(`/api/staff/cases/${code}/steps/${verb}`, body)
const seen = async (desk: Browser, code: string) => (await desk.get(`/api/staff/cases/${code}`)).json()
const follows = async (one: Browser) => (await one.get('/api/resident/follows')).json().follows

/** A neighbour tells the same; ends at the summary. */
async function toldByNeighbour(words = TOLD): Promise<Browser> {
  const one = await resident()
  await one.say(words)
  await one.say('3')
  const check = await one.say('不留')
  expect(check).toContain('跟着这件一起等消息')
  return one
}

/** The first case, its person and a neighbour who follows it, with the words passed on. */
async function followed() {
  const owner = api.browser()
  const code = await api.grievance(owner)
  const near = await toldByNeighbour()
  await near.say('3')
  expect(await near.say('1')).toContain(`您跟着 ${code} 了`)
  return { owner, code, near }
}

describe('a neighbour follows', () => {
  it('opens no second case, and passes the words on to staff alone', async () => {
    const { owner, code, near } = await followed()
    expect((await near.get('/api/resident/cases')).json().cases).toEqual([])
    const desk = await api.desk('west')
    const shown = await seen(desk, code)
    expect(shown.follow).toMatchObject({ followers: 1, summary: null, main: null, linked: [] })
    expect(shown.timeline.at(-1)).toMatchObject({ words: '补了几句', by: '关注的邻居', public: false })
    expect(shown.timeline.at(-1).text).toContain('5号楼')
    // The complainant learns that somebody follows, and how many; nothing about them.
    const own = await owner.get(`/api/resident/cases/${code}`)
    expect(own.json().neighbours).toBe(1)
    expect(own.body + (await all(owner))).not.toMatch(/5号楼|李大海/)
    const rows = (await desk.get('/api/staff/cases?list=followed')).json().rows
    expect(rows).toMatchObject([{ code, followers: 1 }])
  })

  it('sees kind, place, state, dates, office and the summary, and through no door anything else', async () => {
    const { code, near } = await followed()
    expect(await follows(near)).toEqual([
      expect.objectContaining({
        code,
        category: '电梯',
        place: '红山郡',
        state: 'received',
        summary: null,
        open: true,
      }),
    ])
    const { paths } = (await near.get('/api/openapi.json')).json() as { paths: Record<string, object> }
    const doors = Object.entries(paths).filter(
      ([path, verbs]) => path.startsWith('/api/resident') && 'get' in verbs,
    )
    expect(doors.length).toBeGreaterThan(12)
    for (const [path] of doors) {
      const { body } = await near.get(
        path.replaceAll('{code}', code).replace('{flow}', 'status').replace('{id}', code),
      )
      // What the neighbour wrote is their own; the planted words are the complainant's.
      for (const secret of PLANTED) expect([path, body.includes(secret)]).toEqual([path, false])
    }
    expect((await near.get(`/api/resident/cases/${code}`)).statusCode).toBe(404)
    expect((await near.get(`/api/resident/cases/${code}/qr`)).statusCode).toBe(404)
    const asked = await near.say('我的进度')
    expect(asked).toContain(`跟着的：${code} 红山郡`)
    const one = await near.say(code)
    expect(one).toContain('您跟着的')
    for (const secret of PLANTED) expect(asked + one).not.toContain(secret)
    for (const verb of ['补充', '撤回', '评价'])
      expect(await near.say(`${verb} ${code} 没解决`)).not.toMatch(/加进去了|撤回了|记下了|重新办，/)
  })

  it('hears of the summary, the answer, the end and of it being done again, and reads the summary alone', async () => {
    const { owner, code, near } = await followed()
    const desk = await api.desk('west')
    await step(desk, code, 'grab')
    for (const summary of ['请联系13800000000', '身份证150402198001011234已登记']) {
      const no = await step(desk, code, 'publish', { summary })
      expect([no.statusCode, no.json().error.details]).toEqual([
        422,
        [{ field: 'summary', why: expect.stringContaining('电话') }],
      ])
    }
    await step(desk, code, 'publish', { summary: '配件已到，周五恢复运行。' })
    expect(await all(near)).toContain('配件已到，周五恢复运行。')
    await step(desk, code, 'answer', { ...ANSWER, facts: '业主王秀兰说的制动器坏了' })
    await owner.say('解决了，满意')
    await owner.say('1')
    expect((await seen(desk, code)).state).toBe('closed')
    await step(await api.desk('disp'), code, 'reopen', { reason: '居民说又坏了' })
    const told = await all(near)
    for (const words of ['有新进展', '已经答复了', '结束了', '没有解决']) expect(told).toContain(words)
    expect(told).not.toMatch(/制动器|王秀兰|物业服务合同/)
    expect((await follows(near))[0].summary).toBe('配件已到，周五恢复运行。')
    // What neighbours are told leads to no page they may not open.
    const notices = (await near.get('/api/resident/messages')).json().messages as {
      from: string
      body: object
    }[]
    for (const { body } of notices.filter(one => one.from === 'notice'))
      expect(body).not.toHaveProperty('code')
  })

  it('stops on the page and in the chat, and can then file the own one', async () => {
    const { code, near } = await followed()
    expect((await near.post(`/api/resident/follows/${code}/leave`, {})).statusCode).toBe(204)
    expect((await near.post(`/api/resident/follows/${code}/leave`, {})).statusCode).toBe(404)
    expect(await follows(near)).toEqual([])
    await near.say(TOLD)
    await near.say('3')
    await near.say('1')
    await near.say('3')
    await near.say('2')
    expect(await follows(near)).toHaveLength(1)
    expect(await near.say('不跟了')).toContain(`不跟 ${code} 了`)
    expect(await follows(near)).toEqual([])
  })
})

describe('the race', () => {
  it('a case that ended meanwhile cannot be followed: told, and filed instead', async () => {
    const owner = api.browser()
    const code = await api.grievance(owner)
    const near = await toldByNeighbour()
    await near.say('3')
    await owner.say(`撤回 ${code}`)
    await owner.say('1')
    await owner.say('1')
    const row = await caseByCode(api.house.store.read, code)
    expect(row?.state).toBe('withdrawn')
    const ending = await near.say('1')
    expect(ending).toContain('单独交上去了')
    const mine = (await near.get('/api/resident/cases')).json().cases
    expect(mine).toHaveLength(1)
    expect(await follows(near)).toEqual([])
  })

  it('on the form it is refused with a sentence, and every answer stays', async () => {
    const owner = api.browser()
    const code = await api.grievance(owner)
    const near = await toldByNeighbour()
    const form = (await near.get('/api/resident/forms/grievance')).json()
    expect(form).toMatchObject({ current: null, joins: ['follow'] })
    expect(JSON.stringify(form)).not.toContain(code)
    await owner.say(`撤回 ${code}`)
    await owner.say('1')
    await owner.say('1')
    const no = await near.post('/api/resident/forms/grievance', { id: 'j1', do: 'join', how: 'follow' })
    expect([no.statusCode, no.json().error.message]).toEqual([409, expect.stringContaining('您的答案都在')])
    const sent = await near.post('/api/resident/forms/grievance', { id: 'j2', do: 'send' })
    expect(sent.json().form).toBeNull()
  })
})

describe('never offered', () => {
  it.each([
    ['an accusation', ['我要举报红山郡社区主任收黑钱', '不留']],
    ['a hidden one', ['红山郡3号楼电梯坏了，别让物业知道是我说的', '3', '不留']],
    ['somebody trapped', ['红山郡3号楼电梯坏了', '1']],
    ['what is urgent', ['红山郡3号楼燃气泄漏，满楼道都是气味', '不留']],
    ['private quarrels', ['红山郡物业的保安老板拖欠我工资三个月不给', '不留']],
  ])('%s', async (_, lines) => {
    await api.grievance(api.browser())
    const near = await resident()
    let last = ''
    for (const line of lines) last += await near.say(line)
    expect(last).not.toContain('一起等消息')
  })

  it('and what people keep to themselves is not offered even where a neighbour has the same', async () => {
    const wages = ['我在红山郡干活，老板拖欠我工资三个月不给', '不留']
    const owner = await resident()
    for (const line of [...wages, '1']) await owner.say(line)
    expect((await owner.get('/api/resident/cases')).json().cases).toHaveLength(1)
    const near = await resident()
    let last = ''
    for (const line of wages) last = await near.say(line)
    expect(last).not.toMatch(/一起等消息|附近/)
    expect(last).toContain('交上去')
  })

  it('and a hidden case is offered to nobody', async () => {
    const owner = await resident()
    for (const line of ['红山郡3号楼电梯坏了，别让物业知道是我说的', '3', '不留', '1']) await owner.say(line)
    const near = await resident()
    for (const line of [TOLD, '3']) await near.say(line)
    expect(await near.say('不留')).not.toContain('一起等消息')
  })
})

describe('the same person again', () => {
  it('is told progress, and adds, hurries or files another', async () => {
    const one = api.browser()
    const code = await api.grievance(one)
    const again = async () => {
      await one.say('红山郡3号楼电梯还是不能用，昨天又卡了一次')
      await one.say('3')
      return one.say('1')
    }
    const check = await again()
    expect(check).toMatch(new RegExp(`${code}.*已收到|收到了`))
    expect(await one.say('3')).toContain(`加到 ${code}`)
    await again()
    expect(await one.say('4')).toContain('催过了')
    const desk = await api.desk('west')
    const lines = (await seen(desk, code)).timeline.map((line: { verb: string }) => line.verb)
    expect(lines.slice(-2)).toEqual(['add', 'hurry'])
    expect((await one.get('/api/resident/cases')).json().cases).toHaveLength(1)
    await again()
    await one.say('1')
    expect((await one.get('/api/resident/cases')).json().cases).toHaveLength(2)
  })
})

describe('staff link two cases', () => {
  async function two() {
    const first = api.browser()
    const main = await api.grievance(first)
    const second = await toldByNeighbour()
    const own = /HS-\d{8}-\d{4}/.exec(await second.say('1'))![0]
    return { first, second, main, own }
  }

  it('each keeps its hand and clock; the person hears both codes and the other’s progress', async () => {
    const { second, main, own } = await two()
    const desk = await api.desk('west')
    const shown = await seen(desk, own)
    expect(shown.follow.likely.map((one: { code: string }) => one.code)).toEqual([main])
    expect((await desk.get('/api/staff/cases')).json().rows).toMatchObject([{ alike: 1 }, { alike: 1 }])
    const linked = await step(desk, own, 'link', { same: main.toLowerCase() })
    expect([linked.statusCode, linked.json().follow.main.code]).toEqual([200, main])
    expect((await seen(desk, main)).follow).toMatchObject({ followers: 1, linked: [own], likely: [] })
    expect(await all(second)).toMatch(new RegExp(`${own}.{0,8}和 ${main} 是同一件`))
    expect((await follows(second))[0]).toMatchObject({ code: main, own })
    // What a clerk linked only a clerk parts.
    expect((await second.post(`/api/resident/follows/${main}/leave`, {})).statusCode).toBe(404)
    await step(desk, main, 'grab')
    await step(desk, main, 'answer', ANSWER)
    expect(await all(second)).toContain('已经答复了')
    const open = await seen(desk, own)
    expect(open.follow.main.answer).toEqual({
      result: ANSWER.result,
      facts: ANSWER.facts,
      basis: ANSWER.basis,
    })
    expect(
      open.deadlines.filter(
        (one: { endedAt: string | null; metAt: string | null }) => !one.endedAt && !one.metAt,
      ).length,
    ).toBeGreaterThan(0)
    const parted = await step(desk, own, 'unlink')
    expect([parted.statusCode, parted.json().follow.main]).toEqual([200, null])
    expect(await follows(second)).toEqual([])
    expect(await all(second)).toContain('分开办了')
  })

  it('refuses with a sentence what cannot be', async () => {
    const { main, own } = await two()
    const desk = await api.desk('west')
    const why = async (code: string, same: string) =>
      (await step(desk, code, 'link', { same })).json().error.details[0].why
    expect(await why(own, own)).toContain('就是本件')
    expect(await why(own, 'HS-20261103-9999')).toContain('没有这个编号')
    expect((await step(desk, own, 'unlink')).statusCode).toBe(409)
    await step(desk, own, 'link', { same: main })
    expect(await why(main, own)).toContain('关联')
    expect((await step(await api.desk('east'), own, 'link', { same: main })).statusCode).toBe(404)
  })

  it('only who handles both may: the town sees a department’s case, and may not link it', async () => {
    const { main, own } = await two()
    const disp = await api.desk('disp')
    await step(disp, main, 'dispatch', { unit: 'D01' })
    const desk = await api.desk('west')
    const no = await step(desk, own, 'link', { same: main })
    expect(no.json().error.details[0].why).toContain('两件都能办')
    expect((await step(disp, own, 'link', { same: main })).statusCode).toBe(200)
  })
})
