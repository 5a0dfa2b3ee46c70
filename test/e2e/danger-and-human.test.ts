import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, type Viewer } from './browser.ts'
import { clerk, resident, textOf, took } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Danger reaches the person on duty, and a person can take a talk over and give it back. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('danger: the number to call first, the alarm at the desk, the word that somebody has seen it', {
  timeout: 60_000,
}, async () => {
  const [desk, person] = await Promise.all([clerk(viewer, service, 'dispatcher'), resident(viewer, service)])
  const bar = desk.locator('#alert-bar')
  while (await bar.isVisible()) {
    await bar.locator('.yes').click()
    await desk.waitForTimeout(300)
  }

  const raised = await took(async () => {
    await person.say('我不想活了')
    await bar.waitFor()
  })
  const card = person.page.locator('.sos')
  await card.waitFor()
  expect(await card.locator('a').first().getAttribute('href')).toBe('tel:12356')
  expect(await textOf(card.locator('a').first())).toMatch(/^打 12356 心理援助/)
  expect((await card.boundingBox())?.y, 'the card is read from its top').toBeGreaterThan(0)
  expect((await person.log())[1], 'nothing stands before the emergency card').toContain('12356')
  expect(await textOf(bar)).toContain('可能伤害自己')

  const told = await took(async () => {
    await bar.locator('.yes').click()
    await person.hears(/看到了|已经看到|有人管|值班/)
  })
  await bar.waitFor({ state: 'hidden' })
  process.stdout.write(`${JSON.stringify({ alarmAtTheDesk: raised, seenAtThePage: told })}\n`)
})

it('人工: a person takes the talk over, both talk, the bot goes on', { timeout: 60_000 }, async () => {
  const [desk, person] = await Promise.all([
    clerk(viewer, service, 'dispatcher', '/staff/conversations'),
    resident(viewer, service),
  ])
  await person.say('清河小区5号楼垃圾没人清运')
  await person.hears('留个电话吧')
  await person.page.locator('.quick button', { hasText: '人工' }).click()
  await person.hears('去请工作人员')

  await desk.locator('.talks .row').first().waitFor()
  await desk.locator('.talks .row').first().click()
  await desk.getByRole('button', { name: '我来接' }).click()
  await person.hears('工作人员来和您说了')

  const heard = await took(async () => {
    await desk.locator('#say').fill('您好，我是韩春雨，垃圾堆在哪个单元？')
    await desk.locator('#say').press('Enter')
    await person.hears('垃圾堆在哪个单元')
  })
  const answered = await took(async () => {
    await person.say('二单元门口')
    await desk.locator('.th .m', { hasText: '二单元门口' }).waitFor()
  })
  process.stdout.write(`${JSON.stringify({ clerkToPage: heard, pageToClerk: answered })}\n`)
  const silent = (await person.log()).slice(-1)[0]
  expect(silent, 'the bot keeps out of it').toContain('二单元门口')

  await desk.getByRole('button', { name: '交还机器人' }).click()
  await person.hears('交还给我')
  await expect.poll(async () => (await person.log()).at(-1)).toContain('留个电话吧')
  await person.say('不留')
  await person.hears('没错我就交上去')
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
