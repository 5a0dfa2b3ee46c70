import { END_STATES } from '../rules/cases/types.ts'
import type { Member } from '../rules/people/may.ts'
import type { StaffRole } from '../rules/people/roles.ts'
import { ASKED, ASKS_MARK, ENDED_MARK, mark, OPEN_MARK } from './marks.ts'
import { bothOf, type Match } from './search.ts'
import type { SqlValue } from './sql.ts'

/** Part of a WHERE with the values for its marks. */
export interface Where {
  sql: string
  values: readonly SqlValue[]
}

/** What the lists are seen with: who looks, when it is, and where today and the next days end. Instants are ISO. */
export interface Looking {
  members: readonly Member[]
  staffId: string
  district: string
  now: string
  todayEnds: string
  soonEnds: string
  /** What says that a case is on this person's desk, where that was found out before. */
  desk?: Where
}

const all: Where = { sql: '1 = 1', values: [] }
const none: Where = { sql: '1 = 0', values: [] }

export const and = (...parts: readonly Where[]): Where => joined(parts, ' AND ')
const or = (...parts: readonly Where[]): Where => (parts.length ? joined(parts, ' OR ') : none)
const joined = (parts: readonly Where[], word: string): Where => ({
  sql: parts.map(part => `(${part.sql})`).join(word),
  values: parts.flatMap(part => part.values),
})

/** What has no end is open; said by its state, the index of open cases would not be known to hold it. */
export const OPEN: Where = { sql: 'c."closedAt" IS NULL', values: [] }
const ENDED: Where = { sql: `c."state" IN (${END_STATES.map(state => `'${state}'`).join(', ')})`, values: [] }

/** Few cases are followed: they are looked up by id. Said by its state, every open case would be walked through. */
const FOLLOWED: Where = {
  sql: 'c."closedAt" IS NULL AND c."id" IN (SELECT f."caseId" FROM "Follow" f)',
  values: [],
}

/** Depth of a unit's way down → the column that says a case lies there. */
const PLACE = ['', '', 'townId', 'communityId', 'gridId']

/** The unit itself and all below it: their ways down begin with its own. */
const holdsIt = ({ unit, path }: Member): Where =>
  or(
    { sql: 'c."holderUnitId" = ?', values: [unit] },
    {
      sql: 'c."holderUnitId" IN (SELECT u."id" FROM "Unit" u WHERE u."path" LIKE ?)',
      values: [`${path}/%`],
    },
  )
/** `few`: of few cases each is asked for its orders; PostgreSQL would first read all orders of the unit, but for the OFFSET. */
const ordered = ({ unit }: Member, few: boolean): Where => ({
  sql: `EXISTS (SELECT 1 FROM "Order" o WHERE o."caseId" = c."id" AND o."unitId" = ?${few ? ' LIMIT 1 OFFSET 0' : ''})`,
  values: [unit],
})
const hasIt = (who: Member, few = false): Where => or(holdsIt(who), ordered(who, few))
function liesHere(who: Member, few = false): Where {
  const column = PLACE[who.path.split('/').length]
  const here: Where = column ? { sql: `c."${column}" = ?`, values: [who.unit] } : none
  return or(here, hasIt(who, few))
}

const everything = () => all
const nothing = () => none

/** The same sentences as `rules/people/may.ts` (`SEES`), said to the database. A test holds the two together. */
const SEES: Readonly<Record<StaffRole, (who: Member, few?: boolean) => Where>> = {
  districtDispatcher: everything,
  districtLeader: everything,
  auditor: everything,
  townClerk: liesHere,
  communityClerk: liesHere,
  gridHead: liesHere,
  gridWorker: liesHere,
  departmentClerk: hasIt,
  panelSecretary: hasIt,
  // What they mediate stands in the queue of mediations, which knows who was recused.
  mediator: nothing,
  careCoordinator: (who, few) => or({ sql: `c."kind" = 'hotline'`, values: [] }, hasIt(who, few)),
  childDirector: nothing,
  administrator: nothing,
}

/** The cases these roles may see; `few` where few are looked at anyway. */
export const visible = (members: readonly Member[], few = false): Where =>
  or(...members.map(who => SEES[who.role](who, few)))

/** A mark no case has. */
const NOBODY = mark('order', '0')

/** Marks one of which each case has that these roles may see; null where they choose no candidates (the district sees all, and marks no case). */
export function visibleMarks(members: readonly Member[]): readonly string[] | null {
  const seeing = members.filter(who => SEES[who.role] !== nothing)
  const unmarked = (who: Member) =>
    !who.path.includes('/') || SEES[who.role] === everything || who.role === 'careCoordinator'
  if (seeing.some(unmarked)) return null
  const any = seeing.flatMap(who => [
    ...(SEES[who.role] === liesHere ? [mark('place', who.unit)] : []),
    ...deskMarks([who]),
  ])
  return any.length ? [...new Set(any)] : [NOBODY]
}

/** Marks one of which each case has that these units hold or have an order on. */
export const deskMarks = (members: readonly Member[]): string[] =>
  members.flatMap(who => [mark('holder', who.unit), mark('order', who.unit)])

/** The same as a match of the search; null where they choose no candidates. */
export function visibleMatch(members: readonly Member[]): Match | null {
  const any = visibleMarks(members)
  return any && { any }
}

const DESK: readonly StaffRole[] = ['districtDispatcher', 'districtLeader', 'auditor']

/** What is on this person's desk: the district desk looks over everything, others over what their unit holds. */
const onDesk = ({ members, desk }: Looking, few = false): Where =>
  desk ?? or(...members.map(who => (DESK.includes(who.role) ? all : hasIt(who, few))))

const mine = ({ staffId }: Looking): Where => ({ sql: 'c."holderStaffId" = ?', values: [staffId] })
const inUnit = ({ members }: Looking): Where =>
  or(...members.map(who => ({ sql: 'c."holderUnitId" = ?', values: [who.unit] })))
const dueFrom = (at: string): Where => ({ sql: 'c."dueAt" >= ?', values: [at] })
const dueUntil = (at: string): Where => ({ sql: 'c."dueAt" < ?', values: [at] })

export interface ListOf {
  key: string
  group: 'mine' | 'time' | 'unit' | 'all'
  /** Drawn in the colour of lateness while it is not empty. */
  hot?: true
  /** Of what it is a part, when not of the open cases alone: of what has ended, of all where a resident brought something new, of what waits for more time. */
  of?: 'ended' | 'news' | 'asks'
  /** Few cases, looked up by the ids another table knows: the open cases need not be walked through. */
  byId?: true
  /** Roles that have this list; all when left out. */
  for?: readonly StaffRole[]
  where(looking: Looking): Where
}

const TOWNS: readonly StaffRole[] = ['townClerk']
const HANDS: readonly StaffRole[] = [
  'communityClerk',
  'gridHead',
  'gridWorker',
  'departmentClerk',
  'panelSecretary',
]
const DISPATCH: readonly StaffRole[] = ['districtDispatcher', 'districtLeader']

/** The lists of the inbox in their order. */
// biome-ignore format: a table
export const LISTS: readonly ListOf[] = [
  { key: 'mine',        group: 'mine',             where: at => and(OPEN, mine(at)) },
  { key: 'residentNew', group: 'mine',  hot: true, of: 'news', where: at => and({ sql: 'c."residentNewAt" IS NOT NULL', values: [] }, onDesk(at, true)) },
  { key: 'overdue',     group: 'time',  hot: true, where: at => and(OPEN, dueUntil(at.now), onDesk(at)) },
  { key: 'today',       group: 'time',             where: at => and(OPEN, dueFrom(at.now), dueUntil(at.todayEnds), onDesk(at)) },
  { key: 'soon',        group: 'time',             where: at => and(OPEN, dueFrom(at.todayEnds), dueUntil(at.soonEnds), onDesk(at)) },
  { key: 'unassigned',  group: 'unit',  hot: true, for: DISPATCH, where: at => and({ sql: `c."state" = 'received' AND c."holderUnitId" = ?`, values: [at.district] }) },
  { key: 'grab',        group: 'unit',  for: TOWNS, where: at => and({ sql: `c."state" = 'received' AND c."grabUntil" > ?`, values: [at.now] }, or(...at.members.map(who => ({ sql: 'c."townId" = ?', values: [who.unit] })))) },
  { key: 'unit',        group: 'unit',             where: at => and(OPEN, inUnit(at)) },
  { key: 'parts',       group: 'unit',  hot: true, for: HANDS, where: at => and(OPEN, or(...at.members.map(who => ({ sql: `c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."unitId" = ? AND o."kind" IN ('split', 'joint') AND o."state" IN ('open', 'signed'))`, values: [who.unit] })))) },
  { key: 'asks',        group: 'unit',  hot: true, of: 'asks', for: DISPATCH, where: () => ({ sql: `c."state" IN ('working', 'redo') AND ${ASKED}`, values: [] }) },
  { key: 'objections',  group: 'unit',  hot: true, byId: true, for: DISPATCH, where: () => and(OPEN, { sql: `c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."state" = 'objected')`, values: [] }) },
  { key: 'returned',    group: 'unit',  hot: true, byId: true, for: DISPATCH, where: () => and(OPEN, { sql: `c."id" IN (SELECT o."caseId" FROM "Order" o WHERE o."kind" = 'return' AND o."state" = 'open')`, values: [] }) },
  { key: 'followed',    group: 'unit',  byId: true,            where: at => and(FOLLOWED, onDesk(at)) },
  { key: 'rating',      group: 'unit',             where: at => and({ sql: `c."state" = 'answered'`, values: [] }, onDesk(at)) },
  { key: 'all',         group: 'all',              where: () => OPEN },
  { key: 'ended',       group: 'all',  of: 'ended', where: () => ENDED },
]

/** The marks that choose the candidates of a list; null where none do, and the index of open cases is walked by deadline. */
export function listMatch(list: ListOf, members: readonly Member[]): Match | null {
  if (list.of === 'news') return null
  const seen = visibleMatch(members)
  if (list.of === 'ended') return bothOf(ENDED_MARK, seen)
  if (list.of === 'asks') return bothOf(ASKS_MARK, seen)
  return seen && bothOf(OPEN_MARK, seen)
}

/** The lists these roles have. */
export const listsFor = (members: readonly Member[]): ListOf[] =>
  LISTS.filter(list => !list.for || members.some(who => list.for!.includes(who.role)))
