import { addAudit } from '../../store/audit.ts'
import { childById, childRecord, consentOf } from '../../store/care/children.ts'
import { handOverOf, pairingsOfChild, visitWords } from '../../store/care/pairings.ts'
import type { Tx } from '../../store/db.ts'
import { type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'

export interface Opening {
  reason: string
  emergency?: boolean
}

/**
 * Logs that a child's record is opened, by whom and why; nothing of it leaves without this line, written in the same transaction.
 * Refusals: notYours (an administrator, an auditor, another village, no emergency), notFound (no such child).
 */
export async function logOpening(
  house: House,
  tx: Tx,
  who: Who,
  childId: string,
  { reason, emergency = false }: Opening,
): Promise<Result<object>> {
  const child = await childById(tx, childId)
  const may = child && cares(house, who, emergency ? 'openInEmergency' : 'openChild', child.unitId)
  // Who coordinates needs no emergency; who does not must not learn whether there is such a child.
  const coordinates = child && cares(house, who, 'openChild', child.unitId)
  if (!child || !(may || coordinates)) return refused('notYours')
  if (!emergency && (!child.consentAt || child.consentWithdrawnAt)) return refused('noConsent')
  const what = emergency && !coordinates ? 'openChildEmergency' : 'openChild'
  await addAudit(tx, { staffId: who.staffId, what, field: childId, detail: reason }, house.now())
  return { ok: true }
}

const MOST = 60

/** Opens a child's record with a logged reason. Refusals: as `logOpening`; gone (the record was erased). */
export function openChild(house: House, who: Who, childId: string, opening: Opening) {
  return house.store.write(async tx => {
    const logged = await logOpening(house, tx, who, childId, opening)
    if (!logged.ok) return logged
    const found = await childRecord(tx, childId)
    if (!found) return refused('gone')
    const handOvers = []
    for (const row of await pairingsOfChild(tx, childId))
      if (row.endsOn !== null) handOvers.push({ endsOn: row.endsOn, ...(await handOverOf(tx, row)) })
    return {
      ok: true as const,
      ...found,
      consent: await consentOf(tx, childId),
      visits: await visitWords(tx, childId, MOST),
      handOvers,
    }
  }, childId)
}
