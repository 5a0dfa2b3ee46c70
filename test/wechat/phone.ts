import type { House } from '../../src/actions/house.ts'
import type { Bubble } from '../../src/bot/channel.ts'
import { fieldValue } from '../../src/rules/notices/fields.ts'
import { type NoticeKey, sendAfter } from '../../src/rules/notices/table.ts'
import { type NoticeRow, noticeBody } from '../../src/store/notices.ts'

/** What a follower was owed, and what stands on their phone: read one against the other. */

/** A notice of the ledger that had to be handed to a channel. */
export interface Owed {
  key: string
  state: string
  channel: string | null
  text: string
  /** As a template and a text message show it. */
  short: string
  brief: string
}

/** What a phone shows, besides answers to what its owner said. */
export interface Shown {
  kind: 'custom' | 'template' | 'subscribe' | 'sms'
  text: string
}

/** Everything somebody was to be told outside their own turn of talk, in the order it was to be said. */
export async function owedTo(house: House, personId: string): Promise<Owed[]> {
  const { zone } = house.district
  const rows = await house.store.read.sql.all<NoticeRow>(
    `SELECT * FROM "Notice" WHERE "personId" = ? AND NOT ("attempts" = 0 AND "state" = 'sent')`,
    personId,
  )
  const orderOf = (row: NoticeRow) => `${sendAfter(row.notice as NoticeKey, row.createdAt, zone)} ${row.id}`
  const owed: Owed[] = []
  for (const row of rows.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    const body = await noticeBody(house.store.read, row)
    const bubble = JSON.parse(house.bubble(row.notice as NoticeKey, 'zh-CN', body)) as Bubble
    const { code = '', what = '?', office = '' } = bubble.brief ?? {}
    const field = (name: string, value: string) => fieldValue(name, value, zone)
    const short = [
      field('character_string1', code),
      field('thing2', what),
      field('thing3', office),
      field('time4', row.createdAt),
    ].join(' | ')
    const { state, channel } = row
    owed.push({
      key: row.notice,
      state,
      channel,
      text: bubble.text,
      short,
      brief: `${what} | ${code || '-'}`,
    })
  }
  return owed
}

/** Words without what a channel adds to them: the page's address, the choices as lines, the breaks between parts. */
const bare = (text: string) => text.replace(/\s+/g, '')

/**
 * Reads a phone as the notices it must show, in their order, each once: a message is one of them or several in one; a short form stands for the
 * newest of those put together. Answers with what is wrong: empty when the phone shows exactly what was owed.
 */
export function wrongOn(phone: readonly Shown[], owed: readonly Owed[]): string[] {
  const wrong: string[] = []
  const left = [...owed]
  for (const { kind, text } of phone) {
    const before = left.length
    const rest = kind === 'custom' ? readWords(text, left) : readShort(text, left, kind)
    if (rest || left.length === before) wrong.push(`not the next: ${kind} ${text}`)
  }
  return [...wrong, ...left.map(one => `never seen: ${one.key} ${one.state} ${one.channel}`)]
}

/** Takes from the list what these words say, from its head on; what is left of them, besides the address of a page. */
function readWords(text: string, left: Owed[]): string {
  let rest = bare(text)
  while (left[0] && rest.startsWith(bare(left[0].text))) {
    rest = rest.slice(bare(left[0].text).length)
    left.shift()
  }
  return rest.replace(/^https:[!-~]+$/, '')
}

/** A short form names the newest of those that went with it: `等 3 条` says of how many. */
function readShort(text: string, left: Owed[], kind: Shown['kind']): string {
  const count = Number(/ 等 (\d+) 条/.exec(text)?.[1] ?? 1)
  const newest = left[count - 1]
  if (text.replace(/ 等 \d+ 条/, '') !== newest?.[kind === 'sms' ? 'brief' : 'short']) return text
  left.splice(0, count)
  return ''
}
