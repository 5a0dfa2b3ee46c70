import { afterEach, beforeEach, expect, it } from 'vitest'
import { carryOut } from '../../src/actions/dispatch-many.ts'
import { type Api, type Browser, makeApi } from './house.ts'

const EAST = '150402004'
let api: Api
let boss: Browser
let other: Browser
let codes: string[]
beforeEach(async () => {
  api = await makeApi()
  const { code } = api.house.district
  await api.staff('boss', 'districtDispatcher', code)
  await api.staff('other', 'districtDispatcher', code)
  await api.staff('wang', 'townClerk', '150402010')
  ;[boss, other] = [await api.desk('boss'), await api.desk('other')]
  codes = []
  for (let n = 0; n < 3; n++) codes.push(await api.grievance(api.browser()))
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const ID = '01938c2e-0000-7000-8000-000000000001'
const order = (desk: Browser, id = ID, of = codes, unit = EAST) =>
  desk.post('/api/staff/dispatches', { id, unit, codes: of })
const mine = async (desk: Browser) => (await desk.get('/api/staff/dispatches')).json().dispatches
const stateOf = async (code: string) => (await boss.get(`/api/staff/cases/${code}`)).json()
const told = async () =>
  (
    await api.house.store.read.sql.all<{ n: number }>(
      `SELECT COUNT(*) AS n FROM "Notice" WHERE "notice" IN ('resident.dispatched', 'unit.dispatched')`,
    )
  )[0]!.n

it('holds an order for ten seconds: nothing has happened, nobody was told; then the service carries it out', async () => {
  const [held] = (await order(boss)).json().dispatches
  expect(held).toMatchObject({
    state: 'held',
    unit: '东城街道',
    lines: codes.map(code => ({ code, state: 'held' })),
  })
  api.pass(9_999)
  expect(await carryOut(api.house)).toBe(0)
  expect((await stateOf(codes[0]!)).state).toBe('received')
  expect(await told()).toBe(0)
  api.pass(1)
  // Its person may have closed the browser: the timetable does it.
  expect(await carryOut(api.house)).toBe(3)
  for (const code of codes)
    expect(await stateOf(code)).toMatchObject({ state: 'assigned', holder: '东城街道' })
  expect(await told()).toBe(6)
  expect((await mine(boss))[0]).toMatchObject({
    state: 'out',
    lines: codes.map(code => ({ code, state: 'out' })),
  })
  expect(await carryOut(api.house)).toBe(0)
})

it('is truly taken back: nothing goes out later, and a second word changes nothing', async () => {
  await order(boss)
  api.pass(9_000)
  expect((await boss.post(`/api/staff/dispatches/${ID}/undo`)).json().dispatches[0].state).toBe('undone')
  expect((await boss.post(`/api/staff/dispatches/${ID}/undo`)).statusCode).toBe(200)
  api.pass(60_000)
  expect(await carryOut(api.house)).toBe(0)
  expect(await told()).toBe(0)
  expect((await stateOf(codes[0]!)).state).toBe('received')
})

it('cannot be taken back once it is out, nor by somebody else', async () => {
  await order(boss)
  expect((await other.post(`/api/staff/dispatches/${ID}/undo`)).statusCode).toBe(404)
  api.pass(10_000)
  await carryOut(api.house)
  const late = await boss.post(`/api/staff/dispatches/${ID}/undo`)
  expect([late.statusCode, late.json().error.code]).toEqual([409, 'notNow'])
  expect(late.json().error.message).toContain('已经派出去了')
})

it('names each case that could not go, and why; the others go', async () => {
  await order(boss, ID, [...codes, 'HS-20200101-0001'])
  const [grabbed, passed, good] = codes as [string, string, string]
  const wang = await api.desk('wang')
  const steps = [
    await wang.post(`/api/staff/cases/${grabbed}/steps/grab`, {}),
    await other.post(`/api/staff/cases/${passed}/steps/dispatch`, { unit: '150402010' }),
  ]
  expect(steps.map(step => step.statusCode)).toEqual([200, 200])
  api.pass(10_000)
  expect(await carryOut(api.house)).toBe(1)
  const lines = Object.fromEntries(
    (await mine(boss))[0].lines.map(({ code, ...rest }: { code: string }) => [code, rest]),
  )
  expect(lines).toEqual({
    [grabbed]: { state: 'refused', why: 'faster', by: '姓名wang' },
    [passed]: { state: 'refused', why: 'faster', by: null },
    [good]: { state: 'out', why: null, by: null },
    'HS-20200101-0001': { state: 'refused', why: 'notFound', by: null },
  })
  expect((await stateOf(passed)).holder).toBe('西城街道')
})

it('the same order sent twice is one; one interrupted half-way goes on and dispatches nothing twice', async () => {
  await order(boss)
  await order(boss)
  api.pass(10_000)
  await api.house.store.write(tx =>
    Promise.resolve(tx.sql.run(`UPDATE "Batch" SET "state" = 'out' WHERE "id" = ?`, ID)),
  )
  await Promise.all([carryOut(api.house), carryOut(api.house)])
  expect(await told()).toBe(6)
})

it('is put away when read, and is nobody else’s business', async () => {
  await order(boss)
  expect((await boss.post(`/api/staff/dispatches/${ID}/seen`)).statusCode).toBe(404)
  expect(await mine(other)).toEqual([])
  api.pass(10_000)
  await carryOut(api.house)
  expect((await boss.post(`/api/staff/dispatches/${ID}/seen`)).json().dispatches).toEqual([])
})

it('is for dispatchers, to a unit there is', async () => {
  const wang = await api.desk('wang')
  expect((await order(wang)).statusCode).toBe(403)
  const nowhere = await order(boss, ID, codes, '999')
  expect([nowhere.statusCode, nowhere.json().error.details[0].field]).toEqual([422, 'unit'])
})

it('keeps filters under a name, one’s own; nothing but filters is kept', async () => {
  const given = { name: '东城超期', query: `due=late&unit=${EAST}&q=13800000000&list=mine` }
  const { saved, categories } = (await boss.post('/api/staff/filters', given)).json()
  expect(saved).toMatchObject([{ name: '东城超期', query: `unit=${EAST}&due=late` }])
  expect(categories.length).toBeGreaterThan(5)
  const again = (await boss.post('/api/staff/filters', { name: '东城超期', query: 'due=today' })).json()
  expect(again.saved).toMatchObject([{ id: saved[0].id, query: 'due=today' }])
  expect((await other.get('/api/staff/filters')).json().saved).toEqual([])
  expect((await other.post(`/api/staff/filters/${saved[0].id}/remove`)).statusCode).toBe(404)
  expect((await boss.post(`/api/staff/filters/${saved[0].id}/remove`)).json().saved).toEqual([])
  expect((await boss.post('/api/staff/filters', { name: '空', query: 'list=mine' })).statusCode).toBe(422)
})

it('filters by class and by when it is due, counted anew each day', async () => {
  const codesOf = async (query: string) =>
    (await boss.get(`/api/staff/cases?${query}`)).json().rows.map((row: { code: string }) => row.code)
  expect((await codesOf('class=general')).length + (await codesOf('class=important')).length).toBe(3)
  expect(await codesOf('class=urgent')).toEqual([])
  expect(await codesOf('due=late')).toEqual([])
  api.pass(30 * 86_400_000)
  boss = await api.desk('boss')
  expect((await codesOf('due=late')).sort()).toEqual([...codes].sort())
})

it('spells words as they are typed on a Latin keyboard', async () => {
  const spelt = await boss.post('/api/staff/pinyin', { words: ['派单', '待分派', 'Esc'] })
  expect(spelt.json().py).toEqual(['paidan pd', 'daifenpai dfp', 'esc e'])
})
