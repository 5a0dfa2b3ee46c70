import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, overflow, scriptThere, type Viewer } from './browser.ts'
import { layLine } from './line.ts'
import { CODE, handIn, residentOn, SEND, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

const IN_MINI_PROGRAM = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.50 miniProgram/wx1'

/** A flow as a form: the same talk as the chat, one question a page, and nothing lost or doubled on the way. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** Presses "on" once the script is there: before it the service answers with a page of its own. */
async function onward(page: Page): Promise<void> {
  await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app')!)
  await page.locator('.nav .btn.go').click()
}
const asked = (page: Page, words: string | RegExp) =>
  page.locator('main h2', { hasText: words }).first().waitFor()
const row = (page: Page, name: string) => page.locator('.check .facts > div', { hasText: name })
const heading = (page: Page) => page.evaluate(() => document.activeElement?.textContent)
const cases = async (page: Page): Promise<number> => {
  const answer = await page.request.get(new URL('/api/resident/cases', page.url()).href)
  return ((await answer.json()) as { cases: unknown[] }).cases.length
}

it('a whole complaint, its place picked from the list', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/form/grievance`, { viewport: { width: 320, height: 640 } })
  await page.locator('textarea').fill('3号楼电梯坏了两周，物业不管')
  await page.getByText('第 1 步，共 3 步').waitFor()
  await onward(page)
  await asked(page, '在哪里')
  expect(await heading(page), 'the new question has the focus').toBe('在哪里？')
  expect(await page.title()).toContain('在哪里')

  await page.getByRole('button', { name: '从列表里选' }).click()
  await page.getByRole('combobox').fill('hsj')
  await page.getByRole('option', { name: /红山郡 ?西城街道/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const place = page.locator('input[name=text]')
  await expect.poll(() => place.inputValue()).toBe('西城街道 红山郡社区 红山郡')
  await place.focus()
  await page.keyboard.press('End')
  await page.keyboard.type(' 3号楼')
  await page.keyboard.press('Enter')

  await asked(page, '受困')
  await page.keyboard.press('2')
  expect(await page.locator('input[type=radio]:checked').count()).toBe(1)
  await onward(page)
  await asked(page, '联系')
  await page.goBack()
  await asked(page, '受困')
  expect(await page.locator('input[type=radio]:checked').getAttribute('value')).toBe('frail')
  await page.goForward()
  await page.locator('input[type=tel]').fill('13800004276')
  await page.keyboard.press('Enter')

  await asked(page, '看一遍')
  expect(await textOf(row(page, '在哪里'))).toContain('西城街道 红山郡社区 红山郡 3号楼')
  expect(await textOf(row(page, '您的电话'))).toContain('138****4276')
  expect(await overflow(page)).toBe(0)
  await row(page, '您的电话').getByRole('link').click()
  await page.locator('input[type=tel]').fill('13900001111')
  await onward(page)
  await asked(page, '看一遍')
  await expect.poll(() => textOf(row(page, '您的电话'))).toContain('139****1111')
  await onward(page)
  await page.locator('.receipt').waitFor()
  const receipt = await textOf(page.locator('.receipt'))
  expect(receipt).toMatch(CODE)
  expect(receipt).toContain('西城街道')
  await page.getByRole('link', { name: '看进度' }).click()
  await page.locator('h1', { hasText: '办到哪一步了' }).waitFor()
})

it('begun in the chat, gone on with in the form, ended in the chat', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/chat`)
  const person = residentOn(page)
  await person.say('清河小区5号楼垃圾没人清运')
  await person.hears('留个电话吧')
  await page.getByRole('link', { name: '换成表格填' }).click()
  await asked(page, '联系')
  await page.locator('.known summary').click()
  expect(await textOf(page.locator('.known'))).toContain('清河小区')
  await page.locator('.known').getByRole('link', { name: '修改：在哪里' }).click()
  await page.locator('input[name=text]').fill('清河小区6号楼')
  await onward(page)
  await asked(page, '联系')
  await page.locator('input[type=tel]').fill('13800004276')
  await onward(page)
  await asked(page, '看一遍')
  await page.getByRole('button', { name: '换成对话' }).click()
  await person.hears('138****4276')
  await person.hears('清河小区6号楼')
  await person.choose(SEND)
  await page.locator('.receipt').waitFor()
  expect(await cases(page)).toBe(1)
})

it('what is wrong stands in a summary and beside the field, and is led to', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/form/grievance`)
  await page.locator('textarea').waitFor()
  await onward(page)
  expect(await textOf(page.locator('.errs'))).toContain('请写几个字')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('errors')
  await page.locator('.errs a').click()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await page.keyboard.type('楼道灯坏了一个月，天黑看不见')
  await onward(page)
  await asked(page, '在哪里')

  await page.locator('input[name=text]').fill('12 34')
  await onward(page)
  await page.locator('.errs').waitFor()
  const why = await textOf(page.locator('.field .wrong'))
  expect(why, 'the service says why, in its words').toContain('没认出这个地方')
  expect(await textOf(page.locator('.errs a'))).toBe(why)
  const field = page.locator('input[name=text]')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await field.inputValue(), 'what was written stays').toBe('12 34')
  await field.fill('红山郡 2号楼')
  await onward(page)
  await asked(page, '联系')
  expect(await page.locator('.errs').count()).toBe(0)
})

it('danger written into the form shows whom to call, and the form goes on', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/form/grievance`)
  await page.locator('textarea').fill('邻居天天打我，现在又在砸门，我不想活了')
  await onward(page)
  const card = page.locator('.sos[role=alert]')
  await card.waitFor()
  expect(await card.locator('a[href^="tel:"]').count()).toBeGreaterThan(0)
  await asked(page, '在哪里')
  await page.locator('input[name=text]').fill('红山郡 2号楼')
  await onward(page)
  await asked(page, '联系')
  expect(await page.locator('.alarm summary').count(), 'the numbers stay at hand').toBe(1)
})

it('words left in a field are there again, and a question passed by is so', { timeout: 60_000 }, async () => {
  const page = await viewer.page(`${service.url}/form/grievance`)
  await scriptThere(page)
  await page.locator('textarea').fill('路灯不亮')
  await page.reload()
  await expect.poll(() => page.locator('textarea').inputValue()).toBe('路灯不亮')
  await onward(page)
  await page.locator('input[name=text]').fill('说不清')
  await onward(page)
  await asked(page, '联系')
  await page.getByRole('button', { name: '不留电话' }).click()
  await asked(page, '看一遍')
  await page.locator('.acts a', { hasText: '请为我保密' }).click()
  await asked(page, '隐去')
  await page.locator('label.radio').first().click()
  await onward(page)
  await asked(page, '看一遍')
  expect(await row(page, '您的信息').count()).toBe(1)
  await page.getByRole('button', { name: '先存着' }).click()
  await page.locator('h1', { hasText: '您有事' }).waitFor()
  await page.goto(`${service.url}/form/grievance`)
  await asked(page, '看一遍')
})

it('a line cut at the send makes one case, also after a reload', { timeout: 90_000 }, async () => {
  const line = await layLine(service.url)
  const page = await viewer.page(`${line.url}/form/grievance`, { userAgent: IN_MINI_PROGRAM })
  await page.locator('textarea').fill('小区门口路灯坏了，天黑看不见')
  await onward(page)
  await asked(page, '在哪里')
  await page.locator('input[name=text]').fill('红山郡')
  line.cut()
  await onward(page)
  await page.locator('#trouble').waitFor()
  expect(await page.locator('input[name=text]').inputValue()).toBe('红山郡')
  line.mend()
  await page.getByRole('button', { name: '再试一次' }).click()
  await asked(page, '联系')
  await page.locator('input[type=tel]').fill('13800004276')
  await onward(page)
  await asked(page, '看一遍')

  // The step arrives, its answer does not.
  await page.route('**/api/resident/forms/grievance', async route => {
    if (route.request().method() === 'POST') await route.fetch()
    await route.abort()
  })
  await onward(page)
  await page.locator('#trouble').waitFor()
  await page.unrouteAll()
  await page.route('**/api/resident/wechat/front', route =>
    route.fulfill({ json: { official: null, mini: 'wx1', templates: { official: [], mini: ['progress'] } } }),
  )
  await page.reload()
  await page.locator('.receipt').waitFor()
  expect(await cases(page)).toBe(1)
  // The moment to ask whether WeChat shall tell of news.
  await page.locator('.ending button', { hasText: '用微信提醒我' }).waitFor()
  await page.reload()
  await page.locator('textarea').waitFor()
  expect(await cases(page)).toBe(1)
  await line.close()
})

it('the other flows are filled in too', { timeout: 120_000 }, async () => {
  const page = await viewer.page(`${service.url}/chat`)
  const code = await handIn(residentOn(page))
  await page.goto(`${service.url}/form/addToCase?code=${code}`)
  await asked(page, '要补充什么')
  await page.locator('textarea').fill('今天又停了一次')
  await onward(page)
  await asked(page, '看一遍')
  expect(await textOf(row(page, '编号'))).toContain(code)
  await onward(page)
  await asked(page, '补充好了')

  await page.goto(`${service.url}/form/human`)
  await asked(page, '工作人员')
  await page.getByRole('button', { name: '跳过' }).click()
  await page.getByRole('button', { name: '转给工作人员' }).click()
  await page.getByRole('link', { name: '去对话里等回复' }).waitFor()

  await page.goto(`${service.url}/form/withdraw?code=${code}`)
  await asked(page, '为什么撤回')
  await page.locator('label.radio').first().click()
  await onward(page)
  await page.getByRole('button', { name: '确认撤回' }).click()
  await asked(page, '办好了')

  await page.goto(`${service.url}/form/rating`)
  await page.getByRole('link', { name: '去对话里看看' }).waitFor()

  await page.goto(`${service.url}/form/status`)
  await page.locator('input[name=text]').fill('HS-20200101-0001')
  await onward(page)
  await asked(page, '查询码')
  await page.locator('input[name=text]').fill('123456')
  await onward(page)
  await asked(page, '查到的情况')

  await page.goto(`${service.url}/form/myData`)
  await page.locator('label.radio', { hasText: '删' }).click()
  await onward(page)
  await page.getByText('确认删除', { exact: true }).waitFor()
  await page.locator('input[name=text]').fill('确认删')
  await onward(page)
  await page.locator('.errs').waitFor()
})

it('nothing broke on either side', () => {
  // The worker of the page cannot be looked for over a line that is cut.
  expect(viewer.complaints.filter(said => !said.includes('when fetching the script'))).toEqual([])
  expect(service.faults).toEqual([])
})
