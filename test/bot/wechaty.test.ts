import { EventEmitter } from 'node:events'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { moveCase } from '../../src/actions/move-case.ts'
import type { Puppet, PuppetMessage } from '../../src/bot/wechaty.ts'
import { readConfig } from '../../src/config.ts'
import { runOutbox } from '../../src/notify/outbox.ts'
import { addStaff } from '../../src/store/staff.ts'
import { wechatyChannel } from '../../src/wechaty.ts'
import { clerk, WEST } from '../actions/staff.ts'
import { makeHouse, type TestHouse } from '../house.ts'

/** A puppet in the test's hand: what it hears and says, by contact. */
class TestPuppet extends EventEmitter {
  said: { to: string; text: string }[] = []
  started = 0
  private heard = 0
  Contact = { find: async ({ id }: { id: string }) => this.contact(id) }
  start = async () => void this.started++
  stop = async () => void this.emit('stop')

  private contact = (id: string) => ({
    id,
    say: async (text: string) => void this.said.push({ to: id, text }),
  })

  hear(
    from: string,
    text: string,
    more: Partial<{ id: string; room: string; mentions: boolean; self: boolean; type: number }> = {},
  ) {
    const to = more.room ?? from
    const message: PuppetMessage = {
      id: more.id ?? `m${++this.heard}`,
      self: () => more.self ?? false,
      type: () => more.type ?? 7,
      text: () => text,
      talker: () => this.contact(from),
      room: () => (more.room ? { id: more.room } : undefined),
      mentionSelf: async () => more.mentions ?? false,
      mentionText: async () => text,
      say: async words => void this.said.push({ to, text: words }),
    }
    this.emit('message', message)
  }
}

let t: TestHouse
let puppet: TestPuppet
let channel: ReturnType<typeof wechatyChannel>
beforeEach(async () => {
  t = await makeHouse()
  puppet = new TestPuppet()
  const config = readConfig({ WECHATY_PUPPET: 'wechaty-puppet-test', DEMO: '0' })
  const parts = { ...t, log: pino({ level: 'silent' }) }
  const module = { WechatyBuilder: { build: () => puppet as unknown as Puppet } }
  channel = wechatyChannel(
    config,
    parts,
    (_, fault) => t.faults.push(fault),
    async () => module,
  )
  await channel.start()
  puppet.emit('login', { id: 'wxid_house' })
})
afterEach(async () => {
  await channel.stop()
  await t.close()
})

/** Lets what was heard be answered. */
async function answers(count: number): Promise<string[]> {
  while (puppet.said.length < count && t.faults.length === 0) await new Promise(done => setTimeout(done, 5))
  return puppet.said.splice(0).map(one => `${one.to}: ${one.text}`)
}

it('hears a whole grievance in a private talk, each message once', async () => {
  puppet.hear('wxid_wang', '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', { id: 'a' })
  const first = await answers(2)
  expect(first.join('\n')).toMatch(/1\. /)
  puppet.hear('wxid_wang', '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000', { id: 'a' })
  puppet.hear('wxid_wang', '3')
  await answers(1)
  puppet.hear('wxid_wang', '1')
  expect((await answers(1)).join('\n')).toContain('HS-20261103-0001')
  expect(t.faults).toEqual([])
})

it('is silent in a group until it is named, and then says nothing of anybody', async () => {
  puppet.hear('wxid_li', '我家电梯坏了', { room: 'group' })
  puppet.hear('wxid_li', '@回音 我的诉求HS-20261103-0001办到哪了', { room: 'group', mentions: true })
  const [only, ...more] = await answers(1)
  expect(only).toMatch(/^group: 群里人多/)
  expect(more).toEqual([])
  const rows = await t.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Message"')
  expect(Number(rows?.n)).toBe(0)
})

it('does not answer itself, and asks for words where it gets none', async () => {
  puppet.hear('wxid_house', '你好', { self: true })
  puppet.hear('wxid_li', '', { type: 6 })
  expect(await answers(1)).toEqual([
    'wxid_li: 这种消息我还看不懂。请用文字写一句，我马上帮您记下。急事请拨 12345。',
  ])
})

it('alarms staff when the account is out, holds what there is to say, and says it after the log-in', async () => {
  const known = await t.house.store.read.sql.all<{ login: string }>('SELECT "login" FROM "Staff"')
  for (const login of new Set(t.house.district.roster.map(shift => shift.person))) {
    if (known.some(one => one.login === login)) continue
    const given = { login, name: '值班', roles: [], passwordHash: null, demo: false }
    await t.house.store.write(tx => addStaff(tx, given, t.house.now()))
  }
  puppet.hear('wxid_wang', '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await answers(2)
  puppet.hear('wxid_wang', '3')
  await answers(1)
  puppet.hear('wxid_wang', '1')
  const code = /HS-\d{8}-\d{4}/.exec((await answers(1)).join())![0]
  puppet.emit('logout')
  const west = await clerk(t, 'office-of-the-west', 'townClerk', WEST)
  await moveCase(t.house, west, code, 'grab', {})
  await runOutbox(t.house, channel.senders, () => 0)
  expect(puppet.said).toEqual([])
  puppet.emit('login', { id: 'wxid_house' })
  t.pass(600_000)
  await runOutbox(t.house, channel.senders, () => 0)
  expect(puppet.said.map(one => one.to)).toEqual(['wxid_wang'])
  const told = await t.house.store.read.sql.all<{ notice: string }>(
    `SELECT "notice" FROM "Notice" WHERE "notice" LIKE 'duty.channel%' ORDER BY "id"`,
  )
  expect(told.map(row => row.notice)).toContain('duty.channelOut')
})

it('is off where no puppet is named', () => {
  const config = readConfig({ DEMO: '0' })
  expect(wechatyChannel(config, { ...t, log: pino({ level: 'silent' }) }, () => {}).senders).toEqual({})
})
