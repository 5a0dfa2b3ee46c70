import type { Slot } from '../../../wire/mediation.ts'
import { parts, ZONE } from '../dates.ts'
import type { Language } from '../shapes.ts'

/** `2026-11-09` in the district. */
const localDay = (iso: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date(iso))

/** `09:00` in the district. */
export const hour = (iso: string): string => parts(new Date(iso), 'zh-CN').time

/** `11月9日 星期一`, `Mon 9 Nov`, whatever the day; of an instant or a bare `YYYY-MM-DD`. */
export function wholeDay(at: string, language: Language): string {
  const { day, weekday } = parts(new Date(at.length === 10 ? `${at}T12:00:00+08:00` : at), language)
  return language === 'zh-CN' ? `${day} ${weekday}` : `${weekday} ${day}`
}

/** Free slots by the day of the district. */
export interface Day {
  /** `YYYY-MM-DD`. */
  date: string
  slots: Slot[]
}

/** The days that have a free slot, in order. */
export function byDay(slots: readonly Slot[]): Day[] {
  const days = new Map<string, Slot[]>()
  for (const slot of slots) {
    const date = localDay(slot.startsAt)
    days.set(date, [...(days.get(date) ?? []), slot])
  }
  return [...days].map(([date, list]) => ({ date, slots: list }))
}

/** `09:00–10:30`. */
export const span = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string =>
  `${hour(startsAt)}–${hour(endsAt)}`

/** The day so many days after `date`. */
export const daysAfter = (date: string, n: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)

/** Milliseconds a slot is held for the side that chose it. */
export const HELD_FOR = 5 * 60_000

/**
 * Milliseconds left of a hold. A clock of the phone that cannot be right (the hold over, or longer than holds are) counts as a
 * fresh hold: the service alone decides.
 */
export function leftOf(until: string, now: number): number {
  const left = Date.parse(until) - now
  return left > 0 && left <= HELD_FOR ? left : HELD_FOR
}

/** `1:58` of hours and minutes, rounded up to the minute; a clock of the phone that cannot be right counts as the whole of two hours. */
export function hoursLeft(until: string, now: number): { hours: number; minutes: number } {
  const gap = Date.parse(until) - now
  const left = gap > 0 && gap <= OFFERED_FOR ? gap : OFFERED_FOR
  const whole = Math.ceil(left / 60_000)
  return { hours: Math.floor(whole / 60), minutes: whole % 60 }
}
/** Milliseconds a freed place is offered to one. */
const OFFERED_FOR = 2 * 3_600_000

/** `4:05`. */
export const minutes = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
