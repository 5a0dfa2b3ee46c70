import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Changes, changeListeners, noChanges } from './changes.ts'
import type { Client, Store } from './db.ts'
import { PrismaClient } from './generated/postgresql/client.ts'
import { keepMarks } from './marks.ts'
import type { HouseKeys } from './seal.ts'
import { pooledSql, postgresSql, type RawClient } from './sql.ts'

/** The channel on which processes tell each other what a commit touched. */
const CHANNEL = 'huiyin_changes'

/** The ledger on PostgreSQL: as many processes as wanted; live hints cross by LISTEN / NOTIFY. */
export async function openPostgresStore(
  url: string,
  keys: HouseKeys,
  openKeys: Map<string, Buffer>,
  readers: number,
): Promise<Store> {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
  const pool = new pg.Pool({ connectionString: url, types: plainTypes, max: readers })
  // An idle line that breaks is taken out of the pool; the next question opens another.
  pool.on('error', () => undefined)
  const listeners = changeListeners()
  const ears = await listen(url, listeners.tell)
  return {
    kind: 'postgresql',
    read: { db: asClient(client), sql: pooledSql(pool), keys, openKeys },
    keys,
    onChange: listeners.add,
    othersWrote: () => null,
    async write(fn, lock) {
      const changes = noChanges()
      return client.$transaction(
        async tx => {
          const sql = postgresSql(tx as unknown as RawClient)
          if (lock) await sql.all('SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))', lock)
          const own = { db: asClient(tx), sql, keys, openKeys, changes, unmarked: new Set<string>() }
          const value = await fn(own)
          await keepMarks(own, 'postgresql')
          const words = wire(changes)
          if (words) await sql.all('SELECT 1 FROM pg_notify(?, ?)', CHANNEL, words)
          return value
        },
        { maxWait: 30_000, timeout: 30_000 },
      )
    },
    async close() {
      await ears.end()
      await pool.end()
      await client.$disconnect()
    },
  }
}

/** Whole numbers and sums of them as numbers: ours are all small enough. */
const plainTypes = new pg.TypeOverrides()
plainTypes.setTypeParser(pg.types.builtins.INT8, Number)
plainTypes.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** Both clients are made from one schema and have the same shape; TypeScript sees two. */
const asClient = (client: unknown) => client as Client

async function listen(url: string, tell: (changes: Changes) => void): Promise<pg.Client> {
  const ears = new pg.Client({ connectionString: url })
  await ears.connect()
  ears.on('notification', note => tell(read(note.payload ?? '{}')))
  // A broken line is not fatal: fronts fetch again on reconnect, and the next start listens again.
  ears.on('error', () => undefined)
  await ears.query(`LISTEN ${CHANNEL}`)
  return ears
}

/** PostgreSQL lets a payload be 8,000 bytes: a larger change is told as "fetch everything". */
function wire(changes: Changes): string | null {
  const words = JSON.stringify({
    p: [...changes.persons],
    c: [...changes.cases],
    v: [...changes.conversations],
    a: [...changes.alerts],
    l: changes.lists,
    n: changes.notices,
    d: changes.district,
  })
  if (words === '{"p":[],"c":[],"v":[],"a":[],"l":false,"n":false,"d":false}') return null
  return words.length < 7500 ? words : `{"l":true,"n":true,"d":${changes.district}}`
}

function read(payload: string): Changes {
  const { p = [], c = [], v = [], a = [], l = false, n = false, d = false } = JSON.parse(payload)
  return {
    persons: new Set(p),
    cases: new Set(c),
    conversations: new Set(v),
    alerts: new Set(a),
    lists: l,
    notices: n,
    district: d,
  }
}
