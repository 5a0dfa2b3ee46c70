import { type Changes, changeListeners } from './changes.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { type HouseKeys, houseKeys } from './seal.ts'
import { type Sql, sqliteSql } from './sql.ts'
import { openSqlite } from './sqlite.ts'
import { writeQueue } from './write-queue.ts'

/** What Prisma offers inside a transaction or for reading. */
export type Client = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>

/** A job that may be run `again` changes nothing but the ledger, and holds nothing of its first run: then it needs no savepoint. */
export type Runs = 'once' | 'again'

/** One transaction, or one part of a shared one: everything in it happens or nothing does. */
export interface Tx {
  db: Client
  sql: Sql
  keys: HouseKeys
  changes: Changes
  /** Ids of cases whose marks (`marks.ts`) are written anew before the commit. */
  unmarked: Set<string>
  /** Unwrapped data keys by owner id, shared by the whole store. */
  openKeys: Map<string, Buffer>
}

/** The reading side: sees what is committed. */
export type Reads = Pick<Tx, 'db' | 'sql' | 'keys' | 'openKeys'>

export interface Store {
  kind: 'sqlite' | 'postgresql'
  read: Reads
  /**
   * Runs `fn` in a transaction. On SQLite jobs that wait together share one commit; one that fails takes nothing of the others along
   * (`write-queue.ts`), and the answer comes after the commit. On PostgreSQL `lock` (a person's or case's id) orders those who touch
   * the same thing. `runs` says whether `fn` may be run a second time, its first run undone; most are written to be run once.
   */
  write<T>(fn: (tx: Tx) => Promise<T>, lock?: string, runs?: Runs): Promise<T>
  /** Called after each commit with what it touched. Returns the way to stop listening. */
  onChange(listen: (changes: Changes) => void): () => void
  keys: HouseKeys
  /** A number that moves when another process has written (SQLite); null where such changes are heard by `onChange`. */
  othersWrote(): number | null
  close(): Promise<void>
}

export interface StoreOptions {
  /** `file:/path/to.db` or `postgresql://…`. */
  url: string
  /** SECRET_KEY: at least 32 characters. */
  secret: string
  /** How many waiting jobs may share one commit; 1 switches group commit off. */
  group?: number
  /** On PostgreSQL: lines for reading, beside those that write. A few more than can work at once, for each keeps its own view of the memory. */
  readers?: number
}

/** Enough for two cores. */
const READERS = 5

export { newId } from './chance.ts'
export type { Changes } from './changes.ts'
export { turnOfTheLoop } from './write-queue.ts'

/** Opens the ledger. Migrations are applied by `migrate` before. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const keys = houseKeys(options.secret)
  const openKeys = new Map<string, Buffer>()
  if (!options.url.startsWith('file:')) {
    const { openPostgresStore } = await import('./postgres.ts')
    return openPostgresStore(options.url, keys, openKeys, options.readers ?? READERS)
  }
  const file = options.url.slice('file:'.length)
  const writes = await openSqlite(file, 'writes')
  const reads = await openSqlite(file, 'reads')
  const writer = new PrismaClient({ adapter: writes.factory })
  const reader = new PrismaClient({ adapter: reads.factory })
  const listeners = changeListeners()
  const shared = { db: writer, sql: sqliteSql(writes.db), keys, openKeys }
  return {
    kind: 'sqlite',
    read: { db: reader, sql: sqliteSql(reads.db), keys, openKeys },
    write: writeQueue(writes.db, shared, options.group ?? 64, listeners.tell),
    onChange: listeners.add,
    keys,
    // Asked on the writing connection: there only commits of other connections move it, and ours has no other writer.
    othersWrote: () => Number(writes.db.pragma('data_version', { simple: true })),
    async close() {
      await writer.$disconnect()
      await reader.$disconnect()
      writes.db.close()
      reads.db.close()
    },
  }
}
