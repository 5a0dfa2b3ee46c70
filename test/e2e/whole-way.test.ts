import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, type Viewer } from './browser.ts'
import { layLine } from './line.ts'
import { CODE, clerk, count, handIn, resident, SEND, step, textOf, took } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A resident says what is wrong and gets an answer; both sides see each other without loading a page again. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService({ now: MONDAY }), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** A working morning in Chifeng: offices are at their desks. */
const MONDAY = '2026-11-23T01:30:00.000Z'

it('from the first sentence to "没解决", in two browsers', { timeout: 60_000 }, async () => {
  const [desk, person] = await Promise.all([
    clerk(viewer, service, 'west', '/staff/cases?list=grab'),
    resident(viewer, service),
  ])
  const measured: Record<string, number> = {}

  await person.say('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await person.hears('只差一个问题')
  await person.choose('没人被困，家有老人或病人')
  const summary = await textOf(await person.hears('没错我就交上去'))
  for (const part of ['3号楼电梯坏了两周，物业不管', '红山郡 3号楼', '138****0000'])
    expect(summary).toContain(part)
  const asked = (await person.log()).filter(said => said.includes('？') && said.includes('1\n'))
  expect(asked, 'one question before the summary').toHaveLength(1)

  const row = desk.locator('.list .row', { hasText: '3号楼电梯坏了两周' })
  measured.inTheList = await took(async () => {
    await person.choose(SEND)
    await row.waitFor()
  })
  const receipt = await textOf(await person.hears('最晚答复您'))
  expect(receipt).toContain('西城街道')
  expect(receipt).toMatch(/11月\d+日 星期/)
  const code = CODE.exec(receipt)?.[0]
  expect(code).toMatch(/^HS-20261123-\d{4}$/)

  await row.click()
  await step(desk, '抢单').click()
  await person.hears('有人接手了')
  await step(desk, '记录联系').click()
  const asking = desk.locator('dialog.dlg')
  await asking.getByLabel('电话').check()
  await asking.getByLabel('内容').fill('已电话联系，约好今天下午上门看电梯。')
  await asking.locator('button.p').click()
  await asking.waitFor({ state: 'hidden' })

  await step(desk, '答复居民').click()
  await desk.getByLabel('办理结果').fill('电梯已修好，今天恢复运行。')
  await desk.getByLabel('查明的情况').fill('曳引机抱闸磨损，维保单位没有按期更换。')
  await desk.getByLabel('依据').fill('特种设备安全法第四十五条')
  await desk.locator('#composer input[type=checkbox]').check()
  await person.page.goto(`${service.url}/cases/${code}`)
  await person.page.getByText('西城街道联系了您').waitFor()
  measured.answerOnThePage = await took(async () => {
    await desk.locator('#composer form .btn.p').click()
    await person.page.getByText('曳引机抱闸磨损').first().waitFor()
  })

  const before = await count(desk, '居民新回话')
  await person.page.getByRole('button', { name: /^没解决/ }).click()
  await person.hears('哪里没办好')
  measured.reopenedAtTheDesk = await took(async () => {
    await person.say('修好一天又停了，老人还是下不了楼')
    await desk.locator('.case .st', { hasText: '重新办理中' }).waitFor()
  })
  await expect.poll(() => count(desk, '居民新回话'), { timeout: 10_000 }).toBe(before + 1)
  await person.hears('重新办，西城街道')

  process.stdout.write(`${JSON.stringify(measured)}\n`)
})

it('a message of the clerk stands in the talk at once', { timeout: 30_000 }, async () => {
  const person = await resident(viewer, service)
  const code = await handIn(person, '2号楼电梯坏了，我是红山郡的，电话13800000000')
  const desk = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
  await step(desk, '抢单').click()
  await step(desk, '给居民留言').click()
  await desk.locator('#composer textarea').fill('师傅今天下午三点到。')
  const ms = await took(async () => {
    await desk.locator('#composer form .btn.p').click()
    await person.hears('师傅今天下午三点到。')
  })
  process.stdout.write(`${JSON.stringify({ messageInTheTalk: ms })}\n`)
})

it('what changed while the line was cut stands on the page once it is back', {
  timeout: 60_000,
}, async () => {
  const line = await layLine(service.url)
  try {
    const person = await resident(viewer, { ...service, url: line.url })
    const code = await handIn(person, '1号楼电梯坏了，我是红山郡的，电话13800000002')
    const desk = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
    await person.page.goto(`${line.url}/cases/${code}`)
    await person.page.locator('.now').waitFor()
    line.cut()
    await step(desk, '抢单').click()
    await step(desk, '给居民留言').waitFor()
    line.mend()
    await person.page.locator('.now', { hasText: /:\d\d 接手/ }).waitFor({ timeout: 30_000 })
  } finally {
    await line.close()
  }
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
