import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DESK, openViewer, overflow, PHONE, type Viewer } from './browser.ts'
import { clerk, signIn, step, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A mediation from the secretary's side: accepted, asked, booked, held, agreed; the calendar and the figures beside it. */

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
/** Monday, ten minutes before a meeting may begin. */
const MORNING = '2026-11-23T08:50:00+08:00'

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService({ now: MORNING }), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** What axe finds on the page as it stands, and how much too wide it is. */
async function findings(page: Page): Promise<string[]> {
  // A word in the corner fades in and out, and has no contrast meanwhile.
  await page.locator('.el-message').first().waitFor({ state: 'detached' })
  await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
  })
  const wider = await overflow(page)
  return wider > 0 ? [...found, `${wider}px too wide`] : found
}

/** Somebody of the staff on a page whose content policy lets axe in. */
async function watched(login: string, path: string, viewport = DESK): Promise<Page> {
  const page = await viewer.page(`${service.url}/staff${path}`, { viewport, bypassCSP: true })
  await signIn(page, login)
  await page.locator('.shell').waitFor()
  return page
}

const row = (page: Page, state: string): Locator => page.locator('.list .row', { hasText: state }).first()
const inWindow = (page: Page) => page.locator('dialog[open]')
const finish = (page: Page) => inWindow(page).locator('.end .btn.p').click()
const standsAt = (page: Page, state: string) => page.locator('.case .st', { hasText: state }).waitFor()

/** The other side opens its letter in a browser of its own and agrees, as its page does. */
async function consents(code: string, token: string): Promise<void> {
  const page = await viewer.page(service.url)
  const states = await page.evaluate(
    async ([path, word]) => {
      const post = async (to: string, body: object) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(`/api/resident/${to}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        })
        return answer.status
      }
      return [
        await post('session', {}),
        await post('invitations', { token: word }),
        await post(`mediations/${path}/steps/consent`, {}),
      ]
    },
    [code, token] as const,
  )
  expect(states).toEqual([200, 200, 200])
  await page.close()
}

/** Both mediators are taken at ten by two other mediations, while this page still shows the hour as free. */
async function takenMeanwhile(page: Page, codes: (string | null)[]): Promise<void> {
  const states = await page.evaluate(async others => {
    const { csrf } = await (await fetch('/api/staff/me')).json()
    const { mediators } = await (await fetch(`/api/staff/mediations/${others[0]}`)).json()
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf }
    const hold = (code: string | null, mediator: string) =>
      fetch(`/api/staff/mediations/${code}/hold`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ startsAt: '2026-11-23T02:00:00.000Z', mediator }),
      })
    const [one, two] = others
    return [(await hold(one!, mediators[1].id)).status, (await hold(two!, mediators[0].id)).status]
  }, codes)
  expect(states).toEqual([200, 200])
}

it('from the application to the agreement as a Word file', { timeout: 90_000 }, async () => {
  const page = await watched('panel-property', '/mediations')
  await row(page, '等待受理').click()
  await standsAt(page, '等待受理')
  const code = await textOf(page.locator('.case .code').first())
  await step(page, '受理').first().click()
  await finish(page)
  await standsAt(page, '已受理')

  await step(page, '打印邀请信').click()
  await inWindow(page).locator('img').waitFor()
  expect(await findings(page)).toEqual([])
  await consents(code, await textOf(inWindow(page).locator('.lc')))
  await page.keyboard.press('Escape')
  await standsAt(page, '正在约时间')

  const others = [
    page.locator('.list .row', { hasText: '福兴物业公司' }).filter({ hasText: '正在约时间' }),
    row(page, '时间定了'),
  ]
  const codes = await Promise.all(others.map(one => one.getAttribute('data-code')))
  await step(page, '约时间').click()
  await inWindow(page).locator('.times .slot', { hasText: '10:00' }).waitFor()
  await takenMeanwhile(page, codes)
  await inWindow(page).locator('.times .slot', { hasText: '10:00' }).click()
  await inWindow(page).locator('.row', { hasText: '最近还空着' }).waitFor()
  expect(await inWindow(page).locator('.row .slot').count()).toBe(3)
  await inWindow(page).locator('.times .slot', { hasText: '09:00' }).click()
  await inWindow(page).locator('.held').waitFor()
  await inWindow(page).locator('textarea').fill('双方电话里都说可以')
  expect(await findings(page)).toEqual([])
  await finish(page)
  await standsAt(page, '时间定了')

  await step(page, '开始调解').click()
  await finish(page)
  await inWindow(page).getByText('请先确认').waitFor()
  await inWindow(page).locator('input[type=checkbox]').check()
  await finish(page)
  await standsAt(page, '正在调解')

  await step(page, '达成书面协议').click()
  await finish(page)
  await inWindow(page).locator('.fault').first().waitFor()
  expect(await findings(page)).toEqual([])
  const told: Record<string, string> = {
    'record-facts': '楼道三年没有清扫。',
    'record-points': '物业费退多少。',
    'agreement-facts': '楼道三年没有清扫，双方没有争议。',
    'agreement-dispute': '物业费退多少。',
    'agreement-responsibility': '物业公司没有按合同清扫。',
    'item-0-by': '2026-12-20',
    'item-0-what': '退还物业费六百元',
  }
  for (const [id, words] of Object.entries(told)) await inWindow(page).locator(`#${id}`).fill(words)
  await finish(page)
  await standsAt(page, '达成协议')
  await page.locator('.tbl', { hasText: '退还物业费六百元' }).waitFor()
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 Word' }).first().click(),
  ])
  expect(paper.suggestedFilename()).toMatch(/^HS-P01-2026-\d{4}\.docx$/)
  expect(
    readFileSync((await paper.path())!)
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  expect(await findings(page)).toEqual([])

  await page.getByRole('link', { name: '调解日程' }).click()
  await page.locator('table.w .c', { hasText: code.slice(-4) }).waitFor()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('d')
  await page.locator('.cols .c', { hasText: '09:00' }).first().waitFor()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('m')
  await page.locator('table.m').waitFor()
  expect(await findings(page)).toEqual([])
  await page.locator('table.m a', { hasText: '09:00' }).click()
  await page.waitForURL(`**/mediations/${code}`)
})

it('a word to one side is sent from the channel that names it', { timeout: 30_000 }, async () => {
  const page = await clerk(viewer, service, 'panel-property', '/staff/mediations')
  await row(page, '正在约时间').click()
  const other = page.locator('.pw.other')
  // What was new is read by opening it: the queue says so no more, the page still does.
  await page.locator('.case .tag', { hasText: '有新消息' }).waitFor()
  await expect.poll(() => row(page, '正在约时间').locator('.tag').count()).toBe(0)
  await other.locator('textarea').fill('请带上收费标准的备案。')
  await other.getByRole('button', { name: /^只发给福兴物业公司$/ }).click()
  await other.locator('li', { hasText: '请带上收费标准的备案' }).waitFor()
  expect(await textOf(page.locator('.pw.applicant'))).not.toContain('收费标准')
})

it('the keys, the filters, and the desk all lead to the same page', { timeout: 30_000 }, async () => {
  const page = await watched('panel-property', '/mediations')
  await page.locator('.list .row').first().waitFor()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('j')
  await page.locator('#mediation-title').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('mediation-title')
  await page.keyboard.press('Escape')
  await page.waitForURL('**/staff/mediations')
  await page.locator('.fi select').selectOption('inviting')
  await expect.poll(() => page.locator('.list .row').count()).toBe(1)
  await page.goto(`${service.url}/staff/cases?list=unit`)
  const line = page.locator('.list .row').first()
  const code = await line.getAttribute('data-code')
  await line.click()
  await page.waitForURL(`**/staff/mediations/${code}**`)
  await page.goto(`${service.url}/staff/cases/${code}`)
  await page.locator('#mediation-title').waitFor()
})

it('time is closed and opened again; what is booked in it is named; who waits stands beside', {
  timeout: 30_000,
}, async () => {
  const page = await watched('panel-property', '/calendar')
  await page.locator('.sd', { hasText: '没有人在等' }).waitFor()
  await page.getByRole('button', { name: '停约…' }).click()
  await inWindow(page).getByLabel('开始的日期').fill('2026-11-25')
  await inWindow(page).getByLabel('结束的日期').fill('2026-11-25')
  await finish(page)
  await inWindow(page).getByText('这一项要填').waitFor()
  await inWindow(page).locator('#closing-reason').fill('全体培训')
  await finish(page)
  await inWindow(page)
    .getByRole('link', { name: /^改期：/ })
    .waitFor()
  expect(await findings(page)).toEqual([])
  await inWindow(page).getByLabel('开始的时间').fill('14:30')
  await finish(page)
  await page.locator('table.w .cl', { hasText: '全体培训' }).first().waitFor()
  expect(await findings(page)).toEqual([])
  const reopen = page.getByRole('button', { name: /^恢复：/ })
  for (const left of [1, 0]) {
    await reopen.first().click()
    await expect.poll(() => reopen.count()).toBe(left)
  }
  await page.keyboard.press('b')
  await inWindow(page).getByRole('link').first().click()
  await inWindow(page).locator('.times .slot').first().waitFor()
})

it('a calendar feed is shown once, read without a log-in, and ended', { timeout: 30_000 }, async () => {
  const page = await watched('mediator', '/calendar')
  await page.getByRole('button', { name: '订阅日历' }).click()
  await inWindow(page).getByRole('button', { name: '新建地址' }).click()
  const address = await inWindow(page).locator('.made input').inputValue()
  expect(await findings(page)).toEqual([])
  const read = () => fetch(address).then(async answer => [answer.status, (await answer.text()).slice(0, 15)])
  expect(await read()).toEqual([200, 'BEGIN:VCALENDAR'])
  await inWindow(page).getByRole('button', { name: '停用' }).click()
  await inWindow(page).getByText('还没有订阅').waitFor()
  expect((await read())[0]).toBe(404)
})

it('the safety answer stands before its secretary and nobody of another panel', {
  timeout: 30_000,
}, async () => {
  const family = await watched('panel-family', '/mediations')
  await row(family, '先单独谈').click()
  await family.locator('.safe').waitFor()
  await family.emulateMedia({ media: 'print' })
  expect(
    await family.locator('.safe, .pw, .case .tag.unprinted').filter({ visible: true }).count(),
    'on paper',
  ).toBe(0)
  await family.emulateMedia({ media: null })
  await family.getByRole('button', { name: '卷宗目录' }).click()
  await inWindow(family).locator('td', { hasText: '调解申请书' }).waitFor()
  await family.keyboard.press('Escape')
  expect(await findings(family)).toEqual([])
  const code = await textOf(family.locator('.case .code').first())
  const district = await clerk(viewer, service, 'dispatcher', `/staff/mediations/${code}`)
  await district.locator('.cm').waitFor()
  expect(await district.locator('.safe, .pw').count()).toBe(0)
  const property = await clerk(viewer, service, 'panel-property', `/staff/mediations/${code}`)
  await property.locator('.case [role=alert]').waitFor()
  expect(await property.locator('.cm').count()).toBe(0)
})

it('figures for the district; on a phone a list', { timeout: 30_000 }, async () => {
  const page = await watched('dispatcher', '/mediation-figures')
  await page.locator('tfoot').waitFor()
  expect(await page.locator('tbody tr').count()).toBe(8)
  expect(await findings(page)).toEqual([])
  const phone = await watched('panel-property', '/calendar', PHONE)
  await phone.locator('.day .c').first().waitFor()
  expect(await findings(phone)).toEqual([])
  await phone.goto(`${service.url}/staff/mediations`)
  await row(phone, '履行').click()
  await phone.locator('.cm').waitFor()
  expect(await findings(phone)).toEqual([])
})

it('whoever steps back sees it no more', { timeout: 30_000 }, async () => {
  const page = await clerk(viewer, service, 'mediator', '/staff/mediations')
  await row(page, '时间定了').click()
  await step(page, '回避').click()
  await inWindow(page).locator('textarea').fill('我和一方是亲戚。')
  await finish(page)
  await page.locator('.gone').waitFor()
  expect(await page.locator('.cm').count()).toBe(0)
  await page.locator('.gone button').click()
  await expect.poll(() => row(page, '时间定了').count()).toBe(0)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
