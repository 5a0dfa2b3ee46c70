import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { v7 } from 'uuid'

/** A migration that failed: the database stands as it was before. */
export class MigrationFault extends Error {}

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Runs one script, or asks for rows; the same few words for both databases. */
interface Runner {
  script(sql: string): Promise<void>
  rows(sql: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Prisma's own table, so that its tools read the same history. */
const HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" TEXT, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" TEXT, "started_at" TEXT NOT NULL, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`

/**
 * Applies what is missing from `folder/<sqlite|postgresql>`, all of it in one transaction: either every step is in, or
 * the database is untouched. Returns the names applied. Twice is a no-op.
 */
export async function migrate(url: string, folder: string, now: string): Promise<string[]> {
  const isFile = url.startsWith('file:')
  const wanted = migrationsOf(join(folder, isFile ? 'sqlite' : 'postgresql'))
  const runner = isFile ? sqliteRunner(url.slice('file:'.length)) : await postgresRunner(url)
  let at = 'history'
  try {
    await runner.script(isFile ? 'BEGIN IMMEDIATE' : 'BEGIN; SELECT pg_advisory_xact_lock(20261103)')
    await runner.script(HISTORY)
    const missing = stillMissing(
      wanted,
      await runner.rows('SELECT migration_name, checksum FROM "_prisma_migrations"'),
    )
    for (const migration of missing) {
      at = migration.name
      await runner.script(migration.sql)
      await runner.script(historyLine(migration, now))
    }
    await runner.script('COMMIT')
    return missing.map(migration => migration.name)
  } catch (fault) {
    await runner.script('ROLLBACK').catch(() => undefined)
    throw new MigrationFault(`migration ${at} failed, the database is unchanged: ${(fault as Error).message}`)
  } finally {
    await runner.close()
  }
}

/** The steps not yet in, in order. A step changed after it was applied, or one we do not know, stops the start. */
function stillMissing(wanted: Migration[], history: Record<string, unknown>[]): Migration[] {
  const applied = new Map(history.map(row => [row.migration_name as string, row.checksum as string]))
  for (const migration of wanted) {
    const checksum = applied.get(migration.name)
    if (checksum && checksum !== migration.checksum)
      throw new Error(`${migration.name} was changed after it was applied`)
    applied.delete(migration.name)
  }
  const unknown = [...applied.keys()]
  if (unknown.length)
    throw new Error(`the database is newer than this program (it has ${unknown.join(', ')})`)
  const known = new Set(history.map(row => row.migration_name))
  return wanted.filter(migration => !known.has(migration.name))
}

function migrationsOf(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map(entry => entry.name)
    .sort()
    .map(name => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

const historyLine = (migration: Migration, now: string) =>
  `INSERT INTO "_prisma_migrations" VALUES ('${v7()}', '${migration.checksum}', '${now}', '${migration.name}', NULL, NULL, '${now}', 1)`

function sqliteRunner(file: string): Runner {
  const db = new Database(file)
  db.pragma('busy_timeout = 15000')
  db.pragma('journal_mode = WAL')
  return {
    script: async sql => void db.exec(sql),
    rows: async sql => db.prepare(sql).all() as Record<string, unknown>[],
    close: async () => void db.close(),
  }
}

async function postgresRunner(url: string): Promise<Runner> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    script: async sql => void (await client.query(sql)),
    rows: async sql => (await client.query(sql)).rows,
    close: () => client.end(),
  }
}
