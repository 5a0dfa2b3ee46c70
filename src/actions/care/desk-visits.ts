import type { Met, VisitKind } from '../../rules/care/duties.ts'
import { signsIn } from '../../rules/care/signs.ts'
import { childById } from '../../store/care/children.ts'
import { addVisit, type PairingRow, pairingById } from '../../store/care/pairings.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'
import { callForChild } from './worry.ts'

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
    if (!row || !cares(house, who, 'seeCare', row.unitId)) return refused('notFound')
    const now = house.now()
    const outside = visit.onDate < row.startsOn || (row.endsOn !== null && visit.onDate > row.endsOn)
    if (visit.onDate > dayOf(house, now)) return wrongDay('toCome')
    if (outside) return wrongDay('notPaired')
    const child = await childById(tx, row.childId)
    const consent = child?.consentAt && !child.consentWithdrawnAt && !child.endedAt
    const worry = signsIn(visit.note, house.district.care.signs).length > 0
    if (!consent && !worry) return refused(child?.endedAt ? 'ended' : 'noConsent')
    if (consent) await keep(tx, row, visit, now)
    if (!worry) return { ok: true, report: null }
    const told = { child: row, words: visit.note, reporter: `volunteer:${row.volunteerId}` }
    return { ok: true, report: await callForChild(house, tx, told, now) }
  }, visit.pairing)
}

async function keep(tx: Tx, row: PairingRow, visit: DeskVisit, now: string) {
  const { pairing: _, againOn, ...facts } = visit
  await addVisit(tx, { ...facts, pairing: row, byId: row.volunteerId, ...(againOn ? { againOn } : {}) }, now)
}

const wrongDay = (why: string) => refused('incomplete', { details: [{ field: 'onDate', why }] })
