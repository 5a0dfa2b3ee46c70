import type { Reads } from './db.ts'
import { staffNames } from './staff.ts'

/** Codes and kinds of cases, by id. */
export async function caseFacts(
  from: Reads,
  ids: readonly string[],
): Promise<Map<string, { code: string; kind: string }>> {
  const some = [...new Set(ids)]
  if (some.length === 0) return new Map()
  const rows = await from.sql.all<{ id: string; code: string; kind: string }>(
    `SELECT "id", "code", "kind" FROM "Case" WHERE "id" IN (${some.map(() => '?').join(', ')})`,
    ...some,
  )
  return new Map(rows.map(({ id, code, kind }) => [id, { code, kind }]))
}

/** Everybody who has or had an account, to be looked for in the book: by name. */
export async function auditPeople(
  from: Reads,
): Promise<{ id: string; login: string; name: string; unitId: string | null }[]> {
  const rows = await from.sql.all<{ id: string; login: string; unitId: string | null }>(
    `SELECT s."id", s."login", (SELECT MIN(r."unitId") FROM "Role" r WHERE r."staffId" = s."id") AS "unitId" FROM "Staff" s ORDER BY s."login"`,
  )
  const names = await staffNames(
    from,
    rows.map(row => row.id),
  )
  return rows.map(row => ({ ...row, name: names.get(row.id) ?? row.login }))
}
