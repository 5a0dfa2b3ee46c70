import type { House } from '../../actions/house.ts'
import { apply } from '../../actions/move-case.ts'
import { openFrom } from '../../actions/office.ts'
import { remind } from '../../actions/remind.ts'
import { routeAfterWindow } from '../../rules/cases/route.ts'
import { CASE_COLUMNS, type CaseRow, caseById } from '../../store/cases.ts'
import { runningUntil, SELDOM } from '../../store/deadlines.ts'
import { along } from '../../store/sql.ts'

const CLOCK = { kind: 'clock', id: null, unit: null } as const
const BATCH = 500

/** 派单: what nobody grabbed within the window goes to the town of its place. Returns how many cases moved. */
export async function dispatchUngrabbed(house: House): Promise<number> {
  const rows = await house.store.read.sql.all<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM "Case" c${along('Case_grab_idx', house.store)} WHERE c."state" = 'received' AND c."grabUntil" IS NOT NULL AND c."grabUntil" < ? ORDER BY c."grabUntil" LIMIT ?`,
    house.now(),
    BATCH,
  )
  return count(rows, ({ id }) =>
    house.store.write(async tx => {
      const row = await caseById(tx, id)
      if (row?.state !== 'received' || !row.grabUntil) return false
      const place = { townCode: row.townId ?? undefined, gridCode: row.gridId ?? undefined }
      const unit = openFrom(house.district, routeAfterWindow(place, house.district.code).holderUnit)
      return (await apply(house, tx, row, 'dispatch', 'clock', CLOCK, { unit })).ok
    }, id),
  )
}

/** Answered matters whose resident has not spoken within the call-back window are closed. Returns how many. */
export async function closeAnswered(house: House): Promise<number> {
  const rows = await house.store.read.sql.all<{ id: string }>(
    `SELECT c."id" FROM "Case" c JOIN "Deadline" d ON d."caseId" = c."id" WHERE c."state" = 'answered' AND d."kind" = 'callBack'
     AND d."metAt" IS NULL AND d."endedAt" IS NULL AND d."due" < ? ORDER BY d."due" LIMIT ?`,
    house.now(),
    BATCH,
  )
  return count(rows, ({ id }) =>
    house.store.write(async tx => {
      const row = await caseById(tx, id)
      if (row?.state !== 'answered') return false
      return (await apply(house, tx, row, 'close', 'clock', CLOCK, {})).ok
    }, id),
  )
}

/** A paused matter goes on when its day has come. Returns how many. */
export async function resumePaused(house: House): Promise<number> {
  const rows = await house.store.read.sql.all<{ id: string }>(
    `SELECT d."caseId" AS "id" FROM "Deadline" d WHERE d."kind" = 'resume' AND d.${SELDOM} AND d."metAt" IS NULL AND d."endedAt" IS NULL AND d."due" < ?
     ORDER BY d."due" LIMIT ?`,
    house.now(),
    BATCH,
  )
  return count(rows, ({ id }) =>
    house.store.write(async tx => {
      const row = await caseById(tx, id)
      return row !== null && (await apply(house, tx, row, 'resume', 'clock', CLOCK, {})).ok
    }, id),
  )
}

/** 催办 before expiry, 督办 at expiry, 提级督办 on repeats: each once for each clock. Returns how many were told. */
export async function remindOffices(house: House): Promise<number> {
  // A clock is looked at from the time three quarters of the longest limit may have passed.
  const horizon = new Date(Date.parse(house.now()) + 30 * 86_400_000).toISOString()
  const rows = await runningUntil(house.store.read, horizon, 5000)
  return count(rows, row => remind(house, row))
}

async function count<T>(rows: readonly T[], one: (row: T) => Promise<boolean>): Promise<number> {
  let done = 0
  for (const row of rows) if (await one(row)) done++
  return done
}
