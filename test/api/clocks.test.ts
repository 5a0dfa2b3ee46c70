import { afterEach, beforeEach, expect, it } from 'vitest'
import { catchUp } from '../../src/notify/timetable.ts'
import { type Api, type Browser, makeApi } from './house.ts'

const WEST = '150402010'
const at = (local: string) => new Date(`${local}:00+08:00`).toISOString()
let api: Api
let me: Browser
let code: string
beforeEach(async () => {
  api = await makeApi({ env: { DEMO: '1' } })
  await api.staff('town', 'townClerk', WEST, true)
  await api.staff('dispatcher', 'districtDispatcher', '150402', true)
  me = api.browser()
  code = await api.grievance(me)
  await step(await api.desk('town'), 'grab')
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const step = (who: Browser, verb: string, form: object = {}) =>
  who.post(`/api/staff/cases/${code}/steps/${verb}`, form)
const seen = async (who: Browser) => (await who.get(`/api/staff/cases/${code}`)).json()
const verbs = async (who: Browser) => (await seen(who)).steps.map((one: { verb: string }) => one.verb)
const mine = async () => (await me.get(`/api/resident/cases/${code}`)).json()
const asked = async (who: Browser) =>
  (await who.get('/api/staff/cases?list=asks')).json().rows.map((row: { code: string }) => row.code)
const WHY = { reason: '配件要从外地调', plan: '配件到货当天更换', resumeBy: '2026-11-16' }

it('a pause: asked for, granted from the list of what is asked, shown to all, and gone on with', async () => {
  const [town, dispatcher] = [await api.desk('town'), await api.desk('dispatcher')]
  await step(town, 'contact', { how: 'phone', text: '打过' })
  expect(await verbs(town)).not.toContain('resume')
  expect((await step(town, 'askPause', { reason: '等配件' })).json().error.details).toHaveLength(2)
  expect((await step(town, 'askPause', WHY)).statusCode).toBe(200)
  expect(await asked(dispatcher)).toEqual([code])
  expect((await seen(dispatcher)).flags).toContain('asks')
  expect((await step(dispatcher, 'pause', WHY)).statusCode).toBe(200)
  expect(await asked(dispatcher)).toEqual([])
  const shown = await seen(town)
  expect(shown).toMatchObject({ dueKind: 'resume', due: at('2026-11-16T17:30') })
  expect(shown.flags).toContain('paused')
  expect(shown.deadlines.find((clock: { kind: string }) => clock.kind === 'answer').pausedAt).not.toBeNull()
  expect(await verbs(town)).toEqual(expect.arrayContaining(['resume', 'answer']))
  expect(await verbs(town)).not.toContain('askPause')
  const own = await mine()
  expect(own).toMatchObject({ stateWords: '已暂停，到时接着办', due: null, left: null })
  expect(own.next).toContain('11月16日')
  expect(own.timeline.at(-1)).toMatchObject({ text: `${WHY.reason}\n${WHY.plan}`, arrived: 'sent' })
  expect(own.coming.map((one: { words: string }) => one.words)).toContain('接着办')
  expect((await step(town, 'resume')).statusCode).toBe(200)
  expect((await mine()).stateWords).toBe('办理中')
})

it('the digest of the morning stands on the desk, in the reader’s language, until the day is over', async () => {
  const words = async (language: string) => {
    const town = await api.desk('town')
    const said = await town.get('/api/staff/digests', { headers: { 'accept-language': language } })
    return said.json().digests.map((one: { words: string }) => one.words)
  }
  expect(await words('zh-CN')).toEqual([])
  api.at(at('2026-11-04T08:30'))
  await catchUp(api.house, () => {})
  expect(await words('zh-CN')).toEqual([
    '11月4日 星期三 提要：今天到期 1 件，超期 0 件，待答复 1 件，居民新回话 0 件，协办 0 件。',
  ])
  expect((await words('en'))[0]).toContain('waiting for an answer 1')
  api.at(at('2026-11-05T00:10'))
  expect(await words('zh-CN')).toEqual([])
})

it('a closed matter may be had again from its page for fifteen days', async () => {
  const town = await api.desk('town')
  const answer = { result: '修好了', facts: '配件坏了', basis: '物业服务合同', ticks: [1, 2, 3] }
  expect((await step(town, 'answer', answer)).statusCode).toBe(200)
  api.at(at('2026-11-09T10:00'))
  await catchUp(api.house, () => {})
  expect((await mine()).may).toEqual(['reopen'])
  api.at(at('2026-11-24T23:00'))
  expect((await mine()).may).toEqual(['reopen'])
  api.at(at('2026-11-25T00:01'))
  expect((await mine()).may).toEqual([])
})
