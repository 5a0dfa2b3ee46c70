import { estateName } from '../actions/place-name.ts'
import type { Who } from '../actions/rights.ts'
import type { Verb } from '../rules/cases/types.ts'
import type { Language } from '../rules/people/language.ts'
import { maskAddress, maskName, maskPhone, maskText } from '../rules/people/mask.ts'
import { type CaseForRights, complainantShown, mayOffice, stepsFor } from '../rules/people/may.ts'
import type { CaseTexts, PointLine } from '../store/cases.ts'
import type { DeadlineRow } from '../store/deadlines.ts'
import type { EntryLine } from '../store/entries.ts'
import type { FileLine } from '../store/files.ts'
import type { InboxRow } from '../store/inbox-pages.ts'
import type { NoticeRow } from '../store/notices.ts'
import type { OrderRow, OrderWords } from '../store/orders.ts'
import { categoryName } from './category-name.ts'
import { type ApiParts, say, sayOf } from './parts.ts'
import { helpView } from './present-help.ts'
import { lineTarget, needView, orderOf, staffWords } from './present-orders.ts'
import { arrivedOf, dayWords, keyOfLine, officeName, textOfEntry } from './present-resident.ts'
import type { Row, StaffCase, StepView } from './schemas-staff.ts'

/** A case in the words of those who work on it. */

/** What the page about one case is made of. */
export interface StaffCaseFacts {
  row: InboxRow
  rights: CaseForRights
  texts: CaseTexts
  points: readonly PointLine[]
  entries: readonly EntryLine[]
  deadlines: readonly DeadlineRow[]
  orders: readonly OrderRow[]
  /** What was said with the orders, and reported, by order. */
  said: ReadonlyMap<string, OrderWords & { result?: string }>
  leaders: readonly { id: string; name: string }[]
  notices: readonly NoticeRow[]
  files: readonly FileLine[]
  /** Staff names by id. */
  names: ReadonlyMap<string, string>
  /** Followers, links and likely doubles; null where neighbours may not hear of it. */
  follow: StaffCase['follow'] | null
  /** It may be suggested that the two sides are brought together. */
  mediable: boolean
}

export function rowOf(parts: ApiParts, row: InboxRow, language: Language): Row {
  return {
    code: row.code,
    kind: row.kind,
    title: row.title,
    class: row.class,
    state: row.state,
    stateWords: sayOf(parts, row.kind, language, `state.${row.state}`),
    category: categoryName(parts, row.category, language),
    place: placeName(parts, row),
    holder: officeName(parts, row.holderUnitId),
    orderKind: row.orderKind,
    due: row.dueAt,
    dueKind: row.dueKind,
    flags: flagsOf(parts, row),
    unread: row.residentNewAt !== null,
    createdAt: row.createdAt,
  }
}

/** The estate, else the smallest known unit: nothing that leads to a door. */
function placeName({ house }: ApiParts, row: InboxRow): string | null {
  const estate = estateName(house, row)
  if (estate) return estate
  const unit = row.gridId ?? row.communityId ?? row.townId
  return unit ? (house.district.units.get(unit)?.name ?? null) : null
}

const FLAGS: readonly [string, (row: InboxRow, now: string) => boolean][] = [
  ['danger', row => row.category === 'danger'],
  ['objection', row => Number(row.objections) > 0],
  ['asks', row => Number(row.asks) === 1],
  ['returned', row => row.orderKind === 'return' && row.state === 'received'],
  ['raised', row => row.level > 0 || row.stage >= 3],
  ['supervised', row => row.stage === 2],
  ['late', (row, now) => row.dueAt !== null && row.dueAt < now],
  ['paused', row => Number(row.paused) === 1],
  ['redo', row => row.redoCount > 0],
  ['urged', row => row.stage === 1],
  ['hidden', row => row.hidden === 1],
  ['noReply', row => row.noReply === 1],
  ['gridReport', row => row.kind === 'gridReport'],
]
const flagsOf = ({ house }: ApiParts, row: InboxRow): string[] =>
  FLAGS.filter(([, is]) => is(row, house.now())).map(([flag]) => flag)

export function staffCaseOf(parts: ApiParts, facts: StaffCaseFacts, who: Who, language: Language): StaffCase {
  const { row, texts, points, deadlines } = facts
  const shown = who.members.some(member => complainantShown(member, facts.rights) === 'masked')
  // A photo may show who took it.
  const files = shown ? facts.files : []
  const talks = shown && who.members.some(member => mayOffice(member.role, 'takeOverTalk'))
  return {
    ...rowOf(parts, row, language),
    text: masked(facts, texts.text),
    points: points.map(point => ({ ...point, text: masked(facts, point.text) })),
    resident: shown ? residentOf(texts) : { name: null, phone: null, place: null },
    hidden: row.hidden === 1,
    noReply: row.noReply === 1,
    orders: facts.orders.map(order => orderOf(parts, facts, order)),
    deadlines: deadlines.map(({ kind, due, startedAt, pausedAt, metAt, brokenAt, endedAt, provisional }) => ({
      ...{ kind, due, startedAt, pausedAt, metAt, brokenAt, endedAt },
      provisional: provisional === 1,
    })),
    timeline: facts.entries.map(entry => ({
      ...timelineLine(parts, facts, entry, language),
      ...filesOn(entry, files),
    })),
    files: [...files],
    steps: stepsOf(parts, who, facts, language),
    conversation: talks ? row.personId : null,
    ...(facts.follow ? { follow: facts.follow } : {}),
    ...(texts.help ? { help: helpView(parts, row, texts.help, language) } : {}),
    version: row.version,
  }
}

/** The files a line of the timeline brought, as far as they are shown. */
function filesOn({ body }: EntryLine, files: readonly FileLine[]): { files?: string[] } {
  const brought = (body.files ?? []).filter(id => files.some(file => file.id === id))
  return brought.length > 0 ? { files: brought } : {}
}

/** Clear values open one by one by `reveal`. */
const residentOf = ({ name, phone, place }: CaseTexts): StaffCase['resident'] => ({
  name: name ? maskName(name) : null,
  phone: phone ? maskPhone(phone) : null,
  place: place ? maskAddress(place) : null,
})

/** What a resident wrote, without their name and numbers. */
export const masked = ({ texts }: StaffCaseFacts, words: string): string =>
  maskText(words, texts.name ? [texts.name] : [])

function timelineLine(parts: ApiParts, facts: StaffCaseFacts, entry: EntryLine, language: Language) {
  const { body } = entry
  const written = [
    said(parts, entry, language),
    body.facts,
    body.basis,
    ...staffWords(parts, entry, language),
  ]
    .filter(Boolean)
    .join('\n')
  const text = entry.byKind === 'resident' || body.points ? masked(facts, written) : written
  const office = officeName(parts, entry.verb === 'dispatch' && body.unit ? body.unit : entry.unitId)
  const day = body.newDue ?? body.resumeBy
  const due = day ? dayWords(parts, day, language) : ''
  const to = lineTarget(parts, entry, language)
  return {
    no: entry.no,
    at: entry.at,
    verb: entry.verb,
    words: lineWords(parts, facts, entry, language, {
      office,
      due,
      to,
      code: body.again ?? body.same ?? '',
    }),
    ...(text ? { text } : {}),
    by: byOf(parts, facts, entry, language),
    public: entry.public === 1,
    arrived: arrivedOf(entry, facts.notices, facts.row.personId),
  }
}

/** A line of a mediation is told in its own words. */
const lineWords = (
  parts: ApiParts,
  { row }: StaffCaseFacts,
  entry: EntryLine,
  language: Language,
  values: Record<string, unknown>,
): string =>
  row.kind === 'mediation'
    ? sayOf(parts, row.kind, language, `did.${keyOfLine(entry)}`, { ...values, no: entry.body.item ?? '' })
    : say(parts, language, `done.${keyOfLine(entry)}`, values)

/** Reminders name the clock they are about. */
const REMINDERS: readonly string[] = ['urge', 'supervise', 'raise']
const said = (parts: ApiParts, entry: EntryLine, language: Language): string =>
  REMINDERS.includes(entry.verb) && entry.body.text
    ? say(parts, language, `clock.${entry.body.text}`)
    : textOfEntry(entry)

function byOf(parts: ApiParts, { names }: StaffCaseFacts, entry: EntryLine, language: Language): string {
  if (entry.verb === 'neighbour') return say(parts, language, 'by.neighbour')
  if (entry.byKind !== 'staff') return say(parts, language, `by.${entry.byKind}`)
  const office = officeName(parts, entry.unitId)
  const name = entry.byId ? names.get(entry.byId) : undefined
  return name ? `${office} · ${name}` : office
}

/** The step most likely to be next, by what is open: the first of these. */
const NEXT: readonly Verb[] = [
  'acknowledge',
  'grab',
  'sign',
  'accept',
  'designate',
  'uphold',
  'upholdPart',
  'dispatch',
  'report',
  'answer',
  'extend',
  'rateSolved',
]

/** Steps the table allows but which this case has no use for now: no danger to acknowledge, the window to grab shut. */
const POINTLESS: Readonly<Partial<Record<Verb, (facts: StaffCaseFacts, now: string) => boolean>>> = {
  acknowledge: ({ deadlines }) =>
    !deadlines.some(clock => clock.kind === 'acknowledge' && !clock.metAt && !clock.endedAt),
  grab: ({ row }, now) => row.grabUntil === null || row.grabUntil < now,
  askExtension: facts => stands(facts) || facts.deadlines.some(clock => clock.extendedAt !== null),
  extend: facts => stands(facts) || facts.deadlines.some(clock => clock.extendedAt !== null),
  askPause: stands,
  pause: stands,
  resume: facts => !stands(facts),
  link: ({ follow }) => !follow || follow.main !== null || follow.linked.length > 0,
  unlink: ({ follow }) => !follow?.main,
  publish: ({ follow }) => !follow,
  toMediation: ({ mediable }) => !mediable,
}

/** Whether the promise stands still. */
function stands({ row }: StaffCaseFacts): boolean {
  return Number(row.paused) === 1
}

/** What this person may do now: by the same table the server obeys. A verb open by several roles is there once. */
function stepsOf(parts: ApiParts, who: Who, facts: StaffCaseFacts, language: Language): StepView[] {
  const open = new Map(
    who.members
      .flatMap(member => stepsFor(member, facts.rights))
      .filter(({ verb }) => !POINTLESS[verb]?.(facts, parts.house.now()))
      .map(step => [step.verb, step] as const),
  )
  const first = NEXT.find(verb => open.has(verb))
  return [...open.values()].map(({ verb, needs }) => ({
    verb,
    label: say(parts, language, `verb.${verb}`),
    primary: verb === first,
    needs: needs
      .map(need => needView(parts, facts, need, language))
      // Nobody to choose from: not a question.
      .filter(view => view.required || view.choices?.length !== 0),
  }))
}
