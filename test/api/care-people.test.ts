import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Who } from '../../src/actions/rights.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { PLANTED, paired, VILLAGE } from '../actions/care/people.ts'
import { DISTRICT } from '../actions/staff.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let desk: Browser
let ids: Awaited<ReturnType<typeof paired>>
const CARE = '/api/staff/care'

beforeEach(async () => {
  api = await makeApi()
  const staffId = await api.staff('care', 'careCoordinator', DISTRICT)
  const members = [{ id: staffId, role: 'careCoordinator' as const, unit: DISTRICT, path: DISTRICT }]
  const who: Who = { staffId, name: 'care', members }
  ids = await paired(api, who, { linked: false })
  desk = await api.desk('care')
})
afterEach(() => api.close())

const child = () => `${CARE}/children/${ids.childId}`
const volunteer = () => `${CARE}/volunteers/${ids.volunteerId}`
const REASON = '电话提醒探访'
const FACTS = { name: '韩梅梅', unit: VILLAGE, kind: 'student' }

describe('volunteers', () => {
  it('are called by a number that opens with a reason, and is logged', async () => {
    const [line] = (await desk.get(`${CARE}/volunteers`)).json().volunteers
    expect(line.phone).toMatch(/^139\*{4}\d{4}$/)
    const { phone } = (await desk.post(`${volunteer()}/phone`, { reason: REASON })).json()
    expect(phone).toMatch(/^139\d{8}$/)
    const logged = await api.house.store.read.sql.all<object>(
      `SELECT "what", "field" FROM "Audit" WHERE "what" = 'volunteerPhone'`,
    )
    expect(logged).toEqual([{ what: 'volunteerPhone', field: ids.volunteerId }])
    expect(await brokenAudit(api.house.store.read)).toBe(null)
    expect((await desk.post(`${volunteer()}/phone`, { reason: '' })).statusCode).toBe(400)
  })

  it('are put right; the number of another is refused', async () => {
    const made = await desk.post(`${CARE}/volunteers`, { ...FACTS, name: '白雪', phone: '13911112222' })
    expect(made.statusCode).toBe(200)
    const taken = await desk.post(`${volunteer()}/correct`, { ...FACTS, phone: '13911112222' })
    expect([taken.statusCode, taken.json().error.details[0].field]).toEqual([422, 'phone'])
    const right = await desk.post(`${volunteer()}/correct`, { ...FACTS, phone: '13911113333' })
    expect(right.json()).toMatchObject({ name: '韩梅梅', phone: '139****3333', kind: 'student', body: null })
  })

  it('end only when every child was handed over', async () => {
    const early = await desk.post(`${volunteer()}/end`, {})
    expect([early.statusCode, early.json().error.message]).toEqual([409, expect.stringContaining('交接')])
    const over = { endsOn: '2026-11-03', reason: '毕业', handOver: '喜欢画画' }
    await desk.post(`${CARE}/pairings/${ids.pairingId}/end`, over)
    expect((await desk.post(`${volunteer()}/end`, {})).json()).toEqual({ ended: true })
    expect((await desk.get(`${CARE}/volunteers`)).json().volunteers[0].ended).toBe(true)
    expect((await desk.post(`${volunteer()}/end`, {})).statusCode).toBe(409)
  })

  it.each([
    ['checkedAt', '2026-11-04', 422],
    ['checkedAt', '2026-02-31', 400],
    ['checkedAt', '2026-13-01', 400],
    ['insuredUntil', '2028-11-04', 200],
  ])('a day that cannot be is refused: %s %s → %i', async (field, day, status) => {
    expect((await desk.post(`${volunteer()}/renew`, { [field]: day })).statusCode).toBe(status)
  })

  it('are back before their day, and have a deputy to choose from', async () => {
    const away = { who: ids.volunteerId, fromDate: '2026-11-03', toDate: '2026-11-10', reason: '出差' }
    const { id } = (await desk.post(`${CARE}/absences`, away)).json()
    expect((await desk.get(CARE)).json().absences).toBe(1)
    expect((await desk.post(`${CARE}/absences/${id}/end`, {})).json()).toEqual({ ended: true })
    expect((await desk.get(CARE)).json().absences).toBe(0)
    expect((await desk.post(`${CARE}/absences/${id}/end`, {})).statusCode).toBe(404)
    const deputy = await api.staff('care2', 'careCoordinator', DISTRICT)
    expect((await desk.get(`${CARE}/deputies`)).json().deputies).toEqual([{ id: deputy, name: '姓名care2' }])
  })
})

const TOLD = { kind: 'call', onDate: '2026-11-02', done: true, met: ['child'], reported: false }

describe('what a volunteer tells by telephone', () => {
  const keep = (more: object) => desk.post(`${CARE}/visits`, { pairing: ids.pairingId, ...TOLD, ...more })

  it('counts as if it had been written in the chat', async () => {
    expect((await keep({ note: '孩子挺好' })).json()).toEqual({ report: null })
    const { duties, seenOn } = (await desk.get(child())).json()
    expect(seenOn).toBe('2026-11-02')
    expect(duties.find((one: { period: string }) => one.period === '2026-11').state).toBe('met')
  })

  it('a worrying sign draws up the mandatory report at once', async () => {
    const { report } = (await keep({ note: '胳膊上有好几处淤青' })).json()
    const { reports } = (await desk.get(`${CARE}/reports`)).json()
    expect(reports).toEqual([expect.objectContaining({ id: report, madeAt: null })])
    expect((await desk.get(CARE)).json().reports).toBe(1)
  })

  it('is of a day that has been, and of this pairing', async () => {
    for (const [onDate, why] of [
      ['2026-11-04', '日期不能晚于今天'],
      ['2025-12-31', '这一天不在结对期间'],
    ]) {
      const answer = await keep({ note: '', onDate })
      expect([answer.statusCode, answer.json().error.details]).toEqual([422, [{ field: 'onDate', why }]])
    }
  })
})

it('a letter begins with what can truly be said of the term, and names nobody', async () => {
  await desk.post(`${CARE}/visits`, { pairing: ids.pairingId, ...TOLD, kind: 'homeVisit', note: '' })
  const from = `${CARE}/pairings/${ids.pairingId}/letter?period=`
  const { text, state } = (await desk.get(`${from}2026-autumnTerm`)).json()
  expect(state).toBe('none')
  expect(text).toContain('见面、联系了 1 次，其中上门 1 次。最近一次是 11月2日')
  for (const word of [...Object.values(PLANTED), '小禾', '{{']) expect(text).not.toContain(word)
  await desk.post(`${CARE}/letters`, { pairing: ids.pairingId, period: '2026-autumnTerm', text })
  expect((await desk.get(`${from}2026-autumnTerm`)).json().state).toBe('draft')
  expect((await desk.get(`${from}2026-winter`)).statusCode).toBe(404)
  const winter = await desk.post(`${CARE}/letters`, { pairing: ids.pairingId, period: '2026-winter', text })
  expect([winter.statusCode, winter.json().error.details[0].field]).toEqual([422, 'period'])
  const { terms } = (await desk.get(`${CARE}/calendar?year=2026`)).json()
  expect(terms.at(-1).missing).toEqual([{ id: ids.childId, pseudonym: '小禾', pairing: ids.pairingId }])
})

it('a record whose care ended long ago is asked about, kept on with a reason, or deleted; never by itself', async () => {
  const kept = async () => (await desk.get(`${CARE}/kept`)).json().children
  const early = await desk.post(`${child()}/keep`, { until: '2031-01-01', reason: '诉讼未结' })
  expect(early.statusCode).toBe(409)
  await desk.post(`${child()}/end`, { erase: false })
  expect(await kept()).toEqual([])
  // Three years would be over; but not before the end of the year in which the child is of age.
  api.at('2029-10-10T02:00:00.000Z')
  desk = await api.desk('care')
  expect(await kept()).toEqual([])
  api.at('2035-12-05T02:00:00.000Z')
  desk = await api.desk('care')
  const line = {
    child: { id: ids.childId, pseudonym: '小禾' },
    endedOn: '2026-11-03',
    keptUntil: '2035-12-31',
  }
  expect(await kept()).toEqual([line])
  await desk.post(`${child()}/keep`, { until: '2037-01-01', reason: '诉讼未结' })
  expect(await kept()).toEqual([])
  api.at('2036-12-31T02:00:00.000Z')
  desk = await api.desk('care')
  expect(await kept()).toEqual([{ ...line, keptUntil: '2037-01-01' }])
  await desk.post(`${child()}/end`, { erase: true })
  expect(await kept()).toEqual([])
})

it('the auditor reviews a month once; a later opening asks for another look', async () => {
  const open = () => desk.post(`${child()}/open`, { reason: '家长来电话核对' })
  await open()
  await api.staff('audit', 'auditor', DISTRICT)
  const auditor = await api.desk('audit')
  await api.house.store.write(async tx =>
    tx.sql.run(`UPDATE "Staff" SET "otpEnc" = x'00', "otpConfirmedAt" = ?`, api.house.now()),
  )
  const note = { month: '2026-11', note: '逐条看过，理由都说得通' }
  const done = await auditor.post(`${CARE}/readings/review`, note)
  expect(done.json().reviews).toEqual([{ at: api.house.now(), by: '姓名audit', note: note.note }])
  expect((await auditor.post(`${CARE}/readings/review`, note)).statusCode).toBe(409)
  api.at(new Date(Date.parse(api.house.now()) + 600_000).toISOString())
  await open()
  expect((await auditor.post(`${CARE}/readings/review`, note)).statusCode).toBe(200)
  expect((await auditor.get(`${CARE}/readings?month=2026-11`)).json().reviews).toHaveLength(2)
  expect((await auditor.get(`${CARE}/readings?month=2026-13`)).statusCode).toBe(400)
  expect((await desk.post(`${CARE}/readings/review`, note)).statusCode).toBe(403)
})

it('reasons the service writes by itself are read in words', async () => {
  const record = { ...PLANTED, school: '新学校', village: '', health: '' }
  await desk.post(`${child()}/correct`, { record })
  await desk.post(`${child()}/consent/withdraw`, {})
  const { readings } = (await desk.get(`${child()}/readings`)).json()
  expect(readings[0].reason).toBe('按孩子或监护人的要求更正')
  const opened = await desk.post(`${child()}/open`, { reason: '紧急核对', emergency: true })
  expect(opened.json().handOvers[0].reason).toBe('监护人撤回了同意')
})

it('a volunteer has a page of their own, by pseudonym; to everybody else it is not there', async () => {
  const stranger = api.browser()
  await stranger.post('/api/resident/session', {})
  const own = api.browser()
  await own.post('/api/resident/session', {})
  const { code } = (await desk.post(`${volunteer()}/code`, {})).json()
  expect(await own.say(code)).toContain('小禾')
  await own.say('昨天去看了小禾，孩子挺好')
  await own.say('1')
  const page = await own.get('/api/resident/care')
  expect(page.json()).toMatchObject({
    name: '韩梅',
    children: [{ pseudonym: '小禾', covering: false }],
    service: { from: '2026-01-01', to: '2026-11-03', children: 1 },
  })
  expect(page.json().children[0].duties).toHaveLength(25)
  expect(Object.values(PLANTED).filter(value => page.body.includes(value))).toEqual([])
  const file = await own.get('/api/resident/care/service')
  expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  for (const url of ['/api/resident/care', '/api/resident/care/service'])
    expect((await stranger.get(url)).statusCode).toBe(404)
})
