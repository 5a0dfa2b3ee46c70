import { randomBytes } from 'node:crypto'
import { termNow } from '../actions/care/letters.ts'
import { dayOf, type House } from '../actions/house.ts'
import { addDays } from '../rules/care/dates.ts'
import { duties } from '../rules/care/duties.ts'
import { FESTIVALS } from '../rules/care/festivals.ts'
import { addAbsence } from '../store/care/absences.ts'
import { addChild, keepConsent } from '../store/care/children.ts'
import { keepLetter } from '../store/care/letters.ts'
import { addNeed } from '../store/care/needs.ts'
import { addPairing, addVisit, type NewVisit } from '../store/care/pairings.ts'
import { addVolunteer, changeVolunteer } from '../store/care/volunteers.ts'
import type { Tx } from '../store/db.ts'
import { keepRecovery, knownBy } from '../store/persons.ts'

/** Invented children, each under a name that is nobody's. */
const FIRST = ['小', '阿', '大', '圆', '点']
const SECOND = [
  ...'禾满麦松溪雨星荷竹枫桐杉苗岩帆湖云月晴朵梅兰菊柳杨桃杏枣粟穗芽叶露霜雪川泽野原石沙泉林森峰岭谷舟桥灯火风雷阳辰',
]
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗']
const GIVEN = ['秀英', '建国', '桂兰', '志强', '丽华', '晓东', '玉梅', '海燕', '国庆', '春生']
const SCHOOLS = ['第一小学', '实验小学', '第六中学', '第二小学']

/** `小禾`, `小满` …, then `阿禾` …: as many as there are children. */
export const pseudonymOf = (at: number): string =>
  `${FIRST[Math.floor(at / SECOND.length) % FIRST.length]}${SECOND[at % SECOND.length]}`
const nameOf = (at: number) => `${SURNAMES[(at * 7) % SURNAMES.length]}${GIVEN[(at * 3 + 1) % GIVEN.length]}`

/** Children of the demonstration district who have a volunteer: as many as one screen shows. One more waits for somebody. */
export const DEMO_CHILDREN = 12
/** Opens the volunteer of the first children on another browser. */
export const DEMO_VOLUNTEER = 'HUIY-CARE-CARE-DEMO-2026'

interface Demo {
  house: House
  tx: Tx
  villages: readonly string[]
  startsOn: string
  suffix(at: number): string
  /** Where a child lives. */
  villageOf(at: number): string
}

export interface DemoCare {
  count: number
  startsOn: string
  /** Most duties until now were done. */
  lived?: true
  /** When the pairings were entered; from the start where nothing is said. */
  enteredAt?: string
  /** Beside the children there are: under numbered names. */
  apart?: true
}

/**
 * Adds invented pairings that began on a day; two children a volunteer at most. With `lived` most duties of the months until now were
 * done, and some were not.
 */
export function addDemoCare(
  house: House,
  { count, startsOn, lived, apart, enteredAt = `${startsOn}T01:00:00.000Z` }: DemoCare,
): Promise<void> {
  const villages = [...house.district.units.values()].flatMap(unit =>
    unit.kind === 'community' ? [unit.code] : [],
  )
  return house.store.write(async tx => {
    const villageOf = (at: number) => (lived && directed(house, at)) || villages[(at * 5) % villages.length]!
    const suffix = (at: number) => (apart ? `${at + 1}号` : '')
    const demo = { house, tx, villages, startsOn, suffix, villageOf }
    let volunteerId = ''
    for (let at = 0; at < count; at++) {
      if (at % 3 !== 2) volunteerId = await oneVolunteer(demo, at)
      const childId = await oneChild(demo, at)
      const given = { volunteerId, childId, startsOn, reason: '示例' }
      const id = await addPairing(tx, given, enteredAt)
      if (lived) await liveThrough(demo, { id, childId }, volunteerId, at)
      if (lived) await LEFT_OPEN[at]?.(demo, { id, childId }, volunteerId)
    }
    if (lived) await oneChild(demo, count)
  })
}

/** The child director has two children: one who needs something, and who waits for a volunteer. */
const directed = ({ district }: House, at: number): string | undefined =>
  at === 5 || at === DEMO_CHILDREN
    ? district.staff.find(({ role }) => role === 'childDirector')?.unit
    : undefined

type Open = (demo: Demo, pairing: NewVisit['pairing'], volunteerId: string) => Promise<unknown>

/** What waits on the coordinator, so that no list is empty, by the number of the child. The lapsed check stands with the volunteers. */
const LEFT_OPEN: Readonly<Record<number, Open>> = {
  3: writtenLetter,
  5: somethingNeeded,
  9: nobodyCovers,
}

/** A letter a volunteer wrote in the chat, to be approved. */
async function writtenLetter({ house, tx }: Demo, { id, childId }: NewVisit['pairing'], byId: string) {
  const now = house.now()
  const period = termNow(house, dayOf(house, now))
  const text =
    '孩子这学期爱看书了，每天按时上学。\n前几天我去家里看过，奶奶身体好，孩子说想你们，盼着你们打电话。'
  if (period) await keepLetter(tx, { pairingId: id, childId, period, text, byId }, now)
}

/** School things a child asked for at a meeting two days ago. */
async function somethingNeeded({ house, tx }: Demo, pairing: NewVisit['pairing'], byId: string) {
  const onDate = addDays(dayOf(house, house.now()), -2)
  const at = `${onDate}T10:00:00.000Z`
  const met = { pairing, onDate, kind: 'meeting', met: ['child'], reported: false, done: true } as const
  const visitId = await addVisit(tx, { ...met, byId, note: '缺练习册和一个书包' }, at)
  await addNeed(tx, { childId: pairing.childId, visitId, kind: 'school', caseId: null }, at)
}

/** A volunteer who is away this week, and nobody steps in. */
function nobodyCovers({ house, tx }: Demo, _: NewVisit['pairing'], volunteerId: string) {
  const today = dayOf(house, house.now())
  const away = { fromDate: addDays(today, -1), toDate: addDays(today, 6), coverId: null }
  return addAbsence(tx, { who: `volunteer:${volunteerId}`, ...away, reason: '出差培训' }, house.now())
}

async function oneVolunteer({ house, tx, villages, startsOn, suffix }: Demo, at: number): Promise<string> {
  const now = house.now()
  const id = await addVolunteer(
    tx,
    {
      unitId: villages[(at * 5) % villages.length]!,
      kind: (['league', 'student', 'other'] as const)[at % 3]!,
      body: ['区团委', '赤峰学院', null][at % 3]!,
      agreementAt: startsOn,
      trainedAt: startsOn,
      insuredUntil: addDays(dayOf(house, now), 200),
      // One of them has let the yearly check lapse, one must renew it soon.
      checkedAt: addDays(dayOf(house, now), at === 4 ? -400 : at === 6 ? -350 : -100),
      name: nameOf(at),
      phone: `1380000${String(5000 + at)}`,
    },
    `${startsOn}T01:00:00.000Z`,
  )
  const address = { channel: 'web', appId: '-', address: randomBytes(32).toString('base64url') }
  const { personId } = await knownBy(tx, address, now)
  await changeVolunteer(tx, id, { personId, linkedAt: now })
  if (at === 0 && !suffix(at)) await keepRecovery(tx, personId, DEMO_VOLUNTEER)
  return id
}

async function oneChild({ tx, startsOn, suffix, villageOf }: Demo, at: number): Promise<string> {
  const unitId = villageOf(at)
  const name = nameOf(at + 137)
  const record = {
    name,
    birthDate: `${2014 + (at % 6)}-0${1 + (at % 9)}-1${at % 9}`,
    school: SCHOOLS[at % SCHOOLS.length]!,
    village: '',
    address: `${1 + (at % 9)}组${10 + at}号`,
    health: at % 6 === 0 ? '哮喘，随身带药' : '',
  }
  const guardian = {
    kind: 'guardian',
    name: nameOf(at + 11),
    relation: '奶奶',
    phone: '',
    where: '',
  } as const
  const parent = {
    kind: 'parent',
    name: nameOf(at + 64),
    relation: '父亲',
    phone: '',
    where: '外地打工',
  } as const
  const at0 = `${startsOn}T01:00:00.000Z`
  const id = await addChild(
    tx,
    { pseudonym: `${pseudonymOf(at)}${suffix(at)}`, unitId, record, carers: [guardian, parent] },
    at0,
  )
  const consent = { by: guardian.name, relation: '奶奶', purpose: '结对关爱', how: '书面' }
  await keepConsent(tx, id, consent, at0)
  return id
}

/** What was done until now: everything but every seventh duty, and of the last child nothing at all. */
async function liveThrough(
  { house, tx, startsOn }: Demo,
  pairing: NewVisit['pairing'],
  byId: string,
  at: number,
) {
  const now = house.now()
  const today = dayOf(house, now)
  const owed = duties(house.district.care, { startsOn, endsOn: null }, [], startsOn, addDays(today, 20))
  for (const [no, duty] of owed.entries()) {
    const onDate =
      duty.kind === 'festival'
        ? addDays(duty.due, -2)
        : addDays(duty.from, 6 + (at % 9) + (duty.period.endsWith('-2') ? 45 : 0))
    if (onDate > today || (no + at) % 7 === 0 || at === DEMO_CHILDREN - 1) continue
    const festival = FESTIVALS.some(({ key }) => duty.period.endsWith(key))
    const visit = {
      month: { kind: 'call', met: ['child'], reported: false },
      festival: { kind: 'homeVisit', met: ['child'], reported: false },
      guardian: { kind: 'call', met: ['guardian'], reported: false },
      term: { kind: 'call', met: ['parent'], reported: true },
    } as const
    const { kind, met, reported } = visit[duty.kind]
    const note = festival ? '过节去看了，孩子挺好' : '聊了聊，一切都好'
    await addVisit(
      tx,
      { pairing, onDate, kind, met, reported, done: true, byId, note },
      `${onDate}T10:00:00.000Z`,
    )
  }
}
