import type { House } from '../../src/actions/house.ts'
import { joinByInvite } from '../../src/actions/invite-party.ts'
import { type Mover, moveMediation } from '../../src/actions/move-mediation.ts'
import { type Application, openMediation } from '../../src/actions/open-mediation.ts'
import type { Who } from '../../src/actions/rights.ts'
import { holdSlot } from '../../src/actions/use-mediation.ts'
import type { MediationVerb } from '../../src/rules/mediation/types.ts'
import { knownBy } from '../../src/store/persons.ts'
import { addStaff } from '../../src/store/staff.ts'

/** A mediation in a test's hands: who has which side, and the steps in short. */

let people = 0

export async function person(house: House, name = `p${++people}`): Promise<string> {
  const address = { channel: 'web', appId: '-', address: `${name}-${++people}` }
  return house.store.write(async tx => (await knownBy(tx, address, house.now())).personId)
}

/** A member of staff of a panel. */
export async function panelStaff(
  house: House,
  login: string,
  role: 'panelSecretary' | 'mediator',
  unit = 'P01',
): Promise<Who> {
  const { path } = house.district.units.get(unit)!
  const given = {
    login,
    name: `姓名${login}`,
    roles: [{ role, unitId: unit }],
    passwordHash: null,
    demo: false,
  }
  const staffId = await house.store.write(tx => addStaff(tx, given, house.now()))
  return { staffId, name: login, members: [{ id: staffId, role, unit, path }] }
}

export const APPLICATION: Application = {
  panel: 'P01',
  what: '物业三年没有公布公共收益，找他们要账他们不给',
  category: 'propertyFee',
  safety: 'safe',
  answers: { item: 'income', building: '红山郡3号楼', contract: null, accepted: 'no' },
  other: { kind: 'organisation', name: '红山物业公司', phone: '13900000002' },
  name: '王小明',
  phone: '13800000001',
  files: [],
}

export async function apply(
  house: House,
  personId: string,
  more: Partial<Application> = {},
): Promise<string> {
  const { row } = await house.store.write(tx =>
    openMediation(house, tx, personId, { ...APPLICATION, ...more }, house.now()),
  )
  return row.code
}

/** Does a step and answers with what came of it; a refusal is a fault of the test. */
export async function step(house: House, by: Mover, code: string, verb: MediationVerb, raw: object = {}) {
  const done = await moveMediation(house, by, code, verb, raw as Record<string, unknown>)
  if (!done.ok) throw new Error(`${verb}: ${JSON.stringify(done)}`)
  return done
}

/** The other party opens the invitation and has its side. */
export async function join(house: House, secretary: Who, code: string, personId: string): Promise<void> {
  const { made } = await step(house, { staff: secretary }, code, 'invite')
  const joined = await house.store.write(tx => joinByInvite(tx, personId, made.token!))
  if (!joined.ok) throw new Error(joined.why)
}

/** A mediation both sides have agreed to; a date is to be found. */
export async function agreedToTalk(
  house: House,
  secretary: Who,
  given: { applicant?: string; other?: string; application?: Partial<Application> } = {},
) {
  const applicant = given.applicant ?? (await person(house))
  const other = given.other ?? (await person(house))
  const code = await apply(house, applicant, given.application)
  await step(house, { staff: secretary }, code, 'admit')
  await join(house, secretary, code, other)
  await step(house, { personId: other }, code, 'consent')
  return { code, applicant, other }
}

/** Holds and books. */
export async function book(house: House, by: string, code: string, startsAt: string, mediator?: string) {
  const held = await holdSlot(house, { personId: by }, code, { startsAt, ...(mediator ? { mediator } : {}) })
  if (!held.ok) throw new Error(JSON.stringify(held))
  return step(house, { personId: by }, code, 'book', { session: held.session.id })
}

export const RECORD = {
  facts: '三年未公布公共收益',
  points: '应公布的范围',
  applicant: '要求公布',
  other: '同意公布',
}
export const AGREEMENT = {
  facts: '物业公司三年没有公布公共收益',
  dispute: '公共收益的数额和去向',
  responsibility: '物业公司未按约公布，应当补公布',
  items: [
    {
      side: 'other',
      what: '公布三年公共收益明细',
      by: '2026-11-30',
      how: '小区公告栏张贴',
      where: '红山郡小区',
    },
    { side: 'applicant', what: '补交2026年物业费', by: '2026-12-10', how: '转账', where: '' },
  ],
}
