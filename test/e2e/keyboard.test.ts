import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, scriptThere, type Viewer } from './browser.ts'
import { CODE, SEND, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A whole complaint with the keyboard alone: no pointer, no touch, from the first page to the receipt. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** What has the focus, as its role and name would be read. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null
    const words = at?.getAttribute('aria-label') ?? at?.textContent ?? ''
    return `${at?.tagName.toLowerCase()} ${words.replace(/\s+/g, ' ').trim()}`
  })

/** Is what has the focus marked by an outline that can be seen? */
const isMarked = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at) return false
    const own = getComputedStyle(at)
    const beside = at.nextElementSibling && getComputedStyle(at.nextElementSibling)
    const outlined = (style: CSSStyleDeclaration) =>
      (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) ||
      style.boxShadow !== 'none'
    // A hidden radio hands its mark to the label drawn for it.
    return outlined(own) || (beside !== null && outlined(beside)) || at.matches('textarea, input')
  })

const MOST_TABS = 60

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, words: RegExp, back = false): Promise<void> {
  const passed: string[] = []
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
    const at = await focused(page)
    passed.push(at)
    if (words.test(at)) {
      expect(await isMarked(page), `${at} shows that it has the focus`).toBe(true)
      return
    }
  }
  throw new Error(`no way to ${words} by Tab; passed ${passed.join(' | ')}`)
}

it('by chat', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/`)
  await page.getByText('您有事，我们有回音').waitFor()
  await page.keyboard.press('Tab')
  expect(await focused(page), 'the first stop skips to the content').toContain('跳到正文')
  await tabTo(page, /^a .*开始说/)
  await page.keyboard.press('Enter')
  await page.locator('#say').waitFor()
  await scriptThere(page)
  await tabTo(page, /^textarea/)
  await page.keyboard.type('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await page.keyboard.press('Enter')
  await page.getByText('现在有没有人受困').first().waitFor()
  await tabTo(page, /没人被困/, true)
  await page.keyboard.press('Enter')
  await page.getByText('没错我就交上去').first().waitFor()
  await tabTo(page, SEND)
  await page.keyboard.press('Enter')
  await page.locator('.receipt').waitFor()
  expect(await textOf(page.locator('.receipt'))).toMatch(CODE)
})

it('by form', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/form/grievance`)
  const heading = page.locator('form h2, main h2').first()
  const asked = async (words: RegExp) =>
    expect.poll(() => textOf(heading), { timeout: 10_000 }).toMatch(words)
  await heading.waitFor()
  await scriptThere(page)
  await tabTo(page, /^textarea/)
  await page.keyboard.type('楼道灯坏了一个月，天黑看不见')
  await tabTo(page, /^button .*下一步/)
  await page.keyboard.press('Enter')
  await asked(/哪里/)
  await tabTo(page, /^(textarea|input)/)
  await page.keyboard.type('红山郡 2号楼')
  await page.keyboard.press('Enter')
  await page.locator('input[type=tel]').waitFor()
  await tabTo(page, /^input/)
  await page.keyboard.type('13800000000')
  await page.keyboard.press('Enter')
  await asked(/看一遍|核对/)
  await tabTo(page, /^button .*交上去/)
  await page.keyboard.press('Enter')
  await page.locator('.receipt').waitFor()
  expect(await textOf(page.locator('.receipt'))).toMatch(CODE)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
