import cron from 'node-cron'
import type { House } from '../actions/house.ts'
import { addAudit } from '../store/audit.ts'
import { newId } from '../store/db.ts'
import { insert } from '../store/sql.ts'
import { JOBS, type Job } from './jobs/index.ts'
import { recoverOutbox, runOutbox } from './outbox.ts'
import type { Senders } from './ways.ts'

export interface Timetable {
  stop(): Promise<void>
}

/** How often the outbox looks by itself; a committed notice wakes it at once. Milliseconds. */
const LOOK_EVERY = 5_000

/** Sets the jobs and the outbox going. `fault` hears of what broke, without anything personal. */
export async function startTimetable(
  house: House,
  senders: Senders,
  fault: (what: string, error: unknown) => void,
  note: (what: string, facts: object) => void = () => undefined,
): Promise<Timetable> {
  await recoverOutbox(house)
  const outbox = oneAtATime(
    async () => {
      while ((await runOutbox(house, senders)) > 0) await new Promise(done => setImmediate(done))
    },
    error => fault('outbox', error),
  )
  const caughtUp = catchUp(house, fault)
  const tasks = JOBS.map(job =>
    cron.schedule(job.when, () => runAndSay(house, job, note).catch(error => fault(job.name, error)), {
      timezone: house.district.zone,
      noOverlap: true,
    }),
  )
  const unhook = house.store.onChange(changes => {
    if (changes.notices) outbox.wake()
  })
  const timer = setInterval(outbox.wake, LOOK_EVERY)
  outbox.wake()
  return {
    async stop() {
      unhook()
      clearInterval(timer)
      for (const task of tasks) await task.destroy()
      await caughtUp
      await outbox.idle()
    },
  }
}

/** Runs a job and says in the log what it leaves to be said. */
async function runAndSay(house: House, job: Job, note: (what: string, facts: object) => void) {
  await runJob(house, job)
  if (job.facts) note(job.name, await job.facts(house))
}

/** What fell due while nobody was there, once and in order; a job that breaks does not keep the next from its turn. */
export async function catchUp(house: House, fault: (what: string, error: unknown) => void): Promise<void> {
  for (const job of JOBS) if (job.atStart) await runJob(house, job).catch(error => fault(job.name, error))
}

/** Runs a job once. A run that did something, or broke, leaves a row. */
export async function runJob(house: House, job: Job): Promise<number> {
  const startedAt = house.now()
  let count = 0
  let broke: string | null = null
  try {
    count = await job.run(house)
    return count
  } catch (error) {
    broke = (error as Error).name
    throw error
  } finally {
    if (count > 0 || broke)
      await house.store.write(async tx => {
        const endedAt = house.now()
        const row = { id: newId(), job: job.name, startedAt, endedAt, count, fault: broke }
        await insert(tx.sql, 'JobRun', row)
        const said = broke ?? String(count)
        await addAudit(
          tx,
          { staffId: null, what: 'job', field: job.name, detail: said, ok: broke === null },
          endedAt,
        )
      })
  }
}

/** Runs work never twice at a time; a wake-up during a run means one more run after it. */
export function oneAtATime(work: () => Promise<void>, failed: (error: unknown) => void) {
  let running: Promise<void> | null = null
  let again = false
  const wake = () => {
    if (running) {
      again = true
      return
    }
    running = work()
      .catch(failed)
      .finally(() => {
        running = null
        if (again) {
          again = false
          wake()
        }
      })
  }
  return { wake, idle: async () => void (await running) }
}
