import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { remindMeetings } from '../../src/actions/mediation-clock.ts'
import type { Receive } from '../../src/bot/channel.ts'
import { partsOf } from '../../src/wechat/cut.ts'
import { readPush, textReply } from '../../src/wechat/xml.ts'
import { agreedToTalk, book, panelStaff } from '../actions/mediating.ts'
import { type Api, makeApi, TOKEN } from './house.ts'

let api: Api
/** Turned by a test to make the way of a message slow. */
let slow: (receive: Receive) => Receive
beforeEach(async () => {
  slow = receive => receive
  api = await makeApi({ receive: receive => heard => slow(receive)(heard) })
})
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const sign = (token: string, timestamp: string, nonce: string) =>
  createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
const seconds = () => String(Math.floor(Date.parse(api.house.now()) / 1000))
const query = (token = TOKEN, timestamp = seconds(), nonce = '486452656') =>
  `signature=${sign(token, timestamp, nonce)}&timestamp=${timestamp}&nonce=${nonce}`

const push = (fields: Record<string, string>) =>
  `<xml><ToUserName><![CDATA[gh_house]]></ToUserName><FromUserName><![CDATA[openid-wang]]></FromUserName><CreateTime>1793672460</CreateTime>${Object.entries(
    fields,
  )
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`
const text = (content: string, id: string) => push({ MsgType: 'text', Content: content, MsgId: id })
const post = (payload: string, signed = query(), type = 'text/xml') =>
  api.app.inject({
    method: 'POST',
    url: `/wechat/callback?${signed}&openid=openid-wang`,
    headers: { 'content-type': type },
    payload,
  })

// biome-ignore format: a table
it.each([
  // token, timestamp, nonce, signature: worked examples of the platform's documentation
  ['AAAAA', '1714036504', '1514711492', 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
  ['AAAAA', '1714037059', '486452656',  '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
])('checks the address as documented (%s %s)', async (token, timestamp, nonce, signature) => {
  const one = await makeApi({ env: { WECHAT_TOKEN: token } })
  const ask = (given: string) =>
    one.app.inject(`/wechat/callback?signature=${given}&timestamp=${timestamp}&nonce=${nonce}&echostr=4375120948345356249`)
  const right = await ask(signature)
  expect([right.statusCode, right.body]).toEqual([200, '4375120948345356249'])
  expect((await ask(signature.replace(/^./, '0'))).statusCode).toBe(403)
  expect((await ask('')).statusCode).toBe(403)
  await one.close()
})

it('is not there without a token, and hears nobody unsigned', async () => {
  const without = await makeApi({ env: { WECHAT_TOKEN: '' } })
  expect((await without.app.inject(`/wechat/callback?${query()}`)).statusCode).toBe(404)
  await without.close()
  expect((await post(text('你好', '1'), query('another'))).statusCode).toBe(403)
  expect((await post('<xml>', query())).statusCode).toBe(400)
  expect((await post('{"a":1}', query(), 'application/json')).statusCode).toBe(400)
})

it('talks: a whole grievance by passive replies, choices as numbered lines', async () => {
  const first = await post(text('3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', '1'))
  expect(first.headers['content-type']).toContain('xml')
  const reply = readPush(first.body)!
  expect(reply).toMatchObject({ ToUserName: 'openid-wang', FromUserName: 'gh_house', MsgType: 'text' })
  expect(reply.Content).toMatch(/^1\. /m)
  await post(text('3', '2'))
  const receipt = await post(text('1', '3'))
  expect(receipt.body).toContain('HS-20261103-0001')
  expect(Buffer.byteLength(readPush(receipt.body)!.Content!)).toBeLessThanOrEqual(2000)
})

it('answers a repeat with what the first run answered, also while it still runs', async () => {
  let runs = 0
  slow = receive => async heard => {
    runs += 1
    await new Promise(done => setTimeout(done, 100))
    return receive(heard)
  }
  const both = await Promise.all([post(text('菜单', '77')), post(text('菜单', '77'))])
  expect(runs).toBe(1)
  expect(both[1]!.body).toBe(both[0]!.body)
  expect((await post(text('菜单', '77'))).body).toBe(both[0]!.body)
  const row = await api.house.store.read.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Message" WHERE "sender" = 'me'`,
  )
  expect(row?.n).toBe(1)
})

it('lets WeChat ask again when the words are not ready in time and nobody could say them later', async () => {
  let end = () => {}
  slow = receive => async heard => {
    await new Promise<void>(done => {
      end = done
    })
    return receive(heard)
  }
  expect((await post(text('菜单', '5'))).statusCode).toBe(503)
  const again = post(text('菜单', '5'))
  end()
  expect((await again).body).toContain('1. ')
}, 10_000)

it.each([
  ['subscribe', push({ MsgType: 'event', Event: 'subscribe' }), /我是回音/],
  ['unsubscribe', push({ MsgType: 'event', Event: 'unsubscribe' }), /^success$/],
  ['a picture nobody can fetch', push({ MsgType: 'image', MediaId: 'x', MsgId: '9' }), /请用文字/],
  ['a video', push({ MsgType: 'shortvideo', MediaId: 'x', MsgId: '9' }), /请用文字/],
  ['a sticker without words', push({ MsgType: 'text', Content: ' ', MsgId: '9' }), /请用文字/],
  [
    'a place told unasked',
    push({ MsgType: 'event', Event: 'LOCATION', Latitude: '42.2', Longitude: '118.9' }),
    /^success$/,
  ],
  ['a page opened', push({ MsgType: 'event', Event: 'VIEW', EventKey: 'https://x' }), /^success$/],
  ['an event nobody knows', push({ MsgType: 'event', Event: 'new_thing' }), /^success$/],
  [
    'words heard from a voice',
    push({ MsgType: 'voice', MediaId: 'x', MsgId: '9', Recognition: '菜单' }),
    /1\. /,
  ],
  ['a tapped menu', push({ MsgType: 'event', Event: 'CLICK', EventKey: '菜单' }), /1\. /],
  [
    'a link',
    push({ MsgType: 'link', Title: '小区的路坏了', Description: '', Url: 'https://x', MsgId: '9' }),
    /<Content>/,
  ],
  ['voice without words', push({ MsgType: 'voice', MediaId: 'x', MsgId: '9', Recognition: '' }), /请用文字/],
] as const)('%s', async (_, pushed, wanted) => {
  expect((await post(pushed)).body).toMatch(wanted)
})

it('keeps numbers as they were written and hands out no entity', () => {
  const read = readPush(text('0110', '18446744073709551615'))!
  expect([read.Content, read.MsgId]).toEqual(['0110', '18446744073709551615'])
  const inside = '<ToUserName>a</ToUserName><FromUserName>b</FromUserName><MsgType>text</MsgType>'
  for (const bomb of [
    `<!DOCTYPE x [<!ENTITY a "boom">]><xml>${inside}<Content>&a;</Content></xml>`,
    `<xml>${inside}<Content>&#x41;</Content></xml>`,
    `<xml>${inside}${'<a>'.repeat(300)}${'</a>'.repeat(300)}</xml>`,
    `<xml>${inside}<Content><![CDATA[cut`,
    `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><xml>${inside}</xml>`,
  ])
    expect(readPush(bomb)).toBeNull()
  expect(readPush(`<?xml version="1.0"?><xml>${inside}<Content>a &amp; b</Content></xml>`)).not.toBeNull()
  expect(readPush(text('<!DOCTYPE 我写的 &a;', '1'))?.Content).toBe('<!DOCTYPE 我写的 &a;')
})

it('writes any words so that they read back the same', () => {
  for (const words of [']]>', 'a]]>b]]>', '<b>&amp;</b>', '第一行\n第二行', '😀'])
    expect(readPush(textReply('to', 'from', 1, words))?.Content).toBe(words)
  expect(textReply('to', 'from', 1, 'a\u0000b\u001f')).toContain('<![CDATA[ab]]>')
})

it('goes in parts, cut between characters', () => {
  const words = `${'电梯😀'.repeat(150)}\n${'坏了👨‍👩‍👧'.repeat(80)}`
  const parts = partsOf(words)
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2000)
  expect(parts.join('').replace(/\n/g, '')).toBe(words.replace(/\n/g, ''))
  expect(parts[0]).toBe('电梯😀'.repeat(150))
  const one = partsOf('电梯😀'.repeat(400), 1)
  expect(one).toHaveLength(1)
  expect(one[0]).toMatch(/^(电梯😀)+(电|电梯)?…$/u)
  expect([partsOf('短'), partsOf('')]).toEqual([['短'], []])
})

it('a bare number answers the reminder of a meeting', async () => {
  const secretary = await panelStaff(api.house, 'sec', 'panelSecretary')
  await panelStaff(api.house, 'med', 'mediator')
  await post(text('你好', '1'))
  const { personId } = (await api.house.store.read.sql.get<{ personId: string }>(
    'SELECT "personId" FROM "Conversation"',
  ))!
  const { code } = await agreedToTalk(api.house, secretary, { applicant: personId })
  await book(api.house, personId, code, '2026-11-09T01:00:00.000Z')
  api.at('2026-11-06T01:30:00.000Z')
  await remindMeetings(api.house)
  expect(readPush((await post(text('2', '2'))).body)?.Content).toContain('选一个新的时间')
  const said = await api.house.store.read.sql.get(
    `SELECT "applicantSays" FROM "Session" WHERE "state" = 'booked'`,
  )
  expect(said).toEqual({ applicantSays: 'move' })
})
