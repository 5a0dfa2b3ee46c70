import { may, maySee } from '../rules/people/may.ts'
import {
  type BatchLineRow,
  type BatchRow,
  batchById,
  dueBatches,
  endLine,
  keepBatch,
  letOut,
  linesOf,
  putAway,
  refuseLine,
  undoBatch,
} from '../store/batches.ts'
import { caseByCode } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { membersOf, staffById, staffName } from '../store/staff.ts'
import { type House, type Result, refused } from './house.ts'
import { moveIn } from './move-case.ts'
import { forRights, type Who } from './rights.ts'

/** Many cases dispatched at once 批量派单, with a moment to take it back. Decision 031. */

/** Seconds in which a batch can be taken back: nothing of it has happened before. A choice of ours. */
export const HELD_SECONDS = 10
/** Batches carried out in one run of the job. */
const MOST = 20

export interface Dispatching {
  /** Made by the client: the same again is the same batch. */
  id: string
  unit: string
  codes: readonly string[]
}

/**
 * Holds an order to dispatch. Nothing is told and nobody sees anything until `carryOut` lets it out; what cannot be dispatched as it
 * stands now is refused at once, line by line.
 */
export function dispatchMany(house: House, who: Who, given: Dispatching): Promise<Result<{ id: string }>> {
  const { id, unit } = given
  return house.store.write(async tx => {
    const known = await batchById(tx, id)
    if (known) return known.staffId === who.staffId ? { ok: true, id } : refused('notFound')
    if (!house.district.units.has(unit))
      return refused('incomplete', { details: [{ field: 'unit', why: 'notAUnit' }] })
    const codes = [...new Set(given.codes)]
    const lines: Omit<BatchLineRow, 'id'>[] = []
    for (const code of codes) lines.push(await lineFor(house, tx, who, id, code))
    const now = house.now()
    const effectAt = new Date(Date.parse(now) + HELD_SECONDS * 1000).toISOString()
    const state = lines.some(line => line.state === 'held') ? 'held' : 'out'
    const { staffId } = who
    await keepBatch(tx, { id, staffId, unitId: unit, state, createdAt: now, effectAt, seenAt: null }, lines)
    return { ok: true, id }
  }, id)
}

/** How a case stands now, and whether this person may dispatch it as it does. */
async function lineFor(
  house: House,
  tx: Tx,
  who: Who,
  batchId: string,
  code: string,
): Promise<Omit<BatchLineRow, 'id'>> {
  const row = await caseByCode(tx, code)
  const rights = row && (await forRights(tx, house.district, row))
  const seen = rights !== null && who.members.some(member => maySee(member, rights))
  const open = rights !== null && who.members.some(member => may(member, 'dispatch', rights))
  const why = !seen ? 'notFound' : open ? null : row?.holderStaffId ? 'faster' : 'notFromHere'
  return {
    ...{ batchId, code, fromState: row?.state ?? '', holderUnitId: row?.holderUnitId ?? '' },
    ...{ state: why ? 'refused' : 'held', why, byId: why === 'faster' ? (row?.holderStaffId ?? null) : null },
  }
}

/** Takes a batch back while nothing of it has happened. */
export function takeBack(house: House, who: Who, id: string): Promise<Result<{ id: string }>> {
  return house.store.write(async tx => {
    if (await undoBatch(tx, id, who.staffId)) return { ok: true, id }
    const known = await batchById(tx, id)
    if (known?.staffId !== who.staffId) return refused('notFound')
    return known.state === 'undone' ? { ok: true, id } : refused('batchOut')
  }, id)
}

/** Its person has read what came of it. */
export function seeBatch(house: House, who: Who, id: string): Promise<Result<{ id: string }>> {
  return house.store.write(
    async tx => ((await putAway(tx, id, who.staffId, house.now())) ? { ok: true, id } : refused('notFound')),
    id,
  )
}

/**
 * Carries out what was held long enough, and goes on with what a fall of the service interrupted: each case in a transaction of its own
 * together with its line, so none is dispatched twice. Returns how many cases moved.
 */
export async function carryOut(house: House): Promise<number> {
  let moved = 0
  for (const batch of await dueBatches(house.store.read, house.now(), MOST)) {
    const mine = batch.state === 'out' || (await house.store.write(tx => letOut(tx, batch.id), batch.id))
    if (!mine) continue
    for (const line of await linesOf(house.store.read, batch.id))
      if (line.state === 'held' && (await carryLine(house, batch, line))) moved++
  }
  return moved
}

/** The line is marked first: whoever comes second, in this process or another, finds nothing left to do. */
function carryLine(house: House, batch: BatchRow, line: BatchLineRow): Promise<boolean> {
  return house.store.write(async tx => {
    if (!(await endLine(tx, line.id))) return false
    const told = await moveLine(house, tx, batch, line)
    if (told.ok) return true
    const byId = typeof told.with?.staffId === 'string' ? told.with.staffId : null
    await refuseLine(tx, line.id, told.why, byId)
    return false
  }, line.code)
}

/** As the single step, by the rights its person has now; a case that meanwhile changed state or hands is left as it is. */
async function moveLine(house: House, tx: Tx, batch: BatchRow, line: BatchLineRow) {
  const who = await whoIs(tx, batch.staffId)
  const row = await caseByCode(tx, line.code)
  if (!who || !row) return refused('notFound')
  if (row.state !== line.fromState || row.holderUnitId !== line.holderUnitId)
    return refused('faster', { with: { staffId: row.holderStaffId } })
  return moveIn(house, tx, who, line.code, 'dispatch', { unit: batch.unitId })
}

async function whoIs(tx: Tx, staffId: string): Promise<Who | null> {
  const account = await staffById(tx, staffId)
  if (!account || account.endedAt) return null
  return { staffId, name: (await staffName(tx, staffId)) ?? '', members: await membersOf(tx, staffId) }
}
