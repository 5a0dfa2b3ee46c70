import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openMediation } from '../../src/actions/open-mediation.ts'
import { AGREEMENT, APPLICATION, RECORD } from '../actions/mediating.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** Monday 2026-11-09, 09:00 in Chifeng. */
const NINE = '2026-11-09T01:00:00.000Z'
const TEN = '2026-11-09T02:00:00.000Z'

/** Words that one side, or the panel, may know, and nobody else. */
const SECRETS = {
  applicant: ['对方不知道我录了音', '13800000001', '王小明', '物业三年没有公布公共收益', 'afraid'],
  other: ['我们其实愿意退一半', '13900000002'],
}

let api: Api
let applicant: Browser
let other: Browser
let secretary: Browser
let mediator: Browser
let code: string

async function resident(): Promise<{ browser: Browser; personId: string }> {
  const browser = api.browser()
  await browser.post('/api/resident/session', {})
  const { id } = (await api.house.store.read.sql.get<{ id: string }>(
    'SELECT "id" FROM "Person" ORDER BY "id" DESC LIMIT 1',
  ))!
  return { browser, personId: id }
}

const go = async (who: Browser, path: string, body: object = {}) => {
  const answer = await who.post(path, body)
  expect([path, answer.statusCode, answer.body.slice(0, 300)]).toEqual([path, 200, expect.anything()])
  return answer.json()
}
const side = (path = '') => `/api/resident/mediations/${code}${path}`
const desk = (path = '') => `/api/staff/mediations/${code}${path}`
const read = async (who: Browser, path: string) => (await who.get(path)).json()

beforeEach(async () => {
  api = await makeApi()
  await api.staff('sec', 'panelSecretary', 'P01')
  await api.staff('med', 'mediator', 'P01')
  secretary = await api.desk('sec')
  mediator = await api.desk('med')
  const first = await resident()
  applicant = first.browser
  const opened = await api.house.store.write(tx =>
    openMediation(api.house, tx, first.personId, APPLICATION, api.house.now()),
  )
  code = opened.row.code
  other = (await resident()).browser
})
afterEach(() => api.close())

/** The other party opens its letter and says yes. */
async function bothWilling() {
  await go(secretary, desk('/steps/admit'))
  const { letterCode } = await go(secretary, desk('/letter'))
  expect(await go(other, '/api/resident/invitations', { token: letterCode.toLowerCase() })).toEqual({ code })
  await go(other, side('/steps/consent'))
}

async function booked(startsAt = NINE) {
  await bothWilling()
  const { session } = await go(applicant, side('/hold'), { startsAt })
  return go(applicant, side('/steps/book'), { session: session.id })
}

/** Days later the desk signs in again. */
async function later(instant: string) {
  api.at(instant)
  secretary = await api.desk('sec')
  mediator = await api.desk('med')
}

/** Held, agreed in writing, two promises made. */
async function agreed() {
  await booked()
  await later('2026-11-09T01:05:00.000Z')
  await go(mediator, desk('/steps/begin'), { told: true })
  return go(mediator, desk('/steps/agree'), { record: RECORD, agreement: AGREEMENT })
}

test('each side is spoken to as itself', async () => {
  await go(secretary, desk('/steps/admit'))
  const { letterCode } = await go(secretary, desk('/letter'))
  await go(other, '/api/resident/invitations', { token: letterCode })
  const asked = { stateWords: '请您说愿不愿意', coming: [{ words: '您说愿不愿意' }, {}] }
  expect(await read(other, side())).toMatchObject(asked)
  const waits = { stateWords: '已受理，正在问对方愿不愿意', coming: [{ words: '对方答复' }, {}] }
  expect(await read(applicant, side())).toMatchObject(waits)
  await go(other, side('/steps/rebuff'))
  expect((await read(other, side())).timeline.pop().words).toBe('您没有同意调解')
  expect((await read(applicant, side())).timeline.pop().words).toBe('对方不愿意调解')
  expect((await read(applicant, '/api/resident/cases')).cases[0].kind).toBe('mediation')
})

describe('the whole way', () => {
  test('apply, consent, mark, book, agree, download, court, keep, visit', async () => {
    await bothWilling()
    await go(other, side('/steps/mark'), { marks: [TEN] })
    await go(applicant, side('/steps/mark'), { marks: [NINE, TEN] })
    const { slots, marks } = await read(applicant, side('/slots?from=2026-11-09&to=2026-11-09'))
    expect(marks).toEqual({ mine: [NINE, TEN], both: [TEN] })
    expect(slots.find((one: { startsAt: string }) => one.startsAt === TEN)).toMatchObject({ suits: 'both' })
    const { session, until } = await go(applicant, side('/hold'), { startsAt: TEN })
    expect(Date.parse(until) - Date.parse(api.house.now())).toBe(5 * 60_000)
    const view = await go(applicant, side('/steps/book'), { session: session.id })
    expect(view).toMatchObject({
      state: 'booked',
      session: { startsAt: TEN, mediator: '姓名med' },
      changesLeft: 2,
    })
    await later('2026-11-09T02:00:00.000Z')
    await go(mediator, desk('/steps/begin'), { told: true })
    const staff = await go(mediator, desk('/steps/agree'), { record: RECORD, agreement: AGREEMENT })
    expect(staff).toMatchObject({ state: 'performing', court: { state: 'open' } })
    const shown = await read(other, side('/agreement'))
    expect(shown).toMatchObject({
      no: 'HS-P01-2026-0001',
      oral: false,
      parties: [{ name: '王小明' }, { name: '红山物业公司' }],
    })
    const docx = await other.get(side('/agreement.docx'))
    expect(docx.headers['content-disposition']).toBe('attachment; filename="HS-P01-2026-0001.docx"')
    expect(docx.rawPayload.subarray(0, 2).toString()).toBe('PK')
    await go(applicant, side('/steps/seekCourt'))
    await go(other, side('/steps/seekCourt'))
    expect((await other.get(side('/court.docx'))).statusCode).toBe(200)
    await go(mediator, desk('/steps/courtSays'), { court: 'confirmed' })
    const [promise] = (await read(applicant, side())).promises
    expect((await other.post(side('/steps/keep'), { promise: promise.id })).statusCode).toBe(403)
    await go(applicant, side('/steps/keep'), { promise: promise.id })
    const visited = { with: '王小明', performed: 'yes', satisfied: '3', problems: '' }
    const end = await go(secretary, desk('/steps/visit'), { visited })
    expect(end).toMatchObject({ state: 'closed', due: null })
    const { index } = await read(secretary, desk('/file'))
    expect(index.map((one: { what: string }) => one.what)).toEqual([
      '调解申请书',
      '受理登记表',
      '告知书（权利义务）',
      '调解记录',
      '调解协议书（HS-P01-2026-0001）',
      '司法确认材料',
      '回访记录',
    ])
    const { figures } = await read(secretary, '/api/staff/panels/P01/figures')
    expect(figures[0]).toMatchObject({ applied: 1, accepted: 1, consented: 1, reached: 1, performed: 1 })
  })

  test('a slot gone meanwhile answers with the next three', async () => {
    await booked()
    const taken = await other.post(side('/hold'), { startsAt: NINE })
    expect(taken.statusCode).toBe(409)
    const { error } = taken.json()
    expect(error.code).toBe('conflict')
    expect(error.details).toHaveLength(3)
    expect(error.message).toMatch(/刚刚被别人约走了。最近三个空着的时间：11月9日/)
  })

  test('two changes a side, then a kind word', async () => {
    await booked()
    for (const startsAt of [TEN, NINE]) {
      const { session } = await go(other, side('/hold'), {
        startsAt: startsAt === TEN ? TEN : '2026-11-10T01:00:00.000Z',
      })
      await go(other, side('/steps/rebook'), { session: session.id })
    }
    const third = await other.post(side('/hold'), { startsAt: NINE })
    expect([third.statusCode, third.json().error.message]).toEqual([
      409,
      expect.stringContaining('已经改过两次了'),
    ])
  })

  test('the letter opens once, and not to the applicant', async () => {
    await go(secretary, desk('/steps/admit'))
    const first = await go(secretary, desk('/letter'))
    const second = await go(secretary, desk('/letter'))
    const gone = await other.post('/api/resident/invitations', { token: first.letterCode })
    expect([gone.statusCode, gone.json().error.message]).toEqual([404, expect.stringContaining('用过、换过')])
    const own = await applicant.post('/api/resident/invitations', { token: second.letterCode })
    expect(own.statusCode).toBe(409)
    await go(other, '/api/resident/invitations', { token: second.link.split('/m/')[1] })
    const again = (await resident()).browser
    expect((await again.post('/api/resident/invitations', { token: second.letterCode })).statusCode).toBe(404)
  })
})

describe('who sees what', () => {
  test('no answer to a side holds what the other alone, or the panel alone, may know', async () => {
    await bothWilling()
    await go(applicant, side('/words'), { text: SECRETS.applicant[0] })
    await go(other, side('/words'), { text: SECRETS.other[0] })
    await go(secretary, desk('/words'), { side: 'applicant', text: '只对申请人说' })
    await go(other, side('/steps/mark'), { marks: [NINE] })
    await go(secretary, desk('/steps/comment'), { text: '内部意见' })
    const { session } = await go(applicant, side('/hold'), { startsAt: NINE })
    await go(applicant, side('/steps/book'), { session: session.id })
    const paths = [
      '/api/resident/mediations',
      side(),
      side('/slots'),
      side('/agreement'),
      side('/session.ics'),
      `/api/resident/cases/${code}`,
      '/api/resident/cases',
      '/api/resident/messages',
      '/api/resident/export',
    ]
    const heard = async (who: Browser) =>
      (await Promise.all(paths.map(async path => (await who.get(path)).body))).join('\n')
    const [mine, theirs] = [await heard(applicant), await heard(other)]
    for (const secret of [...SECRETS.other, '内部意见']) expect(mine).not.toContain(secret)
    for (const secret of [...SECRETS.applicant, '只对申请人说', '内部意见'])
      expect(theirs).not.toContain(secret)
    // Each reads their own: the walk does look where the words are.
    expect(mine).toContain(SECRETS.applicant[0])
    expect(mine).toContain('只对申请人说')
    expect(theirs).toContain(SECRETS.other[0])
  })

  test('after the agreement too', async () => {
    await agreed()
    await go(other, side('/words'), { text: SECRETS.other[0] })
    const { promises } = await read(other, side())
    await go(other, side('/steps/breach'), { promise: promises[1].id, text: '他没交钱' })
    const paths = [side(), side('/agreement'), '/api/resident/messages', `/api/resident/cases/${code}`]
    const mine = (await Promise.all(paths.map(async path => (await applicant.get(path)).body))).join('\n')
    for (const secret of [...SECRETS.other, '他没交钱']) expect(mine).not.toContain(secret)
    const view = await read(other, side())
    expect(view.routes.map((one: { key: string }) => one.key)).toEqual(['again', 'court'])
  })

  test('a stranger, a clerk of a town, another panel and a recused mediator find nothing', async () => {
    await bothWilling()
    await api.staff('town', 'townClerk', '150402010')
    await api.staff('med6', 'mediator', 'P06')
    const strangers = [(await resident()).browser]
    for (const who of strangers)
      for (const path of ['', '/slots', '/agreement'])
        expect((await who.get(side(path))).statusCode).toBe(404)
    for (const login of ['town', 'med6'])
      expect((await (await api.desk(login)).get(desk())).statusCode).toBe(404)
    await api.staff('med2', 'mediator', 'P01')
    expect((await mediator.get(desk())).statusCode).toBe(200)
    const { mediators } = await read(secretary, desk())
    await go(secretary, desk('/steps/assign'), { mediator: mediators[0].id })
    await go(mediator, desk('/steps/recuse'), { reason: '是申请人的表哥' })
    expect((await mediator.get(desk())).statusCode).toBe(404)
    expect((await other.get(side())).body).not.toContain('表哥')
  })

  test('the safety answer is read by the secretary alone, and holds back the invitation', async () => {
    const afraid = await resident()
    const opened = await api.house.store.write(tx =>
      openMediation(api.house, tx, afraid.personId, { ...APPLICATION, safety: 'afraid' }, api.house.now()),
    )
    code = opened.row.code
    const answer = await secretary.post(desk('/steps/admit'), {})
    expect([answer.statusCode, answer.json().error.message]).toEqual([409, expect.stringContaining('单独谈')])
    expect((await read(secretary, desk())).safety).toMatchObject({ answer: 'afraid', words: '害怕对方' })
    await api.staff('leader', 'districtDispatcher', '150402')
    expect((await read(await api.desk('leader'), desk())).safety).toBeUndefined()
    await go(secretary, desk('/steps/clear'), { text: '单独谈过，本人愿意' })
    await bothWilling()
    expect((await other.get(side())).body).not.toMatch(/afraid|害怕|单独谈过/)
  })
})

describe('sent elsewhere', () => {
  test('for danger: the other side hears that it is over, and neither why nor where to', async () => {
    await bothWilling()
    await go(secretary, desk('/steps/refer'), { to: 'police', reason: '申请人说被打过' })
    const mine = await read(applicant, side())
    expect([mine.state, mine.routes.map((one: { key: string }) => one.key)]).toEqual(['referred', ['police']])
    const paths = [side(), '/api/resident/messages', '/api/resident/mediations']
    const theirs = await Promise.all(paths.map(path => other.get(path)))
    expect(theirs.map(answer => answer.body).join('\n')).not.toMatch(/被打|公安|police|转介/)
    expect(theirs[0]?.json()).toMatchObject({ stateWords: '已结束', routes: [], open: false })
  })
})

describe('the calendar', () => {
  test('a month of the panel, and a feed without names', async () => {
    await booked()
    const month = await read(secretary, '/api/staff/panels/P01/calendar?from=2026-11-01&to=2026-11-30')
    expect(month.sessions).toHaveLength(1)
    expect(month.sessions[0]).toMatchObject({ code, startsAt: NINE, state: 'booked' })
    expect(month.days.find((day: { date: string }) => day.date === '2026-11-08')).toMatchObject({
      holiday: true,
      open: [],
    })
    const { url } = await go(secretary, '/api/staff/feeds', { resource: 'room:P01.0' })
    const text = (await api.browser().get(new URL(url).pathname)).body
    const calendar = new ICAL.Component(ICAL.parse(text))
    const [event] = calendar.getAllSubcomponents('vevent')
    expect(event?.getFirstPropertyValue('summary')).toBe(`调解 ${code} 物业纠纷`)
    expect(String(event?.getFirstPropertyValue('dtstart'))).toBe('2026-11-09T01:00:00Z')
    expect(text).not.toMatch(/王小明|红山物业|姓名/)
    const { feeds } = await read(secretary, '/api/staff/feeds')
    expect((await secretary.post(`/api/staff/feeds/${feeds[0].id}/end`)).statusCode).toBe(204)
    expect((await api.browser().get(new URL(url).pathname)).statusCode).toBe(404)
  })
})
