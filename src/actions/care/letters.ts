import { termsOf } from '../../rules/care/calendar.ts'
import { absencesFrom, awayOn } from '../../store/care/absences.ts'
import { carersOf } from '../../store/care/carers.ts'
import { childById, childRecord } from '../../store/care/children.ts'
import {
  keepLetter,
  type LetterRow,
  letterById,
  lettersOf,
  letterText,
  moveLetter,
} from '../../store/care/letters.ts'
import {
  addVisit,
  type PairingRow,
  pairingById,
  pairingsOfVolunteer,
  visitsOfPairing,
} from '../../store/care/pairings.ts'
import { volunteerName, volunteerOfPerson } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House, type Refusal, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { coordinators } from './coordinators.ts'
import { logOpening } from './open-child.ts'
import { withoutNames } from './pseudonyms.ts'
import { cares } from './registry.ts'
import { tellCoordinator, tellPerson } from './say.ts'

/** Letters of the term to a parent working away: written, approved, and sent by message or taken as a Word file. */

/** Writes or rewrites the letter of a term. Refusals: notFound; noConsent; incomplete (no such term); approved (it was approved before). */
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
    return draft(house, tx, row, { period, text, byId: null })
  }, given.pairing)
}

async function draft(
  house: House,
  tx: Tx,
  row: PairingRow,
  given: { period: string; text: string; byId: string | null },
): Promise<Result<{ id: string }>> {
  if (!(await consents(tx, row.childId))) return refused('noConsent')
  // Whoever approves reads the pseudonym; the parent reads 孩子.
  const text = await withoutNames(tx, row, given.text)
  const id = await keepLetter(tx, { pairingId: row.id, childId: row.childId, ...given, text }, house.now())
  return id ? { ok: true, id } : refused('approved')
}

async function consents(tx: Tx, childId: string): Promise<boolean> {
  const child = await childById(tx, childId)
  return child !== null && child.consentAt !== null && child.consentWithdrawnAt === null
}

/**
 * What a volunteer wrote in the chat for one of their children's parents: a draft of the term that runs, else of the next, which the coordinator is
 * asked to approve. Refusals: noVolunteer, notYours, noTerm, approved.
 */
export async function offerLetter(
  house: House,
  tx: Tx,
  personId: string,
  given: { pairingId: string; text: string },
): Promise<Result<{ name: string }>> {
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return refused('noVolunteer')
  const now = house.now()
  const today = dayOf(house, now)
  const own = await pairingsOfVolunteer(tx, volunteer.id, today)
  const row = own.find(one => one.id === given.pairingId)
  if (!row) return refused('notYours')
  const period = termNow(house, today)
  if (!period) return refused('noTerm')
  const done = await draft(house, tx, row, { period, text: given.text, byId: volunteer.id })
  if (!done.ok) return done
  const away = awayOn(await absencesFrom(tx, today), today)
  const staffId = (await coordinators(tx, house.district, away))(row.unitId)
  const words = { cause: `${done.id}.${now}`, body: { name: row.pseudonym }, now }
  if (staffId) await tellCoordinator(house, tx, 'coordinator.letter', staffId, words)
  return { ok: true, name: row.pseudonym }
}

const yearsAround = (today: string) => [-1, 0, 1].map(by => Number(today.slice(0, 4)) + by)

/** The period of the term a day lies in, else of the next. */
export function termNow({ district }: House, today: string): string | null {
  const terms = yearsAround(today).flatMap(year =>
    termsOf(district.care, year).map(term => ({ ...term, period: `${year}-${term.key}` })),
  )
  return terms.filter(term => term.to >= today).sort((a, b) => (a.to < b.to ? -1 : 1))[0]?.period ?? null
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

async function ownLetter(
  house: House,
  tx: Tx,
  who: Who,
  id: string,
): Promise<{ ok: true; row: LetterRow } | Refusal> {
  const row = await letterById(tx, id)
  if (!row || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
  return (await consents(tx, row.childId)) ? { ok: true, row } : refused('noConsent')
}

/**
 * The coordinator has read it and lets it go out: at once to the chat of each parent who linked theirs, and the duty of the term is met; where
 * none did, the Word file is the way. Refusals: notFound, noConsent, approved.
 */
export function approveLetter(house: House, who: Who, id: string): Promise<Result<{ sent: boolean }>> {
  return house.store.write(async tx => {
    const found = await ownLetter(house, tx, who, id)
    if (!found.ok) return found
    const now = house.now()
    const step = { from: 'draft', to: 'approved', byId: who.staffId } as const
    if (!(await moveLetter(tx, id, step, now))) return refused('approved')
    const parents = (await carersOf(tx, found.row.childId)).filter(row => row.kind === 'parent')
    const to = new Set(parents.flatMap(row => (row.personId ? [row.personId] : [])))
    for (const personId of to)
      await tellPerson(house, tx, 'parent.letter', personId, { cause: id, body: { letter: id }, now })
    if (to.size > 0) await countAsSent(house, tx, who, found.row)
    return { ok: true, sent: to.size > 0 }
  }, id)
}

/** Marks a letter as sent and writes it down as the contact it is; once. */
async function countAsSent(house: House, tx: Tx, who: Who, row: LetterRow): Promise<void> {
  const now = house.now()
  const pairing = await pairingById(tx, row.pairingId)
  const first = await moveLetter(tx, row.id, { from: 'approved', to: 'sent', byId: who.staffId }, now)
  if (!first || !pairing) return
  const onDate = dayOf(house, now)
  const facts = { kind: 'letter', onDate, done: true, met: ['parent'], reported: true } as const
  await addVisit(tx, { pairing, ...facts, byId: pairing.volunteerId, note: await letterText(tx, row) }, now)
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
 * letter of the term. Refusals: notFound, noConsent, notApproved, gone.
 */
export function takeLetter(house: House, who: Who, id: string): Promise<Result<LetterSheet>> {
  return house.store.write(async tx => {
    const own = await ownLetter(house, tx, who, id)
    if (!own.ok) return own
    const { row } = own
    if (row.state === 'draft') return refused('notApproved')
    const logged = await logOpening(house, tx, who, row.childId, { reason: 'letter' })
    if (!logged.ok) return logged
    const found = await childRecord(tx, row.childId)
    const pairing = await pairingById(tx, row.pairingId)
    if (!found || !pairing) return refused('gone')
    const text = await letterText(tx, row)
    await countAsSent(house, tx, who, row)
    const parent = found.carers.find(carer => carer.kind === 'parent')
    const { name: volunteer } = await volunteerName(tx, pairing.volunteerId)
    return { ok: true, row, text, child: found.record.name, parent: parent?.name ?? '', volunteer }
  }, id)
}
