import { calendarOf } from '../district.ts'
import type { StartedDeadline } from '../rules/cases/deadlines.ts'
import type { DeadlineKind } from '../rules/cases/types.ts'
import { afterAppraisal } from '../rules/mediation/clocks.ts'
import { stageBy } from '../rules/mediation/reminders.ts'
import { routesAfter } from '../rules/mediation/table.ts'
import type { MediationNotice, MediationVerb, RouteKey, Side } from '../rules/mediation/types.ts'
import type { Actor } from '../rules/people/roles.ts'
import type { Tx } from '../store/db.ts'
import { deadlinesOf, extendDeadline, moveDeadline, openClock, stopDeadline } from '../store/deadlines.ts'
import { dropEarlier } from '../store/earlier.ts'
import type { EntryBody } from '../store/entries.ts'
import { changeMediation, keepVisit, recuseFrom, safetyOf } from '../store/mediations.ts'
import type { NoticeBody } from '../store/notices.ts'
import { changeParty } from '../store/parties.ts'
import { bookedOf, changeSession, keepHold, keepRecord, type SessionRow } from '../store/sessions.ts'
import { staffName } from '../store/staff.ts'
import { makeAgreement, settlePromised } from './agreement.ts'
import { giveBack, roomsOf, rowsOf } from './book-session.ts'
import { offerFreed } from './earlier-meeting.ts'
import { type House, type Refusal, refused } from './house.ts'
import { freshInvitation } from './invite-party.ts'
import type { MediationForm } from './mediation-forms.ts'
import { type Mediated, sideOf } from './mediation-look.ts'

/** One step in the making. */
export interface MediationDoing {
  house: House
  tx: Tx
  of: Mediated
  role: Actor
  /** Staff id or person id; null for the clock. */
  by: string | null
  /** The side that does it; null for staff and the clock. */
  side: Side | null
  form: MediationForm
  now: string
  /** Notices, clocks and clocks to drop beside those of the table. */
  also: MediationNotice[]
  starts: StartedDeadline[]
  drops: DeadlineKind[]
  /** Values for the notices: both sides may read them. */
  body: NoticeBody
  /** What the line of the timeline keeps: `grounds` is for staff, the rest for both sides. */
  line: EntryBody
  made: Record<string, string>
  /** The reason is the applicant's alone: the other side hears only that it is over. */
  apart?: boolean
  /** The return visit is counted from the last promised day. */
  visitFrom?: string
}

/** What a verb does beside state, clocks and timeline; a refusal undoes nothing because nothing was done yet. */
type Effect = (doing: MediationDoing) => Promise<Refusal | undefined>

/** Words for the panel alone. */
const grounds: Effect = async ({ form, line, side }) => {
  const said = side ? form.text : (form.word ?? form.text)
  if (said) line.grounds = said
  return undefined
}

const tellRoutes = (doing: MediationDoing, routes: readonly RouteKey[]) => {
  doing.body.routes = routes.join(',')
}

/** Roads nobody tells the other side of. */
const DELICATE: readonly RouteKey[] = ['police', 'protection', 'psychology']

/** One line a verb. */
export const MEDIATION_EFFECTS: Readonly<Record<MediationVerb, Effect>> = {
  clear: async doing => {
    await changeMediation(doing.tx, doing.of.med, { clearedAt: doing.now })
    return grounds(doing)
  },
  admit,
  decline: async doing => {
    doing.line.reason = doing.form.reason!
    return ended(doing, doing.form.routes!)
  },
  refer: async doing => {
    doing.line.reason = doing.form.reason!
    // Why, and where to, may put the applicant in danger: then the other side hears only that it is over.
    doing.apart = DELICATE.includes(doing.form.to!) || (await safetyOf(doing.tx, doing.of.row.id)) !== 'safe'
    return ended(doing, [doing.form.to!])
  },
  invite: async doing => {
    doing.made.token = await freshInvitation(doing.tx, doing.of, doing.now)
    return undefined
  },
  consent: async ({ tx, of, now }) => {
    await changeParty(tx, sideOf(of, 'other'), { consent: 1, answeredAt: now })
    return undefined
  },
  rebuff: async doing => {
    await changeParty(doing.tx, sideOf(doing.of, 'other'), { consent: 0, answeredAt: doing.now })
    await grounds(doing)
    return ended(doing, routesAfter(doing.of.panel.key, 'noConsent'))
  },
  silence: async doing => ended(doing, routesAfter(doing.of.panel.key, 'noConsent')),
  assign: async doing => {
    await changeMediation(doing.tx, doing.of.med, { mediatorId: doing.form.mediator! })
    doing.body.mediator = await staffName(doing.tx, doing.form.mediator!)
    return undefined
  },
  recuse,
  wish: async doing => {
    const { tx, of, side, form } = doing
    await changeParty(tx, sideOf(of, side!), { wishId: form.mediator || 'another' })
    return grounds(doing)
  },
  mark: async ({ tx, of, side, form }) => {
    await changeParty(tx, sideOf(of, side!), { marks: JSON.stringify(form.marks) })
    return undefined
  },
  book: doing => bookHeld(doing),
  rebook: async doing => {
    const before = bookedOf(doing.of.sessions)
    const refusal = await bookHeld(doing)
    if (refusal) return refusal
    if (before) await free(doing, before)
    return countChange(doing)
  },
  unbook: async doing => {
    const booked = bookedOf(doing.of.sessions)
    if (booked) await free(doing, booked)
    await dropEarlier(doing.tx, doing.of.row.id)
    if (doing.form.reason) doing.line.reason = doing.form.reason
    return countChange(doing)
  },
  noShow: async doing => {
    const booked = bookedOf(doing.of.sessions)
    if (booked) await giveBack(doing.tx, booked, 'noShow')
    return grounds(doing)
  },
  begin: async ({ tx, of }) => {
    const booked = bookedOf(of.sessions)
    if (booked) await changeMediation(tx, of.med, { mediatorId: booked.mediatorId })
    await dropEarlier(tx, of.row.id)
    return undefined
  },
  adjourn: keepSession,
  appraise: async doing => {
    await stopDeadline(doing.tx, doing.of.row.id, 'conclude', doing.now)
    await changeMediation(doing.tx, doing.of.med, { appraisalAt: doing.now })
    return grounds(doing)
  },
  appraised,
  longer: async ({ tx, of, side }) => {
    await changeParty(tx, sideOf(of, side!), { longer: 1 })
    return undefined
  },
  prolong: async ({ tx, of, form, now, body, line }) => {
    await extendDeadline(tx, of.row.id, 'conclude', form.newDue!, now)
    for (const party of of.parties) await changeParty(tx, party, { longer: 0 })
    body.due = form.newDue!
    line.newDue = form.newDue!
    return undefined
  },
  agree: async doing => (await keepSession(doing)) ?? makeAgreement(doing, 'written'),
  agreeOrally: async doing => (await keepSession(doing)) ?? makeAgreement(doing, 'oral'),
  fail: async doing => {
    if (doing.form.record) await keepSession(doing)
    doing.line.reason = doing.form.reason!
    return ended(doing, doing.form.routes!)
  },
  lapse: async doing => ended(doing, routesAfter(doing.of.panel.key, 'failed')),
  stop: async doing => {
    await grounds(doing)
    return ended(doing, routesAfter(doing.of.panel.key, 'failed'))
  },
  seekCourt: async doing => {
    const { tx, of, side } = doing
    await changeParty(tx, sideOf(of, side!), { confirm: 1 })
    if (of.parties.every(party => party.confirm)) {
      await changeMediation(tx, of.med, { confirmation: 'applied' })
      doing.drops.push('confirm')
    }
    return undefined
  },
  courtSays: async doing => {
    await changeMediation(doing.tx, doing.of.med, { confirmation: doing.form.court! })
    doing.drops.push('confirm')
    doing.body.court = doing.form.court!
    return undefined
  },
  keep: doing => settlePromised(doing, true),
  breach: async doing => {
    const { of } = doing
    const confirmed = of.med.confirmation === 'confirmed'
    await grounds(doing)
    tellRoutes(doing, routesAfter(of.panel.key, 'broken', { confirmed, oral: of.med.agreedAs === 'oral' }))
    return settlePromised(doing, false)
  },
  visit: async ({ tx, of, form, by, now }) => {
    await keepVisit(tx, of.row.id, { ...form.visited!, by: by ?? '' })
    await changeMediation(tx, of.med, {
      visitedAt: now,
      performed: form.visited!.performed === 'yes' ? 1 : 0,
    })
    return undefined
  },
  pullOut: grounds,
  comment: async ({ form, line }) => {
    line.text = form.text!
    return undefined
  },
}

/** The end of a mediation with the roads that remain. */
async function ended(doing: MediationDoing, routes: readonly RouteKey[]): Promise<undefined> {
  tellRoutes(doing, routes)
  await changeMediation(doing.tx, doing.of.med, { endedHow: routes.join(',') })
  return undefined
}

/** Accepted 受理: the legal clock and the ten days of the other party begin. */
async function admit(doing: MediationDoing): Promise<undefined> {
  const { tx, of, form, now } = doing
  await changeMediation(tx, of.med, {
    admittedAt: now,
    ...(form.mediator ? { mediatorId: form.mediator } : {}),
  })
  await changeParty(tx, sideOf(of, 'other'), { invitedAt: now, reminded: 0 })
  return undefined
}

/** 回避: the mediator loses the case, and what was booked with them. */
async function recuse(doing: MediationDoing): Promise<undefined> {
  const { tx, of, role, by, form, now, line } = doing
  const whom = (role === 'mediator' ? by : (form.mediator ?? of.med.mediatorId))!
  await recuseFrom(tx, { caseId: of.row.id, staffId: whom, reason: form.reason! }, now)
  line.grounds = form.reason!
  // The reason is the panel's business.
  delete doing.form.reason
  for (const session of of.sessions)
    if ((session.state === 'booked' || session.state === 'held') && session.mediatorId === whom)
      await giveBack(tx, session, 'cancelled')
  if (of.med.mediatorId === whom) await changeMediation(tx, of.med, { mediatorId: null })
  return undefined
}

/** The hold becomes the booking. Its rows were the holder's all along; when they are not all there, it is over. */
async function bookHeld(doing: MediationDoing): Promise<Refusal | undefined> {
  const { house, tx, of, form, now } = doing
  const held = of.sessions.find(session => session.id === form.slot)!
  if (!(await keepHold(tx, held, rowsOf(of, held), now))) return refused('holdOver')
  await changeSession(tx, held, { reminded: stageBy(held.startsAt, now, house.district.zone) })
  await changeMediation(tx, of.med, { mediatorId: held.mediatorId })
  await sayWhen(doing, held)
  return grounds(doing)
}

async function sayWhen(doing: MediationDoing, { startsAt, mediatorId, roomId }: SessionRow) {
  const { of, tx, body, line } = doing
  body.at = startsAt
  body.room = roomsOf(of.panel).find(room => room.id === roomId)?.name ?? ''
  body.mediator = await staffName(tx, mediatorId)
  line.newDue = startsAt
}

/** A meeting is given back, and its place offered to the first in line who would come earlier. */
async function free(doing: MediationDoing, session: SessionRow) {
  await giveBack(doing.tx, session, 'cancelled')
  doing.body.before = session.startsAt
  await offerFreed(doing.house, doing.tx, session)
}

async function countChange({ tx, of, side }: MediationDoing): Promise<undefined> {
  if (side) await changeParty(tx, sideOf(of, side), { changes: sideOf(of, side).changes + 1 })
  return undefined
}

/** The meeting is over: its record is kept. */
async function keepSession({ tx, of, form }: MediationDoing): Promise<undefined> {
  const booked = bookedOf(of.sessions)
  if (!booked) return undefined
  await giveBack(tx, booked, 'done')
  if (form.record) await keepRecord(tx, booked, form.record)
  return undefined
}

async function appraised(doing: MediationDoing): Promise<undefined> {
  const { house, tx, of, now } = doing
  const clock = openClock(await deadlinesOf(tx, of.row.id), 'conclude')
  await changeMediation(tx, of.med, { appraisalAt: null })
  if (!clock?.pausedAt) return undefined
  const calendar = calendarOf(house.district, of.panel.code)
  const due = afterAppraisal(calendar, clock.due, clock.pausedAt, now)
  await moveDeadline(tx, clock.id, due)
  doing.body.due = due.due
  return undefined
}
