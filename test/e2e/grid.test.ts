import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, type Viewer } from './browser.ts'
import { CODE, clerk, resident, SEND, step, textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A grid worker between the desk and the chat: the link, an order told there and done there, the records on the desk. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('links at the desk, works in the chat, and the desk sees it', { timeout: 90_000 }, async () => {
  const desk = await clerk(viewer, service, 'gridworker', '/staff/me')
  await desk.getByRole('button', { name: '取绑定码' }).click()
  const sentence = await textOf(desk.locator('.link .say'))
  const worker = await resident(viewer, service)
  await worker.say(sentence)
  await worker.hears('绑好了')
  await desk.getByRole('button', { name: '发完了' }).click()
  await desk.locator('.link .done', { hasText: '已绑定' }).waitFor()

  const wang = await resident(viewer, service)
  await wang.say('红山郡3号楼前的垃圾堆了三天没人清')
  await wang.choose('不留电话')
  await wang.choose(SEND)
  await wang.page.locator('.receipt .code b').waitFor()
  const code = CODE.exec(await textOf(wang.page.locator('.receipt .code b').last()))![0]

  const west = await clerk(viewer, service, 'west', `/staff/cases/${code}`)
  await step(west, '抢单').click()
  await step(west, '分单').waitFor()
  await west.evaluate(async code => {
    const me = await (await fetch('/api/staff/me')).json()
    const body = JSON.stringify({ below: '150402010003001', task: '到现场看看，清走' })
    const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf }
    await fetch(`/api/staff/cases/${code}/steps/split`, { method: 'POST', headers, body })
  }, code)

  await worker.hears(`${code} 请本单位协办`)
  await worker.say('我的工单')
  await worker.hears('到现场看看')
  await worker.choose('接单')
  await worker.hears('接下了')
  await worker.say('我的工单')
  await worker.choose('办结，带照片')
  await worker.hears('办得怎么样')
  await worker.say('垃圾清走了')
  await worker.hears('有办好以后的照片')
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#697' } })
    .jpeg()
    .toBuffer()
  await worker.page
    .locator('input[data-for=photo]')
    .setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: picture })
  await worker.page.locator('.tray li.ready').waitFor()
  await worker.page.getByRole('button', { name: '发送' }).click()
  await worker.hears('办结交上去了')

  await west.goto(`${service.url}/staff/cases/${code}`)
  await west.locator('.case .ths img').first().waitFor()
  expect(await textOf(west.locator('.case'))).toContain('垃圾清走了')

  await worker.say('政策宣传')
  await worker.hears('宣传了什么政策')
  await worker.say('讲了冬季用电安全')
  await worker.hears('在哪里，或者哪一户')
  await worker.choose('跳过')
  await worker.hears('有照片就发给我')
  await worker.choose('跳过')
  await worker.hears('政策宣传记下了')
  await west.goto(`${service.url}/staff/grids`)
  await west.getByRole('link', { name: '红山郡社区' }).click()
  await west.locator('li', { hasText: '讲了冬季用电安全' }).waitFor()

  await desk.getByRole('button', { name: '解除绑定' }).click()
  await desk.getByText('已解除绑定').waitFor()
  await worker.say('我的工单')
  await worker.hears('已经结束')
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
