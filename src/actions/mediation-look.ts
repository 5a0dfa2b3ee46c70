import type { District } from '../district.ts'
import type { MediationState, Side } from '../rules/mediation/types.ts'
import type { MediationForRights } from '../rules/people/may.ts'
import { type CaseRow, caseByCode, caseById } from '../store/cases.ts'
import type { Reads } from '../store/db.ts'
import { type MediationRow, mediationOf, recusedFrom } from '../store/mediations.ts'
import { type PartyRow, partiesOf } from '../store/parties.ts'
import { type SessionRow, sessionsOf } from '../store/sessions.ts'

export type Panel = District['panels'][number]

/** Everything plain about one mediation, read in one go. */
export interface Mediated {
  row: CaseRow
  med: MediationRow
  parties: readonly PartyRow[]
  sessions: SessionRow[]
  recused: readonly string[]
  panel: Panel
}

/** The state of a mediation; its case row keeps it with the words of its own table. */
export const stateOf = (row: Pick<CaseRow, 'state'>): MediationState => row.state as unknown as MediationState

export const panelOf = (district: District, code: string): Panel =>
  district.panels.find(panel => panel.code === code) ?? district.panels[0]!

/** What a panel is called where it acts: 物业纠纷专项组织. */
export const officeOf = (district: District, { panel }: Pick<Mediated, 'panel'>): string =>
  district.units.get(panel.code)?.name ?? panel.name

/** A mediation by its code; null when there is none. */
export async function mediatedByCode(
  from: Reads,
  district: District,
  code: string,
): Promise<Mediated | null> {
  const row = await caseByCode(from, code)
  return row ? mediatedOf(from, district, row) : null
}

export async function mediatedById(from: Reads, district: District, id: string): Promise<Mediated | null> {
  const row = await caseById(from, id)
  return row ? mediatedOf(from, district, row) : null
}

export async function mediatedOf(from: Reads, district: District, row: CaseRow): Promise<Mediated | null> {
  const med = row.kind === 'mediation' ? await mediationOf(from, row.id) : null
  if (!med) return null
  const [parties, sessions, recused] = [
    await partiesOf(from, row.id),
    await sessionsOf(from, row.id),
    await recusedFrom(from, row.id),
  ]
  return { row, med, parties, sessions, recused, panel: panelOf(district, med.panel) }
}

export const sideOf = (of: Pick<Mediated, 'parties'>, side: Side): PartyRow =>
  of.parties.find(party => party.side === side)!

/** The resource of a party: the person where known, else the party itself. */
export const partyResource = (party: PartyRow): string =>
  party.personId ? `person:${party.personId}` : `party:${party.id}`

/** The days and instants a side marked as suiting. */
export const marksOf = (party: PartyRow): string[] => JSON.parse(party.marks) as string[]

/** A mediation as far as rights go. It lies nowhere: what is told in it is not the town's business. */
export function mediationRights(district: District, { row, med, recused }: Mediated): MediationForRights {
  return {
    kind: 'mediation',
    state: row.state,
    holderUnit: row.holderUnitId,
    holderPath: district.units.get(row.holderUnitId)?.path ?? row.holderUnitId,
    placePath: null,
    orderUnits: [],
    hidden: false,
    accusedUnit: null,
    accusation: false,
    mediatorId: med.mediatorId,
    recused,
  }
}
