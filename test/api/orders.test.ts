import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

const WEST = '150402010'
const HONGSHANJUN = `${WEST}003`
const DISTRICT = '150402'
const LIFT_LIST = 'property/电梯停运超过三天'

let api: Api
let resident: Browser
let code: string
const desks = new Map<string, Browser>()

beforeEach(async () => {
  api = await makeApi({ env: { DEMO: '1' } })
  const cast = [
    ['town', 'townClerk', WEST],
    ['community', 'communityClerk', HONGSHANJUN],
    ['housing', 'departmentClerk', 'D01'],
    ['market', 'departmentClerk', 'D10'],
    ['city', 'departmentClerk', 'D03'],
    ['dispatcher', 'districtDispatcher', DISTRICT],
    ['leader', 'districtLeader', DISTRICT],
  ] as const
  for (const [login, role, unit] of cast) {
    await api.staff(login, role, unit, true)
    desks.set(login, await api.desk(login))
  }
  resident = api.browser()
  code = await api.grievance(resident)
})
afterEach(async () => {
  const { broken } = (await desks.get('dispatcher')!.get('/api/staff/invariant')).json()
  expect(broken).toEqual([])
  expect(api.faults).toEqual([])
  await api.close()
})

interface Seen {
  state: string
  holder: string
  flags: string[]
  orders: {
    id: string
    kind: string
    unit: string
    state: string
    lead: boolean
    result: string | null
    leader: string | null
    objection?: object
  }[]
  steps: {
    verb: string
    label: string
    primary: boolean
    needs: {
      field: string
      kind: string
      value?: string
      choices?: { value: string; label: string; note?: string }[]
    }[]
  }[]
  points: { no: number }[]
  timeline: { verb: string; words: string; text?: string; public: boolean }[]
}

const look = async (login: string) => (await desks.get(login)!.get(`/api/staff/cases/${code}`)).json() as Seen
const step = (login: string, verb: string, form: object = {}) =>
  desks.get(login)!.post(`/api/staff/cases/${code}/steps/${verb}`, form)
/** A step that must be offered to this person and must be taken. */
async function does(login: string, verb: string, form: object = {}): Promise<Seen> {
  api.pass(60_000)
  const offered = (await look(login)).steps.find(one => one.verb === verb)
  expect([login, verb, offered?.label]).toEqual([login, verb, expect.any(String)])
  expect(Object.keys(form).filter(field => !offered!.needs.some(need => need.field === field))).toEqual([])
  const answer = await step(login, verb, form)
  expect([verb, answer.statusCode, answer.json().error]).toEqual([verb, 200, undefined])
  return answer.json()
}
const verbs = async (login: string) => (await look(login)).steps.map(one => one.verb)
const answerForm = async () => ({
  ...{ result: '电梯已修好', facts: '曳引机故障', basis: '物业管理条例' },
  ticks: (await look('town')).points.map(point => point.no),
})
const mine = async () => (await resident.get(`/api/resident/cases/${code}`)).json()
const list = async (login: string, key: string) =>
  ((await desks.get(login)!.get(`/api/staff/cases?list=${key}`)).json().rows as { code: string }[]).map(
    row => row.code,
  )

it('grabbed, whistled to two departments: one objects, the other reports; answered, not solved, done again, solved', async () => {
  await does('town', 'grab')
  const whistle = (await look('town')).steps.find(one => one.verb === 'joint')!.needs[0]!
  expect(whistle).toMatchObject({ field: 'item', kind: 'pick' })
  expect(whistle.choices?.find(one => one.value === LIFT_LIST)?.note).toContain('8 小时')
  await does('town', 'joint', { item: LIFT_LIST, task: '请到场看电梯' })
  expect(await list('market', 'parts')).toEqual([code])
  expect(await verbs('market')).toEqual(['note', 'accept', 'report', 'object'])
  expect((await mine()).timeline.at(-1).words).toMatch(/已请.*住房.*市场监督.*一起办/)
  await does('market', 'object', { grounds: '特种设备已移交', proposal: 'D03' })
  const seen = await look('dispatcher')
  expect(seen.flags).toContain('objection')
  expect(await list('dispatcher', 'objections')).toEqual([code])
  const uphold = seen.steps.find(one => one.verb === 'upholdPart')!
  expect(uphold.needs.find(need => need.field === 'unit')).toMatchObject({ kind: 'unit', value: 'D03' })
  const objection = uphold.needs.find(need => need.field === 'objection')!.choices![0]!.value
  const passed = await does('dispatcher', 'upholdPart', { objection, unit: 'D03', grounds: '属实' })
  expect(passed.orders.map(order => [order.kind, order.state, order.objection])).toEqual([
    ['grab', 'signed', undefined],
    ['joint', 'open', undefined],
    ['joint', 'withdrawn', expect.objectContaining({ state: 'upheld', reason: '特种设备已移交' })],
    ['joint', 'open', undefined],
  ])
  for (const login of ['housing', 'city']) await does(login, 'report', { result: '已责令维保单位更换' })
  expect((await look('town')).orders[1]).toMatchObject({ lead: true, result: '已责令维保单位更换' })
  await does('town', 'answer', await answerForm())
  api.pass(60_000)
  await resident.say('没解决')
  await resident.say('还是不动')
  await does('town', 'joint', { item: LIFT_LIST, task: '再去看一次' })
  await does('market', 'object', { grounds: '还是不归我们', proposal: 'D03' })
  const rejected = (await look('dispatcher')).orders.find(order => order.state === 'objected')!
  await does('dispatcher', 'overrule', { objection: rejected.id, grounds: '归你们管' })
  expect(await verbs('market')).toEqual(['note', 'accept', 'report'])
  expect((await step('market', 'object', { grounds: '不归我们', proposal: 'D03' })).statusCode).toBe(403)
  for (const login of ['housing', 'market']) {
    await does(login, 'accept')
    await does(login, 'report', { result: '修好了' })
  }
  await does('town', 'answer', await answerForm())
  api.pass(60_000)
  await resident.say('解决了，满意')
  expect((await look('town')).state).toBe('closed')
  const told = JSON.stringify(await mine())
  for (const secret of ['特种设备已移交', '归你们管', '请到场看电梯', '已责令维保单位更换'])
    expect(told).not.toContain(secret)
})

it('dispatched, split to a community, reported, returned, a leader named, answered, closed', async () => {
  await does('dispatcher', 'dispatch', { unit: WEST })
  await does('town', 'sign')
  const below = (await look('town')).steps.find(one => one.verb === 'split')!.needs[0]
  expect(below).toMatchObject({ field: 'below', kind: 'unit', under: WEST })
  await does('town', 'split', { below: HONGSHANJUN, task: '到现场看看' })
  expect((await mine()).timeline.at(-1).words).toMatch(/派给.*红山郡.*去现场/)
  expect((await step('town', 'answer', await answerForm())).json().error).toMatchObject({
    code: 'incomplete',
    details: [{ field: 'result', why: expect.stringContaining('没有报回') }],
  })
  await does('community', 'accept')
  await does('community', 'report', { result: '两部都停，维保欠费' })
  await does('town', 'return', { grounds: '物业弃管，社区办不了' })
  expect((await look('dispatcher')).flags).toContain('returned')
  expect(await list('dispatcher', 'returned')).toEqual([code])
  const leader = (await look('dispatcher')).steps.find(one => one.verb === 'designate')!.needs[0]!
  expect(leader.choices).toEqual([{ value: expect.any(String), label: '姓名leader' }])
  const named = { leader: leader.choices![0]!.value, lead: 'D01', units: ['D10'], task: '一起解决' }
  const led = await does('dispatcher', 'designate', named)
  expect(led.orders.find(order => order.kind === 'return')).toMatchObject({
    state: 'signed',
    leader: '姓名leader',
  })
  expect(await verbs('town')).toEqual(['note'])
  for (const login of ['housing', 'market']) await does(login, 'report', { result: '动用维修资金，已修好' })
  await does('leader', 'answer', await answerForm())
  expect((await mine()).answer).toMatchObject({ result: '电梯已修好', office: '红山区' })
  api.pass(60_000)
  await resident.say('解决了，满意')
  const end = await look('dispatcher')
  expect(end.state).toBe('closed')
  expect(end.timeline.map(line => line.verb)).toEqual([
    ...['open', 'dispatch', 'sign', 'split', 'accept', 'report', 'return', 'designate', 'report', 'report'],
    ...['answer', 'rateSolved'],
  ])
})

it('puts points in order and sets the class, and keeps the resident’s own words', async () => {
  await does('town', 'grab')
  const before = (await look('town')).points.length
  const start = (await look('town')).steps.find(one => one.verb === 'correct')!.needs[0]!
  expect([start.kind, start.value?.split('\n').length]).toEqual(['lines', before])
  const seen = await does('town', 'correct', { points: '电梯停了两周\n物业不管' })
  expect(seen.timeline.at(-1)).toMatchObject({ public: false, text: expect.stringContaining('+ 物业不管') })
  await does('town', 'classify', { class: 'urgent', grounds: '有老人下不了楼' })
  expect((await look('town')).timeline.at(-1)).toMatchObject({ words: '定为重要紧急', public: false })
  expect(await verbs('town')).toContain('split')
  const refused = await step('town', 'split', { below: HONGSHANJUN, task: '去看看' })
  expect(refused.json().error.details).toEqual([{ field: 'below', why: '只有一般事务可以分单' }])
})
