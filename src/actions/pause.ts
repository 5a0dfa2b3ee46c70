import { calendarOf } from '../district.ts'
import { endOfDay } from '../rules/calendar/day.ts'
import { afterPause, limitOf, PAUSED } from '../rules/cases/deadlines.ts'
import { mayPause } from '../rules/cases/guards.ts'
import { type CaseRow, changeCase } from '../store/cases.ts'
import type { Tx } from '../store/db.ts'
import { type DeadlineRow, deadlinesOf, moveDeadline, pauseDeadlines } from '../store/deadlines.ts'
import type { Doing, Form } from './effects.ts'
import { type House, type Refusal, refused } from './house.ts'

/** 挂起: a matter that cannot be solved now stands still for a reason the resident receives, until a day that is itself a deadline. */

const running = (clock: DeadlineRow) => !clock.metAt && !clock.endedAt
const pausable = (clock: DeadlineRow) => running(clock) && PAUSED.includes(clock.kind)

/** Whether the promise to the resident stands still now. */
export const isPaused = (clocks: readonly DeadlineRow[]): boolean =>
  clocks.some(clock => running(clock) && clock.pausedAt !== null)

/** May the office ask for this pause, may the district grant it? Null when it may. */
export async function guardPause(house: House, tx: Tx, row: CaseRow, form: Form): Promise<Refusal | null> {
  const clocks = await deadlinesOf(tx, row.id)
  const clock = clocks.find(pausable)
  if (!clock) return refused('notFromHere')
  const { settings, zone } = house.district
  const now = house.now()
  const guarded = mayPause({
    petition: settings.profile === 'petition',
    paused: isPaused(clocks),
    pauses: clocks.filter(one => one.kind === 'resume').length,
    most: settings.pauses,
    now,
    due: clock.due,
    resumeBy: form.resumeBy!,
    latest: endOfDay(now, zone, settings.pauseDays),
  })
  return guarded.ok ? null : refused('incomplete', { details: [{ field: 'resumeBy', why: guarded.why }] })
}

/** Only what stands still can go on. */
export async function guardResume(tx: Tx, row: CaseRow): Promise<Refusal | null> {
  return isPaused(await deadlinesOf(tx, row.id)) ? null : refused('notFromHere')
}

/** The clocks of the promise stop; the day it goes on becomes a clock. */
export async function pauseClocks({ tx, row, form, now }: Doing): Promise<Partial<CaseRow>> {
  await pauseDeadlines(tx, row.id, PAUSED, form.resumeBy!, now)
  return {}
}

/** Every clock goes on with the time it had left; the new date of the promise stands in the line of the timeline. */
export async function resumeClocks(doing: Doing): Promise<Partial<CaseRow>> {
  const { tx, district, row, now } = doing
  const calendar = calendarOf(district, row.holderUnitId)
  for (const clock of (await deadlinesOf(tx, row.id)).filter(running)) {
    const { id, kind, due, pausedAt } = clock
    if (!pausedAt) continue
    const limit = limitOf(district.settings.profile, row.class, kind)
    const to = afterPause(calendar, { due, pausedAt }, now, limit)
    await moveDeadline(tx, id, to)
    doing.form = { ...doing.form, newDue: to.due }
  }
  return {}
}

/** Keeps the nearest running clock beside the case, after a clock was moved outside a step. */
export async function keepNearest(tx: Tx, row: CaseRow, now: string): Promise<void> {
  const nearest = (await deadlinesOf(tx, row.id)).find(one => running(one) && !one.pausedAt)
  const dueAt = nearest?.due ?? null
  await changeCase(tx, row, { entryCount: row.entryCount, dueAt, dueKind: nearest?.kind ?? null }, now)
}
