import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, overflow, type Viewer } from './browser.ts'
import { CODE, ELEVATOR, handIn, resident, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A browser that runs no script at all: everything that matters can still be done. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  service = await startService()
  viewer = await openViewer()
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

const bare = (path: string, more = {}) =>
  viewer.page(`${service.url}${path}`, { javaScriptEnabled: false, ...more })

/** Answers what is asked, one page after the other, until everything stands there once more. */
async function toCheck(page: Page) {
  for (let step = 0; step < 9; step++) {
    if ((await page.locator('button[name=do][value=send]').count()) > 0) return
    // The last choice is the calm one: nobody is in danger.
    const choice = page.locator('input[type=radio][name=value]').last()
    if ((await choice.count()) > 0) await choice.check({ force: true })
    else await page.locator('form [name=text]').fill('红山郡3号楼')
    await page.locator('button[name=do][value=answer]').click()
  }
}

it('a whole complaint, from one sentence to the answer page', async () => {
  const page = await bare('/chat')
  await page.locator('[name=text]').fill(ELEVATOR)
  await page.locator('button.send').click()
  await toCheck(page)
  expect(await textOf(page.locator('#main'))).toContain('电梯坏了')
  expect(await overflow(page)).toBe(0)
  await page.locator('button[name=do][value=send]').click()
  const receipt = await textOf(page.locator('#main'))
  const [code] = CODE.exec(receipt)!
  expect(receipt).toContain('查询码')
  expect(page.url()).not.toContain(code)
  await page.locator(`a[href="/cases/${code}"]`).first().click()
  expect(await textOf(page.locator('#main'))).toContain(code)
  await page.goto(`${service.url}/`)
  expect(await page.locator(`a[href="/cases/${code}"]`).count()).toBe(1)
})

it('what is wrong is said beside the field, with the words still there', async () => {
  const page = await bare('/form/grievance')
  await page.locator('[name=text]').fill('坏')
  await page.locator('button[name=do][value=answer]').click()
  expect(await textOf(page.locator('.wrong').first())).not.toBe('')
  expect(await page.locator('[name=text]').inputValue()).toBe('坏')
})

it('a number and its query code, asked for as typed', async () => {
  const person = await resident(viewer, service)
  const code = await handIn(person)
  const query = await textOf(person.page.locator('.receipt dl dd').first())
  const page = await bare('/lookup')
  const look = async (number: string, digits: string) => {
    await page.locator('[name=code]').fill(number)
    await page.locator('[name=queryCode]').fill(digits)
    await page.locator('form button[type=submit]').click()
    return textOf(page.locator('#main'))
  }
  expect(await look('abc', '12')).toMatch(/编号看着不完整[\s\S]*现在是 2 位/)
  expect(await page.locator('[name=code]').inputValue(), 'what was typed still stands').toBe('abc')
  expect(await look(code, query === '000000' ? '000001' : '000000')).toContain('编号或查询码不对')
  const found = await look(code.toLowerCase(), query)
  expect(found).toContain('西城街道')
  expect(found).not.toContain('电梯')
  expect(page.url()).toBe(`${service.url}/lookup`)
})

it('says what needs a script, in the language and colours of the browser', async () => {
  const page = await bare('/', { locale: 'en-GB', colorScheme: 'dark' })
  expect(await textOf(page.locator('noscript, .noscript').first())).toMatch(/JavaScript/)
  expect(await page.locator('a[href="tel:110"]').count()).toBe(1)
  const background = await page.locator('body').evaluate(body => getComputedStyle(body).backgroundColor)
  expect(background).toBe('rgb(17, 18, 17)')
})

it('what was written before the script came is not lost, and nothing moves', async () => {
  const page = await viewer.page('about:blank')
  let release = () => {}
  const held = new Promise<void>(done => {
    release = done
  })
  await page.route(/\/assets\/.*\.js$/, async route => {
    await held
    await route.continue()
  })
  await page.goto(`${service.url}/chat`, { waitUntil: 'commit' })
  await page.locator('#say').fill('楼道灯不亮')
  const before = await page.locator('#say').boundingBox()
  release()
  await page.locator('#say').press('ArrowLeft')
  await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app')!)
  expect(await page.locator('#say').inputValue()).toBe('楼道灯不亮')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('say')
  const after = await page.locator('#say').boundingBox()
  expect(Math.abs(after!.y + after!.height - (before!.y + before!.height))).toBeLessThan(8)
  await page.locator('#say').press('Enter')
  await page.locator('.m.me', { hasText: '楼道灯不亮' }).waitFor()
})

it('no page complained', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
