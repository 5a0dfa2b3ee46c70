import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findings } from './axe.ts'
import { openViewer, PHONE, type Viewer } from './browser.ts'
import { clerk, handIn, more, type Resident, resident, step, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Town, two departments and the district at their desks, a resident in the chat: each sees the others' turns as they come. */

let service: Service
let viewer: Viewer
const found: Record<string, string[]> = {}
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService({ now: MONDAY }), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** A working morning in Chifeng: offices are at their desks. */
const MONDAY = '2026-11-23T01:30:00.000Z'
const LIST = '电梯停运超过三天'

const desk = (login: string, code: string) =>
  clerk(viewer, service, login, `/staff/cases/${code}`, { bypassCSP: true })

/** Fills the form of a step, looks at it with axe, and sends it. Fields by their label. */
async function fill(page: Page, label: string, fields: Record<string, string>): Promise<void> {
  const asking = page.locator('dialog.dlg')
  await asking.locator('.need').first().waitFor()
  for (const [name, text] of Object.entries(fields)) {
    const need = asking.locator('.need', { hasText: name })
    const field = need.locator('textarea, input')
    if ((await need.locator('fieldset').count()) > 0) {
      await need.getByLabel(text, { exact: true }).check()
      continue
    }
    await field.fill(text)
    const list = need.getByRole('option', { name: text })
    if ((await field.getAttribute('role')) !== 'combobox') continue
    // Looked at with the list open, then chosen from it.
    await looked(page, `${label} list`)
    await list.first().click()
  }
  await looked(page, label)
  await asking.locator('button.p').click()
  await asking.waitFor({ state: 'hidden' })
}

async function looked(page: Page, label: string): Promise<void> {
  const wrong = await findings(page)
  if (wrong.length > 0) found[label] = wrong
}

async function answers(page: Page, result: string): Promise<void> {
  await step(page, '答复居民').click()
  await page.getByLabel('办理结果').fill(result)
  await page.getByLabel('查明的情况').fill('曳引机抱闸磨损，维保单位没有按期更换。')
  await page.getByLabel('依据').fill('物业服务合同第六条')
  for (const box of await page.locator('#composer input[type=checkbox]').all()) await box.check()
  await page.locator('#composer form .btn.p').click()
}

async function orders(page: Page): Promise<string> {
  return (await textOf(page.locator('.case .cm'))).replace(/\s+/g, ' ')
}

let person: Resident
let code: string

it('whistled to two, one objects, the district decides, both report, answered, done again, solved', {
  timeout: 120_000,
}, async () => {
  person = await resident(viewer, service)
  code = await handIn(person)
  const [west, housing, market, district] = (await Promise.all(
    ['west', 'chengjian', 'shichang', 'dispatcher'].map(login => desk(login, code)),
  )) as [Page, Page, Page, Page]
  await step(west, '抢单').click()
  await person.hears('有人接手了')
  await step(west, '吹哨联单').click()
  await fill(west, 'joint', { 按清单吹哪一项: LIST, 请对方做什么: '请到场看电梯' })
  await person.hears(/请了.*住房和城乡建设局.*一起办/)

  await housing.reload()
  await step(housing, '签收').first().click()
  await step(housing, '报回').click()
  await fill(housing, 'report', { 办理结果: '已责令物业三日内修复' })
  await market.reload()
  await step(market, '申请退单').click()
  await fill(market, 'object', { 理由: '已移交物业，不属监管事项', 建议给哪个单位: '城市管理' })
  await step(district, '不同意退单').click()
  await fill(district, 'overrule', { 理由: '特种设备归你们管' })
  await step(market, '报回').click()
  await fill(market, 'report', { 办理结果: '已要求维保单位更换抱闸' })
  await expect.poll(() => orders(west)).toMatch(/已责令物业三日内修复.*已要求维保单位更换抱闸/)

  await answers(west, '电梯已修好，今天恢复运行。')
  await person.hears('电梯已修好，今天恢复运行。')
  await person.say('没解决')
  await person.hears('哪里没办好')
  await person.say('修好一天又停了，老人还是下不了楼')
  await person.hears('重新办')
  await west.locator('.case .st', { hasText: '重新办理中' }).waitFor()
  await answers(west, '曳引机已经换新，试运行正常。')
  await person.hears('曳引机已经换新')
  await person.say('解决了，满意')
  await person.hears('办结')
  await west.locator('.case .st', { hasText: '已办结' }).waitFor()
  const log = (await person.log()).join('\n')
  for (const inside of ['已责令物业三日内修复', '不属监管事项', '特种设备归你们管', '请到场看电梯'])
    expect(log).not.toContain(inside)
})

it('split to a community, extended, late, 督办, returned, a leader named, closed in silence', {
  timeout: 180_000,
}, async () => {
  person = await resident(viewer, service)
  code = await handIn(person, '1号楼电梯坏了，我是红山郡的，电话13800000003')
  const [west, district] = await Promise.all([desk('west', code), desk('dispatcher', code)])
  await step(west, '抢单').click()
  await more(west)
  await step(west, '定类别').click()
  await fill(west, 'classify', { 类别: '一般', 理由: '两部电梯各停一部，有人照应' })
  await step(west, '分单').click()
  await fill(west, 'split', { 派给下面哪个单位: '红山郡社区', 请对方做什么: '到现场看看' })
  await person.hears(/红山郡.*一起办/)
  await more(west)
  await step(west, '申请延期').click()
  await fill(west, 'askExtension', { 原因: '要等新的维保公司进场', 延到哪一天: '2026-12-01' })
  await step(district, '批准延期').click()
  await fill(district, 'extend', { 原因: '要等新的维保公司进场', 延到哪一天: '2026-12-01' })
  await person.hears('要晚一些答复')
  await more(west)
  await step(west, '更正要点').click()
  await fill(west, 'correct', { 要点: '修好电梯\n说清楚谁负责' })
  const hongshan = await desk('hongshanjun', code)
  await step(hongshan, '报回').click()
  await fill(hongshan, 'report', { 办理结果: '两部都停，维保公司已撤场' })
  await expect.poll(() => orders(west)).toContain('两部都停')

  await goOn('2026-12-03T01:30:00.000Z')
  await person.hears('答应您的日期过了')
  const late = await desk('west', code)
  await late.locator('.case .tag', { hasText: '督办' }).first().waitFor()
  await step(late, '返单给区里').click()
  await fill(late, 'return', { 理由: '物业弃管，镇街办不了' })
  await person.hears('答应您的日期已经过了，区里盯着办')
  const again = await desk('dispatcher', code)
  await step(again, '定牵头').click()
  await fill(again, 'designate', { 主办单位: '住房和城乡建设局', 请对方做什么: '一起解决电梯' })
  await person.hears('区里已经定下')
  const housing = await desk('chengjian', code)
  await step(housing, '报回').click()
  await fill(housing, 'report', { 办理结果: '已动用维修资金换新' })
  await expect.poll(() => orders(again)).toContain('已动用维修资金换新')
  await answers(again, '两部电梯都已换新，今天恢复运行。')
  await person.hears('红山区答复您了')

  await goOn('2026-12-10T01:30:00.000Z')
  await person.hears('先按“居民未评价”办结')
  const end = await desk('dispatcher', code)
  await end.locator('.case .st', { hasText: '已办结' }).waitFor()
  await expect.poll(() => orders(end)).toContain('考评')
  await end.setViewportSize(PHONE)
  await end.locator('#case-title').waitFor()
  expect(await findings(end)).toEqual([])
})

/** The service is off, and on again days later. */
async function goOn(at: string): Promise<void> {
  await service.kill()
  await service.start(at)
}

it('no form has a finding of axe, and nothing broke on either side', () => {
  expect(found).toEqual({})
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
