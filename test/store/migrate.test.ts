import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MigrationFault, migrate } from '../../src/store/migrate.ts'
import { NOW, onBoth } from './databases.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-migrate-'))
  cpSync('prisma/migrations', join(folder, 'migrations'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'ledger.db')
const url = () => `file:${file()}`
const add = (name: string, sql: string) => {
  mkdirSync(join(folder, 'migrations/sqlite', name), { recursive: true })
  writeFileSync(join(folder, 'migrations/sqlite', name, 'migration.sql'), sql)
}
const tables = () => {
  const db = new Database(file(), { readonly: true })
  const names = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all() as {
    name: string
  }[]
  db.close()
  return names.map(row => row.name)
}

it('applies what is missing once, in order', async () => {
  expect(await migrate(url(), join(folder, 'migrations'), NOW)).toEqual([
    '001_ledger',
    '002_files',
    '003_loop',
    '004_mediation',
    '005_care',
    '006_closures',
    '008_channels',
    '009_quick_exit',
    '010_board',
    '011_care_more',
    '012_knowledge',
    '013_corrections',
    '014_search',
    '015_administration',
    '016_desk',
    '017_audit',
    '018_clocks',
    '021_alike',
  ])
  expect(await migrate(url(), join(folder, 'migrations'), NOW)).toEqual([])
  add('009_more', 'CREATE TABLE "More" ("id" TEXT PRIMARY KEY);')
  expect(await migrate(url(), join(folder, 'migrations'), NOW)).toEqual(['009_more'])
  expect(tables()).toContain('More')
})

it('leaves the database untouched when one step of several fails', async () => {
  await migrate(url(), join(folder, 'migrations'), NOW)
  const before = tables()
  add('002_good', 'CREATE TABLE "Good" ("id" TEXT PRIMARY KEY);')
  add('003_bad', 'CREATE TABLE "Half" ("id" TEXT); INSERT INTO "Nowhere" VALUES (1);')
  await expect(migrate(url(), join(folder, 'migrations'), NOW)).rejects.toThrow(MigrationFault)
  expect(tables()).toEqual(before)
})

it('stops at a step that was changed after it was applied, and at a database newer than the program', async () => {
  await migrate(url(), join(folder, 'migrations'), NOW)
  const first = join(folder, 'migrations/sqlite/001_ledger/migration.sql')
  const sql = readFileSync(first, 'utf8')
  writeFileSync(first, `${sql}\n-- changed`)
  await expect(migrate(url(), join(folder, 'migrations'), NOW)).rejects.toThrow(
    'changed after it was applied',
  )
  rmSync(join(folder, 'migrations/sqlite/001_ledger'), { recursive: true })
  await expect(migrate(url(), join(folder, 'migrations'), NOW)).rejects.toThrow('newer than this program')
})

onBoth('the schema', ledger => {
  it('is what prisma/schema.prisma says: every model can be read', async () => {
    const { store } = await ledger.fresh()
    const models = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^model (\w+)/gm)].map(
      found => found[1]!,
    )
    expect(models.length).toBeGreaterThan(30)
    for (const model of models) {
      const name = `${model[0]!.toLowerCase()}${model.slice(1)}` as 'person'
      expect(await store.read.db[name].findMany(), model).toEqual([])
    }
  })
})
