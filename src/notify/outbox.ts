import type { House } from '../actions/house.ts'
import { NOTICES, type NoticeChannel, type NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import {
  dueNotices,
  interrupted,
  keepOutcome,
  type NoticeBody,
  type NoticeRow,
  noticeBody,
  setNoticeState,
  takeNotice,
  tryChannel,
} from '../store/notices.ts'
import { addressesOf } from '../store/persons.ts'

/** What came of handing a notice to a channel. */
export type Sent =
  | { is: 'sent' }
  | { is: 'later'; afterSeconds: number; why: string }
  | { is: 'never'; why: string }

/** Hands one notice over. `bubble` is what it says, as JSON, in the recipient's language. */
export type Sender = (notice: NoticeRow, address: string, bubble: string) => Promise<Sent>

/** The channels that can be called; `web` and `inbox` have a notice by the row itself. */
export type Senders = Partial<Record<NoticeChannel, Sender>>

/** Channels where a repeat does no harm: after a crash they are tried again. */
const IDEMPOTENT: readonly (string | null)[] = ['web', 'inbox', null]

/** A notice is tried this often, at growing distances, or until it is no longer worth saying. */
const TRIES = 48
const BATCH = 100

/** Waiting time before the next attempt: 1 minute, doubling, at most 4 hours. Seconds. */
export const backOff = (attempts: number): number => Math.min(60 * 2 ** Math.max(0, attempts - 1), 4 * 3600)

/** After a start: what was being sent when the process died. Urgent and harmless ones repeat, others are listed as unknown. */
export async function recoverOutbox(house: House): Promise<{ repeated: number; unknown: number }> {
  const rows = await interrupted(house.store.read)
  let unknown = 0
  for (const row of rows) {
    const repeat = row.urgent === 1 || IDEMPOTENT.includes(row.channel)
    if (!repeat) unknown++
    await house.store.write(tx => setNoticeState(tx, row.id, repeat ? 'waiting' : 'unknown'), row.id)
  }
  return { repeated: rows.length - unknown, unknown }
}

/** Hands over what is due. Returns how many notices it dealt with. */
export async function runOutbox(house: House, senders: Senders): Promise<number> {
  const due = await dueNotices(house.store.read, house.now(), BATCH)
  for (const row of due) await handOver(house, senders, row)
  return due.length
}

async function handOver(house: House, senders: Senders, row: NoticeRow) {
  const now = house.now()
  if (row.until && row.until < now) {
    await settle(house, row, { state: 'givenUp', channel: null, why: 'tooLate' })
    return
  }
  const ways = await waysTo(house, senders, row)
  // The row says `sending`, and by which channel, before the call: after a crash nobody has to guess whether it was made.
  const first = ways[0]?.channel ?? null
  if (!(await house.store.write(tx => takeNotice(tx, row.id, first), row.id))) return
  let later: { afterSeconds: number; why: string; channel: string } | null = null
  const refused: { channel: string; why: string }[] = []
  for (const way of ways) {
    if (way.channel !== first) await house.store.write(tx => tryChannel(tx, row.id, way.channel), row.id)
    const sent = await way.send()
    if (sent.is === 'sent')
      return settle(house, row, { state: 'sent', channel: way.channel, why: 'sent', refused })
    if (sent.is === 'later') later ??= { ...sent, channel: way.channel }
    refused.push({ channel: way.channel, why: sent.why })
  }
  const attempts = row.attempts + 1
  if (!later || attempts >= TRIES) {
    const why = refused.map(one => `${one.channel}: ${one.why}`).join('; ') || 'noChannel'
    return settle(house, row, { state: 'givenUp', channel: null, why, refused })
  }
  const wait = Math.max(later.afterSeconds, backOff(attempts))
  const dueAt = new Date(Date.parse(now) + wait * 1000).toISOString()
  await settle(house, row, { state: 'waiting', channel: later.channel, why: later.why, dueAt })
}

const settle = (house: House, row: NoticeRow, outcome: Parameters<typeof keepOutcome>[2]) =>
  house.store.write(tx => keepOutcome(tx, row, outcome, house.now()), row.id)

interface Way {
  channel: NoticeChannel
  send(): Promise<Sent>
}

const CHAT: readonly NoticeChannel[] = ['wechat', 'web']

/** The ways to a recipient, in the order of the notice's table row. */
async function waysTo(house: House, senders: Senders, row: NoticeRow): Promise<Way[]> {
  const key = row.notice as NoticeKey
  const listed: readonly NoticeChannel[] = NOTICES[key]?.channels ?? []
  // A member of staff who hears it in their chat is reached as a person is.
  const channels = row.personId && listed.includes('inbox') ? CHAT : listed
  if (!row.personId)
    return channels.includes('inbox') ? [{ channel: 'inbox', send: async () => ({ is: 'sent' }) }] : []
  const addresses = await addressesOf(house.store.read, row.personId)
  const bubble = await bubbleFor(house, row, key)
  return channels.flatMap(channel => {
    const address = addresses.find(one => one.channel === channel)
    // The line stands in the conversation since the event's own transaction.
    if (channel === 'web' && address) return [{ channel, send: async () => ({ is: 'sent' as const }) }]
    const sender = senders[channel]
    return sender && address ? [{ channel, send: () => sender(row, address.address, bubble) }] : []
  })
}

async function bubbleFor(house: House, row: NoticeRow, key: NoticeKey): Promise<string> {
  const { read } = house.store
  const body: NoticeBody = await noticeBody(read, row)
  const person = await read.sql.get<{ language: Language }>(
    'SELECT "language" FROM "Person" WHERE "id" = ?',
    row.personId,
  )
  return house.bubble(key, person?.language ?? 'zh-CN', body)
}
