import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMediation } from '../../src/actions/open-mediation.ts'
import { APPLICATION } from '../actions/mediating.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** What the closed loop of grievances leaves alone: nobody follows, links, tells neighbours of or assesses a mediation. */

let api: Api
let applicant: Browser
let code: string
beforeEach(async () => {
  api = await makeApi()
  await api.staff('sec', 'panelSecretary', 'P01')
  await api.staff('desk', 'districtDispatcher', '150402')
  applicant = api.browser()
  await applicant.post('/api/resident/session', {})
  const { id } = (await api.house.store.read.sql.get<{ id: string }>('SELECT "id" FROM "Person"'))!
  const { row } = await api.house.store.write(tx =>
    openMediation(api.house, tx, id, APPLICATION, api.house.now()),
  )
  code = row.code
})
afterEach(() => api.close())

test('the district desk reads it without neighbours, and has no step of a grievance on it', async () => {
  const dispatcher = await api.desk('desk')
  const shown = (await dispatcher.get(`/api/staff/cases/${code}`)).json()
  expect([shown.code, 'follow' in shown, shown.steps]).toEqual([code, false, []])
  const listed = (await dispatcher.get('/api/staff/cases?list=all')).json().rows
  expect(listed).toHaveLength(1)
  expect(['followers' in listed[0], 'alike' in listed[0]]).toEqual([false, false])
  for (const [verb, form] of [
    ['link', { same: 'HS-20261103-0001' }],
    ['publish', { summary: '配件已到，预计周五恢复运行' }],
    ['note', { text: '看过了' }],
  ] as const)
    expect([
      verb,
      (await dispatcher.post(`/api/staff/cases/${code}/steps/${verb}`, form)).statusCode,
    ]).toEqual([verb, expect.toSatisfy((status: number) => status === 403 || status === 409)])
})

test('taken back, it stands at the ends of the desk and in no month of the assessment', async () => {
  expect((await applicant.post(`/api/resident/mediations/${code}/steps/pullOut`, {})).statusCode).toBe(200)
  const dispatcher = await api.desk('desk')
  const ended = (await dispatcher.get('/api/staff/cases?list=ended')).json().rows
  expect(ended.map((row: { code: string }) => row.code)).toEqual([code])
  expect((await dispatcher.get(`/api/staff/cases/${code}/assessment`)).json()).toEqual({ rows: [] })
  expect((await dispatcher.get('/api/staff/assessment?month=2026-11')).json()).toMatchObject({
    units: [],
    total: { cases: 0 },
  })
  expect((await dispatcher.get('/api/staff/invariant')).json()).toEqual({ open: 0, closed: 1, broken: [] })
})

test('its applicant sees how far the word that it was accepted came', async () => {
  const secretary = await api.desk('sec')
  expect((await secretary.post(`/api/staff/mediations/${code}/steps/admit`, {})).statusCode).toBe(200)
  const page = (await applicant.get(`/api/resident/cases/${code}`)).json()
  expect(page.timeline.map((line: { arrived: string | null }) => line.arrived)).toEqual(['sent', 'sent'])
  const { messages } = (await applicant.get('/api/resident/messages')).json()
  expect(messages.at(-1)).toMatchObject({ from: 'notice', body: { code } })
})
