import { mayFollow } from '../rules/cases/alike.ts'
import { isOpen } from '../rules/cases/types.ts'
import { caseByCode, changeCase } from '../store/cases.ts'
import type { Reads, Tx } from '../store/db.ts'
import { addEntry } from '../store/entries.ts'
import { addFollow, dropFollow, type FollowRow, followOf, followsOf, lockCase } from '../store/follows.ts'
import { type House, type Result, refused } from './house.ts'
import { publicPlace } from './place-name.ts'
import { tell } from './tell.ts'

/** A case somebody follows, as far as they may know it: never its text, its person, its door. */
export interface FollowLine {
  code: string
  category: string
  place: string
  state: FollowRow['state']
  /** Its promise stands still 挂起. */
  paused: boolean
  office: string
  createdAt: string
  closedAt: string | null
  due: string | null
  /** What a clerk wrote for neighbours. */
  summary: string | null
  followedAt: string
  /** Code of the person's own matter which a clerk linked to it. */
  ownCode: string | null
  open: boolean
}

/** The cases a person follows, newest first. */
export async function follows(house: House, from: Reads, personId: string): Promise<FollowLine[]> {
  return (await followsOf(from, personId)).map(row => lineOf(house, row))
}

/** One followed case by its code; null when the person does not follow it. */
export async function follow(
  house: House,
  from: Reads,
  personId: string,
  code: string,
): Promise<FollowLine | null> {
  const row = await followOf(from, personId, code)
  return row ? lineOf(house, row) : null
}

const lineOf = (house: House, row: FollowRow): FollowLine => ({
  code: row.code,
  category: row.category,
  place: publicPlace(house, row),
  state: row.state,
  paused: Number(row.paused) === 1,
  office: house.district.units.get(row.holderUnitId)?.name ?? '',
  createdAt: row.createdAt,
  closedAt: row.closedAt,
  due: isOpen(row.state) && Number(row.paused) === 0 ? row.promisedAt : null,
  summary: row.publicSummary,
  followedAt: row.followedAt,
  ownCode: row.ownCode,
  open: isOpen(row.state),
})

/** What a person asks for: which case, and their words for whoever works on it, if they want them passed on. */
export interface FollowWish {
  code: string
  words: string | null
}

/**
 * Somebody follows a neighbour's case, in the transaction of the talk. `gone`: it ended or was closed to neighbours meanwhile. The words
 * passed on become a line among staff, sealed with the case's key; the complainant and other neighbours never see it.
 */
export async function followCase(
  house: House,
  tx: Tx,
  personId: string,
  { code, words }: FollowWish,
  now: string,
): Promise<Result<{ code: string }>> {
  await lockCase(tx, house.store.kind, code)
  const row = await caseByCode(tx, code)
  if (!row || row.personId === personId || !mayFollow(row)) return refused('gone')
  await addFollow(tx, { caseId: row.id, personId, ownCaseId: null }, now)
  tx.changes.cases.add(row.code)
  tx.changes.lists = true
  if (!words) return { ok: true, code }
  const { state, holderUnitId } = row
  const line = { verb: 'neighbour', public: 0, byKind: 'resident', byId: null, unitId: holderUnitId } as const
  const entry = await addEntry(
    tx,
    row,
    { ...line, fromState: state, toState: state, body: { text: words } },
    now,
  )
  const kept = await changeCase(tx, row, { entryCount: row.entryCount, residentNewAt: now }, now)
  if (!kept) throw new Error(`case ${row.code} changed under our hands`)
  await tell({ house, tx, row, cause: entry.id, body: { code: row.code }, now }, ['unit.added'])
  return { ok: true, code }
}

/** Follows a case no longer. False: it was not followed, or a clerk linked it, which only a clerk undoes. */
export async function unfollow(tx: Tx, personId: string, code: string): Promise<boolean> {
  const row = await caseByCode(tx, code)
  if (!row || !(await dropFollow(tx, row.id, personId))) return false
  tx.changes.cases.add(row.code)
  tx.changes.lists = true
  return true
}
