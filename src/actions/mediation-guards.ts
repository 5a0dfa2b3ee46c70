import { calendarOf } from '../district.ts'
import { latestProlonged } from '../rules/mediation/clocks.ts'
import type { MediationVerb } from '../rules/mediation/types.ts'
import { deadlinesOf, openClock } from '../store/deadlines.ts'
import { safetyOf } from '../store/mediations.ts'
import { promisedOf } from '../store/promises.ts'
import { bookedOf } from '../store/sessions.ts'
import { mediatorsOf } from '../store/staff.ts'
import { dayOf, type Refusal, refused } from './house.ts'
import type { MediationDoing } from './mediation-effects.ts'
import { sideOf } from './mediation-look.ts'

/** Times each side may move or cancel a meeting. */
export const MOST_CHANGES = 2
/** A meeting may be begun this long before its hour. Milliseconds. */
const EARLY = 60 * 60_000

type Guard = (doing: MediationDoing) => Promise<Refusal | null> | Refusal | null

const field = (name: string, why: string) => refused('incomplete', { details: [{ field: name, why }] })
const onPaper: Guard = ({ side, form }) => (side || form.onPaper ? null : field('onPaper', 'missing'))
/** 代约: who books for both sides writes down what each said, and how. */
const theirWord = ({ side, form }: MediationDoing) => (side || form.word ? null : field('word', 'missing'))
const changesLeft = ({ of, side }: MediationDoing) =>
  side && sideOf(of, side).changes >= MOST_CHANGES ? refused('noChangesLeft') : null

/** What must be true beyond role and state. */
const GUARDS: Partial<Record<MediationVerb, Guard>> = {
  admit: async doing => (await mayAdmit(doing)) ?? mediatorFits(doing),
  consent: onPaper,
  rebuff: onPaper,
  assign: async doing => (bookedElsewhere(doing) ? refused('bookedAlready') : mediatorFits(doing)),
  recuse: recusable,
  wish: async doing => (doing.form.mediator ? mediatorFits(doing) : null),
  book: doing => theirWord(doing) ?? holdFits(doing),
  rebook: doing => theirWord(doing) ?? changesLeft(doing) ?? holdFits(doing),
  unbook: changesLeft,
  noShow: ({ of, now }) => ((bookedOf(of.sessions)?.startsAt ?? '~') <= now ? null : refused('tooEarly')),
  begin: ({ of, now }) =>
    Date.parse(bookedOf(of.sessions)?.startsAt ?? '9999-01-01T00:00:00Z') - EARLY <= Date.parse(now)
      ? null
      : refused('tooEarly'),
  appraise: ({ of }) => (of.panel.key !== 'medical' || of.med.appraisalAt ? refused('notFromHere') : null),
  appraised: ({ of }) => (of.med.appraisalAt ? null : refused('notFromHere')),
  longer: ({ of, side }) => (side && sideOf(of, side).longer ? refused('notFromHere') : null),
  prolong: prolongable,
  agree: agreementFits,
  agreeOrally: agreementFits,
  seekCourt: ({ of, side }) =>
    of.med.confirmation === 'open' && side && !sideOf(of, side).confirm ? null : refused('notFromHere'),
  courtSays: ({ of }) =>
    of.med.confirmation === 'open' || of.med.confirmation === 'applied' ? null : refused('notFromHere'),
  keep: promiseFits,
  breach: promiseFits,
}

/** The reason a step may not be done now, or null. */
export const guardMediation = async (doing: MediationDoing, verb: MediationVerb): Promise<Refusal | null> =>
  (await GUARDS[verb]?.(doing)) ?? null

/** What law forbids is not accepted; after an unsafe answer nobody is invited before a private talk (75号令 22; facts 2.4). */
async function mayAdmit({ tx, of }: MediationDoing): Promise<Refusal | null> {
  const limits = JSON.parse(of.med.limits) as string[]
  const forbidden = limits.find(key => key === 'accepted' || key === 'medicalAccepted')
  if (forbidden) return refused('lawForbids', { details: [{ field: 'limits', why: forbidden }] })
  if (!of.med.clearedAt && (await safetyOf(tx, of.row.id)) !== 'safe') return refused('notSafeYet')
  return of.panel.mediates ? null : refused('notFromHere')
}

async function mediatorFits({ tx, of, form }: MediationDoing): Promise<Refusal | null> {
  if (!form.mediator) return null
  if (of.recused.includes(form.mediator)) return field('mediator', 'recused')
  return (await mediatorsOf(tx, of.panel.code)).includes(form.mediator)
    ? null
    : field('mediator', 'notAChoice')
}

const bookedElsewhere = ({ of, form }: MediationDoing): boolean => {
  const booked = bookedOf(of.sessions)
  return booked !== undefined && booked.mediatorId !== form.mediator
}

/** A mediator steps back themselves; the secretary names whom. */
function recusable({ of, role, by, form }: MediationDoing): Refusal | null {
  const whom = role === 'mediator' ? by : (form.mediator ?? of.med.mediatorId)
  if (!whom) return field('mediator', 'missing')
  const booked = bookedOf(of.sessions)
  return booked && booked.mediatorId !== whom ? refused('notFromHere') : null
}

/** A side may turn its own hold into a booking, nobody another's. */
function holdFits({ of, side, form, now }: MediationDoing): Refusal | null {
  const held = of.sessions.find(session => session.id === form.slot)
  if (!held || held.bookedBy !== (side ?? 'staff')) return refused('holdOver')
  return held.state === 'held' && (held.heldUntil ?? '') > now ? null : refused('holdOver')
}

async function prolongable(doing: MediationDoing): Promise<Refusal | null> {
  const { house, tx, of, form, now } = doing
  if (!form.onPaper && !of.parties.every(party => party.longer)) return refused('needsBoth')
  const clock = openClock(await deadlinesOf(tx, of.row.id), 'conclude')
  if (!clock || clock.pausedAt || clock.extendedAt) return refused('notFromHere')
  const latest = latestProlonged(calendarOf(house.district, of.panel.code), of.panel.key, clock.due).due
  if (form.newDue! <= clock.due || form.newDue! <= now) return field('newDue', 'tooEarly')
  return form.newDue! > latest ? field('newDue', 'tooLate') : null
}

function agreementFits({ house, of, form, now }: MediationDoing): Refusal | null {
  if (!bookedOf(of.sessions)) return refused('notFromHere')
  const today = dayOf(house, now)
  const past = form.agreement!.items.findIndex(item => item.by < today)
  return past < 0 ? null : field(`agreement.items.${past}.by`, 'notLater')
}

/** Only who is owed it, or staff, says whether a promise was kept. */
async function promiseFits({ tx, of, side, form }: MediationDoing): Promise<Refusal | null> {
  const promise = (await promisedOf(tx, of.row.id)).find(one => one.id === form.promise)
  if (!promise) return field('promise', 'notAChoice')
  if (promise.keptAt) return refused('notFromHere')
  return side && promise.side === side ? refused('notYours') : null
}
