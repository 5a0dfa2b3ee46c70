import type { House } from '../actions/house.ts'
import type { Bubble } from '../bot/channel.ts'
import type { NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import { type NoticeRow, noticeBody } from '../store/notices.ts'

/** Notices that go out as one message, and what it says. */
export interface Bundle {
  rows: NoticeRow[]
  bubble: Bubble
  language: Language
}

/** So many go into one message; a phone shows no more at a glance. */
const MOST = 8

/**
 * One person's notices that are due together are one message, in their order: nobody is rung five times for five steps. What is urgent, or asks
 * something, goes alone.
 */
export async function bundled(house: House, rows: readonly NoticeRow[]): Promise<Bundle[]> {
  const bundles: Bundle[] = []
  let open: Bundle | null = null
  const first = rows[0]
  if (!first) return bundles
  const language = await languageOf(house, first)
  for (const row of rows) {
    const bubble = await bubbleOf(house, row, language)
    const joins = row.personId !== null && row.urgent === 0 && !bubble.choices?.length
    if (open && joins && open.rows.length < MOST) join(open, row, bubble)
    else {
      open = { rows: [row], bubble, language }
      bundles.push(open)
    }
    if (!joins) open = null
  }
  return bundles
}

/** The newest is what a short message names. */
function join(open: Bundle, row: NoticeRow, bubble: Bubble): void {
  open.rows.push(row)
  open.bubble = { ...bubble, text: `${open.bubble.text}\n\n${bubble.text}` }
}

async function languageOf(house: House, row: NoticeRow): Promise<Language> {
  const person = await house.store.read.sql.get<{ language: Language }>(
    'SELECT "language" FROM "Person" WHERE "id" = ?',
    row.personId,
  )
  return person?.language ?? 'zh-CN'
}

async function bubbleOf(house: House, row: NoticeRow, language: Language): Promise<Bubble> {
  const body = await noticeBody(house.store.read, row)
  return JSON.parse(house.bubble(row.notice as NoticeKey, language, body)) as Bubble
}
