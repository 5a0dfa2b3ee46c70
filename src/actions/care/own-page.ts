import { type Duty, duties } from '../../rules/care/duties.ts'
import { absencesFrom, awayOn } from '../../store/care/absences.ts'
import { pairingsOfVolunteer, visitsOfPairing } from '../../store/care/pairings.ts'
import { volunteerOfPerson } from '../../store/care/volunteers.ts'
import { dayOf, type House } from '../house.ts'
import { type Service, serviceFacts } from './service.ts'

/** A child as its volunteer sees it on their own page. */
export interface OwnChild {
  pairing: string
  pseudonym: string
  /** Somebody else's, whose volunteer is away. */
  covering: boolean
  seenOn: string | null
  /** Duties of this year. */
  duties: readonly Duty[]
}

export interface OwnCarePage {
  today: string
  children: OwnChild[]
  away: { from: string; to: string } | null
  service: Service
}

/** The volunteer's own page, by the person of the talk; null for everybody else. Nothing of a child's record is on it. */
export async function ownCare(house: House, personId: string): Promise<OwnCarePage | null> {
  const { read } = house.store
  const volunteer = await volunteerOfPerson(read, personId)
  if (!volunteer) return null
  const today = dayOf(house, house.now())
  const year = today.slice(0, 4)
  const children: OwnChild[] = []
  for (const row of await pairingsOfVolunteer(read, volunteer.id, today)) {
    const visits = await visitsOfPairing(read, row.id)
    const met = visits.filter(visit => visit.done && visit.met.includes('child'))
    children.push({
      pairing: row.id,
      pseudonym: row.pseudonym,
      covering: row.volunteerId !== volunteer.id,
      seenOn: met.at(-1)?.onDate ?? null,
      duties: duties(house.district.care, row, visits, `${year}-01-01`, `${year}-12-31`),
    })
  }
  const absence = awayOn(await absencesFrom(read, today), today).get(`volunteer:${volunteer.id}`)
  return {
    today,
    children,
    away: absence ? { from: absence.fromDate, to: absence.toDate } : null,
    service: await serviceFacts(house, volunteer.id),
  }
}
