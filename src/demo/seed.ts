import { randomBytes } from 'node:crypto'
import type { House } from '../actions/house.ts'
import { apply } from '../actions/move-case.ts'
import { openCase } from '../actions/open-case.ts'
import { hashPassword } from '../actions/secrets.ts'
import { acknowledge, raiseAlert } from '../store/alerts.ts'
import type { CaseRow } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { keepProfile, keepRecovery, knownBy } from '../store/persons.ts'
import { addStaff } from '../store/staff.ts'
import { addLineAlone } from '../store/talks.ts'
import { addDemoCare, DEMO_CHILDREN } from './care.ts'
import type { DemoCase, DemoEvent } from './cast.ts'
import { demoDistrict } from './generate.ts'
import { addDemoRecords } from './grid-records.ts'
import { addDemoLessons } from './lessons.ts'
import { seedMediations } from './mediations.ts'
import { addNeighbours } from './neighbours.ts'

/** Published in the README: good only where nobody else can reach the service. */
export const DEMO_PASSWORD = 'huiyin-demo'
/** Opens the demonstration resident with the most cases on another browser. */
export const DEMO_RECOVERY = 'HUIY-INHU-IYIN-DEMO-2026'

const SEED = 20261103

interface Log {
  info(what: object, words: string): void
}

/** Fills an empty ledger with the demonstration district: staff, residents and their cases. Twice is a no-op. */
export async function seedDemo(house: House, log: Log): Promise<void> {
  const done = await house.store.read.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Staff" WHERE "demo" = 1',
  )
  if (Number(done?.n) > 0) return
  const from = performance.now()
  const staff = await addDemoStaff(house)
  const { residents, cases } = demoDistrict(house.district, house.now(), SEED)
  const most = busiest(cases.map(one => one.resident))
  const persons = await Promise.all(
    residents.map((resident, index) => addResident(house, resident, index === most)),
  )
  await Promise.all(cases.map(one => replay(house, one, persons[one.resident]!, staff)))
  await addDemoRecords(house, staff)
  // The resident whose code is published comes first: something is followed where people look.
  const first = persons[most]!
  await addNeighbours(house, [first, ...persons.filter(id => id !== first)], staff)
  const lessons = await addDemoLessons(house)
  const mediations = await seedMediations(house, persons, staff, most)
  const startsOn = `${Number(house.now().slice(0, 4)) - 1}-09-01`
  await addDemoCare(house, { count: DEMO_CHILDREN, startsOn, lived: true })
  log.info(
    { cases: cases.length, mediations, lessons, ms: Math.round(performance.now() - from) },
    'demonstration district loaded',
  )
}

/** Log-ins of the demonstration by name; ids by log-in. One hash serves all: the password is published anyway. */
async function addDemoStaff(house: House): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  return house.store.write(async tx => {
    const ids = new Map<string, string>()
    for (const { login, name, role, unit, phone } of house.district.staff) {
      const roles = [{ role, unitId: unit }]
      const given = { login, name, roles, passwordHash, demo: true, ...(phone ? { phone } : {}) }
      ids.set(login, await addStaff(tx, given, house.now()))
    }
    return ids
  })
}

function busiest(of: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const one of of) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function addResident(
  house: House,
  resident: { name: string; phone: string },
  known: boolean,
): Promise<string> {
  return house.store.write(async tx => {
    const address = { channel: 'web', appId: '-', address: randomBytes(32).toString('base64url') }
    const { personId } = await knownBy(tx, address, house.now())
    await keepProfile(tx, personId, resident)
    if (known) await keepRecovery(tx, personId, DEMO_RECOVERY)
    return personId
  })
}

/** Tells a case again as it happened: every step goes the same way as a real one, only the clock is turned back. */
function replay(house: House, told: DemoCase, personId: string, staff: ReadonlyMap<string, string>) {
  return house.store.write(async tx => {
    let at = told.at
    const then: House = { ...house, now: () => at }
    await addLineAlone(
      tx,
      personId,
      { sender: 'me', channel: 'web', body: JSON.stringify({ text: told.what }) },
      at,
    )
    const { row } = await openCase(
      then,
      tx,
      personId,
      { ...told, files: [], danger: told.danger !== undefined },
      at,
    )
    const alert = told.danger ? await addAlert(tx, told, row, personId, at) : null
    for (const event of told.events) {
      at = event.at
      if (alert && event.verb === 'acknowledge') await acknowledge(tx, alert, staff.get(event.by)!, at)
      await step(then, tx, row, event, personId, staff)
    }
  })
}

async function addAlert(tx: Tx, told: DemoCase, row: CaseRow, personId: string, at: string): Promise<string> {
  const kinds = told.danger!.join()
  const given = { personId, caseId: row.id, kinds, dutyStaffId: null, nextAt: null, because: told.title }
  return (await raiseAlert(tx, given, at)).id
}

async function step(
  house: House,
  tx: Tx,
  row: CaseRow,
  event: DemoEvent,
  personId: string,
  staff: ReadonlyMap<string, string>,
) {
  const { verb, role, by, unit, form } = event
  const doer =
    by === 'resident' || by === 'clock'
      ? { kind: by as 'resident' | 'clock', id: by === 'resident' ? personId : null, unit: null }
      : { kind: 'staff' as const, id: staff.get(by) ?? null, unit }
  const done = await apply(house, tx, row, verb, role, doer, form)
  if (!done.ok) throw new Error(`demonstration: ${verb} on a ${row.state} case by ${role}: ${done.why}`)
}
