import { addDays } from '../../rules/care/dates.ts'
import type { Met, VisitKind } from '../../rules/care/duties.ts'
import { countTry, waitFor } from '../../store/attempts.ts'
import { absencesFrom, addAbsence, awayOn } from '../../store/care/absences.ts'
import { addNeed } from '../../store/care/needs.ts'
import { addVisit, type PairingRow, pairingsOfVolunteer } from '../../store/care/pairings.ts'
import {
  changeVolunteer,
  keepLinkCode,
  linkByCode,
  volunteerById,
  volunteerName,
  volunteerOfPerson,
} from '../../store/care/volunteers.ts'
import type { Reads, Tx } from '../../store/db.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import { openCase } from '../open-case.ts'
import type { Who } from '../rights.ts'
import { coordinators } from './coordinators.ts'
import { oneTimeCode } from './one-time.ts'
import { metBy } from './pairing-words.ts'
import { cares } from './registry.ts'
import { tellCoordinator } from './say.ts'

/** What the talk knows of a volunteer: their children, by pseudonym. Null for everybody else. */
export async function careFacts(house: House, from: Reads, personId: string) {
  const volunteer = await volunteerOfPerson(from, personId)
  if (!volunteer) return null
  const own = await pairingsOfVolunteer(from, volunteer.id, dayOf(house, house.now()))
  return { children: own.map(({ id, pseudonym }) => ({ pairingId: id, name: pseudonym })) }
}

export interface Told {
  pairingId: string
  kind: VisitKind
  onDate: string
  done: boolean
  met: readonly Met[]
  reported: boolean
  note: string
  given: string
  needs: string
  errand: boolean
  againOn: string | null
}

export interface Logged {
  name: string
  /** How many duties this record met. */
  count: number
  /** The office help was asked of. */
  errand: { code: string; office: string; due: string } | null
}

/** Logs what a volunteer told of one of their children, own or covered. Refusals: noVolunteer, notYours. */
export async function logVisit(house: House, tx: Tx, personId: string, told: Told): Promise<Result<Logged>> {
  const now = house.now()
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return refused('noVolunteer')
  const own = await pairingsOfVolunteer(tx, volunteer.id, dayOf(house, now))
  const pairing = own.find(row => row.id === told.pairingId)
  if (!pairing) return refused('notYours')
  const { needs, errand, pairingId: _, againOn, ...facts } = told
  const visitId = await addVisit(
    tx,
    { ...facts, pairing, byId: volunteer.id, ...(againOn ? { againOn } : {}) },
    now,
  )
  // A new try is remembered on the day they named.
  if (againOn) await changeVolunteer(tx, volunteer.id, { remindOn: againOn })
  const asked = needs && errand ? await askOffice(house, tx, personId, pairing, needs, now) : null
  for (const kind of needs.split(',').filter(Boolean))
    await addNeed(
      tx,
      { childId: pairing.childId, visitId, kind: kind.split(':')[0]!, caseId: asked?.id ?? null },
      now,
    )
  return {
    ok: true,
    name: pairing.pseudonym,
    count: await metBy(house, tx, pairing, visitId, told.onDate),
    errand: asked,
  }
}

const HELP: Readonly<Record<string, string>> = {
  school: '学习用品、课业辅导',
  doctor: '看病',
  subsidy: '补助、救助',
  living: '衣食、住处',
  mind: '心理关怀',
  other: '其他帮助',
}

/** A wish for help becomes an errand of the office where the child lives: what is needed and the pseudonym, not a word more. */
async function askOffice(
  house: House,
  tx: Tx,
  personId: string,
  pairing: PairingRow,
  needs: string,
  now: string,
) {
  const kinds = needs.split(',').map(kind => HELP[kind.split(':')[0]!] ?? HELP.other)
  const what = `结对儿童（化名${pairing.pseudonym}）需要帮助：${kinds.join('、')}。请与关爱协调员联系办理。`
  const { row, answerBy } = await openCase(
    house,
    tx,
    personId,
    {
      kind: 'errand',
      what,
      title: `结对儿童需要帮助：${kinds[0]}`,
      category: 'welfare',
      route: null,
      class: 'general',
      points: [what],
      place: { words: house.district.units.get(pairing.unitId)?.name ?? '', ...placeOf(pairing.unitId) },
      name: null,
      phone: null,
      files: [],
      hidden: true,
      noReply: false,
    },
    now,
  )
  const office = house.district.units.get(row.holderUnitId)?.name ?? house.district.name
  return { id: row.id, code: row.code, office, due: answerBy }
}

const placeOf = (unit: string) => ({
  ...(unit.length >= 9 ? { townCode: unit.slice(0, 9) } : {}),
  ...(unit.length >= 12 ? { communityCode: unit.slice(0, 12) } : {}),
})

/** "明天提醒我": what is open is said once more tomorrow. Refusals: noVolunteer. */
export async function remindTomorrow(house: House, tx: Tx, personId: string): Promise<Result<object>> {
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return refused('noVolunteer')
  await changeVolunteer(tx, volunteer.id, { remindOn: addDays(dayOf(house, house.now()), 1) })
  return { ok: true }
}

/** "这周去不了": reminders rest, the coordinator hears of it and looks for somebody to step in. Refusals: noVolunteer. */
export async function cannot(
  house: House,
  tx: Tx,
  personId: string,
  given: { fromDate: string; toDate: string; reason: string },
): Promise<Result<object>> {
  const volunteer = await volunteerOfPerson(tx, personId)
  if (!volunteer) return refused('noVolunteer')
  const now = house.now()
  const today = dayOf(house, now)
  const id = await addAbsence(tx, { who: `volunteer:${volunteer.id}`, coverId: null, ...given }, now)
  const own = await pairingsOfVolunteer(tx, volunteer.id, today)
  const of = await coordinators(tx, house.district, awayOn(await absencesFrom(tx, today), today))
  const staffId = of(own[0]?.unitId ?? volunteer.unitId)
  const body = { from: given.fromDate, through: given.toDate, children: own.length }
  if (staffId) await tellCoordinator(house, tx, 'coordinator.away', staffId, { cause: id, body, now })
  return { ok: true }
}

/** A new one-time code that links a volunteer to their chat: 49 bits, good for seven days. Refusals: notFound. */
export function newLinkCode(
  house: House,
  who: Who,
  id: string,
): Promise<Result<{ code: string; until: string }>> {
  return house.store.write(async tx => {
    const row = await volunteerById(tx, id)
    if (!row || row.endedAt || !cares(house, who, 'coordinate', row.unitId)) return refused('notFound')
    const { code, until } = oneTimeCode(house.now())
    await keepLinkCode(tx, id, code, until)
    return { ok: true, code: `YW-${code.toUpperCase()}`, until }
  }, id)
}

/** Links who typed the code. Refusals: locked (too many wrong ones), badCode. */
export async function linkVolunteer(
  house: House,
  tx: Tx,
  personId: string,
  code: string,
): Promise<Result<{ name: string; children: string[] }>> {
  const now = house.now()
  const limits = [
    { subject: `yw.${personId}`, most: 5, minutes: 60 },
    { subject: 'yw', most: 200, minutes: 60 },
  ]
  for (const limit of limits) if ((await waitFor(tx, limit, now)) > 0) return refused('locked')
  const row = await linkByCode(tx, code, personId, now)
  if (!row) {
    for (const limit of limits) await countTry(tx, limit, now)
    return refused('badCode')
  }
  const own = await pairingsOfVolunteer(tx, row.id, dayOf(house, now))
  const { name } = await volunteerName(tx, row.id)
  return { ok: true, name, children: own.map(({ pseudonym }) => pseudonym) }
}
