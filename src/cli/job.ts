import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type App, openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag, UsageFault } from '../cli-flags.ts'
import { type Config, readConfig } from '../config.ts'
import { addDemoCare } from '../demo/care.ts'
import { JOBS, type Job } from '../notify/jobs/index.ts'
import { runJob } from '../notify/timetable.ts'
import { forgetSince, type NoticeRow, noticeBody } from '../store/notices.ts'

/** Runs a job once, or day by day, for real or over a copy that is thrown away. */
export const jobCommand: Command = async args => {
  const job = JOBS.find(one => one.name === args[0])
  if (!job) throw new UsageFault(`no such job; there are: ${JOBS.map(one => one.name).join(', ')}`)
  const config: Config = { ...readConfig(), logLevel: 'error' }
  const moments = momentsOf(args)
  if (!args.includes('--dry-run')) {
    if (moments.length > 1) throw new UsageFault('--from and --to go with --dry-run')
    const app = await openApp(config, {
      ...(moments[0] ? { now: moments[0] } : {}),
      withoutDemo: true,
      command: { name: 'job', args },
    })
    process.stdout.write(`${job.name}: ${await runJob(app.house, job)}\n`)
    await app.close()
    return 0
  }
  const pairings = Number(flag(args, 'pairings') ?? 0)
  if (!Number.isInteger(pairings) || pairings < 0 || pairings > 5_000)
    throw new UsageFault('--pairings is a number up to 5000')
  await onCopy(config, (copy, files) => liveThrough({ config: copy, files, job, moments, pairings }))
  return 0
}

function momentsOf(args: readonly string[]): string[] {
  const now = flag(args, 'now')
  const from = flag(args, 'from')
  const to = flag(args, 'to') ?? from
  if (!from || !to) return now ? [new Date(now).toISOString()] : []
  const moments: string[] = []
  for (
    let at = Date.parse(`${from}T09:00:00+08:00`);
    at <= Date.parse(`${to}T09:00:00+08:00`);
    at += 86_400_000
  )
    moments.push(new Date(at).toISOString())
  return moments
}

async function onCopy(config: Config, work: (copy: Config, files: string) => Promise<void>) {
  if (!config.databaseUrl.startsWith('file:'))
    throw new Error('--dry-run needs SQLite: it runs over a copy of the ledger')
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-dry-'))
  try {
    const file = join(folder, 'copy.db')
    const db = new Database(config.databaseUrl.slice('file:'.length), { readonly: true, fileMustExist: true })
    db.prepare('VACUUM INTO ?').run(file)
    db.close()
    await work({ ...config, databaseUrl: `file:${file}` }, join(folder, 'files'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Trial {
  config: Config
  files: string
  job: Job
  moments: readonly string[]
  pairings: number
}

/** Runs the job at each moment over the copy, its clock moved by hand, and prints one line for each notice it would write. */
async function liveThrough({ config, files, job, moments, pairings }: Trial) {
  let at = moments[0] ?? new Date().toISOString()
  const app: App = await openApp(config, { clock: () => at, withoutDemo: true, files })
  try {
    const startsOn = new Date(Date.parse(at) - 200 * 86_400_000).toISOString().slice(0, 10)
    if (pairings) await addDemoCare(app.house, { count: pairings, startsOn, enteredAt: at, apart: true })
    // What was said after that moment has not been said yet.
    await app.house.store.write(tx => forgetSince(tx, at))
    let last = ''
    for (const row of await noticesAfter(app, '')) last = row.id
    for (const moment of moments.length ? moments : [at]) {
      at = moment
      await runJob(app.house, job)
      for (const row of await noticesAfter(app, last)) {
        await sayLine(app, row, at)
        last = row.id
      }
    }
  } finally {
    await app.close()
  }
}

/** Ids grow with the real clock, whatever the trial's says. */
const noticesAfter = async (app: App, id: string) =>
  app.house.store.read.sql.all<NoticeRow>('SELECT * FROM "Notice" WHERE "id" > ? ORDER BY "id"', id)

async function sayLine(app: App, row: NoticeRow, at: string) {
  const [subject, period, stage] = row.cause.split('.')
  const { due } = await noticeBody(app.house.store.read, row)
  const line = {
    at,
    notice: row.notice,
    to: row.recipient,
    subject,
    period: stage ? period : null,
    stage: stage ?? period ?? null,
    due: due ?? row.dueAt,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
