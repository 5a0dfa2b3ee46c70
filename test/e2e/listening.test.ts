import { afterAll, beforeAll, expect, it } from 'vitest'
import { openViewer, scriptThere, type Viewer } from './browser.ts'
import { listenTo } from './listener.ts'
import { CODE, SEND } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** A whole complaint with the accessibility tree alone, as a screen reader has it: no pixels, no selectors. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService(), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

it('by chat', { timeout: 90_000 }, async () => {
  const page = await viewer.page(`${service.url}/`)
  const ear = await listenTo(page)
  await scriptThere(page)
  await ear.hears(/heading 您有事，我们有回音/)
  await ear.goTo('link', /开始说/)
  await ear.press('Enter')
  await ear.hears(/我是回音/)
  await scriptThere(page)
  expect(await ear.live(), 'the talk is announced as it grows').toContainEqual(
    expect.stringMatching(/^polite: log/),
  )
  await ear.goTo('textbox', /说一句/)
  await ear.type('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await ear.press('Enter')
  await ear.hears(/现在有没有人受困/)
  await ear.goTo('button', /没人被困/)
  await ear.press('Enter')
  await ear.hears(/没错我就交上去/)
  await ear.hears(/红山郡 3号楼/)
  await ear.goTo('button', SEND)
  await ear.press('Enter')
  const receipt = await ear.hears(CODE)
  const code = CODE.exec(receipt)?.[0]
  await ear.hears(/西城街道/)
  await ear.hears(/最晚答复您/)
  await ear.goTo('link', /看进度/)
  await ear.press('Enter')
  await ear.hears(/heading .*办到哪一步了/)
  await ear.hears(/现在谁在办/)
  await ear.hears(new RegExp(String(code)))
})

it('by form: what is wrong is announced and led to', { timeout: 90_000 }, async () => {
  const page = await viewer.page(`${service.url}/form/grievance`)
  const ear = await listenTo(page)
  await scriptThere(page)
  await ear.hears(/heading .*什么事/)
  await ear.goTo('button', /下一步/)
  await ear.press('Enter')
  await ear.hears(/^alert/)
  await ear.goTo('textbox', /./)
  await ear.type('楼道灯坏了一个月，天黑看不见')
  await ear.goTo('button', /下一步/)
  await ear.press('Enter')
  await ear.hears(/heading .*哪里/)
  await ear.goTo('textbox', /./)
  await ear.type('红山郡 2号楼')
  await ear.press('Enter')
  await ear.hears(/heading .*电话|heading .*联系/)
  await ear.goTo('textbox', /./)
  await ear.type('13800000000')
  await ear.press('Enter')
  await ear.hears(/heading .*(看一遍|核对)/)
  await ear.hears(/红山郡 2号楼/)
  await ear.goTo('button', /交上去/)
  await ear.press('Enter')
  await ear.hears(CODE)
  await ear.hears(/最晚答复您/)
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
