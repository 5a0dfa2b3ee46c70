import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

/** The forms as a browser sends them where no script runs. */

let api: Api
beforeAll(async () => {
  api = await makeApi({ webRoot: join(process.cwd(), 'dist/web') })
})
afterAll(() => api.close())

/** Sends a form and follows where it leads, as a browser does. */
async function send(one: Browser, flow: string, fields: Record<string, string>) {
  const answer = await one.post(`/form/${flow}`, undefined, {
    payload: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      host: 'own.example',
      origin: 'http://own.example',
    },
  })
  return answer.statusCode === 303 ? one.get(String(answer.headers.location)) : answer
}

const id = (html: string) => /name="id" value="([^"]+)"/.exec(html)![1]!
const keyOf = (html: string) => /name="key" value="([^"]+)"/.exec(html)?.[1]
const text = (html: string) => html.slice(html.indexOf('<div id="app">'), html.indexOf('<script type="app'))

/** Answers what is asked until the check page. */
async function toCheck(one: Browser, first: string) {
  let { body } = await send(one, 'grievance', { text: first })
  for (let step = 0; step < 9 && keyOf(body); step++) {
    // The last choice is the calm one: nobody is in danger.
    const value = [
      ...body.matchAll(/type="radio"[^>]*value="([^"!]+)"|value="([^"!]+)"[^>]*type="radio"/g),
    ].pop()
    const answer = value ? { value: value[1] ?? value[2]! } : { text: '红山郡3号楼' }
    body = (await send(one, 'grievance', { id: id(body), key: keyOf(body)!, do: 'answer', ...answer })).body
  }
  return body
}

const ELEVATOR = '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000'

it('a whole complaint ends with its receipt', async () => {
  const one = api.browser()
  const check = await toCheck(one, ELEVATOR)
  expect(one.cookies.hy_resident).toMatch(/^[\w-]{43}$/)
  expect(text(check)).toContain('电梯坏了')
  const fields = { id: id(check), do: 'send' }
  const done = await send(one, 'grievance', fields)
  expect(done.statusCode).toBe(200)
  const [code] = /HS-\d{8}-\d{4}/.exec(text(done.body))!
  expect(text(done.body)).toMatch(/查询码/)
  // Pressing twice, or loading the page anew, is the same complaint.
  const again = await send(one, 'grievance', fields)
  expect(text(again.body)).toContain(code)
  expect((await one.get('/api/resident/cases')).json().cases).toHaveLength(1)
  expect(text((await one.get(`/cases/${code}`)).body)).toContain(code)
})

it('what cannot be read comes back with what was written and why', async () => {
  const one = api.browser()
  const wrong = await send(one, 'grievance', { key: 'text', text: '坏', do: 'answer', id: 'a1' })
  expect(wrong.statusCode).toBe(422)
  expect(text(wrong.body)).toContain('class="wrong"')
})

it('words that mean danger bring the emergency card at once', async () => {
  const one = api.browser()
  const answer = await send(one, 'grievance', { text: '我家着火了，有人困在里面' })
  expect(answer.statusCode).toBe(200)
  expect(text(answer.body)).toContain('tel:119')
})

it('another site cannot send it', async () => {
  const answer = await api.browser().post('/form/grievance', undefined, {
    payload: 'text=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://elsewhere.example' },
  })
  expect(answer.statusCode).toBe(403)
})

it('urlencoded is read nowhere else', async () => {
  const answer = await api.browser().post('/api/resident/session', undefined, {
    payload: 'a=b',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.statusCode).toBe(400)
})

it('looking at a form makes no person', async () => {
  const one = api.browser()
  await one.get('/form/grievance')
  expect(one.cookies.hy_resident).toBeUndefined()
})

it('a neighbour’s case is followed with a button of the check page', async () => {
  const owner = api.browser()
  const lamp = '清河小区的路灯坏了三天了，没人修，电话13800000001'
  await toCheck(owner, lamp)
  await send(owner, 'grievance', { do: 'send' })
  const near = api.browser()
  const check = await toCheck(near, '清河小区路灯不亮，电话13800000002')
  expect(text(check)).toContain('附近已经有人报过同样的事')
  expect(check).toMatch(/<button[^>]*name="do"[^>]*value="join\.followTell"/)
  const { body } = await send(near, 'grievance', { id: id(check), do: 'join.followTell' })
  expect(text(body)).toContain('您说的也转给了办理人')
  const { follows } = (await near.get('/api/resident/follows')).json()
  expect(follows).toHaveLength(1)
  expect((await near.get('/api/resident/cases')).json().cases).toEqual([])
})
