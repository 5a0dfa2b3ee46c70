import type { RefusalDetail } from '../../shared/api.ts'
import type { Question } from '../shapes.ts'
import { type Entry, isEmpty } from './entry.ts'
import { realChoices } from './steps.ts'

/** One thing to put right: where, and the sentence as a key under `form.wrong.` or in the service's own words. */
export interface Problem {
  field: string
  why?: string
  sentence?: string
  with?: Record<string, unknown>
}

/** Most characters by flow and question, as the flows take them; words elsewhere may have ten thousand. */
const MOST: Readonly<Record<string, number>> = {
  'withdraw.reason': 500,
  'human.reason': 2_000,
  'rating.why': 2_000,
  'grievance.name': 20,
  'grievance.where': 200,
  'myData.name': 20,
}

export const mostOf = (flow: string, key: string): number => MOST[`${flow}.${key}`] ?? 10_000

/** Characters as a person counts them. */
export const lengthOf = (text: string): number => Array.from(text.trim()).length

/** What can be seen to be missing before anything is sent. The service has the last word. */
export function problemIn(
  flow: string,
  question: Question,
  entry: Entry,
  files?: number,
): Problem | undefined {
  const { key, kind } = question
  if (kind === 'photos') return files ? undefined : { field: key, why: 'noFile' }
  if (isEmpty(entry)) return { field: key, why: emptyWhy(question) }
  if (entry.value) return undefined
  const most = mostOf(flow, key)
  const now = lengthOf(entry.text)
  if (now > most) return { field: key, why: 'tooLong', with: { most, now } }
  const digits = kind === 'phone' ? mobileDigits(entry.text) : 0
  if (digits) return { field: key, why: digits < 11 ? 'phoneShort' : 'phoneLong', with: { count: digits } }
  return undefined
}

function emptyWhy(question: Question): string {
  if (realChoices(question).length > 0 && question.kind !== 'words') return 'choose'
  const own = ['phone', 'place', 'date', 'caseCode', 'queryCode', 'typed'].find(
    kind => kind === question.kind,
  )
  return own ?? 'words'
}

/** How many digits a mobile number has when it does not have eleven; 0 for a right one, and for what is no mobile number. */
function mobileDigits(text: string): number {
  const plain = text
    .normalize('NFKC')
    .replace(/^\s*\+?86(?=[-\s]?1)/, '')
    .replace(/[\s-]/g, '')
  return /^1\d{4,}$/.test(plain) && plain.length !== 11 ? plain.length : 0
}

/** The service's refusal as problems; a detail of a field that is not on the page is told of the one that is. */
export function problemsOf(details: readonly RefusalDetail[], message: string, shown: string): Problem[] {
  const named = details.filter(({ why }) => typeof why === 'string' && why !== '')
  if (named.length === 0) return [{ field: shown, sentence: message }]
  return named.map(({ field, why }) => ({
    field: field === undefined || field === '' ? shown : field,
    sentence: String(why),
  }))
}
