import type { CaseClass, CaseKind, Need, Verb } from '../rules/cases/types.ts'
import type { Actor } from '../rules/people/roles.ts'

/** Somebody of the demonstration who writes in. Names are invented, phones lie in a range of test numbers. */
export interface DemoResident {
  name: string
  phone: string
}

/** Words of a step by need; `ticks` are point numbers from 1, `newDue` an ISO instant. */
export type DemoForm = Partial<Record<Exclude<Need, 'ticks'>, string>> & { ticks?: number[] }

/** One step on a case: when, what, by whom (a log-in, `resident` or `clock`), in which role and for which unit. */
export interface DemoEvent {
  at: string
  verb: Verb
  role: Actor
  by: string
  unit: string | null
  form: DemoForm
}

export interface DemoPlace {
  words: string
  townCode?: string
  communityCode?: string
  gridCode?: string
  estate?: string
}

/** A case as it was told, and everything that happened to it until now, in order. */
export interface DemoCase {
  /** ISO instant it was opened. */
  at: string
  /** Index into the residents. */
  resident: number
  kind: CaseKind
  what: string
  title: string
  category: string
  route: string | null
  class: CaseClass
  place: DemoPlace
  points: string[]
  name: string | null
  phone: string | null
  hidden: boolean
  noReply: boolean
  /** Danger kinds where an alert stands behind it. */
  danger?: readonly string[]
  events: DemoEvent[]
}

/** Chances of a run of the generator; every choice comes from the one seeded source. */
export interface Dice {
  /** A number from `low` up to `high`. */
  between(low: number, high: number): number
  /** A whole number from `low` to `high`, both possible. */
  whole(low: number, high: number): number
  chance(of: number): boolean
  pick<T>(from: readonly T[]): T
}

export function dice(random: () => number): Dice {
  const between = (low: number, high: number) => low + random() * (high - low)
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1))
  return {
    between,
    whole,
    chance: of => random() < of,
    pick: from => from[whole(0, from.length - 1)]!,
  }
}
