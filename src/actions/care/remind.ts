import { type Owed, owedBetween } from '../../rules/care/calendar.ts'
import { addDays } from '../../rules/care/dates.ts'
import { dutiesOf, type VisitFact } from '../../rules/care/duties.ts'
import { HISTORY_DAYS, mayRemind, type Reminder, remindersOn, stageOn } from '../../rules/care/reminders.ts'
import { type AbsenceRow, absencesFrom, awayOn } from '../../store/care/absences.ts'
import { type PairingRow, pairingsSince, visitsBetween } from '../../store/care/pairings.ts'
import { saidOf, saidSince, toldSince } from '../../store/care/said.ts'
import { changeVolunteer, type VolunteerRow, volunteersOf } from '../../store/care/volunteers.ts'
import type { Tx } from '../../store/db.ts'
import { dayOf, type House } from '../house.ts'
import { type CoordinatorOf, coordinators } from './coordinators.ts'
import { type Bundle, type DutyItem, sayDuties } from './say.ts'

/** Days of visits and duties looked at together: the longest period and the history before it, so that a record is always counted for the same duty. */
const LOOK_BACK = 260
/** Days back in which a stage of a duty still looked at may have been said. */
const SAID_BACK = 120
/** The earliest a duty is brought to mind before it is due. */
const LOOK_AHEAD = 45

/**
 * Brings to mind what is due now: to the volunteer (or the one who covers), at most one message a day; what nobody did, to the coordinator.
 * Asked anew each time from pairings, visits and the outbox, so a missed run, a second process or a kill in between doubles and
 * loses nothing. Nothing between 21:00 and 08:00. Returns how many duties were said.
 */
export async function remindCare(house: House): Promise<number> {
  const now = house.now()
  if (!mayRemind(now, house.district.zone)) return 0
  const today = dayOf(house, now)
  const bundles = await bundlesOn(house, today)
  const morning = startOf(house, now, today)
  let said = 0
  for (let at = 0; at < bundles.length; at += TOGETHER) {
    const some = bundles.slice(at, at + TOGETHER)
    const counts = await Promise.all(
      some.map(bundle => house.store.write(tx => sayOnce(house, tx, bundle, now, morning), bundle.lock)),
    )
    said += counts.reduce((sum, count) => sum + count, 0)
  }
  return said
}

/** Bundles written side by side: they share a commit. */
const TOGETHER = 16

/** Everything the plan of a day is made from. */
interface Scene {
  today: string
  owed: readonly Owed[]
  visits: ReadonlyMap<string, VisitFact[]>
  said: ReadonlyMap<string, readonly Reminder['stage'][]>
  volunteers: ReadonlyMap<string, VolunteerRow>
  away: ReadonlyMap<string, AbsenceRow>
  coordinatorOf: CoordinatorOf
}

async function bundlesOn(house: House, today: string): Promise<Bundle[]> {
  const { read } = house.store
  const since = addDays(today, -LOOK_BACK)
  const away = awayOn(await absencesFrom(read, today), today)
  const scene: Scene = {
    today,
    away,
    owed: owedBetween(house.district.care, since, addDays(today, LOOK_AHEAD)),
    visits: await visitsBetween(read, since, today),
    said: await saidSince(read, `${addDays(today, -SAID_BACK)}T00:00:00.000Z`),
    volunteers: new Map((await volunteersOf(read)).map(row => [row.id, row])),
    coordinatorOf: await coordinators(read, house.district, away),
  }
  const bundles = new Map<string, Bundle>()
  for (const pairing of await pairingsSince(read, addDays(today, -HISTORY_DAYS - 60)))
    for (const item of itemsOf(scene, pairing, house)) addTo(bundles, scene, pairing, item)
  return [...bundles.values()]
}

/** What is to be said of one pairing now; once more where the volunteer asked for it ("remind me tomorrow"). */
function itemsOf(scene: Scene, pairing: PairingRow, house: House): DutyItem[] {
  const { today } = scene
  const all = dutiesOf(scene.owed, pairing, scene.visits.get(pairing.id) ?? [])
  const item = (duty: Reminder['duty'], stage: DutyItem['stage']): DutyItem => ({
    pairingId: pairing.id,
    period: duty.period,
    stage,
    kind: duty.kind,
    name: pairing.pseudonym,
    due: duty.due,
  })
  const fresh = remindersOn(all, today, {
    knownFrom: dayOf(house, pairing.createdAt),
    said: period => scene.said.get(`${pairing.id}.${period}`) ?? [],
  }).map(({ duty, stage }) => item(duty, stage))
  const volunteer = scene.volunteers.get(pairing.volunteerId)
  if (!volunteer?.remindOn || volunteer.remindOn > today) return fresh
  const again = all.filter(duty => {
    const stage = stageOn(duty, today)
    return stage !== null && stage !== 'coordinator' && fresh.every(one => one.period !== duty.period)
  })
  return [...fresh, ...again.map(duty => item(duty, `again${volunteer.remindOn!.replaceAll('-', '')}`))]
}

/** Puts an item into the bundle of whoever hears it: the volunteer, the one who covers, or the coordinator. */
function addTo(bundles: Map<string, Bundle>, scene: Scene, pairing: PairingRow, item: DutyItem) {
  const staffId = scene.coordinatorOf(pairing.unitId)
  const put = (notice: Bundle['notice'], to: Bundle['to'], id: string, volunteerId: string | null) => {
    const key = `${notice}.${id}`
    const bundle = bundles.get(key) ?? { notice, to, lock: `care.${id}`, volunteerId, items: [] }
    bundle.items.push(item)
    bundles.set(key, bundle)
  }
  if (item.stage === 'coordinator') {
    if (staffId) put('coordinator.duty', { staffId }, staffId, null)
    return
  }
  // Who left, and whose pairing is over, is asked for nothing more.
  if (pairing.endsOn !== null && pairing.endsOn < scene.today) return
  const volunteer = heardBy(scene, pairing)
  if (!volunteer) return
  if (volunteer.personId) put('volunteer.duty', { personId: volunteer.personId }, volunteer.id, volunteer.id)
  // Nobody can write to somebody who has no chat yet: the coordinator calls them.
  else if (staffId) put('coordinator.relay', { staffId }, staffId, null)
}

function heardBy({ away, volunteers }: Scene, pairing: PairingRow): VolunteerRow | null {
  const absence = away.get(`volunteer:${pairing.volunteerId}`)
  const id = absence ? absence.coverId : pairing.volunteerId
  const volunteer = id ? volunteers.get(id) : undefined
  if (!volunteer || volunteer.endedAt || (absence && away.has(`volunteer:${volunteer.id}`))) return null
  return volunteer
}

/** Says a bundle unless it was said meanwhile, by another process or in the message of an earlier run today. */
async function sayOnce(house: House, tx: Tx, bundle: Bundle, now: string, morning: string): Promise<number> {
  const recipient = 'personId' in bundle.to ? `person:${bundle.to.personId}` : `staff:${bundle.to.staffId}`
  const told = await toldSince(tx, bundle.notice, recipient, morning)
  const again = bundle.items.some(item => item.stage.startsWith('again'))
  if (told && !again) return 0
  const said = await saidOf(tx, [...new Set(bundle.items.map(item => item.pairingId))])
  const left = bundle.items.filter(
    item => !said.get(`${item.pairingId}.${item.period}`)?.includes(item.stage as Reminder['stage']),
  )
  if (again && bundle.volunteerId) await changeVolunteer(tx, bundle.volunteerId, { remindOn: null })
  if (left.length) await sayDuties(house, tx, { ...bundle, items: left }, now)
  return left.length
}

/** The instant a local day began at. */
const startOf = (house: House, now: string, today: string): string => {
  let at = Date.parse(`${today}T00:00:00.000Z`) - 86_400_000
  while (dayOf(house, new Date(at).toISOString()) < today) at += 3_600_000
  return new Date(Math.min(at, Date.parse(now))).toISOString()
}
