import { addAudit } from '../../store/audit.ts'
import { absencesFrom, awayOn } from '../../store/care/absences.ts'
import { addChange, type ChildChange, changesOf } from '../../store/care/changes.ts'
import {
  type ChildRow,
  childByPseudonym,
  childRecord,
  consentOf,
  moveChild,
  renameChild,
} from '../../store/care/children.ts'
import { endPairing, pairingsOfChild } from '../../store/care/pairings.ts'
import { volunteerById } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { coordinators } from './coordinators.ts'
import { tellEnded } from './pairing-words.ts'
import { consenting, coordinated, isName, mayServe } from './registry.ts'
import { tellCoordinator } from './say.ts'

/** What changes of a child beside its record: where it lives, what it is called here, and what its guardian agreed to. */

export interface Move {
  unitId: string
  reason: string
  /** What whoever coordinates there must know. */
  handOver: string
}

/**
 * The child lives in another village now. Whoever coordinates there is told that a child came, and reads the hand-over with the record. The
 * pairing goes on where its volunteer may serve there too; else it ends today with the same words. Refusals: notFound, noConsent, ended,
 * incomplete (no such unit, or the same).
 */
export function moveTo(house: House, who: Who, childId: string, to: Move): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await consenting(house, tx, who, childId)
    if (!found.ok) return found
    const { child } = found
    const unit = house.district.units.get(to.unitId)
    if (!unit || unit.kind === 'grid' || to.unitId === child.unitId)
      return refused('incomplete', { details: [{ field: 'unit', why: 'notAChoice' }] })
    const now = house.now()
    await moveChild(tx, childId, to.unitId)
    const words = { from: child.unitId, to: to.unitId, reason: to.reason, handOver: to.handOver }
    await addChange(tx, childId, { kind: 'moved', byId: who.staffId, words }, now)
    await addAudit(tx, { staffId: who.staffId, what: 'careMove', field: childId, detail: to.reason }, now)
    await endWhereFar(house, tx, who, child, to)
    const away = awayOn(await absencesFrom(tx, dayOf(house, now)), dayOf(house, now))
    const receiver = (await coordinators(tx, house.district, away))(to.unitId)
    if (receiver && receiver !== who.staffId)
      await tellCoordinator(house, tx, 'coordinator.moved', receiver, {
        ...{ cause: `${childId}.${now}`, body: { name: child.pseudonym }, now },
      })
    return { ok: true }
  }, childId)
}

/** Ends the pairing of a child whose volunteer may not serve where it lives now. */
async function endWhereFar(house: House, tx: Tx, who: Who, child: ChildRow, to: Move) {
  const now = house.now()
  for (const row of await pairingsOfChild(tx, child.id)) {
    const volunteer = row.endsOn === null ? await volunteerById(tx, row.volunteerId) : null
    if (!volunteer || mayServe(house, who, volunteer.unitId, to.unitId)) continue
    await endPairing(tx, row, { endsOn: dayOf(house, now), reason: to.reason, handOver: to.handOver })
    await tellEnded(house, tx, row, now)
  }
}

/** Another pseudonym, with a reason. Refusals: notFound, noConsent, pseudonymTaken, pseudonymIsName, gone. */
export function renameTo(
  house: House,
  who: Who,
  childId: string,
  { pseudonym, reason }: { pseudonym: string; reason: string },
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const found = await consenting(house, tx, who, childId)
    if (!found.ok) return found
    const wrong = (why: string) => refused(why, { details: [{ field: 'pseudonym', why }] })
    const known = await childRecord(tx, childId)
    if (!known) return refused('gone')
    if (await childByPseudonym(tx, pseudonym)) return wrong('pseudonymTaken')
    if (isName(known.record.name, pseudonym)) return wrong('pseudonymIsName')
    const now = house.now()
    await renameChild(tx, childId, pseudonym)
    const words = { from: found.child.pseudonym, to: pseudonym, reason }
    await addChange(tx, childId, { kind: 'renamed', byId: who.staffId, words }, now)
    await addAudit(tx, { staffId: who.staffId, what: 'careMove', field: childId, detail: reason }, now)
    return { ok: true }
  }, childId)
}

/**
 * Every consent given and withdrawn, every move and every other name, oldest first: an opening of the child, logged; it needs no consent, it is
 * about it. Refusals: notFound, gone.
 */
export function historyOf(
  house: House,
  who: Who,
  childId: string,
): Promise<Result<{ changes: ChildChange[] }>> {
  return house.store.write(async tx => {
    const found = await coordinated(house, tx, who, childId)
    if (!found.ok) return found
    if (!(await childRecord(tx, childId))) return refused('gone')
    await addAudit(
      tx,
      { staffId: who.staffId, what: 'openChild', field: childId, detail: 'history' },
      house.now(),
    )
    const changes = await changesOf(tx, childId)
    const { consentAt } = found.child
    if (!consentAt || changes.some(({ kind }) => kind === 'consentGiven')) return { ok: true, changes }
    // A consent from before such changes were kept stands with the child alone.
    const given = await consentOf(tx, childId)
    const first = given && { kind: 'consentGiven' as const, at: consentAt, byId: '', words: { ...given } }
    return { ok: true, changes: first ? [first, ...changes] : changes }
  }, childId)
}
