import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import type Database from 'better-sqlite3'

/** One SQLite connection with our pragmas, lent to Prisma and to plain statements alike. */
export interface SqliteSide {
  db: Database.Database
  factory: SqlDriverAdapterFactory
}

/**
 * `busy_timeout` comes first: everything after it may have to wait for another process.
 * FULL: an acknowledged message survives a power cut, not only a killed process.
 */
const PRAGMAS = [
  'busy_timeout = 5000',
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'temp_store = MEMORY',
  'cache_size = -16000',
  // A hot page is written back once a checkpoint, however often it changed: 10,000 pages are 40 MB of log.
  'wal_autocheckpoint = 10000',
]

/** `reads` opens the side that never writes: a stray write there is refused by SQLite itself. */
export async function openSqlite(file: string, side: 'reads' | 'writes'): Promise<SqliteSide> {
  const inner = new PrismaBetterSqlite3({ url: `file:${file}` })
  const adapter = await inner.connect()
  const db = (adapter as unknown as { client: Database.Database }).client
  for (const pragma of PRAGMAS) db.pragma(pragma)
  if (side === 'reads') db.pragma('query_only = ON')
  const shared = side === 'writes' ? insideOurTransaction(adapter, db) : adapter
  return {
    db,
    factory: { provider: 'sqlite', adapterName: inner.adapterName, connect: async () => shared },
  }
}

/**
 * The write queue holds the transaction (BEGIN IMMEDIATE … COMMIT) on this connection; when Prisma wants one of its own
 * inside it (a nested write), it gets a savepoint.
 */
function insideOurTransaction(adapter: SqlDriverAdapter, db: Database.Database): SqlDriverAdapter {
  let depth = 0
  const start = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async level => {
    if (!db.inTransaction) return start(level)
    const name = `prisma_${++depth}`
    db.exec(`SAVEPOINT ${name}`)
    const end = (sql: string) => async () => {
      depth--
      db.exec(sql)
    }
    return {
      provider: 'sqlite',
      adapterName: adapter.adapterName,
      options: { usePhantomQuery: true },
      queryRaw: query => adapter.queryRaw(query),
      executeRaw: query => adapter.executeRaw(query),
      commit: end(`RELEASE ${name}`),
      rollback: end(`ROLLBACK TO ${name}; RELEASE ${name}`),
    } satisfies Transaction
  }
  return adapter
}
