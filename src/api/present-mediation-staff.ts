import type { Step } from '../../wire/mediation.ts'
import type { Mediation, MediationRow } from '../../wire/mediation-desk.ts'
import { roomsOf } from '../actions/book-session.ts'
import { dayOf } from '../actions/house.ts'
import { type Mediated, marksOf, mediationRights, sideOf, stateOf } from '../actions/mediation-look.ts'
import type { Who } from '../actions/rights.ts'
import { mediation, mediationSteps } from '../rules/mediation/table.ts'
import type { MediationVerb } from '../rules/mediation/types.ts'
import type { Language } from '../rules/people/language.ts'
import { maskName, maskPhone, maskText } from '../rules/people/mask.ts'
import { mayHearSides, mayMediate } from '../rules/people/may.ts'
import { caseById, textsOf } from '../store/cases.ts'
import type { Reads } from '../store/db.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { type EntryLine, entriesOf } from '../store/entries.ts'
import { filesOfCase } from '../store/files.ts'
import { answersOf, safetyOf, visitOf } from '../store/mediations.ts'
import { contactOf, type PartyRow, whispersOf } from '../store/parties.ts'
import { promisedOf } from '../store/promises.ts'
import { bookedOf, heldOf, recordOf, type SessionRow } from '../store/sessions.ts'
import { staffName, staffNames } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import {
  agreementView,
  answersView,
  comingView,
  courtView,
  isOver,
  limitsView,
  lineWords,
  med,
  mediatorsView,
  panelName,
  promisesView,
  sessionView,
} from './present-mediation-parts.ts'
import { stepView } from './present-mediation-step.ts'

/** A mediation as the panel's desk sees it: people masked, private words and the safety answer for those who mediate it. */
export async function staffMediation(
  parts: ApiParts,
  of: Mediated,
  who: Who,
  language: Language,
): Promise<Mediation> {
  const { read } = parts.house.store
  const { row, panel } = of
  const [texts, answers] = [await textsOf(read, row.id), await answersOf(read, row.id)]
  const [clocks, promises] = [await deadlinesOf(read, row.id), await promisedOf(read, row.id)]
  const from = of.med.fromCaseId ? await caseById(read, of.med.fromCaseId) : null
  const names = await Promise.all(of.parties.map(async party => (await contactOf(read, party)).name ?? ''))
  const mediators = await mediatorsView(read, panel, language)
  return {
    ...(await mediationRow(parts, of, language)),
    rooms: roomsOf(panel),
    text: maskText(texts.text, names.filter(Boolean)),
    answers: answersView(panel, answers, language),
    limits: limitsView(parts, of, answers, language, dayOf(parts.house, row.createdAt)),
    ...(await heardAlone(parts, of, who, language)),
    parties: await Promise.all(of.parties.map(party => partyView(read, of, party))),
    mediators: mediators.map(one => ({ ...one, recused: of.recused.includes(one.id) })),
    sessions: await sessionsView(read, of),
    heldBy: heldBySide(of, parts.house.now()),
    agreement: await agreementView(parts, of, read),
    promises: promisesView(promises),
    court: courtView(parts, of, clocks, language, 'applicant'),
    visit: await visitOf(read, row.id),
    timeline: await timelineOf(parts, of, language),
    coming: comingView(parts, clocks, language),
    steps: stepsFor(parts, of, who, language, promises.length > 0),
    files: await filesOfCase(read, row.id),
    from: from?.code ?? null,
  }
}

/** A line of the queue. */
export async function mediationRow(parts: ApiParts, of: Mediated, language: Language): Promise<MediationRow> {
  const { read } = parts.house.store
  const { row, panel, med: facts } = of
  const name = async (side: 'applicant' | 'other') => {
    const party = sideOf(of, side)
    const { name: full } = await contactOf(read, party)
    return party.kind === 'organisation' ? (full ?? '') : full ? maskName(full) : ''
  }
  return {
    code: row.code,
    panel: { code: panel.code, name: panelName(panel, language) },
    state: row.state,
    stateWords: med(parts, language, `state.${row.state}`),
    applicant: await name('applicant'),
    other: await name('other'),
    mediator: await staffName(read, facts.mediatorId),
    due: row.dueAt,
    dueKind: row.dueKind,
    session: bookedOf(of.sessions)?.startsAt ?? null,
    flags: await flagsOf(parts, of),
    createdAt: row.createdAt,
    version: row.version,
  }
}

async function flagsOf({ house }: ApiParts, of: Mediated): Promise<string[]> {
  const { row, med: facts } = of
  const booked = bookedOf(of.sessions)
  const uncertain = !facts.clearedAt && !facts.admittedAt && !isOver(of)
  return [
    ...(uncertain && (await safetyOf(house.store.read, row.id)) !== 'safe' ? ['safety'] : []),
    ...(facts.appraisalAt ? ['appraisal'] : []),
    ...(booked && (booked.applicantSays === 'move' || booked.otherSays === 'move') ? ['wantsMove'] : []),
    ...(row.residentNewAt ? ['newWords'] : []),
    ...(row.dueAt && row.dueAt < house.now() && !isOver(of) ? ['late'] : []),
  ]
}

async function heardAlone(parts: ApiParts, of: Mediated, who: Who, language: Language) {
  const rights = mediationRights(parts.house.district, of)
  if (!who.members.some(member => mayHearSides(member, rights))) return {}
  const { read } = parts.house.store
  const answer = await safetyOf(read, of.row.id)
  const lines = await whispersOf(read, of.row.id)
  const names = await staffNames(
    read,
    lines.map(line => line.staffId),
  )
  return {
    safety: { answer, words: med(parts, language, `safety.${answer}`), cleared: of.med.clearedAt },
    words: lines.map(({ side, staffId, text, at }) => ({
      side,
      from: staffId ? (names.get(staffId) ?? '') : null,
      text,
      at,
    })),
  }
}

async function partyView(read: Reads, of: Mediated, party: PartyRow) {
  const { name, phone } = await contactOf(read, party)
  const booked = bookedOf(of.sessions)
  return {
    side: party.side,
    name: party.kind === 'organisation' ? (name ?? '') : name ? maskName(name) : '',
    phone: phone ? maskPhone(phone) : null,
    kind: party.kind,
    consent: party.consent === null ? null : party.consent === 1,
    joined: party.personId !== null,
    invitedAt: party.invitedAt,
    reminded: party.reminded,
    marks: marksOf(party),
    changes: party.changes,
    wish: party.wishId,
    longer: party.longer === 1,
    confirm: party.confirm === 1,
    says: booked ? (party.side === 'applicant' ? booked.applicantSays : booked.otherSays) : null,
  }
}

function heldBySide({ sessions }: Mediated, now: string): Mediation['heldBy'] {
  const held = heldOf(sessions, now)
  if (held?.bookedBy !== 'applicant' && held?.bookedBy !== 'other') return null
  return { side: held.bookedBy, startsAt: held.startsAt, until: held.heldUntil ?? '' }
}

/** Meetings that were or will be; holds and what was moved are no meetings. */
const isMeeting = (session: SessionRow) => ['booked', 'done', 'noShow'].includes(session.state)

const sessionsView = (read: Reads, of: Mediated) =>
  Promise.all(
    of.sessions.filter(isMeeting).map(async session => {
      const record = await recordOf(read, session)
      return { ...(await sessionView(read, of.panel, session)), ...(record ? { record } : {}) }
    }),
  )

async function timelineOf(parts: ApiParts, of: Mediated, language: Language) {
  const entries = await entriesOf(parts.house.store.read, of.row.id)
  const names = await staffNames(
    parts.house.store.read,
    entries.filter(entry => entry.byKind === 'staff').map(entry => entry.byId),
  )
  return entries.map(entry => {
    const text = [entry.body.text, entry.body.reason, entry.body.grounds].filter(Boolean).join('\n')
    return {
      at: entry.at,
      words: lineWords(parts, of, entry, language),
      by: byWords(parts, of, entry, names, language),
      ...(text ? { text } : {}),
    }
  })
}

function byWords(
  parts: ApiParts,
  of: Mediated,
  { byKind, byId }: EntryLine,
  names: ReadonlyMap<string, string>,
  language: Language,
): string {
  if (byKind === 'staff') return names.get(byId ?? '') ?? panelName(of.panel, language)
  if (byKind === 'clock' || byKind === 'bot') return med(parts, language, 'by.clock')
  const party = of.parties.find(one => one.personId === byId)
  return med(parts, language, `by.${party?.side ?? 'applicant'}`)
}

/** Steps the table opens to this person that make sense now: the buttons. */
function stepsFor(parts: ApiParts, of: Mediated, who: Who, language: Language, promised: boolean): Step[] {
  const rights = mediationRights(parts.house.district, of)
  const useless: Partial<Record<MediationVerb, boolean>> = {
    clear: of.med.clearedAt !== null,
    appraise: of.panel.key !== 'medical' || of.med.appraisalAt !== null,
    appraised: of.med.appraisalAt === null,
    courtSays: of.med.confirmation !== 'open' && of.med.confirmation !== 'applied',
    keep: !promised,
    breach: !promised,
  }
  const open = (Object.keys(mediation) as MediationVerb[]).filter(
    verb => !useless[verb] && who.members.some(member => mayMediate(member, verb, rights)),
  )
  return open.flatMap(verb => {
    const role = who.members.find(member => mayMediate(member, verb, rights))!.role
    const step = mediationSteps(stateOf(of.row), role).find(one => one.verb === verb)
    return step ? [stepView(parts, language, step)] : []
  })
}
