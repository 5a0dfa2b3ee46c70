import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { heardWith } from '../../src/api/brought.ts'
import { JOBS } from '../../src/notify/jobs/index.ts'
import { runJob } from '../../src/notify/timetable.ts'
import * as made from '../files/made.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let one: Browser
beforeEach(async () => {
  api = await makeApi()
  one = api.browser()
  await one.post('/api/resident/session', {})
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const FILES = '/api/resident/files'
const bytesOf = (path: string): Buffer[] =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map(name => join(path, name))
        .filter(name => statSync(name).isFile())
        .map(name => readFileSync(name))
    : []
const announce = (who: Browser, id: string, bytes: number, name = 'IMG_0001.jpg') =>
  who.post(FILES, { id, name, bytes })
const put = (who: Browser, id: string, at: number, bytes: Buffer) =>
  api.app.inject({
    method: 'PUT',
    url: `${FILES}/${id}?at=${at}`,
    payload: bytes,
    headers: { 'content-type': 'application/octet-stream' },
    cookies: who.cookies,
  })

/** Sends a file as a front does; answers with what the last piece answered. */
async function send(who: Browser, bytes: Buffer, id = v7(), size = 60_000) {
  let answer = await announce(who, id, bytes.length)
  for (let at = 0; at < bytes.length && answer.statusCode === 200; at += size)
    answer = await put(who, id, at, bytes.subarray(at, at + size))
  return { id, answer }
}
const say = async (who: Browser, given: object) => {
  const answer = await who.post('/api/resident/messages', { id: v7(), text: '', ...given })
  return { status: answer.statusCode, body: answer.json(), words: JSON.stringify(answer.json()) }
}
const west = () => [...api.house.district.units.values()].find(unit => unit.name === '西城街道')!.code
const elsewhere = () =>
  [...api.house.district.units.values()].find(unit => unit.kind === 'town' && unit.code !== west())!.code
const run = (name: string) => runJob(api.house, JOBS.find(job => job.name === name)!)

/** A complaint with photos: number, and the ids of what it holds. */
async function complain(who: Browser, photos: number): Promise<{ code: string; ids: string[] }> {
  const ids: string[] = []
  for (let n = 0; n < photos; n++) ids.push((await send(who, await made.jpeg())).id)
  await say(who, { text: '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', files: ids })
  await who.say('3')
  return { code: /HS-\d{8}-\d{4}/.exec(await who.say('1'))![0], ids }
}

it('takes a photo piece by piece over a line that is cut, and gives it back without where it was taken', async () => {
  const photo = await made.photoWithPlace()
  const id = v7()
  const told = await announce(one, id, photo.length)
  expect([told.statusCode, told.json()]).toEqual([
    200,
    { id, state: 'arriving', received: 0, bytes: photo.length },
  ])
  const half = Math.floor(photo.length / 2)
  expect((await put(one, id, 0, photo.subarray(0, half))).json()).toMatchObject({
    state: 'arriving',
    received: half,
  })
  // The line was cut before the answer: the same again changes nothing.
  expect((await put(one, id, 0, photo.subarray(0, half))).json()).toMatchObject({ received: half })
  expect((await announce(one, id, photo.length)).json()).toMatchObject({ state: 'arriving', received: half })
  for (const at of [half + 1, half - 1]) {
    const gap = await put(one, id, at, photo.subarray(at))
    expect([gap.statusCode, gap.json().error]).toMatchObject([
      409,
      { code: 'conflict', details: [{ field: 'at', why: String(half) }] },
    ])
  }
  expect((await one.get(`${FILES}/${id}/small`)).statusCode).toBe(404)
  const ready = { id, state: 'ready', kind: 'image', width: 400, height: 600 }
  expect((await put(one, id, half, photo.subarray(half))).json()).toMatchObject(ready)
  expect((await put(one, id, half, photo.subarray(half))).json()).toMatchObject(ready)
  expect((await announce(one, id, photo.length)).json()).toMatchObject(ready)
  expect((await one.get(`${FILES}/${id}`)).json()).toMatchObject(ready)
  for (const copy of ['full', 'small']) {
    const got = await one.get(`${FILES}/${id}/${copy}`)
    expect(got.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(got.headers['cache-control']).toMatch(/^private,/)
    expect(got.headers).not.toHaveProperty('content-disposition')
    expect((await sharp(got.rawPayload).metadata()).exif).toBeUndefined()
    for (const word of ['Exif', 'GPS', 'CAMERA', '欧阳若兰'])
      expect(got.rawPayload.includes(word), word).toBe(false)
  }
})

it('leaves nothing in clear on the disk: no bytes of the picture, no name', async () => {
  const photo = await made.jpeg()
  const id = v7()
  await announce(one, id, photo.length, '欧阳若兰的身份证.jpg')
  await put(one, id, 0, photo.subarray(0, 30_000))
  const arriving = bytesOf(api.files)
  expect(arriving).toHaveLength(1)
  await put(one, id, 30_000, photo.subarray(30_000))
  const ready = bytesOf(api.files)
  expect(ready).toHaveLength(2)
  const ledger = api.url.slice('file:'.length)
  const shown = [...arriving, ...ready, readFileSync(ledger), readFileSync(`${ledger}-wal`)]
  const full = (await one.get(`${FILES}/${id}/full`)).rawPayload
  for (const bytes of shown)
    for (const secret of [
      photo.subarray(0, 24),
      photo.subarray(9000, 9024),
      full.subarray(0, 24),
      full.subarray(9000, 9024),
      '欧阳若兰',
    ])
      expect(bytes.includes(secret)).toBe(false)
})

// biome-ignore format: a table
it.each<[string, () => Buffer | Promise<Buffer>, RegExp, RegExp]>([
  ['a web page named .jpg',   () => made.html,                                                  /不是照片/,    /no photo/],
  ['a drawing with a script', () => made.svg,                                                   /SVG/,        /SVG/],
  ['an iPhone photo',         () => made.heic,                                                  /兼容性最佳/,  /Most Compatible/],
  ['30,000 × 30,000 pixels',  () => made.blackPng({ width: 30_000, height: 30_000 }),           /尺寸太大/,    /too many pixels/],
  ['a JPEG cut in the middle', async () => (await made.jpeg()).subarray(0, 20_000),             /没有存完整/,  /saved whole/],
  ['a film',                  () => made.film,                                                  /视频/,       /Videos/],
  ['a PDF with a script',     () => made.pdf('/OpenAction << /S /JavaScript >>'),               /PDF/,        /PDF/],
])('refuses %s kindly, in the language of the person, and stays with it', async (_what, make, zh, en) => {
  const bytes = await make()
  const { id, answer } = await send(one, bytes, v7(), 250_000)
  expect([answer.statusCode, answer.json().error.code]).toEqual([422, 'badFile'])
  expect(answer.json().error.message).toMatch(zh)
  const again = await put(one, id, 0, bytes.subarray(0, 250_000))
  expect(again.json().error.message).toMatch(zh)
  const state = (await announce(one, id, bytes.length)).json()
  expect(state).toMatchObject({ state: 'refused', why: expect.stringMatching(zh) })
  await one.post('/api/resident/language', { language: 'en' })
  expect((await one.get(`${FILES}/${id}`)).json().why).toMatch(en)
  expect((await one.get(`${FILES}/${id}/full`)).statusCode).toBe(404)
  expect(bytesOf(api.files)).toEqual([])
  const said = await say(one, { files: [id] })
  expect([said.status, said.body.error.code]).toEqual([422, 'incomplete'])
})

it('refuses what is empty, too large, in too large pieces, or of another size than announced', async () => {
  const sized = (bytes: number) => announce(one, v7(), bytes)
  expect((await sized(0)).json().error).toMatchObject({
    code: 'badFile',
    message: expect.stringContaining('空'),
  })
  const large = await sized(20 * 1024 * 1024 + 1)
  expect([large.statusCode, large.json().error]).toMatchObject([
    413,
    { code: 'tooLarge', message: expect.stringContaining('20 MB') },
  ])
  expect((await sized(20 * 1024 * 1024)).statusCode).toBe(200)
  const id = v7()
  await announce(one, id, 300_000)
  expect((await put(one, id, 0, Buffer.alloc(256 * 1024 + 1))).statusCode).toBe(413)
  expect((await put(one, id, 0, Buffer.alloc(256 * 1024))).statusCode).toBe(200)
  expect((await put(one, id, 256 * 1024, Buffer.alloc(50_000))).json().error.code).toBe('badRequest')
  expect((await announce(one, id, 300_001)).json().error.code).toBe('badRequest')
  for (const wrong of ['../../etc/passwd', 'A0000000-0000-0000-0000-000000000000', 'x'])
    expect((await announce(one, wrong, 9)).statusCode).toBe(400)
  expect((await put(one, id, 0, Buffer.alloc(0))).statusCode).toBeLessThan(500)
  const json = await api.app.inject({
    method: 'PUT',
    url: `${FILES}/${id}?at=0`,
    payload: { a: 1 },
    cookies: one.cookies,
  })
  expect(json.statusCode).toBe(400)
})

it('shows a file to nobody but its owner', async () => {
  const { id } = await send(one, await made.jpeg())
  const other = api.browser()
  expect((await other.get(`${FILES}/${id}`)).statusCode).toBe(401)
  await other.post('/api/resident/session', {})
  for (const path of ['', '/small', '/full'])
    expect((await other.get(`${FILES}/${id}${path}`)).json().error.code).toBe('notFound')
  expect((await announce(other, id, 99)).json().error.code).toBe('notFound')
  expect((await put(other, id, 0, Buffer.alloc(9))).json().error.code).toBe('notFound')
  expect((await say(other, { files: [id] })).body.error.code).toBe('incomplete')
  expect((await one.get(`${FILES}/${id}/small`)).statusCode).toBe(200)
})

it('says so when it is too much', async () => {
  for (let n = 0; n < 12; n++) await announce(one, v7(), 99)
  const answer = await announce(one, v7(), 99)
  expect([answer.statusCode, answer.json().error.code]).toEqual([429, 'tooMany'])
  expect(answer.json().error.message).toContain('先把传好的发出去')
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
})

it('gives a PDF as a download under its own name, never to be opened in the page', async () => {
  const id = v7()
  const bytes = made.pdf()
  await announce(one, id, bytes.length, '物业合同"\r\n/2026.html')
  await put(one, id, 0, bytes)
  const got = await one.get(`${FILES}/${id}/full`)
  expect(got.headers['content-type']).toBe('application/pdf')
  expect(got.headers['content-disposition']).toBe(
    `attachment; filename="huiyin.pdf"; filename*=UTF-8''${encodeURIComponent('物业合同2026')}.pdf`,
  )
  expect(got.rawPayload.equals(bytes)).toBe(true)
  expect((await one.get(`${FILES}/${id}/small`)).statusCode).toBe(404)
})

it('a message with photos opens a case that holds them; the same message again changes nothing', async () => {
  const { id } = await send(one, await made.jpeg())
  const message = {
    id: v7(),
    text: '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000',
    files: [id, id],
  }
  const first = await say(one, message)
  expect(first.status).toBe(200)
  await one.say('3')
  const code = /HS-\d{8}-\d{4}/.exec(await one.say('1'))![0]
  expect((await say(one, message)).body).toEqual(first.body)
  const { messages } = (await one.get('/api/resident/messages')).json()
  expect(messages[0].body.files).toEqual([{ id, kind: 'image', width: 900, height: 600 }])
  const row = await api.house.store.read.sql.get<{ code: string }>(
    'SELECT c."code" FROM "File" f JOIN "Case" c ON c."id" = f."caseId" WHERE f."id" = ?',
    id,
  )
  expect(row?.code).toBe(code)
  // Once more in another matter: it is heard, and stays where it is.
  expect((await say(one, { text: `补充 ${code} 又坏了`, files: [id] })).status).toBe(200)
})

it('takes photos without a word, and refuses more than nine or ones that have not arrived', async () => {
  const ids: string[] = []
  for (let n = 0; n < 2; n++) ids.push((await send(one, await made.jpeg({ width: 60, height: 40 }))).id)
  expect((await say(one, { files: ids })).words).toContain('照片')
  expect((await say(one, { files: Array.from({ length: 10 }, () => v7()) })).status).toBe(400)
  const waiting = v7()
  await announce(one, waiting, 99)
  const refused = await say(one, { files: [ids[0], waiting] })
  expect([refused.status, refused.body.error]).toMatchObject([
    422,
    { code: 'incomplete', message: expect.stringContaining('还没有传完') },
  ])
  expect((await say(one, { text: '在这儿', position: { lat: 91, lng: 0 } })).status).toBe(400)
  expect(
    (await say(one, { text: '在这儿', position: { lat: 42.25, lng: 118.95 }, unit: '150402010' })).status,
  ).toBe(200)
})

it('words alone cost the ledger no question more', async () => {
  const asked: string[] = []
  const read = new Proxy(api.house.store.read, {
    get: (_, name) => {
      asked.push(String(name))
      return undefined
    },
  })
  const house = { ...api.house, store: { ...api.house.store, read } }
  expect(await heardWith({ house }, 'somebody', {})).toEqual({})
  expect(await heardWith({ house }, 'somebody', { files: [], unit: '150402' })).toEqual({ unit: '150402' })
  expect(asked).toEqual([])
})

it('staff of the place see the photos in the case and on its line; another town sees nothing', async () => {
  const { code, ids } = await complain(one, 2)
  await api.staff('wang', 'townClerk', west())
  await api.staff('li', 'townClerk', elsewhere())
  const [wang, li] = [await api.desk('wang'), await api.desk('li')]
  const seen = (await wang.get(`/api/staff/cases/${code}`)).json()
  expect(seen.files.map((file: { id: string }) => file.id).sort()).toEqual([...ids].sort())
  expect(seen.files[0]).toMatchObject({ kind: 'image', type: 'image/jpeg', width: 900, height: 600 })
  expect(seen.timeline[0].files.sort()).toEqual([...ids].sort())
  const path = `/api/staff/cases/${code}/files/${ids[0]}/full`
  const got = await wang.get(path)
  expect([got.statusCode, got.headers['content-type'], got.headers['cache-control']]).toEqual([
    200,
    'image/jpeg',
    'no-store',
  ])
  expect(got.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  expect((await li.get(path)).statusCode).toBe(404)
  expect((await api.browser().get(path)).statusCode).toBe(401)
  expect((await one.get(path)).statusCode).toBe(401)
  const loose = await send(one, await made.jpeg())
  expect((await wang.get(`/api/staff/cases/${code}/files/${loose.id}/full`)).statusCode).toBe(404)
})

it('photos added later stand on their own line', async () => {
  const { code } = await complain(one, 0)
  const { id } = await send(one, await made.jpeg())
  expect((await say(one, { files: [id] })).words).toContain('加到报过的事里')
  expect(await one.say('1')).toContain(code)
  await api.staff('wang', 'townClerk', west())
  const seen = (await (await api.desk('wang')).get(`/api/staff/cases/${code}`)).json()
  expect(seen.files).toHaveLength(1)
  expect(seen.timeline.at(-1)).toMatchObject({ verb: 'add', files: [id] })
  expect(seen.timeline.at(-1)).not.toHaveProperty('text')
})

it('photos of somebody who asked not to be known are not for the town they live in', async () => {
  const { code, ids } = await complain(one, 1)
  await api.house.store.write(async tx => void (await tx.sql.run('UPDATE "Case" SET "hidden" = 1')))
  await api.staff('wang', 'townClerk', west())
  const wang = await api.desk('wang')
  const seen = (await wang.get(`/api/staff/cases/${code}`)).json()
  expect([seen.resident.name, seen.files]).toEqual([null, []])
  expect(JSON.stringify(seen.timeline)).not.toContain(ids[0])
  expect((await wang.get(`/api/staff/cases/${code}/files/${ids[0]}/small`)).statusCode).toBe(404)
})

it('a conversation shows its photos to whoever may read it', async () => {
  const { id } = await send(one, await made.jpeg())
  await say(one, { text: '人工' })
  await say(one, { files: [id] })
  await api.staff('wang', 'townClerk', west())
  await api.staff('panel', 'departmentClerk', west())
  const [wang, panel] = [await api.desk('wang'), await api.desk('panel')]
  const { rows } = (await wang.get('/api/staff/conversations?mode=waiting')).json()
  const { messages } = (await wang.get(`/api/staff/conversations/${rows[0].id}`)).json()
  const files = messages.flatMap(
    (message: { body: { files?: { id: string }[] } }) => message.body.files ?? [],
  )
  expect(files).toEqual([{ id, kind: 'image', width: 900, height: 600 }])
  const path = `/api/staff/conversations/${rows[0].id}/files/${id}/small`
  expect((await wang.get(path)).statusCode).toBe(200)
  expect((await panel.get(path)).statusCode).toBe(404)
  const other = api.browser()
  await other.post('/api/resident/session', {})
  const foreign = await send(other, await made.jpeg())
  expect(
    (await wang.get(`/api/staff/conversations/${rows[0].id}/files/${foreign.id}/small`)).statusCode,
  ).toBe(404)
})

it('erasing takes the photos of no case along and leaves those the office works with', async () => {
  const { code, ids } = await complain(one, 1)
  const loose = await send(one, await made.jpeg())
  const person = await api.house.store.read.sql.get<{ personId: string }>(
    'SELECT "personId" FROM "Case" WHERE "code" = ?',
    code,
  )
  const { eraseMyData } = await import('../../src/actions/my-data.ts')
  await api.house.store.write(tx => eraseMyData(tx, person!.personId, api.house.now()))
  await api.staff('wang', 'townClerk', west())
  const wang = await api.desk('wang')
  expect((await wang.get(`/api/staff/cases/${code}/files/${ids[0]}/full`)).statusCode).toBe(200)
  expect((await one.get(`${FILES}/${loose.id}/full`)).statusCode).toBe(401)
  const keys = await api.house.store.read.sql.all<{ id: string }>(
    `SELECT "id" FROM "Key" WHERE "id" LIKE 'file.%'`,
  )
  expect(keys).toEqual([{ id: `file.${ids[0]}` }])
  // The bytes nobody can open any more go with the night's sweep, a day later.
  api.at(new Date(Date.now() + 2 * 86_400_000).toISOString())
  expect(await run('sweep-files')).toBe(1)
  expect(bytesOf(api.files)).toHaveLength(2)
})

it('photos come along when somebody takes their cases up with the recovery code', async () => {
  const mine = api.browser()
  const { recoveryCode } = (await mine.post('/api/resident/session', {})).json()
  const { ids } = await complain(one, 1)
  await one.post('/api/resident/recover', { code: recoveryCode })
  expect((await one.get(`${FILES}/${ids[0]}/small`)).statusCode).toBe(200)
})

it('the sweep takes what nobody wants and nothing else', async () => {
  const { ids } = await complain(one, 1)
  const loose = await send(one, await made.jpeg())
  const begun = v7()
  await announce(one, begun, 9000)
  await put(one, begun, 0, Buffer.alloc(4000))
  api.pass(3_600_000)
  expect(await run('sweep-files')).toBe(0)
  api.pass(2 * 86_400_000)
  expect(await run('sweep-files')).toBe(1)
  expect((await one.get(`${FILES}/${begun}`)).statusCode).toBe(404)
  expect((await one.get(`${FILES}/${loose.id}/small`)).statusCode).toBe(200)
  api.pass(90 * 86_400_000)
  expect(await run('sweep-files')).toBe(1)
  expect((await one.get(`${FILES}/${loose.id}/small`)).statusCode).toBe(404)
  expect((await one.get(`${FILES}/${ids[0]}/small`)).statusCode).toBe(200)
  expect(bytesOf(api.files)).toHaveLength(2)
})
