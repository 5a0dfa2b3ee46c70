import { VISIT_KINDS, type VisitKind } from '../../rules/care/duties.ts'
import { everyPairingOf, visitsOfPairing } from '../../store/care/pairings.ts'
import { volunteerById, volunteerName } from '../../store/care/volunteers.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'

/** What a volunteer truly did: contacts that came about, by kind. No points, no ranks, no child. */
export interface Service {
  name: string
  from: string
  to: string
  children: number
  counts: Record<VisitKind, number>
}

/** The record of service a volunteer may have for the asking, free (志愿服务条例 19). Refusals: notFound. */
export async function serviceOf(house: House, who: Who, id: string): Promise<Result<{ service: Service }>> {
  const row = await volunteerById(house.store.read, id)
  if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
  return { ok: true, service: await serviceFacts(house, id) }
}

/** As `serviceOf`, for whoever is known to be asked by the right person: the volunteer themself. */
export async function serviceFacts(house: House, id: string): Promise<Service> {
  const { read } = house.store
  const pairings = await everyPairingOf(read, id)
  const counts = Object.fromEntries(VISIT_KINDS.map(kind => [kind, 0])) as Record<VisitKind, number>
  for (const pairing of pairings)
    for (const visit of await visitsOfPairing(read, pairing.id)) if (visit.done) counts[visit.kind]++
  const to = dayOf(house, house.now())
  return {
    name: (await volunteerName(read, id)).name,
    from: pairings.at(-1)?.startsOn ?? to,
    to,
    children: new Set(pairings.map(pairing => pairing.childId)).size,
    counts,
  }
}
