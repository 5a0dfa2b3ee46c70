import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AGREEMENT, RECORD } from '../actions/mediating.ts'
import { findings } from './axe.ts'
import { openViewer, PHONE, scriptThere, type Viewer } from './browser.ts'
import { apply } from './mediating.ts'
import { textOf } from './people.ts'
import { SETTING_UP, type Service, startService } from './service.ts'

/** Two sides of a mediation, each in a browser of its own: applied for, agreed to, booked, held, written down; and refused. */

let service: Service
let viewer: Viewer
beforeAll(async () => {
  ;[service, viewer] = await Promise.all([startService({ now: EARLY }), openViewer()])
}, SETTING_UP)
afterAll(async () => {
  await viewer?.close()
  await service?.stop()
})

/** A working morning in Chifeng, within the hour before the first meeting of the day. */
const EARLY = '2026-11-23T00:10:00.000Z'

/** One of the staff, through the door the desk uses. */
async function staff(login: string): Promise<(path: string, body?: object) => Promise<unknown>> {
  const entered = await fetch(`${service.url}/api/staff/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'huiyin-demo' }),
  })
  const cookie = entered.headers.getSetCookie().map(one => one.split(';')[0])
  const { csrf } = (await entered.json()) as { csrf: string }
  return async (path, body = {}) => {
    const answer = await fetch(`${service.url}/api/staff/mediations/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, cookie: cookie.join('; ') },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    expect([path, answer.status, text.slice(0, 300)]).toEqual([path, 200, expect.anything()])
    return JSON.parse(text)
  }
}

/** What stands beside a refusal of a slot. */
const NEXT = ['2026-11-24T01:00:00.000Z', '2026-11-24T02:00:00.000Z', '2026-11-25T01:00:00.000Z'].map(
  why => ({
    field: 'slot',
    why,
  }),
)

const open = (path: string) =>
  viewer.page(`${service.url}${path}`, { viewport: { ...PHONE, width: 320 }, bypassCSP: true })

const looks = async (page: Page, state: string) => expect([state, await findings(page)]).toEqual([state, []])

/** The letter is printed, and the other party opens its link. */
async function invited(code: string): Promise<Page> {
  const secretary = await staff('panel-property')
  await secretary(`${code}/steps/admit`)
  const { link } = (await secretary(`${code}/letter`)) as { link: string }
  const page = await open(new URL(link).pathname)
  await scriptThere(page)
  await looks(page, 'invitation')
  await page.getByRole('button', { name: '打开邀请' }).click()
  await page.getByRole('heading', { name: '您愿意调解吗？' }).waitFor()
  expect(new URL(page.url()).pathname, 'the link is not left in the address').toBe(`/mediations/${code}`)
  return page
}

it('from the application to the agreement, in two browsers', { timeout: 120_000 }, async () => {
  const applicant = await open('/mediation')
  const code = await apply(applicant)
  await applicant.goto(`${service.url}/cases`)
  await applicant.locator('.mine a', { hasText: code }).click()
  await applicant.getByText('等待受理').waitFor()
  await looks(applicant, 'applied')

  const other = await invited(code)
  await looks(other, 'asked')
  expect(await textOf(other.locator('main'))).not.toContain('问了几次都推')
  await applicant.getByRole('textbox', { name: '想说的话' }).fill('我最多让两成，先别告诉他们。')
  await applicant.getByRole('button', { name: '发给调解员' }).click()
  await applicant.getByText('已经交给调解员了').waitFor()
  await other.getByRole('button', { name: /^愿意调解/ }).click()
  await other.getByRole('heading', { name: '约时间' }).waitFor()
  expect(await textOf(other.locator('main'))).not.toContain('让两成')

  // Both say when they can; what suits both stands first and is booked.
  await other
    .getByRole('button', { name: /^方便：.* 09:00/ })
    .first()
    .click()
  await other.locator('.times .tag', { hasText: '您方便' }).waitFor()
  await looks(other, 'marking')
  await applicant.locator('.times .tag', { hasText: '对方方便' }).waitFor()
  await applicant
    .getByRole('button', { name: /^方便：.* 09:00/ })
    .first()
    .click()
  // An hour gone meanwhile is answered by the next three, each to be held at once.
  const gone = { error: { code: 'conflict', message: '这个时间刚刚被别人约走了。', details: NEXT } }
  await other.route('**/hold', route => route.fulfill({ status: 409, json: gone }), { times: 1 })
  await other
    .getByRole('button', { name: /^定这个：.* 10:00/ })
    .first()
    .click()
  await other.getByText('刚刚被别人约走了').waitFor()
  expect(await other.locator('.nextfew button').allInnerTexts()).toEqual([
    '11月24日 星期二 09:00–10:00',
    '11月24日 星期二 10:00–11:00',
    '11月25日 星期三 09:00–10:00',
  ])
  await looks(other, 'taken')

  await applicant.getByRole('group', { name: '双方都方便' }).getByRole('button').first().click()
  await applicant.getByText('给您留着这个时间').waitFor()
  expect(await textOf(applicant.locator('.hold'))).toMatch(/[45]:\d\d\s*给您留 5 分钟/)
  await looks(applicant, 'held')
  await other.locator('.theirs', { hasText: '对方正在确认 11月23日 星期一 09:00–10:00' }).waitFor()
  expect(
    await other
      .getByRole('button', { name: /^定这个：/ })
      .first()
      .isDisabled(),
  ).toBe(true)
  await looks(other, 'waiting for the other side')

  await applicant.getByRole('button', { name: '就定这个时间' }).click()
  await applicant.getByText('见面的时间和地方').waitFor()
  await other.getByText('见面的时间和地方').waitFor()
  expect(await textOf(other.locator('.meeting'))).toContain('11月23日 星期一\n09:00–10:00')
  await other.getByRole('button', { name: '能到' }).click()
  await other.getByText('您说了能到').waitFor()
  await looks(other, 'booked')
  const calendar = await other.request.get(`${service.url}/api/resident/mediations/${code}/session.ics`)
  expect(await calendar.text()).toContain('DTSTART')

  const secretary = await staff('panel-property')
  await secretary(`${code}/steps/assign`, { mediator: await mediatorOf(other, code) })
  const mediator = await staff('mediator')
  await mediator(`${code}/steps/begin`, { told: true })
  await mediator(`${code}/steps/agree`, { record: RECORD, agreement: AGREEMENT })
  await other.getByRole('heading', { name: '调解协议书' }).waitFor()
  await applicant.getByText('公布三年公共收益明细').first().waitFor()
  await looks(applicant, 'agreed')
  const [paper] = await Promise.all([
    applicant.waitForEvent('download'),
    applicant.getByRole('link', { name: '下载 Word 文件' }).click(),
  ])
  expect(paper.suggestedFilename()).toMatch(/^HS-P01-2026-\d{4}\.docx$/)
  expect(
    readFileSync(await paper.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await applicant.getByRole('button', { name: '愿意申请司法确认' }).click()
  await applicant.getByText('您愿意申请').waitFor()
  await other.getByText('对方愿意申请').waitFor()
  await applicant.getByRole('button', { name: '对方没做到：公布三年公共收益明细' }).click()
  await applicant.getByRole('button', { name: '告诉调解组织' }).click()
  await applicant.getByRole('heading', { name: '还能走的路' }).waitFor()
  await looks(applicant, 'broken')
})

/** The mediator of the booked meeting, as the page names them. */
async function mediatorOf(page: Page, code: string): Promise<string> {
  const answer = await page.request.get(`${service.url}/api/resident/mediations/${code}`)
  const { session, mediators } = (await answer.json()) as {
    session: { mediator: string }
    mediators: { id: string; name: string }[]
  }
  return mediators.find(({ name }) => name === session.mediator)!.id
}

it('refused: both are told that it ended, and the other roads', { timeout: 90_000 }, async () => {
  const applicant = await open('/mediation')
  const code = await apply(applicant)
  const other = await invited(code)
  await other.getByRole('button', { name: /^不愿意/ }).click()
  await other.getByText('调解就到此为止').waitFor()
  await looks(other, 'refusing')
  await other.getByRole('textbox', { name: /说说原因/ }).fill('我们已经公示过了。')
  await other.getByRole('button', { name: '不愿意调解' }).click()
  await other.getByRole('heading', { name: '还能走的路' }).waitFor()
  await looks(other, 'refused')
  await applicant.goto(`${service.url}/mediations/${code}`)
  await applicant.getByText('对方没有同意，已结束').waitFor()
  const told = await textOf(applicant.locator('main'))
  expect(told).toContain('12348')
  expect(told).not.toContain('公示过了')
})

it('a letter: its code by hand, and a code that opens nothing', { timeout: 60_000 }, async () => {
  const page = await open('/m')
  await scriptThere(page)
  const field = page.getByRole('textbox', { name: '邀请信上的编码' })
  await field.fill('abcd')
  await page.getByRole('button', { name: '打开邀请' }).click()
  await page.getByText('现在是 4 位').waitFor()
  await field.fill('abcd efgh jklm')
  await page.getByRole('button', { name: '打开邀请' }).click()
  await page.getByText('已经用过、换过，或者不对').waitFor()
  await looks(page, 'wrong code')
})

it('nothing broke on either side', () => {
  expect(viewer.complaints).toEqual([])
  expect(service.faults).toEqual([])
})
