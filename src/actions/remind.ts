import { type Stage, stageOf } from '../rules/cases/deadlines.ts'
import { JUDGED } from '../rules/cases/guards.ts'
import { isOpen } from '../rules/cases/types.ts'
import type { NoticeKey } from '../rules/notices/table.ts'
import { caseById, changeCase } from '../store/cases.ts'
import { type DeadlineRow, keepStage } from '../store/deadlines.ts'
import { addEntry } from '../store/entries.ts'
import type { House } from './house.ts'
import { tell } from './tell.ts'

/** How far reminders go, who hears of each, and the line it leaves. */
const STAGES: Readonly<
  Record<
    Exclude<Stage, 'onTime'>,
    { no: number; verb: 'urge' | 'supervise' | 'raise'; tell: readonly NoticeKey[] }
  >
> = {
  urged: { no: 1, verb: 'urge', tell: ['unit.urged'] },
  supervised: { no: 2, verb: 'supervise', tell: ['unit.supervised', 'district.supervised'] },
  raised: { no: 3, verb: 'raise', tell: ['unit.supervised', 'district.raised'] },
}

/** Clocks whose breaking the resident is told of: a promise to them was not kept. */
const PROMISES = ['answer', 'redo']

/** Says what one running clock has earned by now, once: an internal line, notices, a flag. False when nothing is new. */
export async function remind(house: House, clock: DeadlineRow): Promise<boolean> {
  if (!JUDGED.includes(clock.kind)) return false
  const now = house.now()
  if (isYoung(clock, now)) return false
  const before = await brokenBefore(house, clock)
  const stage = stageOf(
    { startedAt: clock.startedAt, due: clock.due, brokenBefore: before },
    now,
    house.district.calendar,
  )
  if (stage === 'onTime' || STAGES[stage].no <= clock.stage) return false
  const step = STAGES[stage]
  return house.store.write(async tx => {
    const row = await caseById(tx, clock.caseId)
    if (!row || !isOpen(row.state)) return false
    if (!(await keepStage(tx, clock.id, step.no, stage === 'urged' ? null : now))) return false
    const line = {
      verb: step.verb,
      public: 0,
      byKind: 'clock',
      byId: null,
      unitId: row.holderUnitId,
    } as const
    await addEntry(
      tx,
      row,
      { ...line, fromState: row.state, toState: row.state, body: { text: clock.kind } },
      now,
    )
    await changeCase(
      tx,
      row,
      { entryCount: row.entryCount, ...(stage === 'raised' ? { level: row.level + 1 } : {}) },
      now,
    )
    const office = house.district.units.get(row.holderUnitId)?.name ?? ''
    const body = { code: row.code, office, due: clock.due }
    const late = stage !== 'urged' && PROMISES.includes(clock.kind)
    const cause = `${clock.id}.${step.no}`
    await tell({ house, tx, row, cause, body, now }, [
      ...step.tell,
      ...(late ? (['resident.late'] as const) : []),
    ])
    return true
  }, clock.caseId)
}

/**
 * Three quarters of the office time cannot be gone before about a fifth of the calendar time is, even before the longest
 * holiday: most running clocks are passed over without counting hours.
 */
const isYoung = ({ startedAt, due }: DeadlineRow, now: string) => {
  const from = Date.parse(startedAt)
  return Date.parse(now) - from < (Date.parse(due) - from) * 0.15
}

async function brokenBefore(house: House, clock: DeadlineRow): Promise<number> {
  const row = await house.store.read.sql.get<{ n: number }>(
    'SELECT COUNT(*) AS "n" FROM "Deadline" WHERE "caseId" = ? AND "id" <> ? AND "brokenAt" IS NOT NULL',
    clock.caseId,
    clock.id,
  )
  return Number(row?.n ?? 0)
}
