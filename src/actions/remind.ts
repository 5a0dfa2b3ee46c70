import { calendarOf } from '../district.ts'
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

/** A clock of one order is told to whoever owes it: the unit of a part, the district for its decisions. */
const ORDER_TELLS: Readonly<
  Record<Exclude<Stage, 'onTime'>, Readonly<Record<'part' | 'district', readonly NoticeKey[]>>>
> = {
  urged: { part: ['unit.partUrged'], district: ['district.supervised'] },
  supervised: {
    part: ['unit.partSupervised', 'unit.supervised', 'district.supervised'],
    district: ['district.raised'],
  },
  raised: {
    part: ['unit.partSupervised', 'unit.supervised', 'district.supervised'],
    district: ['district.raised'],
  },
}
const DECISIONS = ['objection', 'designate']

/** Clocks whose breaking the resident is told of: a promise to them was not kept. */
const PROMISES = ['answer', 'redo']

/** Says what one running clock has earned by now, once: an internal line, notices, a flag. False when nothing is new. */
export async function remind(house: House, clock: DeadlineRow): Promise<boolean> {
  if (!JUDGED.includes(clock.kind)) return false
  const now = house.now()
  if (isYoung(clock, now)) return false
  // Only a promise broken again raises a case; a late part is supervised.
  const before = clock.orderId ? 0 : await brokenBefore(house, clock)
  const owes = await whoOwes(house, clock)
  const holder = await caseById(house.store.read, clock.caseId)
  const calendar = calendarOf(house.district, owes ?? holder?.holderUnitId ?? null)
  const stage = stageOf({ startedAt: clock.startedAt, due: clock.due, brokenBefore: before }, now, calendar)
  if (stage === 'onTime' || STAGES[stage].no <= clock.stage) return false
  const step = STAGES[stage]
  return house.store.write(async tx => {
    const row = await caseById(tx, clock.caseId)
    if (!row || !isOpen(row.state)) return false
    if (!(await keepStage(tx, clock.id, step.no, stage === 'urged' ? null : clock.due))) return false
    const line = {
      verb: step.verb,
      public: 0,
      byKind: 'clock',
      byId: null,
      unitId: owes ?? row.holderUnitId,
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
    const body = { code: row.code, office, due: clock.due, stage: step.no }
    const late = stage !== 'urged' && PROMISES.includes(clock.kind)
    const cause = `${clock.id}.${step.no}`
    const to = owes ? [owes] : []
    await tell({ house, tx, row, cause, body, now, to }, [
      ...(owes ? ORDER_TELLS[stage][DECISIONS.includes(clock.kind) ? 'district' : 'part'] : step.tell),
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

/** The unit that owes what an order's clock asks for; null for a clock of the case itself. */
async function whoOwes(house: House, { orderId, kind }: DeadlineRow): Promise<string | null> {
  if (!orderId) return null
  if (DECISIONS.includes(kind)) return house.district.code
  const order = await house.store.read.sql.get<{ unitId: string }>(
    'SELECT "unitId" FROM "Order" WHERE "id" = ?',
    orderId,
  )
  return order?.unitId ?? null
}

async function brokenBefore(house: House, clock: DeadlineRow): Promise<number> {
  const row = await house.store.read.sql.get<{ n: number }>(
    `SELECT COUNT(*) AS "n" FROM "Deadline" WHERE "caseId" = ? AND "id" <> ? AND "brokenAt" IS NOT NULL AND "kind" IN (${JUDGED.map(() => '?').join(', ')})`,
    clock.caseId,
    clock.id,
    ...JUDGED,
  )
  return Number(row?.n ?? 0)
}
