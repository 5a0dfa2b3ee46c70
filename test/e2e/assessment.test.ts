import { afterAll, beforeAll, expect, it } from 'vitest'
import { findings } from './axe.ts'
import { openViewer, overflow, PHONE, type Viewer } from './browser.ts'
import { clerk, handIn, resident, step, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A template by keyboard, and what becomes of the case in the end: its assessment, asked about, put right, counted. */

/** A place where the demonstration has no such matter yet. */
const LIFT = '松州华庭3号楼电梯坏了两周，物业不管，电话13800000000'

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('answered with a template, ended, assessed, reviewed', { timeout: 60_000 }, async () => {
  const person = await resident(viewer, service)
  const code = await handIn(person, LIFT)
  const west = await clerk(viewer, service, 'west', `/staff/cases/${code}`, { bypassCSP: true })
  await step(west, '抢单').click()
  await west.locator('.case .st', { hasText: '办理中' }).waitFor()
  expect(await west.locator('.ab').count()).toBe(0)

  await west.keyboard.press('r')
  await west.keyboard.type('您好。')
  await west.locator('.tm > button').focus()
  await west.keyboard.press('Enter')
  await west.locator('.tm [role=option]').first().waitFor()
  expect(await textOf(west.locator('.tm [role=option]').first())).toContain('电梯已修好')
  expect((await findings(west)).filter(one => one.includes('.tm'))).toEqual([])
  await west.keyboard.press('ArrowDown')
  await west.keyboard.press('ArrowUp')
  await west.keyboard.press('Enter')
  const fields = west.locator('#composer textarea')
  expect(await fields.nth(0).inputValue()).toMatch(/^您好。\n松州华庭.*____起恢复使用/)
  // The first blank is chosen: typing fills it.
  await west.keyboard.type('今天上午')
  expect(await fields.nth(0).inputValue()).toContain('今天上午起恢复使用，试运行____天')
  for (const box of await west.locator('#composer input[type=checkbox]').all()) await box.check()
  await west.keyboard.press('Control+Enter')
  await west.locator('#composer .fault', { hasText: '____' }).first().waitFor()
  for (const field of await fields.all())
    await field.fill((await field.inputValue()).replaceAll('____', '三'))
  await west.keyboard.press('Control+Enter')
  await west.locator('.case .st', { hasText: '已答复' }).waitFor()

  await person.hears('已经修好')
  await person.say('解决了，满意')
  const block = west.locator('.ab')
  await block.getByText('居民说解决了').waitFor()
  expect(await textOf(block)).toMatch(/首次联系按时[\s\S]*答复按时[\s\S]*没有重办[\s\S]*居民满意/)
  await block.getByRole('button', { name: '申请复核' }).click()
  await block.locator('textarea').fill('居民说满意，是按错了')
  await block.getByRole('button', { name: '提交申请' }).click()
  await block.getByText('已申请复核，等区里定').waitFor()

  const desk = await clerk(viewer, service, 'dispatcher', '/staff/assessment', { bypassCSP: true })
  await desk.locator('.asked a', { hasText: code }).click()
  const review = desk.locator('.ab')
  await review.getByRole('button', { name: '复核' }).click()
  await review.locator('label', { hasText: '满意' }).locator('select').selectOption('0')
  await review.locator('textarea').fill('已电话核实，居民不满意')
  await review.getByRole('button', { name: '复核定下' }).click()
  await review.getByText('原为：居民满意').waitFor()
  await block.getByText('经复核').waitFor()
  await block.getByText('原为：居民满意').waitFor()
})

it('the monthly table opens the cases behind a number, and fits a phone', { timeout: 60_000 }, async () => {
  const desk = await clerk(viewer, service, 'dispatcher', '/staff/assessment', { bypassCSP: true })
  await desk.locator('.as tbody tr').first().waitFor()
  expect(await findings(desk)).toEqual([])
  const cell = desk.locator('.as tbody tr', { hasText: '西城街道' }).locator('td').first()
  const n = Number(/(\d+)$/.exec((await textOf(cell)).trim())![1])
  await cell.locator('button').click()
  await desk.locator('dialog li').first().waitFor()
  expect(await desk.locator('dialog li').count()).toBe(n)
  await desk.keyboard.press('Escape')
  await desk.locator('dialog').waitFor({ state: 'detached' })
  const [kept] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('button', { name: '导出 Excel' }).click(),
  ])
  expect(kept.suggestedFilename()).toMatch(/^assessment-\d{4}-\d\d\.xlsx$/)
  await desk.setViewportSize(PHONE)
  expect(await overflow(desk)).toBe(0)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
