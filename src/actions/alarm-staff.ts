import { callOrder, onDuty } from '../rules/people/roster.ts'
import { staffByLogin } from '../store/staff.ts'
import type { House } from './house.ts'
import { tellStaff } from './tell.ts'

/** What staff must hear of the service itself. */
export type Alarm = 'wechatyIn' | 'wechatyOut'

const NOTICES = { wechatyIn: 'duty.channelBack', wechatyOut: 'duty.channelOut' } as const

/** Tells whoever is on duty in the district that a channel is out, or back. Nobody on duty: the log alone has it. */
export function alarmStaff(house: House, alarm: Alarm): Promise<void> {
  return house.store.write(async tx => {
    const now = house.now()
    const { code, roster, zone } = house.district
    const path = house.district.units.get(code)?.path ?? code
    const duty = onDuty(roster, path, now, zone)
    const [call] = duty ? callOrder(duty, now) : []
    const staff = call ? await staffByLogin(tx, call.person) : null
    if (!staff) return
    await tellStaff(house, tx, NOTICES[alarm], staff.id, {
      cause: now,
      caseId: null,
      body: { code: null },
      now,
    })
  })
}
