import { DUTIES, type Duty, type DutyCounts } from '../rules/grid/duties.ts'
import { daysAround } from '../rules/grid/span.ts'
import type { Tx } from '../store/db.ts'
import { attachFiles, freeFiles } from '../store/files.ts'
import { addGridRecord, countsByGrid, countsOf } from '../store/grid-records.ts'
import { openByPlace, workersByGrid } from '../store/unit-orders.ts'
import { dayOf, type House, type Result, refused } from './house.ts'
import { apply } from './move-case.ts'
import { type Matter, type Opened, openCase } from './open-case.ts'
import type { Who } from './rights.ts'
import { staffInChat } from './staff-chat.ts'
import { gridsOf } from './unit-orders.ts'

/** What a grid worker did, as the talk tells it. */
export interface ToldRecord {
  duty: Duty
  grid: string
  what: string
  where: string
  files: readonly { id: string }[]
  /** A report on work is made of the counts of this span. */
  span?: 'day' | 'week'
}

/**
 * One act of a duty becomes a record of the member's own grid, for the day it is told. Whatever pictures are theirs and free hang on it.
 * Refusals: notLinked, notYourGrid.
 */
export async function keepRecord(
  house: House,
  tx: Tx,
  personId: string,
  told: ToldRecord,
): Promise<Result<{ counts: DutyCounts; grid: string }>> {
  const who = await staffInChat(tx, personId)
  if (!who) return refused('notLinked')
  const grid = gridsOf(house, who).find(({ code }) => code === told.grid)
  if (!grid) return refused('notYourGrid')
  const counts = told.span ? await countsSince(house, tx, who.staffId, told.span) : {}
  await writeRecord(house, tx, { ...told, staffId: who.staffId, personId, counts })
  return { ok: true, counts, grid: grid.name }
}

/** Writes a record for a member whose grid was checked; also used by the demonstration. */
export async function writeRecord(
  house: House,
  tx: Tx,
  told: ToldRecord & { staffId: string; personId: string; counts?: DutyCounts; caseId?: string },
): Promise<void> {
  const now = house.now()
  const { duty, grid, what, where, files, staffId, personId, counts, span, caseId = null } = told
  const words = { what: span ? JSON.stringify({ span, counts }) : what, ...(where ? { where } : {}) }
  const row = { staffId, gridId: grid, duty, onDate: dayOf(house, now), caseId, at: now }
  await addGridRecord(tx, { ...row, words }, id => attachFiles(tx, personId, id, files))
}

async function countsSince(house: House, tx: Tx, staffId: string, span: 'day' | 'week'): Promise<DutyCounts> {
  const days = daysAround(dayOf(house, house.now()))
  return countsOf(tx, staffId, { from: days[span], to: days.day })
}

/** A report of a patrol, as the talk tells it; `settled`: what was done on the spot, with pictures of the result. */
export interface ToldReport
  extends Pick<Matter, 'what' | 'title' | 'category' | 'route' | 'class' | 'points'> {
  place: Matter['place']
  files: readonly { id: string }[]
  grid: string
  duty: Duty
  settled: { result: string; files: readonly { id: string }[] } | null
}

/** What the answer to a matter settled on the spot says beside the worker's own words. */
const FOUND_BY = '网格员巡查时发现，当场处理，附处理后的照片'
const BASIS = '网格员隐患排查职责'

/**
 * 巡查上报: the finding becomes a case of kind `gridReport` whose resident is the reporter, on the same way as every matter. Settled on the
 * spot it is opened in the grid's own hand and answered at once; it stays open to the district's call-back like any answer.
 * A record of the duty goes along. Refusals: notLinked, notYourGrid, photoLost.
 */
export async function fileReport(
  house: House,
  tx: Tx,
  personId: string,
  told: ToldReport,
): Promise<Result<{ opened: Opened }>> {
  const who = await staffInChat(tx, personId)
  if (!who) return refused('notLinked')
  if (!gridsOf(house, who).some(({ code }) => code === told.grid)) return refused('notYourGrid')
  const after = told.settled ? await freeFiles(tx, personId, told.settled.files) : []
  if (told.settled?.files.length && after.length === 0) return refused('photoLost')
  const { grid, duty, settled, files, ...matter } = told
  const opened = await openCase(
    house,
    tx,
    personId,
    {
      ...{ ...matter, files, kind: 'gridReport', name: null, phone: null, hidden: false, noReply: false },
      reporter: { staffId: who.staffId, unit: grid, settled: settled !== null },
    },
    house.now(),
  )
  if (settled) await answerAtOnce(house, tx, who, personId, opened, { ...settled, files: after, grid })
  const { what, place } = told
  const facts = { duty, grid, what, where: place.words, files: [], staffId: who.staffId, personId }
  await writeRecord(house, tx, { ...facts, caseId: opened.row.id })
  return { ok: true, opened }
}

async function answerAtOnce(
  house: House,
  tx: Tx,
  who: Who,
  personId: string,
  { row }: Opened,
  done: { result: string; files: readonly { id: string }[]; grid: string },
): Promise<void> {
  const role = who.members.find(({ unit }) => unit === done.grid)!.role
  const files = await attachFiles(tx, personId, row.id, done.files)
  const ticks = Array.from({ length: MOST_POINTS }, (_, at) => at + 1)
  const form = { result: done.result, facts: FOUND_BY, basis: BASIS, ticks, files }
  const by = { kind: 'staff', id: who.staffId, unit: done.grid, turnOf: personId } as const
  const answered = await apply(house, tx, row, 'answer', role, by, form)
  if (!answered.ok) throw new Error(`a report settled on the spot was not answered: ${answered.why}`)
}

/** Ticks of points that do not exist do nothing. */
const MOST_POINTS = 20

/** How one grid stands: open and late cases, who works there, and this week's records by duty. */
export interface GridView {
  code: string
  name: string
  open: number
  late: number
  workers: number
  counts: DutyCounts
}

/** The view of a grid head, in the chat: one part for each of their grids. Refusals: notLinked, onlyHeads. */
export async function gridViews(
  house: House,
  tx: Tx,
  personId: string,
): Promise<Result<{ grids: GridView[] }>> {
  const who = await staffInChat(tx, personId)
  if (!who) return refused('notLinked')
  const headed = who.members.filter(({ role }) => role === 'gridHead').map(({ unit }) => unit)
  if (headed.length === 0) return refused('onlyHeads')
  const { day, week } = daysAround(dayOf(house, house.now()))
  const grids: GridView[] = []
  for (const { code, name } of gridsOf(house, who).filter(grid => headed.includes(grid.code))) {
    const at = (await openByPlace(tx, 'gridId', code, house.now())).get(code)
    const workers = (await workersByGrid(tx, code)).get(code) ?? 0
    const rows = await countsByGrid(tx, code, { from: week, to: day })
    const counts = Object.fromEntries(rows.map(({ duty, n }) => [duty, n]))
    grids.push({ code, name, open: at?.open ?? 0, late: at?.late ?? 0, workers, counts })
  }
  return { ok: true, grids }
}

/** The duties that were done, in their order. */
export const dutiesDone = (counts: DutyCounts): [Duty, number][] =>
  DUTIES.flatMap(duty => (counts[duty] ? [[duty, counts[duty]] as [Duty, number]] : []))
