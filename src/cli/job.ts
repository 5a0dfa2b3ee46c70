import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type App, openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { flag, UsageFault } from '../cli-flags.ts'
import { type Config, readConfig } from '../config.ts'
import { JOBS, type Job } from '../notify/jobs/index.ts'
import { runJob } from '../notify/timetable.ts'

/** Runs a job once, or day by day, for real or over a copy that is thrown away. */
export const jobCommand: Command = async args => {
  const job = JOBS.find(one => one.name === args[0])
  if (!job) throw new UsageFault(`no such job; there are: ${JOBS.map(one => one.name).join(', ')}`)
  const config: Config = { ...readConfig(), logLevel: 'error' }
  const moments = momentsOf(args)
  if (!args.includes('--dry-run')) {
    if (moments.length > 1) throw new UsageFault('--from and --to go with --dry-run')
    const app = await openApp(config, { ...(moments[0] ? { now: moments[0] } : {}), withoutDemo: true })
    process.stdout.write(`${job.name}: ${await runJob(app.house, job)}\n`)
    await app.close()
    return 0
  }
  await onCopy(config, async (copy, files) => {
    for (const at of moments.length ? moments : [undefined]) await sayWhatItWould(copy, files, job, at)
  })
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

interface Said {
  notice: string
  recipient: string
  cause: string
  dueAt: string
  createdAt: string
}

/** One line for each notice the run would write. */
async function sayWhatItWould(config: Config, files: string, job: Job, now: string | undefined) {
  const app: App = await openApp(config, { ...(now ? { now } : {}), withoutDemo: true, files })
  const { sql } = app.house.store.read
  const known = new Set((await sql.all<{ id: string }>('SELECT "id" FROM "Notice"')).map(row => row.id))
  const at = app.house.now()
  await runJob(app.house, job)
  const rows = await sql.all<Said & { id: string }>(
    'SELECT "id", "notice", "recipient", "cause", "dueAt", "createdAt" FROM "Notice" ORDER BY "createdAt"',
  )
  for (const row of rows.filter(one => !known.has(one.id))) {
    const [subject, period, stage] = row.cause.split('.')
    const line = {
      at,
      notice: row.notice,
      to: row.recipient,
      subject,
      period: stage ? period : null,
      stage: stage ?? period ?? null,
      due: row.dueAt,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
  await app.close()
}
