import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as made from '../files/made.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let wang: Browser
let resident: Browser
let code: string
beforeEach(async () => {
  api = await makeApi()
  await api.staff('wang', 'townClerk', '150402010')
  await api.staff('far', 'townClerk', '150402004')
  resident = api.browser()
  code = await api.grievance(resident)
  wang = await api.desk('wang')
  await wang.post(`/api/staff/cases/${code}/steps/grab`, {})
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const announce = (who: Browser, id: string, bytes: Buffer) =>
  who.post(`/api/staff/cases/${code}/files`, { id, name: '检验报告.jpg', bytes: bytes.length })
const put = (who: Browser, id: string, bytes: Buffer, csrf = who.csrf) =>
  api.app.inject({
    method: 'PUT',
    url: `/api/staff/cases/${code}/files/${id}?at=0`,
    payload: bytes,
    headers: { 'content-type': 'application/octet-stream', ...(csrf ? { 'x-csrf-token': csrf } : {}) },
    cookies: who.cookies,
  })
const message = (files: unknown) =>
  wang.post(`/api/staff/cases/${code}/steps/message`, { text: '检验报告发给您。', files })

it('a clerk’s file goes to the resident with the words: in the chat, on the case, and to be opened', async () => {
  const [id, bytes] = [v7(), await made.jpeg()]
  expect((await announce(wang, id, bytes)).json()).toMatchObject({ state: 'arriving', received: 0 })
  expect((await put(wang, id, bytes)).json()).toMatchObject({ state: 'ready', kind: 'image' })
  const shown = (await message([id])).json()
  expect(shown.timeline.at(-1)).toMatchObject({ verb: 'message', files: [id] })
  const { messages } = (await resident.get('/api/resident/messages')).json()
  const last = messages.at(-1)
  expect(last.body.text).toContain('检验报告发给您。\n附件 1 个')
  expect(last.body.files).toMatchObject([{ id, kind: 'image' }])
  const view = (await resident.get(`/api/resident/cases/${code}`)).json()
  expect(view.timeline.some((line: { files?: string[] }) => line.files?.includes(id))).toBe(true)
  const copy = await resident.get(`/api/resident/files/${id}/small`)
  expect([copy.statusCode, copy.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect((await api.browser().get(`/api/resident/files/${id}/small`)).statusCode).not.toBe(200)
})

it('a file that is not whole, or was sent before, stops the step; nothing is said', async () => {
  const [id, bytes] = [v7(), await made.jpeg()]
  await announce(wang, id, bytes)
  const early = await message(id)
  expect([early.statusCode, early.json().error.details[0].field]).toEqual([422, 'files'])
  await put(wang, id, bytes)
  expect((await message(`${id}`)).statusCode).toBe(200)
  expect((await message(`${id}`)).statusCode).toBe(422)
  const { messages } = (await resident.get('/api/resident/messages')).json()
  expect(
    messages.filter((one: { body: { text: string } }) => one.body.text.includes('检验报告')).length,
  ).toBe(1)
})

it('is only for whoever may write to the resident now, with the token of the log-in', async () => {
  const [id, bytes] = [v7(), await made.jpeg()]
  const far = await api.desk('far')
  expect((await announce(far, id, bytes)).statusCode).toBe(404)
  await announce(wang, id, bytes)
  expect((await put(wang, id, bytes, '')).statusCode).toBe(403)
  expect((await put(far, id, bytes)).statusCode).toBe(404)
  await put(wang, id, bytes)
  const answer = {
    result: '修好了电梯',
    facts: '制动器坏了，已换新',
    basis: '物业服务合同第六条',
    ticks: [1, 2, 3, 4, 5],
  }
  const told = await wang.post(`/api/staff/cases/${code}/steps/answer`, { ...answer, files: [id] })
  expect(told.json().timeline.at(-1)).toMatchObject({ verb: 'answer', files: [id] })
  expect((await announce(wang, v7(), bytes)).json().error.code).toBe('notNow')
})
