import { fromNow, type OpeningTimes, openingAt } from '../rules/calendar/opening.ts'
import { type Desk, type PartOfDay, partsOfDay } from '../rules/help.ts'
import type { Book } from './book.ts'
import type { Option } from './flow.ts'
import type { Language } from './talk.ts'

/** A desk that helps, as the talk knows it: whose hands it is in, when somebody is there, and the number to call meanwhile. */
export interface HelpDesk {
  key: Desk
  /** Code of the unit that holds its cases. */
  unit: string
  /** Code of the panel it is, where it is one. */
  panel?: string
  hours: OpeningTimes
  number: string
}

/** The desk of a key; undefined where the district has none. */
export const deskIn = (book: Book, key: Desk | undefined): HelpDesk | undefined =>
  book.desks.find(desk => desk.key === key)

/** Whether somebody is at a desk: `now`, from when (`today`, `tomorrow`, `later`, with values for the words), or `unknown`. */
export function attended(
  book: Book,
  desk: HelpDesk,
  now: string,
): { key: string; with: Record<string, string> } {
  const { calendar } = book
  const opening = calendar ? openingAt(calendar, desk.hours, now) : null
  if (opening?.open) return { key: 'now', with: {} }
  if (!calendar || !opening?.opens) return { key: 'unknown', with: {} }
  const { days, date, time: at } = fromNow(calendar.zone, now, opening.opens)
  const time = at.replace(/^0(?=\d:)/, '')
  if (days > 1) return { key: 'later', with: { day: date, time } }
  return { key: days === 0 ? 'today' : 'tomorrow', with: { time } }
}

/** Somebody always listens there, whatever the desk's own hours. */
const LISTENS = '12356'

/** What is said of a desk's hours: the key under `say.help.open.`, and the number to call instead with its own hours. */
export function hoursOf(book: Book, desk: HelpDesk, now: string, language: Language) {
  const { key, with: values } = attended(book, desk, now)
  const number = key === 'now' ? desk.number : LISTENS
  const line = book.hotlines.get(number)
  const hours = (language === 'en' ? line?.english?.hours : undefined) ?? line?.hours
  const told = hours ? (language === 'en' ? ` (${hours})` : `（${hours}）`) : ''
  return { say: `help.open.${key}`, with: { ...values, number: `${number}${told}` } }
}

/** When a call may be asked for at this desk; `soon` says from when somebody is there. */
export function callTimes(book: Book, desk: HelpDesk | undefined, now: string): readonly Option[] {
  if (!desk) return []
  const soon = attended(book, desk, now)
  return partsOfDay(desk.hours).map(part =>
    part === 'soon'
      ? { value: part, label: `help.soon.${soon.key}`, with: soon.with, says: SAYS.soon }
      : { value: part, label: `help.when.${part}`, says: SAYS[part] },
  )
}

const SAYS: Readonly<Record<PartOfDay, RegExp>> = {
  soon: /尽快|马上|越快越好|随时|都行|都可以|soon|any ?time/,
  morning: /上午|早上|早晨|morning/,
  afternoon: /下午|中午|afternoon/,
  evening: /晚上|傍晚|evening|night/,
}
