import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, makeApi } from './house.ts'

let api: Api
beforeAll(async () => {
  api = await makeApi()
})
afterAll(() => api.close())

const shape = { error: { code: expect.any(String), message: expect.any(String) } }

// biome-ignore format: a table
it.each([
  ['an unknown route',     { method: 'GET',  url: '/api/nothing' }, 404, 'notFound'],
  ['a deeper one',         { method: 'POST', url: '/api/staff/nothing', payload: {} }, 404, 'notFound'],
  ['malformed JSON',       { method: 'POST', url: '/api/resident/session', headers: { 'content-type': 'application/json' }, payload: '{"a":' }, 400, 'badRequest'],
  ['an empty body',        { method: 'POST', url: '/api/resident/session', headers: { 'content-type': 'application/json' }, payload: '' }, 400, 'badRequest'],
  ['another content type', { method: 'POST', url: '/api/resident/session', headers: { 'content-type': 'text/csv' }, payload: 'a,b' }, 400, 'badRequest'],
  ['too large a body',     { method: 'POST', url: '/api/resident/lookup', payload: { code: 'x'.repeat(70_000), queryCode: '1' } }, 413, 'tooLarge'],
  ['a wrong type',         { method: 'POST', url: '/api/resident/lookup', payload: { code: 1, queryCode: '1' } }, 400, 'badRequest'],
  ['an unknown field',     { method: 'POST', url: '/api/resident/lookup', payload: { code: 'a', queryCode: '1', more: 1 } }, 400, 'badRequest'],
  ['a prototype trick',    { method: 'POST', url: '/api/resident/session', headers: { 'content-type': 'application/json' }, payload: '{"__proto__":{"a":1}}' }, 400, 'badRequest'],
] as const)('%s has the one shape', async (_, options, status, code) => {
  const answer = await api.app.inject(options as InjectOptions)
  expect(answer.statusCode).toBe(status)
  expect(answer.json()).toMatchObject(shape)
  expect(answer.json().error.code).toBe(code)
  expect(answer.body).not.toMatch(/at .*\.ts|stack|api:/)
})

it('names the missing fields', async () => {
  const answer = await api.app.inject({ method: 'POST', url: '/api/resident/lookup', payload: {} })
  expect(answer.json().error.details).toEqual([
    { field: 'code', why: '必填' },
    { field: 'queryCode', why: '必填' },
  ])
})

it('serves the two fronts on their addresses', async () => {
  for (const path of ['/', '/chat', '/cases', '/cases/HS-20261103-0001', '/lookup', '/me', '/privacy']) {
    const page = await api.app.inject(path)
    expect([path, page.statusCode, page.headers['cache-control']]).toEqual([path, 200, 'no-cache'])
    expect(page.body).toContain('<title>resident')
  }
  for (const path of ['/staff', '/staff/cases/x'])
    expect((await api.app.inject(path)).body).toContain('staff')
  const asset = await api.app.inject('/assets/app-1234.js')
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const away = await api.app.inject('/assets/../resident/index.html')
  expect(away.statusCode).toBe(404)
})

it('says kindly that a page does not exist', async () => {
  const plain = await api.app.inject('/nowhere')
  expect([plain.statusCode, plain.body]).toEqual([404, '没有这一页。'])
  const page = await api.app.inject({ url: '/nowhere', headers: { accept: 'text/html' } })
  expect(page.statusCode).toBe(404)
  expect(page.headers['content-type']).toContain('text/html')
})

it('allows nothing from elsewhere and nothing inline', async () => {
  const { headers } = await api.app.inject({ url: '/', headers: { host: 'huiyin.test' } })
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("connect-src 'self' ws://huiyin.test wss://huiyin.test")
  expect(policy).toContain("style-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-eval')
  expect(headers['x-content-type-options']).toBe('nosniff')
  const odd = await api.app.inject({ url: '/', headers: { host: "a.b;script-src 'unsafe-inline'" } })
  expect(String(odd.headers['content-security-policy'])).not.toContain('script-src')
})

it('is well, ready, and tells its figures to this machine only', async () => {
  expect((await api.app.inject('/healthz')).json()).toEqual({ ok: true })
  expect((await api.app.inject('/readyz')).json()).toEqual({ ok: true })
  const figures = await api.app.inject('/metrics')
  expect(figures.body).toMatch(/^huiyin_sockets 0$/m)
  expect(figures.body).toMatch(/^huiyin_notices_waiting 0$/m)
  expect((await api.app.inject({ url: '/metrics', remoteAddress: '10.0.0.1' })).statusCode).toBe(404)
})

it('describes every door of the protocol', async () => {
  const { paths } = (await api.app.inject('/api/openapi.json')).json()
  const doors = Object.keys(paths)
  for (const door of [
    'resident/messages',
    'resident/cases/{code}',
    'staff/login',
    'staff/cases/{code}/steps/{verb}',
  ])
    expect(doors).toContain(`/api/${door}`)
})

it('slows down a client that asks too often', async () => {
  const one = await makeApi()
  const statuses = new Set<number>()
  for (let n = 0; n < 125; n++) {
    const url = '/api/resident/session'
    const answer = await one.app.inject({ method: 'POST', url, payload: {}, remoteAddress: '10.9.9.9' })
    statuses.add(answer.statusCode)
    if (answer.statusCode === 429) expect(answer.json().error.code).toBe('tooMany')
  }
  expect([...statuses]).toEqual([200, 429])
  await one.close()
})
