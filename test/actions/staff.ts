import type { Who } from '../../src/actions/rights.ts'
import type { StaffRole } from '../../src/rules/people/roles.ts'
import { addStaff } from '../../src/store/staff.ts'
import type { TestHouse } from '../house.ts'

/** A member of staff with one role in one unit. */
export async function clerk(t: TestHouse, login: string, role: StaffRole, unit: string): Promise<Who> {
  const path = t.house.district.units.get(unit)!.path
  const roles = [{ role, unitId: unit }]
  const given = { login, name: login, roles, passwordHash: null, demo: false }
  const staffId = await t.house.store.write(tx => addStaff(tx, given, t.house.now()))
  return { staffId, name: login, members: [{ id: staffId, role, unit, path }] }
}

export const WEST = '150402010'
export const EAST = '150402004'
export const DISTRICT = '150402'

/** A resident files the lift of 红山郡; answers with the code. */
export async function fileLift(t: TestHouse, who = 'wang'): Promise<string> {
  await t.say(who, '3号楼电梯坏了两周，物业不管，我是红山郡的，电话13800000000')
  await t.say(who, '3')
  const receipt = await t.say(who, '1')
  return /HS-\d{8}-\d{4}/.exec(receipt)![0]
}

export const ANSWER = {
  result: '电梯修好了',
  facts: '制动器坏了，已换新',
  basis: '物业服务合同第六条',
  ticks: [1, 2, 3, 4, 5],
}
