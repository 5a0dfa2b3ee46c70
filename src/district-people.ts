import Type from 'typebox'
import { list, login, name, note, object, oneOf, time, unitCode, weekdays } from './district-schema-parts.ts'
import { STAFF_ROLES } from './rules/people/roles.ts'

/** Shape of `roster.json`: who answers for danger, and when. */
export const ROSTER_FILE = object({
  note,
  shifts: list(
    object({
      unit: unitCode,
      weekdays: Type.Optional(weekdays),
      from: time,
      to: time,
      person: login,
      deputy: login,
      leader: login,
    }),
  ),
})

/** Shape of `staff.json`: the accounts of the demonstration. */
export const STAFF_FILE = object({
  note,
  staff: list(
    object({
      login,
      name,
      role: oneOf(STAFF_ROLES),
      unit: unitCode,
      phone: Type.Optional(Type.String({ pattern: '^1380000[0-9]{4}$' })),
    }),
  ),
})
