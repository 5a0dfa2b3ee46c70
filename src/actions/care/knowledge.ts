import { addDays } from '../../rules/care/dates.ts'
import { mondayOf, topicOf } from '../../rules/care/knowledge.ts'
import { mayRemind } from '../../rules/care/reminders.ts'
import {
  type KnowledgeRow,
  keepKnowledgeWish,
  keepWeek,
  knowledgeReaders,
  knowledgeWish,
  weekOf,
  weekSent,
  weeksBetween,
} from '../../store/care/knowledge.ts'
import { volunteerOfPerson } from '../../store/care/volunteers.ts'
import type { Reads, Tx } from '../../store/db.ts'
import { dayOf, type House, type Result, refused } from '../house.ts'
import type { Who } from '../rights.ts'
import { tellPerson } from './say.ts'

/** A week of the calendar: as somebody wrote it, else the district's topic of the season. */
export interface KnowledgeWeek extends KnowledgeRow {
  law: string
}

/** The week a Monday begins, written or not. */
function weekAt(house: House, monday: string, written: KnowledgeRow | undefined): KnowledgeWeek {
  const { title, text, law } = topicOf(house.district.knowledge, monday)
  const blank = { editedById: null, approvedById: null, approvedAt: null, sentAt: null }
  return { ...(written ?? { week: monday, title, text, state: 'draft', ...blank }), law }
}

/** Weeks from some before this one to some after it. */
export async function knowledgeWeeks(
  house: House,
  from: Reads,
  { before, after }: { before: number; after: number },
): Promise<KnowledgeWeek[]> {
  const now = mondayOf(dayOf(house, house.now()))
  const weeks = Array.from({ length: before + after + 1 }, (_, at) => addDays(now, (at - before) * 7))
  const written = new Map((await weeksBetween(from, weeks[0]!, weeks.at(-1)!)).map(row => [row.week, row]))
  return weeks.map(monday => weekAt(house, monday, written.get(monday)))
}

const coordinates = (who: Who) => who.members.some(({ role }) => role === 'careCoordinator')

/** Weeks ahead that may be written: a year. */
const AHEAD = 366

/** A week that may still be changed. Refusals: notYours (who coordinates nothing), notFound (no Monday, or past), weekSent. */
async function openWeek(
  house: House,
  tx: Tx,
  who: Who,
  week: string,
): Promise<Result<{ row: KnowledgeWeek }>> {
  if (!coordinates(who)) return refused('notYours')
  const today = dayOf(house, house.now())
  if (mondayOf(week) !== week || week < mondayOf(today) || week > addDays(today, AHEAD))
    return refused('notFound')
  const row = weekAt(house, week, (await weekOf(tx, week)) ?? undefined)
  return row.state === 'sent' ? refused('weekSent') : { ok: true, row }
}

/** Writes what a week says; it must be approved (again) before it goes out. Refusals: as `openWeek`. */
export function writeWeek(
  house: House,
  who: Who,
  week: string,
  given: { title: string; text: string },
): Promise<Result<object>> {
  return house.store.write(async tx => {
    const open = await openWeek(house, tx, who, week)
    if (!open.ok) return open
    const fresh = { state: 'draft', approvedById: null, approvedAt: null } as const
    await keepWeek(tx, { week, ...given, ...fresh, editedById: who.staffId })
    return { ok: true }
  }, week)
}

/** Lets a week go out on its Monday (at once when that is past), or (`on` false) takes that back. Refusals: as `openWeek`. */
export function approveWeek(house: House, who: Who, week: string, on: boolean): Promise<Result<object>> {
  return house.store.write(async tx => {
    const open = await openWeek(house, tx, who, week)
    if (!open.ok) return open
    const { title, text, editedById } = open.row
    const approval = on
      ? { state: 'approved' as const, approvedById: who.staffId, approvedAt: house.now() }
      : { state: 'draft' as const, approvedById: null, approvedAt: null }
    await keepWeek(tx, { week, title, text, editedById, ...approval })
    return { ok: true }
  }, week)
}

/** The hour of Monday from which it is told. */
const FROM_HOUR = 9

/**
 * Tells the approved piece of this week to volunteers and whoever asked for it, once each: who has its row in the outbox is passed over,
 * so a run that was killed goes on where it stopped. Nothing between 21:00 and 08:00, and on Monday not before nine. Returns how many were told.
 */
export async function tellKnowledge(house: House): Promise<number> {
  const now = house.now()
  if (!mayRemind(now, house.district.zone)) return 0
  const today = dayOf(house, now)
  const week = mondayOf(today)
  if (today === week && hourOf(house, now) < FROM_HOUR) return 0
  const row = await weekOf(house.store.read, week)
  if (row?.state !== 'approved') return 0
  let told = 0
  for (const personId of await knowledgeReaders(house.store.read))
    if (await house.store.write(tx => tellOne(house, tx, personId, row, now), personId)) told++
  await house.store.write(tx => weekSent(tx, week, now), week)
  return told
}

async function tellOne(house: House, tx: Tx, personId: string, row: KnowledgeRow, now: string) {
  const known = await tx.sql.get(
    `SELECT 1 AS "n" FROM "Notice" WHERE "notice" = 'volunteer.knowledge' AND "recipient" = ? AND "cause" = ?`,
    `person:${personId}`,
    row.week,
  )
  if (known) return false
  const body = { title: row.title, text: row.text }
  await tellPerson(house, tx, 'volunteer.knowledge', personId, { cause: row.week, body, now })
  return true
}

const hourOf = ({ district }: House, now: string): number =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: district.zone, hour: '2-digit', hourCycle: 'h23' }).format(
      Date.parse(now),
    ),
  )

/** Whether a person receives it: as they said, else volunteers do and others do not. */
export async function receivesKnowledge(from: Reads, personId: string): Promise<boolean> {
  return (await knowledgeWish(from, personId)) ?? (await volunteerOfPerson(from, personId)) !== null
}

/** "不再收知识" and back again; kept as a consent, so that it stands in what a person may see of their data. */
export async function wishKnowledge(house: House, tx: Tx, personId: string, on: boolean): Promise<void> {
  const { version } = house.district.privacy
  await keepKnowledgeWish(tx, personId, { version, on }, house.now())
}
