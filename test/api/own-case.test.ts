import QRCode from 'qrcode'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runOutbox } from '../../src/notify/outbox.ts'
import type { Sent } from '../../src/rules/notices/outcome.ts'
import { sealed } from '../../src/store/keys.ts'
import { addStaff } from '../../src/store/staff.ts'
import { type Api, type Browser, makeApi } from './house.ts'

/** What a resident reads on the page of their case: who has it since when, how long is left, what they were told and how. */

const WEST = '150402010'

let api: Api
let me: Browser
let code: string
beforeEach(async () => {
  api = await makeApi()
  me = api.browser()
  code = await api.grievance(me)
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

interface View {
  since: string
  handler?: string
  left: string | null
  createdAt: string
  timeline: { words: string; at: string; arrival?: string; arrived?: string }[]
  notices: { at: string; words: string; channel: string | null; state: string; arrival: string }[]
  files: object[]
}
const view = async (): Promise<View> => (await me.get(`/api/resident/cases/${code}`)).json()

/** A clerk of 西城街道 by a full name, signed in. */
async function deskOf(name: string): Promise<Browser> {
  await api.staff('zhang', 'townClerk', WEST)
  const { store, now } = api.house
  await store.write(async tx => {
    const roles = [{ role: 'townClerk' as const, unitId: WEST }]
    await addStaff(tx, { login: 'other', name, roles, passwordHash: null, demo: false }, now())
    await tx.sql.run(
      `UPDATE "Staff" SET "passwordHash" = (SELECT "passwordHash" FROM "Staff" WHERE "login" = 'zhang') WHERE "login" = 'other'`,
    )
  })
  return api.desk('other')
}

it('says since when the office has it, and how many working days are left', async () => {
  const before = await view()
  expect(before.since).toBe(before.createdAt)
  expect(before.handler).toBeUndefined()
  expect(before.left).toBe('还有 5 个工作日')
  api.pass(86_400_000)
  expect((await view()).left).toBe('还有 4 个工作日')
  api.pass(30 * 86_400_000)
  expect((await view()).left).toMatch(/^已过 \d+ 个工作日$/)
})

it.each([
  ['王小芳', '王同志', 'Wang'],
  ['欧阳小三', '欧阳同志', 'Ouyang'],
  ['乌云其木格', undefined, undefined],
])('names the clerk %s by the surname alone: %s', async (name, chinese, english) => {
  const desk = await deskOf(name)
  api.pass(300_000)
  const grabbed = await desk.post(`/api/staff/cases/${code}/steps/grab`, {})
  expect(grabbed.statusCode).toBe(200)
  const now = api.house.now()
  const seen = await view()
  expect([seen.handler, seen.since]).toEqual([chinese, now])
  expect(JSON.stringify(seen)).not.toContain(name)
  await me.post('/api/resident/language', { language: 'en' })
  expect((await view()).handler).toBe(english)
})

it('answered, nothing is left to count', async () => {
  const desk = await deskOf('王小芳')
  for (const verb of ['grab', 'sign']) await desk.post(`/api/staff/cases/${code}/steps/${verb}`, {})
  const form = {
    result: '修好了，试运行正常',
    facts: '配件坏了，已换新的',
    basis: '物业服务合同',
    ticks: [1, 2, 3],
  }
  const answered = await desk.post(`/api/staff/cases/${code}/steps/answer`, form)
  expect(answered.statusCode).toBe(200)
  expect((await view()).left).toBeNull()
})

describe('what was told', () => {
  it('stands in words with the way it came, on the timeline too', async () => {
    await (await deskOf('王小芳')).post(`/api/staff/cases/${code}/steps/grab`, {})
    const { notices, timeline } = await view()
    expect(notices.map(({ words, channel, state, arrival }) => [words, channel, state, arrival])).toEqual([
      [`您报的事（${code}）有人接手了：西城街道。`, 'web', 'sent', '已在这里告诉您'],
    ])
    expect(timeline[0]).toMatchObject({ arrived: 'sent', arrival: '回执已在对话里交给您' })
    expect(timeline[1]).toMatchObject({ words: '西城街道主动接下了这件事', arrival: '已在这里告诉您' })
  })

  it.each<[string, Sent[], number, string, RegExp]>([
    ['waiting', [], 0, 'waiting', /^正在通知您$/],
    ['WeChat took it', [{ is: 'sent' }], 0, 'sent', /^已送到您的微信$/],
    [
      'WeChat never, then by message',
      [{ is: 'never', why: '48001' }, { is: 'sent' }],
      0,
      'sent',
      /^微信没送到，\d\d:\d\d 改用短信，已送达$/,
    ],
    [
      'WeChat later',
      [{ is: 'later', afterSeconds: 600, why: 'busy' }],
      0,
      'waiting',
      /^微信没送到，\d\d:\d\d 再试$/,
    ],
    [
      'WeChat at the second try',
      [{ is: 'later', afterSeconds: 1, why: 'busy' }, { is: 'sent' }],
      600,
      'sent',
      /^微信头一次没送到，\d\d:\d\d 再发，已送达$/,
    ],
    [
      'nobody',
      [
        { is: 'never', why: '48001' },
        { is: 'never', why: 'no' },
      ],
      0,
      'givenUp',
      /^没能通知到您，工作人员会再想办法$/,
    ],
  ])('%s', async (_says, answers, seconds, state, arrival) => {
    await (await deskOf('王小芳')).post(`/api/staff/cases/${code}/steps/grab`, {})
    const { store } = api.house
    await store.write(async tx => {
      await tx.sql.run(
        `UPDATE "Notice" SET "state" = 'waiting', "channel" = NULL, "sentAt" = NULL WHERE "personId" IS NOT NULL`,
      )
      // The person is reached outside the page alone.
      await tx.sql.run(`UPDATE "Identity" SET "channel" = 'away' WHERE "channel" = 'web'`)
      for (const channel of ['wechat', 'sms'])
        await tx.sql.run(
          `INSERT INTO "Identity" ("id", "channel", "appId", "addressHash", "addressEnc", "personId", "createdAt", "seenAt")
           SELECT ?, ?, '-', ?, ?, "personId", "createdAt", "seenAt" FROM "Identity" WHERE "channel" = 'away'`,
          ...[channel, channel, channel, sealed(tx.keys.house, `Identity.addressEnc.${channel}`, channel)],
        )
      await tx.sql.run(
        `UPDATE "Identity" SET "openUntil" = '2027-01-01T00:00:00.000Z', "openLeft" = 5 WHERE "channel" = 'wechat'`,
      )
    })
    const left = [...answers]
    const send = async (): Promise<Sent> => left.shift() ?? { is: 'sent' }
    if (answers.length) await runOutbox(api.house, { wechat: send, sms: send })
    if (seconds) {
      api.pass(seconds * 1000)
      await runOutbox(api.house, { wechat: send, sms: send })
    }
    await store.write(async tx => {
      await tx.sql.run(`UPDATE "Identity" SET "channel" = 'web' WHERE "channel" = 'away'`)
    })
    const [notice] = (await view()).notices
    expect([notice?.state, notice?.arrival]).toEqual([state, expect.stringMatching(arrival)])
  })
})

describe('the square code', () => {
  const qr = (one = me, of = code) =>
    one.get(`/api/resident/cases/${of}/qr`, { headers: { host: 'hy.example' } })

  it('is a picture of the address that asks for the query code', async () => {
    const answer = await qr()
    expect(answer.headers['content-type']).toMatch(/^image\/svg\+xml/)
    expect(answer.body).toMatch(/^<svg .*<\/svg>\s*$/s)
    expect(answer.headers['cache-control']).toContain('private')
    const address = `http://hy.example/lookup?code=${code}`
    expect(answer.body).toBe(
      await QRCode.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }),
    )
  })

  it("is nobody else's", async () => {
    const stranger = api.browser()
    expect((await qr(stranger)).statusCode).toBe(401)
    await stranger.post('/api/resident/session', {})
    expect((await qr(stranger)).statusCode).toBe(404)
    expect((await qr(me, 'HS-20200101-0001')).statusCode).toBe(404)
  })
})
