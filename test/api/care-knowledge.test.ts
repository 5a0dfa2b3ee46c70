import exceljs from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tellKnowledge } from '../../src/actions/care/knowledge.ts'
import type { Who } from '../../src/actions/rights.ts'
import { PLANTED, paired, VILLAGE } from '../actions/care/people.ts'
import { DISTRICT } from '../actions/staff.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let desk: Browser
let ids: Awaited<ReturnType<typeof paired>>
const CARE = '/api/staff/care'
/** The clock stands on Tuesday 3 November 2026. */
const WEEK = '2026-11-02'

beforeEach(async () => {
  api = await makeApi()
  const staffId = await api.staff('care', 'careCoordinator', DISTRICT)
  const who: Who = {
    staffId,
    name: 'care',
    members: [{ id: staffId, role: 'careCoordinator', unit: DISTRICT, path: DISTRICT }],
  }
  ids = await paired(api, who)
  desk = await api.desk('care')
})
afterEach(() => api.close())

const told = () =>
  api.house.store.read.sql.all<{ recipient: string; cause: string }>(
    `SELECT "recipient", "cause" FROM "Notice" WHERE "notice" = 'volunteer.knowledge' ORDER BY "recipient"`,
  )
const calendar = async () => (await desk.get(`${CARE}/knowledge`)).json()
const thisWeek = async () => (await calendar()).weeks.find((one: { week: string }) => one.week === WEEK)

describe('the knowledge calendar', () => {
  it('says nothing until somebody has read and approved it, and then to each once', async () => {
    expect(await thisWeek()).toMatchObject({ state: 'draft', reach: null, approvedBy: null })
    expect(await tellKnowledge(api.house)).toBe(0)
    await desk.post(`${CARE}/knowledge/${WEEK}/approve`, { on: true })
    expect(await thisWeek()).toMatchObject({ state: 'approved', approvedBy: '姓名care' })
    expect(await tellKnowledge(api.house)).toBe(1)
    expect(await tellKnowledge(api.house)).toBe(0)
    expect(await told()).toEqual([{ recipient: `person:${ids.personId}`, cause: WEEK }])
    expect(await thisWeek()).toMatchObject({ state: 'sent', reach: { sent: 1, lost: 0, waiting: 0 } })
  })

  it('is told to whoever is left after a run that was killed, and to nobody twice', async () => {
    const neighbour = await carer()
    await desk.post(`${CARE}/knowledge/${WEEK}/approve`, { on: true })
    await tellKnowledge(api.house)
    await api.house.store.write(async tx => {
      await tx.sql.run(`UPDATE "KnowledgeWeek" SET "state" = 'approved', "sentAt" = NULL`)
      await tx.sql.run(`DELETE FROM "Notice" WHERE "recipient" = ?`, `person:${ids.personId}`)
    })
    expect(await tellKnowledge(api.house)).toBe(1)
    expect((await told()).map(({ recipient }) => recipient).sort()).toEqual(
      [ids.personId, neighbour].map(id => `person:${id}`).sort(),
    )
  })

  it('a week changed must be approved again; one sent stays; a past week and a Tuesday are none', async () => {
    const words = { title: '防火', text: '炉子旁不放柴草，睡前看火、开窗。' }
    await desk.post(`${CARE}/knowledge/${WEEK}/approve`, { on: true })
    await desk.post(`${CARE}/knowledge/${WEEK}`, words)
    expect(await thisWeek()).toMatchObject({
      ...words,
      state: 'draft',
      editedBy: '姓名care',
      approvedBy: null,
    })
    await desk.post(`${CARE}/knowledge/${WEEK}/approve`, { on: true })
    await tellKnowledge(api.house)
    const late = await desk.post(`${CARE}/knowledge/${WEEK}`, words)
    expect([late.statusCode, late.json().error.message]).toEqual([409, expect.stringContaining('已经发出去')])
    for (const week of ['2026-10-26', '2026-11-03', '2028-01-03'])
      expect((await desk.post(`${CARE}/knowledge/${week}`, words)).statusCode, week).toBe(404)
  })

  it('waits for Monday morning at nine, and is silent at night', async () => {
    await desk.post(`${CARE}/knowledge/2026-11-09/approve`, { on: true })
    for (const at of ['2026-11-08T04:00:00.000Z', '2026-11-09T00:50:00.000Z', '2026-11-09T13:30:00.000Z']) {
      api.at(at)
      expect(await tellKnowledge(api.house), at).toBe(0)
    }
    api.at('2026-11-09T01:05:00.000Z')
    expect(await tellKnowledge(api.house)).toBe(1)
  })

  it('a word in the chat ends it, another begins it; the switch says the same', async () => {
    expect((await calendar()).people).toEqual({ volunteers: 1, carers: 0, off: 0 })
    expect(await api.say(ids.address, '不再收知识')).toContain('以后不再发了')
    expect((await calendar()).people).toEqual({ volunteers: 0, carers: 0, off: 1 })
    await desk.post(`${CARE}/knowledge/${WEEK}/approve`, { on: true })
    expect(await tellKnowledge(api.house)).toBe(0)
    expect(await api.say(ids.address, '我想收知识')).toContain('每周')
    expect((await calendar()).people).toEqual({ volunteers: 1, carers: 0, off: 0 })
    const one = api.browser()
    await one.post('/api/resident/session', {})
    expect((await one.get('/api/resident/knowledge')).json()).toEqual({ on: false })
    expect((await one.post('/api/resident/knowledge', { on: true })).json()).toEqual({ on: true })
    expect((await one.get('/api/resident/knowledge')).json()).toEqual({ on: true })
    expect((await calendar()).people).toEqual({ volunteers: 1, carers: 1, off: 0 })
  })
})

/** A neighbour who asked for it. */
async function carer(): Promise<string> {
  await api.say('a neighbour', '收知识')
  const row = await api.house.store.read.sql.get<{ personId: string }>(
    `SELECT "personId" FROM "Consent" WHERE "purpose" = 'knowledge'`,
  )
  return row!.personId
}

describe('nominations', () => {
  it('are words by a person, under pseudonyms, and a Word file', async () => {
    const at = `${CARE}/volunteers/${ids.volunteerId}/nominations`
    const given = { purpose: '优秀义务家长', text: `每周都去看${PLANTED.name}，禾禾爱笑了。` }
    const { nominations } = (await desk.post(at, given)).json()
    expect(nominations).toEqual([
      expect.objectContaining({
        purpose: '优秀义务家长',
        text: '每周都去看小禾，小禾爱笑了。',
        by: '姓名care',
      }),
    ])
    const file = await desk.get(`${CARE}/nominations/${nominations[0].id}/docx`)
    expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
    await api.staff('west', 'careCoordinator', '150402010')
    const west = await api.desk('west')
    expect((await west.get(at)).statusCode).toBe(404)
    expect((await west.get(`${CARE}/nominations/${nominations[0].id}/docx`)).statusCode).toBe(404)
  })
})

describe('a child in danger', () => {
  it('opens by its pseudonym to whoever answers for danger there, marked in the log, and to nobody else', async () => {
    const opening = { pseudonym: '小禾', reason: '孩子走失，要知道住址' }
    const roles = {
      east: ['townClerk', '150402100'],
      far: ['townClerk', '150402010'],
      boss: ['communityClerk', VILLAGE],
    } as const
    const codes: Record<string, number> = {}
    for (const [login, [role, unit]] of Object.entries(roles)) {
      await api.staff(login, role, unit)
      const one = await api.desk(login)
      codes[login] = (await one.post(`${CARE}/emergency`, opening)).statusCode
      expect((await one.post(`${CARE}/emergency`, { ...opening, pseudonym: '小星' })).statusCode).toBe(403)
    }
    expect(codes).toEqual({ east: 200, far: 403, boss: 403 })
    const { readings } = (await desk.get(`${CARE}/children/${ids.childId}/readings`)).json()
    expect(readings).toEqual([
      expect.objectContaining({ by: '姓名east', reason: opening.reason, emergency: true }),
    ])
  })
})

describe('figures by school', () => {
  it('come with a reason that is logged, count children with consent, and name none', async () => {
    expect((await desk.post(`${CARE}/schools`, { reason: '' })).statusCode).toBe(400)
    const answer = await desk.post(`${CARE}/schools`, { reason: '开学前统计' })
    expect(answer.json().schools).toEqual([
      { school: PLANTED.school, children: 1, unseen: expect.any(Number), late: 1 },
    ])
    expect(answer.body).not.toContain('小禾')
    const logged = await api.house.store.read.sql.all(
      `SELECT "what" FROM "Audit" WHERE "what" = 'careSchools'`,
    )
    expect(logged).toHaveLength(1)
    await desk.post(`${CARE}/children/${ids.childId}/consent/withdraw`, {})
    expect((await desk.post(`${CARE}/schools`, { reason: '开学前统计' })).json().schools).toEqual([])
  })
})

describe('the import, tried first', () => {
  const bytes = (payload: Buffer) => ({
    payload,
    headers: { 'content-type': 'application/octet-stream', 'x-csrf-token': desk.csrf },
  })
  const workbook = async () => {
    const book = new exceljs.Workbook()
    const empty = await desk.get(`${CARE}/import/template`)
    await book.xlsx.load(empty.rawPayload as unknown as ArrayBuffer)
    const [people, children] = book.worksheets
    people!.addRow(['白雪', '13911113333', '二道井子村', '大学生', '', '', '', '', '2026-09-01'])
    people!.addRow(['白云', '13911113333', '二道井子村'])
    children!.addRow(['小麦', '孟春', '2016-05-05', '一小', '', '', '', VILLAGE])
    return Buffer.from(await book.xlsx.writeBuffer())
  }

  it('says what would come of it and enters nothing', async () => {
    const tried = await desk.post(`${CARE}/import?try=1`, undefined, bytes(await workbook()))
    expect(tried.json()).toEqual({
      entered: { volunteers: 1, children: 1, pairings: 0 },
      refused: [{ sheet: '义务家长', row: 3, why: '这个手机号已经登记过' }],
    })
    expect((await desk.get(`${CARE}/volunteers`)).json().volunteers).toHaveLength(1)
    const entered = await desk.post(`${CARE}/import`, undefined, bytes(await workbook()))
    expect(entered.json()).toEqual(tried.json())
    expect((await desk.get(`${CARE}/volunteers`)).json().volunteers).toHaveLength(2)
  })

  it('hands back the refused rows with their reasons', async () => {
    const file = await desk.post(`${CARE}/import/refused`, undefined, bytes(await workbook()))
    const book = new exceljs.Workbook()
    await book.xlsx.load(file.rawPayload as unknown as ArrayBuffer)
    const rows = book.worksheets.map(page => page.actualRowCount)
    expect(rows).toEqual([2, 1, 1])
    const row = book.worksheets[0]!.getRow(2)
    expect([row.getCell(1).text, row.getCell(10).text]).toEqual(['白云', '这个手机号已经登记过'])
  })
})
