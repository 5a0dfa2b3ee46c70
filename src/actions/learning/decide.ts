import type { District } from '../../district.ts'
import { type Label, settledLabel } from '../../rules/learning/labels.ts'
import { mayOffice } from '../../rules/people/may.ts'
import { addAudit } from '../../store/audit.ts'
import { decideExample, type ExampleLine, exampleById, type OutcomeRow } from '../../store/learning.ts'
import { type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'

/** The routes a unit serves: a department several, a panel its own, towns and communities none. */
export function routesServed({ departments, panels }: District, unit: string | null): string[] {
  const department = departments.find(({ code }) => code === unit)
  const panel = panels.find(({ code }) => code === unit)
  return panel ? [`panel:${panel.name}`] : (department?.serves.map(name => `dept:${name}`) ?? [])
}

/** The label a case came to, as its row in the ledger says. */
export const settledOf = (
  district: District,
  row: Pick<OutcomeRow, 'filed' | 'label' | 'panel' | 'holder' | 'lead'>,
): Label =>
  settledLabel({
    filed: row.filed,
    label: row.label,
    panel: routesServed(district, row.panel)[0] ?? null,
    holder: routesServed(district, row.holder),
    lead: routesServed(district, row.lead),
  })

export interface Decision {
  do: 'approve' | 'discard'
  /** The version that was read. */
  version: number
  /** Of an approval: the words, with whatever personal the clerk took out, and the label. */
  text?: string | undefined
  label?: Label | undefined
}

/**
 * A clerk lets an example be learnt from, or throws it away; who and when stand in the row and in the audit. What was written is masked once
 * more. Refusals: notYours, notFound, faster (somebody decided meanwhile), nothingLeft (no words, or they must not be learnt from).
 */
export function decideOn(house: House, who: Who, id: string, decision: Decision): Promise<Result<object>> {
  return house.store.write(async tx => {
    if (!who.members.some(({ role }) => mayOffice(role, 'teach'))) return refused('notYours')
    const row = await exampleById(tx, id)
    if (!row) return refused('notFound')
    const approves = decision.do === 'approve'
    const text = approves ? wordsOf(house, row, decision.text) : null
    if (approves && text === null) return refused('nothingLeft')
    const label = approves ? (decision.label ?? settledOf(house.district, row)) : row.label
    const now = house.now()
    const given = { id, version: decision.version, staffId: who.staffId, text, label }
    if (!(await decideExample(tx, given, now)))
      return refused('faster', row.decidedById ? { with: { staffId: row.decidedById } } : {})
    const what = approves ? 'approveExample' : 'discardExample'
    await addAudit(tx, { staffId: who.staffId, what, field: id, ...(approves ? { detail: label } : {}) }, now)
    tx.changes.lists = true
    return { ok: true }
  }, id)
}

const wordsOf = (house: House, row: ExampleLine, written: string | undefined): string | null =>
  house.exampleOf(written ?? row.text ?? '', { names: [], places: [] })
