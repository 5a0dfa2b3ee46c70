import type { NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { NoticeBody, NoticeRow, TryRow } from '../store/notices.ts'
import { moment } from '../words.ts'
import { type ApiParts, say } from './parts.ts'

/** Whether what was said about a case arrived, in the words of the person it was said to. */

export type Arrived = 'sent' | 'waiting' | 'givenUp'

/** A notice of a case as its page shows it: the row, what it holds, and the attempts made, oldest first. */
export interface ToldFacts {
  row: NoticeRow
  body: NoticeBody
  tries: readonly TryRow[]
}

export function arrivedAs(row: NoticeRow): Arrived {
  if (row.state === 'sent' || row.state === 'cleared') return 'sent'
  return row.state === 'waiting' || row.state === 'sending' ? 'waiting' : 'givenUp'
}

/** What a notice said, in the language its reader has now. */
export function saidBy({ house }: Pick<ApiParts, 'house'>, { row, body }: ToldFacts, language: Language) {
  const bubble = JSON.parse(house.bubble(row.notice as NoticeKey, language, body)) as { text: string }
  return bubble.text
}

/** `已送到您的微信`, `微信没送到，17:05 改发短信，已送达`, `正在通知您`: how far a notice has come and by which way. */
export function arrivalWords(parts: ApiParts, told: ToldFacts, language: Language): string {
  const { tries } = told
  const row = { ...told.row, channel: familyOf(told.row.channel) }
  const found = tries.find(one => one.outcome !== 'sent' && one.channel !== '-')
  const failed = found && { ...found, channel: familyOf(found.channel) ?? '' }
  const values = {
    failed: failed ? channelName(parts, failed.channel, language) : '',
    channel: channelName(parts, row.channel, language),
    at: '',
  }
  const words = (key: string, at?: string | null) =>
    say(parts, language, `arrival.${key}`, { ...values, at: at ? hourOf(parts, row, at, language) : '' })
  if (row.state === 'cleared') return words('cleared')
  if (row.state === 'unknown') return words('unknown')
  if (row.state === 'givenUp') return words('givenUp')
  if (row.state === 'sent') {
    if (failed) return words(failed.channel === row.channel ? 'sentLater' : 'sentElsewhere', row.sentAt)
    return words(SENT_BY.find(channel => channel === row.channel) ?? 'sent')
  }
  if (failed) return words('tryAgain', row.dueAt)
  return row.dueAt > parts.house.now() ? words('afterQuiet', row.dueAt) : words('waiting')
}

/** To its reader a message of WeChat's is one of WeChat's, whichever kind it is. */
const WECHATS: readonly (string | null)[] = ['template', 'subscribe', 'mini', 'wechaty']
const familyOf = (channel: string | null) => (WECHATS.includes(channel) ? 'wechat' : channel)

/** Channels whose arrival has words of its own. */
const SENT_BY = ['wechat', 'web', 'sms', 'webPush'] as const
const NAMED: readonly (string | null)[] = [...SENT_BY, 'wecom']

const channelName = (parts: ApiParts, channel: string | null, language: Language): string =>
  say(parts, language, `channel.${NAMED.includes(channel) ? channel : 'other'}`)

/** The hour alone on the day the notice was written, else with its day. */
function hourOf({ house }: ApiParts, row: NoticeRow, at: string, language: Language): string {
  const { zone } = house.district
  const sameDay = moment(language, row.createdAt, zone, false) === moment(language, at, zone, false)
  const full = moment(language, at, zone)
  return sameDay ? full.slice(-5) : full
}
