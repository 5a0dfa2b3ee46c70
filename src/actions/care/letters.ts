import { termsOf } from '../../rules/care/calendar.ts'
import { childRecord } from '../../store/care/children.ts'
import {
  keepLetter,
  type LetterRow,
  letterById,
  lettersOf,
  letterText,
  moveLetter,
} from '../../store/care/letters.ts'
import { addVisit, pairingById, visitsOfPairing } from '../../store/care/pairings.ts'
import { volunteerName } from '../../store/care/volunteers.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { logOpening } from './open-child.ts'
import { cares } from './registry.ts'

/** Writes or rewrites the letter of a term. Refusals: notFound; incomplete (no such term); approved (it was approved before). */
export function writeLetter(
  house: House,
  who: Who,
  given: { pairing: string; period: string; text: string },
): Promise<Result<{ id: string }>> {
  return house.store.write(async tx => {
    const row = await pairingById(tx, given.pairing)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const { period, text } = given
    if (!termOf(house, period))
      return refused('incomplete', { details: [{ field: 'period', why: 'notAChoice' }] })
    const id = await keepLetter(tx, { pairingId: row.id, childId: row.childId, period, text }, house.now())
    return id ? { ok: true, id } : refused('approved')
  }, given.pairing)
}

/** The term a period such as `2026-autumnTerm` names. */
function termOf({ district }: House, period: string) {
  const year = Number(period.slice(0, 4))
  return termsOf(district.care, year).find(({ key }) => period === `${year}-${key}`)
}

/** What a letter of a term may begin with: how often the child was met, and when last. No name, no word of a record. */
export interface LetterFacts {
  from: string
  to: string
  times: number
  home: number
  last: string | null
}

/** Counts what the letter of a term can truly say, and how far that letter is. Refusals: notFound (no such pairing or term). */
export async function letterFacts(
  house: House,
  who: Who,
  pairingId: string,
  period: string,
): Promise<Result<{ facts: LetterFacts; state: LetterRow['state'] | null }>> {
  const { read } = house.store
  const row = await pairingById(read, pairingId)
  const term = termOf(house, period)
  if (!row || !term || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
  const today = dayOf(house, house.now())
  const [to = today] = [term.to, today].sort()
  const met = (await visitsOfPairing(read, pairingId)).filter(
    visit => visit.done && visit.met.includes('child') && visit.onDate >= term.from && visit.onDate <= to,
  )
  const home = met.filter(visit => visit.kind === 'homeVisit').length
  const written = (await lettersOf(read)).find(one => one.pairingId === pairingId && one.period === period)
  const facts = { from: term.from, to, times: met.length, home, last: met.at(-1)?.onDate ?? null }
  return { ok: true, facts, state: written?.state ?? null }
}

/** The coordinator has read it and lets it go out. Refusals: notFound, approved. */
export function approveLetter(house: House, who: Who, id: string): Promise<Result<object>> {
  return house.store.write(async tx => {
    const row = await letterById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const step = { from: 'draft', to: 'approved', byId: who.staffId } as const
    return (await moveLetter(tx, id, step, house.now())) ? { ok: true } : refused('approved')
  }, id)
}

export interface LetterSheet {
  row: LetterRow
  text: string
  child: string
  parent: string
  volunteer: string
}

/**
 * The approved letter with the names it needs: an opening of the child, logged. The first time it is taken it counts as sent, and as the
 * letter of the term. Refusals: notFound, notApproved, gone.
 */
export function takeLetter(house: House, who: Who, id: string): Promise<Result<LetterSheet>> {
  return house.store.write(async tx => {
    const row = await letterById(tx, id)
    if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    if (row.state === 'draft') return refused('notApproved')
    const logged = await logOpening(house, tx, who, row.childId, { reason: 'letter' })
    if (!logged.ok) return logged
    const found = await childRecord(tx, row.childId)
    const pairing = await pairingById(tx, row.pairingId)
    if (!found || !pairing) return refused('gone')
    const now = house.now()
    const text = await letterText(tx, row)
    const first = await moveLetter(tx, id, { from: 'approved', to: 'sent', byId: who.staffId }, now)
    if (first)
      await addVisit(
        tx,
        {
          pairing,
          ...{ kind: 'letter', onDate: dayOf(house, now), done: true, met: ['parent'], reported: true },
          byId: pairing.volunteerId,
          note: text,
        },
        now,
      )
    const parent = found.carers.find(carer => carer.kind === 'parent')
    const { name: volunteer } = await volunteerName(tx, pairing.volunteerId)
    return { ok: true, row, text, child: found.record.name, parent: parent?.name ?? '', volunteer }
  }, id)
}
