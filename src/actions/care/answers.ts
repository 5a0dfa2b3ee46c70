import { addAudit } from '../../store/audit.ts'
import {
  type AbsenceRow,
  absencesFrom,
  addAbsence,
  awayOn,
  endAbsence,
  keepCover,
} from '../../store/care/absences.ts'
import { type ChildRecord, correctChild, endChild } from '../../store/care/children.ts'
import { hasOpenReport, needById, needDone, reportById, reportMade } from '../../store/care/needs.ts'
import { endPairing, pairingsOfChild, pairingsOfVolunteer } from '../../store/care/pairings.ts'
import { volunteerById } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { tellEnded } from './pairing-words.ts'
import { cares, consenting, coordinated } from './registry.ts'
import { tellPerson } from './say.ts'

/** What a coordinator settles at the desk. */

/** Puts the record right on request of child or guardian (未成年人保护法 72). Refusals: notFound, noConsent (withdrawn), ended. */
export function putRight(house: House, who: Who, id: string, record: ChildRecord): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await consenting(house, tx, who, id)
    if (!found.ok) return found
    await correctChild(tx, id, record)
    await addAudit(tx, { staffId: who.staffId, what: 'openChild', field: id, detail: 'correct' }, house.now())
    return { ok: true }
  }, id)
}

/** Ends the care of a child; with `erase` what was sealed with its key is gone for ever. Refusals: notFound, reportOpen (a mandatory report must be made first). */
export function endCare(house: House, who: Who, id: string, erase: boolean): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await coordinated(house, tx, who, id)
    if (!found.ok) return found
    if (await hasOpenReport(tx, id)) return refused('reportOpen')
    const now = house.now()
    for (const row of await pairingsOfChild(tx, id))
      if (row.endsOn === null) {
        await endPairing(tx, row, { endsOn: dayOf(house, now), reason: 'careEnded', handOver: '' })
        await tellEnded(house, tx, row, now)
      }
    await endChild(tx, id, now, erase)
    if (erase) await addAudit(tx, { staffId: who.staffId, what: 'careErase', field: id }, now)
    return { ok: true }
  }, id)
}

export interface Away {
  who: string
  fromDate: string
  toDate: string
  reason: string
  cover?: string
}

/** Enters days somebody cannot: a volunteer, or (`me`) the coordinator with a deputy. Refusals: notFound. */
export function enterAbsence(house: House, who: Who, given: Away): Promise<Result<{ id: string }>> {
  const { who: of, cover, ...facts } = given
  return house.store.write(async tx => {
    const volunteer = of === 'me' ? null : await volunteerById(tx, of)
    if (of !== 'me' && !(volunteer && cares(house, who, 'coordinate', volunteer.unitId)))
      return refused('notFound')
    const key = volunteer ? `volunteer:${volunteer.id}` : `staff:${who.staffId}`
    const id = await addAbsence(
      tx,
      { who: key, coverId: volunteer ? null : (cover ?? null), ...facts },
      house.now(),
    )
    return volunteer && cover ? coverBy(house, tx, who, id, cover) : { ok: true, id }
  }, of)
}

/** Names the volunteer who steps in; they are told in the chat. Refusals: notFound. */
export const nameCover = (
  house: House,
  who: Who,
  id: string,
  cover: string,
): Promise<Result<{ id: string }>> => house.store.write(tx => coverBy(house, tx, who, id, cover), id)

async function coverBy(
  house: House,
  tx: Tx,
  who: Who,
  id: string,
  cover: string,
): Promise<Result<{ id: string }>> {
  const now = house.now()
  const today = dayOf(house, now)
  const absence = (await absencesFrom(tx, today)).find(one => one.id === id)
  const volunteer = await volunteerById(tx, cover)
  const [, awayId = ''] = absence?.who.split(':') ?? []
  const away = await volunteerById(tx, awayId)
  if (!absence || !volunteer || volunteer.endedAt || !away) return refused('notFound')
  if (![volunteer, away].every(row => cares(house, who, 'coordinate', row.unitId))) return refused('notFound')
  if (awayOn([absence], absence.fromDate).has(`volunteer:${cover}`)) return refused('ended')
  await keepCover(tx, id, cover)
  const before =
    absence.coverId && absence.coverId !== cover ? await volunteerById(tx, absence.coverId) : null
  if (before?.personId) await tellCoverOver(house, tx, absence, before.personId)
  const name = await pseudonymsOf(house, tx, awayId)
  const body = { name, from: absence.fromDate, through: absence.toDate }
  if (volunteer.personId)
    await tellPerson(house, tx, 'volunteer.cover', volunteer.personId, { cause: `${id}.${cover}`, body, now })
  return { ok: true, id }
}

/** Somebody is back before the day they named. Refusals: notFound, ended. */
export function comeBack(house: House, who: Who, id: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const absence = (await absencesFrom(tx, '')).find(one => one.id === id)
    const [kind, of = ''] = absence?.who.split(':') ?? []
    const volunteer = kind === 'volunteer' ? await volunteerById(tx, of) : null
    const own = kind === 'staff' && of === who.staffId
    if (!own && !(volunteer && cares(house, who, 'coordinate', volunteer.unitId))) return refused('notFound')
    if (!(await endAbsence(tx, id, house.now()))) return refused('ended')
    const cover = volunteer && absence?.coverId ? await volunteerById(tx, absence.coverId) : null
    if (absence && cover?.personId) await tellCoverOver(house, tx, absence, cover.personId)
    return { ok: true }
  }, id)
}

/** Who stepped in hears that they need not any longer: the volunteer is back, or somebody else steps in. */
async function tellCoverOver(house: House, tx: Tx, { id, who }: AbsenceRow, personId: string) {
  const now = house.now()
  const body = { name: await pseudonymsOf(house, tx, who.split(':')[1] ?? '') }
  await tellPerson(house, tx, 'volunteer.coverOver', personId, { cause: `${id}.${now}`, body, now })
}

/** The children that are a volunteer's own today, by pseudonym. */
async function pseudonymsOf(house: House, tx: Tx, volunteerId: string): Promise<string> {
  const own = await pairingsOfVolunteer(tx, volunteerId, dayOf(house, house.now()))
  return own
    .filter(row => row.volunteerId === volunteerId)
    .map(row => row.pseudonym)
    .join('、')
}

/** A need was answered. Refusals: notFound. */
export function settleNeed(house: House, who: Who, id: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await needById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    await needDone(tx, id, house.now())
    return { ok: true }
  }, id)
}

/** Records that a mandatory report was made, and to whom. Refusals: notFound, madeBefore. */
export function recordReport(house: House, who: Who, id: string, to: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await reportById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const made = await reportMade(tx, id, { to, staffId: who.staffId }, house.now())
    return made ? { ok: true } : refused('madeBefore')
  }, id)
}
