// `npm run bench board`: the figures of the board over a ledger of so many cases, generated once into DATA (a folder, kept). Straight rows
// without words: only what the board reads is there. BOARD_CASES (1,000,000), BOARD_MONTHS (36), BENCH_DATA (a folder).
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { loadDistrict } from '../src/district.ts'
import { monthBefore, monthSpan, monthsUpTo, weeksUpTo } from '../src/rules/board/months.ts'
import { breaksNext, gridLoads, openByDue, receivedAt, receivedBy, receivedIn } from '../src/store/board.ts'
import { handsIn, passedIn } from '../src/store/board-flow.ts'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { figureLines, figureMonths } from '../src/store/month-figures.ts'

const CASES = Number(process.env.BOARD_CASES ?? 1_000_000)
const MONTHS = Number(process.env.BOARD_MONTHS ?? 36)
const folder = process.env.BENCH_DATA ?? join(tmpdir(), 'huiyin-bench-board')
const file = join(folder, `board-${CASES}.db`)
const NOW = '2026-11-20T03:00:00.000Z'
const district = loadDistrict(resolve('config/hongshan'))
const say = (line: string) => process.stdout.write(`${line}\n`)

let seed = 1
/** A number below `n`; the same run after run. */
const any = (n: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * n)
}
const pick = <T>(of: readonly T[]): T => of[any(of.length)]!
const iso = (at: number) => new Date(at).toISOString()

const ADD = {
  unit: 'INSERT OR IGNORE INTO "Unit" ("id", "kind", "name", "parentId", "path") VALUES (?, ?, ?, ?, ?)',
  case: `INSERT INTO "Case" ("id", "code", "kind", "state", "class", "category", "holderUnitId", "townId", "communityId", "gridId", "titleEnc", "textEnc",
    "queryHash", "dueAt", "dueKind", "createdAt", "updatedAt", "closedAt") VALUES (?, ?, 'grievance', ?, 'general', ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?)`,
  order: `INSERT INTO "Order" ("id", "caseId", "parentId", "kind", "unitId", "state", "openedAt", "signedAt", "doneAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  figure: `INSERT INTO "MonthFigure" VALUES (?, ?, ?, 1, 0, 1, 1, ?, 1, ?, 1, ?, 1) ON CONFLICT DO UPDATE SET "ended" = "ended" + 1, "contacted" = "contacted" + 1,
    "contactedOf" = "contactedOf" + 1, "answered" = "answered" + excluded."answered", "answeredOf" = "answeredOf" + 1, "solved" = "solved" + excluded."solved",
    "solvedOf" = "solvedOf" + 1, "satisfied" = "satisfied" + excluded."satisfied", "satisfiedOf" = "satisfiedOf" + 1`,
} as const

const grids = district.grids.map(({ code }) => code)
const departments = district.departments.map(({ code }) => code)
const categories = district.categories.map(({ key }) => key)
const WORDS = Buffer.alloc(420, 7)
const END = Date.parse(NOW)
const LENGTH = MONTHS * 30.4 * 86_400_000

function fill(db: Database.Database) {
  const add = Object.fromEntries(Object.entries(ADD).map(([name, sql]) => [name, db.prepare(sql)])) as Record<
    keyof typeof ADD,
    Database.Statement
  >
  for (const unit of district.units.values())
    add.unit.run(unit.code, unit.kind, unit.name, unit.parent, unit.path)
  db.exec('BEGIN')
  for (let i = 0; i < CASES; i++) {
    addCase(add, i)
    if (i % 100_000 === 99_999) db.exec('COMMIT; BEGIN')
  }
  db.exec('COMMIT')
}

/** One case with its orders: three of a hundred are open, every second has a part with somebody else. */
function addCase(add: Record<keyof typeof ADD, Database.Statement>, i: number) {
  const at = END - LENGTH + (LENGTH * i) / CASES
  const grid = pick(grids)
  const [town, community] = [grid.slice(0, 9), grid.slice(0, 12)]
  const holder = any(10) < 7 ? town : pick(departments)
  const closed = at + any(12 * 86_400_000)
  const ended = any(100) >= 3 && closed < END
  const doneAt = ended ? iso(closed) : null
  const id = `case-${String(i).padStart(9, '0')}`
  const category = pick(categories)
  const due = ended ? null : iso(END - 3 * 86_400_000 + any(12 * 86_400_000))
  const state = ended ? 'closed' : pick(['received', 'assigned', 'working', 'answered'])
  add.case.run(
    ...[id, `HS-${i}`, state, category, holder, town, community, grid, WORDS, WORDS],
    ...[due, due && 'answer', iso(at), iso(at), doneAt],
  )
  const signed = at + any(8 * 3_600_000)
  const kind = holder === town ? 'grab' : 'dispatch'
  const stands = ended ? 'done' : 'signed'
  add.order.run(`${id}-o`, id, null, kind, holder, stands, iso(at), iso(signed), doneAt)
  if (any(2)) {
    const [part, unit] = any(2) ? ['split', community] : ['joint', pick(departments)]
    const taken = iso(signed + 3_600_000)
    add.order.run(`${id}-p`, id, `${id}-o`, part, unit, stands, iso(signed), taken, doneAt)
  }
  if (!doneAt) return
  const chance = () => (any(10) < 8 ? 1 : 0)
  add.figure.run(doneAt.slice(0, 7), holder, category, chance(), chance(), chance())
}

async function timed(name: string, run: () => Promise<unknown>) {
  const times: number[] = []
  for (let round = 0; round < 7; round++) {
    const from = performance.now()
    await run()
    times.push(performance.now() - from)
  }
  const [first] = times
  times.sort((a, b) => a - b)
  say(`  ${name.padEnd(46)} first ${first!.toFixed(0)} ms, median ${times[3]!.toFixed(0)} ms`)
}

mkdirSync(folder, { recursive: true })
const url = `file:${file}`
if (!existsSync(file)) {
  const from = performance.now()
  await migrate(url, 'prisma/migrations', NOW)
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  fill(db)
  db.close()
  say(`${CASES} cases generated in ${((performance.now() - from) / 1000).toFixed(0)} s`)
}
const store = await openStore({ url, secret: 'a secret for the bench, longer than thirty-two characters' })
const town = [...district.units.values()].find(unit => unit.kind === 'town')!
const month = '2026-10'
const span = monthSpan(month, district.zone)
const now = { from: monthBefore(month, 12), to: month }
for (const [name, scope] of [
  ['district', { path: null, townId: null, category: null }],
  ['one town', { path: town.path, townId: town.code, category: null }],
  ['one category', { path: null, townId: null, category: 'heating' }],
] as const) {
  say(name)
  const { read } = store
  await timed('promises: 13 months', () => figureMonths(read, { ...scope, ...now }))
  await timed('promises: lines of two months', () =>
    figureLines(read, { ...scope, from: monthBefore(month), to: month }),
  )
  await timed('received: 13 months', async () => {
    for (const one of monthsUpTo(month, 13)) await receivedIn(read, monthSpan(one, district.zone), scope)
  })
  await timed('received by category', () => receivedBy(read, span, scope))
  await timed('open by hours left', () => openByDue(read, NOW, scope))
  await timed('breaks next', () => breaksNext(read, scope, 12))
  await timed('passed on in a month', () => passedIn(read, span, scope))
  await timed('time in each hand', () => handsIn(read, span, scope))
  await timed('places in eight weeks', async () => {
    for (const week of weeksUpTo('2026-11-20', 8, district.zone)) await receivedAt(read, week, scope)
  })
  await timed('loads of grids', () => gridLoads(read, NOW, span, scope))
}
await store.close()
