import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, overflow, type Viewer } from './browser.ts'
import { CODE, clerk, type Resident, resident, SEND, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Photos go with the words: picked, made smaller, sent piece by piece, refused kindly, seen at the desk. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** Files as they lie on the phone. */
const folder = mkdtempSync(join(tmpdir(), 'huiyin-photos-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
function put(name: string, bytes: Buffer | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** A picture as a phone takes it: large and grainy. */
async function photo(no: number, width = 3200, height = 2400): Promise<string> {
  const noise = { type: 'gaussian' as const, mean: 100 + 20 * no, sigma: 20 }
  const picture = sharp({ create: { width, height, channels: 3, background: 'gray', noise } })
  return put(`IMG_${no}.jpg`, await picture.jpeg().toBuffer())
}
const webPage = put('现场.jpg', '<!doctype html><script>alert(1)</script>')

const pick = (page: Page, files: string[]) => page.locator('input[data-for=photo]').setInputFiles(files)
const tray = (page: Page) => page.locator('.tray .shots > li')
const allReady = (page: Page, count: number) =>
  page.waitForFunction(n => document.querySelectorAll('.tray li.ready').length === n, count, {
    timeout: 30_000,
  })

/** What the service holds of the newest own message. */
const lastOwnFiles = (page: Page) =>
  page.evaluate(async () => {
    const { messages } = await (await fetch('/api/resident/messages?limit=50')).json()
    type Own = { from: string; body: { text: string; files?: { width: number; height: number }[] } }
    return messages
      .filter((m: Own) => m.from === 'me')
      .map((m: Own) => ({ text: m.body.text, files: m.body.files ?? [] }))
  }) as Promise<{ text: string; files: { width: number; height: number }[] }[]>

let person: Resident
it('three photos are made smaller, sent with progress, and come to the desk', {
  timeout: 90_000,
}, async () => {
  person = await resident(viewer, service)
  const { page } = person
  let bytes = 0
  page.on('request', request => {
    if (request.method() === 'PUT') bytes += request.postDataBuffer()?.length ?? 0
  })
  const photos = await Promise.all([1, 2, 3].map(no => photo(no)))
  await page.locator('.plus').click()
  await page.getByRole('button', { name: '拍照' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await page.locator('.plus').evaluate(plus => plus === document.activeElement)).toBe(true)
  await pick(page, photos)
  await tray(page).nth(2).waitFor()
  await page.locator('.tray .bar').first().waitFor()
  await allReady(page, 3)
  expect(await textOf(page.locator('.tray .sum'))).toBe('3 个都传好了')
  expect(bytes, 'less than was taken').toBeLessThan(
    photos.reduce((sum, path) => sum + statSync(path).size, 0) * 0.8,
  )

  await person.say('清河小区5号楼垃圾没人清运，电话13800000001')
  await person.hears('没错我就交上去')
  expect(await tray(page).count()).toBe(0)
  expect(await page.locator('.m.me .pic img').count()).toBe(3)
  const [own] = await lastOwnFiles(page)
  expect(own?.files.map(({ width, height }) => Math.max(width, height))).toEqual([2560, 2560, 2560])
  await person.choose(SEND)
  await page.locator('.receipt').waitFor()
  const code = CODE.exec(await textOf(page.locator('.receipt')))![0]

  const desk = await clerk(viewer, service, 'dispatcher', `/staff/cases/${code}?list=all`)
  await desk.locator('.case .ct').waitFor()
  const shown = desk.locator('.case img[src*="/files/"]')
  await shown.nth(2).waitFor()
  await desk.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('.case img[src*="/files/"]')].every(
      i => i.naturalWidth > 0,
    ),
  )
})

it('a picture opens over the page, and the way back closes it', { timeout: 30_000 }, async () => {
  const { page } = person
  await page.reload()
  const first = page.locator('.m.me .pic').first()
  await first.scrollIntoViewIfNeeded()
  await first.click()
  const full = page.getByRole('dialog')
  await full.locator('img').waitFor()
  await page.goBack()
  await full.waitFor({ state: 'detached' })
  await first.focus()
  await page.keyboard.press('Enter')
  await full.waitFor()
  await page.keyboard.press('Escape')
  await full.waitFor({ state: 'detached' })
  expect(await first.evaluate(button => button === document.activeElement)).toBe(true)
})

it('a page named .jpg is refused kindly, the rest goes without it', { timeout: 60_000 }, async () => {
  const { page } = await resident(viewer, service)
  await pick(page, [await photo(4, 900, 600), webPage])
  const refused = page.locator('.tray li.refused')
  await refused.waitFor()
  await allReady(page, 1)
  expect(await textOf(refused)).toMatch(/不是照片/)
  expect(await overflow(page)).toBe(0)
  // Nothing but a photo is a message too; what was refused stays behind.
  await page.locator('.comp .send').click()
  await page.locator('.m.me .pic img').waitFor()
  await page.locator('.m.me .sent', { hasText: '已收到' }).waitFor()
  expect((await lastOwnFiles(page)).map(({ text, files }) => [text, files.length])).toEqual([['', 1]])
})

it('words sent before the service has judged say what was refused, and go without it', {
  timeout: 60_000,
}, async () => {
  const person = await resident(viewer, service)
  const { page } = person
  let open = () => {}
  const shut = new Promise<void>(done => {
    open = done
  })
  await page.route('**/api/resident/files/*?at=*', async route => {
    await shut
    await route.continue()
  })
  await pick(page, [await photo(5, 900, 600), webPage])
  await tray(page).nth(1).waitFor()
  await person.say('清河小区5号楼垃圾没人清运')
  await page.locator('.m.me', { hasText: '照片还在传 0/2' }).waitFor()
  await person.say('后说的话')
  await page.locator('.m.me', { hasText: '等前面的发完就发' }).waitFor()
  open()
  await page.locator('.m.me', { hasText: '不是照片' }).waitFor()
  await page.getByRole('button', { name: '不带它发' }).click()
  await page.locator('.m.me .pic img').waitFor()
  const own = await lastOwnFiles(page)
  expect(own.map(({ text, files }) => [text, files.length]).sort()).toEqual([
    ['后说的话', 0],
    ['清河小区5号楼垃圾没人清运', 1],
  ])
})

it('removed is gone, more than nine and too large are said at once', { timeout: 60_000 }, async () => {
  const { page } = await resident(viewer, service)
  const small = await photo(6, 200, 150)
  await pick(
    page,
    Array.from({ length: 11 }, () => small),
  )
  await tray(page).nth(8).waitFor()
  expect(await tray(page).count()).toBe(9)
  expect(await textOf(page.locator('.tray > .why'))).toMatch(/最多 9 个，多出的 2 个/)
  await page.getByRole('button', { name: '去掉 第 1 张照片' }).click()
  expect(await tray(page).count()).toBe(8)
  const book = put('book.pdf', Buffer.alloc(21 * 1024 * 1024, 1))
  await page.locator('input[data-for=file]').setInputFiles(book)
  await page.locator('.tray li.refused', { hasText: '超过 20 MB' }).waitFor()
  await allReady(page, 8)
  await page.reload()
  await allReady(page, 8)
  expect(await tray(page).count(), 'what was chosen is still there').toBe(9)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
