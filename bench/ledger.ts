import { randomBytes } from 'node:crypto'
import type { District } from '../src/district.ts'
import { factMarks, hashMark, noAt, plainName } from '../src/store/marks.ts'
import { type HouseKeys, houseKeys, keyedHash, seal, sealBytes } from '../src/store/seal.ts'
import { piecesOf } from '../src/store/search.ts'
import { type Chance, chance } from './chance.ts'
import { wordsOf } from './matters.ts'
import type { Sink } from './sinks.ts'

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

function oneCase(making: Making, at: number, persons: number) {
  const { of, district, chance, sink, keys } = making
  const { any, pick, skewed } = chance
  const end = Date.parse(of.now)
  const grid = pick(district.grids).code
  const [townId, communityId] = [grid.slice(0, 9), grid.slice(0, 12)]
  const kind = any(100) < 94 ? 'grievance' : pick(['gridReport', 'gridReport', 'errand', 'hotline'])
  const hidden = kind === 'hotline' || any(200) === 0 ? 1 : 0
  const category = skewed(district.categories.filter(({ key }) => key !== 'danger')).key
  const cls = any(10) < 8 ? 'general' : any(10) ? 'important' : 'urgent'
  const holder = any(10) < 5 ? townId : any(10) < 5 ? communityId : skewed(district.departments).code
  const closed = at + DAY / 4 + any(12 * DAY)
  const ended = closed < end && any(100) >= 2
  const state = ended ? (any(20) ? 'closed' : pick(['refused', 'withdrawn'])) : pick(OPEN)
  const closedAt = ended ? iso(closed) : null
  const due = ended || any(30) === 0 ? null : iso(end - 3 * DAY + any(12 * DAY))
  const id = idAt(at, making.ids++)
  const code = codeAt(making, at)
  const who = any(persons)
  const phone = `138${String(10_000_000 + ((who * 7_919) % 89_999_999)).padStart(8, '0')}`
  const words = wordsOf(chance, district, category, pick(district.estates).name)
  const key = randomBytes(32)
  const sealed = (column: string, text: string) => seal(key, `Case.${column}.${id}`, text)
  const phoneHash = keyedHash(keys, 'phone', phone)
  const no = Math.max(noAt(iso(at)), making.lastNo + 1)
  making.lastNo = no
  const hand = !ended && any(4) === 0 ? pick(of.staff) : null
  const holderUnitId = hand?.unit ?? holder
  sink.add('Key', [id, sealBytes(keys.wrap, `Key.wrapped.${id}`, key), iso(at)])
  sink.add('Case', [
    ...[id, code, no, kind, state, cls, category, personId(who), holderUnitId, hand?.id ?? null],
    ...(hidden ? [null, null, null] : [townId, communityId, grid]),
    ...[sealed('titleEnc', words.title), sealed('textEnc', words.text), sealed('placeEnc', words.place)],
    ...[sealed('nameEnc', words.name), sealed('phoneEnc', phone), phoneHash],
    ...[sealed('dataEnc', '{"queryCode":"123456"}'), hidden, VERBS.length, phoneHash],
    ...[due, due && 'answer', closedAt, !ended && any(20) === 0 ? iso(end - any(DAY)) : null],
    ...[iso(at), closedAt ?? iso(at), closedAt],
  ])
  const point = idAt(at, making.ids++)
  sink.add('Point', [point, id, 1, seal(key, `Point.textEnc.${point}`, words.title)])
  const units = orders(making, { id, at, holder: holderUnitId, communityId, closedAt })
  lines(making, { id, at, key, holder: holderUnitId, ended, until: Math.min(closed, end), who })
  sink.add('Deadline', [idAt(at, making.ids++), id, 'contact', iso(at), iso(at + DAY), iso(at + DAY / 8), 0])
  if (due || ended)
    sink.add('Deadline', [
      idAt(at, making.ids++),
      id,
      state === 'answered' ? 'callBack' : 'answer',
      iso(at),
      due ?? iso(at + 12 * DAY),
      closedAt,
      3,
    ])
  if (closedAt) assessed(making, { id, closedAt, holder: holderUnitId, category })
  const place = hidden
    ? { townId: null, communityId: null, gridId: null }
    : { townId, communityId, gridId: grid }
  const facts = factMarks(
    {
      code,
      state,
      class: cls,
      category,
      ...place,
      holderUnitId,
      closedAt,
      path: district.units.get(holderUnitId)?.path ?? null,
    },
    units,
  )
  const searched = hidden
    ? []
    : [
        hashMark('name', keyedHash(keys, 'name', plainName(words.name))),
        hashMark('phone', phoneHash),
        piecesOf(`${words.title}\n${words.text}\n${words.place}`, [words.name]),
      ]
  sink.marks(no, [...facts, ...searched].join(' '))
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
function orders(
  making: Making,
  of: { id: string; at: number; holder: string; communityId: string; closedAt: string | null },
): string[] {
  const { any, pick } = making.chance
  const signed = of.at + any(DAY / 3)
  const main = idAt(of.at, making.ids++)
  const stands = of.closedAt ? 'done' : any(200) ? 'signed' : 'objected'
  const add = (id: string, parent: string | null, kind: string, unit: string, state: string, at: number) =>
    making.sink.add('Order', [
      id,
      of.id,
      parent,
      kind,
      unit,
      null,
      state,
      iso(at),
      iso(at + DAY / 24),
      of.closedAt,
    ])
  add(main, null, of.holder.length === 9 ? 'grab' : 'dispatch', of.holder, stands, of.at)
  if (any(2)) return [of.holder]
  const unit = any(2) ? of.communityId : pick(making.district.departments).code
  const part = of.closedAt ? 'done' : pick(['open', 'signed'])
  add(idAt(of.at, making.ids++), main, any(2) ? 'split' : 'joint', unit, part, signed)
  return [...new Set([of.holder, unit])]
}

function lines(
  making: Making,
  of: { id: string; at: number; key: Buffer; holder: string; ended: boolean; until: number; who: number },
) {
  const step = (of.until - of.at) / VERBS.length
  for (const [index, verb] of VERBS.entries()) {
    const id = idAt(of.at, making.ids++)
    const said =
      index === 8
        ? { result: '已派人处理完毕', facts: '经现场核实情况属实', basis: '物业管理条例' }
        : { text: '已联系，约定上门查看。' }
    const last = index === VERBS.length - 1
    const known = !of.ended && index >= 8 ? 'note' : verb
    const toState = known === 'answer' ? 'answered' : last && of.ended ? 'closed' : null
    const byResident = known === 'open' || known === 'add' || known === 'rateSolved'
    making.sink.add('Entry', [
      ...[
        id,
        of.id,
        index + 1,
        known,
        index % 3 ? 1 : 0,
        byResident ? 'resident' : 'staff',
        byResident ? personId(of.who) : null,
        of.holder,
      ],
      ...[
        null,
        toState,
        seal(of.key, `Entry.bodyEnc.${id}`, JSON.stringify(said)),
        iso(of.at + step * index),
      ],
    ])
  }
}

function assessed(making: Making, of: { id: string; closedAt: string; holder: string; category: string }) {
  const yes = () => (making.chance.any(10) < 8 ? 1 : 0)
  const month = iso(Date.parse(of.closedAt) + 8 * 3_600_000).slice(0, 7)
  const values = [1, yes(), yes(), yes()]
  making.sink.add('Assessment', [
    ...[idAt(Date.parse(of.closedAt), making.ids++), `${of.id}#1`, of.id, of.holder, of.category, month],
    ...[...values, of.closedAt],
  ])
  const key = `${month} ${of.holder} ${of.category}`
  const sum = making.figures.get(key) ?? [0, 0, 0, 0, 0]
  making.figures.set(key, [sum[0]! + 1, ...values.map((value, n) => sum[n + 1]! + value)])
}
