// The ledger `npm run bench -- inbox` measures: made once into BENCH_DIR and kept. Printed: how long it took, how large it is.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { House } from '../src/actions/house.ts'
import { keepUnits } from '../src/actions/keep-units.ts'
import { hashPassword } from '../src/actions/secrets.ts'
import type { District } from '../src/district.ts'
import type { StaffRole } from '../src/rules/people/roles.ts'
import { openStore } from '../src/store/db.ts'
import { migrate } from '../src/store/migrate.ts'
import { addStaff } from '../src/store/staff.ts'
import { fillLedger } from './ledger.ts'
import { keptPostgres } from './postgres.ts'
import { postgresSink, sqliteSink } from './sinks.ts'

export const NOW = '2026-11-20T03:00:00.000Z'
export const SECRET = 'a secret for the bench, longer than thirty-two characters'
export const PASSWORD = 'a password of the bench'
const MONTHS = 36

export interface Desk {
  login: string
  says: string
  role: StaffRole
  unit: string
}

/** Who is measured: the whole district, a town, a department, a community, a grid, a leader. */
export function desksOf(district: District): Desk[] {
  const town = district.grids[0]!.code.slice(0, 9)
  const desk = (login: string, says: string, role: StaffRole, unit: string): Desk => ({
    login,
    says,
    role,
    unit,
  })
  return [
    desk('dispatcher', 'district dispatcher', 'districtDispatcher', district.code),
    desk('town', 'town clerk', 'townClerk', town),
    desk('department', 'department', 'departmentClerk', district.departments[0]!.code),
    desk('grid', 'grid head', 'gridHead', district.grids[0]!.code),
    desk('leader', 'district leader', 'districtLeader', district.code),
  ]
}

/** The ledger on one database: its address, and how to let go of it. */
export interface Ledger {
  url: string
  size: number
  close(): Promise<void>
}

const say = (line: string) => process.stdout.write(`${line}\n`)

export async function ledgerOn(
  kind: 'sqlite' | 'postgres',
  folder: string,
  cases: number,
  district: District,
): Promise<Ledger> {
  const own = join(folder, kind)
  mkdirSync(own, { recursive: true })
  const done = join(own, `${cases}.done`)
  const postgres = kind === 'postgres' ? await keptPostgres(own) : null
  const name = `inbox${cases}`
  const file = join(own, `${name}.db`)
  const url = postgres ? postgres.url(name) : `file:${file}`
  if (!existsSync(done)) {
    if (postgres) await dropDatabase(postgres.url('postgres'), name)
    else for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    if (postgres) await postgres.create(name)
    const from = performance.now()
    await make(url, own, cases, district)
    writeFileSync(done, `${Math.round((performance.now() - from) / 1000)}`)
  }
  const size = postgres ? await databaseSize(url) : statSync(file).size
  say(
    `${kind}: ${cases} cases, ${cases * 10} entries, ${(size / 2 ** 30).toFixed(2)} GiB, made in ${readFileSync(done, 'utf8')} s (${own})`,
  )
  return { url, size, close: async () => postgres?.stop() }
}

async function make(url: string, folder: string, cases: number, district: District) {
  await migrate(url, resolve('prisma/migrations'), NOW)
  const store = await openStore({ url, secret: SECRET })
  await keepUnits({ store, district, now: () => NOW } as unknown as House)
  const passwordHash = await hashPassword(PASSWORD)
  const staff = []
  for (const { login, role, unit } of desksOf(district)) {
    const given = { login, name: login, roles: [{ role, unitId: unit }], passwordHash, demo: false }
    staff.push({ id: await store.write(tx => addStaff(tx, given, NOW)), unit })
  }
  await store.close()
  const sink = url.startsWith('file:')
    ? sqliteSink(url.slice('file:'.length))
    : await postgresSink(url, join(folder, 'copy'))
  const from = performance.now()
  const figures = await fillLedger(
    { cases, months: MONTHS, now: NOW, secret: SECRET, staff },
    district,
    sink,
    n => {
      if (n % 50_000 === 0) say(`  ${n} cases, ${((performance.now() - from) / 1000).toFixed(0)} s`)
    },
  )
  say('  indexes')
  await sink.close()
  await keepFigures(url, figures)
}

async function keepFigures(url: string, figures: ReadonlyMap<string, number[]>) {
  const store = await openStore({ url, secret: SECRET })
  const rows = [...figures]
  while (rows.length)
    await store.write(async tx => {
      for (const [key, [n = 0, contacted = 0, answered = 0, solved = 0, satisfied = 0]] of rows.splice(
        0,
        500,
      ))
        await tx.sql.run(
          `INSERT INTO "MonthFigure" ("month", "unitId", "category", "ended", "redone", "contacted", "contactedOf", "answered", "answeredOf", "solved", "solvedOf", "satisfied", "satisfiedOf")
           VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[...key.split(' '), n, contacted, n, answered, n, solved, n, satisfied, n],
        )
    })
  await store.close()
}

async function dropDatabase(url: string, name: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS "${name}"`)
  await client.end()
}

async function databaseSize(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('SELECT pg_database_size(current_database()) AS n')
  await client.end()
  return Number(rows[0].n)
}
