import type { MediationLine, MediationView, Step } from '../../wire/mediation.ts'
import type { Offer } from '../actions/book-session.ts'
import { dayOf } from '../actions/house.ts'
import { MOST_CHANGES } from '../actions/mediation-guards.ts'
import { type Mediated, sideOf, stateOf } from '../actions/mediation-look.ts'
import { ownHold } from '../actions/use-mediation.ts'
import { mediationSteps, routesAfter } from '../rules/mediation/table.ts'
import { otherSide, type Side } from '../rules/mediation/types.ts'
import type { Language } from '../rules/people/language.ts'
import { textsOf } from '../store/cases.ts'
import { deadlinesOf } from '../store/deadlines.ts'
import { earlierOf } from '../store/earlier.ts'
import { entriesOf } from '../store/entries.ts'
import { filesOfCase } from '../store/files.ts'
import { answersOf } from '../store/mediations.ts'
import { whispersOf } from '../store/parties.ts'
import { promisedOf } from '../store/promises.ts'
import { bookedOf, heldOf } from '../store/sessions.ts'
import { membersOf, staffName } from '../store/staff.ts'
import type { ApiParts } from './parts.ts'
import {
  agreementView,
  answersView,
  basicsView,
  comingView,
  courtView,
  evidenceView,
  isOver,
  keyFor,
  limitsView,
  lineWords,
  med,
  mediatorsView,
  nextView,
  panelName,
  partyName,
  promisesView,
  routesView,
  sessionView,
} from './present-mediation-parts.ts'
import { stepView } from './present-mediation-step.ts'

/** A mediation in the words of one of its sides: what the other told alone, its phone and address are not read here at all. */
export async function viewOfMediation(
  parts: ApiParts,
  of: Mediated,
  side: Side,
  language: Language,
): Promise<MediationView> {
  const { read } = parts.house.store
  const clocks = await deadlinesOf(read, of.row.id)
  const promises = await promisedOf(read, of.row.id)
  const entries = await entriesOf(read, of.row.id)
  const { panel } = of
  return {
    ...(await headOf(parts, of, side, language)),
    ...(await meetingOf(parts, of, side, language)),
    ...(await aboutOf(parts, of, side, language)),
    evidence: evidenceView(panel, language),
    basics: basicsView(panel, language),
    words: await wordsOf(parts, of, side),
    timeline: entries
      .filter(entry => entry.public)
      .map(entry => ({ at: entry.at, words: lineWords(parts, of, entry, language, side) })),
    coming: comingView(parts, clocks, language, side),
    agreement: await agreementView(parts, of, read),
    promises: promisesView(promises, side),
    court: courtView(parts, of, clocks, language, side),
    routes: routesView(
      parts,
      language,
      routeKeys(
        of,
        side,
        promises.some(one => one.brokenAt !== null),
      ),
    ),
    may: stepsOf(parts, of, side, language, promises.length > 0),
    files: await filesOfCase(read, of.row.id, sideOf(of, side).personId),
  }
}

async function headOf(parts: ApiParts, of: Mediated, side: Side, language: Language) {
  const { read } = parts.house.store
  const { row, panel } = of
  return {
    code: row.code,
    side,
    panel: { code: panel.code, name: panelName(panel, language), key: panel.key },
    state: row.state,
    stateWords: med(
      parts,
      language,
      side === 'other' && stateOf(row) === 'referred' ? 'state.ended' : keyFor(`state.${row.state}`, side),
    ),
    next: nextView(parts, of, language, side),
    due: row.dueAt,
    open: !isOver(of),
    otherParty: await partyName(read, of, otherSide(side)),
  }
}

async function meetingOf(parts: ApiParts, of: Mediated, side: Side, language: Language) {
  const { read } = parts.house.store
  const booked = bookedOf(of.sessions) ?? of.sessions.findLast(session => session.state === 'done')
  const held = ownHold(of, side, parts.house.now())
  const standing = heldOf(of.sessions, parts.house.now())
  const line = await earlierOf(read, of.row.id)
  const offer =
    line?.offer && (line.offerUntil ?? '') > parts.house.now() ? (JSON.parse(line.offer) as Offer) : null
  const mediators = await mediatorsView(read, of.panel, language)
  return {
    mediator: await staffName(read, of.med.mediatorId),
    mediators: mediators.filter(one => !of.recused.includes(one.id)),
    session: booked ? await sessionView(read, of.panel, booked, side) : null,
    held: held
      ? { session: held.id, startsAt: held.startsAt, endsAt: held.endsAt, until: held.heldUntil ?? '' }
      : null,
    otherHolds:
      standing && !held
        ? {
            by: standing.bookedBy === 'staff' ? ('panel' as const) : ('other' as const),
            startsAt: standing.startsAt,
            until: standing.heldUntil ?? '',
          }
        : null,
    changesLeft: Math.max(0, MOST_CHANGES - sideOf(of, side).changes),
    earlier: {
      waiting: line?.side === side,
      theirs: line !== null && line.side !== side,
      ...(offer && line?.side === side
        ? { offer: { startsAt: offer.startsAt, until: line.offerUntil ?? '' } }
        : {}),
    },
  }
}

/** The telling and its answers are the applicant's own; the other party learns what it is about, and what mediation is. */
async function aboutOf(parts: ApiParts, of: Mediated, side: Side, language: Language) {
  const { read } = parts.house.store
  const title = panelName(of.panel, language)
  const rules = med(parts, language, 'rules')
  if (side === 'other') return { about: { title, rules }, limits: [] }
  const [texts, answers] = [await textsOf(read, of.row.id), await answersOf(read, of.row.id)]
  const today = dayOf(parts.house, of.row.createdAt)
  return {
    about: { title, rules, text: texts.text, answers: answersView(of.panel, answers, language) },
    limits: limitsView(parts, of, answers, language, today).map(({ refuses: _, ...one }) => one),
  }
}

/** Only this side's own words, and what was answered to them. */
async function wordsOf(parts: ApiParts, of: Mediated, side: Side): Promise<MediationView['words']> {
  const { read } = parts.house.store
  const lines = await whispersOf(read, of.row.id, side)
  const roles = new Map<string, 'mediator' | 'panel'>()
  for (const id of new Set(lines.flatMap(line => line.staffId ?? []))) {
    const members = await membersOf(read, id)
    roles.set(id, members.some(one => one.role === 'mediator') ? 'mediator' : 'panel')
  }
  return lines.map(({ staffId, text, at }) => ({
    from: staffId ? (roles.get(staffId) ?? 'panel') : 'me',
    text,
    at,
  }))
}

/** The roads that remain, once it has ended without agreement, or a promise broke. */
function routeKeys(of: Mediated, side: Side, broken: boolean): string | null {
  // Where the applicant was sent is the applicant's business.
  if (side === 'other' && stateOf(of.row) === 'referred') return null
  if (isOver(of)) return of.med.endedHow
  const confirmed = of.med.confirmation === 'confirmed'
  return broken
    ? routesAfter(of.panel.key, 'broken', { confirmed, oral: of.med.agreedAs === 'oral' }).join(',')
    : null
}

/** The steps open to a side: by the table, and by what is the case. */
function stepsOf(parts: ApiParts, of: Mediated, side: Side, language: Language, promised: boolean): Step[] {
  const party = sideOf(of, side)
  const useless: Record<string, boolean> = {
    longer: party.longer === 1 || !of.med.admittedAt,
    seekCourt: of.med.confirmation !== 'open' || party.confirm === 1,
    keep: !promised,
    breach: !promised,
    rebook: party.changes >= MOST_CHANGES,
    unbook: party.changes >= MOST_CHANGES,
  }
  return mediationSteps(stateOf(of.row), side)
    .filter(step => !useless[step.verb])
    .map(step => stepView(parts, language, step, side))
}

/** A mediation as a line of a person's list. */
export async function mediationLine(
  parts: ApiParts,
  of: Mediated,
  side: Side,
  language: Language,
): Promise<MediationLine> {
  const booked = bookedOf(of.sessions)
  const { code, stateWords, next, open, state, panel } = await headOf(parts, of, side, language)
  return {
    ...{ code, side, panel: panel.name, state, stateWords, next, open },
    session: booked ? await sessionView(parts.house.store.read, of.panel, booked, side) : null,
  }
}
