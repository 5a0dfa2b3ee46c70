import { randomBytes } from 'node:crypto'
import type { District } from '../src/district.ts'
import { factMarks, hashMark, noAt, plainName } from '../src/store/marks.ts'
import { type HouseKeys, houseKeys, keyedHash, seal, sealBytes } from '../src/store/seal.ts'
import { piecesOf } from '../src/store/search.ts'
import { type Chance, chance } from './chance.ts'
import { phoneOf, type Words, wordsOf } from './matters.ts'
import type { Sink, Value } from './sinks.ts'

/** A ledger of so many cases, told as the service writes it: sealed words, orders, clocks, ten lines each, assessments and marks. */
export interface LedgerOf {
  cases: number
  months: number
  /** Ends here; an instant. */
  now: string
  secret: string
  /** Whose hand some of the open cases are in. */
  staff: readonly { id: string; unit: string }[]
}

const DAY = 86_400_000
const VERBS = [
  'open',
  'sign',
  'contact',
  'note',
  'message',
  'add',
  'note',
  'message',
  'answer',
  'rateSolved',
] as const
const OPEN = [
  'received',
  'assigned',
  'working',
  'working',
  'working',
  'answered',
  'answered',
  'redo',
] as const
const BATCH = 5_000

const iso = (at: number) => new Date(at).toISOString()

/** Ids that grow with time, as the service's do. */
function idAt(at: number, n: number): string {
  const time = at.toString(16).padStart(12, '0')
  const tail = n.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}`
}

interface Making {
  of: LedgerOf
  district: District
  keys: HouseKeys
  chance: Chance
  sink: Sink
  ids: number
  serials: Map<string, number>
  figures: Map<string, number[]>
  lastNo: number
}

/** Fills a sink. `told` hears how many cases stand. Returns the figures kept as cases end, by month, unit and category. */
export async function fillLedger(
  of: LedgerOf,
  district: District,
  sink: Sink,
  told: (cases: number) => void,
): Promise<ReadonlyMap<string, number[]>> {
  const making: Making = {
    ...{ of, district, sink, chance: chance(7), keys: houseKeys(of.secret) },
    ...{ ids: 0, serials: new Map(), figures: new Map(), lastNo: 0 },
  }
  const end = Date.parse(of.now)
  const length = of.months * 30.4 * DAY
  const persons = Math.ceil(of.cases / 3)
  for (let n = 0; n < persons; n++) sink.add('Person', [personId(n), 'zh-CN', iso(end - length), iso(end)])
  for (let n = 0; n < of.cases; n++) {
    oneCase(making, Math.floor(end - length + (length * n) / of.cases), persons)
    if (n % BATCH !== BATCH - 1) continue
    await sink.flush()
    told(n + 1)
  }
  await sink.flush()
  return making.figures
}

const personId = (n: number) => idAt(1_600_000_000_000, n)

/** What a case is, before its rows are written. */
interface Told {
  id: string
  at: number
  code: string
  no: number
  kind: string
  state: string
  class: string
  category: string
  who: number
  holderUnitId: string
  holderStaffId: string | null
  communityId: string
  place: { townId: string | null; communityId: string | null; gridId: string | null }
  hidden: boolean
  due: string | null
  closed: number
  closedAt: string | null
}

function oneCase(making: Making, at: number, persons: number) {
  const { of, district, chance, sink, keys } = making
  const told = toldAt(making, at, persons)
  const key = randomBytes(32)
  const words = wordsOf(chance, district, told.category, chance.pick(district.estates).name)
  const phoneHash = keyedHash(keys, 'phone', phoneOf(told.who))
  sink.add('Key', [told.id, sealBytes(keys.wrap, `Key.wrapped.${told.id}`, key), iso(at)])
  sink.add('Case', caseRow(making, told, words, key, phoneHash))
  const point = idAt(at, making.ids++)
  sink.add('Point', [point, told.id, 1, seal(key, `Point.textEnc.${point}`, words.title)])
  const units = orders(making, told)
  lines(making, told, key, Math.min(told.closed, Date.parse(of.now)))
  clocks(making, told)
  if (told.closedAt) assessed(making, { ...told, closedAt: told.closedAt })
  const path = district.units.get(told.holderUnitId)?.path ?? null
  const facts = factMarks({ ...told, ...told.place, asks: 0, path }, units)
  const searched = [
    hashMark('name', keyedHash(keys, 'name', plainName(words.name))),
    hashMark('phone', phoneHash),
    piecesOf(`${words.title}\n${words.text}\n${words.place}`, [words.name]),
  ]
  sink.marks(told.no, [...facts, ...(told.hidden ? [] : searched)].join(' '))
}

function toldAt(making: Making, at: number, persons: number): Told {
  const { of, district } = making
  const { any, pick, skewed } = making.chance
  const end = Date.parse(of.now)
  const gridId = pick(district.grids).code
  const [townId, communityId] = [gridId.slice(0, 9), gridId.slice(0, 12)]
  const kind = any(100) < 94 ? 'grievance' : pick(['gridReport', 'gridReport', 'errand', 'hotline'])
  const hidden = kind === 'hotline' || any(200) === 0
  const closed = at + DAY / 4 + any(12 * DAY)
  const ended = closed < end && any(100) >= 2
  const hand = !ended && any(4) === 0 ? pick(of.staff) : null
  const holder = any(10) < 5 ? townId : any(10) < 5 ? communityId : skewed(district.departments).code
  const no = Math.max(noAt(iso(at)), making.lastNo + 1)
  making.lastNo = no
  return {
    ...{ id: idAt(at, making.ids++), at, code: codeAt(making, at), no, kind, hidden, closed, communityId },
    state: ended ? (any(20) ? 'closed' : pick(['refused', 'withdrawn'])) : pick(OPEN),
    class: any(10) < 8 ? 'general' : any(10) ? 'important' : 'urgent',
    category: skewed(district.categories.filter(({ key }) => key !== 'danger')).key,
    who: any(persons),
    holderUnitId: hand?.unit ?? holder,
    holderStaffId: hand?.id ?? null,
    place: hidden ? { townId: null, communityId: null, gridId: null } : { townId, communityId, gridId },
    due: ended || any(30) === 0 ? null : iso(end - 3 * DAY + any(12 * DAY)),
    closedAt: ended ? iso(closed) : null,
  }
}

function caseRow({ of, chance }: Making, told: Told, words: Words, key: Buffer, phoneHash: string): Value[] {
  const { id, at, due, closedAt, place } = told
  const sealed = (column: string, text: string) => seal(key, `Case.${column}.${id}`, text)
  const news = !closedAt && chance.any(20) === 0 ? iso(Date.parse(of.now) - chance.any(DAY)) : null
  return [
    ...[id, told.code, told.no, told.kind, told.state, told.class, told.category, personId(told.who)],
    ...[told.holderUnitId, told.holderStaffId, place.townId, place.communityId, place.gridId],
    ...[sealed('titleEnc', words.title), sealed('textEnc', words.text), sealed('placeEnc', words.place)],
    ...[sealed('nameEnc', words.name), sealed('phoneEnc', phoneOf(told.who)), phoneHash],
    ...[sealed('dataEnc', '{"queryCode":"123456"}'), told.hidden ? 1 : 0, VERBS.length, phoneHash],
    ...[due, due && 'answer', closedAt, news, iso(at), closedAt ?? iso(at), closedAt],
  ]
}

function clocks(making: Making, { id, at, due, closedAt, state }: Told) {
  const add = (kind: string, until: string, met: string | null, stage: number) =>
    making.sink.add('Deadline', [idAt(at, making.ids++), id, kind, iso(at), until, met, stage])
  add('contact', iso(at + DAY), iso(at + DAY / 8), 0)
  if (due ?? closedAt)
    add(state === 'answered' ? 'callBack' : 'answer', due ?? iso(at + 12 * DAY), closedAt, 3)
}

function codeAt({ district, serials }: Making, at: number): string {
  const day = iso(at + 8 * 3_600_000)
    .slice(0, 10)
    .replaceAll('-', '')
  const serial = (serials.get(day) ?? 0) + 1
  serials.set(day, serial)
  return `${district.prefix}-${day}-${String(serial).padStart(4, '0')}`
}

/** The order it is or was in hand by; every second case has a part with somebody else. Returns the units. */
function orders(making: Making, { id, at, holderUnitId, communityId, closedAt }: Told): string[] {
  const { any, pick } = making.chance
  const signed = at + any(DAY / 3)
  const main = idAt(at, making.ids++)
  const stands = closedAt ? 'done' : any(200) ? 'signed' : 'objected'
  const add = (own: string, parent: string | null, kind: string, unit: string, state: string, from: number) =>
    making.sink.add('Order', [
      own,
      id,
      parent,
      kind,
      unit,
      null,
      state,
      iso(from),
      iso(from + DAY / 24),
      closedAt,
    ])
  add(main, null, holderUnitId.length === 9 ? 'grab' : 'dispatch', holderUnitId, stands, at)
  if (any(2)) return [holderUnitId]
  const unit = any(2) ? communityId : pick(making.district.departments).code
  const part = closedAt ? 'done' : pick(['open', 'signed'])
  add(idAt(at, making.ids++), main, any(2) ? 'split' : 'joint', unit, part, signed)
  return [...new Set([holderUnitId, unit])]
}

const ANSWERED = { result: '已派人处理完毕', facts: '经现场核实情况属实', basis: '物业管理条例' }
const SAID = { text: '已联系，约定上门查看。' }

/** Ten lines from the opening to the end. */
function lines(
  making: Making,
  { id: caseId, at, holderUnitId, closedAt, who }: Told,
  key: Buffer,
  until: number,
) {
  const step = (until - at) / VERBS.length
  for (const [index, named] of VERBS.entries()) {
    const id = idAt(at, making.ids++)
    const verb = !closedAt && index >= 8 ? 'note' : named
    const toState = verb === 'answer' ? 'answered' : verb === 'rateSolved' ? 'closed' : null
    const byResident = verb === 'open' || verb === 'add' || verb === 'rateSolved'
    const by = byResident ? ['resident', personId(who)] : ['staff', null]
    const body = JSON.stringify(verb === 'answer' ? ANSWERED : SAID)
    making.sink.add('Entry', [
      ...[id, caseId, index + 1, verb, index % 3 ? 1 : 0, ...by, holderUnitId, null, toState],
      ...[seal(key, `Entry.bodyEnc.${id}`, body), iso(at + step * index)],
    ])
  }
}

function assessed(making: Making, { id, closedAt, holderUnitId, category }: Told & { closedAt: string }) {
  const yes = () => (making.chance.any(10) < 8 ? 1 : 0)
  const month = iso(Date.parse(closedAt) + 8 * 3_600_000).slice(0, 7)
  const values = [1, yes(), yes(), yes()]
  making.sink.add('Assessment', [
    ...[idAt(Date.parse(closedAt), making.ids++), `${id}#1`, id, holderUnitId, category, month],
    ...[...values, closedAt],
  ])
  const key = `${month} ${holderUnitId} ${category}`
  const sum = making.figures.get(key) ?? [0, 0, 0, 0, 0]
  making.figures.set(key, [sum[0]! + 1, ...values.map((value, n) => sum[n + 1]! + value)])
}
