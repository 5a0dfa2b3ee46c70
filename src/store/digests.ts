import { CASE_STATES, isOpen } from '../rules/cases/types.ts'
import { MEDIATION_STATES } from '../rules/mediation/types.ts'
import type { Reads } from './db.ts'

/** What one unit has before it. `orders` are orders on cases another unit holds. */
export interface UnitCounts {
  unit: string
  today: number
  late: number
  waiting: number
  news: number
  orders: number
}

const listed = (states: readonly string[]) => states.map(state => `'${state}'`).join(', ')
const OPEN_STATES: readonly string[] = [...CASE_STATES, ...MEDIATION_STATES].filter(isOpen)
const OPEN = listed(OPEN_STATES)
const IN_HAND = `c."state" IN (${listed(OPEN_STATES.filter(state => state !== 'answered'))})`
/** The office owes a word. Once it is accepted, a mediation waits for its sides as much as for the panel. */
const WAITS = `c."state" IN ('received', 'assigned', 'working', 'redo', 'applied')`
const STANDS = `EXISTS (SELECT 1 FROM "Deadline" d WHERE d."caseId" = c."id" AND d."kind" = 'resume' AND d."metAt" IS NULL AND d."endedAt" IS NULL)`
const total = (when: string, as: string) => `SUM(CASE WHEN ${when} THEN 1 ELSE 0 END) AS "${as}"`

/** Counts of every unit that has anything to do: due before `todayEnds`, late at `now`, waiting for an answer, new words of residents. */
export async function unitCounts(from: Reads, now: string, todayEnds: string): Promise<UnitCounts[]> {
  const held = await from.sql.all<Omit<UnitCounts, 'orders'>>(
    `SELECT c."holderUnitId" AS "unit", ${total(`${IN_HAND} AND c."dueAt" >= ? AND c."dueAt" < ?`, 'today')},
       ${total(`${IN_HAND} AND c."dueAt" < ?`, 'late')}, ${total(WAITS, 'waiting')}, ${total('c."residentNewAt" IS NOT NULL', 'news')}
     FROM "Case" c WHERE c."state" IN (${OPEN}) GROUP BY c."holderUnitId"`,
    now,
    todayEnds,
    now,
  )
  const ordered = await from.sql.all<{ unit: string; orders: number }>(
    `SELECT o."unitId" AS "unit", COUNT(*) AS "orders" FROM "Order" o JOIN "Case" c ON c."id" = o."caseId"
     WHERE o."state" IN ('open', 'signed') AND o."unitId" <> c."holderUnitId" AND c."state" IN (${OPEN}) GROUP BY o."unitId"`,
  )
  const none = { today: 0, late: 0, waiting: 0, news: 0 }
  const units = new Set([...held, ...ordered].map(({ unit }) => unit))
  return [...units].sort().flatMap(unit => {
    const own = held.find(one => one.unit === unit) ?? none
    const orders = Number(ordered.find(one => one.unit === unit)?.orders ?? 0)
    const counts = {
      today: Number(own.today),
      late: Number(own.late),
      waiting: Number(own.waiting),
      news: Number(own.news),
      orders,
    }
    return Object.values(counts).some(count => count > 0) ? [{ unit, ...counts }] : []
  })
}

/** The district in seven numbers for its leader: what came and went since `since`, what is open, late, raised, or stands still. */
export async function districtCounts(
  from: Reads,
  since: string,
  now: string,
): Promise<Record<string, number>> {
  const row = await from.sql.get<Record<string, number | null>>(
    `SELECT ${total('c."createdAt" >= ?', 'opened')}, ${total('c."closedAt" >= ?', 'closed')},
       ${total(`c."state" IN (${OPEN})`, 'open')}, ${total(`${IN_HAND} AND c."dueAt" < ?`, 'late')},
       ${total(`c."state" IN (${OPEN}) AND c."level" > 0`, 'raised')}, ${total(`c."state" = 'answered'`, 'rating')},
       ${total(`c."state" IN (${OPEN}) AND ${STANDS}`, 'paused')} FROM "Case" c`,
    since,
    since,
    now,
  )
  return Object.fromEntries(Object.entries(row ?? {}).map(([key, value]) => [key, Number(value ?? 0)]))
}
