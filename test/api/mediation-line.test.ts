import { afterEach, beforeEach, expect, test } from 'vitest'
import { wantEarlier, whisper } from '../../src/actions/use-mediation.ts'
import { agreedToTalk, book, panelStaff, step } from '../actions/mediating.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** Beside the calendar of a panel: who waits for an earlier meeting; and what a side brought, read by those it was brought to. */

const MONDAY = '2026-11-09T01:00:00.000Z'
const TUESDAY = '2026-11-10T01:00:00.000Z'

let api: Api
let desk: Browser
let who: Awaited<ReturnType<typeof panelStaff>>
beforeEach(async () => {
  api = await makeApi()
  await api.staff('sec', 'panelSecretary', 'P01')
  await api.staff('med', 'mediator', 'P01')
  await api.staff('far', 'panelSecretary', 'P02')
  who = await panelStaff(api.house, 'second', 'panelSecretary')
  desk = await api.desk('sec')
})
afterEach(() => api.close())

const lineOf = async () => (await desk.get('/api/staff/panels/P01/line')).json().line

test('who waits stands in line, with the place on offer while it is on offer', async () => {
  const [first, second] = [await agreedToTalk(api.house, who), await agreedToTalk(api.house, who)]
  await book(api.house, first.applicant, first.code, MONDAY)
  await book(api.house, second.applicant, second.code, TUESDAY)
  await wantEarlier(api.house, second.other, second.code, true)
  const waits = { code: second.code, side: 'other', booked: TUESDAY, mediator: '姓名med' }
  expect(await lineOf()).toEqual([{ ...waits, since: api.house.now(), offer: null }])
  await step(api.house, { personId: first.applicant }, first.code, 'unbook')
  const [{ offer }] = await lineOf()
  expect(offer).toEqual({
    startsAt: MONDAY,
    until: new Date(Date.parse(api.house.now()) + 7_200_000).toISOString(),
    mediator: '姓名med',
    room: expect.stringMatching(/./),
  })
  api.pass(7_200_001)
  desk = await api.desk('sec')
  expect((await lineOf())[0].offer).toBe(null)
  const elsewhere = await api.desk('far')
  expect((await elsewhere.get('/api/staff/panels/P01/line')).statusCode).toBe(404)
})

test('what a side brought is new until those who may hear it have read it; a form open elsewhere still counts', async () => {
  const { code, applicant } = await agreedToTalk(api.house, who)
  await whisper(api.house, { personId: applicant }, code, { text: '先别告诉他们。' })
  const at = `/api/staff/mediations/${code}`
  const before = (await desk.get(at)).json()
  expect(before.flags).toContain('newWords')
  // Nobody has this case yet: a mediator of the panel sees it, and does not hear the sides.
  const mediator = await api.desk('med')
  expect((await mediator.post(`${at}/read`, {})).statusCode).toBe(403)
  expect((await (await api.desk('far')).post(`${at}/read`, {})).statusCode).toBe(404)
  expect((await desk.get(at)).json().flags).toContain('newWords')
  expect((await desk.post(`${at}/read`, {})).statusCode).toBe(204)
  const after = (await desk.get(at)).json()
  expect([after.flags, after.version]).toEqual([[], before.version])
})
