import type { Texts } from '../district-read.ts'
import type { FileOf } from '../district-schemas.ts'
import { type Account, accountsOf, dropAccount, rewriteAccount, suspendAccount } from '../store/accounts.ts'
import type { Reads, Tx } from '../store/db.ts'
import { addStaff } from '../store/staff.ts'
import type { RowChange } from './diff.ts'
import { folderOf, textsOf } from './folder.ts'
import type { Row } from './lenses.ts'

/**
 * Accounts live in the ledger, with their passwords; the book of staff and `staff.json` are how they look from outside. A line of the file
 * without an account (a folder that was never brought in) stays a line.
 */

type Person = FileOf<'staff.json'>['staff'][number]
const FILE = 'staff.json'

/** The folder with `staff.json` as the accounts of the ledger stand now. */
export async function withAccounts(from: Reads, texts: Texts): Promise<Texts> {
  const accounts = await accountsOf(from)
  const folder = folderOf(texts)
  const known = new Map(accounts.map(one => [one.login, one]))
  const listed = folder[FILE].staff.map(person => lineOf(known.get(person.login), person))
  const names = new Set(folder[FILE].staff.map(({ login }) => login))
  const more = accounts.filter(one => !names.has(one.login) && one.roles.length > 0)
  const staff = [...listed, ...more.map(one => lineOf(one))]
  return textsOf({ ...folder, [FILE]: { ...folder[FILE], staff } }, texts)
}

/** The line of an account; keys stand as they stood in `before`. */
function lineOf(account: Account | undefined, before?: Person): Person {
  const [first, ...also] = account?.roles ?? []
  if (!account || !first) return before!
  const now: Record<string, unknown> = {
    ...{ login: account.login, name: account.name, role: first.role, unit: first.unit },
    ...(account.phone ? { phone: account.phone } : {}),
    ...(also.length > 0 ? { also } : {}),
    ...(account.suspended ? { suspended: true } : {}),
  }
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(now)])].filter(key => key in now)
  return Object.fromEntries(keys.map(key => [key, now[key]])) as Person
}

/** Brings the accounts of the ledger up to changed lines of the book. Returns the log-ins of those that cannot go: they were used. */
export async function keepAccounts(tx: Tx, changes: readonly RowChange[], now: string): Promise<string[]> {
  const touched = changes.filter(({ book }) => book === 'staff')
  if (touched.length === 0) return []
  const known = new Map((await accountsOf(tx)).map(one => [one.login, one]))
  const stay: string[] = []
  for (const { before, after } of touched) {
    if (after) await keepOne(tx, after, known.get(String(after.login)), now)
    const gone = after ? undefined : known.get(String(before?.login))
    if (gone?.used) stay.push(gone.login)
    else if (gone) await dropAccount(tx, gone.id)
  }
  return stay
}

async function keepOne(tx: Tx, line: Row, account: Account | undefined, now: string): Promise<void> {
  const { login, name, role, unit, phone = null, also = [], suspended = false } = line as unknown as Person
  const roles = [{ role, unit }, ...also]
  if (account) {
    await rewriteAccount(tx, account.id, { name, phone, roles })
    if (suspended !== account.suspended) await suspendAccount(tx, account.id, suspended ? now : null)
    return
  }
  const held = roles.map(one => ({ role: one.role, unitId: one.unit }))
  const id = await addStaff(tx, { login, name, phone, roles: held, passwordHash: null, demo: false }, now)
  if (suspended) await suspendAccount(tx, id, now)
}
