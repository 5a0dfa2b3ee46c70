import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, scriptThere, type Viewer } from './browser.ts'
import { handIn, resident, residentOn, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Whatever is typed or pressed is answered with a clear sentence, and nothing said before is lost. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('nothing is sent for nothing', async () => {
  const person = await resident(viewer, service)
  await person.page.getByText('您好，我是回音').waitFor()
  await person.say('')
  await person.say('   \n  ')
  await person.say('你好')
  await person.hears('您想办哪件事')
  expect(await person.own()).toEqual(['你好'])
})

it('10,000 characters are taken, 10,001 are kept in the field with a sentence', {
  timeout: 40_000,
}, async () => {
  const person = await resident(viewer, service)
  const { page } = person
  const long = `清河小区5号楼垃圾没人清运。${'说'.repeat(9_986)}`
  expect(long).toHaveLength(10_000)
  await person.say(`${long}！`)
  await page.getByText('一次最多 10,000 个字，现在有 10,001 个').waitFor()
  expect(await page.locator('#say').inputValue()).toHaveLength(10_001)
  expect(await person.own()).toEqual([])
  await person.say(long)
  await person.hears('清河小区')
  await person.hears(/留个电话吧|问题/)
})

it('control characters and half an emoji break nothing', async () => {
  const person = await resident(viewer, service)
  await scriptThere(person.page)
  await person.page.locator('#say').evaluate((field: HTMLTextAreaElement) => {
    field.value = '清河小区5号楼\u0000\u0007\u001b[31m垃圾\u200b\u202e没人清运\ud83d'
    field.dispatchEvent(new Event('input'))
  })
  await person.page.locator('#say').press('Enter')
  await person.hears('留个电话吧')
  expect(await textOf(await person.hears('在哪里'))).toContain('清河小区 5号楼')
})

it('an old button is answered in words, the question stays', async () => {
  const person = await resident(viewer, service)
  await person.say('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await person.hears('现在有没有人受困')
  await person.choose('都没有')
  await person.hears('没错我就交上去')
  await person.page.locator('.choice', { hasText: '有人正困在电梯里' }).click()
  await person.hears('这个按钮是前面的')
  await person.hears('没错我就交上去')
  expect(await person.page.locator('.sos').count()).toBe(0)
})

it('two tabs show the same log, once', { timeout: 40_000 }, async () => {
  const first = await resident(viewer, service)
  await first.page.locator('#say').waitFor()
  const second = residentOn(await first.page.context().newPage())
  await second.page.goto(`${service.url}/chat`)
  await second.page.getByText('您好，我是回音').waitFor()
  await Promise.all([first.say('清河小区5号楼垃圾没人清运'), second.say('电话13800000001')])
  await Promise.all([first.hears('清河小区 5号楼'), second.hears('清河小区 5号楼')])
  const said = async (tab: typeof first) => (await tab.log()).map(line => line.replace(/\s+/g, ' '))
  await expect.poll(async () => (await said(first)).join('|')).toBe((await said(second)).join('|'))
  expect((await first.own()).sort()).toEqual(['清河小区5号楼垃圾没人清运', '电话13800000001'].sort())
})

it('an unknown page says so and leads back', async () => {
  const page = await viewer.page(`${service.url}/no/such/page`)
  await page.getByText('没有这一页').first().waitFor()
  await page.getByRole('link', { name: '返回首页' }).first().click()
  await page.getByText('您有事，我们有回音').waitFor()
})

it('a wrong query code is refused again and again, then made to wait', { timeout: 40_000 }, async () => {
  const person = await resident(viewer, service)
  const code = await handIn(person)
  const page = await viewer.page(`${service.url}/lookup`)
  await page.locator('#code').fill('abc')
  await page.locator('#query').fill('12')
  await page.getByRole('button', { name: '查一查' }).click()
  await page.getByText('编号看着不完整').waitFor()
  await page.getByText('现在是 2 位').waitFor()
  await page.locator('#code').fill(code)
  const right = await textOf(person.page.locator('.receipt dl dd').first())
  const wrong = right === '000000' ? '000001' : '000000'
  await page.locator('#query').fill(wrong)
  for (let tries = 0; tries < 5; tries++) {
    const answered = page.waitForResponse('**/lookup')
    await page.getByRole('button', { name: '查一查' }).click()
    expect((await answered).status()).toBe(404)
    await page.getByText('编号或查询码不对').waitFor()
  }
  await page.locator('#query').fill(right)
  await page.getByRole('button', { name: '查一查' }).click()
  await page.getByText('试得太频繁了').waitFor()
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
