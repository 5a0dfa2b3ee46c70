import { checkedUntil, checkOn } from '../../rules/care/check.ts'
import { addDays, daysBetween } from '../../rules/care/dates.ts'
import { type Duty, duties, type VisitFact } from '../../rules/care/duties.ts'
import { stageOn } from '../../rules/care/reminders.ts'
import type { CareVerb } from '../../rules/people/may.ts'
import { type AbsenceRow, absencesFrom, awayOn } from '../../store/care/absences.ts'
import { type ChildRow, childrenOf } from '../../store/care/children.ts'
import { openNeeds } from '../../store/care/needs.ts'
import { type PairingRow, pairingsOfChild, pairingsSince, visitsBetween } from '../../store/care/pairings.ts'
import { type VolunteerRow, volunteerName, volunteersOf } from '../../store/care/volunteers.ts'
import type { Reads } from '../../store/db.ts'
import { dayOf, type House } from '../house.ts'
import type { Who } from '../rights.ts'
import { cares } from './registry.ts'

/** Days after which a child counts as not seen. */
export const UNSEEN_DAYS = 30

/** Days in which an unmet duty stands on the desk as owed; what is older is history, and told only in the sum of the year. */
export const OWED_DAYS = 60

export type DutyState = 'met' | 'open' | 'soon' | 'late' | 'missed'

/** How a duty stands on a day. */
export function stateOf(duty: Duty, today: string): DutyState {
  if (duty.metBy !== null) return 'met'
  if (today > duty.until) return 'missed'
  if (today > duty.due) return 'late'
  return stageOn(duty, today) === null ? 'open' : 'soon'
}

/** A child on the desk: by pseudonym, with how its care stands today. */
export interface ChildFacts {
  child: ChildRow
  consent: 'given' | 'none' | 'withdrawn'
  pairing: PairingRow | null
  volunteer: VolunteerRow | null
  cover: VolunteerRow | null
  /** Duties of this year. */
  duties: readonly Duty[]
  visits: readonly VisitFact[]
  /** Day the child itself was last met or spoken to. */
  seenOn: string | null
  unseenDays: number | null
  needs: number
}

export interface Desk {
  today: string
  children: ChildFacts[]
  volunteers: VolunteerRow[]
  away: ReadonlyMap<string, AbsenceRow>
}

/** The children, volunteers and absences of the areas this person has to do with. */
export async function deskOf(house: House, from: Reads, who: Who, verb: CareVerb = 'seeCare'): Promise<Desk> {
  const today = dayOf(house, house.now())
  const away = awayOn(await absencesFrom(from, today), today)
  const volunteers = await volunteersOf(from)
  const byId = new Map(volunteers.map(row => [row.id, row]))
  const year = today.slice(0, 4)
  const visits = await visitsBetween(from, `${Number(year) - 1}-07-01`, today)
  const standing = (await pairingsSince(from, today)).filter(row => row.endsOn === null || row.endsOn > today)
  const running = new Map(standing.map(row => [row.childId, row]))
  const needs = await openNeeds(from)
  const mine = (await childrenOf(from)).filter(child => cares(house, who, verb, child.unitId))
  const children = mine.map(child => {
    const pairing = running.get(child.id) ?? null
    const done = pairing ? (visits.get(pairing.id) ?? []) : []
    const absence = pairing ? away.get(`volunteer:${pairing.volunteerId}`) : undefined
    return {
      child,
      consent: consentIs(child),
      pairing,
      volunteer: (pairing && byId.get(pairing.volunteerId)) ?? null,
      cover: (absence?.coverId && byId.get(absence.coverId)) || null,
      duties: pairing ? duties(house.district.care, pairing, done, `${year}-01-01`, `${year}-12-31`) : [],
      visits: done,
      ...seen(done, pairing, today),
      needs: needs.filter(need => need.childId === child.id).length,
    }
  })
  return { today, away, children, volunteers: volunteers.filter(row => cares(house, who, verb, row.unitId)) }
}

const consentIs = (child: ChildRow): ChildFacts['consent'] =>
  child.consentWithdrawnAt ? 'withdrawn' : child.consentAt ? 'given' : 'none'

function seen(visits: readonly VisitFact[], pairing: PairingRow | null, today: string) {
  const seenOn = visits.filter(visit => visit.done && visit.met.includes('child')).at(-1)?.onDate ?? null
  const since = seenOn ?? pairing?.startsOn ?? null
  return { seenOn, unseenDays: since === null ? null : Math.max(0, daysBetween(since, today)) }
}

/** One child of the desk; null when this person has nothing to do with it. */
export async function childOnDesk(
  house: House,
  from: Reads,
  who: Who,
  id: string,
  verb: CareVerb = 'seeCare',
): Promise<{ facts: ChildFacts; today: string; pairings: (PairingRow & { volunteer: string })[] } | null> {
  const desk = await deskOf(house, from, who, verb)
  const facts = desk.children.find(({ child }) => child.id === id)
  if (!facts) return null
  const pairings = []
  for (const row of await pairingsOfChild(from, id))
    pairings.push({ ...row, volunteer: (await volunteerName(from, row.volunteerId)).name })
  return { facts, today: desk.today, pairings }
}

/** The figures of the first screen. */
export function figuresOf(house: House, { today, children, volunteers, away }: Desk) {
  const open = children.filter(({ child }) => !child.endedAt)
  const all = open.flatMap(({ duties: owed }) => owed)
  const week = addDays(today, 7)
  const check = (row: VolunteerRow) => checkOn(row.checkedAt, house.district.care.checkMonths, today)
  return {
    children: open.length,
    paired: open.filter(({ pairing }) => pairing).length,
    alone: open.filter(({ pairing, consent }) => !pairing && consent === 'given').length,
    unseen: open.filter(({ unseenDays }) => unseenDays !== null && unseenDays > UNSEEN_DAYS).length,
    late: all.filter(
      duty => ['late', 'missed'].includes(stateOf(duty, today)) && duty.due >= addDays(today, -OWED_DAYS),
    ).length,
    week: all.filter(duty => duty.metBy === null && duty.due >= today && duty.due <= week).length,
    needs: open.reduce((sum, { needs }) => sum + needs, 0),
    absences: volunteers.filter(row => away.has(`volunteer:${row.id}`)).length,
    checks: volunteers.filter(row => !row.endedAt && check(row) !== 'good').length,
  }
}

/** A volunteer as the desk shows them: name in clear, phone masked by whoever presents it. */
export async function volunteerFacts(house: House, from: Reads, row: VolunteerRow, desk: Desk) {
  const { checkMonths, childrenPerVolunteer } = house.district.care
  const children = desk.children.filter(({ pairing }) => pairing?.volunteerId === row.id).length
  const absence = desk.away.get(`volunteer:${row.id}`)
  return {
    row,
    ...(await volunteerName(from, row.id)),
    checkedUntil: checkedUntil(row.checkedAt, checkMonths),
    check: checkOn(row.checkedAt, checkMonths, desk.today),
    children,
    many: children > childrenPerVolunteer,
    away: absence ? { from: absence.fromDate, to: absence.toDate } : null,
  }
}
