import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, type Viewer } from './browser.ts'
import { CODE, resident, SEND, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** The service dies in the middle of a talk: the page says so, comes back by itself and loses nothing. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

const away = '.dock .line'

it('goes on at the same question, and sends once what was written meanwhile', {
  timeout: 60_000,
}, async () => {
  const person = await resident(viewer, service)
  const { page } = person
  await person.say('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await person.hears('现在有没有人受困')
  const before = await person.log()

  await service.kill()
  await page.locator(away).waitFor()
  await person.say('都没有')
  await page.getByText('没送到').waitFor()
  await service.start()

  await person.hears('没错我就交上去')
  await page.locator(away).waitFor({ state: 'hidden' })
  const after = await person.log()
  expect(after.slice(0, before.length), 'what stood there still stands').toEqual(before)
  expect((await person.own()).filter(said => said === '都没有')).toHaveLength(1)

  await service.kill()
  await service.start()
  await person.choose(SEND)
  await page.locator('.receipt').waitFor({ timeout: 20_000 })
  expect(await textOf(page.locator('.receipt'))).toMatch(CODE)

  await page.reload()
  await page.locator('.receipt').waitFor()
  expect((await person.own()).filter(said => SEND.test(said))).toHaveLength(1)
  expect(await page.locator('.receipt').count()).toBe(1)
})

it('sends words left on the device when the page is opened again', { timeout: 60_000 }, async () => {
  const person = await resident(viewer, service)
  await person.say('你好')
  await person.hears('我是回音')
  await service.kill()
  await person.page.locator(away).waitFor()
  await person.say('清河小区5号楼垃圾没人清运')
  await person.page.close()
  await service.start()
  const again = await person.page.context().newPage()
  await again.goto(`${service.url}/chat`)
  await again.locator('.log .turn', { hasText: '留个电话吧' }).waitFor()
  expect(await again.locator('.log .m.me', { hasText: '清河小区5号楼垃圾没人清运' }).count()).toBe(1)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
