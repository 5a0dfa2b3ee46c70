import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, type Viewer } from './browser.ts'
import { residentOn } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Without a network the page opens, keeps what is written, and sends it later: once and in order. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** The page is kept for later, in the background. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let tries = 0; tries < 150; tries++) {
      const { active } = (await navigator.serviceWorker.getRegistration()) ?? {}
      if (active?.state === 'activated') return
      await new Promise(done => setTimeout(done, 200))
    }
    throw new Error('the page was never kept')
  })
}

interface Own {
  text: string
  files: number
}
const toldTo = (page: Page) =>
  page.evaluate(async () => {
    const { messages } = await (await fetch('/api/resident/messages?limit=100')).json()
    type Line = { from: string; body: { text: string; files?: unknown[] } }
    return messages
      .filter((m: Line) => m.from === 'me')
      .map((m: Line) => ({ text: m.body.text, files: m.body.files?.length ?? 0 }))
  }) as Promise<Own[]>
const heard = async (page: Page, count: number): Promise<Own[]> => {
  for (let tries = 0; tries < 60; tries++) {
    const own = await toldTo(page).catch(() => [])
    if (own.length >= count) return own
    await page.waitForTimeout(500)
  }
  return toldTo(page)
}

it('opens after a first visit; words and a photo written then go once and in order', {
  timeout: 120_000,
}, async () => {
  const page = await viewer.page(`${service.url}/chat`)
  const person = residentOn(page)
  await person.say('清河小区5号楼垃圾没人清运')
  await person.hears('留个电话吧')
  await isKept(page)

  await page.context().setOffline(true)
  await service.kill()
  await page.goto(`${service.url}/`)
  await page.locator('.nonet', { hasText: '现在没有网络' }).waitFor()
  expect(await page.locator('h1').first().textContent()).toBe('您有事，我们有回音')
  await page.goto(`${service.url}/chat`)
  await page.locator('.dock .line', { hasText: '现在没有网络' }).waitFor()
  expect(await page.locator('[role=status]', { hasText: '现在没有网络' }).count(), 'one banner').toBe(1)

  const photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  await page
    .locator('input[data-for=photo]')
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.locator('.tray li.waiting, .tray li.sending').waitFor()
  await person.say('这是照片')
  await person.say('第二句')
  await page.locator('.m.me', { hasText: '第二句' }).waitFor()
  await page.reload()
  await page.locator('.m.me', { hasText: '第二句' }).waitFor()
  expect(await page.locator('.m.me .shot img').count(), 'the photo is still on the device').toBe(1)
  await person.say('第三句')

  await service.start()
  await page.context().setOffline(false)
  const told = await heard(page, 4)
  expect(told).toEqual([
    { text: '清河小区5号楼垃圾没人清运', files: 0 },
    { text: '这是照片', files: 1 },
    { text: '第二句', files: 0 },
    { text: '第三句', files: 0 },
  ])
  await page.locator('.dock .line').waitFor({ state: 'detached' })
  await page.locator('.m.me .pic img').waitFor()
})

it('two tabs with one outbox say everything once, in the order of writing', {
  timeout: 120_000,
}, async () => {
  const first = await viewer.page(`${service.url}/chat`)
  await residentOn(first).say('你好')
  await residentOn(first).hears('我是回音')
  const second = await first.context().newPage()
  await second.goto(`${service.url}/chat`)
  await residentOn(second).hears('我是回音')
  await first.context().setOffline(true)
  const want: string[] = ['你好']
  for (let no = 1; no <= 4; no++) {
    const text = `第${no}句，${no % 2 ? '第一页' : '第二页'}写的`
    want.push(text)
    const page = no % 2 ? first : second
    await page.bringToFront()
    await residentOn(page).say(text)
    await page.locator('.m.me', { hasText: text }).waitFor()
  }
  await first.context().setOffline(false)
  const told = await heard(second, want.length)
  expect(told.map(({ text }) => text)).toEqual(want)
  for (const page of [first, second]) {
    await page.bringToFront()
    await page.waitForFunction(n => document.querySelectorAll('.m.me').length === n, want.length)
    expect(await residentOn(page).own()).toEqual(want)
  }
})

it('hotlines and their hours are there without a network; the desk is left alone', {
  timeout: 90_000,
}, async () => {
  const page = await viewer.page(`${service.url}/`)
  await isKept(page)
  const hotlines = page.locator('a[href="tel:12345"]')
  await hotlines.first().waitFor()
  await page.waitForLoadState('networkidle')
  const kept = await page.evaluate(async () => {
    const caught = await Promise.all(
      (await caches.keys()).map(async name => (await caches.open(name)).keys()),
    )
    return caught.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(
    kept.filter(path => !path.startsWith('/assets/') && /staff|messages|cases|session/.test(path)),
  ).toEqual([])
  await page.context().setOffline(true)
  await page.reload()
  await page.locator('.nonet p').waitFor()
  await hotlines.first().waitFor()
  await page.context().setOffline(false)
  const desk = await page.context().newPage()
  const answer = await desk.goto(`${service.url}/staff`)
  expect(answer?.fromServiceWorker()).toBe(false)
})

it('can be put among the apps of a phone', async () => {
  const manifest = await (await fetch(`${service.url}/manifest.webmanifest`)).json()
  expect(manifest).toMatchObject({ start_url: '/', display: 'standalone', short_name: '回音' })
  for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
    const icon = await fetch(service.url + src)
    expect(icon.status, src).toBe(200)
    if (!src.endsWith('.png')) continue
    const { width, height } = await sharp(Buffer.from(await icon.arrayBuffer())).metadata()
    expect(`${width}x${height}`, src).toBe(sizes)
  }
  const worker = await fetch(`${service.url}/sw.js`)
  expect([worker.status, worker.headers.get('cache-control')]).toEqual([200, 'no-cache'])
})

it('nothing broke on either side', () => {
  expect(viewer.complaints.filter(said => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/.test(said))).toEqual([])
  expect(service.faults).toEqual([])
})
