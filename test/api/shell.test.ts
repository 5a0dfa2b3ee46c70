import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, type Browser, makeApi } from './house.ts'

/** The pages as they are sent: readable, in the right language and look, before any script runs. */

const BUILT = join(process.cwd(), 'dist/web')
const HTML = { accept: 'text/html' }
let api: Api

beforeAll(async () => {
  api = await makeApi({ webRoot: BUILT })
})
afterAll(() => api.close())

const page = async (path: string, one: Browser = api.browser(), headers: Record<string, string> = {}) =>
  one.get(path, { headers: { ...HTML, ...headers } })
/** What stands on the page, without its data block. */
const body = (html: string) => html.slice(html.indexOf('<div id="app">'), html.indexOf('<script type="app'))

// biome-ignore format: a table
it.each([
  ['/',               '我要诉求',       'href="tel:110"'],
  ['/',               '心理援助',       'href="tel:12356"'],
  ['/chat',           '您好，我是回音', 'action="/form/grievance"'],
  ['/cases',          '还没有事项',     'href="/chat"'],
  ['/lookup',         '凭编号查进度',   'id="query"'],
  ['/me',             '长辈版',         'href="/privacy"'],
  ['/privacy',        '谁在处理',       '您的权利'],
  ['/form/grievance', 'name="text"',    'action="/form/grievance"'],
  ['/guide',          '办事指南',       'href="/guide/'],
  ['/mediation',      '物业',           'href='],
  ['/cases/HS-20261103-9999', '没有找到', 'href="/lookup"'],
  ['/m',              '调解邀请',       'id="letter"'],
  ['/m/ABCD-EFGH-JKLM', '打开邀请',     '自愿'],
  ['/mediations/HS-20261103-9999', '没有找到', 'href="/m"'],
])('%s can be read without a script: %s', async (path, words, more) => {
  const answer = await page(path)
  expect(answer.statusCode).toBe(200)
  expect(body(answer.body)).toContain(words)
  expect(body(answer.body)).toContain(more)
  expect(answer.body).toContain('<html lang="zh-CN" data-mode="standard">')
  expect(answer.body).toMatch(/<title>.*回音.*<\/title>/)
})

it('every data block is what the front would have fetched', async () => {
  const { body: html } = await page('/')
  const { initial } = { initial: dataOf(html) }
  expect(initial.district).toEqual((await api.browser().get('/api/resident/district')).json())
  expect(initial.cases).toEqual([])
})

const dataOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="initial">(.*?)<\/script>/s.exec(html)![1]!)

it('speaks the language of the browser, or the one chosen', async () => {
  const english = await page('/', api.browser(), { 'accept-language': 'en-GB,en' })
  expect(english.body).toContain('<html lang="en"')
  expect(body(english.body)).not.toMatch(/我要诉求/)
  expect(english.body).toMatch(/modulepreload" crossorigin href="\/assets\/resident-/)
  const one = api.browser()
  one.cookies.hy_language = 'zh-CN'
  expect((await page('/', one, { 'accept-language': 'en' })).body).toContain('我要诉求')
})

it.each([
  ['care.dark.contrast', 'data-theme="dark" data-mode="care" data-contrast="more"'],
  ['light', 'data-theme="light" data-mode="standard"'],
  ['"><script>.dark', 'data-theme="dark" data-mode="standard"'],
])('wears the look of its cookie: %s', async (look, attributes) => {
  const one = api.browser()
  one.cookies.hy_look = look
  expect((await page('/chat', one)).body).toContain(`<html lang="zh-CN" ${attributes}>`)
})

it('brings the styles of its own page', async () => {
  const chat = (await page('/chat')).body
  const home = (await page('/')).body
  expect(chat).toMatch(/<link rel="stylesheet" crossorigin href="\/assets\/chat-page-[^"]+\.css">/)
  expect(home).not.toMatch(/chat-page/)
})

it('is packed as the browser understands', async () => {
  for (const [encoding, unpack] of [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const) {
    const answer = await page('/', api.browser(), { 'accept-encoding': encoding })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(String(unpack(answer.rawPayload))).toContain('我要诉求')
  }
})

it('shows own cases to their person only, and keeps such a page nowhere', async () => {
  const [one, other] = [api.browser(), api.browser()]
  const code = await api.grievance(one)
  await other.post('/api/resident/session', {})
  for (const path of ['/', '/cases', '/chat', `/cases/${code}`]) {
    const own = await page(path, one)
    expect(body(own.body), path).toContain(code)
    expect(own.headers['cache-control'], path).toBe('no-store')
    for (const somebody of [other, api.browser()]) {
      const html = (await page(path, somebody)).body
      expect(path.endsWith(code) ? body(html) : html, path).not.toContain(code)
      expect(html, path).not.toContain('13800000000')
    }
  }
  expect(body((await page(`/cases/${code}`, other)).body)).toContain('没有找到')
})

it('what people wrote cannot leave its place', async () => {
  const one = api.browser()
  await one.post('/api/resident/session', {})
  const nasty = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)> $& $1'
  await one.say(nasty)
  const html = (await page('/chat', one)).body
  expect(html.match(/<script/g)!.length).toBe(2)
  expect(html).not.toContain('<img src=x')
  expect(JSON.stringify(dataOf(html))).toContain('onerror=alert(1)> $& $1')
})

it('a page nobody has says so', async () => {
  const answer = await page('/nowhere/at/all')
  expect(answer.statusCode).toBe(404)
  expect(body(answer.body)).toMatch(/href="\/"/)
})

it('a fault while drawing leaves the plain page and a line in the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-shell-'))
  cpSync(BUILT, join(folder, 'web'), { recursive: true })
  cpSync(join(BUILT, '../shell'), join(folder, 'shell'), { recursive: true })
  writeFileSync(
    join(folder, 'shell/shell.js'),
    'export const render = () => Promise.reject(new Error("13800000000"))',
  )
  const lines: string[] = []
  const broken = await makeApi({ webRoot: join(folder, 'web'), logged: line => lines.push(line) })
  try {
    const answer = await broken.browser().get('/')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('<div id="app"></div>')
    expect(lines.filter(line => line.includes('page not drawn'))).toHaveLength(1)
    expect(lines.join()).not.toContain('13800000000')
  } finally {
    await broken.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

it('twenty pages at once do not mix', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const english = i % 2 === 0
      const path = i % 4 < 2 ? '/me' : '/lookup'
      const { body: html } = await page(path, api.browser(), {
        'accept-language': english ? 'en' : 'zh-CN',
        cookie: `hy_look=${i % 3 ? 'care' : 'light'}.${i}`,
      })
      return (
        html.includes(`lang="${english ? 'en' : 'zh-CN'}"`) &&
        /[\u4e00-\u9fff]{4}/.test(body(html)) !== english
      )
    }),
  )
  expect(all.filter(Boolean)).toHaveLength(20)
})
