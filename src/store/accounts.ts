import type { StaffRole } from '../rules/people/roles.ts'
import type { Reads, Tx } from './db.ts'
import { newId } from './db.ts'
import { opened, sealed } from './keys.ts'
import { insert } from './sql.ts'

/** An account as the administration lists it. `used`: somebody has set its password. */
export interface Account {
  id: string
  login: string
  name: string
  phone: string | null
  suspended: boolean
  used: boolean
  roles: readonly { role: StaffRole; unit: string }[]
}

interface Raw {
  id: string
  login: string
  nameEnc: Uint8Array
  phoneEnc: Uint8Array | null
  endedAt: string | null
  used: number
}

/** Every account, oldest first. */
export async function accountsOf(from: Reads): Promise<Account[]> {
  const rows = await from.sql.all<Raw>(
    `SELECT "id", "login", "nameEnc", "phoneEnc", "endedAt", CASE WHEN "passwordHash" IS NULL THEN 0 ELSE 1 END AS "used"
     FROM "Staff" ORDER BY "id"`,
  )
  const held = await from.sql.all<{ staffId: string; role: StaffRole; unit: string }>(
    'SELECT "staffId", "role", "unitId" AS "unit" FROM "Role" ORDER BY "id"',
  )
  const roles = new Map<string, { role: StaffRole; unit: string }[]>()
  for (const { staffId, role, unit } of held)
    roles.set(staffId, [...(roles.get(staffId) ?? []), { role, unit }])
  const { house } = from.keys
  return rows.map(({ id, login, nameEnc, phoneEnc, endedAt, used }) => ({
    ...{ id, login, suspended: endedAt !== null, used: used === 1, roles: roles.get(id) ?? [] },
    name: opened(house, `Staff.nameEnc.${id}`, nameEnc) ?? '',
    phone: opened(house, `Staff.phoneEnc.${id}`, phoneEnc),
  }))
}

/** Writes name, phone and roles of an account anew. */
export async function rewriteAccount(
  tx: Tx,
  id: string,
  given: Pick<Account, 'name' | 'phone' | 'roles'>,
): Promise<void> {
  await tx.sql.run(
    'UPDATE "Staff" SET "nameEnc" = ?, "phoneEnc" = ? WHERE "id" = ?',
    sealed(tx.keys.house, `Staff.nameEnc.${id}`, given.name),
    sealed(tx.keys.house, `Staff.phoneEnc.${id}`, given.phone),
    id,
  )
  await tx.sql.run('DELETE FROM "Role" WHERE "staffId" = ?', id)
  for (const { role, unit } of given.roles)
    await insert(tx.sql, 'Role', { id: newId(), staffId: id, role, unitId: unit })
}

/** Suspends an account from an instant on, and ends its log-ins; null lets it in again. */
export async function suspendAccount(tx: Tx, id: string, at: string | null): Promise<void> {
  await tx.sql.run('UPDATE "Staff" SET "endedAt" = ? WHERE "id" = ?', at, id)
  if (at)
    await tx.sql.run('UPDATE "Login" SET "endedAt" = ? WHERE "staffId" = ? AND "endedAt" IS NULL', at, id)
}

/** Takes away an account nobody has ever used. */
export async function dropAccount(tx: Tx, id: string): Promise<void> {
  await tx.sql.run('DELETE FROM "Role" WHERE "staffId" = ?', id)
  await tx.sql.run('DELETE FROM "Staff" WHERE "id" = ? AND "passwordHash" IS NULL', id)
}

/** What hangs on a unit that might go: open cases in its hands, open orders, accounts that may sign in, children in care. */
export async function hangsOn(
  from: Reads,
  unit: string,
): Promise<Readonly<Record<'cases' | 'orders' | 'accounts' | 'children', number>>> {
  const count = async (sql: string) => Number((await from.sql.get<{ n: number }>(sql, unit))?.n ?? 0)
  return {
    cases: await count('SELECT COUNT(*) AS "n" FROM "Case" WHERE "holderUnitId" = ? AND "closedAt" IS NULL'),
    orders: await count(
      `SELECT COUNT(*) AS "n" FROM "Order" WHERE "unitId" = ? AND "state" IN ('offered', 'open', 'signed', 'objected')`,
    ),
    accounts: await count(
      'SELECT COUNT(DISTINCT s."id") AS "n" FROM "Role" r JOIN "Staff" s ON s."id" = r."staffId" WHERE r."unitId" = ? AND s."endedAt" IS NULL',
    ),
    children: await count('SELECT COUNT(*) AS "n" FROM "Child" WHERE "unitId" = ? AND "endedAt" IS NULL'),
  }
}

/** Open cases of a category. */
export async function casesOfCategory(from: Reads, category: string): Promise<number> {
  const row = await from.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Case" WHERE "category" = ? AND "closedAt" IS NULL',
    category,
  )
  return Number(row?.n ?? 0)
}
