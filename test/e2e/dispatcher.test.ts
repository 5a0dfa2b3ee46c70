import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findings } from './axe.ts'
import { DESK, openViewer, type Viewer } from './browser.ts'
import { textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A dispatcher's day without a mouse: forty cases come in; many go at once, are taken back, go again; objections, the grab window, replies. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** One resident says these words over the page's own door. */
async function tells(words: readonly string[], id: number): Promise<void> {
  let cookie = ''
  const post = async (path: string, body: object) => {
    const answer = await fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: service.url, cookie },
      body: JSON.stringify(body),
    })
    cookie ||= answer.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ')
    expect(answer.status).toBe(200)
  }
  await post('/api/resident/session', {})
  for (const [n, text] of words.entries())
    await post('/api/resident/messages', { id: `day-${id}-${n}`, text })
}
const LIFT = ['3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', '3', '1']
const BUS = ['公交车司机态度恶劣，到站不停', '不知道', '跳过', '1']

/** Signs in as people without a mouse do. */
async function signIn(login: string): Promise<Page> {
  const page = await viewer.page(`${service.url}/staff`, { viewport: DESK, bypassCSP: true })
  await page.locator('[name=username]').waitFor()
  while ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) !== 'username')
    await page.keyboard.press('Tab')
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type('huiyin-demo')
  await page.keyboard.press('Enter')
  await page.locator('.list .row').first().waitFor()
  return page
}

/** Opens the commands, types, and takes the line that says so. */
async function command(page: Page, typed: string, line: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.locator('#palette-list [role=option]').first().waitFor()
  await page.keyboard.type(typed)
  await page.locator('#palette-list [aria-selected=true] b', { hasText: line }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: '命令' }).waitFor({ state: 'hidden' })
}

/** The focus is somewhere that can be seen, not lost on the page. */
const focused = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'BODY'), { message: 'focus is lost' })
    .not.toBe('BODY')
const rows = (page: Page) => page.locator('.list .row')
const title = (page: Page, words: string) => page.locator('.list h1', { hasText: words }).waitFor()

it('forty cases, two desks, no mouse', { timeout: 90_000 }, async () => {
  const [boss, west] = await Promise.all([signIn('dispatcher'), signIn('west')])
  for (let n = 0; n < 40; n += 4)
    await Promise.all([0, 1, 2, 3].map(more => tells(n < 20 ? BUS : LIFT, n + more)))

  // What the commands do besides going somewhere.
  await command(boss, 'qbkjj', '全部快捷键')
  await boss.getByRole('dialog', { name: '全部快捷键' }).waitFor()
  await boss.keyboard.press('Escape')
  await boss.getByRole('dialog').waitFor({ state: 'hidden' })
  await command(boss, 'ssnr', '搜索内容')
  await boss.waitForFunction(() => document.activeElement?.matches('.find input'))
  await boss.keyboard.press('Escape')

  // Everything that waits goes to one town; what was returned waits for a leader and cannot.
  await command(boss, 'dfp', '待分派')
  await title(boss, '待分派')
  await expect.poll(() => rows(boss).count(), { timeout: 10_000 }).toBeGreaterThanOrEqual(26)
  const all = await rows(boss).count()
  await boss.keyboard.press('j')
  await boss.locator('#case-title').waitFor()
  await boss.keyboard.press('x')
  await boss.keyboard.press('Shift+ArrowDown')
  await boss.keyboard.press('Shift+ArrowDown')
  await boss.locator('.pk b', { hasText: '已选 3 件' }).waitFor()
  await boss.keyboard.press('a')
  await boss.locator('.pk b', { hasText: `已选 ${all} 件` }).waitFor()
  const send = async () => {
    await boss.keyboard.press('d')
    await boss.getByRole('dialog', { name: `${all} 件一起派单` }).waitFor()
    await boss.keyboard.type('dcjd')
    await boss.locator('#dispatch-unit-list [data-active]', { hasText: '东城街道' }).waitFor()
    await boss.keyboard.press('Enter')
    await boss.keyboard.press('Enter')
    await boss.getByRole('dialog').waitFor({ state: 'hidden' })
    await focused(boss)
  }
  await send()
  await boss.locator('.db .one', { hasText: '秒后送出' }).waitFor()
  expect(await findings(boss)).toEqual([])
  await boss.keyboard.press('z')
  await boss.locator('.db .one', { hasText: '已撤销' }).waitFor()
  expect(await rows(boss).count()).toBe(all)
  await boss.keyboard.press('a')
  await send()

  // While it is held the other desk works: the window to grab, one after another.
  await command(west, 'kq', '可抢')
  await title(west, '可抢')
  for (let n = 0; n < 3; n++) {
    // The heading stands before the rows do.
    await west.locator('.list .row', { hasText: '可抢到' }).first().waitFor()
    await west.keyboard.press('j')
    await west.locator('.case .do button', { hasText: '抢单' }).waitFor()
    await west.keyboard.press('g')
    await west.locator('.case .st', { hasText: '办理中' }).waitFor()
    await focused(west)
  }
  // A reply from a template: Tab goes from blank to blank, what is left blank is not sent.
  await west.keyboard.press('r')
  await expect.poll(() => west.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await west.keyboard.type('已换 ____，由 ____ 验收。')
  await west.keyboard.press('Control+Home')
  await west.keyboard.press('Tab')
  await west.keyboard.type('制动器')
  await west.keyboard.press('Control+Enter')
  await west.locator('#composer .fault', { hasText: '____' }).waitFor()
  await west.keyboard.type('检验所')
  await west.keyboard.press('Tab')
  await west.keyboard.type('现场已看过。')
  await west.keyboard.press('Tab')
  await west.keyboard.type('《特种设备安全法》')
  await west.keyboard.press('Tab')
  for (const box of await west.locator('#composer input[type=checkbox]').all()) {
    await expect.poll(() => box.evaluate(one => one === document.activeElement)).toBe(true)
    await west.keyboard.press('Space')
    await west.keyboard.press('Tab')
  }
  await west.keyboard.press('Control+Enter')
  await west.locator('.case .st', { hasText: '已答复' }).waitFor()
  expect(await textOf(west.locator('.tl'))).toContain('已换 制动器，由 检验所 验收。')
  await focused(west)

  // The ten seconds are over: what could go went, what could not is named with its reason.
  await boss.locator('.db .one', { hasText: /已派 \d+ 件给东城街道/ }).waitFor({ timeout: 20_000 })
  expect(await textOf(boss.locator('.db .no').first())).toMatch(/HS-\d{8}-\d{4} 现在这一步不能派/)
  await expect.poll(() => rows(boss).count()).toBeLessThan(5)

  // An objection is decided by its step, called by name.
  await command(boss, 'tddd', '退单待定')
  await title(boss, '退单待定')
  await rows(boss).first().waitFor()
  const objected = await rows(boss).count()
  await boss.keyboard.press('j')
  await boss.locator('#case-title').waitFor()
  await boss.locator('.case .do button').first().waitFor()
  await command(boss, 'overrule', '不同意退单')
  const dialog = boss.getByRole('dialog', { name: '不同意退单' })
  await dialog.waitFor()
  if (await dialog.locator('input[type=radio]').count()) {
    await boss.keyboard.press('Space')
    await boss.keyboard.press('Tab')
  }
  await boss.keyboard.type('属于本单位职责，请继续办理。')
  await boss.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => rows(boss).count()).toBe(objected - 1)
  await focused(boss)

  // A filter is chosen, kept under a name, and stands in the address.
  await boss.keyboard.press('f')
  await boss.getByRole('dialog', { name: '筛选事项' }).waitFor()
  await boss.keyboard.press('ArrowRight')
  await boss.keyboard.press('Control+Enter')
  await boss.waitForURL('**/cases?due=late')
  while (
    !(await boss.evaluate(
      () =>
        document.activeElement?.matches('.fb button') && document.activeElement.textContent === '存为清单',
    ))
  )
    await boss.keyboard.press('Tab')
  await boss.keyboard.press('Enter')
  await boss.keyboard.type('全区超期')
  await boss.keyboard.press('Enter')
  await title(boss, '全区超期')
  await command(boss, 'wjs', '我经手')
  await command(boss, 'qqcq', '全区超期')
  await boss.waitForURL('**/cases?due=late')
  await rows(boss).first().waitFor()
  expect(await findings(boss)).toEqual([])
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
