import type { Met, VisitKind } from '../../rules/care/duties.ts'
import { addressedTo, reportDue } from '../../rules/care/report.ts'
import { signsIn } from '../../rules/care/signs.ts'
import { addReport } from '../../store/care/needs.ts'
import { addVisit, pairingById } from '../../store/care/pairings.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'

/** A contact a volunteer without a chat told the coordinator of. */
export interface DeskVisit {
  pairing: string
  kind: VisitKind
  onDate: string
  done: boolean
  met: readonly Met[]
  reported: boolean
  note: string
  given: string
  againOn: string | null
}

/**
 * Writes down what a volunteer told by telephone; it counts as if they had written it in the chat. A worrying sign in the words draws up the
 * mandatory report at once, whose clock is the coordinator's own. Refusals: notFound; incomplete (a day to come, or not of this pairing).
 */
export function keepVisit(
  house: House,
  who: Who,
  visit: DeskVisit,
): Promise<Result<{ report: string | null }>> {
  return house.store.write(async tx => {
    const row = await pairingById(tx, visit.pairing)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const now = house.now()
    const outside = visit.onDate < row.startsOn || (row.endsOn !== null && visit.onDate > row.endsOn)
    if (visit.onDate > dayOf(house, now)) return wrongDay('toCome')
    if (outside) return wrongDay('notPaired')
    const { pairing: _, againOn, ...facts } = visit
    await addVisit(
      tx,
      { ...facts, pairing: row, byId: row.volunteerId, ...(againOn ? { againOn } : {}) },
      now,
    )
    const signs = signsIn(visit.note)
    if (signs.length === 0) return { ok: true, report: null }
    const { childId, volunteerId: reporter } = row
    const record = { words: visit.note, signs, addressedTo: addressedTo(signs) }
    const of = { childId, reporter, alertId: null, caseId: null, dueAt: reportDue(now) }
    return { ok: true, report: await addReport(tx, { ...of, record }, now) }
  }, visit.pairing)
}

const wrongDay = (why: string) => refused('incomplete', { details: [{ field: 'onDate', why }] })
