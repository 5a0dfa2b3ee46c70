import { inviteStaff } from '../actions/staff-accounts.ts'
import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { UsageFault } from '../cli-flags.ts'
import { readConfig } from '../config.ts'
import { STAFF_ROLES, type StaffRole } from '../rules/people/roles.ts'

/** Makes an account; the first administrator too. The link is shown once and sets the password. */
export const userCommand: Command = async ([what, login, name, role = 'administrator', unit]) => {
  if (what !== 'add' || !login || !name) throw new UsageFault('user add needs a log-in and a name')
  if (!STAFF_ROLES.includes(role as StaffRole)) throw new UsageFault(`roles: ${STAFF_ROLES.join(', ')}`)
  const config = readConfig()
  const app = await openApp(
    { ...config, logLevel: 'error' },
    {
      withoutDemo: true,
      command: { name: 'user', args: ['add', login, role, unit ?? ''] },
    },
  )
  const unitId = unit ?? app.house.district.code
  const made = await inviteStaff(app.house, { login, name, role: role as StaffRole, unitId })
  await app.close()
  if (!made.ok) {
    process.stderr.write(
      made.why === 'loginTaken'
        ? `${login} is taken; choose another log-in\n`
        : `${unitId} is no unit of the district\n`,
    )
    return 1
  }
  const base = config.publicUrl ?? `http://localhost:${config.port}`
  process.stdout.write(`${base}/staff/invite/${made.token}\nGood once, until ${made.until}.\n`)
  return 0
}
