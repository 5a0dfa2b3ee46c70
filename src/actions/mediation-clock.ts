import { promiseStage, replyStage } from '../rules/mediation/clocks.ts'
import { type ReminderStage, reminderDue } from '../rules/mediation/reminders.ts'
import type { MediationNotice, MediationVerb } from '../rules/mediation/types.ts'
import { quietUntil } from '../rules/notices/table.ts'
import { changeCase } from '../store/cases.ts'
import { SELDOM, settleDeadlines } from '../store/deadlines.ts'
import { changeMediation } from '../store/mediations.ts'
import { changeParty } from '../store/parties.ts'
import { keepPromiseStage, openPromises } from '../store/promises.ts'
import { bookedAhead, endHolds, keepReminded, type SessionRow } from '../store/sessions.ts'
import { along } from '../store/sql.ts'
import { roomsOf } from './book-session.ts'
import { dayOf, type House } from './house.ts'
import { type Mediated, mediatedByCode, mediatedById, officeOf, sideOf } from './mediation-look.ts'
import { tellMediation } from './mediation-tell.ts'
import { moveMediationIn } from './move-mediation.ts'

/** What time alone does to mediations: reminders, silence, the end of the legal limit. Each asks what is due now, so a day off is caught up. */

const DAY = 86_400_000
const later = (now: string, days: number) => new Date(Date.parse(now) + days * DAY).toISOString()
const isNight = (house: House, now: string) => quietUntil(now, house.district.zone) !== null

/** Holds that are over give their places back for good. Returns how many. */
export const sweepHolds = (house: House): Promise<number> =>
  house.store.write(tx => endHolds(tx, house.now()))

const MEETING: Readonly<Record<ReminderStage, readonly MediationNotice[]>> = {
  1: ['side.remind3days', 'mediator.remind3days'],
  2: ['side.remind1day', 'mediator.remind1day'],
  3: ['side.remind2hours', 'mediator.remind2hours'],
}

/** Reminders of meetings, to both sides and the mediator: once each, in daylight. Returns how many meetings. */
export async function remindMeetings(house: House): Promise<number> {
  const now = house.now()
  if (isNight(house, now)) return 0
  const rows = await bookedAhead(house.store.read, now, later(now, 4))
  let done = 0
  for (const row of rows) if (await remindOne(house, row)) done++
  return done
}

function remindOne(house: House, row: SessionRow): Promise<boolean> {
  const stage = reminderDue(row, house.now(), house.district.zone)
  if (!stage) return Promise.resolve(false)
  return house.store.write(async tx => {
    // Another process may have been faster: the row says so.
    if (!(await keepReminded(tx, row.id, stage))) return false
    const of = await mediatedById(tx, house.district, row.caseId)
    if (!of) return false
    const room = roomsOf(of.panel).find(one => one.id === row.roomId)?.name ?? ''
    const body = { ...plainBody(house, of), at: row.startsAt, room }
    const cause = `${row.id}.${stage}`
    await tellMediation({ house, tx, of, cause, body, now: house.now() }, MEETING[stage])
    return true
  }, row.caseId)
}

const plainBody = ({ district }: House, of: Mediated) => ({
  code: of.row.code,
  panel: of.panel.code,
  office: officeOf(district, of),
})

/** A clock of mediations that has run out, or an invitation still unanswered. */
interface DueClock {
  code: string
  kind: 'reply' | 'conclude' | 'confirm'
  due: string
}

/** Days before the end of the court's thirty days when both sides are told once more. */
const CONFIRM_SOON = 5

/**
 * The ten days of a silent party with two reminders, the legal limit 视为调解不成, and the thirty days for the court. Returns how many
 * things were done.
 */
export async function runMediationClocks(house: House): Promise<number> {
  const now = house.now()
  const rows = await house.store.read.sql.all<DueClock>(
    `SELECT c."code", d."kind", d."due" FROM "Deadline" d${along('Deadline_seldom_idx', house.store)} JOIN "Case" c ON c."id" = d."caseId"
     WHERE c."kind" = 'mediation' AND d.${SELDOM} AND d."kind" <> 'resume' AND d."metAt" IS NULL AND d."endedAt" IS NULL AND d."pausedAt" IS NULL
     AND (d."due" < ? OR d."kind" = 'reply' OR (d."kind" = 'confirm' AND d."due" < ?)) ORDER BY d."due" LIMIT 1000`,
    now,
    later(now, CONFIRM_SOON),
  )
  let done = 0
  for (const row of rows) if (await oneClock(house, row)) done++
  return done
}

async function oneClock(house: House, { code, kind, due }: DueClock): Promise<boolean> {
  const over = due < house.now()
  if (kind === 'reply') return over ? end(house, code, 'silence') : remindReply(house, code, due)
  if (kind === 'conclude') return end(house, code, 'lapse')
  return over ? endConfirm(house, code) : remindConfirm(house, code, due)
}

const end = (house: House, code: string, verb: MediationVerb): Promise<boolean> =>
  house.store.write(async tx => (await moveMediationIn(house, tx, { clock: true }, code, verb, {})).ok, code)

/** Who was asked and says nothing is asked again, twice; who never opened the invitation can only be reached by the panel. */
function remindReply(house: House, code: string, due: string): Promise<boolean> {
  const now = house.now()
  if (isNight(house, now)) return Promise.resolve(false)
  return house.store.write(async tx => {
    const of = await mediatedByCode(tx, house.district, code)
    const party = of && sideOf(of, 'other')
    if (!of || !party?.invitedAt) return false
    const stage = replyStage(party.invitedAt, now)
    if (stage <= party.reminded) return false
    await changeParty(tx, party, { reminded: stage })
    const cause = `${party.id}.reply.${stage}`
    const body = { ...plainBody(house, of), due }
    const key = party.personId ? 'side.remindReply' : 'panel.unopened'
    await tellMediation({ house, tx, of, cause, body, now, only: 'other' }, [key])
    return true
  }, code)
}

function remindConfirm(house: House, code: string, due: string): Promise<boolean> {
  return house.store.write(async tx => {
    const of = await mediatedByCode(tx, house.district, code)
    if (of?.med.confirmation !== 'open') return false
    const cause = `${of.row.id}.confirm`
    const told = await tx.sql.get('SELECT 1 FROM "Notice" WHERE "cause" = ? LIMIT 1', cause)
    if (told) return false
    const body = { ...plainBody(house, of), due }
    await tellMediation({ house, tx, of, cause, body, now: house.now() }, ['side.confirmSoon'])
    return true
  }, code)
}

/** The thirty days are over: the court can no more be asked together. */
function endConfirm(house: House, code: string): Promise<boolean> {
  return house.store.write(async tx => {
    const of = await mediatedByCode(tx, house.district, code)
    if (!of) return false
    const now = house.now()
    if (of.med.confirmation === 'open') await changeMediation(tx, of.med, { confirmation: 'late' })
    const nearest = await settleDeadlines(tx, of.row.id, [], ['confirm'], now)
    return changeCase(tx, of.row, { dueAt: nearest?.due ?? null, dueKind: nearest?.kind ?? null }, now)
  }, code)
}

/** Promises of agreements: three days before their day, and the day after it. Returns how many were reminded of. */
export async function remindPromises(house: House): Promise<number> {
  const now = house.now()
  if (isNight(house, now)) return 0
  const today = dayOf(house, now)
  const rows = await openPromises(house.store.read, later(now, 4).slice(0, 10))
  let done = 0
  for (const row of rows) {
    const stage = promiseStage(row.byDate, today)
    if (stage <= row.stage) continue
    const said = await house.store.write(async tx => {
      const of = await mediatedById(tx, house.district, row.caseId)
      if (!of || !(await keepPromiseStage(tx, row.id, stage))) return false
      const body = { ...plainBody(house, of), no: String(row.no), day: row.byDate }
      const key = stage === 1 ? 'side.promiseSoon' : 'side.promisePassed'
      // Before its day it concerns who promised; after it, both.
      const only = stage === 1 ? { only: row.side } : {}
      await tellMediation({ house, tx, of, cause: `${row.id}.${stage}`, body, now, ...only }, [key])
      return true
    }, row.caseId)
    if (said) done++
  }
  return done
}
