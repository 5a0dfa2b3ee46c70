import type { NoticeKey } from '../rules/notices/table.ts'
import type { Language } from '../rules/people/language.ts'
import type { NoticeBody } from '../store/notices.ts'
import type { Words } from '../words.ts'

interface Item {
  kind: string
  period: string
  name: string
  due: string
  stage: string
}

/** The duties a notice brings to mind, a line each, in words; children by pseudonym. */
export function careLines(words: Words, language: Language, body: NoticeBody): string {
  const items = JSON.parse(String(body.items ?? '[]')) as Item[]
  return items.map(item => careLine(words, language, item)).join('\n')
}

function careLine(words: Words, language: Language, { stage, ...item }: Item): string {
  const what = words(language, `notice:care.what.${dutyName(item)}`)
  return words(language, `notice:care.${stage.startsWith('again') ? 'again' : stage}`, { ...item, what })
}

/** `dragonBoat` of `2026-dragonBoat`; the other kinds are told alike in every period. */
const dutyName = ({ kind, period }: Pick<Item, 'kind' | 'period'>): string =>
  kind === 'festival' ? period.slice(period.indexOf('-') + 1) : kind

/** Notices whose words are lines of duties. */
export const hasLines = (notice: NoticeKey): boolean =>
  notice === 'volunteer.duty' ||
  notice === 'volunteer.paired' ||
  notice === 'coordinator.duty' ||
  notice === 'coordinator.relay'
