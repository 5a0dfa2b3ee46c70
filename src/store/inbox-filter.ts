import { OWED_STATES, PLACED, under } from './board.ts'
import { and, type Where } from './inbox.ts'
import type { SqlValue } from './sql.ts'

/** What cases are filtered by, as a number of the board is opened: all that is given must hold. Instants are ISO. */
export interface InboxFilter {
  /** Way down to the unit that holds it, itself or below. */
  path?: string
  /** Code of the town, community or grid it lies in; what is hidden is in no place. */
  place?: string
  category?: string
  class?: string
  /** Open and still owed an answer. */
  owed?: boolean
  dueFrom?: string
  dueUntil?: string
  since?: string
  until?: string
}

/** Length of a place's code → its column. */
const PLACES: Readonly<Record<number, string>> = { 9: 'townId', 12: 'communityId', 15: 'gridId' }

/** The filter as part of a WHERE. */
export function filterWhere(filter: InboxFilter): Where {
  const one = (sql: string, value: SqlValue): Where => ({ sql, values: [value] })
  const { path, place, category, owed, dueFrom, dueUntil, since, until } = filter
  const column = place && PLACES[place.length]
  const parts: Where[] = [
    ...(path ? [under('c."holderUnitId"', path)] : []),
    ...(place ? [PLACED, column ? one(`c."${column}" = ?`, place) : { sql: '1 = 0', values: [] }] : []),
    ...(category ? [one('c."category" = ?', category)] : []),
    ...(filter.class ? [one('c."class" = ?', filter.class)] : []),
    ...(owed
      ? [{ sql: `c."state" IN (${OWED_STATES.map(() => '?').join(', ')})`, values: OWED_STATES }]
      : []),
    ...(dueFrom ? [one('c."dueAt" >= ?', dueFrom)] : []),
    ...(dueUntil ? [one('c."dueAt" < ?', dueUntil)] : []),
    ...(since ? [one('c."createdAt" >= ?', since)] : []),
    ...(until ? [one('c."createdAt" < ?', until)] : []),
    { sql: `c."kind" <> 'mediation'`, values: [] },
  ]
  return and(...parts)
}
