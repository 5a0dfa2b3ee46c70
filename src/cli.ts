import { UsageFault } from './cli-flags.ts'
import { ConfigFault } from './config.ts'

/** What a command gets, and the exit code it answers with. */
export type Command = (args: readonly string[]) => Promise<number>

interface Row {
  usage: string
  says: string
  load(): Promise<Command>
}

/** Every command; its code is loaded only when it is called. */
const COMMANDS: Readonly<Record<string, Row>> = {
  serve: {
    usage: 'serve [--now ISO]',
    says: 'run the service',
    load: async () => (await import('./cli/serve.ts')).serveCommand,
  },
  talk: {
    usage: 'talk',
    says: 'talk with it in this terminal',
    load: async () => (await import('./cli/talk.ts')).talkCommand,
  },
  migrate: {
    usage: 'migrate',
    says: 'bring the database up to date',
    load: async () => (await import('./cli/ledger.ts')).migrateCommand,
  },
  seed: {
    usage: 'seed',
    says: 'fill an empty database with the demonstration district',
    load: async () => (await import('./cli/ledger.ts')).seedCommand,
  },
  backup: {
    usage: 'backup FOLDER',
    says: 'copy the ledger while it runs',
    load: async () => (await import('./cli/backup.ts')).backupCommand,
  },
  restore: {
    usage: 'restore FOLDER [--force]',
    says: 'put a copy back; the service must be stopped',
    load: async () => (await import('./cli/backup.ts')).restoreCommand,
  },
  user: {
    usage: 'user add LOGIN NAME ROLE UNIT',
    says: 'make an account by a one-time link',
    load: async () => (await import('./cli/user.ts')).userCommand,
  },
  job: {
    usage: 'job NAME [--now ISO | --from DATE --to DATE] [--dry-run [--pairings N]]',
    says: 'run a job of the timetable once',
    load: async () => (await import('./cli/job.ts')).jobCommand,
  },
  duties: {
    usage: 'duties PAIRING YEAR',
    says: 'print what a pairing owes in a year, and what met it',
    load: async () => (await import('./cli/duties.ts')).dutiesCommand,
  },
  understand: {
    usage: 'understand',
    says: 'read messages from standard input, one a line',
    load: async () => (await import('./cli/understand.ts')).understandCommand,
  },
  table: {
    usage: 'table [NAME]',
    says: 'print a table of the rules as Markdown',
    load: async () => (await import('./cli/table.ts')).tableCommand,
  },
  wechat: {
    usage: 'wechat menu',
    says: 'put the menu under the official account',
    load: async () => (await import('./cli/wechat.ts')).wechatCommand,
  },
  vapid: {
    usage: 'vapid',
    says: 'make the keys for waking browsers',
    load: async () => (await import('./cli/vapid.ts')).vapidCommand,
  },
  promises: {
    usage: 'promises [--month YYYY-MM]',
    says: 'count the public page of promises kept from the ledger, and compare',
    load: async () => (await import('./cli/promises.ts')).promisesCommand,
  },
  audit: {
    usage: 'audit verify [--from ROW] [--head ROW:HASH] | audit keep MONTHS',
    says: 'walk the chain of the audit; say how long it is kept',
    load: async () => (await import('./cli/audit.ts')).auditCommand,
  },
  corrections: {
    usage: 'corrections [--from YYYY-MM-DD] [--to YYYY-MM-DD]',
    says: 'write approved examples as JSON lines for npm run train',
    load: async () => (await import('./cli/corrections.ts')).correctionsCommand,
  },
  doctor: {
    usage: 'doctor',
    says: 'check that everything stands as it should',
    load: async () => (await import('./cli/doctor.ts')).doctorCommand,
  },
}

/** Runs one command line. The process's exit code is set; nothing is thrown. */
export async function main(args: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = args
  const row = COMMANDS[name]
  if (!row) {
    process.stderr.write(help())
    process.exitCode = name === 'help' || name === '--help' ? 0 : 2
    return
  }
  try {
    const command = await row.load()
    process.exitCode = await command(rest)
  } catch (fault) {
    const usage = fault instanceof UsageFault ? `\nusage: huiyin ${row.usage}` : ''
    const deep = fault instanceof ConfigFault || fault instanceof UsageFault ? '' : `\n${placesOf(fault)}`
    process.stderr.write(`${(fault as Error).message}${usage}${deep}\n`)
    process.exitCode = 1
  }
}

/** Where it broke, for whoever must mend it: on the operator's own terminal, never over HTTP. */
const placesOf = (fault: unknown) => ((fault as Error).stack ?? '').split('\n').slice(1, 5).join('\n')

const help = () =>
  `回音 huiyin\n\n${Object.values(COMMANDS)
    .map(({ usage, says }) => `  huiyin ${usage.padEnd(70)} ${says}`)
    .join('\n')}\n`
