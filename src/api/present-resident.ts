import { pinyin } from 'pinyin-pro'
import { officeShown, unitName } from '../actions/office.ts'
import { reopens } from '../actions/own-cases.ts'
import { calendarOf } from '../district.ts'
import { workingTimeLeft } from '../rules/calendar/working-time.ts'
import { openSteps } from '../rules/cases/decide.ts'
import { grievance } from '../rules/cases/grievance.ts'
import { type DeadlineKind, isOpen } from '../rules/cases/types.ts'
import { isConfidential } from '../rules/help.ts'
import type { Language } from '../rules/people/language.ts'
import { surnameOf } from '../rules/people/mask.ts'
import type { CaseTexts, PointLine } from '../store/cases.ts'
import type { DeadlineRow } from '../store/deadlines.ts'
import type { EntryLine } from '../store/entries.ts'
import type { NoticeRow } from '../store/notices.ts'
import type { OwnCaseRow } from '../store/own-cases.ts'
import { moment } from '../words.ts'
import { type ApiParts, say, sayOf } from './parts.ts'
import { arrivalWords, arrivedAs, saidBy, type ToldFacts } from './present-arrival.ts'
import type { CaseLine, CaseView, FileLine, Looked } from './schemas-resident.ts'

/** A case in the words of the person it belongs to. */

/** What a page about one case is made of. */
export interface OwnCaseFacts {
  row: OwnCaseRow
  texts: CaseTexts
  points: readonly PointLine[]
  entries: readonly EntryLine[]
  deadlines: readonly DeadlineRow[]
  notices: readonly NoticeRow[]
  /** What was said to this person, with every attempt. */
  told: readonly ToldFacts[]
  files: readonly FileLine[]
  /** Name of the clerk who has it in hand. */
  clerk: string | null
  /** How many neighbours follow it. */
  followers?: number
  /** Code of the mediation that grew out of it. */
  mediation?: string | null
}

export const officeName = ({ house }: Pick<ApiParts, 'house'>, unitId: string | null): string =>
  unitName(house.district, unitId)

/** The day of an instant as people say it: `11月6日 星期五`. */
export const dayWords = ({ house }: Pick<ApiParts, 'house'>, at: string, language: Language): string =>
  moment(language, at, house.district.zone, false)

/** What was opened for somebody in danger promises no date. That and every call for help is named in no list others may look at. */
const isHelp = (row: OwnCaseRow) => row.category === 'danger'

/** The office as the person reads it; `unit` where another than the holder did something. */
export const officeOf = ({ house }: Pick<ApiParts, 'house'>, row: OwnCaseRow, unit?: string | null): string =>
  officeShown(house.district, row, unit ?? row.holderUnitId)

export function lineOfOwnCase(parts: ApiParts, row: OwnCaseRow, language: Language): CaseLine {
  return {
    code: row.code,
    kind: row.kind,
    title: isConfidential(row) ? say(parts, language, 'ownHelp') : row.title,
    state: row.state,
    stateWords: sayOf(parts, row.kind, language, row.paused ? 'state.paused' : `state.${row.state}`),
    office: officeOf(parts, row),
    createdAt: row.createdAt,
    due: isHelp(row) || row.paused ? null : row.promisedAt,
    awaitsRating: row.state === 'answered',
    open: isOpen(row.state),
  }
}

/** What a query code opens: where it stands, which office, the dates; nothing more. */
export function lookedUp(parts: ApiParts, row: OwnCaseRow, language: Language): Looked {
  const { code, state, stateWords, office, createdAt, due } = lineOfOwnCase(parts, row, language)
  return { code, state, stateWords, office, createdAt, due }
}

export function viewOfOwnCase(parts: ApiParts, facts: OwnCaseFacts, language: Language): CaseView {
  const { row, texts, entries } = facts
  const answer = answerOf(parts, facts)
  const handler = isConfidential(row) ? null : handlerOf(facts, language)
  return {
    ...lineOfOwnCase(parts, row, language),
    place: texts.place ?? '',
    next: nextWords(parts, row, language),
    since: sinceOf(facts),
    ...(handler ? { handler } : {}),
    left: leftWords(parts, row, language),
    timeline: entries.filter(entry => entry.public).map(entry => timelineLine(parts, facts, entry, language)),
    coming: comingOf(parts, facts, language),
    notices: facts.told.map(told => ({
      at: told.row.createdAt,
      words: saidBy(parts, told, language),
      channel: told.row.channel,
      state: arrivedAs(told.row),
      arrival: arrivalWords(parts, told, language),
    })),
    files: [...facts.files],
    ...(answer ? { answer } : {}),
    may: mayOf(parts, row),
    ...(facts.followers ? { neighbours: facts.followers } : {}),
    ...mediationOf(facts),
  }
}

/** 转为调解, as far as it has come. */
function mediationOf({ row, entries, mediation }: OwnCaseFacts): Pick<CaseView, 'mediation'> {
  if (mediation) return { mediation: { state: 'applied', code: mediation } }
  const offered = isOpen(row.state) && entries.some(entry => entry.verb === 'toMediation')
  return offered ? { mediation: { state: 'offered' } } : {}
}

/** One sentence on what happens now and by when. */
function nextWords(parts: ApiParts, row: OwnCaseRow, language: Language): string {
  const due = isHelp(row) ? null : row.promisedAt
  const late = due !== null && due < parts.house.now()
  const dated = late ? 'next.late' : `next.${row.state}`
  // What a mediation says of its next step holds with and without a date.
  const plain = row.kind === 'mediation' ? `next.${row.state}` : `next.${row.state}NoDate`
  const key = row.paused ? 'next.paused' : due ? dated : plain
  return sayOf(parts, row.kind, language, key, {
    office: officeOf(parts, row),
    due: due ? dayWords(parts, due, language) : '',
  })
}

/** Steps that put a case into somebody's hands. */
const TAKES: readonly EntryLine['verb'][] = ['open', 'dispatch', 'grab', 'sign', 'uphold', 'return']

/** When whoever has it now got it. */
const sinceOf = ({ row, entries }: OwnCaseFacts): string =>
  entries.findLast(entry => TAKES.includes(entry.verb))?.at ?? row.createdAt

/** The clerk by surname alone: `王同志`, `Wang`. Only the surname is anybody's business outside the office. */
function handlerOf({ clerk }: OwnCaseFacts, language: Language): string | null {
  const surname = clerk && surnameOf(clerk)
  if (!surname) return null
  if (language !== 'en') return `${surname}同志`
  const latin = pinyin(surname, { toneType: 'none', mode: 'surname', type: 'array' }).join('')
  return latin.charAt(0).toUpperCase() + latin.slice(1)
}

/** How long the office has left, in working days and in words; null where nothing is promised or the answer is there. */
function leftWords(parts: ApiParts, row: OwnCaseRow, language: Language): string | null {
  const { house } = parts
  if (!row.promisedAt || isHelp(row) || !isOpen(row.state) || row.state === 'answered' || row.paused)
    return null
  const calendar = calendarOf(house.district, row.holderUnitId)
  const { late, days } = workingTimeLeft(calendar, house.now(), row.promisedAt)
  const key = days === 0 ? 'Today' : days === 1 ? 'One' : 'Days'
  return say(parts, language, `${late ? 'past' : 'left'}.${key}`, { days })
}

/** On their own page the resident is "you". */
const BY = { resident: 'you', clock: 'clock', bot: 'bot' } as const

function timelineLine(
  parts: ApiParts,
  { row, notices, told, files }: OwnCaseFacts,
  entry: EntryLine,
  language: Language,
) {
  const text = textOfEntry(entry)
  const office = officeOf(parts, row, entry.unitId)
  const day = entry.body.newDue ?? entry.body.resumeBy
  const due = day ? dayWords(parts, day, language) : ''
  const notice = told.find(one => one.row.cause === entry.id)
  const to = isConfidential(row) ? office : passedTo(parts, entry)
  // The receipt is the bot's own reply, written with the case itself.
  const receipt = entry.verb === 'open' && !notice
  const arrival = receipt
    ? say(parts, language, 'arrival.receipt')
    : notice && arrivalWords(parts, notice, language)
  const pictures = entry.body.files?.filter(id => files.some(file => file.id === id)) ?? []
  const by = entry.byKind === 'staff' ? office : say(parts, language, `by.${BY[entry.byKind]}`)
  return {
    at: entry.at,
    words: sayOf(parts, row.kind, language, `did.${keyOfLine(entry)}`, {
      ...{ office, due, to, code: entry.body.again ?? entry.body.same ?? '', no: entry.body.item ?? '' },
    }),
    ...(text ? { text } : {}),
    arrived: receipt ? ('sent' as const) : arrivedOf(entry, notices, row.personId),
    ...(arrival ? { arrival } : {}),
    by,
    ...(pictures.length ? { files: pictures } : {}),
  }
}

/** The names of the units a step passed work to. */
export const passedTo = (parts: ApiParts, { body }: EntryLine): string =>
  (body.to ?? []).map(unit => officeName(parts, unit)).join('、')

/** A line of the timeline by the key of its words: a matter that follows on another says which. */
export const keyOfLine = ({ verb, body }: EntryLine): string =>
  verb === 'open' && body.again ? 'openAgain' : verb

/** The words somebody wrote on a line of the timeline. */
export const textOfEntry = ({ body }: EntryLine): string =>
  [body.summary, body.text, body.result, body.reason, body.plan, body.rightChannel].filter(Boolean).join('\n')

/** Whether what this line had to say reached the person; null when it had nothing to say. */
export function arrivedOf(
  entry: EntryLine,
  notices: readonly NoticeRow[],
  personId: string | null,
): 'sent' | 'waiting' | 'givenUp' | null {
  // What neighbours, grid workers and the other side of a mediation were told of the same event says nothing of whether the person heard.
  const notice = notices.find(
    row =>
      row.cause === entry.id &&
      row.personId !== null &&
      (row.notice.startsWith('resident.') || (row.notice.startsWith('side.') && row.personId === personId)),
  )
  return notice ? arrivedAs(notice) : null
}

/** Clocks that are promises to the person. */
const PROMISES: readonly DeadlineKind[] = [
  'contact',
  'interim',
  'answer',
  'redo',
  'callBack',
  'resume',
  'admit',
  'conclude',
]

const comingOf = (parts: ApiParts, { row: told, deadlines }: OwnCaseFacts, language: Language) =>
  (isHelp(told) ? [] : deadlines)
    .filter(row => !row.metAt && !row.endedAt && !row.pausedAt && PROMISES.includes(row.kind))
    .map(row => ({ words: sayOf(parts, told.kind, language, `coming.${row.kind}`), due: row.due }))

/** The last answer given, with the points it dealt with. */
function answerOf(parts: ApiParts, { row, entries, points }: OwnCaseFacts): CaseView['answer'] {
  const entry = entries.findLast(line => line.verb === 'answer')
  if (!entry) return undefined
  const { result = '', facts = '', basis = '', ticks = [] } = entry.body
  return {
    at: entry.at,
    office: officeOf(parts, row, entry.unitId),
    result,
    facts,
    basis,
    points: points.map(point => ({ text: point.text, done: ticks.includes(point.no) })),
  }
}

/** The same table the talk obeys says what the person may do. */
function mayOf(parts: ApiParts, row: OwnCaseRow): CaseView['may'] {
  // What may be done in a mediation stands on its own page.
  if (row.kind === 'mediation') return []
  const verbs = openSteps(grievance, row.state, 'resident').map(step => step.verb)
  return [
    ...(verbs.includes('rateSolved') && !row.selfDone ? (['rate'] as const) : []),
    ...(verbs.includes('add') ? (['add'] as const) : []),
    ...(verbs.includes('withdraw') ? (['withdraw'] as const) : []),
    ...(verbs.includes('reopen') && reopens(parts.house, row) ? (['reopen'] as const) : []),
  ]
}
