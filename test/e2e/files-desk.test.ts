import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as made from '../files/made.ts'
import { DESK, openViewer, overflow, PHONE, type Viewer } from './browser.ts'
import { clerk, ELEVATOR } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The desk looks at photos: small in the case, its record and the talk; large with zoom, by mouse and by keyboard. */

let service: Service
let viewer: Viewer
let code: string
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
  code = await complaint()
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})

/** A resident's front without a screen. */
async function complaint(): Promise<string> {
  const headers: Record<string, string> = {}
  const call = async (method: string, path: string, body?: Buffer | object) => {
    const raw = Buffer.isBuffer(body)
    const type = body ? { 'content-type': raw ? 'application/octet-stream' : 'application/json' } : {}
    const payload = raw ? new Uint8Array(body) : JSON.stringify(body)
    const answer = await fetch(`${service.url}/api/resident/${path}`, {
      ...{ method, headers: { ...headers, ...type } },
      ...(body ? { body: payload } : {}),
    })
    const set = answer.headers.getSetCookie().map(one => one.split(';')[0]!)
    if (set.length > 0) headers.cookie = set.join('; ')
    expect(answer.ok, `${path} ${answer.status}`).toBe(true)
    return answer.json()
  }
  await call('POST', 'session', {})
  const files: string[] = []
  for (const size of [
    { width: 1600, height: 1200 },
    { width: 900, height: 1600 },
  ]) {
    const [id, bytes] = [v7(), await made.jpeg(size)]
    await call('POST', 'files', { id, name: 'photo.jpg', bytes: bytes.length })
    for (let at = 0; at < bytes.length; at += 200_000)
      await call('PUT', `files/${id}?at=${at}`, bytes.subarray(at, at + 200_000))
    files.push(id)
  }
  const paper = v7()
  await call('POST', 'files', { id: paper, name: '合同.pdf', bytes: made.pdf().length })
  await call('PUT', `files/${paper}?at=0`, made.pdf())
  const say = (text: string, more = {}) => call('POST', 'messages', { id: v7(), text, ...more })
  await say(ELEVATOR, { files: [...files, paper] })
  await say('3')
  const { messages } = await say('1')
  const found = /HS-\d{8}-\d{4}/.exec(JSON.stringify(messages))
  expect(found, JSON.stringify(messages)).not.toBeNull()
  await say('人工')
  return found![0]
}

const scale = (page: Page) =>
  page
    .locator('.vw img')
    .evaluate(img => Number(/scale\(([\d.]+)\)/.exec((img as HTMLElement).style.transform)![1]))
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
const drawn = (page: Page) =>
  page.locator('.ths img').evaluateAll(all => all.map(img => (img as HTMLImageElement).naturalWidth > 0))

it('shows small pictures in the case and on its line, and a document as a download', {
  timeout: 30_000,
}, async () => {
  const page = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
  await page.getByRole('heading', { name: '照片和文件' }).waitFor()
  await expect.poll(() => drawn(page)).toEqual([true, true, true, true])
  expect(await page.locator('.tl .ths button').count()).toBe(2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.ths a').first().click(),
  ])
  expect(download.suggestedFilename()).toBe('合同.pdf')
})

it('a whole look by keyboard: nearer, further, next, back, and focus where it was', {
  timeout: 30_000,
}, async () => {
  const page = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
  await page.locator('.ths button').first().focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '第 1 张，共 2 张' })
  await dialog.waitFor()
  await page.locator('.vw .wait').waitFor({ state: 'detached' })
  expect(await page.locator('.vw img').getAttribute('alt')).toBe('居民发来的照片，第 1 张，共 2 张')
  expect(await scale(page)).toBe(1)
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  expect(await scale(page)).toBeCloseTo(2.25)
  await page.keyboard.press('-')
  expect(await scale(page)).toBeCloseTo(1.5)
  await page.keyboard.press('0')
  expect(await scale(page)).toBe(1)
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: '第 2 张，共 2 张' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.vw').waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('看第 1 张照片，共 2 张')
  // Escape left the picture, not the case.
  expect(page.url()).toContain(code)
})

it('wheel, double click and drag; on a phone and in the dark nothing is wider than the window', {
  timeout: 30_000,
}, async () => {
  const page = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
  await page.locator('.ths button').nth(1).click()
  const stage = page.locator('.vw .stage')
  await page.locator('.vw img').waitFor()
  await page.locator('.vw .wait').waitFor({ state: 'detached' })
  await stage.dblclick()
  expect(await scale(page)).toBeCloseTo(2.5)
  await page.mouse.move(DESK.width / 2, DESK.height / 2)
  await page.mouse.wheel(0, -400)
  await expect.poll(() => scale(page)).toBeGreaterThan(4)
  const before = await page.locator('.vw img').getAttribute('style')
  await page.mouse.down()
  await page.mouse.move(DESK.width / 2, DESK.height / 2 + 150, { steps: 4 })
  await page.mouse.up()
  expect(await page.locator('.vw img').getAttribute('style')).not.toBe(before)
  await stage.dblclick()
  expect(await scale(page)).toBe(1)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(PHONE)
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  for (const name of ['关闭', '放大', '上一张'])
    expect((await page.getByRole('button', { name, exact: true }).boundingBox())!.x).toBeGreaterThanOrEqual(0)
  await page.getByRole('button', { name: '关闭' }).click()
  await page.locator('.vw').waitFor({ state: 'detached' })
})

it('a backup of the running service holds the photos, and the doctor misses none', {
  timeout: 30_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-copy-'))
  await service.command('backup', folder)
  const kept = readdirSync(join(folder, 'files'), { recursive: true, encoding: 'utf8' })
  expect(kept.filter(name => /(full|small)$/.test(name))).toHaveLength(5)
  rmSync(folder, { recursive: true })
  const said = await service.command('doctor').catch((fault: { stdout: string }) => fault.stdout)
  expect(said).toContain('✓ every file has its bytes')
})

it('a conversation shows what was sent in it', { timeout: 30_000 }, async () => {
  const page = await clerk(viewer, service, 'west', '/staff/conversations')
  await page.locator('.row, li a, button', { hasText: '人工' }).first().click()
  await expect.poll(() => drawn(page)).toEqual([true, true])
  await page.locator('.ths button').first().click()
  await page.getByRole('dialog', { name: '第 1 张，共 2 张' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.vw').waitFor({ state: 'detached' })
  expect(await page.locator('.th').count()).toBeGreaterThan(0)
})
