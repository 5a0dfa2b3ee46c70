import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Who } from '../../src/actions/rights.ts'
import { brokenAudit } from '../../src/store/audit.ts'
import { PLANTED, paired, VILLAGE, visited } from '../actions/care/people.ts'
import { DISTRICT } from '../actions/staff.ts'
import { type Api, type Browser, makeApi } from './house.ts'

let api: Api
let desk: Browser
let who: Who
let ids: Awaited<ReturnType<typeof paired>>
const CARE = '/api/staff/care'
const HOME = '150402100'
/** A community of another town. */
const FAR = '150402010001'

beforeEach(async () => {
  api = await makeApi()
  const staffId = await api.staff('care', 'careCoordinator', DISTRICT)
  who = {
    staffId,
    name: 'care',
    members: [{ id: staffId, role: 'careCoordinator', unit: DISTRICT, path: DISTRICT }],
  }
  ids = await paired(api, who)
  desk = await api.desk('care')
})
afterEach(() => api.close())

const child = () => `${CARE}/children/${ids.childId}`
const post = async (url: string, body: object = {}) => {
  const answer = await desk.post(url, body)
  return [answer.statusCode, answer.json()] as const
}
const notices = (like: string) =>
  api.house.store.read.sql.all<{ notice: string; recipient: string; cause: string }>(
    'SELECT "notice", "recipient", "cause" FROM "Notice" WHERE "notice" LIKE ? ORDER BY "id"',
    like,
  )
const FATHER = { kind: 'parent', name: '萧父', relation: '父亲', phone: '13911110009', where: '北京' }
const LETTER = '小禾这学期很好，作文得了优，请放心。'

/** A parent's browser, linked by the code the coordinator gave. */
async function parentLinked(): Promise<Browser> {
  const { carers } = (await desk.get(child())).json()
  const { id } = carers.find((one: { kind: string }) => one.kind === 'parent')
  const [, { code }] = await post(`${child()}/carers/${id}/code`)
  const parent = api.browser()
  await parent.post('/api/resident/session', {})
  expect(await parent.say(code)).toContain('绑定好了')
  expect(await parent.say(code)).toContain('绑定码不对')
  return parent
}

describe('a letter of the term', () => {
  it('written in the chat, approved at the desk, goes to the parent’s own chat and meets the duty', async () => {
    const parent = await parentLinked()
    await api.say(ids.address, `给小禾爸爸写封信：${LETTER}`)
    expect(await api.say(ids.address, '1')).toContain('交给协调员了')
    expect((await notices('coordinator.letter'))[0]!.recipient).toBe(`staff:${who.staffId}`)
    const [draft] = (await desk.get(`${CARE}/letters`)).json().letters
    expect(draft).toMatchObject({
      state: 'draft',
      byVolunteer: true,
      period: '2026-autumnTerm',
      text: LETTER,
    })
    expect((await parent.get('/api/resident/letters')).json().letters).toEqual([])
    expect((await desk.post(`${CARE}/letters/${draft.id}/approve`, {})).json().letters[0].state).toBe('sent')
    const { duties } = (await desk.get(child())).json()
    expect(duties.find((one: { period: string }) => one.period === '2026-autumnTerm').state).toBe('met')
    const [notice] = (await parent.get('/api/resident/messages')).json().messages.slice(-1)
    expect(notice.body).toMatchObject({ link: `/letters/${draft.id}` })
    for (const word of [...Object.values(PLANTED), '小禾']) expect(notice.body.text).not.toContain(word)
    const letter = (await parent.get(`/api/resident/letters/${draft.id}`)).json()
    expect(letter).toEqual({
      ...{ id: draft.id, sentOn: '2026-11-03', volunteer: '韩梅' },
      text: LETTER.replace('小禾', '孩子'),
    })
    expect(await parent.say('看信')).toContain('作文得了优')
    expect(await api.say(ids.address, '给小禾爸爸写封信：又想起一件事，再补写几句话给您')).toBeTruthy()
    expect(await api.say(ids.address, '1')).toContain('不能再改')
  })

  it('is there for nobody else, and for nobody once the consent was withdrawn', async () => {
    const parent = await parentLinked()
    const letter = { pairing: ids.pairingId, period: '2026-autumnTerm', text: LETTER }
    const [, { id }] = await post(`${CARE}/letters`, letter)
    await post(`${CARE}/letters/${id}/approve`)
    const stranger = api.browser()
    await stranger.post('/api/resident/session', {})
    expect((await stranger.get(`/api/resident/letters/${id}`)).statusCode).toBe(404)
    expect(await stranger.say('看信')).toContain('没有给您的信')
    await post(`${child()}/consent/withdraw`)
    expect((await parent.get(`/api/resident/letters/${id}`)).statusCode).toBe(404)
  })

  it('where no parent linked a chat it stays approved, and the Word file is the way', async () => {
    const letter = { pairing: ids.pairingId, period: '2026-autumnTerm', text: LETTER }
    const [, { id }] = await post(`${CARE}/letters`, letter)
    const [, { letters }] = await post(`${CARE}/letters/${id}/approve`)
    expect([letters[0].state, await notices('parent.%')]).toEqual(['approved', []])
    expect((await desk.get(`${CARE}/letters/${id}/docx`)).statusCode).toBe(200)
    expect((await desk.get(`${CARE}/letters`)).json().letters[0].state).toBe('sent')
  })
})

describe('the registry', () => {
  it('carers are entered, put right and taken out; each change stands in the reading log', async () => {
    const [status, { id }] = await post(`${child()}/carers`, FATHER)
    expect(status).toBe(200)
    await post(`${child()}/carers/${id}/correct`, { ...FATHER, where: '上海' })
    const opened = (await desk.post(`${child()}/open`, { reason: '核对电话' })).json()
    expect(opened.carers.find((one: { id: string }) => one.id === id)).toEqual({
      ...{ ...FATHER, where: '上海' },
      ...{ id, linked: false },
    })
    expect((await post(`${child()}/carers/${id}/remove`))[0]).toBe(200)
    expect((await post(`${child()}/carers/${id}/remove`))[0]).toBe(404)
    expect((await desk.get(child())).json().carers).toHaveLength(2)
    expect((await desk.get(`${child()}/readings`)).json().readings).toHaveLength(4)
  })

  it('a child moves with a hand-over: within the area the pairing goes on, and whoever coordinates there is told', async () => {
    const town = await api.staff('town', 'careCoordinator', HOME)
    const to = { unit: '150402100202', reason: '搬到姥姥家', handOver: '喜欢画画' }
    expect((await post(`${child()}/move`, { ...to, unit: 'nowhere' }))[0]).toBe(422)
    expect(await post(`${child()}/move`, to)).toEqual([200, { moved: true }])
    expect((await desk.get(child())).json()).toMatchObject({ unit: to.unit, pairing: ids.pairingId })
    expect(await notices('coordinator.moved')).toEqual([
      expect.objectContaining({ recipient: `staff:${town}` }),
    ])
    const { changes } = (await desk.get(`${child()}/history`)).json()
    expect(changes.at(-1)).toMatchObject({ kind: 'moved', staff: '姓名care' })
    expect(changes.at(-1).words).toMatchObject({ reason: to.reason, handOver: to.handOver })
  })

  it('out of the area of its coordinator the pairing ends, and the next volunteer reads what was left', async () => {
    await api.staff('home', 'careCoordinator', HOME)
    const home = await api.desk('home')
    const to = { unit: FAR, reason: '随父亲进城', handOver: `${PLANTED.name}怕黑，爱听故事` }
    expect((await home.post(`${child()}/move`, to)).statusCode).toBe(200)
    expect((await home.get(child())).statusCode).toBe(404)
    expect((await desk.get(child())).json().pairing).toBe(null)
    expect((await notices('volunteer.unpaired'))[0]!.recipient).toBe(`person:${ids.personId}`)
    const next = await paired(api, who, { pseudonym: '小满' })
    const again = {
      volunteer: next.volunteerId,
      child: ids.childId,
      startsOn: '2026-11-04',
      reason: '新结对',
    }
    expect((await post(`${CARE}/pairings`, again))[0]).toBe(200)
    const [told] = await notices('volunteer.paired')
    expect(told!.recipient).toBe(`person:${next.personId}`)
    api.at('2026-11-05T02:00:00.000Z')
    desk = await api.desk('care')
    expect(await api.say(next.address, '看交接')).toMatch(/小禾 的交接：\n小禾怕黑/)
    const { readings } = (await desk.get(`${child()}/readings`)).json()
    expect(readings[0]).toMatchObject({ by: '韩梅', reason: '义务家长查看交接' })
    expect(await api.say(ids.address, '看交接')).not.toContain('怕黑')
    expect(await brokenAudit(api.house.store.read)).toBe(null)
  })

  it('another pseudonym is free, is no name, and has a reason', async () => {
    await paired(api, who, { pseudonym: '小满' })
    const rename = (pseudonym: string) => post(`${child()}/rename`, { pseudonym, reason: '村里猜到了' })
    expect((await rename('小满'))[1].error.details[0].field).toBe('pseudonym')
    expect((await rename('禾禾'))[0]).toBe(422)
    expect((await rename('小竹'))[1].pseudonym).toBe('小竹')
  })

  it('every consent given and withdrawn is kept: who, when, what for, why', async () => {
    await post(`${child()}/consent/withdraw`, { by: '萧奶奶', reason: '孩子父亲回来了' })
    expect((await post(`${child()}/consent/withdraw`))[0]).toBe(409)
    const again = { by: '萧父', relation: '父亲', purpose: '结对关爱', how: '书面' }
    await post(`${child()}/consent`, again)
    const { changes } = (await desk.get(`${child()}/history`)).json()
    expect(changes.map(({ kind, words }: { kind: string; words: object }) => [kind, words])).toEqual([
      ['consentGiven', { by: '萧奶奶', relation: '奶奶', purpose: '结对关爱', how: '书面' }],
      ['consentWithdrawn', { by: '萧奶奶', reason: '孩子父亲回来了' }],
      ['consentGiven', again],
    ])
    const { readings } = (await desk.get(`${child()}/readings`)).json()
    expect(readings[0].reason).toBe('查看同意与变更记录')
  })

  it('pairs nobody of another area, and everybody of the whole district', async () => {
    const far = { name: '白雪', phone: '13911112222', unit: FAR, kind: 'student', checkedAt: '2026-10-01' }
    const [, { id }] = await post(`${CARE}/volunteers`, far)
    const wide = { ...far, phone: '13911113333', unit: DISTRICT }
    const [, { id: everywhere }] = await post(`${CARE}/volunteers`, wide)
    await post(`${CARE}/pairings/${ids.pairingId}/end`, {
      endsOn: '2026-11-02',
      reason: '毕业',
      handOver: '',
    })
    await api.staff('home', 'careCoordinator', HOME)
    desk = await api.desk('home')
    const pair = (volunteer: string) =>
      post(`${CARE}/pairings`, { volunteer, child: ids.childId, startsOn: '2026-11-03', reason: '就近' })
    expect((await pair(id))[0]).toBe(404)
    const { volunteers } = (await desk.get(`${CARE}/volunteers`)).json()
    expect(volunteers.map((one: { id: string }) => one.id)).not.toContain(id)
    expect(volunteers.map((one: { id: string }) => one.id)).toContain(everywhere)
    expect((await pair(everywhere))[0]).toBe(200)
  })
})

describe('once the guardian has withdrawn', () => {
  const WORDS = '邻居说孩子身上有淤青'
  const visit = { kind: 'call', onDate: '2026-11-02', done: true, met: ['child'], reported: false }

  it('nothing but the emergency path works, verb by verb', async () => {
    await visited(api, { id: ids.pairingId, childId: ids.childId }, { onDate: '2026-10-20' })
    const letter = { pairing: ids.pairingId, period: '2026-autumnTerm', text: LETTER }
    const [, made] = await post(`${CARE}/letters`, letter)
    const { carers } = (await desk.get(child())).json()
    await post(`${child()}/consent/withdraw`)
    const carer = `${child()}/carers/${carers[0].id}`
    const pair = { volunteer: ids.volunteerId, child: ids.childId, startsOn: '2026-11-04', reason: '再来' }
    const refused: [string, object][] = [
      [`${child()}/open`, { reason: '核对电话' }],
      [`${child()}/correct`, { record: { ...PLANTED, village: '', health: '' } }],
      [`${child()}/carers`, FATHER],
      [`${carer}/correct`, FATHER],
      [`${carer}/remove`, {}],
      [`${carer}/code`, {}],
      [`${child()}/move`, { unit: FAR, reason: '搬家', handOver: '' }],
      [`${child()}/rename`, { pseudonym: '小竹', reason: '换一个' }],
      [`${CARE}/pairings`, pair],
      [`${CARE}/visits`, { pairing: ids.pairingId, ...visit, note: '挺好' }],
      [`${CARE}/letters`, letter],
      [`${CARE}/letters/${made.id}/approve`, {}],
    ]
    for (const [url, body] of refused) expect([url, (await post(url, body))[0]]).toEqual([url, 409])
    expect((await desk.get(`${CARE}/letters/${made.id}/docx`)).statusCode).toBe(409)
    expect((await desk.get(`${CARE}/letters/${made.id}/docx`)).rawPayload.toString()).toContain('监护人')
    expect(await api.say(ids.address, '昨天去看了小禾，挺好')).not.toContain('孩子: 小禾')
    expect((await post(`${child()}/open`, { reason: '紧急核对', emergency: true }))[0]).toBe(200)
    expect((await desk.get(`${child()}/history`)).statusCode).toBe(200)
    const [worried, { report }] = await post(`${child()}/worry`, { words: WORDS })
    expect([worried, (await desk.get(`${CARE}/reports/${report}/sheet`)).statusCode]).toEqual([200, 200])
    expect((await post(`${CARE}/reports/${report}/made`, { to: 'police' }))[0]).toBe(200)
    const told = await post(`${CARE}/visits`, { pairing: ids.pairingId, ...visit, note: WORDS })
    expect([told[0], told[1].report]).toEqual([200, expect.any(String)])
    expect(await api.house.store.read.sql.all('SELECT "id" FROM "Visit"')).toHaveLength(1)
  })
})

describe('a worrying sign told at the desk', () => {
  const WORDS = `${PLANTED.name}身上好几处淤青，说是摔的`

  it('rings the duty person, opens a hidden case under the pseudonym and starts the clock of the report', async () => {
    const duty = await api.staff('dispatcher', 'districtDispatcher', DISTRICT)
    const [, { report }] = await post(`${child()}/worry`, { words: WORDS })
    expect(await notices('duty.danger')).toEqual([expect.objectContaining({ recipient: `staff:${duty}` })])
    const [line] = (await desk.get(`${CARE}/reports`)).json().reports
    expect(line).toMatchObject({ id: report, dueAt: '2026-11-03T04:21:00.000Z', case: expect.any(String) })
    const dispatcher = await api.desk('dispatcher')
    await api.house.store.write(async tx =>
      tx.sql.run(`UPDATE "Staff" SET "otpEnc" = x'00', "otpConfirmedAt" = ?`, api.house.now()),
    )
    const seen = await dispatcher.get(`/api/staff/cases/${line.case}`)
    expect(seen.body).toContain('小禾身上好几处淤青')
    for (const word of [PLANTED.name, '姓名care', '韩梅']) expect(seen.body).not.toContain(word)
  })

  it('told of a visit by telephone goes the same way', async () => {
    const visit = { kind: 'homeVisit', onDate: '2026-11-02', done: true, met: ['child'], reported: false }
    const [, { report }] = await post(`${CARE}/visits`, {
      pairing: ids.pairingId,
      ...visit,
      note: '家里锁着门不开',
    })
    const [line] = (await desk.get(`${CARE}/reports`)).json().reports
    expect([line.id, line.signs]).toEqual([report, ['协调员清单上的情形']])
    expect(await api.house.store.read.sql.all('SELECT "id" FROM "Alert"')).toHaveLength(1)
  })

  it('who reported stands in one logged place alone; ending and erasing wait for the report', async () => {
    await api.say(ids.address, '昨天去看小禾，身上好多淤青')
    const [report] = (await desk.get(`${CARE}/reports`)).json().reports
    const end = await post(`${child()}/end`, { erase: true })
    expect([end[0], end[1].error.message]).toEqual([409, expect.stringContaining('强制报告')])
    const asked = { reason: '公安机关调查需要' }
    expect((await post(`${CARE}/reports/${report.id}/reporter`, asked))[1]).toEqual({
      kind: 'volunteer',
      name: '韩梅',
    })
    const { readings } = (await desk.get(`${child()}/readings`)).json()
    expect(readings[0].reason).toBe('查看是谁报告的：公安机关调查需要')
    await post(`${CARE}/reports/${report.id}/made`, { to: 'police' })
    expect((await post(`${child()}/end`, { erase: true }))[0]).toBe(200)
    expect((await post(`${CARE}/reports/${report.id}/reporter`, asked))[0]).toBe(410)
  })
})

it('a child director logs for the own village, rings, and sees of a report the pseudonym and the time alone', async () => {
  await api.staff('director', 'childDirector', VILLAGE)
  const director = await api.desk('director')
  const visit = {
    kind: 'call',
    onDate: '2026-11-02',
    done: true,
    met: ['child'],
    reported: false,
    note: '挺好',
  }
  expect((await director.post(`${CARE}/visits`, { pairing: ids.pairingId, ...visit })).statusCode).toBe(200)
  expect((await director.post(`${child()}/worry`, { words: '孩子好几天没大人管' })).statusCode).toBe(200)
  const { reports } = (await director.get(`${CARE}/reports`)).json()
  expect(reports).toEqual([
    expect.objectContaining({ child: { id: ids.childId, pseudonym: '小禾' }, signs: [], case: null }),
  ])
  expect((await director.post(`${CARE}/reports/${reports[0].id}/made`, { to: 'police' })).statusCode).toBe(
    403,
  )
  expect((await director.get(`${CARE}/reports/${reports[0].id}/sheet`)).statusCode).toBe(403)
  await desk.post(`${CARE}/reports/${reports[0].id}/made`, { to: 'police' })
  expect((await director.get(`${CARE}/reports`)).json().reports).toEqual([])
  await api.staff('far', 'childDirector', '150402100202')
  const far = await api.desk('far')
  expect((await far.post(`${CARE}/visits`, { pairing: ids.pairingId, ...visit })).statusCode).toBe(404)
  expect((await far.post(`${child()}/worry`, { words: '孩子没人管' })).statusCode).toBe(404)
})

it('who stepped in hears when they need not any longer', async () => {
  const second = await paired(api, who, { pseudonym: '小满' })
  const third = await paired(api, who, { pseudonym: '小竹' })
  const away = { who: ids.volunteerId, fromDate: '2026-11-03', toDate: '2026-11-10', reason: '出差' }
  const [, { id }] = await post(`${CARE}/absences`, { ...away, cover: second.volunteerId })
  await post(`${CARE}/absences/${id}/cover`, { cover: third.volunteerId })
  await post(`${CARE}/absences/${id}/end`)
  expect((await notices('volunteer.cover%')).map(one => [one.notice, one.recipient])).toEqual([
    ['volunteer.cover', `person:${second.personId}`],
    ['volunteer.coverOver', `person:${second.personId}`],
    ['volunteer.cover', `person:${third.personId}`],
    ['volunteer.coverOver', `person:${third.personId}`],
  ])
})
