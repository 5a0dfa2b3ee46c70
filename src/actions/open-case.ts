import { randomInt } from 'node:crypto'
import { calendarOf } from '../district.ts'
import { caseCode } from '../rules/cases/code.ts'
import { deadlinesFor, type StartedDeadline } from '../rules/cases/deadlines.ts'
import { OPENING } from '../rules/cases/grievance.ts'
import { inOwnHand, type PlaceCodes, type Routed, routeNew, toDesk, townOf } from '../rules/cases/route.ts'
import type { CaseClass, CaseKind } from '../rules/cases/types.ts'
import type { HelpWishes } from '../rules/help.ts'
import { type CaseRow, caseByCode, createCase } from '../store/cases.ts'
import { nextOf } from '../store/counters.ts'
import type { Tx } from '../store/db.ts'
import { startDeadlines } from '../store/deadlines.ts'
import { addEntry } from '../store/entries.ts'
import { attachFiles } from '../store/files.ts'
import { changeOrder, openOrder } from '../store/orders.ts'
import { keepProfile } from '../store/persons.ts'
import { keyedHash } from '../store/seal.ts'
import { dayOf, type House } from './house.ts'
import { keepLesson, type Proposed } from './learning/examples.ts'
import { openFrom } from './office.ts'
import { tell } from './tell.ts'

/** What a resident asks for, read and checked by the talk. Texts are kept to the letter. */
export interface Matter {
  kind: CaseKind
  what: string
  title: string
  category: string
  route: string | null
  class: CaseClass
  points: readonly string[]
  place: PlaceCodes & { words: string; estate?: string }
  name: string | null
  phone: string | null
  files: readonly { id: string }[]
  hidden: boolean
  noReply: boolean
  /** A danger alert stands behind it: the duty holder must acknowledge. */
  danger?: boolean
  /** Code of an earlier matter of the same person which this one follows on. */
  again?: string
  /** The grid worker who reports it, with their grid; `settled`: it stays in the grid's own hand. */
  reporter?: { staffId: string; unit: string; settled: boolean }
  /** What understanding proposed, for a matter a resident told. */
  proposal?: Proposed
  /** A call for help: the unit of its desk, and what the person wishes. */
  help?: { unit: string; wishes: HelpWishes }
}

export interface Opened {
  row: CaseRow
  queryCode: string
  /** The promise the resident is told: by when they are answered at the latest. */
  answerBy: string
  /** By when somebody is in touch. */
  contactBy: string
}

/** An accusation of officials goes to the district alone: no unit of the place it names ever sees it (信访工作条例 30). */
const ACCUSATION = 'accusation'
const withoutPlace = (matter: Matter): Matter => ({
  ...matter,
  hidden: true,
  place: { words: matter.place.words },
})

/** Opens a case with its number, first hand, clocks and first line, in the transaction of the message that asked for it. */
export async function openCase(
  house: House,
  tx: Tx,
  personId: string,
  told: Matter,
  now: string,
): Promise<Opened> {
  const { district } = house
  const matter = told.category === ACCUSATION ? withoutPlace(told) : told
  const own = matter.reporter?.settled ? matter.reporter : undefined
  const routed = own
    ? inOwnHand(own.unit)
    : inOpenHand(
        district,
        matter.help ? toDesk(matter.help.unit) : routeNew(matter.place, matter.class, district.code),
      )
  const clocks = firstClocks(house, matter, routed, now)
  const opened = await newRow(house, tx, personId, matter, routed, clocks, now)
  const { row } = opened
  const order = await openOrder(tx, {
    caseId: row.id,
    parentId: null,
    kind: routed.order,
    unitId: routed.holderUnit,
    staffId: null,
    state: routed.order === 'grab' ? 'offered' : 'open',
    openedAt: now,
    dueAt: opened.answerBy,
  })
  if (own) await changeOrder(tx, order.id, { state: 'signed', staffId: own.staffId, signedAt: now })
  await startDeadlines(tx, row.id, clocks, now)
  const files = await attachFiles(tx, row.personId, row.id, matter.files)
  const again = matter.again ? await linkEarlier(tx, row, matter.again) : null
  const entryId = await firstEntry(tx, row, matter.reporter, files, again, now)
  if (matter.proposal)
    await keepLesson(house, tx, row, matter.proposal, {
      ...{ text: matter.what, place: matter.place.words, estate: matter.place.estate, name: matter.name },
    })
  // A number given with a call for help is for that alone: it is offered nowhere else.
  if (!matter.help) await keepProfile(tx, personId, { name: matter.name, phone: matter.phone })
  // The receipt is the bot's own reply in the talk; the outbox would say it twice.
  // What is settled already asks nobody to take it.
  const unsaid = own ? ['resident.received', 'unit.newCase'] : ['resident.received']
  const notices = OPENING.tell.filter(key => !unsaid.includes(key))
  await tell({ house, tx, row, cause: entryId, body: { code: row.code }, now, turnOf: personId }, notices)
  return opened
}

/** Links a new matter to the closed one it follows on; answers with its code, or null when it is not the same person's. */
async function linkEarlier(tx: Tx, row: CaseRow, code: string): Promise<string | null> {
  const before = await caseByCode(tx, code)
  if (!before || before.personId !== row.personId) return null
  await tx.sql.run('UPDATE "Case" SET "sameAsId" = ? WHERE "id" = ?', before.id, row.id)
  row.sameAsId = before.id
  return before.code
}

async function firstEntry(
  tx: Tx,
  row: CaseRow,
  reporter: Matter['reporter'],
  files: string[],
  again: string | null,
  now: string,
): Promise<string> {
  if (reporter)
    await tx.sql.run('UPDATE "Case" SET "reporterId" = ? WHERE "id" = ?', reporter.staffId, row.id)
  const entry = await addEntry(
    tx,
    row,
    {
      verb: 'open',
      public: 1,
      byKind: reporter ? 'staff' : 'resident',
      byId: reporter?.staffId ?? row.personId,
      unitId: reporter?.unit ?? row.holderUnitId,
      fromState: null,
      toState: row.state,
      body: { unit: row.holderUnitId, ...(files.length ? { files } : {}), ...(again ? { again } : {}) },
    },
    now,
  )
  await tx.sql.run('UPDATE "Case" SET "entryCount" = ? WHERE "id" = ?', row.entryCount, row.id)
  return entry.id
}

function firstClocks(house: House, matter: Matter, routed: Routed, now: string): StartedDeadline[] {
  const { settings } = house.district
  const calendar = calendarOf(house.district, routed.holderUnit)
  const common = { profile: settings.profile, danger: matter.danger === true }
  const opened = deadlinesFor('opened', matter.class, now, calendar, {
    ...common,
    ...(routed.order === 'grab' ? { grabMinutes: settings.grabMinutes } : {}),
  })
  const assigned =
    routed.state === 'assigned' ? deadlinesFor('dispatch', matter.class, now, calendar, common) : []
  return [...opened, ...assigned]
}

/** A unit closed to new cases hands them to the one above it; the district dispatches by hand. */
function inOpenHand(district: House['district'], routed: Routed): Routed {
  const unit = openFrom(district, routed.holderUnit)
  if (unit === routed.holderUnit) return routed
  return unit === district.code ? routeNew({}, 'general', unit) : { ...routed, holderUnit: unit }
}

async function newRow(
  house: House,
  tx: Tx,
  personId: string,
  matter: Matter,
  routed: Routed,
  clocks: readonly StartedDeadline[],
  now: string,
): Promise<Opened> {
  const { prefix, units } = house.district
  const day = dayOf(house, now)
  const serial = await nextOf(tx, `case.${prefix}.${day}`)
  const nearest = [...clocks].sort((a, b) => (a.due < b.due ? -1 : 1))[0]
  const queryCode = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const known = (code: string | undefined) => (code && units.has(code) ? code : null)
  const row = await createCase(tx, {
    code: caseCode(prefix, day, serial),
    kind: matter.kind,
    state: routed.state,
    class: matter.class,
    profile: house.district.settings.profile,
    category: matter.category,
    route: matter.route,
    personId,
    holderUnitId: routed.holderUnit,
    holderStaffId: matter.reporter?.settled ? matter.reporter.staffId : null,
    townId: known(townOf(matter.place)),
    communityId: known(matter.place.communityCode ?? matter.place.gridCode?.slice(0, 12)),
    gridId: known(matter.place.gridCode),
    // Only to count neighbours together: the name itself stands sealed among the words of the place.
    estate: matter.place.estate ? keyedHash(tx.keys, 'estate', matter.place.estate) : null,
    hidden: matter.hidden ? 1 : 0,
    noReply: matter.noReply ? 1 : 0,
    level: 0,
    redoCount: 0,
    dueAt: nearest?.due ?? null,
    dueKind: nearest?.kind ?? null,
    grabUntil: clocks.find(clock => clock.kind === 'grab')?.due ?? null,
    createdAt: now,
    texts: {
      title: matter.title,
      text: matter.what,
      place: matter.place.words,
      name: matter.name,
      phone: matter.phone,
      queryCode,
      ...(matter.help ? { help: matter.help.wishes } : {}),
    },
    points: matter.points,
  })
  const dueOf = (kind: 'answer' | 'contact') => clocks.find(clock => clock.kind === kind)?.due ?? now
  return { row, queryCode, answerBy: dueOf('answer'), contactBy: dueOf('contact') }
}
