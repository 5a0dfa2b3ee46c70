import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let west: string
let desk: Browser
beforeEach(async () => {
  api = await makeApi()
  west = [...api.house.district.units.values()].find(unit => unit.name === '西城街道')!.code
  await api.staff('wang', 'townClerk', west)
  desk = await api.desk('wang')
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

interface Found {
  rows: { code: string; title: string; found?: { by: string[]; title: Bit[]; text?: Bit[] } }[]
  count: number
  note?: string
}
interface Bit {
  t: string
  m: boolean
}
const find = async (q: string, more = '', one = desk, language = 'zh-CN') => {
  const url = `/api/staff/cases?q=${encodeURIComponent(q)}${more}`
  const answer = await one.get(url, { headers: { 'accept-language': language } })
  expect([q, answer.statusCode]).toEqual([q, 200])
  return answer.json() as Found
}
const marked = (bits: readonly Bit[] = []) => bits.filter(bit => bit.m).map(bit => bit.t)
const whole = (bits: readonly Bit[] = []) => bits.map(bit => bit.t).join('')

it('says which words it was found by, and opens nothing that is masked', async () => {
  const code = await api.grievance(api.browser())
  const { rows, count } = await find('电梯')
  expect([count, rows.map(row => row.code)]).toEqual([1, [code]])
  const { found, title } = rows[0]!
  expect([found!.by, marked(found!.title), whole(found!.title)]).toEqual([['words'], ['电梯'], title])
  const byPhone = (await find('138-0000-0000')).rows[0]!
  expect(byPhone.found!.by).toEqual(['phone'])
  const far = (await find('物业 两周')).rows[0]!
  expect(JSON.stringify([byPhone, far])).not.toContain('13800000000')
  for (const [typed, by] of [
    [code, 'code'],
    [code.slice(3), 'code'],
    [code.slice(-4), 'code'],
    [code.slice(3, 11), 'code'],
  ] as const)
    expect([typed, (await find(typed)).rows.map(row => row.found!.by)]).toEqual([typed, [[by]]])
})

it('shows the words around a find in the text where the title has none, with numbers and names masked', async () => {
  const one = api.browser()
  await one.post('/api/resident/session', {})
  await one.say(
    '红山郡3号楼电梯坏了两周，没有人来修理，我的电话13800001234，孩子上学每天爬二十层，一只手提着菜篮子',
  )
  await one.say('3')
  await one.say('1')
  const found = (await find('菜篮')).rows[0]?.found
  expect(marked(found?.text)).toEqual(['菜篮'])
  expect(found?.title.some(bit => bit.m)).toBe(false)
  const near = (await find('我的电话')).rows[0]?.found
  expect(whole(near?.text)).toContain('138****1234')
})

it('answers anything typed with an honest result or a clear sentence', async () => {
  await api.grievance(api.browser())
  const none = [
    '"',
    "'",
    '*',
    'OR',
    'NEAR(',
    '电梯 NOT 电梯"',
    '" OR 1=1 --',
    '😀',
    '\\',
    '%_',
    'πχω',
    '\u0000',
    '()',
  ]
  for (const typed of none) {
    const { rows, note } = await find(typed)
    expect([typed, rows.length]).toEqual([typed, typed.includes('电梯') && !typed.includes('NOT') ? 1 : 0])
    if (!/\p{L}/u.test(typed))
      expect([typed, note]).toEqual([typed, expect.stringContaining('没有可以查找的文字')])
  }
  expect((await find('梯')).note).toContain('请至少输入两个字')
  expect((await find('梯', '', desk, 'en')).note).toContain('at least two')
  expect((await find('电梯 坏')).rows).toHaveLength(1)
  const long = await find(
    `电梯坏了两周${String.fromCodePoint(...Array.from({ length: 494 }, (_, n) => 0x4e00 + n))}`,
  )
  expect([long.rows, long.note]).toEqual([[], expect.stringContaining('其余的部分')])
  const answer = await desk.get(`/api/staff/cases?q=${'x'.repeat(2001)}`)
  expect([answer.statusCode, typeof answer.json().error.message]).toEqual([400, 'string'])
})

it('filters by hand, alone and together with words', async () => {
  const code = await api.grievance(api.browser())
  const { categories, states } = (await desk.get('/api/staff/filters')).json()
  expect(categories).toContainEqual({ key: 'lift', name: '电梯' })
  expect(states.map((one: { key: string }) => one.key).slice(0, 3)).toEqual(['open', 'ended', 'received'])
  const shown = (await desk.get(`/api/staff/cases/${code}`)).json().class
  const count = async (query: string) => {
    const { rows, count } = (await desk.get(`/api/staff/cases?${query}`)).json()
    expect(rows.length).toBe(count)
    return count
  }
  expect(await count('category=lift')).toBe(1)
  expect(await count('category=heating')).toBe(0)
  expect(
    await count(
      `state=received&class=${shown}&since=2026-11-02T16:00:00.000Z&until=2026-11-03T16:00:00.000Z`,
    ),
  ).toBe(1)
  expect(await count('state=ended')).toBe(0)
  expect(await count(`q=${encodeURIComponent('电梯')}&state=open&place=${west}`)).toBe(1)
  expect(await count(`q=${encodeURIComponent('电梯')}&until=2026-11-01T16:00:00.000Z`)).toBe(0)
  await desk.post(`/api/staff/cases/${code}/steps/grab`, {})
  expect([await count('state=received'), await count('state=working')]).toEqual([0, 1])
})

it('finds a call for help by its code alone, and only where it may be seen', async () => {
  await api.staff('li', 'districtDispatcher', api.house.district.code)
  const one = api.browser()
  await one.post('/api/resident/session', {})
  await one.say('我老公打我，我想找人帮帮我，电话13911112222')
  const district = await api.desk('li')
  for (const typed of ['老公打我', '13911112222', '帮帮我']) {
    expect([typed, (await find(typed)).count]).toEqual([typed, 0])
    expect([typed, (await find(typed, '', district)).count]).toEqual([typed, 0])
  }
})
