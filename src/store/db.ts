import type Database from 'better-sqlite3'
import { PrismaClient } from './generated/sqlite/client.ts'
import { keepMarks } from './marks.ts'
import { type HouseKeys, houseKeys } from './seal.ts'
import { type Sql, sqliteSql } from './sql.ts'
import { openSqlite } from './sqlite.ts'

/** What Prisma offers inside a transaction or for reading. */
export type Client = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>

/** What a change touched: told to those who look on, after the commit and never before. */
export interface Changes {
  persons: Set<string>
  cases: Set<string>
  lists: boolean
  conversations: Set<string>
  alerts: Set<string>
  notices: boolean
  /** The district's books were changed: every process reads them anew. */
  district: boolean
}

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
   * Runs `fn` in a transaction. On SQLite jobs that wait together share one commit, each behind its own savepoint, so one that fails
   * takes nothing of the others along; the answer comes after the commit. On PostgreSQL `lock` (a person's or case's id)
   * orders those who touch the same thing.
   */
  write<T>(fn: (tx: Tx) => Promise<T>, lock?: string): Promise<T>
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

export const noChanges = (): Changes => ({
  persons: new Set(),
  cases: new Set(),
  lists: false,
  conversations: new Set(),
  alerts: new Set(),
  notices: false,
  district: false,
})

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

export function changeListeners() {
  const all = new Set<(changes: Changes) => void>()
  return {
    add(listen: (changes: Changes) => void) {
      all.add(listen)
      return () => void all.delete(listen)
    },
    tell(changes: Changes) {
      for (const listen of all) listen(changes)
    },
  }
}

/** What all jobs of a process share. */
type Shared = Omit<Tx, 'changes' | 'unmarked'>

interface Job {
  fn: (tx: Tx) => Promise<unknown>
  done: (value: unknown) => void
  failed: (fault: unknown) => void
}

interface Outcome {
  job: Job
  value?: unknown
  fault?: unknown
  changes?: Changes
}

/** The one queue of writes of this process. */
function writeQueue(
  db: Database.Database,
  shared: Shared,
  group: number,
  tell: (changes: Changes) => void,
): Store['write'] {
  const waiting: Job[] = []
  const frame = frameOf(db)
  let running = false

  async function drain() {
    while (waiting.length > 0) settle(await together(db, frame, shared, waiting, group), tell)
    running = false
  }

  return <T>(fn: (tx: Tx) => Promise<T>) =>
    new Promise<T>((done, failed) => {
      waiting.push({ fn, done: done as (value: unknown) => void, failed })
      if (running) return
      running = true
      // One turn later: the messages that arrived in this turn of the event loop share a commit.
      setImmediate(() => void drain())
    })
}

/** The few words that frame every write, prepared once: parsing them anew cost a tenth of a turn. */
interface Frame {
  begin(): void
  commit(): void
  mark(): void
  keep(): void
  undo(): void
}

function frameOf(db: Database.Database): Frame {
  const word = (sql: string) => {
    const statement = db.prepare(sql)
    return () => void statement.run()
  }
  const back = word('ROLLBACK TO job')
  const keep = word('RELEASE job')
  return {
    begin: word('BEGIN IMMEDIATE'),
    commit: word('COMMIT'),
    mark: word('SAVEPOINT job'),
    keep,
    undo() {
      back()
      keep()
    },
  }
}

/** A shared commit waits no longer than this for those who come while it is open. Milliseconds. */
const OPEN_FOR = 25
/** After this much work the event loop has a turn: connections are accepted one a turn, and newcomers join the commit. */
const WORK_FOR = 1

/** Lets whoever waits have a turn: between the parts of a long count nobody's message stands still. */
export const turnOfTheLoop = () => new Promise<void>(done => setImmediate(done))

/** Runs waiting jobs one after another in one transaction, each behind a savepoint, and commits once. */
async function together(
  db: Database.Database,
  frame: Frame,
  shared: Shared,
  waiting: Job[],
  group: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const jobs: Job[] = []
  const from = performance.now()
  let rested = from
  try {
    frame.begin()
    while (waiting.length > 0 && jobs.length < group && performance.now() - from < OPEN_FOR) {
      const job = waiting.shift()!
      jobs.push(job)
      outcomes.push(await one(frame, shared, job))
      if (performance.now() - rested < WORK_FOR) continue
      await turnOfTheLoop()
      rested = performance.now()
    }
    frame.commit()
  } catch (fault) {
    if (db.inTransaction) db.exec('ROLLBACK')
    // It could not even begin (another process holds the ledger too long): those who wait hear it, and may try again.
    if (jobs.length === 0) jobs.push(...waiting.splice(0, group))
    return jobs.map(job => ({ job, fault }))
  }
  return outcomes
}

async function one(frame: Frame, shared: Shared, job: Job): Promise<Outcome> {
  const changes = noChanges()
  frame.mark()
  try {
    const tx: Tx = { ...shared, changes, unmarked: new Set() }
    const value = await job.fn(tx)
    await keepMarks(tx, 'sqlite')
    frame.keep()
    return { job, value, changes }
  } catch (fault) {
    frame.undo()
    return { job, fault }
  }
}

function settle(outcomes: Outcome[], tell: (changes: Changes) => void) {
  for (const { job, value, fault, changes } of outcomes) {
    if (!changes) {
      job.failed(fault)
      continue
    }
    job.done(value)
    tell(changes)
  }
}
