import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { JOBS } from '../../src/notify/jobs/index.ts'
import { runJob } from '../../src/notify/timetable.ts'
import { jpeg } from '../files/made.ts'
import { type Api, type Browser, makeApi } from './house.ts'

const GRID = '150402010003001'
const GRID2 = '150402010003002'
const COMMUNITY = '150402010003'
const WEST = '150402010'
const EAST = '150402004'

let api: Api
beforeEach(async () => {
  api = await makeApi()
})
afterEach(() => api.close())

/** Signs in, gets a code at the desk and sends it in the chat of `who`. */
async function link(login: string, who: string): Promise<Browser> {
  const desk = await api.desk(login)
  const { code } = (await desk.post('/api/staff/chat/code')).json()
  expect(code).toMatch(/^\d{8}$/)
  expect(await api.say(who, `绑定 ${code}`)).toContain('绑好了')
  return desk
}

async function note(who: string, ...lines: string[]) {
  let said = ''
  for (const line of lines) said = await api.say(who, line)
  return said
}

it('links a chat by the code of the desk, says so, and ends it there', async () => {
  await api.staff('guo', 'gridWorker', GRID)
  const desk = await api.desk('guo')
  expect((await desk.get('/api/staff/chat')).json()).toEqual({ linkedAt: null })
  expect((await api.browser().post('/api/staff/chat/code')).statusCode).toBe(401)
  await link('guo', 'a')
  expect((await desk.get('/api/staff/chat')).json()).toEqual({ linkedAt: api.house.now() })
  expect((await desk.post('/api/staff/chat/unlink')).json()).toEqual({ ok: true })
  expect((await desk.get('/api/staff/chat')).json()).toEqual({ linkedAt: null })
  expect(await api.say('a', '我的工单')).toContain('已经结束')
})

it('a write without the token of the log-in is refused', async () => {
  await api.staff('guo', 'gridWorker', GRID)
  const desk = await api.desk('guo')
  desk.csrf = ''
  expect((await desk.post('/api/staff/chat/code')).json().error.code).toBe('csrf')
})

it('shows records by grid and duty to those above the grid, and to nobody beside it', async () => {
  for (const [login, role, unit] of [
    ['guo', 'gridWorker', GRID],
    ['head', 'gridHead', GRID],
    ['other', 'gridHead', GRID2],
    ['community', 'communityClerk', COMMUNITY],
    ['west', 'townClerk', WEST],
    ['east', 'townClerk', EAST],
    ['district', 'districtDispatcher', '150402'],
    ['dept', 'departmentClerk', api.house.district.departments[0]!.code],
  ] as const)
    await api.staff(login, role, unit)
  await link('guo', 'a')
  await note('a', '定期走访', '看望独居老人，电话13800001234', '1号楼2单元', '跳过')
  await note('a', '政策宣传', '讲了医保', '跳过', '跳过')

  const seen = async (login: string, query = '') => {
    const answer = await (await api.desk(login)).get(`/api/staff/grids/records${query}`)
    return answer.statusCode === 200 ? answer.json().records.length : answer.statusCode
  }
  expect(await Promise.all(['guo', 'head', 'community', 'west', 'district'].map(one => seen(one)))).toEqual([
    2, 2, 2, 2, 2,
  ])
  expect(await Promise.all(['other', 'east'].map(one => seen(one)))).toEqual([0, 0])
  expect(await seen('dept')).toBe(403)
  expect(await seen('other', `?unit=${GRID}`)).toBe(404)
  expect(await seen('east', `?unit=${COMMUNITY}`)).toBe(404)
  expect(await seen('west', '?duty=visit')).toBe(1)
  expect(await seen('west', '?duty=gossip')).toBe(400)

  const west = await api.desk('west')
  const { records } = (await west.get('/api/staff/grids/records?duty=visit')).json()
  expect(records[0]).toMatchObject({
    duty: 'visit',
    dutyWords: '定期走访',
    place: '1号楼2单元',
    by: '姓名guo',
  })
  expect(records[0].text).not.toContain('13800001234')

  const counted = async (login: string, query = '') =>
    (await (await api.desk(login)).get(`/api/staff/grids${query}`)).json()
  const down = ['district', 'west', 'community'] as const
  const rows = [WEST, COMMUNITY, GRID]
  for (const [at, login] of down.entries()) {
    const row = (await counted(login)).rows.find(({ id }: { id: string }) => id === rows[at])
    expect(row).toMatchObject({ workers: 1, isGrid: rows[at] === GRID })
    expect(row.duties.find(({ key }: { key: string }) => key === 'visit').n).toBe(1)
  }
  // Nothing counts persons against each other.
  expect(JSON.stringify(await counted('district'))).not.toContain('guo')
  expect((await counted('community', `?unit=${GRID}`)).up).toEqual({
    id: COMMUNITY,
    name: expect.any(String),
  })
  expect((await counted('community')).up).toBeNull()
})

it('a report of a patrol is marked as one on the desk', async () => {
  await api.staff('guo', 'gridWorker', GRID)
  await api.staff('west', 'townClerk', WEST)
  await link('guo', 'a')
  await note('a', '巡查发现6号楼电线掉下来了', '红山郡6号楼', '还没有')
  const code = /HS-\d{8}-\d{4}/.exec(await api.say('a', '没错'))![0]
  const shown = (await (await api.desk('west')).get(`/api/staff/cases/${code}`)).json()
  expect(shown).toMatchObject({
    class: 'urgent',
    flags: ['gridReport'],
    resident: { name: null, phone: null },
  })
  expect(shown.timeline[0].by).toContain('姓名guo')
})

it('counts this week or this month', async () => {
  await api.staff('guo', 'gridWorker', GRID)
  const desk = await link('guo', 'a')
  api.at('2026-11-05T02:00:00.000Z')
  await note('a', '政策宣传', '讲了医保', '跳过', '跳过')
  // The next Monday.
  api.at('2026-11-09T02:00:00.000Z')
  const again = await api.desk('guo')
  const total = async (span: string) =>
    (await again.get(`/api/staff/grids?span=${span}`))
      .json()
      .rows[0].duties.find(({ key }: { key: string }) => key === 'policy').n
  expect([await total('week'), await total('month')]).toEqual([0, 1])
  expect(desk).toBeDefined()
})

it('pictures of a record are shown to whoever may read it, and outlive the sweep', async () => {
  await api.staff('guo', 'gridWorker', GRID)
  await api.staff('east', 'townClerk', EAST)
  const desk = await api.desk('guo')
  const { code } = (await desk.post('/api/staff/chat/code')).json()
  const one = api.browser()
  await one.post('/api/resident/session', {})
  for (const line of [`绑定 ${code}`, '隐患排查', '没有', '查了消防栓', '跳过']) await one.say(line)
  const bytes = await jpeg({ width: 60, height: 40 })
  const id = v7()
  await one.post('/api/resident/files', { id, name: 'p.jpg', bytes: bytes.length })
  await api.app.inject({
    method: 'PUT',
    url: `/api/resident/files/${id}?at=0`,
    payload: bytes,
    headers: { 'content-type': 'application/octet-stream' },
    cookies: one.cookies,
  })
  await one.post('/api/resident/messages', { id: v7(), text: '', files: [id] })
  api.pass(40 * 86_400_000)
  await runJob(api.house, JOBS.find(({ name }) => name === 'sweep-files')!)
  api.pass(-40 * 86_400_000)

  const [record] = (await desk.get('/api/staff/grids/records')).json().records
  expect(record.files).toMatchObject([{ id, kind: 'image' }])
  const url = `/api/staff/grids/records/${record.id}/files/${id}/small`
  const shown = await desk.get(url)
  expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect((await (await api.desk('east')).get(url)).statusCode).toBe(404)
  expect((await desk.get(url.replace(record.id, v7()))).statusCode).toBe(404)
})

it('page after page', async () => {
  await api.staff('guo', 'gridWorker', GRID)
  const desk = await link('guo', 'a')
  for (let n = 0; n < 32; n++) await note('a', '政策宣传', `第${n}次讲医保`, '跳过', '跳过')
  const first = (await desk.get('/api/staff/grids/records')).json()
  expect(first.records).toHaveLength(30)
  const second = (await desk.get(`/api/staff/grids/records?before=${first.next}`)).json()
  expect(second).toMatchObject({ next: null })
  expect(second.records.map(({ text }: { text: string }) => text)).toEqual(['第1次讲医保', '第0次讲医保'])
})

it('forms of staff conversations do not exist', async () => {
  const one = api.browser()
  await one.post('/api/resident/session', {})
  for (const flow of ['patrol', 'duty', 'myOrders'])
    expect((await one.get(`/api/resident/forms/${flow}`)).statusCode).toBe(404)
})
