import { END_STATES, isOpen } from '../rules/cases/types.ts'
import type { Member } from '../rules/people/may.ts'
import { OWED_STATES, PLACED, under } from './board.ts'
import { and, OPEN, visible, visibleMatch, type Where } from './inbox.ts'
import type { Sought } from './inbox-find.ts'
import type { Chosen } from './inbox-tables.ts'
import { ENDED_MARK, mark, noAt, OPEN_MARK, REACH } from './marks.ts'
import { bothOf, type Match } from './search.ts'
import type { SqlValue } from './sql.ts'

/** What cases are filtered by, as a number of the board is opened or by hand: all that is given must hold. Instants are ISO. */
export interface InboxFilter {
  /** Way down to the unit that holds it, itself or below. */
  path?: string
  /** Code of the town, community or grid it lies in; what is hidden is in no place. */
  place?: string
  category?: string
  class?: string
  /** Where it stands; `open` and `ended` are all states before and at an end. */
  state?: string
  /** Open and still owed an answer. */
  owed?: boolean
  dueFrom?: string
  dueUntil?: string
  since?: string
  until?: string
}

/** Length of a place's code → its column. */
const PLACES: Readonly<Record<number, string>> = { 9: 'townId', 12: 'communityId', 15: 'gridId' }

const one = (sql: string, value: SqlValue): Where => ({ sql, values: [value] })
const STATES: Readonly<Record<string, Where>> = {
  open: OPEN,
  ended: { sql: `c."state" IN (${END_STATES.map(state => `'${state}'`).join(', ')})`, values: [] },
}

/** The filter as part of a WHERE. */
export function filterWhere(filter: InboxFilter): Where {
  const { path, place, category, state, owed, since, until } = filter
  const column = place && PLACES[place.length]
  const parts: Where[] = [
    ...(path ? [under('c."holderUnitId"', path)] : []),
    ...(place ? [PLACED, column ? one(`c."${column}" = ?`, place) : { sql: '1 = 0', values: [] }] : []),
    ...(category ? [one('c."category" = ?', category)] : []),
    ...(filter.class ? [one('c."class" = ?', filter.class)] : []),
    ...(state ? [STATES[state] ?? one('c."state" = ?', state)] : []),
    ...(owed
      ? [{ sql: `c."state" IN (${OWED_STATES.map(() => '?').join(', ')})`, values: OWED_STATES }]
      : []),
    ...(onlyOpen(filter) ? [STATES.open!] : []),
    ...dueParts(filter),
    ...(since ? [one('c."createdAt" >= ?', since)] : []),
    ...(until ? [one('c."createdAt" < ?', until)] : []),
    { sql: `c."kind" <> 'mediation'`, values: [] },
  ]
  return and(...parts)
}

const dueParts = ({ dueFrom, dueUntil }: InboxFilter, table = 'c'): Where[] => [
  ...(dueFrom ? [one(`${table}."dueAt" >= ?`, dueFrom)] : []),
  ...(dueUntil ? [one(`${table}."dueAt" < ?`, dueUntil)] : []),
]

/** Only what is open can match: what has a deadline, or owes an answer. */
const onlyOpen = ({ state, owed, dueFrom, dueUntil }: InboxFilter): boolean =>
  Boolean(owed || dueFrom || dueUntil || state === 'open' || (state && state !== 'ended' && isOpen(state)))

/** Marks that leave few cases: of a unit, a place, a subject. */
const few = ({ path, place, category }: InboxFilter): (Match | null)[] => [
  // The district stands above everything and marks nothing.
  path?.includes('/') ? mark('holder', path.split('/').at(-1)!) : null,
  place ? mark('place', place) : null,
  category ? mark('category', category) : null,
]

/** Marks that leave many: worth asking where cases are looked through from the newest. */
const many = (filter: InboxFilter): (Match | null)[] => [
  filter.class ? mark('class', filter.class) : null,
  filter.state === 'ended' ? ENDED_MARK : null,
  filter.state && !STATES[filter.state] ? mark('state', filter.state) : null,
  onlyOpen(filter) ? OPEN_MARK : null,
]

/** The cases these people may see that hold what was looked for and what is filtered by. */
export function chosenBy(members: readonly Member[], filter: InboxFilter, sought: Sought | null): Chosen {
  const where = and(filterWhere(filter), visible(members), ...(sought ? [sought.where] : []))
  const narrow = bothOf(sought?.match ?? null, visibleMatch(members), ...few(filter))
  const span = {
    ...(filter.since ? { from: noAt(filter.since) } : {}),
    ...(filter.until ? { until: noAt(filter.until) + REACH } : {}),
  }
  const due = dueParts(filter, 'k')
  const open = { open: true as const, ...(due.length ? { due: and(...due) } : {}) }
  // What is open is listed by deadline: few cases, chosen by marks or walked along their own index.
  if (!sought && onlyOpen(filter))
    return { where, match: narrow && bothOf(narrow, OPEN_MARK), order: 'due', ...open }
  return {
    where,
    match: bothOf(narrow, ...many(filter)),
    order: 'newest',
    ...(onlyOpen(filter) ? open : {}),
    ...span,
  }
}
