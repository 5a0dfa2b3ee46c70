import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findings } from './axe.ts'
import { DESK, openViewer, PHONE, scriptThere, type Viewer } from './browser.ts'
import { type Resident, residentOn, signIn, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The desk of care in real browsers: from the list in Excel to the consent that is withdrawn. */

/** Monday; the autumn term's letters are due on 11 December. */
const MORNING = '2026-11-23T09:10:00+08:00'
const VOLUNTEER = 'HUIY-CARE-CARE-DEMO-2026'
/** Of the demonstration: the volunteer's own child, and one nothing was done for. */
const OWN = '小禾'
const FORGOTTEN = '小杉'

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService({ now: MORNING }), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

async function staff(login: string, path: string, viewport = DESK): Promise<Page> {
  const page = await viewer.page(`${service.url}/staff${path}`, {
    viewport,
    bypassCSP: true,
    acceptDownloads: true,
  })
  await signIn(page, login)
  await page.locator('.shell').waitFor()
  return page
}
const dialog = (page: Page) => page.locator('dialog[open]')
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
async function more(page: Page, verb: string): Promise<void> {
  await button(page, '更多').click()
  await button(page, verb).click()
}
const tab = (page: Page, name: string) => page.locator('nav.tabs a', { hasText: name }).click()
const reads = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()

async function openChild(page: Page, pseudonym: string): Promise<void> {
  await tab(page, '孩子')
  await page.locator('.kt tbody th a', { hasText: pseudonym }).click()
  await page.locator('h1', { hasText: pseudonym }).waitFor()
}

/** The volunteer of the demonstration, in a chat of their own. */
async function volunteer(): Promise<Resident> {
  const chat = residentOn(await viewer.page(`${service.url}/me`, { viewport: PHONE }))
  await scriptThere(chat.page)
  await chat.page.locator('#recovery-code').fill(VOLUNTEER)
  const found = chat.page.waitForURL('**/chat')
  await chat.page.locator('#recovery button[type=submit]').click()
  await found
  return chat
}

/** Three sheets as a district may send them: a volunteer whose check is too old, one without a phone, and a child. */
async function workbook(): Promise<string> {
  const book = new exceljs.Workbook()
  const [people, children] = ['义务家长', '儿童', '结对'].map(name => book.addWorksheet(name))
  people!.addRow(['姓名'])
  people!.addRow([
    '白雪',
    '13911113333',
    '二道井子村',
    '大学生',
    '赤峰学院',
    '2025-09-01',
    '2025-09-01',
    '2027-09-01',
    '2024-09-01',
  ])
  people!.addRow(['白云', '12', '二道井子村'])
  children!.addRow(['化名'])
  children!.addRow([
    '小荞',
    '孟春',
    '2016-05-05',
    '一小',
    '',
    '',
    '',
    '二道井子村',
    '孟奶奶',
    '奶奶',
    '',
    '',
    '',
    '',
    '',
    '孟奶奶',
    '书面',
  ])
  const path = join(tmpdir(), `care-${process.pid}.xlsx`)
  writeFileSync(path, Buffer.from(await book.xlsx.writeBuffer()))
  return path
}

it('brings a list in, pairs once the check is renewed, sees a visit told in one line, sends a letter, and keeps a log', async () => {
  const page = await staff('care', '/care')
  await page.locator('.kt tbody tr').first().waitFor()
  expect(await findings(page)).toEqual([])

  // A list from Excel: looked through first; the refused row with its reason, and as a file.
  await tab(page, '从 Excel 导入')
  await page.locator('#care-file').setInputFiles(await workbook())
  await reads(page, '手机号不对')
  const refused = page.waitForEvent('download')
  await button(page, '下载不能录入的行').click()
  expect((await refused).suggestedFilename()).toBe('refused.xlsx')
  await button(page, '录入 2 行').click()
  await reads(page, '已录入：')

  // Pairing is blocked by the lapsed check, in words; renewed on the spot, it goes on.
  await page.locator('a', { hasText: '去看孩子' }).click()
  await page.locator('nav a', { hasText: '没有义务家长' }).first().click()
  await page.waitForURL(/show=alone/)
  await page.locator('.kt tbody tr', { hasText: '小荞' }).getByRole('button', { name: '结对' }).click()
  await page.locator('#pair-who').fill('白雪')
  await page.getByRole('option', { name: /白雪/ }).click()
  await dialog(page).getByText('背景核查已过期或没有做过，不能结对。').waitFor()
  await expect.poll(() => dialog(page).locator('.end .btn.p').isDisabled()).toBe(true)
  await button(page, '登记核查').click()
  await page.locator('#pair-why').fill('同村')
  await dialog(page).locator('.end .btn.p').click()
  await reads(page, '小荞和白雪已结对。')

  // A volunteer tells of a visit in one line.
  const chat = await volunteer()
  await chat.say(`昨天去看了${OWN}，孩子挺好`)
  await chat.choose('没错')
  await chat.hears('记下了')
  await openChild(page, OWN)
  await page.locator('.line .item', { hasText: '上门家访' }).filter({ hasText: '2026年11月22日' }).waitFor()

  // The record opens with a reason, and closes again.
  await openChild(page, FORGOTTEN)
  await button(page, '打开档案').click()
  await page.locator('#ask-reason').fill('看')
  await dialog(page).locator('.end .btn.p').click()
  await page.locator('#ask-reason').fill('奶奶来电话核对住址')
  await dialog(page).locator('.end .btn.p').click()
  await page.locator('.open.unprinted').getByText('真实姓名').waitFor()
  expect(await findings(page)).toEqual([])

  // Carers are put right with the record open; the parent's chat is linked by a code shown once.
  const carers = page.locator('.carers .item')
  await carers.first().getByRole('button', { name: '更正' }).click()
  expect(await page.locator('#ask-name').inputValue()).not.toBe('')
  await page.locator('#ask-phone').fill('04768880001')
  expect(await findings(page)).toEqual([])
  await dialog(page).locator('.end .btn.p').click()
  await reads(page, '名字和电话在档案里：打开档案才看得到、才能更正。')
  await button(page, '连对话的一次性码').click()
  await button(page, '生成').click()
  await dialog(page)
    .getByText(/JZ-[A-Z0-9]+/)
    .waitFor()
  await button(page, '关闭').last().click()

  // Another pseudonym, and the history tells of it; the old one is taken again at once.
  for (const [from, to] of [
    [FORGOTTEN, '小樟'],
    ['小樟', FORGOTTEN],
  ] as const) {
    await page.locator('h1', { hasText: from }).waitFor()
    await more(page, '换代号')
    await page.locator('#ask-pseudonym').fill(to)
    await page.locator('#ask-reason').fill('邻居听出来了')
    await dialog(page).locator('.end .btn.p').click()
  }
  await page.locator('h1', { hasText: FORGOTTEN }).waitFor()
  await button(page, '查看').click()
  await reads(page, `${FORGOTTEN} → 小樟`)

  // A window whose list is open closes at the first press, though the list folds away.
  await more(page, '迁到别的村、社区')
  await page.getByRole('option').first().waitFor()
  await dialog(page).locator('.hd .btn').click()
  await dialog(page).waitFor({ state: 'detached' })

  // A letter: begun from what was done, approved, taken.
  await button(page, '写给家长的信').click()
  await page.locator('#ask-text').fill('孩子一切都好，请放心。')
  await dialog(page).locator('.end .btn.p').click()
  await button(page, '审定').click()
  const letter = page.waitForEvent('download')
  await button(page, '下载 Word').click()
  expect((await letter).suggestedFilename()).toBe('letter.docx')
  await page.locator('.item', { hasText: '孩子一切都好' }).getByText('已寄出').waitFor()

  // Every opening stands in the log.
  const log = await textOf(page.locator('#readings ~ ol .item'))
  expect(log).toContain('奶奶来电话核对住址')
  expect(log).toContain('取出给在外家长的信')

  // Consent withdrawn: nothing works but the emergency path.
  await more(page, '撤回同意')
  await page.locator('#ask-by').fill('奶奶')
  await page.locator('#ask-reason').fill('要去城里上学')
  await dialog(page).locator('.end .btn.grave').click()
  await reads(page, /监护人已撤回同意：结对当天已结束/)
  await expect.poll(() => button(page, '写给家长的信').count()).toBe(0)
  await button(page, '打开档案').click()
  await page.locator('#ask-reason').fill('再核对一次')
  await dialog(page).locator('.end .btn.p').click()
  await dialog(page).locator('.trouble').waitFor()
  await dialog(page).locator('.em input').check()
  await dialog(page).locator('.end .btn.p').click()
  await page.locator('.open.unprinted').waitFor()
  expect(viewer.complaints).toEqual([])
}, 60_000)

it('brings a worrying word to the desk: numbers, the prefilled report, its clock, and not who told', async () => {
  const chat = await volunteer()
  await chat.say(`今天看到${OWN}身上好多淤青`)
  await chat.hears('110')
  const page = await staff('care', '/care')
  await page.locator('.alert a').click()
  const report = page.locator('#reports ~ ul .item.open').first()
  await report.locator('b', { hasText: OWN }).waitFor()
  expect(await textOf(report)).toMatch(/110[\s\S]*下载预填报告/)
  expect(await textOf(report)).not.toContain('王建国')
  await report.getByRole('button', { name: '查看是谁告诉的' }).click()
  await page.locator('#ask-reason').fill('派出所来电核实')
  await dialog(page).locator('.end .btn.p').click()
  await dialog(page).locator('b', { hasText: '王建国' }).waitFor()
  expect(await findings(page)).toEqual([])
  await button(page, '关闭').last().click()
  const sheet = page.waitForEvent('download')
  await report.getByRole('button', { name: '下载预填报告（Word）' }).click()
  expect((await sheet).suggestedFilename()).toBe('report.docx')
  await report.getByRole('button', { name: '登记已报告' }).click()
  await page.locator('#ask-to').selectOption('police')
  await dialog(page).locator('.end .btn.p').click()
  await reads(page, /已报公安机关/)
  expect(await findings(page)).toEqual([])
}, 60_000)

it('is small and whole on a phone, for a child director, and nowhere for anybody else', async () => {
  const director = await staff('director', '/care', PHONE)
  await director.locator('nav.tabs').waitFor()
  expect(await director.locator('nav.tabs a').allInnerTexts()).toEqual(['孩子', '节日与学期'])
  expect(await director.locator('.btn', { hasText: '登记孩子' }).count()).toBe(0)
  expect(await findings(director)).toEqual([])

  // What they may do with a child of their village: a visit, and a worry, which calls whoever is on duty.
  await openChild(director, '小雨')
  expect(await director.locator('.acts .btn').allInnerTexts()).toEqual([
    '打开档案',
    '登记一次探访',
    '报告担心的事',
  ])
  await button(director, '报告担心的事').click()
  await director.locator('#ask-words').fill('胳膊上有好几处淤青，孩子不说是怎么弄的')
  expect(await findings(director)).toEqual([])
  await dialog(director).locator('.end .btn.p').click()
  await reads(director, '已叫值班人员')
  await tab(director, '孩子')
  await director.locator('.alert').getByText('有 1 件需要马上报告的情形').waitFor()
  expect(await director.locator('.alert a').count()).toBe(0)

  const clerk = await staff('west', '/care')
  await clerk.locator('.trouble').first().waitFor()
  expect(await clerk.locator('.nav a', { hasText: '关爱' }).count()).toBe(0)
  expect(await clerk.locator('.kt').count()).toBe(0)
  expect(viewer.complaints).toEqual([])
}, 60_000)

it('approves a week of knowledge, which reaches those who serve', async () => {
  const page = await staff('care', '/care/knowledge')
  const week = page.locator('.item.now')
  await week.locator('.btn', { hasText: '审定' }).first().click()
  await week.getByText('已审定').first().waitFor()
  await service.command('job', 'care-knowledge', '--now', MORNING)
  await page.reload()
  await week.getByText(/送达 \d+ 人/).waitFor()
  await expect.poll(() => week.locator('.btn').count()).toBe(0)
  expect(await findings(page)).toEqual([])
}, 60_000)
