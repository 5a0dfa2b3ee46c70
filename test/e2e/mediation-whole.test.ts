import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DESK, openViewer, PHONE, scriptThere, type Viewer } from './browser.ts'
import { apply } from './mediating.ts'
import { clerk, step, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The whole way of a mediation in three browsers, applicant, other party and secretary, with days between. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService({ now: local('2026-11-23T09:00') }), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

const local = (at: string) => new Date(`${at}:00+08:00`).toISOString()
const open = (path: string) => viewer.page(`${service.url}${path}`, { viewport: PHONE })
const inWindow = (page: Page) => page.locator('dialog[open]')
const finish = (page: Page) => inWindow(page).locator('.end .btn.p').click()
const standsAt = (page: Page, state: string) => page.locator('.case .st', { hasText: state }).waitFor()
const desk = (code: string) =>
  clerk(viewer, service, 'panel-property', `/staff/mediations/${code}`, { viewport: DESK })

/** The service is off, and on again later; the sides look at their pages anew. */
async function goOn(at: string, ...pages: readonly Page[]): Promise<void> {
  await service.kill()
  await service.start(local(at))
  for (const page of pages) {
    await page.reload()
    await scriptThere(page)
  }
}

/** The code on the printed letter, once it is drawn. */
async function letterOf(secretary: Page): Promise<string> {
  await step(secretary, '打印邀请信').click()
  const code = inWindow(secretary).locator('.lc')
  await code.waitFor()
  const letter = await textOf(code)
  await secretary.keyboard.press('Escape')
  return letter
}

/** Applied for and accepted; the other party has opened the letter. */
async function invited() {
  const applicant = await open('/mediation')
  const code = await apply(applicant)
  const secretary = await desk(code)
  await step(secretary, '受理').first().click()
  await finish(secretary)
  await standsAt(secretary, '已受理')
  const letter = await letterOf(secretary)
  const other = await open('/m')
  await scriptThere(other)
  await other.locator('main input').first().fill(letter)
  await other.locator('main button.go').click()
  return { applicant, other, secretary, code }
}

it('applied, agreed to, booked, reminded, held, written down, confirmed, kept, visited, closed', {
  timeout: 180_000,
}, async () => {
  const { applicant, other, secretary, code } = await invited()
  await other.getByRole('button', { name: /^愿意调解/ }).click()
  await other.getByRole('heading', { name: '约时间' }).waitFor()
  await standsAt(secretary, '正在约时间')

  await applicant.goto(`${service.url}/mediations/${code}`)
  for (const page of [other, applicant]) {
    await scriptThere(page)
    await page
      .getByRole('button', { name: /11月25日/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^方便：.* 09:00/ })
      .first()
      .click()
  }
  await applicant.getByRole('group', { name: '双方都方便' }).getByRole('button').first().click()
  await applicant.getByRole('button', { name: '就定这个时间' }).click()
  await other.getByText('见面的时间和地方').waitFor()
  await standsAt(secretary, '时间定了')

  // The day before both are reminded; one says so in the talk.
  await goOn('2026-11-24T09:30', applicant, other)
  const talk = await other.context().newPage()
  await talk.goto(`${service.url}/chat`)
  await talk.locator('.log .turn', { hasText: '11月25日' }).last().waitFor()
  await talk.locator('.dock [data-for]').first().waitFor({ state: 'attached' })
  await talk.locator('#say').fill('能到')
  await talk.locator('#say').press('Enter')
  await other.getByText('您说了能到').waitFor({ timeout: 30_000 })

  await goOn('2026-11-25T09:00', applicant, other)
  const room = await desk(code)
  await step(room, '开始调解').click()
  await inWindow(room).locator('input[type=checkbox]').check()
  await finish(room)
  await standsAt(room, '正在调解')
  await step(room, '达成书面协议').click()
  const told = {
    'record-facts': '公共收益三年没有公布。',
    'record-points': '公布哪几年，怎么公布。',
    'agreement-facts': '公共收益三年没有公布，双方没有争议。',
    'agreement-dispute': '公布哪几年，怎么公布。',
    'agreement-responsibility': '物业公司没有按规定公布。',
    'item-0-by': '2026-12-04',
    'item-0-what': '公布三年公共收益明细',
  }
  for (const [id, words] of Object.entries(told)) await inWindow(room).locator(`#${id}`).fill(words)
  await finish(room)
  await standsAt(room, '达成协议')
  const [paper] = await Promise.all([
    applicant.waitForEvent('download'),
    applicant.getByRole('link', { name: '下载 Word 文件' }).click(),
  ])
  const bytes = readFileSync(await paper.path())
  expect(bytes.subarray(0, 2).toString()).toBe('PK')

  await applicant.getByRole('button', { name: '愿意申请司法确认' }).click()
  await other.getByRole('button', { name: '愿意申请司法确认' }).click()
  await other.getByText('您愿意申请').waitFor()
  await step(room, '登记法院结果').click()
  await inWindow(room).getByLabel('确认有效').check()
  await finish(room)

  await goOn('2026-12-07T09:00', applicant, other)
  await applicant.getByRole('button', { name: /^对方做到了/ }).click()
  await goOn('2026-12-28T09:00', applicant, other)
  const visit = await desk(code)
  await step(visit, '回访归档').click()
  await inWindow(visit).locator('fieldset').first().waitFor()
  for (const field of await inWindow(visit).locator('fieldset').all())
    await field.locator('input').first().check()
  for (const field of await inWindow(visit).locator('input[type=text], textarea').all())
    await field.fill('电话回访段先生')
  await finish(visit)
  await standsAt(visit, '已归档')
  await applicant.reload()
  await applicant.getByText('已归档').first().waitFor()
})

it('kept silent: asked twice more, ended after ten days, both told of the other roads', {
  timeout: 120_000,
}, async () => {
  const { applicant, other, code } = await invited()
  await other.getByRole('heading', { name: '您愿意调解吗？' }).waitFor()

  // Asked on the 28th; three days later, seven days later, and past the tenth.
  await goOn('2027-01-01T10:00', other)
  await goOn('2027-01-05T10:00', other)
  await goOn('2027-01-11T10:00', applicant, other)
  const talk = await other.context().newPage()
  await talk.goto(`${service.url}/chat`)
  await talk.locator('.log .turn', { hasText: '十天没有等到答复' }).last().waitFor()
  const heard = await talk.locator('.log .turn', { hasText: '还在等您说愿不愿意' }).count()
  expect(heard, 'asked again').toBe(2)
  await other.getByRole('heading', { name: '还能走的路' }).waitFor()
  await applicant.goto(`${service.url}/mediations/${code}`)
  await applicant.getByRole('heading', { name: '还能走的路' }).waitFor()
  expect(await textOf(applicant.locator('main'))).toContain('12348')
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
