import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SETTING_UP, type Service, startService } from '../e2e/service.ts'
import { jpeg } from '../files/made.ts'

/** Photos on their way while the service is killed again and again, like a power cut: each arrives once, whole, and none twice. */

const KILLS = 5
const PIECE = 40_000

let service: Service
beforeAll(async () => {
  service = await startService()
}, SETTING_UP)
afterAll(() => service?.stop())

interface State {
  state: string
  received: number
}

let cookie = ''
async function ask(method: string, path: string, body?: object | Buffer): Promise<Response> {
  const raw = Buffer.isBuffer(body)
  const answer = await fetch(`${service.url}/api/resident/${path}`, {
    method,
    headers: {
      cookie,
      ...(body ? { 'content-type': raw ? 'application/octet-stream' : 'application/json' } : {}),
    },
    ...(body ? { body: raw ? new Uint8Array(body) : JSON.stringify(body) } : {}),
  })
  const set = answer.headers.getSetCookie().map(one => one.split(';')[0])
  if (set.length > 0) cookie = set.join('; ')
  return answer
}

/** As a front does it: asks how far it came, sends from there, and begins again when the line is cut. */
async function send(id: string, photo: Buffer): Promise<void> {
  for (;;) {
    try {
      const told = await ask('POST', 'files', { id, name: 'photo.jpg', bytes: photo.length })
      if (!told.ok) throw new Error(`${told.status} ${await told.text()}`)
      let { state, received } = (await told.json()) as State
      while (state === 'arriving') {
        const piece = photo.subarray(received, received + PIECE)
        const answer = await ask('PUT', `files/${id}?at=${received}`, piece)
        expect(answer.status).toBe(200)
        const next = (await answer.json()) as State
        expect(next.state === 'ready' || next.received === received + piece.length).toBe(true)
        ;({ state, received } = next)
      }
      return expect(state).toBe('ready')
    } catch (fault) {
      // The service is away: that is what this test is about. Anything else is a fault.
      if (!(fault instanceof TypeError)) throw fault
      await new Promise(done => setTimeout(done, 50))
    }
  }
}

it(`${KILLS} kills in the middle of uploads leave no half file and lose none`, {
  timeout: 180_000,
}, async () => {
  await ask('POST', 'session', {})
  const ids: string[] = []
  const photo = await jpeg({ width: 2400, height: 1800 })
  let going = true
  const killing = (async () => {
    for (let n = 0; n < KILLS; n++) {
      await new Promise(done => setTimeout(done, 20 + n * 37))
      await service.kill()
      await service.start()
    }
    going = false
  })()
  while (going || ids.length < 4) {
    const id = v7()
    await send(id, photo)
    ids.push(id)
    if (ids.length >= 40) break
  }
  await killing
  for (const id of ids)
    for (const copy of ['full', 'small']) {
      const answer = await ask('GET', `files/${id}/${copy}`)
      expect(answer.status).toBe(200)
      const { width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      expect(width).toBe(copy === 'full' ? 2400 : 480)
    }
  expect(service.faults).toEqual([])
})
