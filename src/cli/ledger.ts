import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { demoAllowed, readConfig } from '../config.ts'
import { ROOT } from '../root.ts'
import { migrate } from '../store/migrate.ts'

/** Applies what is missing; says what it did. */
export const migrateCommand: Command = async () => {
  const config = readConfig()
  mkdirSync(config.dataDir, { recursive: true })
  const applied = await migrate(config.databaseUrl, join(ROOT, 'prisma/migrations'), new Date().toISOString())
  process.stdout.write(applied.length ? `applied: ${applied.join(', ')}\n` : 'nothing to do\n')
  return 0
}

/** Opening the house seeds it; here only the refusal is said in words. */
export const seedCommand: Command = async () => {
  const config = readConfig()
  if (!demoAllowed(config)) {
    process.stderr.write(
      'The demonstration district is only for a loopback HOST without PUBLIC_URL and DATABASE_URL, outside production.\n',
    )
    return 1
  }
  const app = await openApp(config)
  const rows = await app.house.store.read.sql.get<{ n: number }>('SELECT COUNT(*) AS "n" FROM "Case"')
  process.stdout.write(`${rows?.n ?? 0} cases\n`)
  await app.close()
  return 0
}
