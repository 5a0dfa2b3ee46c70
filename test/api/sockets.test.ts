import type { AddressInfo } from 'node:net'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { jpeg } from '../files/made.ts'
import { type Api, type Browser, makeApi } from './house.ts'

type Frame = { t: string; seq?: number; [field: string]: unknown }

let api: Api
let host: string
const open: Line[] = []

beforeEach(async () => {
  api = await makeApi()
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  host = `127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => {
  for (const line of open.splice(0)) line.socket.terminate()
  expect(api.faults).toEqual([])
  await api.close()
})

interface Line {
  socket: WebSocket
  frames: Frame[]
  send(frame: object | string): void
  /** Waits for the first frame (from the n-th on) that fits. */
  until(fits: (frame: Frame) => boolean): Promise<Frame>
  closed: Promise<number>
}

function connect(browser: Browser, path = '/ws/chat', origin = `http://${host}`): Line {
  const cookie = Object.entries(browser.cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const socket = new WebSocket(`ws://${host}${path}`, { headers: { cookie, ...(origin ? { origin } : {}) } })
  const frames: Frame[] = []
  const ready = new Promise<void>(done => socket.once('open', () => done()))
  const line: Line = {
    socket,
    frames,
    send: frame =>
      void ready.then(() => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))),
    async until(fits) {
      for (let tries = 0; tries < 500; tries++) {
        const found = frames.find(fits)
        if (found) return found
        await new Promise(done => setTimeout(done, 10))
      }
      throw new Error(`nothing fits in ${JSON.stringify(frames).slice(0, 2000)}`)
    },
    closed: new Promise(done => socket.once('close', done)),
  }
  socket.on('message', data => frames.push(JSON.parse(String(data))))
  socket.on('error', () => undefined)
  open.push(line)
  return line
}

const refusedStatus = (browser: Browser, path: string, origin?: string) =>
  new Promise<number>((done, failed) => {
    const { socket } = connect(browser, path, origin)
    socket.once('unexpected-response', (_, answer) => done(answer.statusCode ?? 0))
    socket.once('open', () => failed(new Error('it opened')))
  })

async function person(): Promise<Browser> {
  const browser = api.browser()
  await browser.post('/api/resident/session', {})
  return browser
}
const seqs = (line: Line) => line.frames.filter(frame => frame.t === 'message').map(frame => frame.seq!)
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
const lastOf = async (browser: Browser) => (await browser.get('/api/resident/messages')).json().last as number

it('opens for the own pages and known persons only', async () => {
  const me = await person()
  expect(await refusedStatus(me, '/ws/chat', 'https://evil.example')).toBe(403)
  expect(await refusedStatus(me, '/ws/chat', '')).toBe(403)
  expect(await refusedStatus(api.browser(), '/ws/chat')).toBe(401)
  expect(await refusedStatus(me, '/ws/staff')).toBe(401)
  expect(await refusedStatus(me, '/ws/nothing')).toBe(404)
})

it('says and is answered in order, with the own words coming back', async () => {
  const line = connect(await person())
  line.send({ t: 'hello', after: 0 })
  line.send({ t: 'say', id: 'one', text: '菜单' })
  expect(await line.until(frame => frame.t === 'welcome')).toEqual({
    t: 'welcome',
    last: 0,
    language: 'zh-CN',
  })
  expect(await line.until(frame => frame.t === 'ack')).toEqual({ t: 'ack', id: 'one', seq: 1 })
  const own = await line.until(frame => frame.t === 'message' && frame.from === 'me')
  expect(own).toMatchObject({ seq: 1, echo: 'one', body: { text: '菜单' } })
  await line.until(frame => frame.t === 'message' && frame.from === 'bot')
  line.send({ t: 'ping' })
  await line.until(frame => frame.t === 'pong')
})

it('brings photos, says what is wrong with them, and stays open', async () => {
  const me = await person()
  const [id, waiting] = [v7(), v7()]
  const photo = await jpeg()
  const post = (given: string, bytes: number) =>
    me.post('/api/resident/files', { id: given, name: 'photo.jpg', bytes })
  await post(waiting, 9)
  await post(id, photo.length)
  for (let at = 0; at < photo.length; at += 200_000)
    await api.app.inject({
      method: 'PUT',
      url: `/api/resident/files/${id}?at=${at}`,
      payload: photo.subarray(at, at + 200_000),
      headers: { 'content-type': 'application/octet-stream' },
      cookies: me.cookies,
    })
  const line = connect(me)
  line.send({ t: 'hello', after: 0 })
  line.send({ t: 'say', id: 'early', text: '', files: [waiting] })
  expect(await line.until(frame => frame.id === 'early')).toMatchObject({
    t: 'error',
    code: 'incomplete',
    message: expect.stringContaining('还没有传完'),
  })
  for (const [name, wrong] of Object.entries({
    a: { files: 'x' },
    b: { files: ['../x'] },
    c: { position: { lat: 'north' } },
    d: { unit: {} },
  })) {
    line.send({ t: 'say', id: name, text: '', ...wrong })
    expect(await line.until(frame => frame.id === name)).toMatchObject({ t: 'error', code: 'badRequest' })
  }
  line.send({ t: 'say', id: 'now', text: '', files: [id] })
  expect(await line.until(frame => frame.t === 'ack')).toMatchObject({ id: 'now', seq: 1 })
  const own = await line.until(frame => frame.t === 'message' && frame.from === 'me')
  expect(own.body).toEqual({ text: '', files: [{ id, kind: 'image', width: 900, height: 600 }] })
})

it('loses and doubles nothing over cuts, however often a client comes back', async () => {
  const me = await person()
  const got = new Map<number, string>()
  let sent = 0
  for (let round = 0; round < 6; round++) {
    const line = connect(me)
    line.send({ t: 'hello', after: Math.max(0, ...got.keys()) })
    await line.until(frame => frame.t === 'welcome')
    for (let n = 0; n < 3; n++) line.send({ t: 'say', id: `m${++sent}`, text: '菜单' })
    // The last of the round is repeated, as a client does that saw no acknowledgement.
    line.send({ t: 'say', id: `m${sent}`, text: '菜单' })
    await line.until(frame => frame.t === 'ack' && frame.id === `m${sent - 1}`)
    line.socket.terminate()
    await line.closed
    for (const frame of line.frames)
      if (frame.t === 'message') {
        expect(got.has(frame.seq!)).toBe(false)
        got.set(frame.seq!, String(frame.id))
      }
  }
  const last = connect(me)
  last.send({ t: 'hello', after: Math.max(0, ...got.keys()) })
  last.send({ t: 'ping' })
  await last.until(frame => frame.t === 'pong')
  const end = await lastOf(me)
  for (const seq of seqs(last)) got.set(seq, '')
  expect([...got.keys()].sort((a, b) => a - b)).toEqual(upTo(end))
  const own = (await me.get('/api/resident/messages?after=0&limit=200')).json().messages
  const mine = own.filter((message: { from: string }) => message.from === 'me')
  expect(mine.map((message: { echo: string }) => message.echo)).toEqual(upTo(sent).map(n => `m${n}`))
})

it('brings to two tabs what was said in one, each line once', async () => {
  const me = await person()
  const [a, b] = [connect(me), connect(me)]
  for (const tab of [a, b]) tab.send({ t: 'hello', after: 0 })
  await b.until(frame => frame.t === 'welcome')
  for (let n = 1; n <= 20; n++) (n % 2 ? a : b).send({ t: 'say', id: `m${n}`, text: '菜单' })
  await a.until(frame => frame.t === 'ack' && frame.id === 'm19')
  await b.until(frame => frame.t === 'ack' && frame.id === 'm20')
  const end = await lastOf(me)
  for (const tab of [a, b]) await tab.until(frame => frame.t === 'message' && frame.seq === end)
  expect(seqs(a)).toEqual(upTo(end))
  expect(seqs(b)).toEqual(upTo(end))
})

it('brings a clerk’s step to the resident’s page at once, and only to theirs', async () => {
  const me = await person()
  const code = await api.grievance(me)
  const west = [...api.house.district.units.values()].find(unit => unit.name === '西城街道')!.code
  await api.staff('wang', 'townClerk', west)
  await api.staff('li', 'townClerk', west)
  const [wang, li] = [await api.desk('wang'), await api.desk('li')]
  const line = connect(me)
  const stranger = connect(await person())
  const [desk, other] = [connect(wang, '/ws/staff'), connect(li, '/ws/staff')]
  line.send({ t: 'hello', after: 0 })
  stranger.send({ t: 'hello', after: 0 })
  desk.send({ t: 'viewing', code })
  other.send({ t: 'viewing', code })
  expect(await desk.until(frame => frame.t === 'viewers' && String(frame.names) !== '')).toEqual({
    t: 'viewers',
    code,
    names: ['姓名li'],
    writing: [],
  })
  other.send({ t: 'writing', on: true })
  await desk.until(frame => frame.t === 'viewers' && String(frame.writing) === '姓名li')
  other.send({ t: 'writing', on: false })
  await desk.until(frame => frame.t === 'viewers' && String(frame.writing) === '')
  await stranger.until(frame => frame.t === 'welcome')
  await line.until(frame => frame.t === 'welcome')
  await wang.post(`/api/staff/cases/${code}/steps/grab`, {})
  await line.until(frame => frame.t === 'message' && frame.from === 'notice')
  expect(await line.until(frame => frame.t === 'case')).toEqual({ t: 'case', code })
  expect(await other.until(frame => frame.t === 'changed')).toMatchObject({ lists: true })
  expect(stranger.frames.map(frame => frame.t)).toEqual(['welcome'])
  other.send({ t: 'viewing', code: null })
  await desk.until(frame => frame.t === 'viewers' && String(frame.names) === '')
})

it('shows the resident that a clerk writes, once the clerk has the conversation', async () => {
  const me = await person()
  await me.say('人工')
  const west = [...api.house.district.units.values()].find(unit => unit.name === '西城街道')!.code
  await api.staff('wang', 'townClerk', west)
  const wang = await api.desk('wang')
  const desk = connect(wang, '/ws/staff')
  const [row] = (await wang.get('/api/staff/conversations')).json().rows
  const line = connect(me)
  line.send({ t: 'hello', after: 0 })
  await line.until(frame => frame.t === 'welcome')
  desk.send({ t: 'typing', conversation: row.id })
  desk.send({ t: 'ping' })
  await desk.until(frame => frame.t === 'pong')
  expect(line.frames.some(frame => frame.t === 'typing')).toBe(false)
  await wang.post(`/api/staff/conversations/${row.id}/take`)
  desk.send({ t: 'typing', conversation: row.id })
  await line.until(frame => frame.t === 'typing')
  expect(await desk.until(frame => frame.t === 'conversation')).toEqual({ t: 'conversation', id: row.id })
})

it('answers broken frames in words and ends only after five that are no JSON', async () => {
  const line = connect(await person())
  line.send({ t: 'hello', after: 0 })
  line.send({ t: 'hello', after: -1 })
  line.send({ t: 'dance' })
  line.send({ t: 'say', id: 'x y', text: 'a' })
  line.send({ t: 'say', id: 'ok', text: 5 })
  line.send('[1]')
  for (let n = 0; n < 3; n++) line.send('{"t":')
  line.send({ t: 'ping' })
  await line.until(frame => frame.t === 'pong')
  const errors = line.frames.filter(frame => frame.t === 'error')
  expect(errors).toHaveLength(8)
  expect(errors.every(frame => frame.code === 'badRequest' && /。$/.test(String(frame.message)))).toBe(true)
  expect(errors.filter(frame => frame.id).map(frame => frame.id)).toEqual(['x y', 'ok'])
  line.send('nonsense')
  expect(await line.closed).toBe(1003)
})

it('cuts a frame that is too large', async () => {
  const line = connect(await person())
  line.send({ t: 'say', id: 'big', text: 'x'.repeat(70_000) })
  expect(await line.closed).toBe(1009)
})

it('sees what another process wrote', async () => {
  const me = await person()
  const line = connect(me)
  line.send({ t: 'hello', after: 0 })
  await line.until(frame => frame.t === 'welcome')
  const { openStore } = await import('../../src/store/db.ts')
  const { addLineAlone } = await import('../../src/store/talks.ts')
  const { personAt } = await import('../../src/store/persons.ts')
  const { SECRET } = await import('../house.ts')
  const other = await openStore({ url: api.url, secret: SECRET })
  const address = { channel: 'web', appId: '-', address: me.cookies.hy_resident! }
  const known = await personAt(other.read, address)
  await other.write(tx =>
    addLineAlone(
      tx,
      known!.personId,
      { sender: 'notice', channel: 'notice', body: '{"text":"早"}' },
      '2026-11-03T02:30:00.000Z',
    ),
  )
  expect(await line.until(frame => frame.t === 'message')).toMatchObject({
    from: 'notice',
    body: { text: '早' },
  })
  await other.close()
})
