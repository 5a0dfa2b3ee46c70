import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openViewer, overflow, PHONE, scriptThere, type Viewer } from './browser.ts'
import { handIn, residentOn } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** 长辈版: every word at least 18 px, every target at least 60 × 60 px, the page can be listened to; and high contrast. */

const WORDS = 18
const TARGET = 60

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** What is smaller than it should be: words by their font, targets by their box. A link within a sentence may be as high as its line. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(
    ([words, target]) => {
      const name = (element: Element) =>
        `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent ?? '').trim().slice(0, 20)}"`
      const isShown = (element: Element) => {
        const { width, height } = element.getBoundingClientRect()
        return width > 1 && height > 1 && getComputedStyle(element).visibility !== 'hidden'
      }
      const found: string[] = []
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const holder = node.parentElement
        if (!holder || !node.nodeValue?.trim() || !isShown(holder)) continue
        if (holder.closest('.skip, .sr, noscript, script, style')) continue
        const size = Number.parseFloat(getComputedStyle(holder).fontSize)
        if (size < words) found.push(`${size}px ${name(holder)}`)
      }
      const controls = 'a[href], button, input:not([type=hidden]), textarea, select, [role=button], summary'
      for (const control of document.querySelectorAll(controls)) {
        if (!isShown(control) || control.classList.contains('skip')) continue
        // A label is the target of what it holds.
        const box = (control.closest('label') ?? control).getBoundingClientRect()
        const around = control.parentElement?.textContent?.trim().length ?? 0
        const inSentence =
          getComputedStyle(control).display === 'inline' && around > (control.textContent?.trim().length ?? 0)
        if (inSentence || (box.width >= target - 0.5 && box.height >= target - 0.5)) continue
        found.push(`${Math.round(box.width)}×${Math.round(box.height)} ${name(control)}`)
      }
      return [...new Set(found)]
    },
    [WORDS, TARGET] as const,
  )

/** A clerk takes the case up: the resident is told. */
async function takeUp(code: string): Promise<void> {
  const { request } = await viewer.page(`${service.url}/privacy`)
  const door = `${service.url}/api/staff`
  const answer = await request.post(`${door}/login`, { data: { login: 'west', password: 'huiyin-demo' } })
  const { csrf } = (await answer.json()) as { csrf: string }
  await request.post(`${door}/cases/${code}/steps/grab`, { data: {}, headers: { 'x-csrf-token': csrf } })
}

describe.each([320, 390])('长辈版 at %i px', width => {
  it('nothing is too small on any page', { timeout: 90_000 }, async () => {
    const page = await viewer.page(`${service.url}/`, { viewport: { ...PHONE, width } })
    await page.evaluate(() => localStorage.setItem('huiyin.mode', 'care'))
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      const small = await tooSmall(page)
      const wide = await overflow(page)
      if (small.length || wide > 0) found[name] = [...small, ...(wide > 0 ? [`${wide}px too wide`] : [])]
    }
    await page.goto(`${service.url}/chat`)
    await page.locator('[data-mode=care]').waitFor()
    const code = await handIn(residentOn(page))
    await look('chat')
    await takeUp(code)
    for (const path of ['/', `/cases/${code}`, '/cases', '/me', '/lookup']) {
      await page.goto(service.url + path)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      if (path.includes('HS-')) await page.locator('.told summary').click()
      await look(path.replace(code, 'HS'))
    }
    expect(found).toEqual({})
  })
})

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

/** Words that are less than 7:1 against what they stand on (4.5:1 for large ones), as axe finds them. */
async function tooFaint(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    type Found = { violations: { nodes: { target: string[]; any: { message: string }[] }[] }[] }
    const { axe } = window as unknown as { axe: { run(options: object): Promise<Found> } }
    const only = {
      runOnly: ['color-contrast-enhanced'],
      rules: { 'color-contrast-enhanced': { enabled: true } },
    }
    const { violations } = await axe.run(only)
    return violations.flatMap(({ nodes }) =>
      nodes.map(node => `${node.target.join(' ')} ${node.any[0]?.message}`),
    )
  })
}

describe.each(['light', 'dark'] as const)('high contrast, %s', colorScheme => {
  it('all words are 7:1 and more', { timeout: 60_000 }, async () => {
    const page = await viewer.page(`${service.url}/`, { colorScheme, bypassCSP: true })
    await page.evaluate(() => localStorage.setItem('huiyin.contrast', 'more'))
    const found: Record<string, string[]> = {}
    await page.goto(`${service.url}/chat`)
    await page.locator('[data-contrast=more]').waitFor()
    const code = await handIn(residentOn(page))
    const look = async (name: string) => {
      const faint = await tooFaint(page)
      if (faint.length) found[name] = faint
    }
    await look('chat')
    for (const path of ['/', `/cases/${code}`, '/cases', '/me', '/lookup']) {
      await page.goto(service.url + path)
      await page.waitForLoadState('networkidle')
      await look(path)
    }
    expect(found).toEqual({})
  })
})

it('is chosen once and then known to the server too', async () => {
  const page = await viewer.page(`${service.url}/me`)
  await scriptThere(page)
  await page.locator('.weui-switch').first().check()
  await page.locator('.weui-switch').nth(1).check()
  await page.locator('label', { hasText: '深色' }).click()
  await page
    .locator('html[data-mode=care][data-theme=dark][data-contrast=more]')
    .waitFor({ state: 'attached' })
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'hy_look')
  expect(cookie).toMatchObject({ value: 'care.dark.contrast', path: '/', sameSite: 'Lax' })
  expect(cookie!.expires * 1000 - Date.now()).toBeGreaterThan(399 * 86_400_000)
})

/** A voice that keeps what it is given to say, one piece at a time. */
function listen(): void {
  const said: string[] = []
  Object.assign(window, { said })
  Object.defineProperty(speechSynthesis, 'speak', {
    value(words: SpeechSynthesisUtterance) {
      said.push(words.text)
      setTimeout(() => {
        words.onstart?.({} as SpeechSynthesisEvent)
        if (said.length < 30) words.onend?.({} as SpeechSynthesisEvent)
      }, 5)
    },
  })
}
const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said)

it('reads a page aloud, stops at a press, and falls silent when the page is left', async () => {
  const page = await viewer.page(`${service.url}/`)
  await page.addInitScript(listen)
  await page.evaluate(() => localStorage.setItem('huiyin.mode', 'care'))
  await page.goto(`${service.url}/me`)
  await page.getByRole('button', { name: '读给我听' }).click()
  await page.getByRole('button', { name: '停' }).waitFor()
  await expect.poll(() => said(page)).toContain('您不用注册。')
  const words = await said(page)
  expect(words.slice(0, 2)).toEqual(['我的', '语言'])
  expect(words.join('')).not.toContain('读给我听')
  await page.getByRole('button', { name: '停' }).click()
  await page.getByRole('button', { name: '读给我听' }).click()
  await page.getByRole('link', { name: /个人信息怎么用/ }).click()
  await page.getByRole('button', { name: '读给我听' }).waitFor()
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
