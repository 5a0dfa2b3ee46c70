import { Temporal } from 'temporal-polyfill'
import { hoursOf, type OpenFrame } from '../calendar/opening.ts'
import type { Calendar } from '../calendar/working-time.ts'

/** A quarter of an hour since the epoch: what one row of the occupancy table stands for. */
export const QUARTER = 15 * 60_000
export const quarterOf = (instant: string): number => Math.floor(Date.parse(instant) / QUARTER)
export const instantOf = (quarter: number): string => new Date(quarter * QUARTER).toISOString()

/** The quarters a meeting takes, first and following. */
export const quartersOf = (startsAt: string, endsAt: string): number[] => {
  const from = quarterOf(startsAt)
  return Array.from({ length: Math.max(0, quarterOf(endsAt) - from) }, (_, n) => from + n)
}

/** A stretch taken: from the first quarter up to, not including, the last. */
export interface Taken {
  from: number
  to: number
}

/** Somebody or something that can be booked, with what is taken of it. */
export interface Bookable {
  id: string
  taken: readonly Taken[]
}

export interface SlotQuestion {
  calendar: Calendar
  /** Hours of the panel, by weekday. */
  hours: readonly { weekdays: readonly number[]; from: string; to: string }[]
  /** Local days, both counted, `YYYY-MM-DD`. */
  fromDay: string
  toDay: string
  /** Nothing before this instant is offered. */
  notBefore: string
  minutes: number
  mediators: readonly Bookable[]
  rooms: readonly Bookable[]
  /** What is taken of each party. */
  parties: readonly (readonly Taken[])[]
}

/** A meeting that could be booked: when, with whom, where (one room is enough). */
export interface Slot {
  startsAt: string
  endsAt: string
  mediators: string[]
  rooms: string[]
}

/** Meetings begin on the half hour. */
const STEP = 2

/**
 * Free slots: the hours of the panel − days off + make-up days − what is taken of mediators, rooms and parties. In order of time.
 */
export function freeSlots(asked: SlotQuestion): Slot[] {
  const length = asked.minutes / 15
  const first = quarterOf(asked.notBefore)
  const starts = days(asked.fromDay, asked.toDay).flatMap(day => startsOf(asked, day, length, first))
  if (starts.length === 0) return []
  const span = { from: starts[0]!, to: starts.at(-1)! + length }
  const people = asked.mediators.map(one => ({ id: one.id, taken: marked(one.taken, span) }))
  const rooms = asked.rooms.map(one => ({ id: one.id, taken: marked(one.taken, span) }))
  const parties = asked.parties.map(taken => marked(taken, span))
  return starts.flatMap(start => {
    const at = start - span.from
    const isFree = (taken: Uint8Array) => !taken.subarray(at, at + length).includes(1)
    if (!parties.every(isFree)) return []
    const free = rooms.filter(room => isFree(room.taken))
    const mediators = free.length > 0 ? people.filter(one => isFree(one.taken)) : []
    if (mediators.length === 0) return []
    return [
      {
        startsAt: instantOf(start),
        endsAt: instantOf(start + length),
        mediators: mediators.map(({ id }) => id),
        rooms: free.map(({ id }) => id),
      },
    ]
  })
}

/** The first quarters of meetings that fit into the hours of a day. */
function startsOf(asked: SlotQuestion, day: string, length: number, first: number): number[] {
  return hoursOn(asked, day).flatMap(([opens, closes]) => {
    const from = Math.ceil(opens / QUARTER)
    const last = Math.floor(closes / QUARTER) - length
    const starts: number[] = []
    for (let start = from; start <= last; start += STEP) if (start > first) starts.push(start)
    return starts
  })
}

const known = new WeakMap<Calendar, WeakMap<object, Map<string, readonly [number, number][]>>>()
/** Days remembered of one panel. */
const MOST_DAYS = 1_000

/** The hours of a panel on a day. The same calendar, hours and day always give the same: what was worked out once is kept a while. */
function hoursOn({ calendar, hours }: SlotQuestion, day: string): readonly [number, number][] {
  const ofCalendar = known.get(calendar) ?? new WeakMap<object, Map<string, readonly [number, number][]>>()
  known.set(calendar, ofCalendar)
  const kept = ofCalendar.get(hours)
  const days = kept && kept.size < MOST_DAYS ? kept : new Map<string, readonly [number, number][]>()
  ofCalendar.set(hours, days)
  const found = days.get(day)
  if (found) return found
  const times: OpenFrame[] = hours.map(frame => ({ ...frame, holidays: 'closed' }))
  const made = hoursOf(calendar, times, day)
  days.set(day, made)
  return made
}

/** What is taken within a span, one byte a quarter. */
function marked(taken: readonly Taken[], span: Taken): Uint8Array {
  const out = new Uint8Array(span.to - span.from)
  for (const { from, to } of taken) {
    const begin = Math.max(from, span.from)
    const end = Math.min(to, span.to)
    if (begin < end) out.fill(1, begin - span.from, end - span.from)
  }
  return out
}

function days(fromDay: string, toDay: string): string[] {
  const out: string[] = []
  const last = Temporal.PlainDate.from(toDay)
  for (
    let day = Temporal.PlainDate.from(fromDay);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    out.push(day.toString())
  return out
}

/** Slots both sides marked; where one side marked nothing, those of the other; where nobody did, all. */
export function suiting(slots: readonly Slot[], marks: readonly (readonly string[])[]): Slot[] {
  const said = marks.filter(list => list.length > 0).map(list => new Set(list))
  return slots.filter(slot => said.every(list => list.has(slot.startsAt)))
}

/** The next three slots after a refusal: those that suit both sides first, else the next at all; three days' mornings are not the aim. */
export function nextThree(slots: readonly Slot[], marks: readonly (readonly string[])[]): Slot[] {
  const best = suiting(slots, marks).slice(0, 3)
  const rest = slots.filter(slot => !best.includes(slot)).slice(0, 3 - best.length)
  return [...best, ...rest].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
}
