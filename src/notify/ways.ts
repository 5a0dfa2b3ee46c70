import type { House } from '../actions/house.ts'
import type { Bubble } from '../bot/channel.ts'
import type { Sent } from '../rules/notices/outcome.ts'
import { NOTICES, type NoticeChannel, type NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import { type NoticeRow, triesOf } from '../store/notices.ts'
import { addressesOf } from '../store/persons.ts'
import { NO_MORE } from '../store/receipts.ts'
import type { Bundle } from './bundle.ts'

/** What a sender gets: the notice (the first of a bundle), how many it stands for, and what it says. */
export interface Said {
  row: NoticeRow
  /** The same for a repeat of the very same words: a bundle that grew since is another one, and must not be taken for a repeat. */
  sameAs: string
  count: number
  bubble: Bubble
  /** What the recipient reads. */
  language: Language
  /** The person's addresses, newest first. */
  addresses: Addresses
  /** Templates that stand still, as `channel.id`. */
  still: ReadonlyMap<string, string>
}

export type Addresses = Awaited<ReturnType<typeof addressesOf>>

/** Hands one notice over. Null: the channel does not lead to this recipient, which is no failure. */
export type Sender = (said: Said) => Promise<Sent | null>

/** The channels that can be called; `web` and `inbox` have a notice by the row itself. */
export type Senders = Partial<Record<NoticeChannel, Sender>>

export interface Way {
  channel: NoticeChannel
  send(): Promise<Sent | null>
  /** Taken or not, the next way is tried too: somebody is in danger. */
  andTheNext?: boolean
}

/** Where the ways are, and for when none is open now but one will be. */
export interface Ways {
  ways: Way[]
  waiting: { afterSeconds: number; why: string; channel: string } | null
}

const TAKEN: Sent = { is: 'sent' }

/** The address a channel needs; the others find theirs by themselves. */
const NEEDS: Readonly<Partial<Record<NoticeChannel, string>>> = {
  ...{
    wechat: 'wechat',
    template: 'wechat',
    subscribe: 'wechat',
    mini: 'mini',
    wechaty: 'wechaty',
    web: 'web',
  },
}

/** Chats that can be called: who lives in one does not look at the page, so the page having it tells them nothing. */
const LIVES_IN: readonly NoticeChannel[] = ['wechat', 'wechaty']

/** Whether a channel leads to the person now; by customer-service message only while their window is open. */
function leadsTo(channel: NoticeChannel, addresses: Addresses, senders: Senders, now: string): boolean {
  const needed = NEEDS[channel]
  if (!needed) return true
  if (channel === 'web' && LIVES_IN.some(chat => senders[chat] && addresses.some(at => at.channel === chat)))
    return false
  return addresses.some(
    at => at.channel === needed && (channel !== 'wechat' || ((at.openUntil ?? '') > now && at.openLeft > 0)),
  )
}

export const isUrgent = (rows: readonly NoticeRow[]): boolean => rows.some(row => row.urgent === 1)

/** Members of staff who hear it in their chat are reached as a person is. */
const CHAT: readonly NoticeChannel[] = ['wechat', 'template', 'webPush', 'wechaty', 'web']

/** The ways to a recipient, in the order of the notice's table row. */
export async function waysTo(
  house: House,
  senders: Senders,
  { rows, bubble, language }: Bundle,
  still: ReadonlyMap<string, string>,
): Promise<Ways> {
  const row = rows[0]!
  const listed: readonly NoticeChannel[] = NOTICES[row.notice as NoticeKey]?.channels ?? []
  const channels = row.personId && listed.includes('inbox') ? CHAT : listed
  const { read } = house.store
  const addresses = row.personId ? await addressesOf(read, row.personId) : []
  const gone = row.attempts > 0 ? await endedWays(house, row) : []
  const ways: Way[] = []
  let waiting: Ways['waiting'] = null
  for (const channel of channels) {
    if (!leadsTo(channel, addresses, senders, house.now())) continue
    const known = channel === 'inbox' || channel === 'web'
    const sender = senders[channel]
    if (known) ways.push({ channel, send: async () => TAKEN })
    else if (sender && still.has(channel)) waiting ??= pause(house, channel, still.get(channel) ?? '')
    else if (sender && !gone.includes(channel)) {
      const sameAs = rows.at(-1)?.id ?? row.id
      const said: Said = { row, sameAs, count: rows.length, bubble, language, addresses, still }
      ways.push({ channel, send: () => sender(said) })
    }
  }
  return { ways: row.personId ? ways : forStaff(row, ways), waiting }
}

function pause(house: House, channel: string, until: string) {
  const left = (Date.parse(until) - Date.parse(house.now())) / 1000
  return { afterSeconds: Math.max(60, Math.ceil(left)), why: 'stopped', channel }
}

/**
 * The inbox has it by the row itself. What is urgent rings everywhere at once; else one ring is enough, and none is needed where
 * nobody has a phone.
 */
function forStaff(row: NoticeRow, ways: readonly Way[]): Way[] {
  const inbox = ways.filter(way => way.channel === 'inbox')
  const called = ways.filter(way => way.channel !== 'inbox')
  if (row.urgent === 1) return [...called.map(way => ({ ...way, andTheNext: true })), ...inbox]
  return [...called, ...inbox]
}

/** Ways that took it and then said it did not arrive. */
async function endedWays({ store }: House, row: NoticeRow): Promise<string[]> {
  const tries = await triesOf(store.read, row.id)
  return tries.filter(one => one.outcome.startsWith(NO_MORE)).map(one => one.channel)
}
