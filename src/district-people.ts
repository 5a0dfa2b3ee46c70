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

/** Shape of `staff.json`: the accounts, without passwords. Those in this repository are of the demonstration. */
export const STAFF_FILE = object({
  note,
  staff: list(
    object({
      login,
      name,
      role: oneOf(STAFF_ROLES),
      unit: unitCode,
      phone: Type.Optional(Type.String({ pattern: '^1[3-9][0-9]{9}$' })),
      /** Further roles of the same person; a grid head may have up to three grids. */
      also: Type.Optional(list(object({ role: oneOf(STAFF_ROLES), unit: unitCode }))),
      /** May not sign in; kept so that who did what stays known. */
      suspended: Type.Optional(Type.Boolean()),
    }),
  ),
})
