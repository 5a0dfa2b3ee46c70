import type { AdminNotice, AdminRow } from '../../wire/admin.ts'
import { markOf } from '../admin/change.ts'
import type { Row } from '../admin/lenses.ts'
import { noticeBubble } from '../bot/wording.ts'
import { blanksIn, builtIn } from '../district-words.ts'
import { fieldValue } from '../rules/notices/fields.ts'
import { NOTICES, type NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { Words } from '../words.ts'
import type { ApiParts } from './parts.ts'
import type { NoticeWords } from './schemas-admin.ts'

/** The words of notices in the administration: every one with its blanks, and how it will be read. */

const KEYS = Object.keys(NOTICES)
const isNotice = (key: string): key is NoticeKey => KEYS.includes(key)

/** The notice a sentence belongs to: its own, the one it is the short form of, or the one said late. */
function noticeOf(key: string): NoticeKey | null {
  const of = key
    .replace(/^brief\.following\./, 'follower.')
    .replace(/^(?:brief|petition)\./, 'resident.')
    .replace(/^care\..*/, 'volunteer.duty')
    .replace(/Late$/, '')
  return isNotice(of) ? of : null
}

/** What a sentence is called in the table: the notice's name, and what of it this is. */
function titleOf({ words }: ApiParts, language: Language, key: string): string {
  const notice = noticeOf(key)
  const name = notice ? words(language, `staff:notice.${notice.replace('.', '_')}`) : key
  const [head = ''] = key.split('.')
  const part = key.endsWith('Late') ? 'late' : ['brief', 'petition', 'care'].includes(head) ? head : null
  const title = part ? words(language, `books:noticePart.${part}`, { name, key }) : name
  // Names of steps begin small in English: elsewhere they stand in sentences.
  return title.charAt(0).toUpperCase() + title.slice(1)
}

/** The built-in sentences of notices; what is no notice of its own (a code a text message carries) is left out. */
export const noticeWords = (): [key: string, words: string][] =>
  [...builtIn('zh-CN')].filter(([key, words]) => noticeOf(key) !== null && !/^\{\{\w+\}\}$/.test(words))

/** Every sentence a notice is made of, with own words where there are some. */
export function noticeRows(
  { parts, language }: { parts: ApiParts; language: Language },
  own: readonly Row[],
): AdminRow[] {
  const english = builtIn('en')
  return noticeWords().map(([key, zh]) => {
    const mine = own.find(row => row.key === key)
    const en = english.get(key) ?? ''
    const row = mine ?? { key, zh, en }
    const title = titleOf(parts, language, key)
    const state = parts.words(language, mine ? 'books:says.own' : 'books:says.builtIn')
    return {
      ...{ id: key, title, row, mark: mine ? markOf(mine) : null },
      shown: { key: title, zh: String(language === 'en' ? row.en : row.zh), own: state },
      notice: { zh, en, blanks: blanksIn(zh), own: mine !== undefined },
    }
  })
}

/** One matter, made up, with everything a notice may want to say of it. */
const SAMPLE = {
  ...{ code: 'HS-20261103-0042', same: 'HS-20261101-0007', office: '西城街道办事处', to: '住建局、公用中心' },
  ...{ due: '2026-11-10T09:30:00.000Z', newDue: '2026-11-17T09:30:00.000Z' },
  ...{ resumeBy: '2026-11-16T09:30:00.000Z', date: '2026-11-04', at: '2026-11-09T01:00:00.000Z' },
  ...{ until: '2026-11-04T04:00:00.000Z', day: '2026-11-30', from: '2026-06-15', through: '2026-06-20' },
  ...{ days: 15, text: '请问电梯是哪一部？', title: '取暖和用火', reason: '配件要从外地调' },
  ...{ plan: '配件到货当天更换', rightChannel: '区人民法院，站前街 2 号', result: '电梯修好了' },
  ...{ facts: '制动器坏了，已换新', basis: '物业服务合同第六条', place: '红山郡' },
  ...{ summary: '配件已到，预计周五恢复运行。', room: '五楼 1 号调解室', mediator: '苗和平', no: '1' },
  ...{ routes: 'court,legalAid', panel: 'P01', name: '小禾', month: '2026-06', what: '月度走访' },
  ...{ today: 2, late: 0, waiting: 7, news: 3, orders: 2, readings: 14, emergency: 1, children: 3 },
  ...{ unseen: 2, week: 5, alone: 1, needs: 4, opened: 31, closed: 28, open: 64, raised: 1, paused: 2 },
  ...{ rating: 9, token: 'HY-4821', n: 3, row: 128 },
  items: JSON.stringify([
    { kind: 'month', period: '2026-06', name: '小禾', due: '2026-06-30', stage: 'early' },
    { kind: 'guardian', period: '2026Q2-1', name: '小满', due: '2026-06-30', stage: 'late' },
  ]),
}

/** Words in which one sentence is the one being written; all others are as they stand. */
function drafting(words: Words, draft: NoticeWords): Words {
  return (language, key, values = {}) => {
    const first = Array.isArray(key) ? key[0] : key
    if (first !== `notice:${draft.key}`) return words(language, key, values)
    const text = language === 'en' ? draft.en : draft.zh
    const known = values as Record<string, unknown>
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (mark, name: string) =>
      name in known ? words(language, 'done:as', { value: known[name] }) : mark,
    )
  }
}

/** Letters of one text message, and of each where it takes several. */
const [ONE_SMS, PART_OF_SMS] = [70, 67]

/** How a notice will be read with these words: on the page, in WeChat's template, as a text message. Null: it is no notice. */
export function noticePreview(
  parts: ApiParts,
  language: Language,
  draft: NoticeWords,
  fields: Readonly<Record<string, string>>,
): AdminNotice | null {
  const notice = noticeOf(draft.key)
  if (!notice) return null
  const body = {
    ...SAMPLE,
    late: draft.key.endsWith('Late') ? 1 : 0,
    profile: draft.key.startsWith('petition.') ? 'petition' : 'hotline',
  }
  const bubble = noticeBubble(drafting(parts.words, draft), language, notice, body as never)
  const { brief } = bubble
  const { channels } = NOTICES[notice]
  const goes = (channel: string) => (channels as readonly string[]).includes(channel)
  const say = (key: string, values: Record<string, unknown> = {}) =>
    parts.words(language, `books:preview.${key}`, values)
  const values: Record<string, string> = { ...brief, at: parts.house.now() }
  const sms = brief ? say('sms', { what: brief.what, code: brief.code }) : null
  return {
    text: bubble.text,
    choices: (bubble.choices ?? []).map(({ n, label }) => `${n}. ${label}`),
    template:
      brief && goes('template')
        ? Object.entries(fields).map(([field, of]) => ({
            label: say(`field.${of}`),
            value: fieldValue(field, values[of], parts.house.district.zone),
          }))
        : null,
    sms:
      sms && goes('sms')
        ? {
            ...{ text: sms, letters: sms.length },
            parts: sms.length <= ONE_SMS ? 1 : Math.ceil(sms.length / PART_OF_SMS),
          }
        : null,
    staff: goes('inbox'),
  }
}
