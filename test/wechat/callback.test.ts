import { afterEach, beforeEach, expect, it } from 'vitest'
import { pushXml, sealedPush } from '../../scripts/wechat-fake/push.ts'
import type { Receive } from '../../src/bot/channel.ts'
import { linesOf } from '../../src/store/talks.ts'
import { sealPushed, signatureOf } from '../../src/wechat/crypt.ts'
import { runLate } from '../../src/wechat/late.ts'
import { ACCOUNT, makeTown, type Town } from './town.ts'

let town: Town
let lines: string[]
let slow: (receive: Receive) => Receive
beforeEach(async () => {
  lines = []
  slow = receive => receive
  town = await makeTown({
    logged: line => lines.push(line),
    receive: receive => heard => slow(receive)(heard),
  })
})
afterEach(() => town.close())

/** Does what waits, and waits for what the house itself has in hand. */
async function late() {
  const done = await runLate(town.channels.wechat!.late)
  const busy = `SELECT COUNT(*) AS "n" FROM "Pushed" WHERE "state" = 'saying' OR "state" = 'waiting' AND "attempts" = 0`
  while ((await count(busy)) > 0) await new Promise(again => setTimeout(again, 20))
  return done
}
const count = async (sql: string) => Number((await town.house.store.read.sql.get<{ n: number }>(sql))?.n)
const ME = 'oWang'

it('talks in safe mode: a whole grievance, sealed both ways', async () => {
  expect(await town.tell(ME, '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')).toMatch(/^1\. /m)
  await town.tell(ME, '3')
  expect(await town.tell(ME, '1')).toContain('HS-20261103-0001')
  expect(town.faults).toEqual([])
})

it('knows the address by the account, whatever the push is addressed to', async () => {
  await town.tell(ME, '你好')
  const row = await town.house.store.read.sql.get<{ appId: string; openUntil: string; openLeft: number }>(
    `SELECT "appId", "openUntil", "openLeft" FROM "Identity"`,
  )
  expect(row).toEqual({ appId: ACCOUNT.appId, openUntil: '2026-11-05T02:21:00.000Z', openLeft: 5 })
})

it('opens the window anew with each message, and writes it down once a minute', async () => {
  const windowOf = () =>
    town.house.store.read.sql.get<{ openUntil: string; openLeft: number }>(
      `SELECT "openUntil", "openLeft" FROM "Identity"`,
    )
  await town.tell(ME, '你好')
  town.pass(50_000)
  await town.tell(ME, '在吗')
  expect(await windowOf()).toEqual({ openUntil: '2026-11-05T02:21:00.000Z', openLeft: 5 })
  await town.house.store.write(async tx => await tx.sql.run('UPDATE "Identity" SET "openLeft" = 2'))
  await town.tell(ME, '有人吗')
  expect(await windowOf()).toEqual({ openUntil: '2026-11-05T02:21:50.000Z', openLeft: 5 })
  town.pass(70_000)
  await town.tell(ME, '喂')
  expect(await windowOf()).toEqual({ openUntil: '2026-11-05T02:23:00.000Z', openLeft: 5 })
})

const SECONDS = Math.floor(Date.parse('2026-11-03T02:21:00.000Z') / 1000)
const text = (words = '秘密的话', id = '1') =>
  pushXml(ME, { MsgType: 'text', Content: words, MsgId: id }, SECONDS)

/** A push with one thing wrong. */
function bent(
  how: (query: URLSearchParams, body: string) => string | undefined,
  xml = text(),
  seconds = SECONDS,
) {
  const { query, body } = sealedPush(town.pusher, ME, xml, seconds)
  const asked = new URLSearchParams(query)
  const payload = how(asked, body) ?? body
  return town.app.inject({
    ...{ method: 'POST', url: `/wechat/callback?${asked}`, payload },
    headers: { 'content-type': 'text/xml' },
  })
}

/** Seals words as they are, rightly signed, for any receiver. */
const sealedAs = (appId: string, words: string, cut = 0) =>
  bent(query => {
    const encrypted = sealPushed(ACCOUNT.aesKey, appId, words).slice(0, cut || undefined)
    query.set(
      'msg_signature',
      signatureOf(ACCOUNT.token, query.get('timestamp')!, query.get('nonce')!, encrypted),
    )
    return `<xml><ToUserName>a</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`
  })

const inClear = (query: URLSearchParams) => {
  query.delete('encrypt_type')
  return text()
}

const BOMB = `<!DOCTYPE x [<!ENTITY a "boom">]><xml><ToUserName>a</ToUserName><FromUserName>秘密</FromUserName><MsgType>text</MsgType><Content>&a;</Content></xml>`

it('refuses what is wrong, each for its reason, and keeps its content out of the log', async () => {
  const WRONG: [string, number, () => ReturnType<typeof bent>][] = [
    ['a wrong signature', 403, () => bent(query => void query.set('msg_signature', 'a'.repeat(40)))],
    [
      'the outer signature in its place',
      403,
      () => bent(query => void query.set('msg_signature', query.get('signature')!)),
    ],
    ['another nonce', 403, () => bent(query => void query.set('nonce', 'other'))],
    ['a copy of an hour ago', 403, () => bent(() => undefined, text(), SECONDS - 3700)],
    ['words in clear where a key is set', 403, () => bent(inClear)],
    ['another account', 403, () => sealedAs('wxanother', text())],
    ['a truncated seal', 400, () => sealedAs(ACCOUNT.appId, text(), -24)],
    ['a truncated body', 400, () => bent((_, body) => body.slice(0, -40))],
    ['no seal at all', 400, () => bent(() => '<xml><ToUserName>a</ToUserName></xml>')],
    ['a bomb outside', 400, () => bent(() => BOMB)],
    ['a bomb inside', 400, () => sealedAs(ACCOUNT.appId, BOMB)],
    ['nothing', 400, () => bent(() => '')],
  ]
  for (const [says, status, ask] of WRONG) expect((await ask()).statusCode, says).toBe(status)
  expect(await count('SELECT COUNT(*) AS "n" FROM "Message"')).toBe(0)
  expect(lines.join('')).not.toMatch(/秘密|boom|oWang/)
})

it('answers a push that comes again with what the first was answered, and hears it once', async () => {
  const push = () => town.push(ME, { MsgType: 'text', Content: '菜单', MsgId: 'p77' })
  const [first, again] = [await push(), await push()]
  expect(again.words).toBe(first.words)
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Message" WHERE "sender" = 'me'`)).toBe(1)
})

it('says later, once, what was not ready in time', async () => {
  let end = () => {}
  const held = new Promise<void>(done => {
    end = done
  })
  slow = receive => async heard => {
    await held
    return receive(heard)
  }
  town.rules.acted(ME, 'message')
  const push = () => town.push(ME, { MsgType: 'text', Content: '菜单', MsgId: 'p5' })
  expect(await push()).toMatchObject({ status: 200, words: '' })
  end()
  expect(await push()).toMatchObject({ status: 200, words: '' })
  await late()
  expect(await late()).toBe(0)
  const [menu, ...more] = town.rules.delivered.filter(one => one.openid === ME)
  expect(more).toEqual([])
  expect(menu!.kind).toBe('custom')
  expect(menu!.menu?.[0]).toEqual({
    id: expect.stringContaining('.'),
    content: expect.stringMatching(/^1\. /),
  })
}, 10_000)

it('hears a tapped line of a menu as the choice it stands for', async () => {
  await town.tell(ME, '你好')
  const [line] = await town.house.store.read.sql.all<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Message"')
  expect(line).toBeDefined()
  const asked = await town.tell(ME, '1')
  expect(asked).not.toBe('')
  // An old button is answered kindly: the step it belonged to is over.
  expect(await town.tell(ME, '反映问题', { bizmsgmenuid: '1.report' })).toMatch(/\S/)
})

it('waits with what somebody says next until the first is answered', async () => {
  const push = (id: string, words: string) => town.push(ME, { MsgType: 'text', Content: words, MsgId: id })
  town.rules.acted(ME, 'message')
  town.rules.media.set('m1', { type: 'image/jpeg', bytes: Buffer.from('no picture') })
  expect((await town.push(ME, { MsgType: 'image', PicUrl: '', MediaId: 'm1', MsgId: '1' })).words).toBe('')
  town.pass(1)
  expect((await push('2', '菜单')).words).toBe('')
  await late()
  const got = town.got(ME)
  expect(got).toHaveLength(2)
  expect(got[0]).toContain('照片我没有收到')
  expect((await push('3', '菜单')).words).toMatch(/1\. /)
})

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

it('fetches a picture in the background and puts it to the matter; an outage only makes it later', async () => {
  await town.tell(ME, '小区大门口的路灯坏了三天，我是红山郡的，电话13800000000')
  town.rules.media.set('m1', { type: 'image/png', bytes: PIXEL })
  town.rules.state.down = true
  await town.push(ME, { MsgType: 'image', PicUrl: '', MediaId: 'm1', MsgId: 'p9' })
  await late()
  expect(await count('SELECT COUNT(*) AS "n" FROM "File"')).toBe(0)
  // The person can talk on meanwhile.
  expect(await town.tell(ME, '菜单')).not.toBe('')
  town.rules.state.down = false
  town.pass(60_000)
  await late()
  expect(await count(`SELECT COUNT(*) AS "n" FROM "File" WHERE "state" = 'ready'`)).toBe(1)
  expect(town.got(ME).join('')).toMatch(/照片/)
  expect(town.faults).toEqual([])
})

it('keeps that a voice or a film came, and answers kindly, once; what was asked still stands', async () => {
  await town.tell(ME, '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  town.pass(49 * 3_600_000)
  const voice = () => town.push(ME, { MsgType: 'voice', MediaId: 'v1', Format: 'amr', MsgId: 'v1' })
  const [first, again] = [await voice(), await voice()]
  expect([first.words, again.words]).toEqual([expect.stringMatching(/语音.*听不了.*文字/), first.words])
  expect((await town.push(ME, { MsgType: 'shortvideo', MediaId: 'v2', MsgId: 'v2' })).words).toContain('视频')
  expect((await town.push(ME, { MsgType: 'hologram', MsgId: 'v3' })).words).toContain('看不懂')
  const row = await town.house.store.read.sql.get<{ personId: string; openUntil: string }>(
    'SELECT "personId", "openUntil" FROM "Identity"',
  )
  // They wrote: the window to speak first is open again.
  expect(row!.openUntil > town.house.now()).toBe(true)
  const lines = await linesOf(town.house.store.read, row!.personId, { after: 0, limit: 100 })
  const own = lines.filter(line => line.sender === 'me').map(line => JSON.parse(line.body).text)
  expect(own.slice(1)).toEqual(['[语音或视频]', '[语音或视频]', '[一条看不懂的消息]'])
  await town.tell(ME, '3')
  expect(await town.tell(ME, '1')).toContain('HS-20261105-0001')
})

it('says a long answer in parts, the first at once', async () => {
  slow = receive => async heard => {
    const received = await receive(heard)
    const body = JSON.stringify({ text: '电梯坏了。'.repeat(300) })
    return { ...received, replies: [{ ...received.replies[0]!, body }] }
  }
  const first = await town.tell(ME, '菜单')
  await late()
  const rest = town.got(ME)
  expect([first, ...rest].join('')).toBe('电梯坏了。'.repeat(300))
  for (const part of [first, ...rest]) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048)
})

it('sheds politely: what cannot be answered in time is taken, answered success, and said later in order', async () => {
  let end = () => {}
  const held = new Promise<void>(done => {
    end = done
  })
  slow = receive => async heard => {
    if (heard.address === 'oSlow') await held
    return receive(heard)
  }
  const stuck = town.push('oSlow', { MsgType: 'text', Content: '菜单', MsgId: '1' })
  // Once the oldest turn is old, the next are taken for later.
  let next = ''
  for (let n = 0, words = '-'; words !== ''; n++) {
    next = `oNext${n}`
    words = await town.tell(next, '菜单')
  }
  end()
  expect((await stuck).words).toMatch(/1\. /)
  await late()
  expect(town.got(next)).toHaveLength(1)
}, 10_000)

it('forgets who leaves: the address at once, all of it where nothing is open, and keeps an open matter', async () => {
  await town.tell(ME, '你好')
  const leave = (openid: string) =>
    town.push(openid, { MsgType: 'event', Event: 'unsubscribe', EventKey: '' })
  expect((await leave(ME)).words).toBe('')
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Person" WHERE "erasedAt" IS NOT NULL`)).toBe(1)
  const other = 'oLi'
  for (const words of ['3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', '3', '1'])
    await town.tell(other, words)
  await leave(other)
  await leave(other)
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Case" WHERE "closedAt" IS NULL`)).toBe(1)
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Identity" WHERE "goneAt" IS NULL`)).toBe(0)
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Person" WHERE "phoneEnc" IS NOT NULL`)).toBe(0)
  // Who comes back is somebody new.
  await town.tell(other, '你好')
  expect(await count(`SELECT COUNT(*) AS "n" FROM "Identity" WHERE "goneAt" IS NULL`)).toBe(1)
})

it('counts what somebody agreed to, each push once', async () => {
  await town.tell(ME, '你好')
  const said = (event: string, status: string, at: string) =>
    town.app.inject({
      method: 'POST',
      ...(() => {
        const list = `<List><TemplateId>TOWN-AGREED</TemplateId><SubscribeStatusString>${status}</SubscribeStatusString></List>`
        const xml = `<xml><ToUserName>gh</ToUserName><FromUserName>${ME}</FromUserName><CreateTime>${at}</CreateTime><MsgType>event</MsgType><Event>${event}</Event><${event === 'subscribe_msg_popup_event' ? 'SubscribeMsgPopupEvent' : 'SubscribeMsgChangeEvent'}>${list}</${event === 'subscribe_msg_popup_event' ? 'SubscribeMsgPopupEvent' : 'SubscribeMsgChangeEvent'}></xml>`
        const { query, body } = sealedPush(town.pusher, ME, xml, SECONDS)
        return { url: `/wechat/callback?${query}`, payload: body, headers: { 'content-type': 'text/xml' } }
      })(),
    })
  const credit = () => count('SELECT COALESCE(SUM("credit"), 0) AS "n" FROM "Agreed"')
  await said('subscribe_msg_popup_event', 'accept', '1')
  await said('subscribe_msg_popup_event', 'accept', '1')
  expect(await credit()).toBe(1)
  await said('subscribe_msg_popup_event', 'accept', '2')
  expect(await credit()).toBe(2)
  await said('subscribe_msg_change_event', 'reject', '3')
  expect(await credit()).toBe(0)
})
