import nock from 'nock'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { moveCase } from '../../src/actions/move-case.ts'
import { runOutbox } from '../../src/notify/outbox.ts'
import { signed, smsSender, tencentSms } from '../../src/notify/senders/sms.ts'
import type { Sender } from '../../src/notify/ways.ts'
import { openDoor } from '../../src/store/push-doors.ts'
import { clerk, WEST } from '../actions/staff.ts'
import { makeTown, type Town } from '../wechat/town.ts'

const SMS = {
  SMS_PROVIDER: 'tencent',
  SMS_SECRET_ID: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  SMS_SECRET_KEY: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  SMS_APP_ID: '1400006666',
  SMS_SIGN: '红山回音',
  SMS_TEMPLATE: '449739',
}
const VAPID = {
  VAPID_PUBLIC_KEY: 'BDsb3cPkH-PH0ORPhBVeMiH2IX2yaRkb_PPAJLNWoXuN_UKFtQu40gFGAmeTsZlLy5sr8RP9ppVfxcnm_Zg4i1c',
  VAPID_PRIVATE_KEY: 'CBOdZ8lC4nqZ5bCD6i_8w5cZo1EXZYGzKbkLCDMcyY0',
  VAPID_CONTACT: 'mailto:it@example.cn',
}

let town: Town
const towns: Town[] = []
async function open(env: Record<string, string> = {}) {
  town = await makeTown({ env: { ...SMS, ...env } })
  towns.push(town)
}
afterAll(async () => {
  nock.cleanAll()
  for (const one of towns) await one.close()
})

let people = 0
let ME = ''
beforeEach(() => {
  ME = `oWang${++people}`
})

/** Somebody files by WeChat; the town takes it up, so that there is something to tell. Answers with the code. */
async function takenUp(): Promise<string> {
  for (const words of ['3号楼电梯坏了两周，我是红山郡的，电话13800000000', '3']) await town.tell(ME, words)
  const code = /HS-\d{8}-\d{4}/.exec(await town.tell(ME, '1'))![0]
  const west = await clerk(town, `west${people}`, 'townClerk', WEST)
  await moveCase(town.house, west, code, 'grab', {})
  return code
}

const run = () => runOutbox(town.house, town.channels.senders, () => 0)
const notices = (code: string) =>
  town.house.store.read.sql.all<{ state: string; channel: string; outcome: string; receipt: string }>(
    `SELECT n."state", n."channel", n."outcome", n."receipt" FROM "Notice" n JOIN "Case" c ON c."id" = n."caseId"
     WHERE c."code" = ? AND n."personId" IS NOT NULL AND n."notice" <> 'resident.received' ORDER BY n."id"`,
    code,
  )
const sms = (answer: object) =>
  nock('https://sms.tencentcloudapi.com').post('/').reply(200, { Response: answer })
const OK_SMS = { SendStatusSet: [{ Code: 'Ok', SerialNo: 'S1' }] }
const HOURS = 3_600_000

/** The person has not written for two days. */
async function shut() {
  town.rules.follower(ME).until = 0
  await town.house.store.write(
    async tx => void (await tx.sql.run('UPDATE "Identity" SET "openUntil" = NULL')),
  )
}

it('goes by the way that is open: message in the window, then template, then agreement, then text, then a person', async () => {
  await open()
  const code = await takenUp()
  await run()
  expect((await notices(code))[0]).toMatchObject({ state: 'sent', channel: 'wechat' })
  expect(town.got(ME).at(-1)).toContain('西城街道')
  // 48 hours after the last word the window is shut: no customer-service message is even tried.
  town.pass(49 * HOURS)
  const before = town.rules.counts['/cgi-bin/message/custom/send']
  const second = await (async () => {
    const west = await clerk(town, 'west-b', 'townClerk', WEST)
    await moveCase(town.house, west, code, 'message', { text: '师傅明天上午到' })
    await run()
    return (await notices(code)).at(-1)!
  })()
  expect(second).toMatchObject({
    state: 'sent',
    channel: 'template',
    receipt: expect.stringMatching(/^\d+$/),
  })
  expect(town.rules.counts['/cgi-bin/message/custom/send']).toBe(before)
  expect(town.got(ME).at(-1)).toMatch(/^HS-20261103-\d{4} \| .{1,20} \| .{1,20} \| 2026年11月5日/)
})

it.each([1000, 1])(
  'what came later is not said first, where the first had to wait, %i looked at in one go',
  async batch => {
    await open()
    const code = await takenUp()
    const said: string[] = []
    let busy = true
    const wechat: Sender = async ({ bubble }) => {
      if (busy) return { is: 'later', afterSeconds: 60, why: 'busy' }
      said.push(bubble.text)
      return { is: 'sent' }
    }
    await runOutbox(town.house, { wechat }, () => 0)
    const west = await clerk(town, 'west-o', 'townClerk', WEST)
    await moveCase(town.house, west, code, 'message', { text: '师傅明天上午到' })
    busy = false
    town.pass(2 * 60_000)
    while (await runOutbox(town.house, { wechat }, () => 0, batch));
    expect(said.join('\n')).toMatch(/接手了[\s\S]*师傅明天上午到/)
  },
)

it('moves on where one refuses: template 43004, agreement 43101, text; and keeps what each said', async () => {
  await open()
  const code = await takenUp()
  await shut()
  town.rules.follower(ME).follows = false
  await town.house.store.write(async tx => {
    await tx.sql.run(
      `INSERT INTO "Agreed" ("identityId", "template", "credit", "at") SELECT "id", 'TOWN-AGREED', 1, '2026' FROM "Identity"`,
    )
  })
  const took = sms(OK_SMS)
  await run()
  expect(took.isDone()).toBe(true)
  expect((await notices(code))[0]).toMatchObject({ state: 'sent', channel: 'sms', receipt: 'S1' })
  const tries = await town.house.store.read.sql.all<{ channel: string; outcome: string }>(
    'SELECT "channel", "outcome" FROM "NoticeTry" ORDER BY "id"',
  )
  expect(tries.map(one => `${one.channel} ${one.outcome}`)).toEqual([
    'template 43004',
    'subscribe 43101',
    'sms sent',
  ])
  const left = await town.house.store.read.sql.get<{ credit: number }>('SELECT "credit" FROM "Agreed"')
  expect(left?.credit).toBe(0)
})

it('asks a person to call where every way refuses', async () => {
  await open()
  const code = await takenUp()
  await shut()
  town.rules.follower(ME).follows = false
  sms({ Error: { Code: 'FailedOperation.PhoneNumberInBlacklist' } })
  await run()
  expect((await notices(code))[0]).toMatchObject({ state: 'givenUp' })
  const desk = await (async () => {
    await town.staff('小王', 'townClerk', WEST)
    return town.desk('小王')
  })()
  const [lost] = (await desk.get('/api/staff/notices')).json().rows
  expect(lost).toMatchObject({ case: code, recipient: '居民' })
  expect(lost.tries.map((one: { channel: string }) => one.channel)).toEqual(['template', 'sms', '-'])
  const file = await desk.get(`/api/staff/cases/${code}`)
  expect(file.body).toContain('请电话告知本人')
})

it('an agreement is used once; a long one stays', async () => {
  await open({ WECHAT_TEMPLATES: '' })
  const code = await takenUp()
  await shut()
  town.rules.follower(ME).agreed.set('TOWN-AGREED', 5)
  await town.house.store.write(async tx => {
    await tx.sql.run(
      `INSERT INTO "Agreed" ("identityId", "template", "credit", "at") SELECT "id", 'TOWN-AGREED', 1, '2026' FROM "Identity"`,
    )
  })
  await run()
  expect((await notices(code))[0]).toMatchObject({ state: 'sent', channel: 'subscribe' })
  const row = await town.house.store.read.sql.get<{ credit: number }>('SELECT "credit" FROM "Agreed"')
  expect(row?.credit).toBe(0)
})

it('believes the channel when it says that a message did not arrive, and goes another way', async () => {
  await open()
  const code = await takenUp()
  await shut()
  await run()
  const { receipt } = (await notices(code))[0]!
  const result = (Status: string) =>
    town.push(ME, { MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID: receipt, Status })
  await result('failed:user block')
  await result('failed:user block')
  sms(OK_SMS)
  await run()
  expect((await notices(code))[0]).toMatchObject({ state: 'sent', channel: 'sms' })
})

it('says several things due together as one message, in their order', async () => {
  await open()
  const code = await takenUp()
  const west = await clerk(town, `west-c`, 'townClerk', WEST)
  for (const text of ['第一句话', '第二句话']) await moveCase(town.house, west, code, 'message', { text })
  const before = town.got(ME).length
  await run()
  const got = town.got(ME).slice(before)
  expect(got).toHaveLength(1)
  expect(got[0]).toMatch(/第一句话[\s\S]*第二句话/)
  expect((await notices(code)).map(one => one.state)).toEqual(['sent', 'sent', 'sent'])
})

it('keeps the order of a person while WeChat is away for two hours, and says each thing once', async () => {
  await open()
  const code = await takenUp()
  const west = await clerk(town, `west-d`, 'townClerk', WEST)
  town.rules.state.down = true
  for (let minutes = 0; minutes < 125; minutes += 5) {
    if (minutes === 30) await moveCase(town.house, west, code, 'message', { text: '第一句话' })
    if (minutes === 60) await moveCase(town.house, west, code, 'message', { text: '第二句话' })
    await run()
    town.pass(5 * 60_000)
  }
  town.rules.state.down = false
  const before = town.got(ME).length
  for (let minutes = 0; minutes < 300; minutes += 5) {
    await run()
    town.pass(5 * 60_000)
  }
  const said = town.got(ME).slice(before).join('\n')
  expect(said.match(/西城街道/g)).not.toBeNull()
  expect(said).toMatch(/第一句话[\s\S]*第二句话/)
  expect(said.match(/第一句话/g)).toHaveLength(1)
  expect((await notices(code)).every(one => one.state === 'sent')).toBe(true)
})

it('wakes a browser that asked for it, with nothing personal, and forgets one that is gone', async () => {
  await open({ ...VAPID, WECHAT_TEMPLATES: '', SMS_PROVIDER: '' })
  const code = await takenUp()
  await shut()
  const { id: personId } = (await town.house.store.read.sql.get<{ id: string }>('SELECT "id" FROM "Person"'))!
  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  }
  const door = (endpoint: string) =>
    town.house.store.write(tx => openDoor(tx, personId, { endpoint, keys }, town.house.now()))
  await door('https://push.example.com/gone')
  await door('https://push.example.com/here')
  const gone = nock('https://push.example.com').post('/gone').reply(410)
  const here = nock('https://push.example.com').post('/here').reply(201)
  await run()
  expect([gone.isDone(), here.isDone()]).toEqual([true, true])
  expect((await notices(code))[0]).toMatchObject({ state: 'sent', channel: 'webPush' })
  const doors = await town.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "PushDoor"')
  expect(Number(doors?.n)).toBe(1)
})

it('wakes the browser of somebody who has a page and no chat; the page alone is told at once', async () => {
  await open({ ...VAPID, WECHAT_TEMPLATES: '', SMS_PROVIDER: '' })
  const codes = []
  for (const name of ['a page', 'a page and a door']) {
    const browser = town.browser()
    codes.push(await town.grievance(browser))
    if (name === 'a page') continue
    const keys = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    }
    const row = await town.house.store.read.sql.get<{ personId: string }>(
      `SELECT "personId" FROM "Case" WHERE "code" = ?`,
      codes[1]!,
    )
    const door = { endpoint: 'https://push.example.com/page', keys }
    await town.house.store.write(tx => openDoor(tx, row!.personId, door, town.house.now()))
  }
  const west = await clerk(town, `west${people}`, 'townClerk', WEST)
  for (const code of codes) await moveCase(town.house, west, code, 'grab', {})
  const woken = nock('https://push.example.com').post('/page').reply(201)
  await run()
  expect(woken.isDone()).toBe(true)
  expect((await notices(codes[0]!))[0]).toMatchObject({ state: 'sent', channel: 'web' })
  expect((await notices(codes[1]!))[0]).toMatchObject({ state: 'sent', channel: 'webPush' })
})

it('says a bundle that grew after a kill once more, rather than lose what is new in it', async () => {
  await open()
  const code = await takenUp()
  await shut()
  await run()
  // Killed between the call and the note of it, and something new since.
  await town.house.store.write(
    async tx =>
      void (await tx.sql.run(
        `UPDATE "Notice" SET "state" = 'waiting' WHERE "channel" = 'template' AND "state" = 'sent'`,
      )),
  )
  await run()
  const same = town.got(ME).length
  await town.house.store.write(
    async tx =>
      void (await tx.sql.run(
        `UPDATE "Notice" SET "state" = 'waiting' WHERE "channel" = 'template' AND "state" = 'sent'`,
      )),
  )
  const west = await clerk(town, `west-grown`, 'townClerk', WEST)
  await moveCase(town.house, west, code, 'message', { text: '师傅明天上午到' })
  await run()
  expect(town.got(ME).length).toBe(same + 1)
  expect(town.got(ME).at(-1)).toContain('经办人给您留言 等 2 条')
})

it('signs a text as the provider wants it, and knows its codes', async () => {
  const given = {
    apiBase: 'https://sms.tencentcloudapi.com',
    secretId: SMS.SMS_SECRET_ID,
    secretKey: SMS.SMS_SECRET_KEY,
    appId: '1',
    sign: 's',
    template: 't',
    region: 'ap-beijing',
  }
  const headers = signed(given, '{}', '2026-11-03T02:21:00.000Z')
  expect(headers.authorization).toMatch(
    /^TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE\/2026-11-03\/sms\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/,
  )
  expect(headers['x-tc-timestamp']).toBe('1793672460')
  const provider = tencentSms(given, () => '2026-11-03T02:21:00.000Z')
  // biome-ignore format: a table
  const rows: [object, object][] = [
    [OK_SMS, { is: 'sent', receipt: 'S1' }],
    [{ SendStatusSet: [{ Code: 'LimitExceeded.PhoneNumberDailyLimit' }] }, { is: 'later', afterSeconds: 3600 }],
    [{ SendStatusSet: [{ Code: 'InvalidParameterValue.IncorrectPhoneNumber' }] }, { is: 'never' }],
    [{ Error: { Code: 'AuthFailure.SignatureFailure' } }, { is: 'never' }],
    [{ Error: { Code: 'InternalError' } }, { is: 'later', afterSeconds: 60 }],
    [{}, { is: 'later' }],
  ]
  for (const [answer, wanted] of rows) {
    sms(answer)
    expect(await provider('13800000000', ['有新进展', 'HS-1'])).toMatchObject(wanted)
  }
  const silent = smsSender(
    provider,
    async () => '0476-123',
    (_, what) => what,
  )
  expect(await silent({ row: {}, bubble: { text: '' } } as never)).toBeNull()
})
