import { type CaseClass, type CaseKind, type CaseState, isOpen } from './types.ts'

/**
 * What neighbours have in common: only these categories are offered for following, and may be followed. What people keep to themselves
 * (family, wages, health, money, quarrels with a neighbour) is nobody else's to hear of, not even that it exists. Choice.
 */
const SHARED: readonly string[] = [
  ...['lift', 'property', 'water', 'heating', 'power', 'gas', 'road', 'light'],
  ...['sanitation', 'streetOrder', 'noise', 'pollution', 'traffic', 'parking'],
]

/** Days back in which a neighbour's matter counts as the same. Choice. */
export const ALIKE_DAYS = 14

/** Is it a matter of everybody, as far as its category says? */
export const isShared = (category: string): boolean => SHARED.includes(category)

/** A case as far as following goes. */
export interface CaseToFollow {
  kind: CaseKind
  state: CaseState
  class: CaseClass
  category: string
  /** 1: the complainant is hidden from the unit complained of. */
  hidden: number
}

/** Kinds that lie open to neighbours; hotline, mediation and errands never do. */
const OPEN_KINDS: readonly CaseKind[] = ['grievance', 'gridReport']

/** May neighbours hear of this case at all? Never of an urgent, hidden, private one, nor of an accusation. */
export const isPublic = ({ kind, class: of, category, hidden }: Omit<CaseToFollow, 'state'>): boolean =>
  OPEN_KINDS.includes(kind) && of !== 'urgent' && hidden === 0 && isShared(category)

/** May somebody begin to follow it now? */
export const mayFollow = (at: CaseToFollow): boolean => isPublic(at) && isOpen(at.state)

/** The first instant of the days that count as "the same", before `nowISO`. */
export const alikeSince = (nowISO: string): string =>
  new Date(Date.parse(nowISO) - ALIKE_DAYS * 86_400_000).toISOString()

/** Why two cases cannot be treated as one matter; null when they can. The words are keys of `why.`. */
export function whyNotLinked(own: LinkEnd, main: LinkEnd): LinkWhy | null {
  if (own.id === main.id) return 'sameCase'
  if (!isOpen(main.state)) return 'otherEnded'
  if (!isPublic(own) || !isPublic(main)) return 'notShared'
  if (main.linked) return 'otherLinked'
  if (own.linked) return 'linkedAlready'
  if (own.hasLinked) return 'hasLinked'
  return own.personId !== null && own.personId === main.personId ? 'samePerson' : null
}

/** One of two cases to be linked. */
export interface LinkEnd extends CaseToFollow {
  id: string
  personId: string | null
  /** It is linked to another already. */
  linked: boolean
  /** Others are linked to it. */
  hasLinked: boolean
}

export type LinkWhy =
  | 'sameCase'
  | 'otherEnded'
  | 'notShared'
  | 'otherLinked'
  | 'linkedAlready'
  | 'hasLinked'
  | 'samePerson'
