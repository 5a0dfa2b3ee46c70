import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DESK, openViewer, type Viewer } from './browser.ts'
import { clerk, handIn, resident, signIn, step, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The desk: who gets in, the keyboard, masked values, and two clerks on one case. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

const refused = (page: Page, words: string) => page.locator('[role=alert]', { hasText: words }).waitFor()

async function setPassword(page: Page, password: string): Promise<void> {
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password)
  await page.locator('form button.p').click()
}

it('a wrong password is told, five lock the account', { timeout: 30_000 }, async () => {
  const page = await viewer.page(`${service.url}/staff`, { viewport: DESK })
  await page.locator('form button.p').click()
  await refused(page, '请填写账号和密码')
  for (let tries = 1; tries < 5; tries++) {
    await signIn(page, 'nanxin', 'not the password')
    await refused(page, '登录名或密码不对')
    await expect.poll(() => page.locator('[name=password]').inputValue()).toBe('')
  }
  await signIn(page, 'nanxin', 'not the password')
  await refused(page, '锁定十五分钟')
  await signIn(page, 'nanxin')
  await refused(page, '锁定十五分钟')
  await signIn(page, 'west')
  await page.locator('.shell').waitFor()
})

it('j, k, Enter, r, / and ? do what the table says', { timeout: 30_000 }, async () => {
  const page = await clerk(viewer, service, 'west', '/staff/cases?list=mine')
  await page.locator('.list .row').first().waitFor()
  const codes = await page.locator('.list .row').evaluateAll(rows => rows.map(row => row.dataset.code))
  await page.keyboard.press('j')
  await page.waitForURL(`**/${codes[0]}**`)
  await page.keyboard.press('j')
  await page.waitForURL(`**/${codes[1]}**`)
  await page.keyboard.press('k')
  await page.waitForURL(`**/${codes[0]}**`)
  await page.locator('#case-title').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('case-title')
  await page.keyboard.press('r')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await page.keyboard.type('jjkk')
  expect(await page.locator('#composer textarea').first().inputValue()).toBe('jjkk')
  await page.keyboard.press('Escape')
  await page.locator('#case-title').click()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: '全部快捷键' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('/')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search')
})

it('a masked number opens with a reason, for a minute', { timeout: 30_000 }, async () => {
  const person = await resident(viewer, service)
  const code = await handIn(person)
  const page = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
  await page.locator('.case .ct').waitFor()
  expect(await page.content()).not.toContain('13800000000')
  await step(page, '抢单').click()
  await page.getByRole('button', { name: '查看号码' }).click()
  await page.getByRole('button', { name: '显示 60 秒' }).click()
  await refused(page, '请先选一个理由')
  await page.locator('#reveal-why').selectOption('call')
  await page.getByRole('button', { name: '显示 60 秒' }).click()
  await page.locator('.rb b', { hasText: '13800000000' }).waitFor()
  await page.locator('.rb button', { hasText: '收起' }).click()
  expect(await textOf(page.locator('.rb'))).not.toContain('13800000000')
})

it('two clerks grab at once: one has it, the other is told by whom', { timeout: 30_000 }, async () => {
  const person = await resident(viewer, service)
  const code = await handIn(person)
  const [one, two] = await Promise.all([
    clerk(viewer, service, 'west', `/staff/cases/${code}`),
    clerk(viewer, service, 'west2', `/staff/cases/${code}`),
  ])
  await Promise.all([step(one, '抢单').waitFor(), step(two, '抢单').waitFor()])
  await one.locator('.who', { hasText: '正在看' }).waitFor()
  // Both press before either has heard of the other: the second call waits at the door.
  let open: () => void = () => undefined
  const held = new Promise<void>(done => {
    open = done
  })
  await two.route('**/steps/grab', async route => {
    await held
    await route.continue()
  })
  await step(two, '抢单').click()
  await step(one, '抢单').click()
  await one.locator('.case .st', { hasText: '办理中' }).waitFor()
  open()
  await two.locator('.ov', { hasText: '王丽华' }).waitFor()
  expect(await textOf(two.locator('.ov'))).toMatch(/王丽华.*已先办：抢单/)
  expect(await step(two, '抢单').count()).toBe(0)
})

it('a privileged role gets in by a one-time link and a second factor', { timeout: 40_000 }, async () => {
  const [link] = (await service.command('user', 'add', 'boss', '王主任', 'administrator', '150402')).split(
    '\n',
  )
  const page = await viewer.page(link!, { viewport: DESK })
  await page.locator('input[type=password]').first().waitFor()
  await setPassword(page, 'a good long password')
  await page.locator('code').waitFor()
  await page.goto(`${service.url}/staff/cases`)
  await page.locator('code').waitFor()
  const secret = (await textOf(page.locator('code'))).replace(/\s/g, '')
  const code = await generate({ secret })
  await page.locator('[name=otp]').fill(code)
  await page.locator('form button.p').click()
  await page.locator('.shell').waitFor()
  expect(await page.locator('nav.lists .n').allInnerTexts(), 'an administrator sees no case').not.toContain(
    '1',
  )

  const other = await viewer.page(`${service.url}/staff`, { viewport: DESK })
  await signIn(other, 'boss', 'a good long password')
  await other.locator('[name=otp]').fill('000000')
  await other.locator('form button.p').click()
  await refused(other, '动态码不对')
  const again = await viewer.page(link!, { viewport: DESK })
  await again.locator('input[type=password]').first().waitFor()
  await setPassword(again, 'another long password')
  await refused(again, '这个链接已经用过或过期')
})

it('a one-time link never shows the log-in page first, however slowly its page comes', async () => {
  const page = await viewer.page('about:blank', { viewport: DESK })
  await page.route('**/assets/invite-page*', async route => {
    await new Promise(done => setTimeout(done, 1500))
    await route.continue()
  })
  const told = page.waitForResponse('**/api/staff/me')
  await page.goto(`${service.url}/staff/invite/none`)
  await told
  await page.waitForTimeout(400)
  expect(await page.locator('input').count()).toBe(0)
  await page.locator('input[type=password]').first().waitFor()
  expect(await page.locator('input[type=password]').count()).toBe(2)
})

it('a district leader sees whether every promise stands', async () => {
  const page = await clerk(viewer, service, 'leader', '/staff/invariant')
  await page.getByText('件件有着落。').waitFor()
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
