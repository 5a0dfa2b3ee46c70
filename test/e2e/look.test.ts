import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findings } from './axe.ts'
import { DESK, openViewer, PHONE, scriptThere, type Viewer } from './browser.ts'
import { clerk, ELEVATOR, handIn, residentOn, signIn } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Every screen can be read by everybody: no finding of axe in any look, and nothing runs out of a narrow phone. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

const LOOKS = [
  { look: 'light', colorScheme: 'light', kept: {}, language: 'zh-CN' },
  { look: 'dark', colorScheme: 'dark', kept: {}, language: 'zh-CN' },
  { look: '长辈版', colorScheme: 'light', kept: { 'huiyin.mode': 'care' }, language: 'zh-CN' },
  { look: 'English', colorScheme: 'light', kept: {}, language: 'en' },
] as const

describe.each(LOOKS)('resident pages, $look', ({ colorScheme, kept, language }) => {
  it('have no finding and no sideways scroll', { timeout: 60_000 }, async () => {
    const page = await viewer.page(`${service.url}/`, {
      viewport: { ...PHONE, width: 320 },
      colorScheme,
      bypassCSP: true,
    })
    await page.evaluate(entries => {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value)
    }, kept)
    await scriptThere(page)
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click()
    await page.locator(`html[lang=${language}]`).waitFor()
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      const all = await findings(page)
      if (all.length > 0) found[name] = all
    }

    await page.goto(`${service.url}/chat`)
    const person = residentOn(page)
    const code = await handIn(person, ELEVATOR)
    await person.say('我不想活了')
    await page.locator('.sos').waitFor()
    await person.choose(/现在好些了|a little better/)
    await look('chat')
    for (const path of ['/', '/cases', `/cases/${code}`, '/lookup', '/me', '/privacy']) {
      await page.goto(service.url + path)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      await look(path)
    }
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
    expect(found).toEqual({})
  })
})

describe.each([
  ['light', DESK],
  ['dark', DESK],
  ['light', PHONE],
] as const)('staff pages, %s, %o', (colorScheme, viewport) => {
  it('have no finding', { timeout: 90_000 }, async () => {
    const page = await viewer.page(`${service.url}/staff`, { viewport, colorScheme, bypassCSP: true })
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      const all = await findings(page)
      if (all.length > 0) found[name] = all
    }
    await page.locator('[name=username]').waitFor()
    await look('log-in')
    await signIn(page, 'dispatcher')
    await page.locator('.shell').waitFor()
    for (const path of [
      'cases?list=all',
      'conversations',
      'alerts',
      'notices',
      'grids',
      'invariant',
      'grids',
      'assessment',
      'me',
    ]) {
      await page.goto(`${service.url}/staff/${path}`)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      await look(path)
    }
    const desk = await clerk(viewer, service, 'west', '/staff/cases?list=mine')
    await desk.locator('.list .row').first().click()
    await desk.locator('.case .ct').waitFor()
    const open = new URL(desk.url())
    await page.goto(`${service.url}${open.pathname}?list=all`)
    await page.locator('.case .ct').waitFor()
    await look('case')
    if (viewport === PHONE) {
      await page.locator('.bar .more').click()
      await page.locator('.sheet').waitFor()
      await look('steps')
      await page.keyboard.press('Escape')
      await page.locator('dialog').waitFor({ state: 'detached' })
    }
    await page.keyboard.press('Control+k')
    await page.locator('#palette-list [role=option]').first().waitFor()
    await look('commands')
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('f')
    await page.getByRole('dialog', { name: '筛选事项' }).waitFor()
    await look('filters')
    expect(found).toEqual({})
  })
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
