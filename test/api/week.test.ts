import { afterEach, beforeEach, expect, it } from 'vitest'
import { catchUp } from '../../src/notify/timetable.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/**
 * A week in the life of two matters, over HTTP with the clock in hand. What each resident read in the chat, and when,
 * stands in `week.txt`.
 */

const DISTRICT = '150402'
const WEST = '150402010'
const GRID = '150402010003001'
const LIFT_LIST = 'property/电梯停运超过三天'

let api: Api
let code = ''
let resident: Browser
const desks = new Map<string, Browser>()
let now = ''

beforeEach(async () => {
  api = await makeApi({ env: { DEMO: '1' } })
  for (const [login, role, unit] of [
    ['town', 'townClerk', WEST],
    ['grid', 'gridHead', GRID],
    ['housing', 'departmentClerk', 'D01'],
    ['market', 'departmentClerk', 'D10'],
    ['dispatcher', 'districtDispatcher', DISTRICT],
    ['leader', 'districtLeader', DISTRICT],
  ] as const)
    await api.staff(login, role, unit, true)
  desks.clear()
  resident = api.browser()
})
afterEach(async () => {
  expect((await get('dispatcher', '/api/staff/invariant')).broken).toEqual([])
  expect(api.faults).toEqual([])
  await api.close()
})

/** Somebody at their desk; a log-in ends after some idle hours, and whoever comes back signs in again. */
async function at(login: string): Promise<Browser> {
  const desk = desks.get(login)
  if (desk && (await desk.get('/api/staff/me')).statusCode !== 401) return desk
  const fresh = await api.desk(login)
  desks.set(login, fresh)
  return fresh
}
const get = async (login: string, url: string) => (await (await at(login)).get(url)).json()
const look = (login: string) => get(login, `/api/staff/cases/${code}`)
const mine = async () => (await resident.get(`/api/resident/cases/${code}`)).json()
const lists = async (login: string, list: string): Promise<string[]> =>
  (await get(login, `/api/staff/cases?list=${list}`)).rows.map((row: { code: string }) => row.code)

/** Lets the week go on to a local time of Chifeng, the jobs at work every four hours of the way. */
async function until(local: string): Promise<void> {
  const end = new Date(`${local}:00+08:00`).toISOString()
  now ||= end
  while (Date.parse(now) + 14_400_000 < Date.parse(end)) {
    now = new Date(Date.parse(now) + 14_400_000).toISOString()
    await alive()
  }
  now = end
  await alive()
}

async function alive() {
  api.at(now)
  await catchUp(api.house, (what, error) => {
    throw new Error(what, { cause: error })
  })
}

/** A step that stands on this person's page and is taken. */
async function does(login: string, verb: string, form: object = {}) {
  const offered = (await look(login)).steps.map((one: { verb: string }) => one.verb)
  expect([login, offered]).toEqual([login, expect.arrayContaining([verb])])
  const answer = await (await at(login)).post(`/api/staff/cases/${code}/steps/${verb}`, form)
  expect([login, verb, answer.json().error]).toEqual([login, verb, undefined])
}

/** What the assessment of the ended case says of the case itself, and that each of its orders has one. */
async function assessed() {
  const { rows } = await get('dispatcher', `/api/staff/cases/${code}/assessment`)
  expect(rows).toHaveLength((await look('dispatcher')).orders.length + 1)
  const whole = rows.find(({ order }: { order: unknown }) => order === null)
  return Object.fromEntries(
    whole.measures.map(({ key, value }: { key: string; value: unknown }) => [key, value]),
  )
}

const refuses = async (login: string, verb: string, form: object = {}) =>
  (await (await at(login)).post(`/api/staff/cases/${code}/steps/${verb}`, form)).json().error

const answerOf = async (login: string, result: string) => ({
  result,
  facts: '曳引机抱闸磨损，维保单位没有按期更换',
  basis: '物业服务合同第六条',
  ticks: (await look(login)).points.map((point: { no: number }) => point.no),
})

/** The resident's chat from top to bottom, each line with its local time. */
async function chat(): Promise<string> {
  const { messages } = (await resident.get('/api/resident/messages?limit=100')).json() as {
    messages: { at: string; from: string; body: { text?: string } }[]
  }
  const local = (at: string) =>
    new Date(at).toLocaleString('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    })
  return messages
    .map(({ at, from, body }) => `${local(at)} ${from === 'me' ? '居民' : '回音'}\n${body.text ?? ''}`)
    .join('\n\n')
    .replace(/查询码 \d{6}/, '查询码 ······')
    .concat('\n')
}

it('grabbed, whistled to two, one objects, one answers; answered, not solved, done again, solved, assessed', {
  timeout: 60_000,
}, async () => {
  await until('2026-11-09T09:00')
  code = await api.grievance(resident)
  expect(await lists('town', 'grab')).toEqual([code])
  await until('2026-11-09T09:12')
  await does('town', 'grab')
  await does('town', 'contact', { how: 'phone', text: '约好下午上门' })
  await until('2026-11-09T10:00')
  await does('town', 'joint', { item: LIFT_LIST, task: '请到场看电梯' })
  await until('2026-11-09T11:00')
  await does('housing', 'accept')
  await does('market', 'object', { grounds: '已移交物业，不属监管事项', proposal: 'D03' })
  expect(await lists('dispatcher', 'objections')).toEqual([code])
  await until('2026-11-09T15:00')
  const { id } = (await look('dispatcher')).orders.find(
    (order: { state: string }) => order.state === 'objected',
  )
  await does('dispatcher', 'overrule', { objection: id, grounds: '特种设备归你们管' })
  await until('2026-11-10T10:00')
  await does('housing', 'report', { result: '已责令物业三日内修复' })
  await does('market', 'report', { result: '已要求维保单位更换抱闸' })
  await until('2026-11-10T16:00')
  await does('town', 'answer', await answerOf('town', '电梯已经修好，今天恢复运行'))
  await until('2026-11-11T09:00')
  await resident.say('没解决')
  await resident.say('修好一天又停了，老人还是下不了楼')
  expect((await look('town')).state).toBe('redo')
  await until('2026-11-12T09:30')
  await does('town', 'contact', { how: 'visit', text: '到现场，曳引机要整机更换' })
  await until('2026-11-13T15:00')
  await does('town', 'answer', await answerOf('town', '曳引机已经换新，试运行两天正常'))
  await until('2026-11-14T10:00')
  await resident.say('解决了，满意')
  const end = await look('dispatcher')
  expect(end.state).toBe('closed')
  expect(end.timeline.map((line: { verb: string }) => line.verb)).toEqual([
    ...[
      'open',
      'grab',
      'contact',
      'joint',
      'accept',
      'object',
      'overrule',
      'urge',
      'report',
      'report',
      'answer',
    ],
    ...['rateUnsolved', 'contact', 'answer', 'rateSolved'],
  ])
  expect(await assessed()).toMatchObject({
    contacted: 1,
    answered: 1,
    redone: 1,
    solved: 1,
    satisfied: 1,
  })
  await expect(await chat()).toMatchFileSnapshot('week-grabbed.txt')
})

it('not grabbed, dispatched, split to a grid, extended, late, 督办, returned, a leader, closed', {
  timeout: 60_000,
}, async () => {
  await until('2026-11-09T16:00')
  code = await api.grievance(resident)
  await until('2026-11-09T16:40')
  expect((await look('town')).timeline.at(-1)).toMatchObject({ verb: 'dispatch', by: '系统' })
  expect(await lists('town', 'grab')).toEqual([])
  await until('2026-11-10T09:00')
  await does('town', 'sign')
  await does('town', 'split', { below: GRID, task: '到现场看看停了几部' })
  expect(await lists('grid', 'parts')).toEqual([code])
  await until('2026-11-10T11:00')
  await does('grid', 'accept')
  await does('grid', 'report', { result: '两部都停，维保公司已撤场' })
  await until('2026-11-11T10:00')
  const longer = { reason: '要等新的维保公司进场', newDue: '2026-11-18' }
  await does('town', 'askExtension', longer)
  expect(await lists('dispatcher', 'asks')).toEqual([code])
  await does('dispatcher', 'extend', longer)
  expect(await refuses('dispatcher', 'extend', { ...longer, newDue: '2026-11-25' })).toMatchObject({
    code: expect.any(String),
  })
  await until('2026-11-18T16:00')
  await until('2026-11-19T09:00')
  const late = await look('dispatcher')
  expect(late.flags).toEqual(expect.arrayContaining(['late']))
  expect(await lists('dispatcher', 'overdue')).toEqual([code])
  await until('2026-11-19T10:00')
  await does('town', 'return', { grounds: '物业弃管，镇街办不了' })
  expect(await lists('dispatcher', 'returned')).toEqual([code])
  await until('2026-11-19T15:00')
  const leaders = (await look('dispatcher')).steps
    .find((one: { verb: string }) => one.verb === 'designate')
    .needs.find((need: { field: string }) => need.field === 'leader').choices
  const named = { leader: leaders[0].value, lead: 'D01', units: ['D10'], task: '一起解决电梯' }
  await does('dispatcher', 'designate', named)
  await until('2026-11-20T10:00')
  for (const login of ['housing', 'market']) {
    await does(login, 'accept')
    await does(login, 'report', { result: '已动用维修资金换新' })
  }
  expect(await refuses('housing', 'return', { grounds: '不归我们' })).toMatchObject({
    code: expect.any(String),
  })
  await until('2026-11-20T16:00')
  await does('leader', 'answer', await answerOf('leader', '两部电梯都已换新，今天恢复运行'))
  await until('2026-11-27T18:00')
  const end = await look('dispatcher')
  expect(end.state).toBe('closed')
  expect(await assessed()).toMatchObject({ answered: 0, solved: null, satisfied: null })
  await expect(await chat()).toMatchFileSnapshot('week-dispatched.txt')
  expect((await mine()).may).toEqual(['reopen'])
})
