import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, type Viewer } from './browser.ts'
import { resident } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** 快速离开: one tap, and neither page, history, conversation nor device tells of the call for help; words bring it back. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('one tap leaves for the guide, and going back finds nothing', { timeout: 60_000 }, async () => {
  const person = await resident(viewer, service)
  const { page } = person
  expect(await page.locator('.exit').count(), 'an ordinary talk has no way out').toBe(0)
  await person.say('心里难受，总想哭，想找人说说')
  await person.hears('怎么回您方便')
  await page.locator('#say').fill('还没发的话')
  await page.locator('.exit').click()
  await page.waitForURL(/\/guide$/)
  await page.locator('h1').first().waitFor()
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/难受|还没发/)
  await page.goBack().catch(() => null)
  expect(await page.content()).not.toMatch(/难受|想找人说说/)

  await page.goto(`${service.url}/chat`)
  await page.locator('#say').waitFor()
  expect(await page.locator('.log').textContent()).not.toMatch(/难受|找人说说/)
  expect(await page.locator('.exit').count()).toBe(0)
  await person.say('接着刚才的事')
  await person.hears('怎么回您方便')
  await page.locator('.exit').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.waitForURL(/\/guide$/)
  expect(viewer.complaints).toEqual([])
})
