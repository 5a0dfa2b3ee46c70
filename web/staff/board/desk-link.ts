import type { RouteLocationRaw } from 'vue-router'
import type { Asked } from './types.ts'

/** What the desk filters by when a number of the board is opened. Nothing in it names a person. */
export interface DeskFilter {
  unit?: string
  place?: string
  category?: string
  owed?: '1'
  dueFrom?: string | null
  dueUntil?: string | null
  since?: string
  until?: string
}

/** The desk with the cases behind a number. */
export function deskLink(filter: DeskFilter): RouteLocationRaw {
  const given = Object.entries(filter).filter(([, value]) => value)
  return { name: 'desk', query: Object.fromEntries(given) }
}

/** What is looked at, for cases held by it. */
export const heldBy = ({ unit, category }: Asked): DeskFilter => ({ unit, category })
