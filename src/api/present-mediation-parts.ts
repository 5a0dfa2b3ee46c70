import type { Agreement, Court, Meeting, Promised, Route } from '../../wire/mediation.ts'
import { roomsOf } from '../actions/book-session.ts'
import type { Panel } from '../actions/mediation-look.ts'
import { type Mediated, sideOf, stateOf } from '../actions/mediation-look.ts'
import { type AgreementPaper, formWords, sayer, signatures } from '../papers/agreement.ts'
import { END_STATES } from '../rules/cases/types.ts'
import { limitsOf, type PanelAnswers } from '../rules/mediation/limits.ts'
import type { Side } from '../rules/mediation/types.ts'
import type { Language } from '../rules/people/language.ts'
import { maskName } from '../rules/people/mask.ts'
import type { Reads } from '../store/db.ts'
import type { DeadlineRow } from '../store/deadlines.ts'
import type { EntryLine } from '../store/entries.ts'
import { agreementOf } from '../store/mediations.ts'
import { contactOf } from '../store/parties.ts'
import type { PromisedRow } from '../store/promises.ts'
import type { SessionRow } from '../store/sessions.ts'
import { loginsOf, mediatorsOf, staffName, staffNames } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import { dayWords, officeName } from './present-resident.ts'

/** Pieces both sides' and the panel's pages of a mediation are put together from. */

export const med = (
  { words }: Pick<ApiParts, 'words'>,
  language: Language,
  key: string,
  values: Record<string, unknown> = {},
): string => words(language, `mediation:${key}`, values)

export const panelName = (panel: Panel, language: Language): string =>
  language === 'en' ? panel.nameEn : panel.name

/** What reads differently to the party that was asked: there "the other party" is the reader. */
const ASKED: readonly string[] = [
  'state.inviting',
  'state.noConsent',
  'next.noConsent',
  'did.consent',
  'did.rebuff',
  'did.silence',
  'coming.reply',
]

/** A key of words as `side` is spoken to. */
export const keyFor = (key: string, side?: Side): string =>
  side === 'other' && ASKED.includes(key) ? `${key}Asked` : key

export function routeView(parts: ApiParts, language: Language, key: string): Route {
  const number = med(parts, language, `route.${key}.number`)
  return {
    key,
    name: med(parts, language, `route.${key}.name`),
    how: med(parts, language, `route.${key}.how`),
    ...(number ? { number } : {}),
  }
}

export const routesView = (parts: ApiParts, language: Language, keys: string | null): Route[] =>
  (keys ?? '')
    .split(',')
    .filter(Boolean)
    .map(key => routeView(parts, language, key))

/** A panel's questions with what was answered, in words. */
export const answersView = (panel: Panel, answers: PanelAnswers, language: Language) =>
  panel.questions.flatMap(({ key, ask, askEn, choices }) => {
    const value = answers[key]
    if (!value) return []
    const choice = choices?.find(one => one.value === value)
    const answer = choice ? (language === 'en' ? choice.labelEn : choice.label) : value
    return [{ ask: language === 'en' ? askEn : ask, answer }]
  })

/** The limits found at the application, told anew with their roads. */
export const limitsView = (
  parts: ApiParts,
  { med: row, panel }: Mediated,
  answers: PanelAnswers,
  language: Language,
  today: string,
) => {
  const kept = JSON.parse(row.limits) as string[]
  return limitsOf(panel.key, answers, today)
    .filter(({ key }) => kept.includes(key))
    .map(({ key, refuses, routes }) => ({
      key,
      refuses,
      text: med(parts, language, `limit.${key}`),
      routes: routes.map(route => routeView(parts, language, route)),
    }))
}

export const basicsView = (panel: Panel, language: Language) =>
  panel.limits.map(({ key, text, textEn }) => ({ key, text: language === 'en' ? textEn : text }))

export const evidenceView = (panel: Panel, language: Language) =>
  panel.evidence.map(({ how, name, nameEn }) => ({ how, name: language === 'en' ? nameEn : name }))

/** Mediators of a panel with the languages they speak. */
export async function mediatorsView(from: Reads, panel: Panel, language: Language) {
  const ids = await mediatorsOf(from, panel.code)
  const [names, logins] = [await staffNames(from, ids), await loginsOf(from, ids)]
  return ids.map(id => {
    const known = panel.mediators.find(one => one.login === logins.get(id))
    const languages = known ? (language === 'en' ? known.languagesEn : known.languages) : []
    return { id, name: names.get(id) ?? '', languages: [...languages] }
  })
}

export async function sessionView(from: Reads, panel: Panel, row: SessionRow, side?: Side): Promise<Meeting> {
  return {
    id: row.id,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    room: roomsOf(panel).find(room => room.id === row.roomId)?.name ?? '',
    mediator: (await staffName(from, row.mediatorId)) ?? '',
    state: row.state,
    answer: side === 'applicant' ? row.applicantSays : side === 'other' ? row.otherSays : null,
  }
}

/** How the other side is called: an organisation in full, a person by what a neighbour may know. */
export async function partyName(
  from: Reads,
  of: Mediated,
  side: Side,
): Promise<{ name: string; kind: string }> {
  const party = sideOf(of, side)
  const { name } = await contactOf(from, party)
  return { kind: party.kind, name: party.kind === 'organisation' ? (name ?? '') : name ? maskName(name) : '' }
}

export async function agreementPaper(
  parts: ApiParts,
  of: Mediated,
  from: Reads,
): Promise<AgreementPaper | null> {
  const text = await agreementOf(from, of.row.id)
  if (!text || !of.med.agreementNo || !of.med.agreedAt) return null
  const names = await Promise.all(
    of.parties.map(async party => ({ side: party.side, ...(await contactOf(from, party)) })),
  )
  return {
    no: of.med.agreementNo,
    date: of.med.agreedAt,
    place: text.place,
    // On the paper both sign, both are named.
    parties: names.map(({ side, name }) => ({ side, name: name ?? '' })),
    facts: text.facts,
    dispute: text.dispute,
    responsibility: text.responsibility,
    items: text.items,
    mediator: (await staffName(from, of.med.mediatorId)) ?? '',
    committee: `${parts.house.district.name}${of.panel.name}人民调解委员会`,
    oral: of.med.agreedAs === 'oral',
    confirmable: of.med.confirmation !== 'notForThis',
  }
}

/** Papers of the law are in the language of the court. */
export const PAPER: Language = 'zh-CN'

export async function agreementView(parts: ApiParts, of: Mediated, from: Reads): Promise<Agreement | null> {
  const paper = await agreementPaper(parts, of, from)
  if (!paper) return null
  const { confirmable: _, ...shown } = paper
  const say = sayer(parts.words, PAPER)
  return { ...shown, signatures: signatures(say), form: formWords(say, paper) }
}

export const promisesView = (rows: readonly PromisedRow[], side?: Side): Promised[] =>
  rows.map(({ id, no, side: whose, what, byDate, keptAt, brokenAt }) => ({
    ...{ id, no, side: whose, what, by: byDate },
    state: keptAt ? 'kept' : brokenAt ? 'broken' : 'open',
    ...(side ? { mine: whose === side } : {}),
  }))

const PAPERS = ['agreement', 'identity', 'property', 'contacts', 'together'] as const

export function courtView(
  parts: ApiParts,
  of: Mediated,
  clocks: readonly DeadlineRow[],
  language: Language,
  side: Side,
): Court | null {
  const { confirmation } = of.med
  if (!confirmation) return null
  return {
    state: confirmation,
    until: clocks.find(clock => clock.kind === 'confirm')?.due ?? null,
    mine: sideOf(of, side).confirm === 1,
    theirs: of.parties.some(party => party.side !== side && party.confirm === 1),
    papers: confirmation === 'notForThis' ? [] : PAPERS.map(key => med(parts, language, `paper.${key}`)),
  }
}

/** One sentence on what happens now; the other party is spoken to as one who was asked. */
export function nextView(parts: ApiParts, of: Mediated, language: Language, side?: Side): string {
  const state = stateOf(of.row)
  const invited = side === 'other' && state === 'inviting'
  const ended = side === 'other' && state === 'referred'
  return med(parts, language, keyFor(`next.${invited ? 'invited' : ended ? 'ended' : state}`, side), {
    office: officeName(parts, of.panel.code),
    due: of.row.dueAt ? dayWords(parts, of.row.dueAt, language) : '',
  })
}

export const comingView = (
  parts: ApiParts,
  clocks: readonly DeadlineRow[],
  language: Language,
  side?: Side,
) =>
  clocks
    .filter(clock => !clock.metAt && !clock.endedAt && !clock.pausedAt && COMING.includes(clock.kind))
    .map(clock => ({
      kind: clock.kind,
      words: med(parts, language, keyFor(`coming.${clock.kind}`, side)),
      due: clock.due,
    }))
const COMING: readonly string[] = ['admit', 'reply', 'conclude', 'confirm', 'perform', 'visit']

/** A line of the timeline in words; dates in it are written out with their hour. */
export function lineWords(
  parts: ApiParts,
  of: Mediated,
  entry: EntryLine,
  language: Language,
  side?: Side,
): string {
  const apart = side === 'other' && entry.verb === 'refer'
  const again = entry.verb === 'open' && entry.body.again && side !== 'other'
  const key = apart ? 'ended' : again ? 'openAgain' : entry.verb
  return med(parts, language, keyFor(`did.${key}`, side), {
    office: officeName(parts, of.panel.code),
    due: entry.body.newDue ?? '',
    code: side === 'other' ? '' : (entry.body.again ?? ''),
    no: entry.body.item ?? '',
  })
}

export const isOver = (of: Mediated): boolean => END_STATES.includes(of.row.state)
