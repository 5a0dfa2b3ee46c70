import { createHash } from 'node:crypto'
import type { House } from '../actions/house.ts'
import { writeUnits } from '../actions/keep-units.ts'
import type { Texts } from '../district-read.ts'
import { addAudit } from '../store/audit.ts'
import type { Tx } from '../store/db.ts'
import { addChange, type ChangeHow, changeByNo, districtNo } from '../store/district.ts'
import { staffById } from '../store/staff.ts'
import { keepAccounts, withAccounts } from './accounts.ts'
import { BOOKS, type Book, type BookKey } from './books.ts'
import { countsOf, type RowChange } from './diff.ts'
import type { Row } from './lenses.ts'
import { type Needed, neededStill } from './needs.ts'
import { type Plan, planEdit, planImport, planUndo, type Stopped } from './plan.ts'
import type { Standing } from './standing.ts'

/** The verbs of the administration. Each is one version: who, when, what before and after; seen by every process at once. */
export interface Admin {
  house: House
  standing: Standing
}

/** Who changes, and why if they wish to say so; no staff: the command line. */
export interface By {
  staffId: string | null
  reason?: string | undefined
}

export type Done = { ok: true; no: number; changes: readonly RowChange[]; others: readonly string[] }

export type Refused =
  | Stopped
  | { ok: false; why: 'inUse'; needed: readonly Needed[] }
  /** Accounts that were used stay, suspended if need be. */
  | { ok: false; why: 'accountStays'; logins: readonly string[] }
  /** Nobody takes their own account, or its role, away. */
  | { ok: false; why: 'notYourself' }
  | { ok: false; why: 'undone'; by: number }
  | { ok: false; why: 'tooFast' | 'movedOn' }

/** The mark a row is known by: who changes a row says which they saw. */
export const markOf = (row: Row): string =>
  createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 16)

/** The folder as it stands, accounts included. */
export async function textsNow({ house, standing }: Admin): Promise<Texts> {
  await standing.refresh()
  return withAccounts(house.store.read, standing.texts)
}

export interface RowAsked {
  book: Book
  id: string | null
  /** Of the row as it was seen; null for a new one. */
  mark: string | null
  row: Row | null
  at?: number | undefined
}

/** Changes, adds or takes away one row. */
export const changeRow = (admin: Admin, asked: RowAsked, by: By): Promise<Done | Refused> =>
  made(admin, { how: 'edit', undoes: null }, by, texts =>
    planEdit(texts, { ...asked, isSame: row => markOf(row) === asked.mark }),
  )

/** What a folder would change, and of which district. */
export interface Previewed {
  no: number
  plan: Plan | Stopped
  /** What the ledger would refuse of it. */
  refused?: Refused
}

/** Looks through the texts of a whole folder; nothing is written. `between` is called between reading and comparing. */
export async function previewFolder(
  admin: Admin,
  given: Texts,
  by: By,
  between: () => Promise<void> = async () => {},
): Promise<Previewed> {
  const texts = await textsNow(admin)
  const { no } = admin.standing
  await between()
  const plan = planImport(texts, given)
  if (!plan.ok) return { no, plan }
  const tried = await tryOut(admin, plan, by)
  return tried.ok ? { no, plan } : { no, plan, refused: tried }
}

/** Does it all in a transaction that is then taken back: what the ledger would refuse is known before. */
async function tryOut({ house }: Admin, plan: Plan, by: By): Promise<Done | Refused> {
  const what: What = { how: 'import', undoes: null }
  let done: Done | Refused = { ok: false, why: 'tooFast' }
  const tried = house.store.write(async tx => {
    done = await written(tx, house.now(), plan, what, by)
    throw new TakenBack()
  }, 'district')
  await tried.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) done = refusedIn(error)
  })
  return done
}

/** Ends a transaction that was only tried. */
class TakenBack extends Error {}

/** What a bringing-in tells while it goes on, and the number of the district it was looked through against. */
export interface ImportMore {
  seen?: number | undefined
  step?: (step: 'compare' | 'write') => Promise<void>
}

/** Takes the texts of a whole folder in place of what stands; refused where the district is no longer the one it was compared with. */
export async function importFolder(
  admin: Admin,
  given: Texts,
  by: By,
  { seen, step = async () => {} }: ImportMore = {},
): Promise<Done | Refused> {
  await admin.standing.refresh()
  if (seen !== undefined && seen !== admin.standing.no) return { ok: false, why: 'movedOn' }
  await step('compare')
  return made(
    admin,
    { how: 'import', undoes: null },
    by,
    texts => planImport(texts, given),
    () => step('write'),
  )
}

/** Takes a change back, as a new change. */
export async function undoChange(admin: Admin, no: number, by: By): Promise<Done | Refused> {
  const change = await changeByNo(admin.house.store.read, no)
  if (!change) return { ok: false, why: 'notFound' }
  if (change.row.undoneBy !== null) return { ok: false, why: 'undone', by: change.row.undoneBy }
  return made(admin, { how: 'undo', undoes: no }, by, texts => planUndo(texts, change.texts))
}

/** How often a change is planned anew when another came in between. */
const TRIES = 4

interface What {
  how: ChangeHow
  undoes: number | null
}

/** Plans outside the transaction (it takes a moment, and nobody's message shall wait for it), writes inside if nothing came in between. */
async function made(
  admin: Admin,
  what: What,
  by: By,
  plan: (texts: Texts) => Plan | Stopped,
  between: () => Promise<void> = async () => {},
): Promise<Done | Refused> {
  const { house, standing } = admin
  for (let tries = 0; tries < TRIES; tries++) {
    const texts = await textsNow(admin)
    const { no } = standing
    const planned = plan(texts)
    if (!planned.ok) return planned
    await between()
    const writing = house.store.write(async tx => {
      if ((await districtNo(tx)) !== no) return null
      return written(tx, house.now(), planned, what, by)
    }, 'district')
    const done = await writing.catch(refusedIn)
    if (!done) continue
    await standing.refresh()
    return done
  }
  return { ok: false, why: 'tooFast' }
}

/** Thrown inside the transaction so that nothing of the change stays. */
class NotSo extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.ok ? '' : refused.why)
    this.refused = refused
  }
}

/** The refusal a transaction ended with; everything else stays a fault. */
function refusedIn(error: unknown): Refused {
  if (error instanceof NotSo) return error.refused
  throw error
}

async function written(tx: Tx, now: string, plan: Plan, what: What, by: By): Promise<Done | Refused> {
  const { changes, others, texts } = plan
  await writeUnits(tx, plan.district, now)
  const stay = await keepAccounts(tx, changes, now)
  if (stay.length > 0) throw new NotSo({ ok: false, why: 'accountStays', logins: stay })
  if (await losesOneself(tx, by.staffId, changes)) throw new NotSo({ ok: false, why: 'notYourself' })
  const needed = await neededStill(tx, changes)
  if (needed.length > 0) throw new NotSo({ ok: false, why: 'inUse', needed })
  const books = booksOf(plan)
  const reason = by.reason?.trim() || null
  const { staffId } = by
  const counts = countsOf(changes)
  const no = await addChange(tx, { ...what, ...counts, staffId, reason, books, texts }, plan.after, now)
  await addAudit(tx, { staffId, what: 'changeDistrict', field: String(no), detail: reason }, now)
  return { ok: true, no, changes, others }
}

/** Books whose rows changed, or whose file did where no row shows it. */
function booksOf({ changes, texts }: Plan): BookKey[] {
  const touched = new Set(changes.map(({ book }) => book))
  for (const book of BOOKS) if (touched.size === 0 && book.file in texts) touched.add(book.key)
  return [...touched]
}

/** Whether whoever changes would be left without their own way in. */
async function losesOneself(tx: Tx, staffId: string | null, changes: readonly RowChange[]): Promise<boolean> {
  const login = staffId && (await staffById(tx, staffId))?.login
  const own = changes.find(({ book, before }) => book === 'staff' && before?.login === login)
  if (!login || !own) return false
  const { role, suspended } = own.after ?? {}
  return suspended === true || role !== own.before?.role
}
