// Derives the PostgreSQL twin of prisma/schema.prisma and generates both clients. Generation needs no engine: the variable
// keeps the Prisma CLI from fetching one.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'

const SOURCE = 'prisma/schema.prisma'
const TWIN = 'prisma/generated/postgresql.prisma'
const MARK = 'src/store/generated/made-from.txt'

const schema = readFileSync(SOURCE, 'utf8')
if (!process.argv.includes('--force') && existsSync(MARK) && readFileSync(MARK, 'utf8') === schema)
  process.exit(0)

mkdirSync('prisma/generated', { recursive: true })
writeFileSync(
  TWIN,
  schema
    .replace('"../src/store/generated/sqlite"', '"../../src/store/generated/postgresql"')
    .replace('provider = "sqlite"', 'provider = "postgresql"'),
)
for (const file of [SOURCE, TWIN]) {
  const run = spawnSync(
    process.execPath,
    ['node_modules/prisma/build/index.js', 'generate', '--schema', file],
    {
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      encoding: 'utf8',
    },
  )
  if (run.status !== 0) {
    process.stderr.write(run.stdout + run.stderr)
    process.exit(run.status ?? 1)
  }
}
statSync('src/store/generated/sqlite/client.ts')
writeFileSync(MARK, schema)
