import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openViewer, overflow, type Viewer } from './browser.ts'
import { CODE, SEND, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/**
 * A first complaint on a cheap phone and a bad line, from a cold start to the receipt: slow 4G (1.6 Mbit/s down, 750 kbit/s
 * up, 150 ms there and back) and a processor four times slower, by a person who reads, taps and types at a person's speed.
 */

/** Milliseconds a person may need in all; to see and reach something before a tap; for one character on glass. */
const WITHIN = 90_000
const TAP = 1_500
const CHARACTER = 450

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

async function onABadLine(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.setCacheDisabled', { cacheDisabled: true })
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  })
  await line.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

async function tap(at: Locator): Promise<void> {
  await at.waitFor()
  await at.page().waitForTimeout(TAP)
  await at.click()
}

async function type(at: Locator, words: string): Promise<void> {
  await tap(at)
  await at.pressSequentially(words, { delay: CHARACTER, timeout: WITHIN })
}

const WIDTHS = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]

async function cold(viewport: { width: number; height: number }): Promise<Page> {
  const page = await viewer.page('about:blank', { viewport })
  await onABadLine(page)
  page.setDefaultTimeout(30_000)
  return page
}

describe.each(WIDTHS)('a first complaint at $width px', viewport => {
  it.concurrent('by chat', { timeout: WITHIN + 60_000 }, async () => {
    const page = await cold(viewport)
    const from = performance.now()
    await page.goto(`${service.url}/`)
    await tap(page.getByText('开始说').first())
    await type(page.locator('#say'), '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
    await tap(page.getByRole('button', { name: '发送' }))
    await tap(page.locator('.log .turn').last().locator('.choice', { hasText: '没人被困' }))
    await tap(page.locator('.log .turn').last().locator('.choice', { hasText: SEND }))
    await page.locator('.receipt').waitFor()
    const took = performance.now() - from
    expect(await textOf(page.locator('.receipt'))).toMatch(CODE)
    expect(await overflow(page)).toBe(0)
    process.stdout.write(
      `${JSON.stringify({ face: 'chat', width: viewport.width, seconds: Math.round(took / 100) / 10 })}\n`,
    )
    expect(took).toBeLessThan(WITHIN)
    await page.context().close()
  })

  it.concurrent('by form', { timeout: WITHIN + 60_000 }, async () => {
    const page = await cold(viewport)
    const from = performance.now()
    await page.goto(`${service.url}/`)
    await tap(page.getByRole('link', { name: /我要诉求/ }))
    const next = page.getByRole('button', { name: '下一步' })
    await type(page.locator('main textarea').first(), '楼道灯坏了一个月，天黑看不见')
    await tap(next)
    await page.getByRole('heading', { name: /哪里/ }).waitFor()
    await type(page.locator('main form input[type=text], main form textarea').first(), '红山郡 2号楼')
    await tap(next)
    await type(page.locator('input[type=tel]'), '13800000000')
    await tap(next)
    await tap(page.getByRole('button', { name: SEND }))
    await page.locator('.receipt').waitFor()
    const took = performance.now() - from
    expect(await textOf(page.locator('.receipt'))).toMatch(CODE)
    expect(await overflow(page)).toBe(0)
    process.stdout.write(
      `${JSON.stringify({ face: 'form', width: viewport.width, seconds: Math.round(took / 100) / 10 })}\n`,
    )
    expect(took).toBeLessThan(WITHIN)
    await page.context().close()
  })
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
