import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apply, panelStaff, person, step } from '../actions/mediating.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** A letter answered in a browser where no script runs. */

let api: Api
let who: Awaited<ReturnType<typeof panelStaff>>
beforeAll(async () => {
  api = await makeApi({ webRoot: join(process.cwd(), 'dist/web') })
  who = await panelStaff(api.house, 'sec', 'panelSecretary')
})
afterAll(() => api.close())

const HEADERS = {
  'content-type': 'application/x-www-form-urlencoded',
  host: 'own.example',
  origin: 'http://own.example',
}
const post = (one: Browser, path: string, fields: Record<string, string>, headers = HEADERS) =>
  one.post(path, undefined, { payload: new URLSearchParams(fields).toString(), headers })
const text = (html: string) => html.slice(html.indexOf('<div id="app">'), html.indexOf('<script type="app'))

/** A mediation whose other side was sent a letter. */
async function invited() {
  const code = await apply(api.house, await person(api.house))
  await step(api.house, { staff: who }, code, 'admit')
  const { made } = await step(api.house, { staff: who }, code, 'invite')
  return { code, token: made.token! }
}

it('a code that is too short, or wrong, comes back with what to do', async () => {
  const one = api.browser()
  const short = await post(one, '/m', { token: 'abcd' })
  expect([short.statusCode, text(short.body)]).toEqual([422, expect.stringContaining('现在是 4 位')])
  expect(text(short.body)).toContain('value="abcd"')
  const wrong = await post(one, '/m', { token: 'ABCD-EFGH-JKLM' })
  expect([wrong.statusCode, text(wrong.body)]).toEqual([404, expect.stringContaining('已经用过、换过')])
})

it('opened, doubted, written to the mediator, agreed to', async () => {
  const { code, token } = await invited()
  const one = api.browser()
  const opened = await post(one, '/m', { token: token.toLowerCase() })
  expect([opened.statusCode, opened.headers.location]).toEqual([303, `/mediations/${code}`])
  const at = `/mediations/${code}`
  expect(text((await one.get(at)).body)).toMatch(/name="do"[^>]*value="consent"/)
  const doubt = await post(one, at, { do: 'doubt' })
  expect(text(doubt.body)).toMatch(/调解就到此为止[\s\S]*value="rebuff"/)
  expect((await post(one, at, { do: 'words', text: '我们愿意退一半。' })).statusCode).toBe(303)
  expect((await post(one, at, { do: 'consent' })).statusCode).toBe(303)
  const view = (await one.get(`/api/resident${at}`)).json()
  expect([view.state, view.words[0].text]).toEqual(['booking', '我们愿意退一半。'])
  // What is no longer to be decided is refused with a sentence, on the page.
  const late = await post(one, at, { do: 'consent' })
  expect(late.statusCode).toBe(409)
  expect(text(late.body)).toContain('role="alert"')
})

it('a link is opened by its button, and a refusal ends it', async () => {
  const { code, token } = await invited()
  const one = api.browser()
  const page = text((await one.get(`/m/${token}`)).body)
  expect(page).toContain(`action="/m/${token}"`)
  expect((await post(one, `/m/${token}`, {})).headers.location).toBe(`/mediations/${code}`)
  await post(one, `/mediations/${code}`, { do: 'rebuff', text: '我们有许可证。' })
  const ended = text((await one.get(`/mediations/${code}`)).body)
  expect(ended).toContain('还能走的路')
})

it('another site cannot send it, and a stranger finds nothing', async () => {
  const { code, token } = await invited()
  const elsewhere = { ...HEADERS, origin: 'http://elsewhere.example' }
  expect((await post(api.browser(), '/m', { token }, elsewhere)).statusCode).toBe(403)
  const stranger = await post(api.browser(), `/mediations/${code}`, { do: 'consent' })
  expect([401, 404]).toContain(stranger.statusCode)
})
