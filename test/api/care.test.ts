import exceljs from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Who } from '../../src/actions/rights.ts'
import type { StaffRole } from '../../src/rules/people/roles.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { PLANTED, paired, VILLAGE, visited } from '../actions/care/people.ts'
import { DISTRICT } from '../actions/staff.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let lines: string[]
let desk: Browser
let ids: Awaited<ReturnType<typeof paired>>
const CARE = '/api/staff/care'

beforeEach(async () => {
  lines = []
  api = await makeApi({ logged: line => void lines.push(line) })
  const staffId = await api.staff('care', 'careCoordinator', DISTRICT)
  const who: Who = {
    staffId,
    name: 'care',
    members: [{ id: staffId, role: 'careCoordinator', unit: DISTRICT, path: DISTRICT }],
  }
  ids = await paired(api, who)
  await visited(
    api,
    { id: ids.pairingId, childId: ids.childId },
    { onDate: '2026-10-20', note: `${PLANTED.name}挺好` },
  )
  desk = await api.desk('care')
})
afterEach(() => api.close())

const child = () => `${CARE}/children/${ids.childId}`
const BASE = { reason: '家长来电话核对', emergency: false }

describe('the coordinator', () => {
  it('sees by pseudonym who has not been seen, what is due, and the coming festival', async () => {
    const first = (await desk.get(CARE)).json()
    expect(first).toMatchObject({ children: 1, paired: 1, alone: 0, unseen: 0, may: ['coordinate', 'open'] })
    expect(first.festival).toMatchObject({ key: 'springFestival', day: '2027-02-06', open: 1 })
    const [line] = (await desk.get(`${CARE}/children`)).json().children
    expect(line).toMatchObject({ pseudonym: '小禾', seenOn: '2026-10-20', unseenDays: 14, consent: 'given' })
    const view = (await desk.get(child())).json()
    expect(view.duties).toHaveLength(25)
    expect(view.duties.find((one: { period: string }) => one.period === '2026-10').state).toBe('met')
    const year = (await desk.get(`${CARE}/calendar?year=2026`)).json()
    expect(year.festivals.map((one: { day: string }) => one.day)).toEqual([
      '2026-02-17',
      '2026-06-19',
      '2026-09-25',
    ])
    expect(year.terms.map((one: { due: string }) => one.due)).toEqual(['2026-06-10', '2026-12-11'])
  })

  it('opens a record with a reason; every opening stands in its log, and the chain of the log holds', async () => {
    expect((await desk.post(`${child()}/open`, { reason: '' })).statusCode).toBe(400)
    const opened = (await desk.post(`${child()}/open`, BASE)).json()
    expect(opened.record).toMatchObject(PLANTED)
    expect(opened.visits[0].note).toContain(PLANTED.name)
    const { readings } = (await desk.get(`${child()}/readings`)).json()
    expect(readings).toEqual([{ at: api.house.now(), by: '姓名care', reason: BASE.reason, emergency: false }])
    expect(await brokenAudit(api.house.store.read)).toBe(null)
  })

  it('pairs nobody whose check lapsed, nor a child without consent, nor one that has somebody', async () => {
    const phone = '13911112222'
    const volunteer = { name: '白雪', phone, unit: VILLAGE, kind: 'student', checkedAt: '2025-10-01' }
    const { id } = (await desk.post(`${CARE}/volunteers`, volunteer)).json()
    const again = await desk.post(`${CARE}/volunteers`, volunteer)
    expect([again.statusCode, again.json().error.details[0].field]).toEqual([422, 'phone'])
    const record = { ...PLANTED, village: '', health: '' }
    const made = await desk.post(`${CARE}/children`, { pseudonym: '小满', unit: VILLAGE, record, carers: [] })
    const other = made.json().id
    const pair = (of: string) =>
      desk.post(`${CARE}/pairings`, { volunteer: id, child: of, startsOn: '2026-11-04', reason: '就近' })
    const why = async (of: string) => (await pair(of)).json().error.details[0].why
    expect(await why(other)).toBe('监护人还没有同意')
    const consent = { by: '奶奶', relation: '奶奶', purpose: '结对关爱', how: '书面' }
    expect((await desk.post(`${CARE}/children/${other}/consent`, consent)).json().consent).toBe('given')
    expect(await why(other)).toBe('义务家长的背景核查已过期或没有')
    const renewed = await desk.post(`${CARE}/volunteers/${id}/renew`, { checkedAt: '2026-11-01' })
    expect(renewed.json()).toMatchObject({ check: 'good', checkedUntil: '2027-11-01', phone: '139****2222' })
    expect((await pair(other)).statusCode).toBe(200)
    expect((await pair(ids.childId)).json().error.message).toContain('已经有义务家长')
  })

  it('a withdrawn consent ends the pairing the same day; only the emergency path is left', async () => {
    const view = (await desk.post(`${child()}/consent/withdraw`, {})).json()
    expect(view).toMatchObject({ consent: 'withdrawn', pairing: null })
    expect(view.pairings[0].endsOn).toBe('2026-11-03')
    const pairing = { volunteer: ids.volunteerId, child: ids.childId, startsOn: '2026-11-04', reason: '再来' }
    expect((await desk.post(`${CARE}/pairings`, pairing)).json().error.details[0].why).toBe(
      '监护人还没有同意',
    )
    expect((await desk.post(`${child()}/open`, BASE)).statusCode).toBe(409)
    expect((await desk.post(`${child()}/open`, { ...BASE, emergency: true })).statusCode).toBe(200)
  })

  it('ends a pairing with words for the next; corrects and erases', async () => {
    const end = { endsOn: '2026-11-03', reason: '毕业离开', handOver: '喜欢画画' }
    expect((await desk.post(`${CARE}/pairings/${ids.pairingId}/end`, end)).json().pairing).toBe(null)
    const opened = (await desk.post(`${child()}/open`, BASE)).json()
    expect(opened.handOvers).toEqual([{ endsOn: '2026-11-03', reason: '毕业离开', handOver: '喜欢画画' }])
    const record = { ...PLANTED, school: '新学校', village: '', health: '' }
    await desk.post(`${child()}/correct`, { record })
    expect((await desk.post(`${child()}/open`, BASE)).json().record.school).toBe('新学校')
    await desk.post(`${child()}/end`, { erase: true })
    expect((await desk.post(`${child()}/open`, BASE)).statusCode).toBe(410)
  })

  it('names somebody to step in, who is told in the chat', async () => {
    const me = {
      staffId: 'x',
      name: '',
      members: [{ id: 'x', role: 'careCoordinator', unit: DISTRICT, path: DISTRICT }],
    } as Who
    const second = await paired(api, me, { pseudonym: '小满' })
    const away = { who: ids.volunteerId, fromDate: '2026-11-03', toDate: '2026-11-10', reason: '出差' }
    const { id } = (await desk.post(`${CARE}/absences`, away)).json()
    const covered = await desk.post(`${CARE}/absences/${id}/cover`, { cover: second.volunteerId })
    expect(covered.json()).toMatchObject({ children: ['小禾'], cover: { id: second.volunteerId } })
    const [line] = (await desk.get(`${CARE}/absences`)).json().absences
    expect(line.reason).toBe('出差')
    const told = await api.house.store.read.sql.all<object>(
      `SELECT "recipient" FROM "Notice" WHERE "notice" = 'volunteer.cover'`,
    )
    expect(told).toEqual([{ recipient: `person:${second.personId}` }])
    expect(await api.say(second.address, '昨天去看了小禾，孩子挺好')).toContain('小禾')
  })

  it('approves a letter before it goes out; taking it is the letter of the term and an opening', async () => {
    const letter = { pairing: ids.pairingId, period: '2026-autumnTerm', text: '孩子一切都好。\n请放心。' }
    const { id } = (await desk.post(`${CARE}/letters`, letter)).json()
    expect((await desk.get(`${CARE}/letters/${id}/docx`)).statusCode).toBe(409)
    await desk.post(`${CARE}/letters/${id}/approve`, {})
    expect((await desk.post(`${CARE}/letters`, letter)).statusCode).toBe(409)
    const file = await desk.get(`${CARE}/letters/${id}/docx`)
    expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    const { duties } = (await desk.get(child())).json()
    expect(duties.find((one: { period: string }) => one.period === '2026-autumnTerm').state).toBe('met')
    expect((await desk.get(`${child()}/readings`)).json().readings).toHaveLength(1)
  })

  it('prints a true record of service: counts, no child, no points', async () => {
    const file = await desk.get(`${CARE}/volunteers/${ids.volunteerId}/service`)
    expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    expect((await desk.get(`${CARE}/volunteers/${ids.childId}/service`)).statusCode).toBe(404)
  })

  it('a mandatory report has its clock, its sheet and its record; nothing says who reported', async () => {
    await api.say(ids.address, '昨天去看小禾，身上好多淤青')
    const [report] = (await desk.get(`${CARE}/reports`)).json().reports
    expect(report).toMatchObject({ madeAt: null, child: { pseudonym: '小禾' } })
    expect(JSON.stringify(report)).not.toContain('韩梅')
    const sheet = await desk.get(`${CARE}/reports/${report.id}/sheet`)
    expect(sheet.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const made = await desk.post(`${CARE}/reports/${report.id}/made`, { to: 'police' })
    expect(made.json().reports[0]).toMatchObject({ madeTo: '公安机关', madeAt: api.house.now() })
    expect((await desk.post(`${CARE}/reports/${report.id}/made`, { to: 'police' })).statusCode).toBe(409)
  })

  it('brings in a workbook and names every refused row', async () => {
    const empty = await desk.get(`${CARE}/import/template`)
    const book = new exceljs.Workbook()
    await book.xlsx.load(empty.rawPayload as unknown as ArrayBuffer)
    const [people, children, pairings] = book.worksheets
    people!.addRow(['白雪', '13911113333', '二道井子村', '大学生', '', '2026-01-01', '', '', '2026-09-01'])
    people!.addRow(['无人', '12', '二道井子村'])
    people!.addRow(['无处', '13911114444', '火星村'])
    children!.addRow([
      '小麦',
      '孟春',
      new Date('2016-05-05'),
      '一小',
      '',
      '',
      '',
      VILLAGE,
      '孟奶奶',
      '奶奶',
      '',
      '',
      '',
      '',
      '',
      '孟奶奶',
      '书面',
    ])
    children!.addRow(['小荷', '小荷', '2016-05-05', '', '', '', '', VILLAGE])
    children!.addRow(['小松', '孟松松', '2009-05-05', '', '', '', '', VILLAGE])
    pairings!.addRow(['小麦', '13911113333', '2026-11-04', '同村'])
    pairings!.addRow(['小星', '13911113333', '2026-11-04'])
    const payload = Buffer.from(await book.xlsx.writeBuffer())
    const answer = await desk.post(`${CARE}/import`, undefined, {
      payload,
      headers: { 'content-type': 'application/octet-stream', 'x-csrf-token': desk.csrf },
    })
    expect(answer.json()).toEqual({
      entered: { volunteers: 1, children: 1, pairings: 1 },
      refused: [
        { sheet: '义务家长', row: 3, why: '手机号不对' },
        { sheet: '义务家长', row: 4, why: '村社区不在本区名单里' },
        { sheet: '儿童', row: 3, why: '化名不能是真名，也不能是真名的一部分' },
        { sheet: '儿童', row: 4, why: '已满 16 周岁，不在留守儿童范围' },
        { sheet: '结对', row: 3, why: '没有找到这个化名的孩子' },
      ],
    })
    const rubbish = await desk.post(`${CARE}/import`, undefined, {
      payload: Buffer.from('no workbook'),
      headers: { 'content-type': 'application/octet-stream', 'x-csrf-token': desk.csrf },
    })
    expect([rubbish.statusCode, rubbish.json().error.message]).toEqual([
      422,
      expect.stringContaining('Excel'),
    ])
  })
})

describe('need to know', () => {
  it('another village and another town see nothing', async () => {
    await api.staff('far', 'childDirector', '150402100202')
    await api.staff('west', 'careCoordinator', '150402010')
    for (const login of ['far', 'west']) {
      const one = await api.desk(login)
      expect((await one.get(`${CARE}/children`)).json().children).toEqual([])
      expect((await one.get(child())).statusCode).toBe(404)
      expect((await one.post(`${child()}/open`, { ...BASE, emergency: true })).statusCode).toBe(403)
    }
  })

  it('the ledger holds none of it in clear, and no notice or message does', async () => {
    await api.say(ids.address, '昨天去看了小禾，缺学习用品，孩子挺好')
    const { sql } = api.house.store.read
    const tables = await sql.all<{ name: string }>(
      `SELECT "name" FROM sqlite_master WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`,
    )
    for (const { name } of tables) {
      const rows = JSON.stringify(
        (await sql.all<Record<string, unknown>>(`SELECT * FROM "${name}"`)).map(row =>
          Object.values(row).map(value =>
            value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
          ),
        ),
      )
      expect([name, planted(rows)]).toEqual([name, []])
    }
  })

  it('the auditor reads who opened what and why, and no record', async () => {
    await desk.post(`${child()}/open`, BASE)
    await api.staff('audit', 'auditor', DISTRICT)
    const one = await api.desk('audit')
    await confirmed('auditor')
    const { readings } = (await one.get(`${CARE}/readings?month=2026-11`)).json()
    expect(readings).toEqual([
      expect.objectContaining({ pseudonym: '小禾', reason: BASE.reason, by: '姓名care' }),
    ])
  })
})

const planted = (text: string) => Object.values(PLANTED).filter(value => text.includes(value))

/** Privileged roles are let in as if their second factor were set up. */
const confirmed = (_role: StaffRole) =>
  api.house.store.write(async tx => {
    await tx.sql.run(
      `UPDATE "Staff" SET "otpEnc" = x'00', "otpConfirmedAt" = ? WHERE "otpConfirmedAt" IS NULL`,
      api.house.now(),
    )
  })
