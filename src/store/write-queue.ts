// The one queue of writes of a process on SQLite: jobs that wait together share a commit, and one that fails takes nothing of the others along.
import type Database from 'better-sqlite3'
import { type Changes, noChanges } from './changes.ts'
import type { Runs, Store, Tx } from './db.ts'
import { keepMarks } from './marks.ts'

/** What all jobs of a process share. */
type Shared = Omit<Tx, 'changes' | 'unmarked'>

interface Job {
  fn: (tx: Tx) => Promise<unknown>
  runs: Runs
  done: (value: unknown) => void
  failed: (fault: unknown) => void
}

interface Outcome {
  job: Job
  value?: unknown
  fault?: unknown
  changes?: Changes
}

/** The connection, the words that frame a write on it, and how many jobs may share a commit. */
interface Line {
  db: Database.Database
  frame: Frame
  shared: Shared
  group: number
}

/** The queue of a connection that nobody else writes through; `tell` hears what a commit touched. */
export function writeQueue(
  db: Database.Database,
  shared: Shared,
  group: number,
  tell: (changes: Changes) => void,
): Store['write'] {
  const waiting: Job[] = []
  const line = { db, frame: frameOf(db), shared, group }
  let running = false

  async function drain() {
    while (waiting.length > 0) settle(await together(line, waiting), tell)
    running = false
  }

  return <T>(fn: (tx: Tx) => Promise<T>, _lock?: string, runs: Runs = 'once') =>
    new Promise<T>((done, failed) => {
      waiting.push({ fn, runs, done: done as (value: unknown) => void, failed })
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
  rollback(): void
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
    rollback: () => void (db.inTransaction && db.exec('ROLLBACK')),
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

/**
 * Runs waiting jobs one after another in one transaction and commits once. Jobs written to run once stand behind a savepoint each. Those that
 * may run again do not (a savepoint keeps a copy of every page it touches: a tenth of a turn of talk); fails one of them, all of that commit
 * are undone and put back, to be run behind savepoints.
 */
async function together(line: Line, waiting: Job[]): Promise<Outcome[]> {
  const { frame, group } = line
  const outcomes: Outcome[] = []
  const jobs: Job[] = []
  const runs = waiting[0]!.runs
  const from = performance.now()
  let rested = from
  try {
    frame.begin()
    while (waiting[0]?.runs === runs && jobs.length < group && performance.now() - from < OPEN_FOR) {
      const job = waiting.shift()!
      jobs.push(job)
      const outcome = await one(line, job)
      if (runs === 'again' && !outcome.changes) return putBack(frame, waiting, jobs)
      outcomes.push(outcome)
      if (performance.now() - rested < WORK_FOR) continue
      await turnOfTheLoop()
      rested = performance.now()
    }
    frame.commit()
  } catch (fault) {
    frame.rollback()
    // It could not even begin (another process holds the ledger too long): those who wait hear it, and may try again.
    if (jobs.length === 0) jobs.push(...waiting.splice(0, group))
    return jobs.map(job => ({ job, fault }))
  }
  return outcomes
}

/** In their order, before all who came later; nobody has been answered yet. */
function putBack(frame: Frame, waiting: Job[], jobs: readonly Job[]): Outcome[] {
  frame.rollback()
  waiting.unshift(...jobs.map((job): Job => ({ ...job, runs: 'once' })))
  return []
}

async function one({ frame, shared }: Line, job: Job): Promise<Outcome> {
  const changes = noChanges()
  const marked = job.runs === 'once'
  if (marked) frame.mark()
  try {
    const tx: Tx = { ...shared, changes, unmarked: new Set() }
    const value = await job.fn(tx)
    await keepMarks(tx, 'sqlite')
    if (marked) frame.keep()
    return { job, value, changes }
  } catch (fault) {
    if (marked) frame.undo()
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
