import { calendarOf } from '../district.ts'
import type { CaseState, DeadlineKind } from '../rules/cases/types.ts'
import { isOpen } from '../rules/cases/types.ts'
import { startClocks } from '../rules/mediation/clocks.ts'
import { decideMediation, type MediationOutcome } from '../rules/mediation/table.ts'
import type { MediationNotice, MediationVerb, Side } from '../rules/mediation/types.ts'
import { type Member, mayMediate, maySeeMediation } from '../rules/people/may.ts'
import type { Actor } from '../rules/people/roles.ts'
import { changeCase } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { settleDeadlines, startDeadlines } from '../store/deadlines.ts'
import { dropEarlier } from '../store/earlier.ts'
import { addEntry, type EntryLine } from '../store/entries.ts'
import type { NoticeBody } from '../store/notices.ts'
import { partyOf } from '../store/parties.ts'
import { giveAllBack } from './book-session.ts'
import { offerFreed } from './earlier-meeting.ts'
import { type House, type Refusal, type Result, refused } from './house.ts'
import { MEDIATION_EFFECTS, type MediationDoing } from './mediation-effects.ts'
import { type MediationForm, readMediationForm } from './mediation-forms.ts'
import { guardMediation } from './mediation-guards.ts'
import { type Mediated, mediatedByCode, mediationRights, officeOf, stateOf } from './mediation-look.ts'
import { tellMediation } from './mediation-tell.ts'
import { patient } from './patient.ts'
import type { Who } from './rights.ts'

/** Who does it. */
export type Mover = { staff: Who } | { personId: string; inTalk?: boolean } | { clock: true }

export interface Moved {
  of: Mediated
  entry: EntryLine
  /** What a verb made that is said once, such as the token of an invitation. */
  made: Readonly<Record<string, string>>
}

/** Does a step on a mediation in a transaction of its own, or nothing and a reason. */
export function moveMediation(
  house: House,
  mover: Mover,
  code: string,
  verb: MediationVerb,
  raw: Readonly<Record<string, unknown>>,
): Promise<Result<Moved>> {
  return patient(house.store, tx => moveMediationIn(house, tx, mover, code, verb, raw), code)
}

/** The same inside a transaction that is open already, as for words in talk. */
export async function moveMediationIn(
  house: House,
  tx: Tx,
  mover: Mover,
  code: string,
  verb: MediationVerb,
  raw: Readonly<Record<string, unknown>>,
): Promise<Result<Moved>> {
  const of = await mediatedByCode(tx, house.district, code)
  if (!of) return refused('notFound')
  const hand = await handOf(house, tx, of, mover, verb)
  if (!hand.ok) return hand
  if (typeof raw.version === 'number' && raw.version !== of.row.version)
    return refused('faster', { with: { staffId: of.row.holderStaffId, state: of.row.state } })
  const outcome = decideMediation(stateOf(of.row), verb, hand.role)
  if (!outcome.ok) return refused(outcome.why)
  const read = readMediationForm(verb, raw)
  if (!read.ok) return read
  return applyMediation(house, tx, of, verb, hand, outcome, read.form)
}

interface Hand {
  ok: true
  role: Actor
  id: string | null
  unit: string | null
  side: Side | null
  inTalk: string | null
}

/** With what right somebody does it; a case they may not see is not found. */
async function handOf(
  house: House,
  tx: Tx,
  of: Mediated,
  mover: Mover,
  verb: MediationVerb,
): Promise<Hand | Refusal> {
  if ('clock' in mover) return { ok: true, role: 'clock', id: null, unit: null, side: null, inTalk: null }
  if ('personId' in mover) {
    const party = await partyOf(tx, of.row.id, mover.personId)
    if (!party) return refused('notFound')
    const inTalk = mover.inTalk ? mover.personId : null
    return { ok: true, role: party.side, id: mover.personId, unit: null, side: party.side, inTalk }
  }
  const rights = mediationRights(house.district, of)
  const { members, staffId } = mover.staff
  if (!members.some(member => maySeeMediation(member, rights))) return refused('notFound')
  const member = members.find(one => mayMediate(one, verb, rights))
  if (!member) return refused(whyNot(of, members, verb))
  return { ok: true, role: member.role, id: staffId, unit: member.unit, side: null, inTalk: null }
}

const whyNot = (of: Mediated, members: readonly Member[], verb: MediationVerb): string =>
  members.every(member => {
    const outcome = decideMediation(stateOf(of.row), verb, member.role)
    return !outcome.ok && outcome.why === 'notFromHere'
  })
    ? 'notFromHere'
    : 'notYours'

/** State, columns, clocks, one line of the timeline, notices: all of a verb, in the transaction given. */
export async function applyMediation(
  house: House,
  tx: Tx,
  of: Mediated,
  verb: MediationVerb,
  hand: Omit<Hand, 'ok'>,
  outcome: Extract<MediationOutcome, { ok: true }>,
  form: MediationForm,
): Promise<Result<Moved>> {
  const now = house.now()
  const doing: MediationDoing = newDoing(house, tx, of, hand, form, now)
  const guarded = await guardMediation(doing, verb)
  if (guarded) return guarded
  const refusal = await MEDIATION_EFFECTS[verb](doing)
  if (refusal) return refusal
  const ends = !isOpen(outcome.state)
  if (ends) await endAll(doing)
  const nearest = await moveClocks(doing, outcome)
  const entry = await addEntry(tx, of.row, lineOf(doing, verb, outcome), now)
  const kept = await changeCase(
    tx,
    of.row,
    {
      state: outcome.state as unknown as CaseState,
      entryCount: of.row.entryCount,
      dueAt: nearest?.due ?? null,
      dueKind: (nearest?.kind ?? null) as DeadlineKind | null,
      ...(hand.side ? { residentNewAt: now } : { residentNewAt: null }),
      ...(ends ? { closedAt: now, lastWordAt: now } : {}),
    },
    now,
  )
  if (!kept) throw new Error(`mediation ${of.row.code} changed under our hands`)
  const telling = { house, tx, of, cause: entry.id, body: tellBody(doing), now, inTalk: hand.inTalk }
  const keys = [...outcome.tell, ...doing.also] as MediationNotice[]
  await tellMediation(doing.apart ? { ...telling, only: 'applicant' } : telling, keys)
  if (doing.apart) {
    const { code = '', panel = '', office = '' } = telling.body
    await tellMediation({ ...telling, body: { code, panel, office }, only: 'other' }, ['side.ended'])
  }
  return { ok: true, of, entry, made: doing.made }
}

const newDoing = (
  house: House,
  tx: Tx,
  of: Mediated,
  { role, id, side }: Pick<Hand, 'role' | 'id' | 'side'>,
  form: MediationForm,
  now: string,
): MediationDoing => ({
  ...{ house, tx, of, role, by: id, side, form, now },
  ...{ also: [], starts: [], drops: [], body: {}, line: {}, made: {} },
})

async function endAll({ house, tx, of, now }: MediationDoing) {
  const booked = await giveAllBack(tx, of)
  await dropEarlier(tx, of.row.id)
  if (booked && booked.startsAt > now) await offerFreed(house, tx, booked)
}

async function moveClocks(doing: MediationDoing, outcome: Extract<MediationOutcome, { ok: true }>) {
  const { house, tx, of, now } = doing
  const calendar = calendarOf(house.district, of.row.holderUnitId)
  await settleDeadlines(tx, of.row.id, outcome.meets, [...outcome.drops, ...doing.drops], now)
  const at = { now, appliedAt: of.row.createdAt, visitFrom: doing.visitFrom ?? now }
  await startDeadlines(
    tx,
    of.row.id,
    [...startClocks(outcome.starts, of.panel.key, at, calendar), ...doing.starts],
    now,
  )
  return settleDeadlines(tx, of.row.id, [], [], now)
}

function lineOf(
  doing: MediationDoing,
  verb: MediationVerb,
  outcome: Extract<MediationOutcome, { ok: true }>,
): Omit<EntryLine, 'id' | 'no' | 'at'> {
  const { role, by, of, line } = doing
  const byKind = role === 'clock' ? 'clock' : doing.side ? 'resident' : 'staff'
  return {
    verb,
    public: outcome.shown ? 1 : 0,
    byKind,
    byId: by,
    unitId: of.panel.code,
    fromState: of.row.state,
    toState: outcome.state as unknown as CaseState,
    body: line,
  }
}

/** Values every notice of a mediation may use; a verb adds its own. */
function tellBody({ house, of, form, body }: MediationDoing): NoticeBody {
  return {
    code: of.row.code,
    panel: of.panel.code,
    office: officeOf(house.district, of),
    ...(form.reason ? { reason: form.reason } : {}),
    ...body,
  }
}
