// Writes the next migration for both databases: `npm run migration NAME`. The start is the schema as it stood at the last
// migration (kept beside it); the engine wants a PostgreSQL to talk to, so a scratch one is started. Read what it wrote before you commit it; a hand-written
// `extra.sql` of the same name in prisma/extra/<database>/ is appended (search tables, which Prisma does not know).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { scratchPostgres } from './scratch-postgres.mjs'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('usage: npm run migration NAME   (small letters, digits, _)\n')
  process.exit(2)
}

const wasm = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
const bytes = readFileSync(wasm.replace(/\.js$/, '.wasm'))
const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
glue.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start()

const postgres = await scratchPostgres()
const source = readFileSync('prisma/schema.prisma', 'utf8')
const DATABASES = {
  sqlite: { factory: new PrismaBetterSqlite3({ url: ':memory:' }), schema: source },
  postgresql: {
    factory: new PrismaPg({ connectionString: postgres.url() }),
    schema: source.replace('provider = "sqlite"', 'provider = "postgresql"'),
  },
}

for (const [database, { factory, schema }] of Object.entries(DATABASES)) {
  const folder = `prisma/migrations/${database}`
  const snapshot = `${folder}/schema.prisma`
  mkdirSync(folder, { recursive: true })
  const before = existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : null
  const engine = await glue.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  const asTarget = content => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] })
  const { stdout } = await engine.diff({
    from: before ? asTarget(before) : { tag: 'empty' },
    to: asTarget(schema),
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  const extra = `prisma/extra/${database}/${name}.sql`
  const sql = `${stdout ?? ''}${existsSync(extra) ? `\n${readFileSync(extra, 'utf8')}` : ''}`
  if (!sql.trim() || sql.includes('empty migration')) {
    process.stdout.write(`${database}: nothing to do\n`)
    continue
  }
  const number = String(readdirSync(folder).filter(f => /^\d{3}_/.test(f)).length + 1).padStart(3, '0')
  mkdirSync(`${folder}/${number}_${name}`)
  writeFileSync(`${folder}/${number}_${name}/migration.sql`, sql)
  writeFileSync(snapshot, schema)
  process.stdout.write(`${database}: ${number}_${name}\n`)
}
await postgres.stop()
process.exit(0)
