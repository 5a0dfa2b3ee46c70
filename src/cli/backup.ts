import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { openApp } from '../app.ts'
import type { Command } from '../cli.ts'
import { UsageFault } from '../cli-flags.ts'
import { type Config, readConfig } from '../config.ts'

const DATABASE = 'huiyin.db'
const KEY = 'secret.key'
const FILES = 'files'

/** A consistent copy of the SQLite ledger and its files, taken while the service runs. The key lies beside it: guard the folder. */
export const backupCommand: Command = async ([folder]) => {
  if (!folder) throw new UsageFault('backup needs a folder')
  const config = readConfig()
  const file = sqliteFile(config)
  if (existsSync(file)) await note(config, 'backup', [folder])
  mkdirSync(folder, { recursive: true })
  const target = join(folder, DATABASE)
  if (existsSync(target)) throw new Error(`${target} is there already; give a new folder`)
  const db = new Database(file, { readonly: true, fileMustExist: true })
  db.prepare('VACUUM INTO ?').run(target)
  db.close()
  // After the ledger: whatever it calls ready lay on the shelf before.
  copyShelf(join(config.dataDir, FILES), join(folder, FILES))
  const kept = join(config.dataDir, KEY)
  if (!config.secret && existsSync(kept)) copyFileSync(kept, join(folder, KEY))
  process.stdout.write(
    `${target}\n${config.secret ? 'SECRET_KEY is not in it: keep it apart, nothing opens without it.\n' : ''}`,
  )
  return 0
}

/** Copies what lies whole on the shelf. The service goes on meanwhile: what it renames or clears away under our hands is let be. */
function copyShelf(from: string, to: string) {
  if (!existsSync(from)) return
  const entries = readdirSync(from, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter(one => one.isFile() && !one.name.startsWith('aside.'))) {
    const source = join(entry.parentPath, entry.name)
    const target = join(to, source.slice(from.length))
    mkdirSync(dirname(target), { recursive: true })
    try {
      copyFileSync(source, target)
    } catch (fault) {
      if ((fault as { code?: string }).code !== 'ENOENT') throw fault
    }
  }
}

/** Puts a copy back. The ledger that stood there is kept beside it under another name. */
export const restoreCommand: Command = async args => {
  const folder = args.find(arg => !arg.startsWith('--'))
  if (!folder) throw new UsageFault('restore needs a folder')
  const config = readConfig()
  const file = sqliteFile(config)
  const source = join(folder, DATABASE)
  sound(source)
  if (existsSync(file) && !args.includes('--force'))
    throw new Error(`${file} exists; stop the service and say --force to replace it`)
  mkdirSync(config.dataDir, { recursive: true })
  if (existsSync(file)) setAside(file)
  copyFileSync(source, file)
  if (existsSync(join(folder, FILES)))
    cpSync(join(folder, FILES), join(config.dataDir, FILES), { recursive: true })
  if (!config.secret && existsSync(join(folder, KEY)))
    copyFileSync(join(folder, KEY), join(config.dataDir, KEY))
  // Without the key nothing is sealed: an own one made here would open nothing of it.
  if (config.secret || existsSync(join(config.dataDir, KEY))) await note(config, 'restore', [folder])
  process.stdout.write(`restored ${file}\n`)
  return 0
}

/** A copy of everything left the house, or took its place: it stands in the book. */
async function note(config: Config, name: string, args: readonly string[]) {
  const app = await openApp({ ...config, logLevel: 'error' }, { withoutDemo: true, command: { name, args } })
  await app.close()
}

function sqliteFile(config: Config): string {
  if (!config.databaseUrl.startsWith('file:'))
    throw new Error('On PostgreSQL use pg_dump and pg_restore; keep SECRET_KEY apart.')
  return config.databaseUrl.slice('file:'.length)
}

function sound(file: string) {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  const [row] = db.pragma('integrity_check') as { integrity_check: string }[]
  db.close()
  if (row?.integrity_check !== 'ok') throw new Error(`${file} is damaged: ${row?.integrity_check}`)
}

function setAside(file: string) {
  // A writer at work would go on writing into the old file: an exclusive lock shows there is none.
  const db = new Database(file, { timeout: 500 })
  db.pragma('locking_mode = EXCLUSIVE')
  db.exec('BEGIN EXCLUSIVE; COMMIT')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  renameSync(file, `${file}.before-restore-${Date.now()}`)
  for (const tail of ['-wal', '-shm']) rmSync(file + tail, { force: true })
}
