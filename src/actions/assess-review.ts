import { MEASURES, type Measures } from '../rules/cases/assess.ts'
import { type Corrections, correctionsOf } from '../rules/cases/assess-table.ts'
import { mayAskReview, mayReview, maySee } from '../rules/people/may.ts'
import { type AssessmentRow, addReviewLine, assessmentById, type ReviewLine } from '../store/assessments.ts'
import { addAudit } from '../store/audit.ts'
import { type CaseRow, caseById, touched } from '../store/cases.ts'
import { newId, type Tx } from '../store/db.ts'
import { type House, type Result, refused } from './house.ts'
import { forRights, type Who } from './rights.ts'
import { tell } from './tell.ts'

interface Found {
  tx: Tx
  row: CaseRow
  of: AssessmentRow
}

/** Finds a current assessment of a case this person may see. */
async function found(house: House, tx: Tx, who: Who, id: string): Promise<Found | null> {
  const of = await assessmentById(tx, id)
  const row = of && (await caseById(tx, of.caseId))
  if (!of || !row) return null
  const rights = await forRights(tx, house.district, row)
  return who.members.some(member => maySee(member, rights)) ? { tx, row, of } : null
}

/** 申请复核: the unit assessed asks the district to look again, once and with a reason. Refusals: notFound, notYours, askedAlready. */
export function askReview(
  house: House,
  who: Who,
  id: string,
  reason: string,
): Promise<Result<{ code: string }>> {
  return house.store.write(async tx => {
    const at = await found(house, tx, who, id)
    if (!at) return refused('notFound')
    const member = who.members.find(one => mayAskReview(one, at.of.unitId))
    if (!member) return refused('notYours')
    if (at.of.wasAsked) return refused('askedAlready')
    await keep(house, at, { kind: 'asked', byId: who.staffId, unit: member.unit, reason })
    await say(house, at, 'district.reviewAsked', reason)
    return { ok: true, code: at.row.code }
  })
}

/**
 * 复核: the district puts measures right, or leaves them as they are, with a reason the unit receives; the computed values stay beside.
 * Refusals: notFound, notYours (the unit assessed never reviews itself), incomplete, noChange.
 */
export function review(
  house: House,
  who: Who,
  id: string,
  given: { reason: string; values: unknown },
): Promise<Result<{ code: string }>> {
  return house.store.write(async tx => {
    const at = await found(house, tx, who, id)
    if (!at) return refused('notFound')
    const member = who.members.find(one => mayReview(one, at.of.unitId))
    if (!member) return refused('notYours')
    const read = correctionsOf(given.values)
    if (!read) return refused('incomplete', { details: [{ field: 'values', why: 'notAChoice' }] })
    const values = onlyChanged(read, at.of.computed)
    // Without a question from the unit there must be something to put right.
    if (!at.of.asked && same(values, at.of.reviewed)) return refused('noChange')
    await keep(house, at, {
      kind: 'reviewed',
      byId: who.staffId,
      unit: member.unit,
      reason: given.reason,
      values,
    })
    await say(house, at, Object.keys(values).length > 0 ? 'unit.reviewed' : 'unit.reviewKept', given.reason)
    return { ok: true, code: at.row.code }
  })
}

/** A value set to what was computed is no correction. */
const onlyChanged = (values: Corrections, computed: Measures): Corrections =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => computed[key as keyof Measures] !== value),
  )

const same = (a: Corrections, b: Corrections) =>
  MEASURES.every(measure => a[measure] === b[measure] && measure in a === measure in b)

async function keep(house: House, { tx, row, of }: Found, line: Omit<ReviewLine, 'at'>) {
  const now = house.now()
  await addReviewLine(tx, of, { ...line, at: now })
  const what = line.kind === 'asked' ? 'askReview' : 'review'
  const field = Object.entries(line.values ?? {})
    .map(([measure, value]) => `${measure}=${value}`)
    .join(',')
  await addAudit(
    tx,
    { staffId: line.byId, what, caseId: row.id, field: field || null, detail: line.reason },
    now,
  )
  touched(tx, row)
}

async function say(
  house: House,
  { tx, row, of }: Found,
  notice: 'district.reviewAsked' | 'unit.reviewed' | 'unit.reviewKept',
  reason: string,
) {
  const office = house.district.units.get(of.unitId)?.name ?? ''
  const body = { code: row.code, office, reason }
  await tell({ house, tx, row, cause: newId(), body, now: house.now(), asker: [of.unitId] }, [notice])
}
